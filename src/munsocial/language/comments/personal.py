"""Numbers that belong to a person: bank cards (Luhn), SNILS and INN by their check sums, bank accounts by their class.

Sources: ISO/IEC 7812-1 for cards; the rules of the pension fund for SNILS (sum of digits by place, modulo 101);
the tax service's order for INN (weighted sums modulo 11, twelve digits belong to a person, ten to an organisation);
the plan of accounts of the Bank of Russia for accounts (408 17 and 408 20 current accounts of people, 423 and 426 their
deposits).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from munsocial.language.comments.matcher import Find
from munsocial.language.comments.unmask import View
from munsocial.wording import Text

__all__ = ["finds", "is_card", "is_person_inn", "is_snils"]

_NUMBER = re.compile(rb"(?<![\d.,/-])\d(?:[ -]?\d){10,19}(?![\d-])")
_CARD = Text(ru="номер банковской карты (сходится контрольная сумма)", en="a bank card (its check sum holds)")
_SNILS = Text(ru="СНИЛС (сходится контрольная сумма)", en="an insurance number SNILS (its check sum holds)")
_INN = Text(ru="ИНН человека (сходится контрольная сумма)", en="a person's tax number (its check sums hold)")
_ACCOUNT = Text(ru="банковский счёт человека", en="a person's bank account")
_OF_PEOPLE = ("40817", "40820", "423", "426")
_SNILS_FORM = re.compile(rb"\d{3}-\d{3}-\d{3}[ -]?\d{2}")
_INN_NEAR = "инн".encode("cp1251")
_INN_WEIGHTS = ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8))


def finds(view: View) -> Iterator[Find]:
    """Yield the numbers whose check sums hold; each length is tried for what it may be."""
    for number in _NUMBER.finditer(view.seen):
        kind = _kind(number.group(), view.seen[max(number.start() - 16, 0) : number.start()])
        if kind is not None:
            rule, weight, why = kind
            yield Find("personal_data", rule, weight, why, view, number.start(), number.end())


def _kind(written: bytes, before: bytes) -> tuple[str, float, Text] | None:
    digits = [byte - 48 for byte in written if 48 <= byte <= 57]
    if len(digits) == 16 and is_card(digits):
        return "card", 0.95, _CARD
    if len(digits) == 11 and _SNILS_FORM.fullmatch(written) and is_snils(digits):
        return "snils", 0.95, _SNILS
    if len(digits) == 12 and _INN_NEAR in before and is_person_inn(digits):
        return "inn", 0.95, _INN
    if len(digits) == 20 and "".join(map(str, digits)).startswith(_OF_PEOPLE):
        return "account", 0.93, _ACCOUNT
    return None


def is_card(digits: list[int]) -> bool:
    """Tell whether the digits pass Luhn's check and begin as cards in Russia do (2, 4, 5, 6)."""
    doubled = [
        digit if place % 2 else digit * 2 - 9 * (digit > 4) for place, digit in enumerate(digits, len(digits) % 2)
    ]
    return digits[0] in {2, 4, 5, 6} and sum(doubled) % 10 == 0


def is_snils(digits: list[int]) -> bool:
    """Tell whether the last two of eleven digits are the check number of the first nine."""
    check = sum(digit * (9 - place) for place, digit in enumerate(digits[:9])) % 101
    return check % 100 == digits[9] * 10 + digits[10]


def is_person_inn(digits: list[int]) -> bool:
    """Tell whether both check digits of a twelve-digit INN hold."""
    return all(
        sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 % 10 == digits[len(weights)]
        for weights in _INN_WEIGHTS
    )
