"""Changing what is published: a new text, taking a post down, bringing it back, pinning it. Planned like everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from munsocial.errors import InputError
from munsocial.model.accounts import Account
from munsocial.model.content import Post
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot
from munsocial.network.abilities import Ability, How
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.operate.clauses import clause_of
from munsocial.operate.limits import beyond_limits
from munsocial.operate.plan import Plan, PlanProblem, Proof, Step, new_plan, step_key
from munsocial.operate.publication_text import problems_of_text
from munsocial.operate.shown import shown
from munsocial.operate.targets import file_digest, text_digest
from munsocial.policy.act import Act
from munsocial.policy.words import listed
from munsocial.wording import Text

__all__ = ["Change", "plan_change"]

Change = Literal["edit_post", "delete_post", "restore_post", "pin_post", "close_comments"]

_TOLD = {
    "edit_post": Text("изменить запись {post}: «{shown}»", "edit the post {post}: {shown!r}"),
    "delete_post": Text("удалить запись {post}: «{shown}»", "delete the post {post}: {shown!r}"),
    "restore_post": Text("вернуть запись {post}", "restore the post {post}"),
    "pin_post": Text("закрепить запись {post}", "pin the post {post}"),
    "close_comments": Text("закрыть комментарии под записью {post}", "close the comments under {post}"),
}
_UNDO = {"delete_post": "restore_post"}
_CHANGES_WORDS = frozenset({"edit_post", "delete_post"})
_NO_ACCOUNT = Text("нет такого аккаунта.", "no such account.")
_NO_DRAFT = Text("для правки нужен новый текст.", "an edit wants a new text.")
_CANNOT = Text("сеть этого не умеет: {why}", "the network cannot: {why}")
_NO_KEY = Text("нет ключа: {wanted}", "no key: {wanted}")
_COUNTS = Text(
    "удалённая запись не идёт в счёт пяти за неделю (п. {clause})",
    "a deleted post does not count towards the week's five (cl. {clause})",
)
_ANSWERS = Text("под записью {count} комментариев: они исчезнут вместе с ней", "{count} comments will vanish with it")


def plan_change(
    change: Change,
    account: str,
    post: str,
    *,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    now: datetime,
    draft: Draft | None = None,
    snapshot: Snapshot | None = None,
    edited: str | None = None,
    acts: Sequence[Act] = (),
    made_by: str = "",
    signatures: int = 0,
) -> Plan:
    """Plan one change of one post; ``draft`` is the new text of an edit, ``snapshot`` gives the old one as evidence.

    ``edited`` is what our own edit has left there since the snapshot (`edited_since`): nobody else has changed that.
    A post that reads otherwise than in the snapshot when the plan is applied is neither edited nor deleted.

    Raises:
        InputError: an unknown account, or an edit without a draft.
    """
    home = registry.account_by_id.get(account)
    if home is None:
        raise InputError(_NO_ACCOUNT, where=account)
    if change == "edit_post" and draft is None:
        raise InputError(_NO_DRAFT, where=post)
    seen = _seen(snapshot, account, post, edited)
    clause = clause_of(acts, "posting.frequency")
    told = list(_problems(change, home, adapters.get(home.network), draft, seen, clause))
    new = draft.text_for(home.network) if draft else seen.text if seen else ""
    said = _TOLD[change].fill(post=post, shown=shown(new))
    step = Step(
        id="s1",
        key=step_key(),
        account=account,
        network=home.network,
        action=change,
        params=_params(post, draft),
        ru=said.ru,
        en=said.en,
        clause=clause,
        evidence=(Proof(text=seen.text, url=seen.url or "", at=seen.at),) if seen else (),
        undo=_UNDO.get(change, ""),
        expect=text_digest(seen.text) if seen and change in _CHANGES_WORDS else "",
        signatures=signatures,
    )
    steps = () if any(one.weight == "error" for one in told) else (step,)
    return new_plan("change", registry, steps, now=now, made_by=made_by, problems=told)


def _params(post: str, draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"post": post}
    files = {str(one.path): digest for one in draft.media if (digest := file_digest(one.path))}
    written = {"post": post, "draft": draft.model_dump(mode="json", exclude_defaults=True)}
    return {**written, **({"files": files} if files else {})}


def _problems(
    change: Change, home: Account, adapter: Adapter | None, draft: Draft | None, seen: Post | None, clause: str
) -> Sequence[PlanProblem]:
    ability, account = Ability(change), home.id
    found: list[PlanProblem] = list(problems_of_text(draft, [account])) if draft else []
    declared = adapter.capabilities.of(ability) if adapter else None
    if declared is None or declared.how is How.ABSENT:
        why = (declared and declared.reason) or Text("—", "—")
        found.append(_problem(account, _CANNOT.fill(why=why), "error"))
    elif adapter is not None and declared.how is How.NATIVE and not adapter.has_key(ability, account):
        found.append(_problem(account, _NO_KEY.fill(wanted=listed(declared.keys)), "error"))
    elif draft is not None:
        found += [_problem(account, what, "error") for what in beyond_limits(draft, home.network, declared)]
    if change == "delete_post":
        if clause:
            found.append(_problem(account, _COUNTS.fill(clause=clause), "advice"))
        if seen is not None and seen.comments:
            found.append(_problem(account, _ANSWERS.fill(count=seen.comments), "advice"))
    return found


def _problem(account: str, what: Text, weight: Literal["error", "advice"]) -> PlanProblem:
    return PlanProblem(account=account, weight=weight, ru=what.ru, en=what.en)


def _seen(snapshot: Snapshot | None, account: str, post: str, edited: str | None) -> Post | None:
    view = snapshot.views.get(account) if snapshot else None
    seen = next((one for one in (view.posts.value or ()) if one.id == post), None) if view else None
    return seen.model_copy(update={"text": edited}) if seen is not None and edited is not None else seen
