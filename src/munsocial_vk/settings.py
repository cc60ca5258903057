"""What may differ from one installation to another, or is not certain about VK: each a setting with its default.

The table ``[networks.vk]`` of a registry. Facts that the vendor does not publish are marked *uncertain* here and in
``docs/reference/vk.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from munsocial.network.settings import BaseAddress, read_settings

__all__ = ["VkSettings"]

Address = Annotated[BaseAddress, AfterValidator(lambda url: url if url.endswith("/") else f"{url}/")]


class VkSettings(BaseModel):
    """Settings of the adapter; unknown names are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    base_url: Address = "https://api.vk.ru/method/"
    """The method's name is appended. ``api.vk.com`` still answered in 2026."""
    oauth_url: Address = "https://id.vk.ru/"
    proxy: str = ""
    ca_bundle: str = ""
    api_version: str = "5.199"
    lang: str = "ru"
    key_in: Literal["header", "body"] = "header"
    """Where the key travels: the Authorization header or the field ``access_token``; never the address."""
    upload_hosts: tuple[str, ...] = (
        ".vk.com",
        ".vk.ru",
        ".userapi.com",
        ".vkuser.net",
        ".vkuserphoto.ru",
        ".okcdn.ru",
        ".mycdn.me",
    )
    """Ends of host names to which files may be sent (uncertain: seen in life, not published)."""

    user_rate: float = Field(3.0, gt=0)
    """Calls a second for one user or service key."""
    community_rate: float = Field(20.0, gt=0)
    packed: int = Field(25, ge=1, le=25)
    """Calls in one ``execute``."""
    parallel: int = Field(4, ge=1, le=64)
    """Packs under way at once at the rate of their key; keys of one account each are used beside them."""
    ids_per_profile_call: int = Field(500, ge=1)
    """Communities in one ``groups.getById`` (uncertain: 500 is common knowledge)."""
    first_page: int = Field(15, ge=1, le=100)
    """Posts asked for at first for a week; a packed answer may hold 5 MB."""

    post_text: int = Field(16384, ge=1)
    """Characters of a post (uncertain: often said, published nowhere)."""
    comment_text: int = Field(16384, ge=1)
    """Characters of a comment (uncertain)."""
    message_text: int = Field(4000, ge=1)
    """Characters of one message: 9000 by the schema, about 4096 in practice; longer texts are split."""
    posts_per_day: int = Field(500, ge=1)
    """Posts of one wall a day (uncertain: 50 in 2018, 500 later)."""
    media_per_post: int = Field(10, ge=1)
    photo_bytes: int = 50 * 1024 * 1024
    story_photo_bytes: int = 10 * 1024 * 1024
    photo_sides: int = 14000
    """Width and height together."""
    photo_ratio: float = 20.0
    """The longer side may be this many times the shorter."""
    document_bytes: int = 200 * 1024 * 1024
    """By older pages; 2 GB by newer notes (uncertain)."""
    video_bytes: int = 5 * 1024**3
    """Uncertain: no figure is published for the API."""
    scheduled_keeps_date: bool = True
    """Send the date again when a scheduled post is edited, else it may be published at once (uncertain)."""
    community_key_posts_text: bool = True
    """A community key may publish plain text (seen in 2026-07, the schema says user keys only)."""
    community_key_moderates: bool = True
    """Try the community key for deleting comments first (not confirmed by the vendor); falls back to the user key."""
    service_key_executes: bool = True
    """The service key may pack calls: by the method page yes, by the schema no."""
    managers_by_service_key: bool = False
    """Roles are shown to an administrator's key only (uncertain)."""

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> VkSettings:
        """Read the table of a registry.

        Raises:
            RegistryRefused: an unknown name or a value that does not fit, all of them named at once.
        """
        return read_settings(cls, table, "vk")
