"""Publishing (clauses 2, 5, 6, 7.2, 8): one draft to many accounts, every problem told before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from munsocial.errors import DraftRefused, Problem
from munsocial.model.accounts import Account
from munsocial.model.checking.mistakes import meant
from munsocial.model.registry import Registry
from munsocial.network.abilities import Ability, Capabilities, How
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.operate.applying.digests import file_digest
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.plans.limits import beyond_limits
from munsocial.operate.plans.plan import Plan, PlanProblem, Step, new_plan, step_key
from munsocial.operate.publishing.text_advice import problems_of_text
from munsocial.operate.restrictions import acknowledged_in, barred
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.policy.force import demands_on
from munsocial.policy.words import listed
from munsocial.wording import Text

__all__ = ["plan_publication", "problems_of_draft"]

_LATE = timedelta(hours=3)
"""A scheduled post that is later than this is not published without asking: its news may be old."""

_EMPTY = Text("нет ни текста, ни вложений", "neither text nor attachments")
_FORMAT = Text("сеть не показывает формат «{format}»", "the network has no format {format!r}")
_OPEN = Text(
    "сеть не может закрыть комментарии при публикации: опубликуйте с открытыми и закройте их на сайте",
    "the network cannot close comments while publishing: publish with open ones and close them on the site",
)
_TAKE_IDS = Text("Возьмите id из таблицы accounts.", "Take ids of the table accounts.")
_PAST = Text("время публикации уже прошло", "the time of publication has passed")
_LINK = re.compile(r"https?://[\w.-]+(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_NO_LINK = Text(
    "ссылка «{link}» — не адрес: напишите её целиком, https://…",
    "the link {link!r} is no address: write it in full, https://...",
)
_NO_KEY = Text("нет ключа: {wanted}", "no key: {wanted}")
_CLOSED = Text(
    "аккаунт закрыт, законсервирован или только владеет страницами",
    "the account is closed, mothballed, or only owns pages",
)
_NO_ACCOUNTS = Text("нет таких аккаунтов: {names}.", "no such accounts: {names}.")
_NO_ADAPTER = Text("нет адаптера этой сети", "there is no adapter for this network")


def plan_publication(
    draft: Draft,
    to: Iterable[str],
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    made_by: str = "",
    acknowledge: Iterable[str] = (),
    acts: Sequence[Act] = (),
    signatures: int = 0,
    kind: str = "publication",
    known: Iterable[PlanProblem] = (),
) -> Plan:
    """Plan one draft for many accounts; an account where it cannot go is told among the problems and left out.

    ``signatures`` is how many other persons must sign before anything is published (approval). Files of the draft are
    remembered by their content: one that is changed later is not sent. ``known`` are problems found elsewhere
    (`under_way`).

    Raises:
        DraftRefused: an account is unknown, or nothing of the plan is left; with every problem.
    """
    names, acknowledged = list(dict.fromkeys(to)), acknowledged_in(acknowledge)
    unknown = [name for name in names if name not in registry.account_by_id]
    if unknown:
        remedy = meant(unknown[0], registry.account_by_id, _TAKE_IDS)
        raise DraftRefused(_NO_ACCOUNTS.fill(names=", ".join(unknown)), where="to", remedy=remedy)
    day = local_day(draft.publish_at or now, registry)
    found: list[PlanProblem] = [*problems_of_text(draft, names, demands_on(acts, day)), *known]
    left_out = {one.account for one in found if one.weight == "error"}
    facts = {
        "clause": clause_of(acts, "posting.frequency", "posting.topics", on=day),
        "signatures": signatures,
        "files": {str(one.path): digest for one in draft.media if (digest := file_digest(one.path))},
    }
    steps: list[Step] = []
    for name in names:
        account = registry.account_by_id[name]
        problems = problems_of_draft(draft, account, registry, adapters, now, acknowledged)
        found += problems
        if name not in left_out and not any(one.weight == "error" for one in problems):
            facts["when"] = _when(draft, registry)
            steps.append(_step(draft, account, adapters[account.network].capabilities, len(steps), facts))
    if not steps:
        raise _nothing_left(found)
    return new_plan(kind, registry, steps, now=now, made_by=made_by, problems=found, life=_life(draft, now))


def problems_of_draft(
    draft: Draft,
    account: Account,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    acknowledged: frozenset[str] = frozenset(),
) -> list[PlanProblem]:
    """List what stands in the way of a draft in one account: law, life, ability, key, limits, files."""
    why = barred(account.network, now, registry.municipality.timezone, acknowledged)
    whats: list[Text] = [why] if why else []
    if not account.publishes_on(local_day(now, registry)):
        whats.append(_CLOSED)
    if draft.publish_at and draft.publish_at <= now:
        whats.append(_PAST)
    if draft.link and not _LINK.fullmatch(draft.link):
        whats.append(_NO_LINK.fill(link=shown(draft.link)))
    adapter = adapters.get(account.network)
    if adapter is None:
        whats.append(_NO_ADAPTER)
    else:
        whats += _of_network(draft, account, adapter)
    return [PlanProblem.of(account.id, "error", what) for what in whats]


def _of_network(draft: Draft, account: Account, adapter: Adapter) -> list[Text]:
    can = adapter.capabilities
    declared = can.of(Ability.PUBLISH)
    if declared.how is How.ABSENT:
        return [declared.reason or _NO_ADAPTER]
    whats: list[Text] = []
    if not adapter.has_key(Ability.PUBLISH, account.id):
        whats.append(_NO_KEY.fill(wanted=listed(declared.keys)))
    if not (draft.text_for(account.network).strip() or draft.media or draft.poll or draft.link):
        whats.append(_EMPTY)
    timed = can.of(Ability.SCHEDULE)
    sent_by = (declared, timed) if draft.publish_at and timed.how is How.NATIVE else (declared,)
    whats += dict.fromkeys(what for one in sent_by for what in beyond_limits(draft, account.network, one))
    if draft.comments_closed and not all(one.closes_comments for one in sent_by):
        whats.append(_OPEN)
    for word in _formats(draft):
        if word not in can.formats:
            whats.append(_FORMAT.fill(format=word))
    return whats


def _formats(draft: Draft) -> list[str]:
    words = [media.kind for media in draft.media if media.kind != "document"]
    return [*dict.fromkeys(words), *(["poll"] if draft.poll else []), *(["link"] if draft.link else [])]


def _step(draft: Draft, account: Account, can: Capabilities, place: int, facts: Mapping[str, Any]) -> Step:
    native = can.of(Ability.SCHEDULE).how is How.NATIVE
    due = None if native else draft.publish_at
    sent = draft if native else draft.model_copy(update={"publish_at": None})
    late = draft.publish_at + _LATE if draft.publish_at else None
    told = shown(draft.text_for(account.network))
    return Step(
        id=f"s{place + 1}",
        key=step_key(),
        account=account.id,
        network=account.network,
        action="publish",
        params={
            "draft": sent.model_dump(mode="json", exclude_defaults=True),
            **({"files": facts["files"]} if facts["files"] else {}),
        },
        ru=f"опубликовать{facts['when'].ru} «{told}»",
        en=f"publish{facts['when'].en} {told!r}",
        clause=facts["clause"],
        signatures=facts["signatures"],
        calls=1 + 3 * len(draft.media),
        undo="delete_post",
        due=due,
        late_after=late,
    )


def _when(draft: Draft, registry: Registry) -> Text:
    if draft.publish_at is None:
        return Text("", "")
    local = draft.publish_at.astimezone(ZoneInfo(registry.municipality.timezone))
    return Text(f" {local:%d.%m.%Y в %H:%M}", f" on {local:%Y-%m-%d at %H:%M}")


def _life(draft: Draft, now: datetime) -> timedelta:
    week = timedelta(days=7)
    return week if draft.publish_at is None else max(week, draft.publish_at - now + week)


def _nothing_left(found: Iterable[PlanProblem]) -> DraftRefused:
    problems = tuple(
        Problem("accounts", one.account, "", Text(one.ru, one.en), Text("", ""))
        for one in found
        if one.weight == "error"
    )
    return DraftRefused(
        Text("публиковать некуда.", "there is nowhere to publish."),
        problems,
        remedy=Text("Исправьте причины ниже.", "Mend the reasons below."),
    )
