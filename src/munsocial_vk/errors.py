"""Errors of VK: from a code to one of ours. The policy is data (``data/errors.toml``).

Errors arrive with status 200, inside the body. The echoed ``request_params`` may hold texts and keys: never kept.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from munsocial import errors
from munsocial.errors import HumanCheckNeeded, NetworkError, NotFound, RequestRefused
from munsocial.wording import Text, printable
from munsocial_vk.wire import ApiError

__all__ = [
    "BatchTooBig",
    "HumanCheck",
    "KeyExpired",
    "Policy",
    "error_of",
    "one_line",
    "policy_of",
    "sentences",
    "tells_gone",
]

# Sub-codes of 15 which mean that the method does not take this kind of key.
_KIND_SUBCODES = frozenset({1133, 1134})
_KIND_WORDS = "no access to call this method"
# How VK words a pack that is too much for one answer (code 13).
_TOO_MUCH = ("response size", "too many operations", "too many api calls")
# Code 214 covers both a missing right and the daily limit of posts; only the text tells.
_DAILY = "a day"
_LONGEST = 300


class BatchTooBig(RequestRefused):
    """A pack whose answer would be too big; it is halved and sent again. Nothing of it was given."""


class KeyExpired(errors.KeyInvalid):
    """A key that a refresh may revive (codes 5 and 1117)."""


class HumanCheck(HumanCheckNeeded):
    """A check, with what VK wants to see again when the call is repeated."""

    seen: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Policy:
    """What one code means: the kind, the class of error, the sentence and the advice."""

    kind: str
    error: type[NetworkError]
    what: Text
    advice: Text


_OURS: dict[str, type[NetworkError]] = {"refresh": KeyExpired, "HumanCheckNeeded": HumanCheck}


@cache
def _policies() -> dict[int, Policy]:
    table = tomllib.loads(resources.files("munsocial_vk").joinpath("data/errors.toml").read_text("utf-8"))
    kinds = {name: _policy(name, row) for name, row in table["kinds"].items()}
    return {code: kinds[kind] for kind, codes in table["codes"].items() for code in codes}


def _policy(name: str, row: dict[str, str]) -> Policy:
    error = _OURS.get(name) or _OURS.get(row["error"]) or getattr(errors, row["error"])
    return Policy(name, error, Text(row["ru"], row["en"]), Text(row["advice_ru"], row["advice_en"]))


_UNKNOWN = Policy(
    "unknown",
    RequestRefused,
    Text("ВКонтакте отказала с незнакомым кодом.", "VK refused with a code that we do not know."),
    Text("Найдите код в описании API.", "Look the code up in the description of the API."),
)


def policy_of(code: int, subcode: int | None = None, text: str = "") -> Policy:
    """Return what a code means; sub-code and text decide where the code alone is ambiguous."""
    table, lower = _policies(), text.casefold()
    if code == 15 and (subcode in _KIND_SUBCODES or _KIND_WORDS in lower):
        return table[27]
    if code == 214 and _DAILY in lower:
        return table[29]
    return table.get(code, _UNKNOWN)


def one_line(text: str) -> str:
    """Return words of VK for a message of ours: one line that commands no terminal, at most 300 characters."""
    return " ".join(printable(text[:_LONGEST]).split())


def sentences(*said: object) -> str:
    """Return what VK says as `one_line` of closed sentences; what is no text is left out.

    Mostly they have no full stop, and an advice of ours comes after them.
    """
    told = (one.strip() for one in said if isinstance(one, str))
    return _closed(one_line(" ".join(_closed(one) for one in told)))


def _closed(text: str) -> str:
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def tells_gone(error: NetworkError) -> bool:
    """Tell whether VK itself says by its code that nothing is there: a page with status 404 is no word of VK."""
    code = error.network_code.partition(".")[0]
    return isinstance(error, NotFound) and code.isdigit() and policy_of(int(code)).error is NotFound


def error_of(answer: ApiError, *, method: str = "") -> NetworkError:
    """Turn an error of the body into ours; its ``network_code`` is ``code`` or ``code.subcode``."""
    code = answer.error_code or 0
    text = sentences(answer.error_msg or answer.error_text, answer.confirmation_text)
    policy = policy_of(code, answer.error_subcode, text)
    kind = policy.error
    if code == 13 and any(words in text.casefold() for words in _TOO_MUCH):
        kind = BatchTooBig
    spelled = f"{code}.{answer.error_subcode}" if answer.error_subcode else str(code)
    what = Text("{what} Код {code}", "{what} Code {code}").fill(
        what=policy.what, code=f"{spelled}: {text}" if text else f"{spelled}."
    )
    facts: dict[str, Any] = {
        "network": "vk",
        "method": method or one_line(answer.method or ""),
        "network_code": spelled,
    }
    if not issubclass(kind, HumanCheck):
        return kind(what, remedy=policy.advice, **facts)
    check = kind(what, remedy=policy.advice, link=_link(answer), resume=_resume(code, answer), **facts)
    check.seen = _seen(answer)
    return check


def _seen(answer: ApiError) -> dict[str, str]:
    given = {"remixstlid": answer.remixstlid} if answer.redirect_uri else {"captcha_sid": answer.captcha_sid}
    return {name: str(value) for name, value in given.items() if value is not None}


def _link(answer: ApiError) -> str:
    link = answer.redirect_uri or answer.captcha_img or ""
    return link if link.startswith("https://") and link.isprintable() and " " not in link else ""


def _resume(code: int, answer: ApiError) -> tuple[str, ...]:
    """Name the parameters which the repetition carries; those that VK gave itself are kept and added."""
    if code == 24:
        return ("confirm",)
    if code not in (14, 3300):
        return ()
    if answer.redirect_uri:
        return ("success_token",) if answer.remixstlid is None else ("success_token", "remixstlid")
    return ("captcha_sid", "captcha_key")
