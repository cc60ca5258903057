"""moderation.sanctions and moderation.protect_criticism: every ban and removal has a logged, closed ground (9.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from munsocial.model.accounts import AccountKind
from munsocial.model.content import Ban
from munsocial.model.grouping import grouped
from munsocial.model.snapshot import Why
from munsocial.model.statements import Removal
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.facts.grounds import Grounds, clauses_of, grounds_of
from munsocial.policy.facts.removals import tells_of
from munsocial.policy.params import ModerationSanctions, ProtectCriticism
from munsocial.policy.rules.seen import unseen, witness
from munsocial.policy.speech import counted
from munsocial.policy.verdict import Evidence, Level, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["protect_criticism", "sanctions"]

_BANS = Text("чёрный список", "the black list")
_NO_BANS = Text("В чёрном списке никого нет.", "Nobody is in the black list.")
_GROUNDED = Text(
    "В чёрном списке {count:человек|человека|человек}, основание записано у каждого.",
    "{count:user is|users are} in the black list, each with a ground.",
)
_UNGROUNDED = Text(
    "В чёрном списке без записанного основания: {users}.", "In the black list with no recorded ground: {users}."
)
_UNLISTED = Text(
    "В чёрном списке без основания из перечня: {users}; записано: {grounds}.",
    "In the black list on no listed ground: {users}; noted: {grounds}.",
)
_DOUBTFUL = Text(
    "В чёрном списке: {users}; есть ли записанное основание в перечне, программе не ясно ({grounds}): решает человек.",
    "In the black list: {users}; whether the noted ground is listed the program cannot tell ({grounds}): "
    "a person decides.",
)
_ONLY_COMMENTS = Text(
    "В чёрном списке: {users}; удалено личное сообщение ({grounds}), а акт называет это основанием только "
    "для комментариев: решает человек.",
    "In the black list: {users}; a private message was removed ({grounds}), and the act names this ground for "
    "comments alone: a person decides.",
)
_DECIDE_MESSAGE = Text(
    "Если сообщение нарушает закон, запишите это основанием; если нет, разблокируйте.",
    "If the message breaks the law, note that as its ground; if not, unban.",
)
_DECIDE = Text(
    "Если основание законно, запишите его словом перечня; если нет, разблокируйте.",
    "If the ground is lawful, note it by the word of the list; if not, unban.",
)
_NO_MECHANISM = Text("Чёрного списка в этой сети нет или он не читается.", "The network has no black list to read.")
_FOREVER = Text("Заблокированы навсегда: {users}.", "Banned forever: {users}.")
_TERM = Text(
    "Срок блокировки не из списка ({terms}): {users}.", "Banned for a term not in the list ({terms}): {users}."
)
_SET_TERM = Text("Ограничьте срок блокировки.", "Set a term for the ban.")
_LIFT = Text(
    "Разблокируйте, когда пройдёт назначенный срок: страница человека может блокировать только без срока.",
    "Unban when the term that was decided is over: the page of a person may know bans without a term only.",
)
_SET_LISTED = Text("Назначьте срок из списка: {terms}.", "Set a term from the list: {terms}.")
_UNBAN = Text(
    "Разблокируйте или запишите удалённый комментарий, основание, срок и решившего.",
    "Unban, or record the removed comment, the ground, the term and who decided.",
)
_REMOVALS = Text("удалённое и заблокированные", "removals and bans")
_PROTECTED = Text(
    "Записано удалений: {removed}, блокировок: {banned}; все по закрытому списку оснований.",
    "Removals on record: {removed}, bans: {banned}; all on listed grounds.",
)
_CENSORED = Text(
    "Удалено не по закрытому списку оснований: {grounds}.", "Removed on grounds outside the closed list: {grounds}."
)
_UNCLEAR = Text(
    "Есть ли в закрытом списке основание удаления, программе не ясно ({grounds}): решает человек.",
    "Whether the ground of a removal is in the closed list the program cannot tell ({grounds}): a person decides.",
)
_DECIDE_REMOVAL = Text(
    "Если основание законно, запишите его словом списка; если нет, восстановите комментарий.",
    "If the ground is lawful, note it by the word of the list; if not, restore the comment.",
)
_WHICH = Text(
    "{count:~Удалён|Удалены|Удалено} {items}; запись под этим номером есть, но о комментарии ли она, не сказано.",
    "Gone: {items}; there is a record under the same number, which does not say whether it is of a comment.",
)
_SAY_WHICH = Text(
    "Впишите в запись об удалении, что удалено (kind = comment).",
    "Enter into the record of the removal what it was (kind = comment).",
)
_UNLOGGED = Text(
    "{count:~Удалён|Удалены|Удалено} {items} без записи об основании; кем, сеть не показывает.",
    "Gone with no ground on record: {items}; the network does not show who removed them.",
)
_NOTE = Text(
    "Если удалили вы, запишите основание и что удалено (kind = comment).",
    "If it was you, record the ground and what it was (kind = comment).",
)
_RESTORE = Text("Восстановите комментарий или запишите законное основание.", "Restore it, or record a lawful ground.")


_TERMS = {
    "1d": Text("один день", "a day"),
    "3d": Text("три дня", "three days"),
    "1w": Text("неделя", "a week"),
    "1m": Text("месяц", "a month"),
    "forever": Text("навсегда", "forever"),
}
_LENGTHS = {"1d": (1.0, 1.0), "3d": (3.0, 3.0), "1w": (7.0, 7.0), "1m": (28.0, 31.0)}
"""Least and most days of the terms that acts spell so; another word is for people to compare."""


def sanctions(case: Case, ask: Ask[ModerationSanctions], page: Page) -> Iterator[Verdict]:
    """A permission is never failed by not using it; a ban without a ground is reported as our own check."""
    view = page.view.bans
    if view.value is None:
        if view.missing is not None and view.missing.why is Why.ABSENT:
            yield Verdict(Outcome.NOT_APPLICABLE, _NO_MECHANISM, {}, (witness(view, item=page.id),))
        else:
            yield unseen(_BANS, view)
        return
    bans = _in_force(case, view.value)
    grounded = _Grounded(case, page, bans, grounds_of(ask.act))
    evidence = (witness(view, item=page.id),)
    if grounded.bare:
        yield grounded.failed(page, Level.MUST, "ungrounded_ban")
    elif grounded.doubtful:
        yield grounded.undecided(page)
    elif not view.complete:
        # An empty list that was read only in part is not an empty list.
        yield unseen(_BANS, view)
    elif not bans:
        yield Verdict(Outcome.NOT_APPLICABLE, _NO_BANS, {"count": 0}, evidence)
    else:
        yield Verdict(Outcome.MET, _GROUNDED, {"count": len(bans)}, evidence)
    yield from _terms(ask.params, page, bans)


def _in_force(case: Case, bans: Sequence[Ban]) -> list[Ban]:
    at = case.at
    return [one for one in bans if (one.since is None or one.since <= at) and (one.until is None or one.until > at)]


class _Grounded:
    """Bans by what the log knows of them: nothing that a list names, or a word of which only a person can say.

    A ban rests on a removal of the same author before it; one that was restored is no ground any more.
    """

    def __init__(self, case: Case, page: Page, bans: Sequence[Ban], listed: Grounds) -> None:
        self.bare: list[Ban] = []
        self.doubtful: list[Ban] = []
        self.only_messages = True  # whatever is unclear is so for this alone: a ground of comments, and a message
        self.count = len(bans)
        noted: dict[bool, set[str]] = {True: set(), False: set()}
        standing = (one for one in case.removals_of.get(page.id, ()) if one.restored_at is None and one.author_id)
        removals = grouped(standing, lambda one: one.author_id)
        for ban in bans:
            before = [one for one in removals.get(ban.user_id, ()) if ban.since is None or one.at <= ban.since]
            under = [(one, listed.hold(one)) for one in before]
            if any(held for _, held in under):
                continue
            unclear = [one for one, held in under if held is None]
            noted[bool(unclear)].update(one.ground for one in unclear or before)
            (self.doubtful if unclear else self.bare).append(ban)
            self.only_messages &= all(map(listed.only_comments, unclear))
        self.noted, self.unclear = sorted(noted[False]), sorted(noted[True])

    def undecided(self, page: Page) -> Verdict:
        """The verdict on bans of which only a person can say whether they rest on something."""
        facts = {"count": self.count, "users": _users(self.doubtful), "grounds": self.unclear}
        text, advice = (_ONLY_COMMENTS, _DECIDE_MESSAGE) if self.only_messages else (_DOUBTFUL, _DECIDE)
        return Verdict(Outcome.UNKNOWN, text, facts, _of_bans(page, self.doubtful), advice)

    def failed(self, page: Page, level: Level | None = None, derived: str = "") -> Verdict:
        """The verdict on bans that rest on nothing."""
        text = _UNLISTED if self.noted else _UNGROUNDED
        facts = {"count": self.count, "users": _users(self.bare), "grounds": self.noted}
        return Verdict(Outcome.NOT_MET, text, facts, _of_bans(page, self.bare), _UNBAN, level, derived)


def _terms(params: ModerationSanctions, page: Page, bans: Sequence[Ban]) -> Iterator[Verdict]:
    forever = [one for one in bans if one.forever]
    terms = [_TERMS.get(term, term) for term in params.terms]
    if forever and "forever" not in params.terms:
        facts = {"users": _users(forever), "terms": terms}
        text, advice = (_TERM, _SET_LISTED) if terms else (_FOREVER, _SET_TERM)
        if page.account.kind is AccountKind.PROFILE:
            advice = _LIFT
        yield Verdict(Outcome.NOT_MET, text, facts, _of_bans(page, forever), advice, Level.SHOULD, "ban_forever")
    lengths = [_LENGTHS[term] for term in params.terms if term in _LENGTHS]
    odd = [one for one in bans if lengths and not one.forever and _odd(one, lengths)]
    if odd:
        facts = {"users": _users(odd), "terms": terms}
        yield Verdict(Outcome.NOT_MET, _TERM, facts, _of_bans(page, odd), _SET_LISTED, Level.SHOULD, "ban_term")


def _odd(ban: Ban, lengths: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a ban lasts as long as none of the named terms; networks round to an hour."""
    if ban.since is None or ban.until is None:
        return False
    days = (ban.until - ban.since).total_seconds() / 86_400
    return not any(least - 1 / 24 <= days <= most + 1 / 24 for least, most in lengths)


def protect_criticism(case: Case, ask: Ask[ProtectCriticism], page: Page) -> Iterator[Verdict]:
    """Judge what was removed and who was banned against the closed list; what was not seen stays unknown."""
    closed = Grounds.of(ask.params.exceptions, clauses=clauses_of(case.acts))
    standing = [one for one in case.removals_of.get(page.id, ()) if one.restored_at is None]
    # A removal is a deed of its day; a ban lasts, so an old one is judged too, and an old removal is its ground.
    removals = [(one, closed.hold(one)) for one in standing if case.held(ask.force, one.at)]
    censored = [one for one, held in removals if held is False]
    unclear = [one for one, held in removals if held is None]
    bans = _in_force(case, page.view.bans.value or ())
    grounded = _Grounded(case, page, bans, closed)
    gone, perhaps = _unlogged(case, page)
    facts: dict[str, Any] = {"removed": len(removals), "banned": len(bans), "count": gone or perhaps}
    facts["items"] = counted(gone or perhaps, "комментарий|комментария|комментариев", "comment|comments")
    facts["grounds"] = sorted({one.ground for one in censored or unclear})
    seen = (witness(page.view.comments, item=page.id),)
    if censored:
        yield Verdict(Outcome.NOT_MET, _CENSORED, facts, _logs(censored), _RESTORE)
    elif grounded.bare:
        yield grounded.failed(page)
    elif unclear:
        yield Verdict(Outcome.UNKNOWN, _UNCLEAR, facts, _logs(unclear), _DECIDE_REMOVAL)
    elif grounded.doubtful:
        yield grounded.undecided(page)
    elif gone:
        yield Verdict(Outcome.UNKNOWN, _UNLOGGED, facts, seen, _NOTE)
    elif perhaps:
        yield Verdict(Outcome.UNKNOWN, _WHICH, facts, seen, _SAY_WHICH)
    elif page.view.bans.complete and page.view.comments.complete:
        yield Verdict(Outcome.MET, _PROTECTED, facts, (witness(page.view.bans, item=page.id),))
    else:
        yield unseen(_REMOVALS, page.view.comments if page.view.bans.complete else page.view.bans)


def _unlogged(case: Case, page: Page) -> tuple[int, int]:
    """Comments that the network shows as deleted: those that no log knows, and those that a record is perhaps of.

    Who deleted them cannot be told.
    """
    logged = grouped(case.removals_of.get(page.id, ()), lambda one: one.item)
    gone = [one for one in page.view.comments.value or () if one.deleted]
    told = [{tells_of(known, one) for known in logged.get(one.id, ())} for one in gone]
    perhaps = sum(None in one and True not in one for one in told)
    return sum(not one & {True, None} for one in told), perhaps


def _users(bans: Sequence[Ban]) -> list[str]:
    return [one.name or one.user_id for one in bans]


def _of_bans(page: Page, bans: Sequence[Ban]) -> tuple[Evidence, ...]:
    view = page.view.bans
    return tuple(
        Evidence(Means.NETWORK, view.at, view.through, item=one.user_id, quote=one.reason or "") for one in bans[:20]
    )


def _logs(removals: Sequence[Removal]) -> tuple[Evidence, ...]:
    return tuple(Evidence(Means.LOG, one.at, one.by or "", one.url, one.item, one.text[:300]) for one in removals[:20])
