"""Evidence of what was seen, and verdicts on what was not: with the reason, never as if it were absent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from munsocial.model.snapshot import Missing, Observed, Why
from munsocial.policy.case import Page
from munsocial.policy.verdict import Evidence, Means, Outcome, Verdict
from munsocial.wording import Text

__all__ = ["on_record", "profile_witness", "reason", "remedy", "unseen", "witness"]

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
_LOOK = Text("Соберите новый снимок.", "Collect a new snapshot.")
_BY_A_PERSON = Text(
    "Посмотрите на странице сами и запишите, что увидели.", "Look at the page yourself and note what you saw."
)
_WHAT_TO_DO = {
    Why.NOT_ASKED: Text(
        "Соберите новый снимок. Сообщения и статистику команда collect не читает: запросите их в Python (want=…).",
        "Collect a new snapshot. The command collect reads no messages or statistics: ask for them in Python (want).",
    ),
    Why.ABSENT: _BY_A_PERSON,
    Why.NO_KEY: Text("Добавьте ключ аккаунта в реестр и соберите снимок.", "Enter the key of the account and collect."),
    Why.KEY_INVALID: Text("Получите новый ключ и соберите снимок.", "Get a new key and collect."),
    Why.NO_RIGHT: Text("Выдайте ключу нужное право и соберите снимок.", "Give the key the right and collect."),
    Why.CLOSED: Text("Откройте страницу или добавьте ключ её владельца.", "Open the page, or enter its owner's key."),
    Why.NOT_FOUND: Text("Проверьте адрес страницы в реестре.", "Check the address of the page in the register."),
    Why.BLOCKED: Text("Обратитесь в поддержку сети: страница заблокирована.", "Write to the support of the network."),
    Why.UNREACHABLE: Text("Повторите сбор позже.", "Collect again later."),
    Why.UNREADABLE: Text(
        "Повторите сбор; если не поможет, обновите адаптер.", "Collect again; else update the adapter."
    ),
    Why.RESTRICTED: Text("Не пользуйтесь сетью, пока действует ограничение.", "Do not use the network while it holds."),
    Why.QUOTA: Text("Повторите сбор, когда лимит восстановится.", "Collect again when the quota is renewed."),
    Why.HUMAN_CHECK: Text("Войдите в сеть сами и пройдите проверку.", "Log in yourself and pass the check."),
    Why.NO_ADAPTER: Text("Установите адаптер этой сети.", "Install an adapter for this network."),
    Why.OVER_BUDGET: Text("Повторите сбор с большим запасом запросов.", "Collect again with a bigger budget."),
}


def reason(missing: Missing | None) -> Text:
    """Why something was not seen, as a part of a sentence."""
    if missing is None:
        return _NOTHING
    # "Was not asked for" is also the default of a view: its short form fits into a sentence.
    if missing.ru and missing.why is not Why.NOT_ASKED:
        return Text(_inside(missing.ru), _inside(missing.en or missing.ru))
    return _REASONS[missing.why]


def _inside(sentence: str) -> str:
    """A sentence inside another: its first one, with no full stop, in small letters."""
    inner = " ".join(sentence.split()).partition(". ")[0].rstrip(".")
    return inner[:1].lower() + inner[1:] if inner[1:2].islower() or inner[1:2] == " " else inner


def unseen(what: Text, observed: Observed[Any], **facts: Any) -> Verdict:
    """Say that a demand cannot be judged because something was not seen."""
    missing = observed.missing or next(iter(observed.gaps), None)
    # The thing itself was seen, this part of it was not among what came.
    hidden = missing is None and observed.value is not None
    why = str(missing.why) if missing else "not_shown" if hidden else "no_data"
    told = {"what": what, "reason": _HIDDEN if hidden else reason(missing), "why": why, **facts}
    # What the network said in full stands with the evidence; the sentence takes the short of it.
    place = f"{missing.where}: " if missing and missing.where else ""
    note = Text(place + missing.ru, place + (missing.en or missing.ru)) if missing and missing.ru else None
    evidence = replace(witness(observed), note=note)
    return Verdict(Outcome.UNKNOWN, _UNSEEN, told, (evidence,), _BY_A_PERSON if hidden else remedy(missing))


def remedy(missing: Missing | None) -> Text:
    """What helps to see what was not seen."""
    return _WHAT_TO_DO.get(missing.why, _LOOK) if missing else _LOOK


def witness(observed: Observed[Any], *, link: str = "", item: str = "", quote: str = "") -> Evidence:
    """Evidence that something was looked at through a network."""
    return Evidence(Means.NETWORK, observed.at, observed.through, link, item, quote)


def on_record(*items: str) -> tuple[Evidence, ...]:
    """Evidence by records of the register."""
    return tuple(Evidence(Means.REGISTRY, item=one) for one in items)


def profile_witness(page: Page) -> Evidence:
    """Evidence that the profile of a page was looked at; of one that was not, its record in the register."""
    profile = page.view.profile
    if profile.value is None:
        return Evidence(Means.REGISTRY, item=page.id)
    return witness(profile, link=profile.value.url or "", item=page.id)
