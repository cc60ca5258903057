"""What is wrong with an act as a document (it is refused), and what only deserves a look (it is pointed out)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from munsocial.errors import Problem
from munsocial.model.checking.mistakes import UNKNOWN, problem_of
from munsocial.model.checking.secretlike import shown
from munsocial.model.given import each_is
from munsocial.policy.act import Act, Clause, Fact, NetworkStatus, Requirement
from munsocial.policy.catalogue import ADDRESSEES, KINDS, NETWORKS
from munsocial.policy.citing import cited
from munsocial.policy.params import AccountExists
from munsocial.wording import Text, join_texts, maybe

__all__ = ["Notice", "check_acts", "problems_of"]

_UNKNOWN_KIND = Text("неизвестный вид требования «{kind}».", "unknown kind of requirement {kind!r}.")
_KNOWN_KINDS = Text("Известные виды: {known}.", "Known kinds: {known}.")
_UNKNOWN_PARAM = Text("у вида «{kind}» нет параметра «{param}».", "kind {kind!r} has no parameter {param!r}.")
_KNOWN_PARAMS = Text("Известные параметры: {known}.", "Known parameters: {known}.")
_UNKNOWN_CLAUSE = Text("в акте нет пункта «{clause}».", "the act has no clause {clause!r}.")
_KNOWN_CLAUSES = Text("Пункты акта: {known}.", "Clauses of the act: {known}.")
_NO_TABLE = Text("нужна таблица «параметр = значение».", "a table of parameter = value is needed.")
_UNFIT = Text("значение не подходит.", "the value does not fit.")
_SEVERAL_FORMS = {
    "rotate_every": Text("Напишите 90d, 2w, 3m, 1y или число дней.", "Write 90d, 2w, 3m, 1y or a number of days."),
    "thresholds_by_category": Text(
        "Напишите текст или {flagship = 10, card = 1}.", "Write a text, or {flagship = 10, card = 1}."
    ),
}
_ROWS: dict[str, type[BaseModel]] = {
    "clauses": Clause,
    "requirements": Requirement,
    "network_status": NetworkStatus,
    "facts": Fact,
}
_REPEATED = Text("идентификатор «{id}» повторяется.", "id {id!r} is repeated.")
_RENAME = Text("Дайте каждому требованию свой.", "Give each requirement its own.")
_UNBOUND = Text(
    "обязывающий пункт «{clause}» не имеет ни одного требования.", "binding clause {clause!r} has no requirement."
)
_BIND = Text(
    "Добавьте требование (для непроверяемого — вида attested) или укажите binding = false.",
    "Add a requirement (kind attested if no data can show it) or say binding = false.",
)
_BACKWARDS = Text("срок кончается раньше, чем начинается.", "the period ends before it begins.")
_MOST_NAMED = 40
"""Clauses that a message names."""
_LONGEST_WORD = 100
"""Letters of a word for which a near one is looked for."""
_DEEPEST = 20
"""Points inside points that are looked through."""
_SWAP = Text("Проверьте даты.", "Check the dates.")


def problems_of(raw: Mapping[str, Any]) -> tuple[Problem, ...]:
    """List everything that makes an act unusable, from the plain tables of its file, so that nothing hides the rest."""
    clauses = raw.get("clauses", {})
    requirements = raw.get("requirements", [])
    if not isinstance(clauses, dict) or not isinstance(requirements, list):
        return tuple(_shape_problems(raw))
    rows = [row for row in requirements if isinstance(row, dict)]
    return (
        *_shape_problems(raw),
        *_kind_problems(rows),
        *_clause_problems(rows, clauses),
        *_repeated(rows),
        *_unbound(rows, clauses),
    )


def _shape_problems(raw: Mapping[str, Any]) -> Iterator[Problem]:
    """Everything that the models themselves refuse; the parameters are judged apart, by kind."""
    try:
        act = Act.model_validate(_without_params(raw))
    except ValidationError as refused:
        for error in refused.errors(include_url=False):
            yield _model_problem(raw, error)
        return
    yield from _backwards(act)


def _without_params(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Replace kind and parameters by an innocent pair: their faults are told by `_kind_problems`."""
    rows = raw.get("requirements", [])
    if not isinstance(rows, list):
        return dict(raw)
    innocent = {"kind": "comments.enabled", "params": {}}
    return {**raw, "requirements": [{**row, **innocent} if isinstance(row, dict) else row for row in rows]}


def _model_problem(raw: Mapping[str, Any], error: Mapping[str, Any]) -> Problem:
    table, *rest = error["loc"]
    rows = _ROWS.get(str(table), Act)
    if not rest or rows is Act:  # a field of the act itself, perhaps an item of its list
        return problem_of(error, "", "", _fields(Act))
    record = _record_name(raw.get(str(table)), rest[0])
    return problem_of({**error, "loc": tuple(rest[1:])}, str(table), record, _fields(rows))


def _fields(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _record_name(rows: Any, place: int | str) -> str:
    if isinstance(rows, list) and isinstance(place, int) and place < len(rows) and isinstance(rows[place], dict):
        return str(rows[place].get("id", place + 1))
    return str(place + 1 if isinstance(place, int) else place)


def _backwards(act: Act) -> Iterator[Problem]:
    for row in act.requirements:
        if row.since and row.until and row.until < row.since:
            yield Problem("requirements", row.id, "until", _BACKWARDS, _SWAP)
    for number, status in enumerate(act.network_status, 1):
        if status.since and status.until and status.until < status.since:
            yield Problem("network_status", str(number), "to", _BACKWARDS, _SWAP)
    if act.in_force_from and act.in_force_until and act.in_force_until < act.in_force_from:
        yield Problem("", "", "in_force_until", _BACKWARDS, _SWAP)


def _kind_problems(rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    for number, row in enumerate(rows, 1):
        name = str(row.get("id", number))
        kind = row.get("kind")
        if kind is None:
            yield Problem("requirements", name, "kind", Text("не заполнено.", "is missing."), _kinds_remedy(""))
        elif not isinstance(kind, str) or kind not in KINDS:
            yield Problem("requirements", name, "kind", _UNKNOWN_KIND.fill(kind=shown(kind)), _kinds_remedy(str(kind)))
        else:
            yield from _param_problems(name, kind, row.get("params", {}))


def _kinds_remedy(kind: str) -> Text:
    near = get_close_matches(kind, KINDS, 1) if len(kind) <= _LONGEST_WORD else []
    known = _KNOWN_KINDS.fill(known=", ".join(sorted(KINDS)))
    return join_texts(" ", (maybe(near[0]), known)) if near else known


def _param_problems(name: str, kind: str, given: Any) -> Iterator[Problem]:
    model = KINDS[kind].params
    known = _fields(model)
    listed = Text(", ".join(known) or "нет ни одного", ", ".join(known) or "none")
    if not isinstance(given, Mapping):
        yield Problem("requirements", name, "params", _NO_TABLE, _KNOWN_PARAMS.fill(known=listed))
        return
    try:
        model.model_validate(given)
    except ValidationError as refused:
        yield from dict.fromkeys(
            _param_problem(name, kind, error, listed) for error in refused.errors(include_url=False)
        )


def _param_problem(name: str, kind: str, error: Mapping[str, Any], listed: Text) -> Problem:
    param, *rest = error["loc"] or (error["ctx"]["field"],)
    if error["type"] == UNKNOWN and not rest:
        what = _UNKNOWN_PARAM.fill(kind=kind, param=shown(param))
        return Problem("requirements", name, f"params.{shown(param)}", what, _KNOWN_PARAMS.fill(known=listed))
    several = _SEVERAL_FORMS.get(param)
    if several is not None:  # pydantic tells of every form that does not fit
        return Problem("requirements", name, f"params.{param}", _UNFIT, several)
    return problem_of({**error, "loc": ("params", param, *rest)}, "requirements", name, ())


def _clause_problems(rows: Sequence[Mapping[str, Any]], clauses: Mapping[str, Any]) -> Iterator[Problem]:
    if not clauses:  # the words of the act are not at hand: nothing to compare with, and `check_acts` says so
        return
    known = _first_of(clauses)
    for number, row in enumerate(rows, 1):
        for clause in _cited(row):
            if clause not in clauses:
                name = str(row.get("id", number))
                yield Problem(
                    "requirements",
                    name,
                    "clause",
                    _UNKNOWN_CLAUSE.fill(clause=shown(clause)),
                    _KNOWN_CLAUSES.fill(known=known),
                )


def _first_of(clauses: Iterable[str]) -> Text:
    """Name the clauses of an act; where there are very many, nobody looks through them in a message."""
    named = [shown(one) for one in clauses]
    said, rest = ", ".join(named[:_MOST_NAMED]), len(named) - _MOST_NAMED
    return Text(f"{said} и ещё {rest}", f"{said} and {rest} more") if rest > 0 else Text(said, said)


def _cited(row: Mapping[str, Any]) -> tuple[str, ...]:
    return cited(str(row.get("clause") or ""))


def _repeated(rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for row in rows:
        name = row.get("id")
        if isinstance(name, str) and name in seen:
            yield Problem("requirements", name, "id", _REPEATED.fill(id=name), _RENAME)
        if isinstance(name, str):
            seen.add(name)


def _unbound(rows: Sequence[Mapping[str, Any]], clauses: Mapping[str, Any]) -> Iterator[Problem]:
    """A clause is bound when it, one of its points, or the point that holds it, is cited."""
    every = {clause for row in rows for clause in _cited(row)}
    holding = {above for clause in every for above in _above(clause)}
    for number, clause in clauses.items():
        if isinstance(clause, dict) and clause.get("binding", True) is False:
            continue
        if number not in holding and every.isdisjoint(_above(number)):
            yield Problem("clauses", shown(number), "", _UNBOUND.fill(clause=shown(number)), _BIND)


def _above(clause: str) -> Iterator[str]:
    """Yield a clause and the points that hold it: 9.4.1, 9.4, 9."""
    yield clause
    for _ in range(_DEEPEST):
        clause, dot, _below = clause.rpartition(".")
        if not dot:
            return
        yield clause


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in an act that loads but deserves a look: the act, the requirement, the field, and what it is."""

    act: str
    requirement: str
    field: str
    word: str
    what: Text

    def say(self, lang: str = "ru") -> str:
        """Return one line for a person."""
        place = " / ".join(part for part in (self.act, self.requirement, self.field) if part)
        return f"{place}: {self.what.ru if lang == 'ru' else self.what.en}"


_OPEN = Text(
    "слово «{word}» программе неизвестно: оно ничему не соответствует. Знакомые слова: {known}.",
    "the word {word!r} is unknown to the program and matches nothing. Known words: {known}.",
)
_SHARED = Text(
    "слово «{word}» программе неизвестно: подойдут только записи реестра с тем же словом. Знакомые слова: {known}.",
    "the word {word!r} is unknown to the program: only records of the register with the same word match. "
    "Known words: {known}.",
)
_BY_REGISTER = frozenset(
    {
        ("responsible.appointed", "duties"),
        ("credentials.two_factor", "roles"),
        ("reply.upstream", "upstream"),
        ("subscription.upstream", "upstream"),
    }
)
"""Parameters of kinds whose words are compared with words of the register, known or not."""
_ADDRESSEE = Text(
    "адресат «{word}» неизвестен: подойдут только орган с такой меткой (tags) или id либо id аккаунта. "
    "Знакомые: {known}.",
    "addressee {word!r} is unknown: only a body with such a tag or id, or the id of an account, will match. "
    "Known: {known}.",
)
_NO_CLAUSES = Text(
    "пункты акта не приведены: ссылки на них сверить не с чем.",
    "the clauses are not given: there is nothing to compare citations with.",
)
_NO_CLAUSE = Text("не назван пункт акта.", "no clause of the act is cited.")
_NOT_IN_FORCE = Text("срок действия требования истёк {day}.", "the requirement expired on {day}.")


_OUT_OF_REACH = Text(
    "нужны аккаунты в {n} сетях, а названо сетей: {named}; судится по названным.",
    "accounts in {n} networks are wanted, and the number of those named is {named}; it is judged by those.",
)


def check_acts(acts: Iterable[Act], *, on: date | None = None, tags: Iterable[str] = ()) -> tuple[Notice, ...]:
    """Point out open words that no rule understands, demands without a clause, and (with ``on``) expired ones.

    ``tags`` are further words by which a register addresses its own: tags and ids of bodies, ids of accounts.
    """
    acts = each_is(Act, acts, "acts", "load_acts(['kalininsky'])")
    own = frozenset(each_is(str, tags, "tags", '["school"]'))
    return tuple(notice for act in acts for notice in _notices(act, on, own))


def _notices(act: Act, on: date | None, own: frozenset[str]) -> Iterator[Notice]:
    for network in sorted(set(act.networks) - NETWORKS):
        yield Notice(act.id, "", "networks", network, _OPEN.fill(word=network, known=_listed(NETWORKS)))
    if not act.clauses:
        yield Notice(act.id, "", "clauses", "", _NO_CLAUSES)
    for row in act.requirements:
        if not row.clause:
            yield Notice(act.id, row.id, "clause", "", _NO_CLAUSE)
        if on is not None and row.until is not None and row.until < on:
            yield Notice(act.id, row.id, "until", str(row.until), _NOT_IN_FORCE.fill(day=row.until))
        for network in row.networks or ():
            if network not in NETWORKS:
                said = _OPEN.fill(word=network, known=_listed(NETWORKS))
                yield Notice(act.id, row.id, "networks", network, said)
        for word in row.applies_to:
            if word not in ADDRESSEES and word not in own:
                yield Notice(act.id, row.id, "applies_to", word, _ADDRESSEE.fill(word=word, known=_listed(ADDRESSEES)))
        yield from _out_of_reach(act, row)
        yield from _open_words(act, row)


def _out_of_reach(act: Act, row: Requirement) -> Iterator[Notice]:
    """More networks wanted than are named beside the parameters; in the parameters themselves that is refused."""
    params = row.params
    if not isinstance(params, AccountExists) or params.mode != "at_least_n" or params.networks:
        return
    named = len(set(row.networks or act.networks))
    if params.n is not None and 0 < named < params.n:
        yield Notice(act.id, row.id, "params.n", str(params.n), _OUT_OF_REACH.fill(n=params.n, named=named))


def _open_words(act: Act, row: Requirement) -> Iterator[Notice]:
    for param, known in KINDS[row.kind].words.items():
        value = getattr(row.params, param, None)
        words = value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()
        for word in words:
            if word not in known:
                text = _SHARED if (row.kind, param) in _BY_REGISTER else _OPEN
                yield Notice(act.id, row.id, f"params.{param}", word, text.fill(word=word, known=_listed(known)))


def _listed(words: frozenset[str]) -> str:
    return ", ".join(sorted(words))
