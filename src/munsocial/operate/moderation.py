"""Moderation (clause 9): a plan of removals that names ground, clause and evidence; beside it what a person decides.

A program proposes; by itself it may only do what `Settings.auto` allows, and that is only obscenity and spam, only
where the network can hide, and only so many at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.operate.grounds import ground_name
from munsocial.operate.moderation_queue import GRAVE, Decision, Queued, queue_of
from munsocial.operate.moderation_settings import AUTO_ALLOWED, REMOVABLE, Settings, load_settings
from munsocial.operate.plan import Plan, PlanProblem, Proof, Step, new_plan, step_key
from munsocial.operate.restrictions import barred
from munsocial.operate.settled import Settled, read_digest
from munsocial.operate.shown import shown
from munsocial.operate.targets import text_digest
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
    "queue_of",
]

_REMOVE = Text("{verb} комментарий: {ground} — «{shown}»", "{verb} a comment: {ground} - {shown!r}")
_HIDE = Text("скрыть", "hide")
_DELETE = Text("удалить", "delete")
_REFER = Text("передать человеку сейчас же: {ground} — «{shown}»", "hand to a person at once: {ground} - {shown!r}")
_HOW_REFER = {
    "suicide": Text(
        "Прочтите {url}. Не удаляйте. Если человеку грозит беда, звоните 112; ответьте ему по-человечески и дайте "
        "телефон доверия 8-800-2000-122. Доказательства сохранены в журнале.",
        "Read {url}. Do not delete. If somebody is in danger call 112; answer kindly and give a help line. "
        "The evidence is kept in the journal.",
    ),
    "": Text(
        "Прочтите {url}. Не удаляйте первым делом: доказательства сохранены в журнале. Если угроза настоящая, "
        "сообщите в полицию (102) и юристу, потом решайте об удалении.",
        "Read {url}. Do not delete first: the evidence is kept in the journal. If the threat is real, tell the police "
        "and your lawyer, then decide on the removal.",
    ),
}
_ALSO = Text(
    "Есть и другое: {grounds}. Если опасность грозит и другим, сообщите в полицию (102) и юристу.",
    "There is more: {grounds}. If others are in danger too, tell the police and your lawyer.",
)
_PERSON = Text(
    "решает человек ({grounds}): «{shown}» {url}; сохраните копию, потом решайте об удалении",
    "for a person ({grounds}): {shown!r} {url}; keep a copy, then decide on the removal",
)
_SOFT = Text(
    "похоже на {grounds}, но уверенности мало: взгляните на «{shown}» {url}",
    "may be {grounds}, but this is not sure: have a look at {shown!r} {url}",
)
_ANSWER = Text(
    "в комментарии есть вопрос: ответьте на него, предложив написать без грубости — «{shown}» {url}",
    "it also asks something: answer, and offer to write it again without rudeness - {shown!r} {url}",
)
_RUDE = frozenset({"obscenity", "insult"})
"""Grounds under which a citizen may still have asked in earnest; what spam asks, it asks nobody."""
_OVER = Text(
    "сверх предела в {ceiling} удалений за раз осталось ещё {count}: повторите после выполнения",
    "{count} more are over the ceiling of {ceiling} removals at a time: repeat when these are done",
)
_NO_KEY = Text(
    "нет ключа, чтобы {verb} «{shown}» ({ground}): сделайте это на сайте{place} или заведите ключ: {keys}",
    "no key to {verb} {shown!r} ({ground}): do it on the site{place}, or get a key: {keys}",
)
_BARRED = Text(
    "комментарии к удалению ({count}) в план не вошли: {why}; решите, удалять ли их на сайте самой сети",
    "comments to be removed ({count}) are not in the plan: {why}; decide whether to remove them on the network's site",
)
_UNSEEN = Text("комментарии не прочитаны: {why}", "comments were not read: {why}")


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
) -> Plan:
    """Plan removals with ground, clause and evidence; what only a person can decide stands among the problems.

    Grave comments come first, as steps that hand them to a person with their evidence kept. Removals outside
    ``settings.auto``, or over its ceilings, want the signature of a second person. ``settled`` are comments
    of which a person has decided; ``done_alone`` is how many were done without a person in the last hour. Accounts of
    networks restricted by law are left out and told, unless ``acknowledge`` names the network.
    """
    settings, known = settings or Settings(), frozenset(acknowledge)
    zone = registry.municipality.timezone
    barring = {
        name: why
        for name in sorted({view.network for view in snapshot.accounts})
        if (why := barred(name, now, zone, known))
    }
    planner = _Planner(adapters, settings, done_alone, barring)
    for one in queue_of(snapshot, registry, settings=settings, acts=acts, settled=settled, protected=False):
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
        self, adapters: Mapping[str, Adapter], settings: Settings, done_alone: int, barring: Mapping[str, Text]
    ) -> None:
        self.adapters = adapters
        self.barring = barring
        """Why nothing is done in a network, by its name."""
        self.barred: Counter[tuple[str, str]] = Counter()
        """How many comments stand there, by account and network."""
        self.settings = settings
        self.alone_left = max(0, min(settings.auto_per_run, settings.auto_per_hour - done_alone))
        self.grave: list[Step] = []
        self.removals: list[Step] = []
        self.told: list[PlanProblem] = []
        self.over = 0

    def take(self, one: Queued) -> None:
        """Take one comment of the queue."""
        if one.decision.what == "refer":
            self.grave.append(_refer(one))
        elif one.decision.what == "review":
            self.told.append(_for_a_person(one))
        elif one.decision.what == "remove":
            self._remove(one)

    def _remove(self, one: Queued) -> None:
        if one.asks and one.decision.ground in _RUDE:
            self.told.append(_note(one, _ANSWER))
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
        if len(self.removals) >= self.settings.ceiling:
            self.over += 1
            return
        alone = hides and one.decision.ground in self.settings.auto and self.alone_left > 0
        self.alone_left -= alone
        restores = hides or (adapter is not None and adapter.capabilities.can(Ability.RESTORE_COMMENT))
        signatures = int(not alone and one.decision.ground in self.settings.signed)
        step = _removal(one, verb, hides=hides, restores=restores, signatures=signatures)
        self.removals.append(step.model_copy(update={"params": {**step.params, "alone": True}}) if alone else step)

    def steps(self) -> tuple[Step, ...]:
        """Return the steps, the gravest first, numbered."""
        found = (*self.grave, *self.removals)
        return tuple(step.model_copy(update={"id": f"s{place}"}) for place, step in enumerate(found, 1))

    def problems(self) -> Iterable[PlanProblem]:
        """Return what a person has to know beside the steps."""
        yield from self.told
        for (account, network), count in self.barred.items():
            said = _BARRED.fill(count=count, why=self.barring[network])
            yield PlanProblem(account=account, weight="error", ru=said.ru, en=said.en)
        if self.over:
            said = _OVER.fill(ceiling=self.settings.ceiling, count=self.over)
            yield PlanProblem(account="", weight="note", ru=said.ru, en=said.en)


def _removal(one: Queued, verb: Text, *, hides: bool, restores: bool, signatures: int) -> Step:
    action, undo = ("hide_comment", "show_comment") if hides else ("delete_comment", "restore_comment" * restores)
    told = _REMOVE.fill(verb=verb, ground=ground_name(one.decision.ground), shown=shown(one.comment.text))
    return _step(one, action, told, undo=undo, signatures=signatures, expect=text_digest(one.comment.text))


def _refer(one: Queued) -> Step:
    grounds = _names((one.decision.ground, *_beside(one)))
    told, how = _REFER.fill(ground=grounds, shown=shown(one.comment.text)), _how_refer(one)
    # Changed by its author it is another matter: a task of its own, with evidence of its own.
    return _step(one, "refer", told, how_ru=how.ru, how_en=how.en, as_read=read_digest(one.comment.text))


def _beside(one: Queued) -> tuple[str, ...]:
    """Return the other grave grounds of a comment that is handed over: a person judges by all of them."""
    return tuple(category for category in one.categories if category in GRAVE - {one.decision.ground})


def _how_refer(one: Queued) -> Text:
    how = _HOW_REFER.get(one.decision.ground, _HOW_REFER[""]).fill(url=one.comment.url or one.comment.id)
    if one.decision.ground != "suicide" or not (others := _beside(one)):
        return how
    also = _ALSO.fill(grounds=_names(others))
    return Text(f"{how.ru} {also.ru}", f"{how.en} {also.en}")


def _step(
    one: Queued, action: str, told: Text, *, undo: str = "", signatures: int = 0, expect: str = "", **more: str
) -> Step:
    comment = one.comment
    return Step(
        id="s0",
        key=step_key(),
        account=one.account,
        network=one.network,
        action=action,
        params={
            "comment": comment.id,
            "post": comment.post_id,
            "url": comment.url or "",
            "author": comment.author_id or "",
            **more,
        },
        ru=told.ru,
        en=told.en,
        clause=one.decision.clause,
        ground=one.decision.ground,
        evidence=(_proof(one),),
        calls=0 if action == "refer" else 2,
        sure=one.decision.sure,
        undo=undo,
        expect=expect,
        signatures=signatures,
    )


def _proof(one: Queued) -> Proof:
    whys = [why.ru for why in one.decision.why]
    context = (one.post and f"под записью «{one.post}»", one.answers and f"в ответ на «{one.answers}»")
    return Proof(
        text=one.comment.text,
        author=one.comment.author_name or one.comment.author_id or "",
        url=one.comment.url or "",
        at=one.comment.at,
        confidence=one.decision.sure,
        note="; ".join(part for part in (*whys, *context) if part),
    )


def _for_a_person(one: Queued) -> PlanProblem:
    soft = all(category in REMOVABLE for category in one.categories)
    return _note(one, _SOFT if soft else _PERSON, grounds=_names(one.categories))


def _names(grounds: Iterable[str]) -> Text:
    found = [ground_name(ground) for ground in grounds]
    return Text(", ".join(one.ru for one in found), ", ".join(one.en for one in found))


def _note(one: Queued, what: Text, weight: str = "advice", **facts: Text) -> PlanProblem:
    url = one.comment.url or ""
    said = what.fill(shown=shown(one.comment.text), url=url, place=f" {url}" if url else "", **facts)
    said = Text(said.ru.rstrip(), said.en.rstrip())
    return PlanProblem.model_validate({"account": one.account, "weight": weight, "ru": said.ru, "en": said.en})


def _unseen(snapshot: Snapshot) -> Iterable[PlanProblem]:
    for view in snapshot.accounts:
        if view.comments.value is None and view.comments.missing:
            why = Text(view.comments.missing.ru, view.comments.missing.en)
            said = _UNSEEN.fill(why=why)
            yield PlanProblem(account=view.account, weight="note", ru=said.ru, en=said.en)
