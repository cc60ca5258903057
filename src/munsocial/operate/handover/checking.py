"""Checking of a handover by reading: the register, the keys, the managers and owners of pages. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from munsocial.journal.journal import Journal
from munsocial.model.accounts import Account
from munsocial.model.content import Manager
from munsocial.model.people import Duty
from munsocial.model.phones import PhoneKind
from munsocial.model.registry import Registry
from munsocial.network.abilities import Ability
from munsocial.network.adapter import Adapter
from munsocial.network.protocols import ReadsManagers
from munsocial.operate.handover.probing import probe_rotation
from munsocial.operate.handover.procedure import Procedure, Standing, StepState, handover_of
from munsocial.operate.handover.stating import standing_entry
from munsocial.operate.handover.steps import READ_STEPS, HandoverStep, StepKind
from munsocial.operate.keys.custody import person_name
from munsocial.operate.unseen import all_of, excused
from munsocial.policy.words import listed, word_of
from munsocial.wording import Text

__all__ = ["check_handover"]

Found = tuple[StepState, Text]
Managers = tuple[Manager, ...] | Text
"""Who has power over a page, or why nobody could tell."""

_DUTIES = (Duty.CUSTODY, Duty.HANDOVER, Duty.RUNNING)
_APPOINTED = Text("Назначение записано в реестре: {acts}.", "The appointment is in the register: {acts}.")
_NOT_APPOINTED = Text(
    "{taker}: в реестре не записаны обязанности: {duties}.", "The register does not charge {taker} with: {duties}."
)
_NO_ACT = Text("без номера акта", "no act named")
_GONE = Text("Среди управляющих страницей ушедшего нет.", "The leaver is not among the managers of the page.")
_STAYS = Text("Ушедший управляет страницей: {role}.", "The leaver still has power over the page: {role}.")
_UNREAD = Text("Управляющие страницей не прочитаны: {why}", "The managers of the page were not read: {why}")
_NO_PROFILE = Text(
    "Профиль ушедшего в сети {network} не записан: среди управляющих его не узнать. Проверьте список сами.",
    "No profile of the leaver in {network} is on record: nobody can tell them among managers. Look yourself.",
)
_NO_READER = Text("адаптер этого не умеет", "the adapter cannot")
_OWNER_LEAVER = Text("Владелец страницы — уходящий. Передайте права владельца.", "The leaver owns the page.")
_OWNER_RECORD = Text(
    "В реестре владельцем записан уходящий (accounts.owner_person).", "The register names the leaver as owner."
)
_OWNER_OURS = Text("Владелец страницы в сети: {name}, он в реестре.", "The owner in the network: {name}, on record.")
_OWNER_STRANGE = Text(
    "Владелец страницы в сети — {name}: его нет в реестре среди работающих.",
    "The owner in the network is {name}, whom the register does not know as working.",
)
_OWNER_UNSEEN = Text("Кто владелец, сеть не показала. {why}", "The network does not show the owner. {why}")
_OWNER_NO_ROLE = Text("Роли владельца среди управляющих нет.", "No manager has the role of an owner.")
_PHONE_NONE = Text("Телефон аккаунта в реестре не записан.", "The register has no phone of the account.")
_PHONE_PRIVATE = Text("Телефон личный, нужен служебный.", "The phone is a private one; a service phone is wanted.")
_PHONE_OTHERS = Text("Телефон другого органа: {body}.", "The phone is another body's: {body}.")
_PHONE_BACK = Text("Номер сдан или утерян.", "The number was given back or lost.")
_PHONE_UNSEEN = Text(
    "По реестру номер служебный. Привязан ли он к профилю, ни одна сеть не показывает.",
    "By the register it is a service number. That it is bound, no network shows.",
)
_OWNERS = frozenset({"creator", "owner", "OWNER"})


async def check_handover(
    procedure: Procedure,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    journal: Journal | None,
    now: datetime,
    old: Mapping[str, str] | None = None,
) -> Procedure:
    """Read whatever of a handover can be read and note what changed; with no journal nothing is noted.

    ``old`` tells where old keys were put aside: the step's key to a reference.
    """
    if procedure.ended_at is not None:
        return procedure
    check = _Check(procedure, registry, adapters, now, old or {})
    steps = [one.step for one in procedure.standings if one.step.kind in READ_STEPS]
    found = {step.id: await check.read(step) for step in steps}
    if journal is None:
        news = {one.step.id: one for one in _told(procedure, found, now)}
        return replace(procedure, standings=tuple(news.get(one.step.id, one) for one in procedure.standings))
    # Reading takes its time: what another program wrote meanwhile is what the findings are held against.
    with journal.writing() as connection:
        known = handover_of(journal, procedure.id)
        if known.ended_at is None:
            entries = [standing_entry(known, one, journal.clock()) for one in _told(known, found, now)]
            journal.append_in(connection, entries)
    return handover_of(journal, procedure.id)


def _told(procedure: Procedure, found: Mapping[str, Found], now: datetime) -> Iterator[Standing]:
    """Give the standings that findings change."""
    for standing in procedure.standings:
        if standing.step.id in found:
            state, why = found[standing.step.id]
            if _news(standing, state, why):
                yield Standing(standing.step, state, now, "", why)


def _news(standing: Standing, state: StepState, why: Text) -> bool:
    """Tell whether a finding changes anything; one that shows nothing takes no former finding or word back."""
    if state is StepState.UNSEEN and standing.done:
        return False
    if state is StepState.FAILED and standing.state is StepState.WAIVED:
        return False
    return (standing.state, standing.why) != (state, why)


class _Check:
    def __init__(
        self,
        procedure: Procedure,
        registry: Registry,
        adapters: Mapping[str, Adapter],
        now: datetime,
        old: Mapping[str, str],
    ) -> None:
        self.procedure = procedure
        self.registry = registry
        self.adapters = adapters
        self.zone = ZoneInfo(registry.municipality.timezone)
        self.day: date = now.astimezone(self.zone).date()
        self.old = old
        self._managers: dict[str, Managers] = {}

    async def read(self, step: HandoverStep) -> Found:
        if step.kind is StepKind.APPOINT:
            return self.appointed(step)
        if step.kind is StepKind.VERIFY:
            old = self.old.get(step.subject)
            begun = self.procedure.begun_at.astimezone(self.zone).date()
            return await probe_rotation(step, self.registry, self.adapters, begun=begun, old=old)
        account = self.registry.account_by_id.get(step.account)
        if account is None:
            return StepState.UNSEEN, _UNREAD.fill(why=_NO_READER)
        if step.kind is StepKind.PHONE:
            return self.phone(account)
        managers = await self.managers(account)
        return self.leaver(account, managers) if step.kind is StepKind.MANAGERS else self.owner(account, managers)

    def appointed(self, step: HandoverStep) -> Found:
        taker = self.procedure.taker
        mine = [one for one in self.registry.appointments_of.get(step.subject, ()) if one.person == taker]
        mine = [one for one in mine if one.covers(self.day)]
        lacking = set(_DUTIES) - {duty for one in mine for duty in one.duties}
        if lacking:
            duties = listed(duty for duty in _DUTIES if duty in lacking)
            return StepState.FAILED, _NOT_APPOINTED.fill(taker=person_name(self.registry, taker), duties=duties)
        acts = [one.act.number or str(one.act.date) for one in mine if one.act]
        told = Text(", ".join(acts), ", ".join(acts)) if acts else _NO_ACT
        return StepState.SEEN, _APPOINTED.fill(acts=told)

    async def managers(self, account: Account) -> Managers:
        if account.id not in self._managers:
            self._managers[account.id] = await self._read_managers(account)
        return self._managers[account.id]

    async def _read_managers(self, account: Account) -> Managers:
        adapter = self.adapters.get(account.network)
        if not isinstance(adapter, ReadsManagers) or not adapter.capabilities.can(Ability.READ_MANAGERS):
            return _UNREAD.fill(why=_NO_READER)
        try:
            return all_of(Manager, await adapter.read_managers(account))
        except Exception as error:
            if (missing := excused(error, account.network)) is None:
                raise
            return _UNREAD.fill(why=missing.told)

    def leaver(self, account: Account, managers: Managers) -> Found:
        if isinstance(managers, Text):
            return StepState.UNSEEN, managers
        mine = self._profile(self.procedure.giver, account)
        if mine is None:
            return StepState.UNSEEN, _NO_PROFILE.fill(network=word_of(account.network))
        roles = [one.role for one in managers if one.network_id == mine]
        return (StepState.FAILED, _STAYS.fill(role=listed(roles))) if roles else (StepState.SEEN, _GONE)

    def owner(self, account: Account, managers: Managers) -> Found:
        giver = self.procedure.giver
        if isinstance(managers, Text):
            if giver is not None and account.owner_person == giver:
                return StepState.FAILED, _OWNER_RECORD
            return StepState.UNSEEN, _OWNER_UNSEEN.fill(why=managers)
        owners = [one for one in managers if one.role in _OWNERS]
        if not owners:
            if giver is not None and account.owner_person == giver:
                return StepState.FAILED, _OWNER_RECORD
            return StepState.UNSEEN, _OWNER_UNSEEN.fill(why=_OWNER_NO_ROLE)
        owner = owners[0]
        if owner.network_id == self._profile(giver, account):
            return StepState.FAILED, _OWNER_LEAVER
        name = owner.name or owner.network_id
        known = self._ours(account, owner.network_id)
        return (
            (StepState.SEEN, _OWNER_OURS.fill(name=name))
            if known
            else (
                StepState.FAILED,
                _OWNER_STRANGE.fill(name=name),
            )
        )

    def _ours(self, account: Account, profile: str) -> bool:
        """Tell whether a profile in the network is of a working employee, or a profile account of the register."""
        own = self.registry.account_by_id.get(account.owner_profile or "")
        if own is not None and own.network_id == profile:
            return True
        people = (one for one in self.registry.people if one.covers(self.day) and not one.contractor)
        return any(one.profiles.get(account.network) == profile for one in people)

    def _profile(self, person: str | None, account: Account) -> str | None:
        known = self.registry.person_by_id.get(person or "")
        return known.profiles.get(account.network) if known else None

    def phone(self, account: Account) -> Found:
        if not account.phone:
            return StepState.FAILED, _PHONE_NONE
        entries = self.registry.phones_by_number.get(account.phone, ())
        living = [one for one in entries if one.covers(self.day) and not one.lost]
        if entries and not living:
            return StepState.FAILED, _PHONE_BACK
        if any(one.kind is PhoneKind.PRIVATE for one in living):
            return StepState.FAILED, _PHONE_PRIVATE
        bodies = {one.body for one in living if one.body}
        if bodies and account.body not in bodies:
            known = self.registry.body_by_id.get(next(iter(sorted(bodies))))
            return StepState.FAILED, _PHONE_OTHERS.fill(body=known.name if known else "")
        return StepState.UNSEEN, _PHONE_UNSEEN
