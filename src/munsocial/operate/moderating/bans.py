"""Bans (clause 9.4): only after a logged removal, for a term, with a note and a way to appeal; ended with the term.

A ban made by hand in the network is imported as what it is: without a ground on record, until somebody gives one or
lifts it. Criticism is never a ground; the black list is a permission of the order, not a duty.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from munsocial.journal.entries import Entry
from munsocial.journal.journal import Journal
from munsocial.model.accounts import Account
from munsocial.model.content import Ban
from munsocial.model.given import pairs
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.model.statements import Removal
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.districts import of_district
from munsocial.operate.moderating.ban_step import NO_APPEAL, ban_step, gravest, step_of
from munsocial.operate.moderating.log import Logged, first_removed, logged
from munsocial.operate.moderating.offences import Served, offences
from munsocial.operate.moderating.our_side import OurSide
from munsocial.operate.moderating.settings import Settings, settings_given
from munsocial.operate.plans.plan import Plan, PlanProblem, Step, new_plan
from munsocial.operate.restrictions import acknowledged_in, barred
from munsocial.policy.act import Act
from munsocial.wording import Text

__all__ = ["OurBan", "bans_of", "import_bans", "plan_bans", "plan_unbans"]

_CLAUSE = "9.4"
_MAY_STAND = frozenset({"confirmed", "imported", "sending", "uncertain", "manual"})
"""States of a ban that is in the black list, or may be there without anybody knowing yet."""

_WHOLE = timedelta(seconds=1)
"""Networks tell whole seconds of when a ban began."""

_UNBAN = Text("снять блокировку {who}: срок истёк {until}", "unban {who}: the term ended on {until}")
_UNGROUNDED = Text(
    "{who} в чёрном списке без записанного основания: запишите удалённый комментарий или снимите блокировку",
    "{who} is in the black list with no ground on record: record the removed comment, or unban",
)
_FOREVER = Text("{who} заблокирован(а) навсегда: назначьте срок", "{who} is banned for ever: set a term")
_NOT_IN_FORCE = Text(
    "блокировки не предложены: ни один действующий сегодня акт их не предусматривает; проверьте дни актов и "
    "municipality.acts",
    "no bans are proposed: no act in force today provides for them; look at the days of the acts and municipality.acts",
)
_SERVED = Text(
    "{who}: новая блокировка не предложена, за снятое раньше уже блокировали; если она всё же нужна, назовите этого "
    "автора сами (в Python plan_bans(only=…)) или заблокируйте на сайте",
    "{who}: no new ban is proposed, what was removed has been punished by an earlier ban; if one is wanted all the "
    "same, name this author yourself (in Python plan_bans(only=…)), or ban on the site",
)
_HELD = Text(
    "{who}: блокировка уже действует или ждёт исполнения; если на сайте её сняли, соберите новый снимок с чёрным "
    "списком и дайте его плану",
    "{who}: a ban is in force already, or waits to be done; if it was taken away on the site, take a new snapshot "
    "with the black list and give it to the plan",
)
_NO_OFFENCE = Text(
    "{who}: блокировать не за что, в журнале и реестре нет снятых комментариев этого автора",
    "{who}: there is nothing to ban for, journal and register have no removal of this author",
)
_OURS = Text(
    "{who} в чёрный список не вносится, хотя его комментарии снимали: поговорите с ним и проверьте, не взломан ли он",
    "{who} is not banned although comments were removed: talk, and see whether the account was taken over",
)
_TOO_LONG = Text(
    "блокировка {user} не предложена: эта сеть блокирует не дольше чем на {most} дней, а в настройках "
    "ban_days.{ground} = {days}; уменьшите срок",
    "no ban of {user} is proposed: this network bans for at most {most} days, and the settings say "
    "ban_days.{ground} = {days}; shorten the term",
)
_NO_END = Text(
    "блокировка {user} не предложена: эта сеть блокирует только навсегда, а снять блокировку munsocial там не может; "
    "если она нужна, заблокируйте на сайте и запишите, когда снять",
    "no ban of {user} is proposed: this network bans for ever only, and munsocial cannot lift a ban there; if one is "
    "wanted, ban on the site and note when to lift it",
)
_NO_LIST = Text("в этой сети нет чёрного списка: {why}", "this network has no black list: {why}")


@dataclass(frozen=True, slots=True)
class OurBan:
    """A ban that went through the journal, or was found in a network and imported (``grounded`` False)."""

    account: str
    user: str
    ground: str
    until: datetime | None
    review: datetime | None
    at: datetime
    grounded: bool
    state: str
    lifted_at: datetime | None = None
    """When it was lifted: on appeal, or when its term was over."""
    removals: tuple[str, ...] = ()
    """What it was for, where a plan noted that."""
    since: datetime | None = None
    """When it began in the network, of an imported one, where the network tells."""

    def in_force(self, now: datetime) -> bool:
        """Tell whether it holds at a moment; a ban nobody has done yet does not."""
        return self.took_effect and self.lifted_at is None and (self.until is None or self.until > now)

    @property
    def took_effect(self) -> bool:
        """Tell whether it ever held."""
        return self.state in ("confirmed", "imported")

    @property
    def served(self) -> Served | None:
        """What it punished; None of one that never held, or of which nobody knows when it began."""
        if not self.took_effect:
            return None
        if not self.grounded:
            # A hand bans for what it saw. When the entry was found tells nothing: it may be a year old by then.
            return Served(self.since + _WHOLE) if self.since else None
        return Served(self.at, frozenset(self.removals) if self.removals else None)


def plan_bans(
    removals: Iterable[Removal],
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
    made_by: str = "",
    banned: Iterable[OurBan] = (),
    seen: Snapshot | None = None,
    only: Iterable[tuple[str, str]] | None = None,
    acknowledge: Iterable[str] = (),
) -> Plan:
    """Plan bans of authors whose comments were removed often enough; each wants a second person's signature.

    ``removals`` are logged ones (`removals_of` and the register's own); restored ones and those whose author was
    purged count for nothing; each counts once, and for one ban: what an earlier ban of ``banned`` was for does not
    count again, nor what came before a ban by hand; where that alone keeps an author from a ban it is told. A ban that
    the black list of ``seen`` shows no longer is not in force. ``only`` names (account, author) for which a person
    wants a ban after one removal already, also for what was punished: why there is none is told.
    Networks restricted by law are left out and told, unless ``acknowledge`` names them.
    """
    settings = settings_given(settings)
    clause = clause_of(acts, "moderation.sanctions", on=local_day(now, registry), custom=_CLAUSE)
    bans = sorted(banned, key=lambda one: one.at)
    held = {(one.account, one.user) for one in bans if one.state in ("planned", "manual") or _stands(one, now, seen)}
    chosen = None if only is None else frozenset(pairs(only, "only", '[("grivenskoye-vk", "5")]'))
    known, our_side = acknowledged_in(acknowledge), OurSide(registry, local_day(now, registry))
    against = offences(removals, settings=settings, now=now)
    steps, told = list[Step](), list(_no_ban(chosen or (), against, held))
    for place, every in against.items():
        account = registry.account_by_id.get(place[0])
        if account is None or place in held or not _enough(place, every, settings, chosen):
            continue
        found = every if chosen is not None else _unserved(place, every, bans)
        enough = _enough(place, found, settings, chosen)
        why = None if enough else PlanProblem.of(place[0], "note", _SERVED.fill(who=place[1]))
        why = why or _barred(account, now, registry, known) or _ours(our_side, place, account)
        if why := why or _cannot(account, adapters, found, settings):
            told.append(why)
            continue
        step = ban_step(place, found, account.network, settings, now, clause, registry.municipality.timezone)
        steps.append(step.model_copy(update={"id": f"s{len(steps) + 1}"}))
    if steps and not clause:
        steps, told = [], [*told, PlanProblem.of("", "error", _NOT_IN_FORCE)]
    if steps and not settings.appeal.strip():
        told.append(PlanProblem.of("", "advice", NO_APPEAL))
    return new_plan("bans", registry, steps, now=now, made_by=made_by, problems=told)


def _barred(account: Account, now: datetime, registry: Registry, known: frozenset[str]) -> PlanProblem | None:
    why = barred(account.network, now, registry.municipality.timezone, known)
    return PlanProblem.of(account.id, "error", why) if why else None


def _ours(our_side: OurSide, place: tuple[str, str], account: Account) -> PlanProblem | None:
    who = our_side.bears(place[1], account.network)
    return PlanProblem.of(account.id, "advice", _OURS.fill(who=who)) if who else None


def _no_ban(
    chosen: Iterable[tuple[str, str]], against: Mapping[tuple[str, str], object], held: Container[tuple[str, str]]
) -> Iterator[PlanProblem]:
    """Say of those for whom a person wants a ban why there is none."""
    for account, user in sorted(chosen):
        if (account, user) in held:
            yield PlanProblem.of(account, "advice", _HELD.fill(who=user))
        elif (account, user) not in against:
            yield PlanProblem.of(account, "advice", _NO_OFFENCE.fill(who=user))


def _unserved(place: tuple[str, str], found: Iterable[Removal], bans: Iterable[OurBan]) -> list[Removal]:
    """Return the removals of an author that no earlier ban punished."""
    served = [was for one in bans if (one.account, one.user) == place and (was := one.served) is not None]
    return [one for one in found if not any(was.covers(one) for was in served)]


def _cannot(
    account: Account, adapters: Mapping[str, Adapter], found: Sequence[Removal], settings: Settings
) -> PlanProblem | None:
    """Return why the network of an account does not ban as the settings want it."""
    adapter = adapters.get(account.network)
    declared = adapter.capabilities.of(Ability.BAN) if adapter else None
    if adapter is None or declared is None or declared.how is How.ABSENT:
        return PlanProblem.of(account.id, "advice", _NO_LIST.fill(why=(declared and declared.reason) or Text("—", "—")))
    ground = gravest(found, settings).ground
    days, most = settings.ban_days[ground], declared.limits.days
    if most == 0:  # it has no term there: `plan_unbans` ends it; elsewhere an adapter refuses what should end
        lifted = adapter.capabilities.of(Ability.UNBAN).how is How.NATIVE
        return None if lifted else PlanProblem.of(account.id, "error", _NO_END.fill(user=found[0].author_id))
    if most is None or days <= most:
        return None
    return PlanProblem.of(
        account.id, "error", _TOO_LONG.fill(user=found[0].author_id, days=days, most=most, ground=ground)
    )


def plan_unbans(
    journal: Journal | None,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    made_by: str = "",
    acknowledge: Iterable[str] = (),
) -> Plan:
    """Plan the end of bans whose term is over: networks that know no term would keep them for ever.

    Of several bans of one user on one page the last counts: what it replaced is over with it. Accounts of networks
    restricted by law are left out and told, unless ``acknowledge`` names the network.
    """
    steps: list[Step] = []
    told: dict[str, PlanProblem] = {}
    known = acknowledged_in(acknowledge)
    zone = ZoneInfo(registry.municipality.timezone)
    for ban in _last(bans_of(journal, district=registry.municipality.id)) if journal else ():
        account = registry.account_by_id.get(ban.account)
        if ban.until is None or ban.until > now or ban.state != "confirmed" or ban.lifted_at is not None:
            continue
        if account is None or account.network not in adapters:
            continue
        if why := _barred(account, now, registry, known):
            told[account.id] = why
            continue
        what = _UNBAN.fill(who=ban.user, until=f"{ban.until.astimezone(zone):%d.%m.%Y}")
        params: dict[str, object] = {"user": ban.user, "ban_at": ban.at.isoformat()}
        steps.append(step_of(len(steps), "unban", ban.account, account.network, what, params=params, clause=_CLAUSE))
    return new_plan("unbans", registry, steps, now=now, made_by=made_by, problems=tuple(told.values()))


def _stands(ban: OurBan, now: datetime, seen: Snapshot | None) -> bool:
    """Tell whether a ban holds: the network, or a colleague on its site, may have ended it before its term."""
    view = seen.views.get(ban.account) if seen else None
    list_there = view.bans if view else None
    if not ban.in_force(now) or list_there is None or not list_there.complete:
        return ban.in_force(now)
    read_before = list_there.at is None or list_there.at <= ban.at
    return read_before or any(one.user_id == ban.user for one in list_there.value or ())


def _last(bans: Iterable[OurBan]) -> Iterable[OurBan]:
    """Return the last ban of each user on each page, of those that stand or may stand by now."""
    found: dict[tuple[str, str], OurBan] = {}
    for ban in sorted(bans, key=lambda one: one.at):
        if ban.state in _MAY_STAND:
            found[ban.account, ban.user] = ban
    return found.values()


def import_bans(
    snapshot: Snapshot,
    journal: Journal | None,
    *,
    removals: Sequence[Removal] = (),
    write: bool = True,
    deeds: Sequence[Logged] | None = None,
) -> tuple[PlanProblem, ...]:
    """Write bans found in networks that never went through the journal, as ungrounded; say what to do about each.

    A ban is written once; one that disappears from the network later stays in the journal. Where something of its
    author was removed before (``removals``) a ground is on record; whether the act lists it the audit tells. Unless
    ``write`` nothing is written, and there need be no journal. ``deeds`` are all that are `logged`, where they were
    read since the snapshot was taken.
    """
    if journal is None or not write:
        found = _strange(snapshot, journal, deeds)
    else:
        # Under the writers' lock: of two programs that import at once one writes.
        with journal.writing() as connection:
            found = _strange(snapshot, journal, deeds)
            now, body = journal.clock(), {"district": snapshot.municipality}
            journal.append_in(
                connection,
                [
                    Entry("ban.imported", account, body | _seen(ban), now, {"user": ban.user_id, "name": ban.name})
                    for account, ban in found
                ],
            )
    removed = first_removed(removals)
    return tuple(
        PlanProblem.of(account, "advice", what.fill(who=ban.name or ban.user_id))
        for account, ban in found
        for what in _faults(ban, removed.get((account, ban.user_id)))
    )


def _strange(snapshot: Snapshot, journal: Journal | None, deeds: Sequence[Logged] | None) -> list[tuple[str, Ban]]:
    """Return the bans of a snapshot that never went through the journal, each with its account."""
    known = bans_of(journal, deeds, district=snapshot.municipality) if journal else ()
    ours = {(one.account, one.user) for one in known}
    seen = ((view.account, ban) for view in snapshot.accounts for ban in view.bans.value or ())
    return [(account, ban) for account, ban in seen if (account, ban.user_id) not in ours]


def bans_of(
    journal: Journal, deeds: Iterable[Logged] | None = None, *, district: str | None = None
) -> Iterator[OurBan]:
    """Give bans in order: those of the journal, then those imported from networks; purged ones are left out.

    ``deeds`` are all that are `logged`, where they were read already; ``district`` as there.
    """
    lifts = _lifts(journal, district)
    done = _done(logged(journal, district) if deeds is None else deeds)
    for ban in (*done, *_imported(journal, district)):
        after = (moment for moment in lifts.get((ban.account, ban.user), ()) if moment > ban.at)
        yield replace(ban, lifted_at=min(after, default=None))


def _lifts(journal: Journal, district: str | None) -> dict[tuple[str, str], list[datetime]]:
    found: dict[tuple[str, str], list[datetime]] = {}
    for one in journal.entries(kind="ban.lifted"):
        if one.personal is not None and of_district(one, district):
            found.setdefault((one.subject, one.personal["user"]), []).append(one.at)
    return found


def _done(deeds: Iterable[Logged]) -> Iterator[OurBan]:
    for one in deeds:
        if one.action == "ban" and one.author_id:
            until, review = _moment(one.params.get("until")), _moment(one.params.get("review"))
            rests_on = tuple(one.params.get("removals") or ())
            yield OurBan(
                one.account, one.author_id, one.ground, until, review, one.done_at, True, one.state, removals=rests_on
            )


def _imported(journal: Journal, district: str | None) -> Iterator[OurBan]:
    for entry in journal.entries(kind="ban.imported"):
        if entry.personal is not None and of_district(entry, district):
            until, since = _moment(entry.body.get("until")), _moment(entry.body.get("since"))
            user = entry.personal["user"]
            yield OurBan(entry.subject, user, "", until, None, entry.at, False, "imported", since=since)


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _enough(
    place: tuple[str, str], found: list[Removal], settings: Settings, chosen: frozenset[tuple[str, str]] | None
) -> bool:
    if chosen is not None:
        return place in chosen
    return len(found) >= max(1, settings.ban_after)


def _seen(ban: Ban) -> dict[str, object]:
    return {
        "until": ban.until.isoformat() if ban.until else None,
        "since": ban.since.isoformat() if ban.since else None,
        "forever": ban.forever,
        "reason": ban.reason or "",
        "grounded": False,
    }


def _faults(ban: Ban, removed: datetime | None) -> Iterator[Text]:
    """Say what is wrong with a ban of somebody of whom something was first removed then, if ever."""
    if removed is None or (ban.since is not None and removed > ban.since):
        yield _UNGROUNDED
    if ban.forever:
        yield _FOREVER
