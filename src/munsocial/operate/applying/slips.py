"""Slips of an adapter in a deed: it broke, or gave what it does not promise. What it had sent by then nobody knows."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from munsocial.errors import DeadlineExceeded, FileRefused, NetworkError, ServerFault, Unreachable, UnreadableAnswer
from munsocial.files import unreadable
from munsocial.network.drafts import PostId
from munsocial.operate.applying.carried import perhaps_carried
from munsocial.operate.applying.looks import NO_LOOK, Scene
from munsocial.operate.applying.unclear import SETTLE
from munsocial.operate.plans.plan import Step
from munsocial.transport.faults import LookFirst
from munsocial.transport.port import StrangeWait
from munsocial.transport.slips import kind_of_slip
from munsocial.wording import Text, join_texts

__all__ = [
    "Slip",
    "id_made",
    "left_to_people",
    "lost_by",
    "noted",
    "post_made",
    "refusal",
    "slip_of",
    "still_noted",
    "unread",
    "unopened",
]

_SLIP = Text(
    "адаптер сети {network} сломался ({cause}), сообщите его авторам; что отправлено, неизвестно",
    "the adapter of {network} broke ({cause}), tell its authors; what was sent is not known",
)
_WAITED = Text("ждал не своего порта", "it awaited something that is not its port")
_NO_ID = Text("вместо номера созданного вернул {kind}", "it gave {kind} where the id of what was made is wanted")
_EMPTY = Text("вернул пустой номер созданного", "it gave an empty id of what was made")
_UNREAD = Text("{lost}, и прочитать результат не удалось: {why}", "{lost}, and the result cannot be read: {why}")
_LOST = Text("ответ потерян", "the answer was lost")
_SHOWN_LATE = Text(
    "{lost}; сеть показывает сделанное с опозданием, поэтому вызов не повторяется: {settle}",
    "{lost}; the network shows what was done late, so the call is not repeated: {settle}",
)
_FOR_WHAT_WAS_CARRIED = Text(
    "{lost}. Поэтому вызов сам не повторяется: {settle}", "{lost}. So the call is not repeated by itself: {settle}"
)
_STOPPED = Text(
    "Программа была остановлена, пока загружались файлы ({files}): они могли загрузиться; посмотрите, нет ли их на "
    "странице, прежде чем повторять",
    "The program was stopped while files were on their way ({files}): they may stand there; look at the page before "
    "you try again",
)
_LOSING = (Unreachable, DeadlineExceeded, ServerFault)
"""Errors that tell of no answer to the deed; other unclear ones are lost by an earlier attempt alone."""


class Slip(NetworkError):
    """An adapter broke in the middle of a deed, or gave no id of what it made; whether it was done nobody knows."""


def slip_of(error: Exception, scene: Scene) -> Slip:
    """Return the slip behind an error of no kind of ours; only its kind is told: its words might hold a key."""
    cause = _WAITED if isinstance(error, StrangeWait) else Text(*[kind_of_slip(error)] * 2)
    return _slip(cause, scene)


def unopened(error: OSError, step: Step) -> FileRefused | None:
    """Return the refusal of a file of the step that could not be opened; None: the error is of something else.

    Errors of connections are errors of the system to Python as well: nothing but a file of the step's own shows that
    the network cannot have got anything.
    """
    name = error.filename
    if not isinstance(name, (str, os.PathLike)) or Path(name) not in _files_of(step):
        return None
    return unreadable(Path(name), error)


def _files_of(step: Step) -> Iterator[Path]:
    draft, picture = step.params.get("draft"), step.params.get("picture")
    media = draft.get("media") if isinstance(draft, dict) else None
    for one in (*(media or ()), picture):
        if isinstance(one, dict) and "path" in one:
            yield Path(one["path"])


def post_made(made: Any, scene: Scene) -> PostId:
    """Return what a publication gave, which must tell its id.

    Raises:
        Slip: it does not.
    """
    if not isinstance(made, PostId):
        raise _slip(_NO_ID.fill(kind=type(made).__name__), scene)
    id_made(made.id, scene)
    return made


def id_made(made: Any, scene: Scene) -> str:
    """Return the id of what was made.

    Raises:
        Slip: it is none.
    """
    if not isinstance(made, str):
        raise _slip(_NO_ID.fill(kind=type(made).__name__), scene)
    if not made.strip():
        raise _slip(_EMPTY, scene)
    return made


def noted(error: NetworkError) -> dict[str, Any]:
    """Return what of an error is kept with an unclear step, so that a later look tells it, too.

    An answer that came and confirmed nothing was not lost: what the adapter says of it is kept as well. So is a refusal
    that the adapter holds for unclear, with its remedy: something was carried before it and stands there. Whatever the
    error, a remedy that says what may stand there is kept.
    """
    said = error.kept()
    if not isinstance(error.remedy, LookFirst):
        if isinstance(error, (Slip, UnreadableAnswer)):
            said = error.what
        elif error.attempt > 1 or isinstance(error, _LOSING):
            return {}
    return {"slip": said.inside()._asdict()}


def refusal(error: NetworkError) -> dict[str, Any]:
    """Return the mark of a step that is unclear for what went before a refusal, not for a lost answer; kept alike."""
    return {"refused": True} if error.default_executed is False and error.attempt == 1 else {}


def still_noted(result: Mapping[str, Any]) -> dict[str, Any]:
    """Return the same from what was kept with the step."""
    return {name: result[name] for name in ("slip", "refused") if name in result}


def lost_by(result: Mapping[str, Any]) -> Text:
    """Return why the end of a step is unclear, from what was kept with it."""
    slip = result.get("slip")
    return Text(str(slip["ru"]), str(slip["en"])) if slip else _LOST


def left_to_people(result: Mapping[str, Any], place: str) -> Text:
    """Return why a step that nothing shows is not done again by itself, and what a person does about it."""
    perhaps = perhaps_carried(result)
    why = _FOR_WHAT_WAS_CARRIED if result.get("refused") or perhaps else _SHOWN_LATE
    lost = _STOPPED.fill(files=", ".join(perhaps)) if perhaps and "slip" not in result else lost_by(result)
    return why.fill(lost=lost, settle=SETTLE.fill(place=place))


def unread(lost: Text, why: Text | None, place: str) -> Text:
    """Return why an end is unclear; what no reading will ever show comes with what a person does about it."""
    said = _UNREAD.fill(lost=lost, why=why)
    return join_texts("; ", (said, SETTLE.fill(place=place))) if why == NO_LOOK else said


def _slip(cause: Text, scene: Scene) -> Slip:
    return Slip(_SLIP.fill(network=scene.step.network, cause=cause), network=scene.step.network)
