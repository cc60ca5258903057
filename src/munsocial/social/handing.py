"""People and keys, and what is done by hand, for both faces: custody, handovers, dismissals, reminders, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from munsocial.model.districts import same_district
from munsocial.model.given import is_day, table_of, whole
from munsocial.social.link import Link
from munsocial.transport.port import drive

if TYPE_CHECKING:
    from munsocial.model.credentials import Handover
    from munsocial.model.snapshot import Snapshot
    from munsocial.operate.applying.tasks import Checked, Task
    from munsocial.operate.collecting.observing import Observations
    from munsocial.operate.handover import Procedure
    from munsocial.operate.handover.act import ActOfHandover
    from munsocial.operate.keys.custody import Held
    from munsocial.operate.keys.dismissal import Dismissal
    from munsocial.operate.plans.plan import Plan
    from munsocial.operate.reminding.reminders import Reminder

__all__ = ["AsyncHanding", "Handing"]


_MOST_DAYS = 3660


class _Noting:
    """What leaves nothing of the computer: the register and the journal are read and written."""

    _link: Link

    def custody(self, *, on: date | None = None, person: str | None = None) -> tuple[Held, ...]:
        """Return who holds which key on a local day, today if None; signed handovers of the journal count."""
        from munsocial.operate.keys.custody import custody_on

        link = self._link
        return custody_on(link.registry, self._day(on), more=self._signed(), person=person)

    def dismissal(self, person: str, *, on: date | None = None, snapshot: Snapshot | None = None) -> Dismissal:
        """Return everything that hangs on a person on a day; without a snapshot their power in networks is unseen.

        Raises:
            InputError: the register knows no such person. SnapshotRefused: the snapshot is of another district.
        """
        from munsocial.operate.keys.dismissal import dismissal_of

        if snapshot is not None:
            same_district(self._link.registry, snapshot)
        more = self._signed()
        return dismissal_of(self._link.registry, person, self._day(on), snapshot=snapshot, more=more)

    def reminders(self, *, days: int = 30, snapshot: Snapshot | None = None) -> tuple[Reminder, ...]:
        """Return what runs out within so many days, and what has run out: keys, confirmations, waivers, bans.

        Raises:
            SnapshotRefused: the snapshot is of another district.
        """
        from munsocial.operate.reminding.reminders import reminders_of

        if snapshot is not None:
            same_district(self._link.registry, snapshot)
        whole(days, "days", most=_MOST_DAYS)
        link = self._link
        return reminders_of(
            link.registry, self._today(), days=days, acts=link.acts(), journal=link.journal_there, snapshot=snapshot
        )

    def observe(self, snapshot: Snapshot) -> Observations:
        """Hold a snapshot against what the journal saw before, keep what is new, and tell what vanished or changed.

        Raises:
            JournalError: nothing was kept. SnapshotRefused: the snapshot is of another district.
        """
        from munsocial.operate.collecting.observing import observe

        same_district(self._link.registry, snapshot)
        return observe(snapshot, self._link.journal, zone=ZoneInfo(self._link.registry.municipality.timezone))

    def handovers(self) -> tuple[Procedure, ...]:
        """Return every handover of this district in the journal as it stands."""
        from munsocial.operate.handover import handovers

        journal = self._link.journal_there
        return handovers(journal, self._link.district) if journal else ()

    def state_handover(self, handover: str, step: str, *, by: str, note: str = "") -> Procedure:
        """Note that a person did a step of a handover; the last signature ends it.

        Raises:
            InputError: no such step, nobody named, reading showed otherwise or was not tried, or too early to sign.
        """
        from munsocial.operate.handover.stating import state

        return state(self._link.journal, self._link.registry, handover, step, by=by, note=note)

    def leave_out_handover(self, handover: str, step: str, *, by: str, why: str) -> Procedure:
        """Leave a step of a handover out, with a reason that will stand in the act.

        Raises:
            InputError: no such step, a signature, nobody named, or no reason.
        """
        from munsocial.operate.handover.stating import leave_out

        link = self._link
        return leave_out(link.journal, handover, step, by=by, why=why, district=link.district)

    def plan_removal(self, handover: str, *, made_by: str = "") -> Plan:
        """Plan to take power over the pages from the leaver; nothing is done yet.

        Raises:
            InputError: there is no such handover.
        """
        from munsocial.operate.handover import handover_of
        from munsocial.operate.handover.removing import plan_removal

        link = self._link
        procedure = handover_of(link.journal, handover, link.district)
        return plan_removal(procedure, link.registry, now=link.clock(), made_by=made_by, acts=link.acts())

    def act_of_handover(self, handover: str) -> ActOfHandover:
        """Return the act of a handover, to be saved with `munsocial.operate.handover.paper.save_act`.

        Raises:
            InputError: there is no such handover.
        """
        from munsocial.operate.handover import handover_of
        from munsocial.operate.handover.act import act_of

        link = self._link
        procedure = handover_of(link.journal, handover, link.district)
        return act_of(procedure, link.registry, now=link.clock(), anchor=link.journal.anchor(), acts=link.acts())

    def tasks(self) -> tuple[Task, ...]:
        """Return what of this district waits to be done by hand."""
        from munsocial.operate.applying.tasks import tasks_of

        journal = self._link.journal_there
        return tasks_of(journal, self._link.district) if journal else ()

    def tell_done(self, task: str, *, by: str, note: str = "", evidence: Iterable[Path] = ()) -> Task:
        """Note that a person did a task; of files of evidence name, size and digest are kept.

        Raises:
            InputError: no such task, or nobody named. FileRefused: a file of evidence cannot be read.
        """
        from munsocial.operate.applying.tasks import tell_done

        link = self._link
        return tell_done(link.journal, task, by=by, note=note, evidence=evidence, district=link.district)

    def _signed(self) -> tuple[Handover, ...]:
        from munsocial.operate.handover.procedure import signed

        journal = self._link.journal_there
        return signed(journal, self._link.district) if journal else ()

    def _day(self, on: date | None) -> date:
        if on is None:
            return self._today()
        is_day(on, "on")
        return on

    def _today(self) -> date:
        zone = ZoneInfo(self._link.registry.municipality.timezone)
        return self._link.clock().astimezone(zone).date()


class Handing(_Noting):
    """The part of the blocking face."""

    def handover(
        self,
        giver: str | None,
        taker: str,
        *,
        accounts: Iterable[str] | None = None,
        by: str = "",
        old: Mapping[str, str] | None = None,
    ) -> Procedure:
        """Begin a handover or go on with it, and check by reading all that can be read; nothing is changed in networks.

        ``accounts`` are ids, by default those whose keys the giver holds; ``old`` tells where old keys were put aside.

        Raises:
            InputError: an unknown person or account, or nothing to hand over. JournalError: nothing goes unrecorded.
        """
        return drive(_handover(self._link, giver, taker, accounts, by, old))

    def check_handover(self, handover: str, *, old: Mapping[str, str] | None = None, write: bool = True) -> Procedure:
        """Read what of a handover can be read and, unless ``write`` is false, note it in the journal.

        Raises:
            InputError: there is no such handover.
        """
        return drive(_check_handover(self._link, handover, old, write=write))

    def check_tasks(self, *, only: Sequence[str] | None = None, write: bool = True) -> tuple[Checked, ...]:
        """Read back what was done by hand: what stands is closed, what was stated and does not stand is reopened."""
        return drive(_check_tasks(self._link, only, write=write))


class AsyncHanding(_Noting):
    """The part of the asynchronous face."""

    async def handover(
        self,
        giver: str | None,
        taker: str,
        *,
        accounts: Iterable[str] | None = None,
        by: str = "",
        old: Mapping[str, str] | None = None,
    ) -> Procedure:
        """See `Social.handover`."""
        return await _handover(self._link, giver, taker, accounts, by, old)

    async def check_handover(
        self, handover: str, *, old: Mapping[str, str] | None = None, write: bool = True
    ) -> Procedure:
        """See `Social.check_handover`."""
        return await _check_handover(self._link, handover, old, write=write)

    async def check_tasks(self, *, only: Sequence[str] | None = None, write: bool = True) -> tuple[Checked, ...]:
        """See `Social.check_tasks`."""
        return await _check_tasks(self._link, only, write=write)


async def _handover(
    link: Link,
    giver: str | None,
    taker: str,
    accounts: Iterable[str] | None,
    by: str,
    old: Mapping[str, str] | None,
) -> Procedure:
    from munsocial.operate.handover import handover

    if old is not None:
        table_of(str, old, "old")  # before anything is begun
    procedure = handover(link.registry, link.journal, giver=giver, taker=taker, accounts=accounts, by=by)
    return await _check_handover(link, procedure.id, old, write=True)


async def _check_handover(link: Link, name: str, old: Mapping[str, str] | None, *, write: bool) -> Procedure:
    from munsocial.operate.handover import handover_of
    from munsocial.operate.handover.checking import check_handover

    if old is not None:
        table_of(str, old, "old")
    return await check_handover(
        handover_of(link.journal, name, link.district),
        registry=link.registry,
        adapters=link.adapters,
        journal=link.journal if write else None,
        now=link.clock(),
        old=old,
    )


async def _check_tasks(link: Link, only: Sequence[str] | None, *, write: bool) -> tuple[Checked, ...]:
    from munsocial.operate.applying.tasks import check_tasks

    return await check_tasks(
        link.journal, registry=link.registry, adapters=link.adapters, now=link.clock(), only=only, write=write
    )
