"""Videos of a post or an edit are carried once for its key: one stands on the page whatever becomes of the post.

Photos, documents and polls are carried anew: nobody sees them before a post names them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from munsocial.errors import MunsocialError, NetworkError
from munsocial.model.accounts import NetworkAccount
from munsocial.network.adapter import Equipment
from munsocial.network.drafts import Media
from munsocial.transport.faults import LookFirst
from munsocial.wording import Text, join_texts
from munsocial_vk.base import VkBase
from munsocial_vk.upload import CARRYING_VIDEO, Uploads

__all__ = ["Carrying"]

_THERE = Text(
    "Видео уже загружено ({files}): при повторе второй раз не загрузится; если повторять не будете и в записи его нет, "
    "удалите его в разделе «Видео».",
    "The video was uploaded ({files}): another attempt does not upload it again; if you make none and no post shows "
    "it, delete it among the videos of the page.",
)


class Carrying(VkBase):
    """Keeps the names of carried videos by the key of a deed and the path of the file."""

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(equipment)
        self._carried: dict[str, dict[str, str]] = {}
        self._notes: dict[str, Callable[[Mapping[str, str]], None]] = {}

    def remember_carried(self, key: str, files: Mapping[str, str], note: Callable[[Mapping[str, str]], None]) -> None:
        """Take over what was carried for a key before, in another connection; ``note`` is told what is carried now."""
        self._carried[key] = dict(files)
        self._notes[key] = note

    def carried_for(self, key: str) -> dict[str, str]:
        """Return the names of what was carried for a key that is not over; an empty one for what may be there."""
        return dict(self._carried.get(key, {}))

    async def _attach(self, account: NetworkAccount, media: Media, key: str) -> str:
        """Return the name of a file for a post; a video that was carried for this key, if it has one, is not again."""
        if media.kind != "video" or not key:
            return await Uploads(self.calls).attach(account, media)
        carried, path = self._carried.setdefault(key, {}), str(media.path)
        if not carried.get(path):

            def named(name: str) -> None:
                carried[path] = name
                if note := self._notes.get(key):
                    note(dict(carried))

            try:
                name = await Uploads(self.calls, partial(named, "")).attach(account, media)
            except MunsocialError as error:
                if not (isinstance(error, NetworkError) and error.executed is None and error.method == CARRYING_VIDEO):
                    carried.pop(path, None)
                raise
            named(name)
        return carried[path]

    @contextlib.contextmanager
    def _behind_videos(self, key: str) -> Iterator[None]:
        """Publish or edit: where that fails, say of a video which was carried that it stands there."""
        try:
            yield
        except MunsocialError as error:
            there = [Path(path).name for path, name in self._carried.get(key, {}).items() if name]
            if there:
                _tell(error, _THERE.fill(files=", ".join(there)))
            raise
        self._carried.pop(key, None)
        self._notes.pop(key, None)


def _tell(error: MunsocialError, there: Text) -> None:
    kind = LookFirst if isinstance(error, NetworkError) and error.executed is None else Text
    error.remedy = kind(*join_texts(" ", (one for one in (error.remedy, there) if one is not None)))
