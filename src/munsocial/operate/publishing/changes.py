"""Changing what is published: a new text, taking a post down, bringing it back, pinning it. Planned like everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from munsocial.errors import InputError
from munsocial.model.accounts import Account
from munsocial.model.content import Post
from munsocial.model.given import is_a
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Observed, Snapshot, Why
from munsocial.network.abilities import Ability, Declared, How
from munsocial.network.adapter import Adapter
from munsocial.network.drafts import Draft
from munsocial.operate.applying.digests import file_digest, text_digest
from munsocial.operate.clauses import clause_of
from munsocial.operate.days import local_day
from munsocial.operate.homes import home_of
from munsocial.operate.plans.limits import beyond_limits, perhaps_beyond
from munsocial.operate.plans.plan import Plan, PlanProblem, Proof, Step, new_plan, step_key
from munsocial.operate.publishing.text_advice import problems_of_text
from munsocial.operate.shown import shown
from munsocial.policy.act import Act
from munsocial.policy.force import demands_on
from munsocial.policy.words import listed
from munsocial.wording import Text

__all__ = ["Change", "plan_change"]

Change = Literal["edit_post", "delete_post", "restore_post", "pin_post", "close_comments"]

_TOLD = {
    "edit_post": Text("изменить запись {post}: станет «{shown}»", "edit the post {post}: it becomes {shown!r}"),
    "delete_post": Text("удалить запись {post}", "delete the post {post}"),
    "restore_post": Text("вернуть запись {post}", "restore the post {post}"),
    "pin_post": Text("закрепить запись {post}", "pin the post {post}"),
    "close_comments": Text("закрыть комментарии под записью {post}", "close the comments under {post}"),
}
_TOLD_SEEN = {
    "edit_post": Text(
        "изменить запись {post}: было «{was}», станет «{shown}»", "edit the post {post}: {was!r} becomes {shown!r}"
    ),
    "delete_post": Text("удалить запись {post}: «{was}»", "delete the post {post}: {was!r}"),
}
_WORDLESS = Text("удалить запись {post} (в ней нет слов)", "delete the post {post} (it has no words)")
_UNDO = {"delete_post": "restore_post"}
_CHANGES_WORDS = frozenset({"edit_post", "delete_post"})
_NO_CHANGE = Text("так запись не меняют. Можно: {known}.", "a post is not changed so. Allowed: {known}.")
_CANNOT = Text("сеть этого не умеет: {why}", "the network cannot: {why}")
_NO_KEY = Text("нет ключа: {wanted}", "no key: {wanted}")
_COUNTS = Text(
    "удалённая запись не идёт в счёт недельной нормы (п. {clause})",
    "a deleted post does not count towards the norm of the week (cl. {clause})",
)
_ANSWERS = Text(
    "вместе с записью исчезнут комментарии под ней: {count}", "the comments under it will vanish with it: {count}"
)


_NOT_THERE = Text(
    "записи {post} на странице нет: проверьте номер, он стоит в адресе записи",
    "there is no post {post} on the page: check the number, it stands in the post's address",
)
_UNREAD = Text(
    "запись {post} не прочитана ({why}): посмотрите её на сайте, прежде чем менять",
    "the post {post} was not read ({why}): look at it on the site before you change it",
)


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
    found: Observed[Post] | None = None,
    acts: Sequence[Act] = (),
    made_by: str = "",
    signatures: int = 0,
) -> Plan:
    """Plan one change of one post; ``draft`` is the new text of an edit.

    ``found`` is the post as it was just read; else ``snapshot`` gives it, and ``edited`` what our own edit has left
    there since (`edited_since`). A post that reads otherwise when the plan is applied is left as it is.

    Raises:
        InputError: an unknown change or account, or an edit without a draft.
    """
    _demand_known(change, draft)
    home, today = home_of(registry, account), local_day(now, registry)
    seen = found.value if found is not None else _seen(snapshot, account, post, edited)
    clause = clause_of(acts, "posting.frequency", on=today)
    told = [*problems_of_text(draft, [account], demands_on(acts, today))] if draft else []
    told += _problems(change, home, adapters.get(home.network), draft, seen, clause)
    told += _unread(account, post, found)
    said = _said(change, post, draft.text_for(home.network) if draft else "", seen)
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


def _demand_known(change: Change, draft: Draft | None) -> None:
    is_a(str, change, "change")
    if change not in _TOLD:
        raise InputError(_NO_CHANGE.fill(known=", ".join(_TOLD)), where=change)
    if change == "edit_post":
        is_a(Draft, draft, "draft")


def _said(change: Change, post: str, new: str, seen: Post | None) -> Text:
    if seen is None or change not in _CHANGES_WORDS:
        return _TOLD[change].fill(post=post, shown=shown(new))
    if change == "delete_post" and not seen.text.strip():
        return _WORDLESS.fill(post=post)
    return _TOLD_SEEN[change].fill(post=post, was=shown(seen.text), shown=shown(new))


def _unread(account: str, post: str, found: Observed[Post] | None) -> Iterator[PlanProblem]:
    missing = found.missing if found is not None else None
    if missing is None:
        return
    if missing.why is Why.NOT_FOUND:
        yield PlanProblem.of(account, "error", _NOT_THERE.fill(post=post))
    else:
        yield PlanProblem.of(account, "advice", _UNREAD.fill(post=post, why=missing.told.inside()))


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
    found: list[PlanProblem] = []
    declared = adapter.capabilities.of(ability) if adapter else None
    if declared is None or declared.how is How.ABSENT:
        why = (declared and declared.reason) or Text("—", "—")
        found.append(PlanProblem.of(account, "error", _CANNOT.fill(why=why)))
    elif adapter is not None and declared.how is How.NATIVE and not adapter.has_key(ability, account):
        found.append(PlanProblem.of(account, "error", _NO_KEY.fill(wanted=listed(declared.keys))))
    elif draft is not None:
        found += _beyond(draft, home, declared, seen)
    if change == "delete_post":
        if clause:
            found.append(PlanProblem.of(account, "advice", _COUNTS.fill(clause=clause)))
        if seen is not None and seen.comments:
            found.append(PlanProblem.of(account, "advice", _ANSWERS.fill(count=seen.comments)))
    return found


def _beyond(draft: Draft, home: Account, declared: Declared, seen: Post | None) -> list[PlanProblem]:
    """Return what goes beyond the limits of an edit: the files and the poll of the post stay beside the new text."""
    carries = seen.formats if seen is not None else None
    found = beyond_limits(draft, home.network, declared, carries=carries or ())
    if found:
        return [PlanProblem.of(home.id, "error", what) for what in found]
    perhaps = perhaps_beyond(draft, home.network, declared, carries=carries)
    return [] if perhaps is None else [PlanProblem.of(home.id, "advice", perhaps)]


def _seen(snapshot: Snapshot | None, account: str, post: str, edited: str | None) -> Post | None:
    view = snapshot.views.get(account) if snapshot else None
    seen = next((one for one in (view.posts.value or ()) if one.id == post), None) if view else None
    return seen.model_copy(update={"text": edited}) if seen is not None and edited is not None else seen
