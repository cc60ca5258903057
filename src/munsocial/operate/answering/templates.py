"""Templates of answers: the municipality's own file, read with jinja2 in its sandbox, strict about what is missing.

    [templates.road]
    about = "яма на дороге"
    words = ["яма", "дорог"]
    text = '''
    {{ name or "Здравствуйте" }}, спасибо за сигнал! Дорожники посмотрят {{ place }} до {{ day(3) }}.
    '''

A template sees ``name`` (first name of the citizen, may be empty), ``question``, ``body`` (its name), ``phone``,
``site``, ``topic``, ``today`` and ``day(n)`` (n-th working day from today, as «27 ноября»), and whatever the caller
gives. `munsocial.operate.answering.template_language` says what may be written; it reaches no files and no attributes
of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.errors import InputError
from munsocial.files import read_text
from munsocial.model.parsing import parse_toml
from munsocial.model.registry import Registry
from munsocial.operate.answering.inbox import Question
from munsocial.policy.speech import MONTHS
from munsocial.wording import Text

__all__ = ["Template", "load_templates", "render", "suggested"]

_MOST = 1 << 20
_QUOTED = 4_000
"""So much of a question a template sees."""

_NO_TABLE = Text("здесь нужны таблицы, по одной на шаблон.", "tables are wanted here, one for each template.")
_NO_TEXT = Text("в шаблоне нет поля text.", "the template has no field text.")
_SEE = Text(
    'Пишите так: [templates.road], под ней text = "Спасибо, {{ name }}!" и words = ["яма", "дорог"].',
    'Write it so: [templates.road], under it text = "Спасибо, {{ name }}!" and words = ["яма", "дорог"].',
)
_FAILED = Text("шаблон «{name}» не сработал: {cause}.", "the template {name!r} failed: {cause}.")
_MEND = Text("Исправьте шаблон или ответьте своими словами: --text.", "Mend the template, or answer with --text.")


@dataclass(frozen=True, slots=True)
class Template:
    """A template of an answer; ``words`` are beginnings of words by which it is suggested."""

    name: str
    text: str
    about: str = ""
    words: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    """For answers of these bodies only; empty: of all."""


def load_templates(path: Path) -> dict[str, Template]:
    """Read templates from a TOML file, by name. Whether they work shows when they are rendered.

    Raises:
        FileRefused: it cannot be read or is no TOML. InputError: a template without a text, or none.
    """
    given = parse_toml(read_text(path, at_most=_MOST), where=str(path)).get("templates", {})
    if not isinstance(given, dict):
        raise InputError(_NO_TABLE, where=f"{path}: templates", remedy=_SEE)
    found: dict[str, Template] = {}
    for name, facts in given.items():
        if not isinstance(facts, dict) or not isinstance(facts.get("text"), str):
            raise InputError(_NO_TEXT, where=f"{path}: templates.{name}", remedy=_SEE)
        found[name] = Template(
            name,
            facts["text"],
            str(facts.get("about", "")),
            tuple(str(word).lower() for word in facts.get("words", ())),
            tuple(str(body) for body in facts.get("bodies", ())),
        )
    return found


def suggested(question: Question, templates: Iterable[Template]) -> tuple[Template, ...]:
    """Return the templates that may fit a question, the best first: by how many of their words it has."""
    words = question.comment.text.lower().replace("ё", "е").split()
    scored = []
    for template in templates:
        if template.bodies and question.body not in template.bodies:
            continue
        hits = sum(any(word.strip("«»\"(.,!?").startswith(stem.replace("ё", "е")) for word in words)
                   for stem in template.words)  # fmt: skip
        if hits:
            scored.append((-hits, template.name, template))
    return tuple(template for *_, template in sorted(scored, key=lambda one: one[:2]))


def render(
    template: Template,
    question: Question,
    registry: Registry,
    *,
    now: datetime,
    facts: Mapping[str, Any] | None = None,
) -> str:
    """Return the text of an answer.

    Raises:
        InputError: the template names something that is not there, has a slip, or makes nothing or too much.
    """
    from munsocial.operate.answering.template_language import TemplateFailed, rendered

    try:
        return rendered(template.text, {**_facts(question, registry, now), **(facts or {})})
    except TemplateFailed as failed:
        what = _FAILED.fill(name=template.name, cause=failed.why)
        raise InputError(what, where=f"templates.{template.name}", remedy=_MEND) from None


def _facts(question: Question, registry: Registry, now: datetime) -> dict[str, Any]:
    body = registry.body_by_id.get(question.body or "")
    zone = ZoneInfo(registry.municipality.timezone)
    today = now.astimezone(zone)
    phone = next(
        (one.number for one in registry.phones if body and one.body == body.id and one.covers(today.date())), ""
    )
    return {
        "name": (question.comment.author_name or "").split(" ")[0],
        "question": question.comment.text[:_QUOTED],
        "body": body.name if body else registry.municipality.name,
        "phone": phone,
        "site": (body.site if body else "") or "",
        "topic": question.topic,
        "today": _told(today),
        "day": _days(today),
    }


def _days(today: datetime) -> Callable[[int], str]:
    from munsocial.policy.terms import Calendar

    calendar = Calendar()

    def day(count: int) -> str:
        at, left = today, min(max(int(count), 0), 365)
        while left > 0:
            at += timedelta(days=1)
            left -= calendar.works(at.date()) is not False
        return _told(at)

    return day


def _told(moment: datetime) -> str:
    return f"{moment.day} {MONTHS['ru'][moment.month - 1]}"
