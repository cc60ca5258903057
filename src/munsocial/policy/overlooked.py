"""Words of a register that lead nowhere: excuses and rests of nothing, duties and roles of no act, owning no page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from munsocial.errors import Problem
from munsocial.model.checking.crosscheck import no_pages, record_name
from munsocial.model.checking.secretlike import shown
from munsocial.model.registry import Registry
from munsocial.policy.act import Act
from munsocial.policy.catalogue import KINDS
from munsocial.policy.params import (
    Attested,
    ReplyDeadline,
    ReplyEscalation,
    ReplyUpstream,
    ResponsibleAppointed,
    SubscriptionUpstream,
)
from munsocial.policy.words import coded
from munsocial.wording import Text, maybe

__all__ = ["check_registry"]

_NO_DEMAND = Text(
    "требования «{word}» нет в актах реестра: исключение ничего не извиняет.",
    "no act of the register has the demand {word!r}: the waiver excuses nothing.",
)
_NO_KIND = Text(
    "вида требований «{word}» нет: освобождение его ни от чего не освобождает.",
    "there is no kind of requirement {word!r}: nothing rests by it.",
)
_NO_DUTY = Text(
    "обязанность «{word}» не знают ни программа, ни акты реестра: назначение на неё ничего не закрывает.",
    "neither the program nor an act of the register knows the duty {word!r}: being appointed for it covers nothing.",
)
_NO_ROLE = Text(
    "роль «{word}» не знают ни программа, ни акты реестра: ни одно требование этого аккаунта не найдёт.",
    "neither the program nor an act of the register knows the role {word!r}: no demand will find this account.",
)
_NO_QUESTION = Text(
    "о «{word}» не спрашивает ни один акт реестра: подтверждение ни о чём не говорит.",
    "no act of the register asks for {word!r}: the attestation tells of nothing.",
)
_NO_PRIORITY = Text(
    "срочности «{word}» нет в актах реестра: сроки, назначенные по срочности, к сообщению не применяются.",
    "no act of the register has the priority {word!r}: terms set by priority do not apply to the message.",
)
_NO_MARK = Text(
    "отметки «{word}» нет в актах реестра: докладывать о сообщении по ней никто не обязан.",
    "no act of the register has the mark {word!r}: nobody has to report the message by it.",
)
_OWNS_NOTHING = Text(
    "профиль только владеет страницами, а ни одна страница не называет его владельцем: того, что видят жители, с него "
    "не спрашивают.",
    "the profile only owns pages, and no page names it as its owner: nothing citizens see is asked of it.",
)
_NAME_OWNER = Text(
    "Впишите его в owner_profile страницы, которой он владеет, или уберите only_owns.",
    "Enter it as owner_profile of the page that it owns, or drop only_owns.",
)
_ABOVE = (ReplyUpstream, SubscriptionUpstream)
_ONE_OF = Text("Проверьте слово.", "Check the word.")


def check_registry(registry: Registry, acts: Sequence[Act]) -> tuple[Problem, ...]:
    """Point out words that load and match nothing; the register is usable, and they may be meant.

    ``acts`` are those by which it is judged; without any, excuses cannot be compared with demands.
    """
    return (
        *_waivers(registry, acts),
        *_rests(registry),
        *_duties(registry, acts),
        *_statements(registry, acts),
        *_messages(registry, acts),
        *_roles(registry, acts),
        *_owners_of_nothing(registry),
        *no_pages(registry, numbered=True),
    )


def _waivers(registry: Registry, acts: Sequence[Act]) -> Iterator[Problem]:
    names = {name for act in acts for row in act.requirements for name in (row.id, f"{act.id}#{row.id}")}
    for index, one in enumerate(registry.waivers):
        if names and one.requirement not in names:
            yield _unknown("waivers", record_name(one, index), "requirement", _NO_DEMAND, one.requirement, names)


def _statements(registry: Registry, acts: Sequence[Act]) -> Iterator[Problem]:
    asked = {name for act in acts for row in act.requirements for name in row.attested_as(act.id)}
    # A kind that these acts do not use is asked for by others: no slip.
    known = {*asked, *KINDS} if asked else set()
    for index, one in enumerate(registry.attestations):
        if known and one.statement not in known:
            yield _unknown("attestations", record_name(one, index), "statement", _NO_QUESTION, one.statement, known)


def _rests(registry: Registry) -> Iterator[Problem]:
    for index, one in enumerate(registry.exempt_periods):
        for word in one.kinds:
            if word not in KINDS:
                yield _unknown("exempt_periods", record_name(one, index), "kinds", _NO_KIND, word, KINDS)


def _duties(registry: Registry, acts: Sequence[Act]) -> Iterator[Problem]:
    known = {*KINDS["responsible.appointed"].words["duties"], *_duties_of(acts)}
    for index, one in enumerate(registry.appointments):
        for word in one.duties:
            if word not in known:
                yield _unknown("appointments", record_name(one, index), "duties", _NO_DUTY, word, known)


def _messages(registry: Registry, acts: Sequence[Act]) -> Iterator[Problem]:
    """By these words a message falls under a term or a report; by a word that no act has, it falls under none."""
    demands = [row.params for act in acts for row in act.requirements]
    priorities = {one.priority for one in demands if isinstance(one, ReplyDeadline)} - {"any"}
    # The inbox itself writes the words of the program, whatever the acts ask for.
    known = priorities | KINDS["reply.deadline"].words["priority"] - {"any"}
    by_mark = [one.when for one in demands if isinstance(one, ReplyEscalation)]
    marks = {mark for when in by_mark for mark in when} if all(by_mark) else set()
    for index, one in enumerate(registry.inquiries):
        name = record_name(one, index)
        if priorities and one.priority not in known:
            yield _unknown("inquiries", name, "priority", _NO_PRIORITY, one.priority, known)
        for word in one.significant if marks else ():
            if coded(word, marks) not in marks:
                yield _unknown("inquiries", name, "significant", _NO_MARK, word, marks)


def _roles(registry: Registry, acts: Sequence[Act]) -> Iterator[Problem]:
    named = (row.params.upstream for act in acts for row in act.requirements if isinstance(row.params, _ABOVE))
    known = {*KINDS["subscription.upstream"].words["upstream"], *(role for roles in named for role in roles)}
    for index, one in enumerate(registry.upstream):
        if one.role not in known:
            yield _unknown("upstream", record_name(one, index), "role", _NO_ROLE, one.role, known)


def _owners_of_nothing(registry: Registry) -> Iterator[Problem]:
    """A profile that is excused for pages which it does not own; of a closed one nothing is asked anyway."""
    owners = {one.owner_profile for one in registry.accounts}
    for one in registry.accounts:
        if one.only_owns and one.last_day is None and one.id not in owners:
            yield Problem("accounts", one.id, "only_owns", _OWNS_NOTHING, _NAME_OWNER)


def _duties_of(acts: Iterable[Act]) -> Iterator[str]:
    """The duties that acts name: of those to be appointed, and of those who attest."""
    for act in acts:
        for row in act.requirements:
            if isinstance(row.params, ResponsibleAppointed):
                yield from row.params.duties
            elif isinstance(row.params, Attested) and row.params.by:
                yield row.params.by


def _unknown(table: str, name: str, field: str, says: Text, word: str, known: Iterable[str]) -> Problem:
    return Problem(table, name, field, says.fill(word=shown(word)), _nearest(word, known))


def _nearest(word: str, known: Iterable[str]) -> Text:
    codes = sorted(known)
    meant = coded(word, codes)
    near = [meant] if meant != word else get_close_matches(word, codes, 1) if len(word) <= 100 else []
    return maybe(near[0]) if near else _ONE_OF
