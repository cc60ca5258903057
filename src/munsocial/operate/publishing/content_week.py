"""The running week (clause 5): what is published, what waits, what is missing until Sunday, and who is behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.errors import DraftRefused, InputError
from munsocial.model.content import PostState
from munsocial.model.given import is_a
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.operate.applying.outbox import Planned
from munsocial.operate.plans.plan import Plan, PlanProblem, Step, new_plan
from munsocial.operate.publishing.content_plan import ContentEntry, ContentPlan
from munsocial.operate.publishing.publication import plan_publication
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.policy.auditing import audit
from munsocial.wording import Lang, Text

__all__ = ["AccountWeek", "plan_content", "week_of"]

_KIND = "posting.frequency"
_WANTED = 5
"""The norm of clause 5, used when no act of the stack names one."""

_LINE = Text(
    "{account}: опубликовано {done} из {wanted}, запланировано {scheduled}, черновиков {drafts} — {verdict}",
    "{account}: {done} of {wanted} published, {scheduled} scheduled, {drafts} in draft - {verdict}",
)
_ENOUGH = Text("хватает", "enough")
_MISSING = Text("до воскресенья нужно ещё {count}", "{count} more by Sunday")
_BEHIND = Text("отстаёт, до воскресенья нужно ещё {count}", "behind, {count} more by Sunday")
_UNSEEN = Text("не прочитан: {why}", "not read: {why}")
_OLD = Text(
    "снимок от {day}, что было потом, не видно; соберите новый: munsocial collect РЕЕСТР",
    "the snapshot is of {day}, what came later is not seen; take a new one: munsocial collect REGISTRY",
)
_KNOWN = Text(
    "уже запланировано раньше: «{shown}» ({place}; {back})",
    "planned before: {shown!r} ({place}; {back})",
)
_BEGUN = Text("начато и не сделано: «{shown}» ({place}; {back})", "begun and not done: {shown!r} ({place}; {back})")
_TWICE = Text("стоит в плане дважды: «{shown}»", "stands in the plan twice: {shown!r}")
_UNDECIDED = Text("готово, но не сказано когда и куда: «{shown}»", "ready, but when and where is not said: {shown!r}")
_LEFT_OUT = Text("«{shown}»: {why}", "{shown!r}: {why}")
_PASSED = Text("время прошло: «{shown}», было {when}", "its time has passed: {shown!r}, it was {when}")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class AccountWeek:
    """The week of one account: Monday ``first`` to Sunday ``last``, local days. ``done`` None: it could not be read.

    ``scheduled`` waits in the network or the outbox until Sunday; ``drafts`` stand in the content plan for this week
    and nowhere else yet.
    """

    account: str
    first: date
    last: date
    done: int | None
    wanted: int
    scheduled: int = 0
    drafts: int = 0
    behind: bool = False
    why: Text | None = None

    @property
    def missing(self) -> int | None:
        """How many are still to be written; None when the week could not be read."""
        return None if self.done is None else max(0, self.wanted - self.done - self.scheduled)

    def say(self, lang: Lang = "ru") -> str:
        """Return one line for a person."""
        if self.missing is None:
            verdict = _UNSEEN.fill(why=self.why or Text("?", "?"))
        elif self.missing == 0:
            verdict = _ENOUGH
        else:
            verdict = (_BEHIND if self.behind else _MISSING).fill(count=self.missing)
        done = "?" if self.done is None else self.done
        facts = {"done": done, "wanted": self.wanted, "scheduled": self.scheduled, "drafts": self.drafts}
        return _LINE.fill(account=self.account, verdict=verdict, **facts).say(lang)


def week_of(
    registry: Registry,
    snapshot: Snapshot,
    *,
    now: datetime,
    acts: Sequence[Act] = (),
    content: ContentPlan | None = None,
    outbox: Iterable[Step] = (),
    known: Collection[str] = (),
) -> tuple[AccountWeek, ...]:
    """Return the running local week of each living account, those furthest behind first.

    Publications are counted by the acts' own rule (the same as in the audit). ``outbox`` are steps that wait there,
    ``known`` keys of steps planned before: an entry of the content plan that was planned is
    scheduled and no draft any more. An account is behind when fewer are done than its share of the days that are over.
    What is done is not known when the snapshot ends before today: whole days of the week were not seen.
    """
    zone, district = ZoneInfo(registry.municipality.timezone), registry.municipality.id
    today = now.astimezone(zone).date()
    first = today - timedelta(days=today.weekday())
    last = first + timedelta(days=6)
    end = datetime.combine(last + timedelta(days=1), time(0), zone)
    counted = _counted(registry, snapshot, acts, now.astimezone(zone), today)
    if (ended := min(snapshot.until, snapshot.taken_at).astimezone(zone)).date() < today:
        old = _OLD.fill(day=f"{ended:%d.%m.%Y}")
        counted = {name: (None, wanted, old) for name, (_, wanted, _) in counted.items()}
    waiting = [step for step in outbox if step.action == "publish" and step.due and now <= step.due < end]
    if content is not None:
        is_a(ContentPlan, content, "content")
    entries = content.entries if content else ()
    found: list[AccountWeek] = []
    for account in registry.accounts:
        if not account.publishes_on(today) or account.id not in counted:
            continue
        done, wanted, why = counted[account.id]
        mine = [one for one in entries if account.id in one.to and (one.at is None or now <= one.at < end)]
        planned = [one for one in mine if any(key in known for key in one.keys(account.id, district))]
        ahead = _in_network(snapshot, account.id, now, end)
        held = [step for step in waiting if step.account == account.id]
        scheduled = len(ahead) + len(held) + _unseen(planned, account.id, ahead, held, district)
        drafts = len(mine) - len(planned)
        share = wanted * today.weekday() / 7
        behind = done is not None and done + scheduled < wanted and done < int(share)
        found.append(AccountWeek(account.id, first, last, done, wanted, scheduled, drafts, behind, why))
    return tuple(sorted(found, key=lambda one: (not one.behind, -(one.missing or 0), one.account)))


def plan_content(
    content: ContentPlan,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    acts: Sequence[Act] = (),
    made_by: str = "",
    known: Mapping[str, Planned] = MappingProxyType({}),
    signatures: int = 0,
    under_way: Callable[[Draft, Collection[str]], Iterable[PlanProblem]] | None = None,
) -> Plan:
    """Plan everything of a content plan that is ready; ``known`` are keys of steps planned before, with their places.

    Entries that are drafts, undecided, over or planned before are told among the problems and left out. ``under_way``
    says of a draft for accounts what else was sent or waits there with the same words.
    """
    is_a(ContentPlan, content, "content")
    facts = {"registry": registry, "adapters": adapters, "now": now, "acts": acts, "signatures": signatures}
    steps: list[Step] = []
    told: list[PlanProblem] = []
    district = registry.municipality.id
    for entry in content.entries:
        if entry.state != "ready":
            continue
        if why := _unfit(entry, now):
            told.append(PlanProblem.of(",".join(entry.to), "note", why))
            continue
        fresh, notes = _not_planned(entry, known, {one.key for one in steps}, district)
        told += notes
        if not fresh:
            continue
        asked = under_way(entry.draft(), fresh) if under_way is not None else ()
        made, problems = _of_entry(entry, fresh, {**facts, "known": asked})
        told += problems
        for step in made:
            steps.append(step.model_copy(update={"id": f"s{len(steps) + 1}", "key": entry.key(step.account, district)}))
    latest = max((step.late_after for step in steps if step.late_after), default=now)
    return new_plan(
        "content",
        registry,
        steps,
        now=now,
        made_by=made_by,
        problems=told,
        life=max(timedelta(days=7), latest - now + timedelta(days=7)),
    )


def _not_planned(
    entry: ContentEntry, known: Mapping[str, Planned], here: Collection[str], district: str
) -> tuple[list[str], list[PlanProblem]]:
    """Return the accounts of an entry where it was not planned yet, and what is to say of the others."""
    fresh: list[str] = []
    notes: list[PlanProblem] = []
    for account in dict.fromkeys(entry.to):
        keys = entry.keys(account, district)
        planned = next((known[one] for one in keys if one in known), None)
        if planned is not None:
            said = {"shown": shown(entry.text, _SHOWN), "place": planned.place, "back": planned.back(account)}
            left = planned.state == "left"
            words = (_BEGUN if left else _KNOWN).fill(**said)
            notes.append(PlanProblem.of(account, "error" if left else "note", words))
        elif keys[0] in here:
            notes.append(PlanProblem.of(account, "note", _TWICE.fill(shown=shown(entry.text, _SHOWN))))
        else:
            fresh.append(account)
    return fresh, notes


def _of_entry(
    entry: ContentEntry, to: Iterable[str], facts: Mapping[str, Any]
) -> tuple[tuple[Step, ...], tuple[PlanProblem, ...]]:
    try:
        plan = plan_publication(entry.draft(), to, **facts)
    except DraftRefused as error:
        whats = [(one.record, one.what) for one in error.problems] or [(",".join(entry.to), Text.of(error))]
        said = shown(entry.text or ", ".join(entry.named), _SHOWN)
        return (), tuple(PlanProblem.of(name, "error", _LEFT_OUT.fill(shown=said, why=why)) for name, why in whats)
    except InputError as error:
        return (), (PlanProblem.of(",".join(entry.to), "error", Text.of(error)),)
    return plan.steps, plan.problems


def _unfit(entry: ContentEntry, now: datetime) -> Text | None:
    if entry.at is None or not entry.to:
        return _UNDECIDED.fill(shown=shown(entry.text, _SHOWN))
    if entry.at <= now:
        return _PASSED.fill(shown=shown(entry.text, _SHOWN), when=f"{entry.at:%d.%m.%Y %H:%M}")
    return None


def _counted(
    registry: Registry, snapshot: Snapshot, acts: Sequence[Act], now: datetime, today: date
) -> dict[str, tuple[int | None, int, Text | None]]:
    """Count with the acts' own rule: account to (publications so far, norm, why not)."""
    asked = [act.model_copy(update={"requirements": wanted}) for act in acts if (wanted := _frequency(act))]
    if not asked:
        return {account.id: (_plain_count(snapshot, account.id, now, today), _WANTED, None)
                for account in registry.accounts}  # fmt: skip
    found: dict[str, tuple[int | None, int, Text | None]] = {}
    for finding in audit(registry, snapshot, asked, at=now).findings:
        first, last = finding.facts.get("since"), finding.facts.get("until")
        running = isinstance(first, date) and isinstance(last, date) and first <= today <= last
        if running and "count" in finding.facts:
            known = found.get(finding.subject)
            # Acts stack: the strictest norm is the one to reach.
            if known is None or known[0] is None or int(finding.facts["min"]) > known[1]:
                found[finding.subject] = (int(finding.facts["count"]), int(finding.facts["min"]), None)
        elif finding.outcome == "unknown" and "count" not in finding.facts:
            known, norm = found.get(finding.subject), finding.facts.get("min", _WANTED)
            if known is None or (known[0] is None and norm > known[1]):
                found[finding.subject] = (None, norm, Text.of(finding))
    return found


def _frequency(act: Act) -> tuple[object, ...]:
    return tuple(one for one in act.requirements if one.kind == _KIND)


def _plain_count(snapshot: Snapshot, account: str, now: datetime, today: date) -> int | None:
    view = snapshot.views.get(account)
    if view is None or view.posts.value is None:
        return None
    monday = today - timedelta(days=today.weekday())
    posts = (one for one in view.posts.value if one.by_owner and one.state is PostState.PUBLISHED and one.at <= now)
    return sum(one.at.astimezone(now.tzinfo).date() >= monday for one in posts)


def _in_network(snapshot: Snapshot, account: str, now: datetime, end: datetime) -> list[datetime]:
    view = snapshot.views.get(account)
    posts = (view.posts.value or ()) if view else ()
    return [one.at for one in posts if one.state is PostState.SCHEDULED and now <= one.at < end]


def _unseen(
    planned: Sequence[ContentEntry], account: str, ahead: Sequence[datetime], held: Sequence[Step], district: str
) -> int:
    """Count entries that were scheduled and stand neither among the posts seen nor in the outbox.

    Not every key shows what the network holds until its time.
    """
    keys = {step.key for step in held}
    return sum(one.at not in ahead and keys.isdisjoint(one.keys(account, district)) for one in planned)
