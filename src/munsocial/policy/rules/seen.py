"""Evidence of what was seen, and verdicts on what was not: with the reason, never as if it were absent."""

from __future__ import annotations

from typing import Any

from munsocial.model.snapshot import Missing, Observed, Why
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["reason", "unseen", "witness"]

_REASONS = {
    Why.NOT_ASKED: Text("не запрашивалось", "was not asked for"),
    Why.ABSENT: Text("сеть этого не показывает", "the network does not show it"),
    Why.NO_KEY: Text("нет ключа", "there is no key"),
    Why.KEY_INVALID: Text("ключ не действует", "the key is not valid"),
    Why.NO_RIGHT: Text("у ключа нет права", "the key has no right"),
    Why.CLOSED: Text("страница закрыта", "the page is closed"),
    Why.NOT_FOUND: Text("страница не найдена", "the page was not found"),
    Why.BLOCKED: Text("страница заблокирована сетью", "the page is blocked by the network"),
    Why.UNREACHABLE: Text("сеть не ответила", "the network did not answer"),
    Why.UNREADABLE: Text("ответ сети не разобран", "the answer could not be read"),
    Why.RESTRICTED: Text("сеть ограничена законом", "the network is restricted by law"),
    Why.QUOTA: Text("исчерпан лимит запросов", "the quota of calls is spent"),
    Why.HUMAN_CHECK: Text("сеть требует проверки человеком", "the network wants a human check"),
    Why.NO_ADAPTER: Text("для сети нет адаптера", "there is no adapter for the network"),
    Why.OVER_BUDGET: Text("не хватило отведённых запросов", "the budget of calls was spent"),
}
_NOTHING = Text("данных нет", "there is no data")
_HIDDEN = Text("сеть с этим ключом этого не показывает", "the network does not show it to this key")
_UNSEEN = Text("Не видно: {what} ({reason}).", "Not seen: {what} ({reason}).")
_LOOK = Text(
    "Соберите снимок с нужным ключом или подтвердите факт.", "Collect with the key needed, or attest the fact."
)


def reason(missing: Missing | None) -> Text:
    """Why something was not seen, as a part of a sentence."""
    if missing is None:
        return _NOTHING
    # "Was not asked for" is also the default of a view: its short form fits into a sentence.
    if missing.ru and missing.why is not Why.NOT_ASKED:
        return Text(missing.ru.rstrip("."), (missing.en or missing.ru).rstrip("."))
    return _REASONS[missing.why]


def unseen(what: Text, observed: Observed[Any], **facts: Any) -> Verdict:
    """Say that a demand cannot be judged because something was not seen."""
    missing = observed.missing or next(iter(observed.gaps), None)
    # The thing itself was seen, this part of it was not among what came.
    hidden = missing is None and observed.value is not None
    why = str(missing.why) if missing else "not_shown" if hidden else "no_data"
    told = {"what": what, "reason": _HIDDEN if hidden else reason(missing), "why": why, **facts}
    return Verdict(Outcome.UNKNOWN, _UNSEEN, told, (witness(observed),), _LOOK)


def witness(observed: Observed[Any], *, link: str = "", item: str = "", quote: str = "") -> Evidence:
    """Evidence that something was looked at through a network."""
    return Evidence(Means.NETWORK, observed.at, observed.through, link or "", item, quote)
