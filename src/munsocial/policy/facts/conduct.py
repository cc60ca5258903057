"""Whether a text holds the page's rules of conduct: those on ice, in the forest or at school are no rules of a page.

The words after "rules" are read in turn to the end of their clause. Some mean a page whatever stands around them
(comments, subscribers, a community), some mean other things as well (a group, a channel, a discussion): these count
where they are called ours, or where nothing foreign follows. The first word of another thing ends the search.
"""

from __future__ import annotations

import re

__all__ = ["has_rules"]

_RULES = re.compile(r"\bправил(?:а|ам|ами|ах)?\s+(?=[а-яё])", re.IGNORECASE)
_LONGEST = 160  # characters of a clause: rules have no longer names
# A line that goes on in small letters goes on with the clause.
_END = re.compile(r"[.!?:;,|«»“”\"]|\s[-–—]\s|\n(?!\s*[а-яё])")
_TOLD = re.compile(r"(?::|\s[-–—]\s|\n)\s*\S")
_WORD = re.compile(r"[а-яёa-z0-9]+")

_PAGE = re.compile(
    r"комментари|комментиров|модераци|(?:гос)?сообществ|(?:гос)?страни[цч]|(?:гос)?паблик|аккаунт|подписчик|соцсет"
    r"|чат(?:а|е|ах|ы|ов)?$|телеграм|telegram$|вконтакте$|одноклассник|вк$|vk$"
)
_AMBIGUOUS = re.compile(r"групп|канал|обсуждени")
_OURS = re.compile(
    r"наш|эт(?:ой|ого|ом|их)$|данн|официальн|открыт|закрыт|интернет$|онлайн$|телеграм$|telegram$|вк$|vk$"
)
_OF_OURS = re.compile(
    r"администраци|район|округ|поселени|муниципал|участник|подписчик|пользовател|вк$|vk$|вконтакте|и$"
)
_ACT = re.compile(r"поведени|общени")
_TALK = re.compile(r"общени")
_MEMBERS = re.compile(r"пользовател|участник")
_OTHERS = re.compile(r"посетител|граждан|жител|люд")
_JOINING = frozenset({"в", "во", "на", "под", "при", "для", "между", "время"})
_ADJECTIVE = re.compile(r"[а-яё]{3,}(?:ой|ей|ого|его|ом|ем|ых|их)$")
_SAYS_RULES = re.compile(
    r"\b(?:мата?\b|нецензур|оскорб|брань\b|брани\b|спам|флуд|реклам|комментари|модератор|подписчик)", re.IGNORECASE
)


def has_rules(text: str, *, own: bool) -> bool:
    """Tell whether a text holds rules of conduct; ``own``: it is what the page says of itself, so less must be said."""
    return any(_holds(text[found.end() : found.end() + _LONGEST], own=own) for found in _RULES.finditer(text))


def _holds(after: str, *, own: bool) -> bool:
    end = _END.search(after)
    clause, rest = (after[: end.start()], after[end.start() :]) if end else (after, "")
    words = _WORD.findall(clause.casefold())
    of_conduct = bool(words) and _ACT.match(words[0]) is not None
    named = _page_is_named(words[1:] if of_conduct else words, _JOINING if of_conduct else frozenset({"для"}))
    if named is not None or not of_conduct:
        return named is True
    # Nobody says where. Rules of talking are a page's; those of conduct have to be told here, and be of a page.
    if _TALK.match(words[0]):
        return True
    return _TOLD.match(rest) is not None and (own or _SAYS_RULES.search(rest) is not None)


def _page_is_named(words: list[str], joining: frozenset[str]) -> bool | None:
    """Tell whether the first thing named is a page; None where nothing is named but people of a page."""
    nowhere: bool | None = None
    ours, foreign = False, False
    for n, word in enumerate(words):
        before = words[n - 1] if n else ""
        social = word.startswith("сет") and before.startswith("социальн")
        if _OURS.match(word) and n + 1 < len(words):
            ours = True
        elif _PAGE.match(word) or social or (word.startswith("запис") and before == "под"):
            return True
        elif _AMBIGUOUS.match(word):
            following = words[n + 1] if n + 1 < len(words) else "и"
            return not foreign and (ours or _OF_OURS.match(following) is not None)
        elif word in joining or _OTHERS.match(word):
            nowhere = False  # "in", and nothing after it; visitors, who may be those of a library
        elif _ADJECTIVE.match(word):
            nowhere, foreign = False, True
        elif not (_MEMBERS.match(word) or _ACT.match(word) or (word in ("и", "или") and n + 1 < len(words))):
            return False
    return nowhere
