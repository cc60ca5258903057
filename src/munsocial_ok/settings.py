"""What may be set for OK in ``[networks.ok]`` of the registry, above all the facts that the vendor does not publish.

Each default says how sure it is; the reference page of OK repeats the list.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from munsocial.model.checking.mistakes import unfit
from munsocial.network.settings import BaseAddress, read_settings
from munsocial.wording import Text
from munsocial_ok.decode import topic_id

__all__ = ["OkSettings", "settings_of"]


_NO_POST = Text("это не адрес и не номер публикации ОК.", "this is no address or id of a post of OK.")
_POST = Text("Нужен адрес вида https://ok.ru/group/…/topic/….", "Give https://ok.ru/group/…/topic/….")


def _post(value: str) -> str:
    if topic_id(value) is None:
        raise unfit("", _NO_POST, _POST)
    return value


Address = Annotated[BaseAddress, AfterValidator(lambda url: url.rstrip("/").removesuffix("/fb.do"))]
PostAddress = Annotated[str, AfterValidator(_post)]


class OkSettings(BaseModel):
    """Settings of the adapter; an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: Address = "https://api.ok.ru"
    """REST is ``/fb.do`` under it, messages ``/graph``, tokens ``/oauth/token.do``."""
    authorize_url: Address = "https://connect.ok.ru/oauth/authorize"
    application_id: str = ""
    application_key: str = ""
    """The public key of the application, where the keys of the accounts do not name their own."""

    per_second: float = Field(2.0, gt=0, le=50)
    """Calls a second for one token. Not published; peers use 1 to 3."""
    graph_per_second: float = Field(2.0, gt=0, le=50)
    page: int = Field(100, ge=1, le=100)
    """Items of one page of a listing; larger ones are untested."""
    topics_at_once: int = Field(20, ge=1, le=100)
    """Posts asked for in one call; how many OK allows is not published."""
    max_pages: int = Field(200, ge=1, le=10_000)
    """Pages of one inner listing (statistics, members, subscriptions), after which it is cut and said to be cut."""

    messages_few: int = Field(10, ge=1, le=100)
    """A page of fewer messages ends a conversation without a further call. OK does not promise full pages, so that only
    an empty one proves the end; but most conversations are short: asking on would double the calls. 1: always ask on.
    """

    text_limit: int | None = Field(10_000, ge=1)
    """Characters of a post. Not published (error 601 tells); peers cut there. None: trust the server."""
    photo_limit: int | None = Field(10, ge=1)
    """Photos of a post. Not published (error 600 tells)."""
    photo_bytes: int | None = Field(10_000_000, ge=1)
    video_bytes: int = Field(2_000_000_000, ge=1)
    video_least_bytes: int = Field(16_384, ge=0)
    """Smallest video (documented in 2017)."""
    poll_answers: int | None = Field(None, ge=2)
    message_limit: int | None = Field(None, ge=1)

    video_block: Literal["movie-reshare", "movie"] = "movie-reshare"
    """Two clients spell the video block of a post in two ways; try the first."""
    video_upload: Literal["multipart", "resumable"] = "multipart"
    video_chunk: int = Field(8_388_608, ge=65_536)
    video_wait: float = Field(0.0, ge=0, le=3600)
    """Seconds between the upload of a video and the post: OK does not tell when a video is ready."""
    upload_hosts: tuple[str, ...] = ("ok.ru", "okcdn.ru", "mycdn.me", "odnoklassniki.ru")
    """Upload addresses must lie in these domains (seen by a client); others are refused."""

    foreign_topics: bool = False
    """List posts of groups that are not ours by ``mediatopic.getTopics``, which only third parties describe."""
    known_posts: dict[str, tuple[PostAddress, ...]] = {}
    """Account id to addresses or ids of posts which an operator pasted: upstream ones, or published elsewhere."""
    statistics_delay_hours: float = Field(0.0, ge=0)
    """Posts younger than this are reported as possibly unseen: statistics come late, by how much is not published."""
    fetch_names: bool = True
    """Ask for names of commenters where an answer leaves them out: one more call for a page."""
    null_unblock_is_forever: bool = False
    """Take a missing end of a ban as "for ever"; OK does not say what it means, so by default it is unknown."""

    @property
    def accounts_named(self) -> tuple[str, ...]:
        """Ids of our accounts that these settings speak of."""
        return tuple(self.known_posts)


def settings_of(table: Mapping[str, Any]) -> OkSettings:
    """Read the table ``networks.ok``.

    Raises:
        RegistryRefused: a setting is unknown or of a wrong value; all of them are named at once.
    """
    return read_settings(OkSettings, table, "ok")
