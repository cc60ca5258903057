"""Saying in words what pydantic found wrong in a record: place, mistake, remedy. Values are never repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic_core import PydanticCustomError

from munsocial.errors import Problem
from munsocial.model.checking.meanings import MEANINGS, NETWORK_NAMES, word_for
from munsocial.model.checking.secretlike import SECRET_NAMES, shown
from munsocial.wording import Text, join_texts, maybe

__all__ = [
    "DATE_FIX",
    "FLAG_FIX",
    "FLAG_NEEDED",
    "MOMENT_FIX",
    "UNKNOWN",
    "meant",
    "place_of",
    "problem_of",
    "unfit",
    "unknown_name",
]

Details = Mapping[str, Any]

UNKNOWN = "extra_forbidden"

_FIX = Text("Исправьте значение.", "Correct the value.")
_DATE = Text("дата не читается.", "the date cannot be read.")
DATE_FIX = Text("Напишите дату как 2026-02-01.", "Write a date as 2026-02-01.")
MOMENT_FIX = Text("Напишите момент как 2026-02-01T10:00:00+03:00.", "Write a moment as 2026-02-01T10:00:00+03:00.")
FLAG_NEEDED = Text("нужно «да» или «нет» (true или false).", "true or false is needed.")
FLAG_FIX = Text("Напишите true или false.", "Write true or false.")
_REMOVE = Text("Уберите его.", "Remove it.")
_WHOLE = Text("нужно целое число.", "a whole number is needed.")
_NUMBER = Text("нужно число.", "a number is needed.")
_DIGITS = Text("Напишите его цифрами без кавычек.", "Write it in digits, without quotes.")
_QUOTES = Text("Возьмите значение в кавычки.", "Put the value in quotes.")

_SAYINGS: dict[str, tuple[Text, Text]] = {
    "missing": (
        Text("обязательное поле не заполнено.", "a required field is not filled in."),
        Text("Допишите его.", "Add it."),
    ),
    "string_type": (Text("нужен текст.", "a text is needed."), _QUOTES),
    "path_type": (Text("нужен путь к файлу.", "a path of a file is needed."), _QUOTES),
    "string_unicode": (Text("текст повреждён.", "the text is damaged."), _FIX),
    "bool_parsing": (FLAG_NEEDED, FLAG_FIX),
    "bool_type": (FLAG_NEEDED, FLAG_FIX),
    "tuple_type": (
        Text("нужен список.", "a list is needed."),
        Text('Напишите его в квадратных скобках: ["одно", "другое"].', 'Write it in brackets: ["one", "two"].'),
    ),
    "dict_type": (
        Text("нужна таблица «имя = значение».", "a table of name = value is needed."),
        Text('Напишите её в фигурных скобках: {имя = "значение"}.', 'Write it in braces: {name = "value"}.'),
    ),
    "model_type": (
        Text("нужна запись с полями.", "a record with fields is needed."),
        Text("Таблицы пишутся как [[имя]], запись - как {поле = значение}.", "Write tables as [[name]]."),
    ),
    "timezone_aware": (
        Text("момент без часового пояса.", "a moment without a time zone."),
        MOMENT_FIX,
    ),
    "date_from_datetime_inexact": (Text("здесь нужен день без времени.", "a day without a time is needed."), DATE_FIX),
    "int_type": (_WHOLE, _DIGITS),
    "int_parsing": (_WHOLE, _DIGITS),
    "int_from_float": (_WHOLE, _DIGITS),
    "float_type": (_NUMBER, _DIGITS),
    "float_parsing": (_NUMBER, _DIGITS),
    "too_short": (
        Text("список пуст.", "the list is empty."),
        Text("Назовите хотя бы одно.", "Name one at least."),
    ),
    "string_too_short": (Text("значение пустое.", "the value is empty."), Text("Заполните его.", "Fill it in.")),
}


def problem_of(error: Details, table: str, record: str, names: Iterable[str] = ()) -> Problem:
    """Turn one entry of ``ValidationError.errors()`` into a problem; ``names`` are the fields that are known there."""
    # A validator of the whole record has no place of its own.
    place = place_of(error["loc"]) or error.get("ctx", {}).get("field", "")
    what, remedy = _said(error, names)
    return Problem(table, record, place, what, remedy)


def unfit(field: str, what: Text, remedy: Text) -> PydanticCustomError:
    """Return what a validator of ours raises: the words come out as they are, at the field that it names."""
    return PydanticCustomError(_UNFIT, "{said}", {"field": field, "what": what, "remedy": remedy, "said": what.en})


def place_of(loc: Iterable[int | str]) -> str:
    """Return a path inside a record for people: ``handles[2].handle``, counted from 1."""
    path = ""
    for part in loc:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{shown(part)}"
    return path.lstrip(".")


def unknown_name(name: str, known: Iterable[str]) -> Text:
    """Return what to do about a name that nobody knows: the nearest known ones, or all of them."""
    if name.casefold() in SECRET_NAMES:
        return Text(
            "Секретам здесь не место: удалите значение, в credentials.secret напишите ссылку env:, keyring: или file:.",
            "Secrets are not kept here: remove the value and write env:, keyring: or file: in credentials.secret.",
        )
    known = sorted(known)
    everything = Text(f"Известны: {', '.join(known)}.", f"Known: {', '.join(known)}.") if known else _REMOVE
    return meant(name, known, everything)


def meant(name: str, known: Iterable[str], otherwise: Text) -> Text:
    """Return which known names a mistyped one may stand for, or what to say when it is near none."""
    spelled = {one.casefold(): one for one in known}
    near = [spelled[one] for one in get_close_matches(name.strip().casefold(), spelled, n=2, cutoff=0.6)]
    return maybe(*near) if near else otherwise


def _said(error: Details, names: Iterable[str]) -> tuple[Text, Text]:
    kind = str(error["type"])
    if kind == UNKNOWN:
        return Text("такого поля нет.", "there is no such field."), unknown_name(str(error["loc"][-1]), names)
    if kind in _SAYINGS:
        return _SAYINGS[kind]
    if kind.startswith("date") and not kind.startswith("datetime"):
        return _DATE, DATE_FIX
    if kind.startswith(("datetime", "timezone")):
        return Text("момент не читается.", "the moment cannot be read."), MOMENT_FIX
    special = _SPECIAL.get(kind)
    if special is not None:
        return special(error)
    message = str(error["msg"])
    return Text(f"значение не подходит ({message}).", f"the value does not fit ({message})."), _FIX


def _enumerated(error: Details) -> tuple[Text, Text]:
    expected = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
    words = expected.split(", ")
    in_russian = ", ".join(f"{one} ({MEANINGS[one]})" if one in MEANINGS else one for one in words)
    allowed = Text(f"Можно: {in_russian}.", f"Allowed: {expected}.")
    given = error.get("input")  # of snapshots the values are not told
    what = Text("такого слова здесь нет.", "no such word here.")
    if isinstance(given, str):
        near = [one for one in (word_for(given),) if one in words] or get_close_matches(given, words, n=1, cutoff=0.6)
        what = Text(f"слова «{shown(given)}» здесь нет.", f"there is no word '{shown(given)}' here.")
        if near:
            return what, join_texts(" ", (maybe(near[0]), allowed))
    return what, allowed


def _pattern(error: Details) -> tuple[Text, Text]:
    signs = Text(
        "Только строчные латинские буквы, цифры, точка, дефис и подчёркивание, до 80 знаков.",
        "Only Latin lower-case letters, digits, dot, dash and underscore, at most 80.",
    )
    near = _as_id(error)
    if near:
        signs = join_texts(" ", (maybe(near), signs))
    return Text("это не годится как id.", "this cannot be an id."), signs


def _as_id(error: Details) -> str:
    """Return the id that was meant by a Russian name of a network, or by capitals and blanks; "" when it is unclear."""
    given = str(error.get("input", ""))
    if error["loc"][-1:] == ("network",) and (network := word_for(given)) in NETWORK_NAMES:
        return network
    lowered = given.strip().casefold()
    fits = re.fullmatch(str(error["ctx"]["pattern"]), lowered)
    return lowered if fits and shown(given) == given and shown(lowered) == lowered else ""


def _long(error: Details) -> tuple[Text, Text]:
    most = error["ctx"]["max_length"]
    return (
        Text(f"длиннее {most} знаков.", f"longer than {most} characters."),
        Text("Сократите текст.", "Shorten the text."),
    )


def _bounded(error: Details) -> tuple[Text, Text]:
    least, most, above = (error["ctx"].get(name) for name in ("ge", "le", "gt"))
    if above is not None:
        return (
            Text(f"число не больше {above}.", f"the number is not more than {above}."),
            Text(f"Нужно больше {above}.", f"More than {above} is needed."),
        )
    if least is not None:
        return (
            Text(f"число меньше {least}.", f"the number is less than {least}."),
            Text(f"Нужно не меньше {least}.", f"At least {least} is needed."),
        )
    return (
        Text(f"число больше {most}.", f"the number is more than {most}."),
        Text(f"Нужно не больше {most}.", f"At most {most} is needed."),
    )


_OWN: dict[str, tuple[Text, Text]] = {
    "not a phone number": (
        Text("это не номер телефона.", "this is not a phone number."),
        Text("Напишите его как +7 86163 2-00-00.", "Write it as +7 86163 2-00-00."),
    ),
    "not a possible phone number: wrong count of digits": (
        Text("в номере телефона не столько цифр.", "the phone number has a wrong count of digits."),
        Text("Напишите его как +7 86163 2-00-00.", "Write it as +7 86163 2-00-00."),
    ),
    "not a Russian word": (
        Text("это не русское слово.", "this is not a Russian word."),
        Text(
            "Напишите его русскими буквами; «~» в конце значит любое окончание.",
            "Write it in Russian letters; «~» at the end stands for any ending.",
        ),
    ),
    "fewer than three letters": (
        Text("в слове меньше трёх букв: оно нашлось бы где угодно.", "the word has fewer than three letters."),
        Text(
            "Напишите слово целиком, а короткую фамилию вместе с именем.",
            "Write the whole word; a short surname together with the first name.",
        ),
    ),
    "not a reference: write env:NAME, keyring:SERVICE:USER or file:PATH, never the secret itself": (
        Text("это не ссылка на секрет.", "this is not a reference to a secret."),
        Text(
            "Напишите env:ИМЯ, keyring:СЛУЖБА:ПОЛЬЗОВАТЕЛЬ или file:ПУТЬ и смените секрет, если он здесь стоял.",
            "Write env:NAME, keyring:SERVICE:USER or file:PATH, and rotate the secret if it stood here.",
        ),
    ),
}


def _valued(error: Details) -> tuple[Text, Text]:
    reason = str(error["msg"]).removeprefix("Value error, ")
    if reason in _OWN:
        return _OWN[reason]
    if "outside the calendar" in reason:
        return Text("такого момента нет в календаре.", "there is no such moment in the calendar."), MOMENT_FIX
    if "time zone" in reason:
        return (
            Text("такого часового пояса нет.", "there is no such time zone."),
            Text("Напишите имя вида Europe/Moscow.", "Write a name like Europe/Moscow."),
        )
    return Text(f"значение не подходит ({reason}).", f"the value does not fit ({reason})."), _FIX


def _unfit(error: Details) -> tuple[Text, Text]:
    return error["ctx"]["what"], error["ctx"]["remedy"]


_UNFIT = "unfit"
_SPECIAL: dict[str, Callable[[Details], tuple[Text, Text]]] = {
    _UNFIT: _unfit,
    "enum": _enumerated,
    "literal_error": _enumerated,
    "string_pattern_mismatch": _pattern,
    "string_too_long": _long,
    "value_error": _valued,
    "greater_than": _bounded,
    "greater_than_equal": _bounded,
    "less_than_equal": _bounded,
}
