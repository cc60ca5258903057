"""How a handover looks in the terminal: its steps, what comes next, and what to enter into the register."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from munsocial.cli.speaking import NOT_NOTED, echo
from munsocial.cli.wrapping import tell
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.operate.handover import Procedure, Standing

__all__ = ["LEFT", "show_noted", "show_procedure", "title_of"]

_HEAD = Text("{giver} → {taker}, начато {day}: {id}", "{giver} → {taker}, begun {day}: {id}")
_NOBODY = Text("(прежний хранитель не записан)", "(no former holder on record)")
_ENDED = Text("Передача окончена {day}.", "The handover ended on {day}.")
_STOPPED = Text("Передача прекращена {day}: {why}", "The handover was given up on {day}: {why}")
LEFT = Text("Осталось шагов: {left} из {all}.", "Steps left: {left} of {all}.")
_NEXT = Text("Следующий: {step}\n  {how}", "Next: {step}\n  {how}")
_NOTED = Text("Записано: {step}", "Noted: {step}")
_RECORDS = Text("Внесите в реестр:", "Enter into the register:")


def show_noted(after: Procedure, registry: Registry, step: str, lang: Lang, *, yes: bool) -> None:
    """Tell what became of a step that a person stated, or what would; ``yes`` says that it was noted."""
    standing = after.standing(step)
    if not yes:
        echo((standing.step.say(lang) if standing else step) + "\n" + NOT_NOTED.say(lang))
        return
    if standing is not None:
        echo(_NOTED.fill(step=standing.say(lang)).say(lang))
    _foot(after, registry, lang)


def title_of(one: Procedure, registry: Registry, lang: Lang) -> str:
    """Return who hands over to whom, for a list."""
    from munsocial.operate.keys.custody import person_name

    giver = person_name(registry, one.giver) or _NOBODY.say(lang)
    taker = person_name(registry, one.taker)
    return _HEAD.fill(giver=giver, taker=taker, day=_day(one.begun_at, registry), id=one.id).say(lang)


def _day(moment: datetime, registry: Registry) -> str:
    return f"{moment.astimezone(ZoneInfo(registry.municipality.timezone)):%d.%m.%Y}"


def show_procedure(one: Procedure, registry: Registry, lang: Lang) -> None:
    """Print a handover step by step."""
    tell(title_of(one, registry, lang), 2)
    for number, standing in enumerate(one.standings, 1):
        mark = "x" if standing.done else "!" if standing.state.value == "failed" else " "
        tell(f"  {number:>2}. [{mark}] {standing.say(lang)}{_stated(standing, registry)}", 10)
        echo(f"          {standing.step.id}")
    _foot(one, registry, lang)


def _stated(standing: Standing, registry: Registry) -> str:
    from munsocial.operate.keys.custody import person_name

    return f" ({person_name(registry, standing.by)})" if standing.by else ""


def _foot(one: Procedure, registry: Registry, lang: Lang) -> None:
    if one.ended_at is not None:
        told = _STOPPED if one.stopped else _ENDED
        echo(told.fill(day=_day(one.ended_at, registry), why=one.stopped).say(lang))
        if one.finished:
            _records(one, registry, lang)
        return
    echo(LEFT.fill(left=len(one.left), all=len(one.standings)).say(lang))
    if one.left:
        step = one.left[0].step
        what, _, how = _NEXT.fill(step=step.say(lang), how=step.how(lang)).say(lang).partition("\n")
        tell(what, 2)
        tell(how, 2)


def _records(one: Procedure, registry: Registry, lang: Lang) -> None:
    from munsocial.model.tomlwriter import toml_text
    from munsocial.operate.handover.stating import records_of

    assert one.ended_at is not None
    records = [line.model_dump(exclude_none=True) for line in records_of(one, registry, one.ended_at)]
    echo(f"{_RECORDS.say(lang)}\n")
    echo(toml_text({"handovers": records}))
