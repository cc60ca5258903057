"""The language of templates of answers: jinja2 in its sandbox, cut down to what an answer needs.

Names, conditions, short loops, a few filters. No attributes, no arithmetic on texts, no macros, nothing that calls
itself: whatever is written, rendering ends soon and makes no more than a long letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import do_round
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from munsocial.wording import Text

__all__ = ["LONGEST", "TemplateFailed", "rendered"]

LONGEST = 10_000
"""Signs of an answer."""
_SOURCE = 50_000
_LARGEST = 100_000
"""Signs of any text on the way."""
_ROUNDS = 1_000
"""Rounds of all loops together."""
_DIGITS = 15
"""To which numbers are rounded: a power of ten with a billion noughts is never ready."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.NSRef, nodes.Const, nodes.If, nodes.CondExpr,
    nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test, nodes.Call, nodes.Getitem,
    nodes.Getattr, nodes.Slice, nodes.Concat, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod,
    nodes.Neg, nodes.Pos, nodes.Assign, nodes.For, nodes.List, nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_FILTERS = (
    "abs", "capitalize", "count", "d", "default", "first", "float", "int", "join", "last", "length", "list", "lower",
    "replace", "reverse", "round", "sort", "string", "title", "trim", "truncate", "unique", "upper", "wordcount",
)  # fmt: skip
_LOOP = frozenset({"first", "index", "index0", "last", "length"})
_METHODS = frozenset({"capitalize", "endswith", "lower", "startswith", "strip", "title", "upper"})

_NOT_HERE = Text("в шаблонах нет «{what}»", "templates have no {what}")
_NO_NAME = Text("нет значения «{name}»", "there is no value {name!r}")
_EMPTY = Text("получился пустой текст", "the text came out empty")
_NO_PART = Text("у значения нет части «{name}»", "the value has no part {name!r}")
_SYNTAX = Text("ошибка разметки в строке {line} ({cause})", "a slip of syntax in line {line} ({cause})")
_FAILED = Text("ошибка при подстановке ({cause})", "it failed while being filled ({cause})")
_TOO_LONG = Text("текст длиннее {limit} знаков", "the text is over {limit} signs")
_TOO_MUCH = Text("слишком много повторений или слишком длинный текст", "too many rounds, or a text too long")
_BIG = Text("шаблон длиннее {limit} знаков", "the template is over {limit} signs")


class TemplateFailed(Exception):
    """A template did not work; ``why`` is for a person."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


class _Refused(SecurityError):
    """Something that is not in the language."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.en)
        self.why = why


def rendered(source: str, facts: dict[str, Any]) -> str:
    """Return the text that a template makes of facts, without blanks around it.

    Raises:
        TemplateFailed: it names what is not there, has a slip, uses what is not in the language, makes nothing, or too
            much.
    """
    if len(source) > _SOURCE:
        raise TemplateFailed(_BIG.fill(limit=_SOURCE))
    try:
        parts, length = [], 0
        for part in _Language().from_string(source).generate(**facts):
            length += len(part)
            if length > _LARGEST:
                raise _Refused(_TOO_MUCH)
            parts.append(part)
    except Exception as error:  # noqa: BLE001 - a template makes jinja2 raise whatever Python knows
        raise TemplateFailed(_told(error)) from None
    text = "".join(parts).strip()
    if not text:
        raise TemplateFailed(_EMPTY)
    if len(text) > LONGEST:
        raise TemplateFailed(_TOO_LONG.fill(limit=LONGEST))
    return text


def _told(error: Exception) -> Text:
    if isinstance(error, _Refused):
        return error.why
    cause = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, UndefinedError) and (name := re.match(r"'(\w+)' is undefined", cause)):
        return _NO_NAME.fill(name=name[1])
    if isinstance(error, UndefinedError) and (name := re.search(r"no attribute '(\w+)'", cause)):
        return _NO_PART.fill(name=name[1])
    if isinstance(error, TemplateSyntaxError):
        return _SYNTAX.fill(line=error.lineno, cause=cause)
    return _FAILED.fill(cause=cause)


class _Language(ImmutableSandboxedEnvironment):
    """One rendering: its loops share one budget."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})

    def __init__(self) -> None:
        # Plain text goes to a network, not HTML to a browser: what would be escaped for a page must stay as it is.
        super().__init__(
            autoescape=False,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=0,
            finalize=_within,
        )
        self.globals.clear()
        self.filters |= {"replace": _replaced, "join": _joined(self.filters["join"]), "round": _rounded}
        self.filters = {name: _bounded(self.filters[name]) for name in _FILTERS}
        self.filters |= {"_counted": self._counted, "_bounded": _within}
        self._left = _ROUNDS

    def _counted(self, items: Iterable[Any]) -> Iterator[Any]:
        for item in items:
            self._left -= 1
            if self._left < 0:
                raise _Refused(_TOO_MUCH)
            yield item

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _check(tree)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "_counted", [], [], None, None, lineno=loop.lineno)
        for one in tree.find_all(nodes.Assign):
            one.node = nodes.Filter(one.node, "_bounded", [], [], None, None, lineno=one.lineno)
        for row in tree.find_all(nodes.Concat):
            parts = nodes.List(row.nodes, "load", lineno=row.lineno)
            row.nodes = [nodes.Filter(parts, "join", [], [], None, None, lineno=row.lineno)]
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a field of a fact, or one of the few methods of a text: other attributes are not even looked for."""
        if attribute in (_METHODS if isinstance(obj, str) else _LOOP if isinstance(obj, LoopContext) else ()):
            return super().getattr(obj, attribute)
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Read an item; the sandbox would look for an attribute of that name, too."""
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return _within(left + right)
        if operator == "**" or not all(isinstance(one, (int, float)) and abs(one) < 1e15 for one in (left, right)):
            raise _Refused(_NOT_HERE.fill(what=operator))
        return super().call_binop(context, operator, left, right)


def _check(tree: nodes.Template) -> None:
    """Refuse what is not in the language."""
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, _ALLOWED) or (isinstance(node, nodes.For) and node.recursive):
            raise _Refused(_NOT_HERE.fill(what=type(node).__name__.lower()))
        if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
            raise _Refused(_NOT_HERE.fill(what=f"|{node.name}"))


def _within(value: Any) -> Any:
    if _size(value) > _LARGEST:
        raise _Refused(_TOO_MUCH)
    return value


def _size(value: Any) -> int:
    """Count the signs of a text, or of all that a list holds: it may hold one text a thousand times."""
    if isinstance(value, str):
        return len(value)
    size = 1
    for one in value if isinstance(value, (list, tuple)) else ():
        size += _size(one)
        if size > _LARGEST:
            break
    return size


def _bounded(filter_: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(filter_)
    def bounded(*given: Any, **named: Any) -> Any:
        for one in given:
            _within(one)
        return _within(filter_(*given, **named))

    return bounded


def _replaced(text: Any, old: Any, new: Any, count: int | None = None) -> str:
    """Replace as jinja2 does, once it is known how long the text will be: put into itself it may fill the memory."""
    said, old, new = str(text), str(old), str(new)
    times = said.count(old) if count is None or count < 0 else min(count, said.count(old))
    if len(said) + times * len(new) > _LARGEST:
        raise _Refused(_TOO_MUCH)
    return said.replace(old, new, times)


def _joined(join: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(join)
    def joined(context: Any, items: Iterable[Any], between: Any = "", attribute: Any = None) -> Any:
        known = list(items)
        if len(known) * len(str(between)) > _LARGEST:
            raise _Refused(_TOO_MUCH)
        return join(context, _within(known), between, attribute)

    return joined


def _rounded(value: Any, precision: int = 0, method: Any = "common") -> Any:
    if abs(precision) > _DIGITS:
        raise _Refused(_NOT_HERE.fill(what=f"round({precision})"))
    return do_round(value, precision, method)
