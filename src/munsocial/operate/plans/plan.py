"""A plan: deeds written down before anything is done, so that they can be read, limited, signed and only then applied.

A plan is plain data with a digest over its content: changed by hand, it is refused. The key of each step is made here,
before any attempt, and is the same in every repetition.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from os import PathLike
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field, ValidationError
from pydantic_core import PydanticSerializationError

from munsocial.errors import FileRefused, PlanRefused
from munsocial.files import read_bytes, write_bytes
from munsocial.model.base import Id, Large, Moment, Record, mended
from munsocial.model.bodies import Zone
from munsocial.model.given import as_path, is_a
from munsocial.model.registry import Registry
from munsocial.operate.grounds import ground_name
from munsocial.operate.plans.persons import spelled
from munsocial.operate.plans.signatures import counted
from munsocial.wording import Lang, Text, join_texts

__all__ = [
    *("AGAIN", "PLAN_SCHEMA", "Approval", "Plan", "PlanProblem", "Proof", "Step", "Weight"),
    *("load_plan", "new_plan", "registry_digest"),
]

Weight = Literal["error", "advice", "note"]

PLAN_SCHEMA: Literal["munsocial.plan/1"] = "munsocial.plan/1"

_LIFE = timedelta(days=7)
_CLOCKS = timedelta(minutes=10)  # so much the clocks of two computers may differ
_MOST = 256 * 1024 * 1024

_BROKEN = Text("это не план munsocial или он обрезан.", "this is no plan of munsocial, or it is cut.")
_OTHER = Text(
    "план другой версии: {theirs}, этот munsocial читает {ours}.",
    "the plan is of another version: {theirs}, this munsocial reads {ours}.",
)
_UPDATE = Text("Составьте план заново или обновите munsocial.", "Make the plan again, or update munsocial.")
AGAIN = Text("Составьте план заново.", "Make the plan again.")
"""The remedy of a plan that may never be applied as it is."""
_TOUCHED = Text("план изменён вручную после составления.", "the plan was changed by hand after it was made.")
_ORDER = Text(
    "шаг {step} повторяется или ждёт шага, которого перед ним нет.",
    "the step {step} is there twice, or waits for one that does not stand before it.",
)
_KEYS = Text(
    "у двух шагов один ключ: сеть сочла бы их за один.", "two steps share a key: a network takes them for one."
)
_FOREIGN = Text("план составлен для другого района ({theirs}).", "the plan was made for another district ({theirs}).")
_STALE = Text("реестр изменился с тех пор, как составлен план.", "the registry has changed since the plan was made.")
_EXPIRED = Text("срок плана истёк {when}.", "the plan expired at {when}.")
_FUTURE = Text(
    "план составлен {when}, а часы показывают более раннее время: они переведены назад?",
    "the plan was made at {when}, and the clock shows an earlier time: was it set back?",
)
_CLOCK = Text("Проверьте часы компьютера и повторите.", "Check the clock of this computer and repeat.")
_UNSIGNED = Text(
    "нужна подпись второго лица: подписей {have}, требуется {need}; кто составил или применяет план, не в счёт.",
    "a second person must sign: signatures {have}, wanted {need}; who made or applies the plan does not count.",
)
_NOT_COUNTED = Text(
    "нужна подпись второго лица: подписей {have}, требуется {need}; не в счёт: {which}.",
    "a second person must sign: signatures {have}, wanted {need}; not counted: {which}.",
)
_MAKERLESS = Text(
    "не указано, кто составил план: подпись второго лица не с кем сравнить.",
    "nobody is named who made the plan: there is no first person beside whom a second one signs.",
)
_NAME_MAKER = Text(
    "Составьте план заново и назовите составителя (--by, made_by).",
    "Make the plan again and say who makes it (--by, made_by).",
)
_SIGN = Text("Подпишите: munsocial plan sign ПЛАН --by ИМЯ --yes", "Sign it: munsocial plan sign FILE --by NAME --yes")


class Proof(Record):
    """What a step rests on: a text as it was seen, with its link and moment."""

    text: str = ""
    author: str = ""
    url: str = ""
    at: Moment | None = None
    confidence: float | None = None
    note: str = ""


class Step(Record):
    """One deed: what to do, where, why, on which evidence, and how to undo it.

    ``action`` is a word of `munsocial.network.abilities.Ability`; ``params`` are its arguments as plain JSON.
    ``expect`` is the digest of what the deed is aimed at (a comment's text): when it reads otherwise at the time of the
    deed, the step asks again instead of acting.
    """

    id: Id
    key: str
    account: Id
    network: Id
    action: str
    params: dict[str, Any] = {}
    ru: str
    en: str
    clause: str = ""
    ground: str = ""
    evidence: tuple[Proof, ...] = ()
    calls: int = 1
    sure: float | None = None
    """Confidence of the reading that led here; None for a deed that a person asked for."""
    undo: str = ""
    """The action that takes it back; empty when nothing does."""
    due: Moment | None = None
    """Not before this moment."""
    late_after: Moment | None = None
    """After this moment it is not done without asking again."""
    after: tuple[Id, ...] = ()
    """Steps of the same plan that must be confirmed first."""
    expect: str = ""
    signatures: int = 0
    """How many persons beside the maker must have signed the plan before this step may be done."""

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person: what and why."""
        clause = Text("п. {clause}", "cl. {clause}").fill(clause=self.clause).say(lang) if self.clause else ""
        ground = ground_name(self.ground).say(lang) if self.ground else ""
        why = "; ".join(filter(None, (clause, ground)))
        told = self.ru if lang == "ru" else self.en
        return f"{self.account}: {told}" + (f" ({why})" if why else "")


class _Schema(BaseModel):
    """Of the file of a plan the version alone."""

    schema_: str = Field(pattern=r"^munsocial\.plan/[0-9]{1,9}$")


class Approval(Record):
    """A signature under the content of a plan."""

    by: str
    at: Moment
    digest: str


class PlanProblem(Record):
    """Something to know before applying: of which account, how grave, and what."""

    account: str
    weight: Weight
    ru: str
    en: str

    @classmethod
    def of(cls, account: str, weight: Weight, what: Text) -> PlanProblem:
        """Return the problem that a text tells of an account."""
        return cls(account=account, weight=weight, ru=what.ru, en=what.en)

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        return f"{self.account}: {self.ru if lang == 'ru' else self.en}"


class Plan(Large):
    """Steps in order, with what the plan was made from and until when it holds."""

    schema_: Literal["munsocial.plan/1"] = PLAN_SCHEMA
    id: Id
    kind: Id
    """publication, moderation, answer, handover, emergency, ..."""
    municipality: Id
    timezone: Zone = "UTC"
    """In which its moments are shown."""
    registry: str
    """Digest of the accounts that it touches and their credentials, as they were registered."""
    made_at: Moment
    made_by: str = ""
    seen_at: Moment | None = None
    """When the snapshot was taken from which it was made."""
    expires_at: Moment
    steps: tuple[Step, ...] = ()
    problems: tuple[PlanProblem, ...] = ()
    """What stands in the way: an ``error`` left an account out, ``advice`` did not, a ``note`` may be passed over."""
    digest: str = ""
    approvals: tuple[Approval, ...] = ()

    @property
    def calls(self) -> int:
        """Calls that all steps together will cost."""
        return sum(step.calls for step in self.steps)

    @property
    def signatures_needed(self) -> int:
        """The most signatures that any of its steps wants."""
        return max((step.signatures for step in self.steps), default=0)

    @property
    def signers(self) -> int:
        """How many persons beside the maker signed this very content."""
        signed = {spelled(one.by) for one in self.approvals if one.digest == self.digest}
        return len(signed - {spelled(self.made_by), ""})

    def signers_beside(self, by: str, registry: Registry) -> int:
        """How many signed this very content beside its maker and who applies it, as the register tells persons apart.

        Whoever applies a plan decides; a signature of the same person would make one person two. None beside nobody.
        """
        return counted(self, by, registry)[0]

    def unsigned(self, need: int, by: str, registry: Registry) -> Text:
        """Say why the signatures are not enough when ``by`` applies the plan, and which of them do not count."""
        if not spelled(self.made_by):
            return _MAKERLESS
        have, whys = counted(self, by, registry)
        if not whys:
            return _UNSIGNED.fill(have=have, need=need)
        return _NOT_COUNTED.fill(have=have, need=need, which=join_texts("; ", whys))

    def content_digest(self) -> str:
        """Return the digest of everything but the digest itself and the signatures."""
        content = self.model_dump_json(exclude={"digest", "approvals"})
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()

    def signed(self, by: str, at: datetime) -> Plan:
        """Return the plan with a person's signature; signing twice changes nothing."""
        if by in {one.by for one in self.approvals if one.digest == self.digest}:
            return self
        return self.model_copy(update={"approvals": (*self.approvals, Approval(by=by, at=at, digest=self.digest))})

    def lines(self, lang: Lang = "ru") -> tuple[str, ...]:
        """Return the plan for reading, a line for each step, in the order in which they will be done."""
        return tuple(f"{number}. {step.say(lang)}" for number, step in enumerate(self.steps, 1))

    def local(self, moment: datetime) -> str:
        """Return a moment as the people of the district read it."""
        with suppress(OverflowError):  # the first or the last day that a calendar knows stays in its own zone
            moment = moment.astimezone(ZoneInfo(self.timezone))
        return f"{moment:%d.%m.%Y %H:%M}"

    def save(self, path: str | PathLike[str]) -> None:
        """Write the plan as JSON.

        Raises:
            OutputRefused: the place cannot be written. InputError: ``path`` is none.
        """
        # The version is told first, even where it is the usual one: a later munsocial, or an earlier one, reads it.
        rest = self.model_dump_json(indent=1, exclude_defaults=True).removeprefix("{")
        text = f'{{\n "schema_": "{PLAN_SCHEMA}",{rest}\n'.encode("utf-8", "replace")
        write_bytes(as_path(path, "path"), text, private=True)

    def check(self, registry: Registry, now: datetime, *, by: str = "") -> None:
        """Check that the plan may be applied to this register now, by a person (else by its maker).

        Raises:
            PlanRefused: changed by hand, of another district, of another register, expired, from the future (the
                clock was set back), or not signed.
        """
        if self.content_digest() != self.digest:
            raise PlanRefused(_TOUCHED, where=self.id, remedy=AGAIN)
        self._check_order()
        if self.municipality != registry.municipality.id:
            raise PlanRefused(_FOREIGN.fill(theirs=self.municipality), where=self.id, remedy=AGAIN)
        if self.registry != registry_digest(registry, _touched(self.steps)):
            raise PlanRefused(_STALE, where=self.id, remedy=AGAIN)
        if now + _CLOCKS < self.made_at:
            raise PlanRefused(_FUTURE.fill(when=self.local(self.made_at)), where=self.id, remedy=_CLOCK)
        if now >= self.expires_at:
            raise PlanRefused(_EXPIRED.fill(when=self.local(self.expires_at)), where=self.id, remedy=AGAIN)
        self._check_signatures(by, registry)

    def _check_order(self) -> None:
        met: set[str] = set()
        keys = {step.key for step in self.steps}
        for step in self.steps:
            if step.id in met or not met.issuperset(step.after):
                raise PlanRefused(_ORDER.fill(step=step.id), where=self.id, remedy=AGAIN)
            met.add(step.id)
        if len(keys) != len(self.steps) or "" in keys:
            raise PlanRefused(_KEYS, where=self.id, remedy=AGAIN)

    def _check_signatures(self, by: str, registry: Registry) -> None:
        # A plan of which some steps need no signature goes on with those; the others wait.
        least = min((step.signatures for step in self.steps), default=0)
        if self.signers_beside(by, registry) < least:
            remedy = _SIGN if spelled(self.made_by) else _NAME_MAKER
            raise PlanRefused(self.unsigned(least, by, registry), where=self.id, remedy=remedy)


def new_plan(
    kind: str,
    registry: Registry,
    steps: Iterable[Step],
    *,
    now: datetime,
    made_by: str = "",
    seen_at: datetime | None = None,
    problems: Iterable[PlanProblem] = (),
    life: timedelta = _LIFE,
) -> Plan:
    """Make a plan of steps and put its digest under it."""
    is_a(str, made_by, "made_by")
    given = tuple(steps)
    plan = Plan(
        id=f"{kind}-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        kind=kind,
        municipality=registry.municipality.id,
        timezone=registry.municipality.timezone,
        registry=registry_digest(registry, _touched(given)),
        made_at=now,
        made_by=made_by,
        seen_at=seen_at,
        expires_at=now + life,
        steps=given,
        problems=tuple(problems),
    )
    try:
        digest = plan.content_digest()
    except PydanticSerializationError:
        plan = Plan.model_validate(_mended(plan.model_dump()))
        digest = plan.content_digest()
    return plan.model_copy(update={"digest": digest})


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return mended(value)
    if isinstance(value, dict):
        return {_mended(name): _mended(one) for name, one in value.items()}
    return [_mended(one) for one in value] if isinstance(value, (list, tuple)) else value


def load_plan(path: str | PathLike[str]) -> Plan:
    """Read a plan that `Plan.save` wrote.

    Raises:
        FileRefused: it cannot be read, is no plan, is cut. PlanRefused: changed by hand. InputError: ``path`` is none.
    """
    content = read_bytes(as_path(path, "path"), at_most=_MOST)
    try:
        plan = Plan.model_validate_json(content)
    except ValidationError:
        if (schema := _schema_of(content)) not in (PLAN_SCHEMA, ""):
            raise FileRefused(_OTHER.fill(theirs=schema, ours=PLAN_SCHEMA), where=str(path), remedy=_UPDATE) from None
        raise FileRefused(_BROKEN, where=str(path), remedy=AGAIN) from None
    if plan.content_digest() != plan.digest:
        raise PlanRefused(_TOUCHED, where=str(path), remedy=AGAIN)
    return plan


def _schema_of(content: bytes) -> str:
    """Return the version of a plan that cannot be read as one of today's; empty when it names none."""
    try:
        return _Schema.model_validate_json(content).schema_
    except ValidationError:
        return ""


def registry_digest(registry: Registry, accounts: Collection[str]) -> str:
    """Return the digest of what a plan depends on: the accounts it touches and their keys, as registered.

    A change elsewhere in the register leaves a plan good: scheduled posts must outlive a new colleague. So does another
    order of rows, but for keys of one account and kind: the first of them is tried first. What a register leaves unsaid
    is left out: a field that a later version brings must not end what waits.
    """
    mine = (one for one in (*registry.accounts, *registry.upstream) if one.id in accounts)
    named = sorted(mine, key=lambda one: one.id)
    keys = sorted(
        (one for one in registry.credentials if one.account in accounts), key=lambda one: (one.account, one.kind)
    )
    parts = [one.model_dump_json(exclude_defaults=True) for one in (*named, *keys)]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _touched(steps: Iterable[Step]) -> frozenset[str]:
    named = (name for step in steps for name in (step.account, step.params.get("under")))
    return frozenset(name for name in named if isinstance(name, str))


def step_key() -> str:
    """Return a fresh key: random, so that two plans with equal deeds do not take each other for a repetition."""
    return secrets.token_hex(16)
