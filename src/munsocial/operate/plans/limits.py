"""Limits that an adapter declares, held against a draft before anything is sent: text, files, poll."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from munsocial.network.abilities import Declared, Limits
from munsocial.network.drafts import Draft, Media
from munsocial.wording import Text

__all__ = ["beyond_limits", "length_beyond", "perhaps_beyond"]

_LONG = Text("текст длиннее {limit} знаков: {length}", "the text is longer than {limit} signs: {length}")
_LONG_BESIDE = Text(
    "текст вместе с файлами или опросом длиннее {limit} знаков: {length}",
    "a text that goes with files or a poll is longer than {limit} signs: {length}",
)
_PERHAPS = Text(
    "если у записи есть файлы или опрос, сеть примет не больше {limit} знаков, а в тексте {length}: "
    "посмотрите запись на сайте",
    "if the post carries files or a poll, the network takes at most {limit} signs, and the text has {length}: "
    "look at the post on the site",
)
_COUNTED = Text("{counted} (так считает сеть; знаков {length})", "{counted} (as the network counts; {length} signs)")
_MANY = Text("вложений {count}, сеть принимает {limit}", "attachments: {count}, the network takes {limit}")
_NO_FILE = Text("файла {name} нет", "there is no file {name}")
_HEAVY = Text("файл {name} больше {limit} МБ", "the file {name} is bigger than {limit} MB")
_KIND = Text("вид файла {name} не подходит: нужен {types}", "the file {name} is of a wrong kind: {types} is wanted")
_POLL = Text(
    "в опросе {count} ответов, сеть принимает {limit}", "answers in the poll: {count}, the network takes {limit}"
)
_POLL_LONG = Text(
    "ответ в опросе длиннее {limit} знаков: {length}", "an answer of the poll is longer than {limit} signs: {length}"
)
_POLL_FEW = Text("в опросе меньше двух ответов", "fewer than two answers in the poll")
_SPELLED = {"jpg": "jpeg"}
"""One kind of picture under two spellings: an adapter may declare either, a camera may write either."""

_ALONE = frozenset({"text", "link"})
"""Formats of a post whose text goes with no file and no poll: the preview of a link is none."""
_BESIDE = frozenset({"photo", "infographic", "video", "clip", "document", "audio", "poll"})
"""Formats of a post whose text is a caption; of what is neither here nor there nobody knows which limit holds."""


def beyond_limits(draft: Draft, network: str, declared: Declared, *, carries: Collection[str] = ()) -> list[Text]:
    """List what of a draft goes beyond the limits of the ability by which it would be sent.

    ``carries`` are formats of the post that it changes, whose files and poll stay where the draft names none.
    """
    limits, text = _beside_the_rest(draft, declared.limits, carries), draft.text_for(network)
    whats: list[Text] = []
    length = length_beyond(text, limits)
    if length is not None:
        long = _LONG if limits is declared.limits else _LONG_BESIDE
        whats.append(long.fill(limit=limits.text, length=length))
    if limits.media is not None and len(draft.media) > limits.media:
        whats.append(_MANY.fill(count=len(draft.media), limit=limits.media))
    if draft.poll and len(draft.poll.answers) < 2:
        whats.append(_POLL_FEW)
    if draft.poll and limits.poll_answers is not None and len(draft.poll.answers) > limits.poll_answers:
        whats.append(_POLL.fill(count=len(draft.poll.answers), limit=limits.poll_answers))
    if draft.poll and limits.poll_answer_text is not None:
        counted = map(limits.measure, draft.poll.answers)
        over = (length for length in counted if length > limits.poll_answer_text)
        whats += [_POLL_LONG.fill(limit=limits.poll_answer_text, length=length) for length in over]
    for media in draft.media:
        whats += _of_file(media, limits)
    return whats


def perhaps_beyond(draft: Draft, network: str, declared: Declared, *, carries: Collection[str] | None) -> Text | None:
    """Say that the new text of a post is too long if the post carries files or a poll; None: it fits or that is known.

    ``carries`` are the formats of the post; None: it was not read.
    """
    limits = replace(declared.limits, text=declared.limits.caption)
    if carries is not None and set(carries) <= _ALONE | _BESIDE:
        return None
    length = length_beyond(draft.text_for(network), limits)
    return None if length is None else _PERHAPS.fill(limit=limits.text, length=length)


def _beside_the_rest(draft: Draft, limits: Limits, carries: Collection[str]) -> Limits:
    """Return the limits that hold for the text of a draft: beside files or a poll it may have to be shorter."""
    shorter = limits.caption is not None and (draft.media or draft.poll or not _BESIDE.isdisjoint(carries))
    return replace(limits, text=limits.caption) if shorter else limits


def length_beyond(text: str, limits: Limits) -> Text | None:
    """Say how long a text is that is too long; None: it fits. A network may count otherwise than people."""
    counted, length = limits.measure(text), len(text)
    if limits.text is None or counted <= limits.text:
        return None
    said = Text(str(counted), str(counted))
    return said if counted == length else _COUNTED.fill(counted=counted, length=length)


def _of_file(media: Media, limits: Limits) -> list[Text]:
    name = media.path.name
    try:
        size = media.path.stat().st_size if media.path.is_file() else None
    except OSError:
        size = None
    if size is None:
        return [_NO_FILE.fill(name=name)]
    most = {"photo": limits.photo_bytes, "video": limits.video_bytes, "document": limits.document_bytes}[media.kind]
    whats = [_HEAVY.fill(name=name, limit=most // 1_000_000)] if most is not None and size > most else []
    if media.kind == "photo" and limits.photo_types and not _of_types(media.path, limits.photo_types):
        whats.append(_KIND.fill(name=name, types=", ".join(limits.photo_types)))
    return whats


def _of_types(path: Path, types: Iterable[str]) -> bool:
    kinds = {_SPELLED.get(kind, kind) for kind in types}
    suffix = path.suffix.lower().lstrip(".")
    return _SPELLED.get(suffix, suffix) in kinds
