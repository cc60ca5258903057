"""Short calls that make districts, snapshots and acts for tests of policy; what a test does not say has a default.

    registry = district(account("school-vk", phone="+78616320000"))
    seen = snapshot(view("school-vk", posts=weekly(5)))
    report = audit(registry, seen, [act(requirement("posting.frequency", min=5))], MOMENT)

The district is fictional. Everything is fixed: two runs on two days give the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.model.accounts import Account, Upstream
from munsocial.model.base import Record
from munsocial.model.bodies import Body, BodyKind, Municipality
from munsocial.model.content import Ban, Comment, Link, Manager, Message, Post, Profile
from munsocial.model.credentials import Credential, Handover
from munsocial.model.people import Appointment, Person
from munsocial.model.phones import Phone, PhoneKind
from munsocial.model.registry import LanguageWord, Registry
from munsocial.model.snapshot import AccountView, Missing, Observed, Snapshot, Why
from munsocial.model.statements import Attestation, ExemptPeriod, Inquiry, Recommendation, Removal, Waiver
from munsocial.policy.act import Act, Clause, NetworkStatus, Requirement
from munsocial.policy.verdict import Level

__all__ = [
    "MOMENT",
    "MOSCOW",
    "account",
    "act",
    "appointment",
    "attestation",
    "ban",
    "body",
    "comment",
    "district",
    "link",
    "manager",
    "message",
    "missing",
    "moment",
    "person",
    "phone",
    "post",
    "profile",
    "requirement",
    "snapshot",
    "status",
    "upstream",
    "view",
    "weekly",
]

MOSCOW = ZoneInfo("Europe/Moscow")
MOMENT = datetime(2026, 11, 23, 10, 0, tzinfo=MOSCOW)
"""A Monday morning; the week before it, 16 to 22 November 2026, is over."""

TALK = "Друзья, завтра приедем убирать парк. Приходите с детьми, чай и перчатки дадим на месте!"
_NUMBER = "+78616320000"


def moment(text: str) -> datetime:
    """Read ``2026-11-20 14:30`` (or a day alone) as Moscow time, unless the text names its own offset."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=MOSCOW)


def body(id: str = "administration", kind: str = "administration", **fields: Any) -> Body:
    """Make a body: the district's administration unless told otherwise."""
    known = {"name": f"Орган {id}", "legal_entity": True, **fields}
    return Body(id=id, kind=BodyKind(kind), **known)


def account(id: str = "administration-vk", body: str = "administration", network: str = "vk", **fields: Any) -> Account:
    """Make an account opened long ago."""
    known = {"handle": id.replace("-", "_"), "network_id": f"id-{id}", "opened": date(2024, 1, 1), **fields}
    return Account(id=id, body=body, network=network, **known)


def person(id: str = "ivanova", body: str = "administration", **fields: Any) -> Person:
    """Make an employee."""
    return Person(id=id, body=body, **{"name": f"Сотрудник {id}", **fields})


def appointment(person: str = "ivanova", body: str = "administration", *duties: str, **fields: Any) -> Appointment:
    """Make an appointment for all duties of clause 3.2, or for those named, since 2024."""
    every = duties or ("credential_custody", "credential_handover", "running", "moderation")
    return Appointment(person=person, body=body, duties=every, **{"since": date(2024, 1, 1), **fields})


def phone(
    number: str = _NUMBER, body: str | None = "administration", kind: str | None = "service", **fields: Any
) -> Phone:
    """Make a service phone of a body."""
    return Phone(number=number, body=body, kind=PhoneKind(kind) if kind else None, **fields)


def upstream(role: str = "krai_governor", network: str = "vk", **fields: Any) -> Upstream:
    """Make an account above."""
    known = {"id": f"{role}-{network}", "handle": f"{role}_{network}", "network_id": f"up-{role}", **fields}
    return Upstream(role=role, network=network, **known)


def attestation(statement: str, subject: str, **fields: Any) -> Attestation:
    """Make an attestation of October 2026."""
    known = {"by": "ivanova", "date": date(2026, 10, 1), **fields}
    return Attestation(statement=statement, subject=subject, **known)


_TABLES: dict[type[Record], str] = {
    Body: "bodies",
    Account: "accounts",
    Person: "people",
    Appointment: "appointments",
    Phone: "phones",
    Credential: "credentials",
    Handover: "handovers",
    Upstream: "upstream",
    Attestation: "attestations",
    Waiver: "waivers",
    Recommendation: "recommendations",
    ExemptPeriod: "exempt_periods",
    Removal: "removals",
    Inquiry: "inquiries",
    LanguageWord: "words",
}
_NAMED = ", ".join(kind.__name__ for kind in _TABLES)


def district(*records: Record, **municipality: Any) -> Registry:
    """Put records into the tables of a register; bodies that are only mentioned are made up.

    An unmentioned administration is not added: a test says what there is.

    Raises:
        TypeError: a record that belongs to no table; the municipality is told by its fields.
    """
    tables: dict[str, list[Record]] = {name: [] for name in _TABLES.values()}
    for record in records:
        if type(record) not in _TABLES:
            raise TypeError(f"{type(record).__name__} is in no table of a register; give one of {_NAMED}")
        tables[_TABLES[type(record)]].append(record)
    known = {one.id for one in tables["bodies"] if isinstance(one, Body)}
    for mentioned in dict.fromkeys(_bodies(records)):
        if mentioned not in known:
            tables["bodies"].append(body(mentioned, "administration" if mentioned == "administration" else "sectoral"))
    place = Municipality(**{"id": "prirechensky", "name": "Приреченский район", **municipality})
    return Registry.model_validate({"municipality": place, **{name: tuple(rows) for name, rows in tables.items()}})


def _bodies(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        mentioned = getattr(record, "body", None)
        if mentioned and not isinstance(record, (Phone, Inquiry)):
            yield str(mentioned)


def _number(kind: str, at: datetime, text: str) -> str:
    """An id made of what it names, so that the same call gives the same id."""
    return f"{kind}-{blake2b(f'{at.isoformat()}|{text}'.encode('utf-8', 'surrogatepass'), digest_size=5).hexdigest()}"


def post(at: str | datetime = "2026-11-18 12:00", text: str = TALK, **fields: Any) -> Post:
    """Make a publication of a page; ``at`` is Moscow time when given as text without an offset."""
    when = moment(at) if isinstance(at, str) else at
    return Post(at=when, text=text, **{"id": _number("post", when, text), **fields})


def weekly(number: int, *, week: str = "2026-11-16", **fields: Any) -> tuple[Post, ...]:
    """Make so many publications in the week from the Monday named on, each with words of its own.

    They stand six hours apart, or closer when the week could not hold them.
    """
    first = moment(week) + timedelta(hours=9)
    step = min(timedelta(hours=6), timedelta(days=6, hours=14) / max(number, 1))
    return tuple(post(first + step * n, f"{TALK} Новость {n}.", **fields) for n in range(number))


def comment(text: str = "Спасибо!", at: str | datetime = "2026-11-18 13:00", **fields: Any) -> Comment:
    """Make a citizen's comment."""
    when = moment(at) if isinstance(at, str) else at
    known = {"id": _number("comment", when, text), "post_id": "post-1", "author_id": "citizen-1", **fields}
    return Comment(at=when, text=text, **known)


def message(text: str = "Здравствуйте", at: str | datetime = "2026-11-18 13:00", **fields: Any) -> Message:
    """Make a private message of a citizen."""
    when = moment(at) if isinstance(at, str) else at
    return Message(at=when, text=text, **{"id": _number("message", when, text), "peer_id": "citizen-1", **fields})


def profile(**fields: Any) -> Profile:
    """Make a page that is well designed and open."""
    known = {
        "network_id": "id-administration-vk",
        "name": "Администрация Приреченского района",
        "description": "Официальная страница: новости района, ответы на вопросы жителей.",
        "avatar": True,
        "cover": True,
        "comments_open": True,
        **fields,
    }
    return Profile(**known)


def link(target: Upstream, kind: str = "link") -> Link:
    """Make a link or subscription to an account above."""
    return Link(kind=kind, network_id=target.network_id, handle=target.handle)


def manager(network_id: str = "user-1", role: str = "administrator", **fields: Any) -> Manager:
    """Make a person with power over a page."""
    return Manager(network_id=network_id, role=role, **fields)


def ban(user_id: str = "citizen-1", since: str | None = "2026-11-18 14:00", **fields: Any) -> Ban:
    """Make an entry of a black list."""
    return Ban(user_id=user_id, since=moment(since) if since else None, **fields)


def missing(why: str = "unreachable") -> Missing:
    """The reason for which something was not seen: give it to `view` in place of the thing."""
    return Missing(why=Why(why))


def view(
    account: str = "administration-vk", *, network: str = "vk", can: dict[str, bool] | None = None, **seen: Any
) -> AccountView:
    """Make what was seen of an account; a `Missing` in place of a thing says why it was not seen.

    A thing may also be a ready `Observed`. What is not named was not asked for.
    """
    wrapped = {name: _observed(value) for name, value in seen.items()}
    return AccountView(account=account, network=network, can=can or {}, **wrapped)


def _observed(value: Any) -> Any:
    if isinstance(value, Observed):
        return value
    if isinstance(value, Missing):
        return {"missing": value}
    if isinstance(value, (list, tuple)):
        value = tuple(value)
    return {"value": value, "at": MOMENT, "through": "test"}


def snapshot(
    *views: AccountView,
    above: Sequence[AccountView] = (),
    since: str = "2026-10-26",
    until: str | datetime = MOMENT,
    municipality: str = "prirechensky",
    **fields: Any,
) -> Snapshot:
    """Make a snapshot of the four weeks before `MOMENT`."""
    end = moment(until) if isinstance(until, str) else until
    known: dict[str, Any] = {"taken_at": end, "accounts": views, "upstream": tuple(above), **fields}
    return Snapshot(municipality=municipality, since=moment(since).astimezone(UTC), until=end, **known)


def requirement(
    kind: str, level: str = "must", *, clause: str = "1", applies_to: Sequence[str] = (), **params: Any
) -> Requirement:
    """Make one demand; ``networks_``, ``since_``, ``until_`` and ``deadline_`` are its own, the rest its parameters."""
    own = {
        name.rstrip("_"): params.pop(name)
        for name in ("networks_", "until_", "deadline_", "id_", "derived_")
        if name in params
    }
    if "since_" in params:
        own["from"] = params.pop("since_")
    fields = {"id": kind.replace(".", "-").replace("_", "-"), **own}
    return Requirement.model_validate(
        {
            "kind": kind,
            "level": Level(level),
            "clause": clause,
            "applies_to": tuple(applies_to),
            "params": params,
            **fields,
        }
    )


def status(network: str, status: str = "blocked", since: str = "2022-03-04", until: str | None = None) -> NetworkStatus:
    """Say what the law holds of a network."""
    return NetworkStatus.model_validate(
        {"network": network, "status": status, "from": since, "to": until, "basis": "решение", "certainty": "B"}
    )


def act(*requirements: Requirement, id: str = "order", **fields: Any) -> Act:
    """Make an act out of demands; its clauses follow from what they cite."""
    cited = {clause: Clause(ru=f"Пункт {clause}") for one in requirements for clause in one.clauses}
    return Act(id=id, requirements=requirements, **{"title": "Порядок", "clauses": cited, **fields})
