"""Moderation (clause 9): a plan of removals that names ground, clause and evidence; beside it what a person decides.

A program proposes; by itself it may only do what `Settings.auto` allows, and that is only obscenity and spam, only
where the network can hide, and only so many at a time.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.operate.answering.given_answers import GivenAnswers, SeenAnswers
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.grounds import ground_name
from munsocial.operate.moderating.queue import GRAVE, Decision, Queued, goes_alone, owes_answer, queue_of
from munsocial.operate.moderating.settings import AUTO_ALLOWED, REMOVABLE, Settings, load_settings, settings_given
from munsocial.operate.moderating.settled import Settled
from munsocial.operate.moderating.steps import names_of, owed_step, referral, removal
from munsocial.operate.moderating.waiting_for_key import WaitingForKey
from munsocial.operate.plans.plan import Plan, PlanProblem, Step, Weight, new_plan
from munsocial.operate.restrictions import acknowledged_in, barred
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.policy.words import listed
from munsocial.wording import Text

__all__ = [
    "AUTO_ALLOWED",
    "REMOVABLE",
    "Decision",
    "Queued",
    "Settings",
    "load_settings",
    "plan_moderation",
    "plan_of",
    "queue_of",
]

_HIDE = Text("скрыть", "hide")
_DELETE = Text("удалить", "delete")
_PERSON = Text(
    "решает человек ({grounds}): «{shown}» {url}; сохраните копию, потом решайте об удалении",
    "for a person ({grounds}): {shown!r} {url}; keep a copy, then decide on the removal",
)
_SOFT = Text(
    "похоже на {grounds}, но уверенности мало: взгляните на «{shown}» {url}",
    "may be {grounds}, but this is not sure: have a look at {shown!r} {url}",
)
_NO_LIST = Text(
    "{grounds}: «{shown}» {url} — ни один действующий сегодня акт не называет оснований удаления, решает человек",
    "{grounds}: {shown!r} {url} — no act in force today lists grounds of removal, a person decides",
)
_OURS = Text(
    "пишет {who} ({grounds}): «{shown}»{place}; программа такого не снимает: поговорите с автором, проверьте, не "
    "взломан ли аккаунт",
    "by {who} ({grounds}): {shown!r}{place}; no program takes that away: talk to the author, see whether the account "
    "was taken over",
)
_ANSWER = Text(
    "в комментарии есть вопрос: ответьте на него, предложив написать без грубости — «{shown}» {url}",
    "it also asks something: answer, and offer to write it again without rudeness - {shown!r} {url}",
)
_ALIKE = Text("; таких же комментариев ещё {count}{places}", "; more comments like it: {count}{places}")
_NAMED = 3
"""So many addresses of equal comments are named."""
_DUTY = "9.1"
_OVER = Text(
    "сверх предела в {ceiling} удалений за раз осталось ещё {count}: повторите после выполнения",
    "over the ceiling of removals at a time ({ceiling}) there are {count} more: repeat when these are done",
)
_NO_KEY = Text(
    "нет ключа, чтобы {verb} «{shown}» ({ground}): сделайте это на сайте{place} или заведите ключ: {keys}",
    "no key to {verb} {shown!r} ({ground}): do it on the site{place}, or get a key: {keys}",
)
_WAITS = Text(
    "{verb} «{shown}» не вышло, не хватает ключа: {why} Доказательства сохранены. Когда ключ появится, составьте план "
    "снова, или сделайте это на сайте{place}",
    "could not {verb} {shown!r} for want of a key: {why} The evidence is kept. Make the plan again once the key is "
    "there, or do it on the site{place}",
)
_BARRED = Text(
    "комментарии к удалению ({count}) в план не вошли: {why}; решите, удалять ли их на сайте самой сети",
    "comments to be removed ({count}) are not in the plan: {why}; decide whether to remove them on the network's site",
)
_UNSEEN = Text("комментарии не прочитаны: {why}", "comments were not read: {why}")
_PARTLY = Text(
    "комментарии прочитаны не полностью, пропусков {count}: {why}", "comments were read in part, gaps {count}: {why}"
)


def plan_moderation(
    snapshot: Snapshot,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    settings: Settings | None = None,
    acts: Sequence[Act] = (),
    made_by: str = "",
    settled: Settled | None = None,
    done_alone: int = 0,
    acknowledge: Iterable[str] = (),
    given: GivenAnswers | None = None,
    keyless: WaitingForKey | None = None,
) -> Plan:
    """Plan removals with ground, clause and evidence; what only a person can decide stands among the problems.

    Grave comments come first, as steps that hand them to a person with their evidence kept. Removals on a ground of
    ``settings.signed`` want the signature of a second person; so do, where the network can hide, those on a ground of
    ``settings.auto`` that are over its ceilings, and rude questions. A rude question comes with a task to answer it,
    unless it was answered, as the snapshot shows or ``given`` knows.
    ``settled`` are comments of which a person has decided; ``done_alone`` is how many were done without a person in the
    last hour; ``keyless`` knows what waits for a key. Accounts of networks restricted by law are left out and told,
    unless ``acknowledge`` names the network.
    """
    settings = settings_given(settings)
    day = local_day(now, registry)
    found = queue_of(snapshot, registry, settings=settings, acts=acts, settled=settled, protected=False, on=day)
    return plan_of(
        found,
        snapshot,
        registry=registry,
        adapters=adapters,
        now=now,
        settings=settings,
        acts=acts,
        made_by=made_by,
        done_alone=done_alone,
        acknowledge=acknowledge,
        given=given,
        keyless=keyless,
    )


def plan_of(
    queue: Iterable[Queued],
    snapshot: Snapshot,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    settings: Settings,
    acts: Sequence[Act] = (),
    made_by: str = "",
    done_alone: int = 0,
    acknowledge: Iterable[str] = (),
    given: GivenAnswers | None = None,
    keyless: WaitingForKey | None = None,
) -> Plan:
    """Return the plan of what stands in a queue; see `plan_moderation`."""
    known = acknowledged_in(acknowledge)
    zone = registry.municipality.timezone
    barring = {
        name: why
        for name in sorted({view.network for view in snapshot.accounts})
        if (why := barred(name, now, zone, known))
    }
    seen = SeenAnswers(snapshot, registry)

    def owes(one: Queued) -> bool:
        account, post, item = one.account, one.comment.post_id, one.comment.id
        if not owes_answer(one) or seen.hold(account, item):
            return False
        return given is None or not given.hold(account, post, item)

    duty = clause_of(acts, "moderation.duty", on=local_day(now, registry), custom=_DUTY)
    planner = _Planner(adapters, settings, done_alone, barring, duty, owes, keyless)
    for one in queue:
        planner.take(one)
    return new_plan(
        "moderation",
        registry,
        planner.steps(),
        now=now,
        made_by=made_by,
        seen_at=snapshot.taken_at,
        problems=(*_unseen(snapshot), *planner.problems()),
        life=timedelta(days=1),
    )


class _Planner:
    """Turns what stands in the queue into steps and words for a person."""

    def __init__(
        self,
        adapters: Mapping[str, Adapter],
        settings: Settings,
        done_alone: int,
        barring: Mapping[str, Text],
        duty: str,
        owes: Callable[[Queued], bool],
        keyless: WaitingForKey | None,
    ) -> None:
        self.adapters = adapters
        self.duty = duty
        """The clause by which citizens are answered."""
        self.owes = owes
        """Whether a comment asked something in earnest that nobody has answered."""
        self.keyless = keyless
        self.barring = barring
        """Why nothing is done in a network, by its name."""
        self.barred: Counter[tuple[str, str]] = Counter()
        """How many comments stand there, by account and network."""
        self.settings = settings
        self.alone_left = max(0, min(settings.auto_per_run, settings.auto_per_hour - done_alone))
        self.grave: list[Step] = []
        self.removals: list[Step] = []
        self.told: list[PlanProblem] = []
        self.reviewed: dict[tuple[object, ...], int] = {}
        """The place among ``told`` of what is said of equal comments: thousands may ask the same."""
        self.alike: dict[int, list[str]] = defaultdict(list)
        """The addresses of further equal comments, by that place."""
        self.removed = self.over = 0

    def take(self, one: Queued) -> None:
        """Take one comment of the queue."""
        if one.decision.what == "refer":
            self.grave.append(referral(one))
        elif one.decision.what == "review":
            self._review(one)
        elif one.decision.what == "remove":
            self._remove(one)

    def _review(self, one: Queued) -> None:
        kind = one.account, one.categories, one.ours, " ".join(one.comment.text.split()).casefold()
        # Somebody's data, or what is nobody's to judge by rule, has to be found wherever it stands.
        if _is_soft(one) and kind in self.reviewed:
            self.alike[self.reviewed[kind]].append(one.comment.url or "")
            return
        self.reviewed[kind] = len(self.told)
        self.told.append(_for_a_person(one))

    def _remove(self, one: Queued) -> None:
        owed, steps = self.owes(one), len(self.removals)
        self._planned(one, owed=owed)
        if owed and len(self.removals) == steps:
            self.told.append(_note(one, _ANSWER))  # else the task says it

    def _planned(self, one: Queued, *, owed: bool) -> None:
        if one.network in self.barring:
            self.barred[one.account, one.network] += 1
            return
        adapter = self.adapters.get(one.network)
        hides = adapter is not None and adapter.capabilities.of(Ability.HIDE_COMMENT).how is How.NATIVE
        ability = Ability.HIDE_COMMENT if hides else Ability.DELETE_COMMENT
        verb = _HIDE if hides else _DELETE
        if adapter is not None and not adapter.has_key(ability, one.account):
            keys = listed(adapter.capabilities.of(ability).keys)
            ground = ground_name(one.decision.ground)
            self.told.append(_note(one, _NO_KEY, weight="error", verb=verb, ground=ground, keys=keys))
            return
        if self.keyless is not None and (why := self.keyless.why(one)):
            self.told.append(_note(one, _WAITS, weight="error", verb=verb, why=why))
            return
        if self.removed >= self.settings.ceiling:
            self.over += 1
            return
        restores = hides or (adapter is not None and adapter.capabilities.can(Ability.RESTORE_COMMENT))
        self.removed += 1
        if owed:
            # Before the removal: whatever stops an application between the two, once it is gone nothing else asks.
            self.removals.append(owed_step(one, self.duty))
        self.removals.append(self._decided(removal(one, verb, hides=hides, restores=restores), one, hides=hides))

    def _decided(self, step: Step, one: Queued, *, hides: bool) -> Step:
        """Return a removal with who decides on it: nobody, whoever applies the plan, or two."""
        might = hides and one.decision.ground in self.settings.auto
        if might and self.alone_left > 0 and goes_alone(one, self.settings):
            self.alone_left -= 1
            return step.model_copy(update={"params": {**step.params, "alone": True}})
        # Over the ceiling nobody may have looked: a timer applies what it plans.
        return step.model_copy(update={"signatures": int(might or one.decision.ground in self.settings.signed)})

    def steps(self) -> tuple[Step, ...]:
        """Return the steps, the gravest first, numbered."""
        found = (*sorted(self.grave, key=lambda step: step.ground not in GRAVE), *self.removals)
        return tuple(step.model_copy(update={"id": f"s{place}"}) for place, step in enumerate(found, 1))

    def problems(self) -> Iterable[PlanProblem]:
        """Return what a person has to know beside the steps."""
        for place, one in enumerate(self.told):
            also = _alike(self.alike[place]) if place in self.alike else Text("", "")
            yield one.model_copy(update={"ru": one.ru + also.ru, "en": one.en + also.en})
        for (account, network), count in self.barred.items():
            said = _BARRED.fill(count=count, why=self.barring[network])
            yield PlanProblem.of(account, "error", said)
        if self.over:
            said = _OVER.fill(ceiling=self.settings.ceiling, count=self.over)
            yield PlanProblem.of("", "note", said)


def _is_soft(one: Queued) -> bool:
    return all(category in REMOVABLE for category in one.categories)


def _alike(urls: Sequence[str]) -> Text:
    named = [url for url in urls if url]
    places = ", ".join([*named[:_NAMED], *["…"] * (len(named) > _NAMED)])
    return _ALIKE.fill(count=len(urls), places=f" ({places})" if places else "")


def _for_a_person(one: Queued) -> PlanProblem:
    if one.ours:
        return _note(one, _OURS, grounds=names_of(one.categories), who=one.ours)
    if not one.decision.clause:
        return _note(one, _NO_LIST, grounds=names_of(one.categories))
    return _note(one, _SOFT if _is_soft(one) else _PERSON, grounds=names_of(one.categories))


def _note(one: Queued, what: Text, weight: Weight = "advice", **facts: Text) -> PlanProblem:
    url = one.comment.url or ""
    said = what.fill(shown=shown(one.comment.text), url=url, place=f" {url}" if url else "", **facts)
    said = Text(said.ru.rstrip(), said.en.rstrip())
    return PlanProblem.of(one.account, weight, said)


def _unseen(snapshot: Snapshot) -> Iterable[PlanProblem]:
    for view in snapshot.accounts:
        if gaps := view.comments.gaps:
            said = _PARTLY.fill(count=len(gaps), why=gaps[0].told)
            yield PlanProblem.of(view.account, "note", said)
    for view in snapshot.accounts:
        if view.comments.value is None and view.comments.missing:
            yield PlanProblem.of(view.account, "note", _UNSEEN.fill(why=view.comments.missing.told))
