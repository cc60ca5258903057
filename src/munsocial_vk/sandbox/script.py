"""VKScript as ``execute`` runs it: a small language read into closures, each run bounded in steps and in size.

What its page names is here: ``var``, ``if``, ``while``, arithmetic, texts and lists with their methods, ``parseInt``,
columns (``items@.id``), ``Args``, calls of the API. There are no functions and no ``for``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from munsocial_vk.sandbox.tokens import ScriptError, tokens
from munsocial_vk.sandbox.values import METHODS, add, as_integer, is_equal, is_true, number, property_of

__all__ = ["ScriptError", "ScriptFailure", "calls_of", "run_script"]

_STEPS = 5000
"""VK speaks of about a thousand operations, without saying what counts as one; ours are smaller."""
_CONSTANTS = {"true": True, "false": False, "null": None}
_BINARY = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_PARSERS = {"parseInt": as_integer, "parseDouble": number}


class ScriptFailure(RuntimeError):
    """The script failed while it ran."""


class _Return(Exception):
    def __init__(self, value: Any) -> None:
        super().__init__()
        self.value = value


@dataclass
class _Run:
    """One run: variables, arguments, the API, and how many steps are left."""

    call: Callable[[str, dict[str, Any]], Any]
    arguments: Mapping[str, Any]
    names: dict[str, Any] = field(default_factory=dict)
    left: int = _STEPS

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise ScriptFailure("Too many operations")


Do = Callable[[_Run], Any]


def run_script(
    code: str, call: Callable[[str, dict[str, Any]], Any], arguments: Mapping[str, Any] | None = None
) -> Any:
    """Run a script and return its value, None without one; ``call`` makes a call of the API.

    Raises:
        ScriptError: it does not compile. ScriptFailure: it takes too many steps, or does what cannot be done.
    """
    try:
        program = _Parser(code).program()
    except RecursionError:
        raise ScriptError("it is nested too deeply") from None
    run = _Run(call, arguments or {})
    try:
        for statement in program:
            statement(run)
    except _Return as ended:
        return ended.value
    except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, RecursionError) as error:
        raise ScriptFailure(str(error) or type(error).__name__) from None
    return None


def calls_of(code: str) -> list[tuple[str, dict[str, Any]]]:
    """Return methods with their parameters in the order in which a script calls them; each call gives null."""
    calls: list[tuple[str, dict[str, Any]]] = []
    run_script(code, lambda method, params: calls.append((method, params)))
    return calls


class _Parser:
    """From text to closures, by descent."""

    def __init__(self, code: str) -> None:
        self.tokens = list(tokens(code))
        self.place = 0

    def is_next(self, *signs: str) -> bool:
        kind, text = self.tokens[self.place]
        return kind in ("sign", "name") and text in signs

    def take(self, *signs: str) -> str | None:
        if not self.is_next(*signs):
            return None
        self.place += 1
        return str(self.tokens[self.place - 1][1])

    def need(self, sign: str) -> None:
        if self.take(sign) is None:
            raise ScriptError(f"'{sign}' expected before '{self.tokens[self.place][1]}'")

    def name(self) -> str:
        kind, text = self.tokens[self.place]
        if kind != "name":
            raise ScriptError(f"a name expected before '{text}'")
        self.place += 1
        return str(text)

    def program(self) -> list[Do]:
        statements = []
        while self.tokens[self.place][0] != "end":
            statements.append(self.statement())
        if not statements:
            raise ScriptError("there is no code")
        return statements

    # Statements

    def statement(self) -> Do:
        if self.take("{"):
            inner = []
            while not self.take("}"):
                inner.append(self.statement())
            return lambda run: [one(run) for one in inner]
        if self.take("if"):
            return self._if()
        if self.take("while"):
            return self._while()
        return self._simple()

    def _condition(self) -> Do:
        self.need("(")
        asked = self.expression()
        self.need(")")
        return asked

    def _if(self) -> Do:
        asked, then = self._condition(), self.statement()
        other = self.statement() if self.take("else") else None
        return lambda run: then(run) if is_true(asked(run)) else other(run) if other else None

    def _while(self) -> Do:
        asked, body = self._condition(), self.statement()

        def loop(run: _Run) -> None:
            while is_true(asked(run)):
                run.step()
                body(run)

        return loop

    def _simple(self) -> Do:
        if self.take("var"):
            made = self._variables()
        elif self.take("return"):
            value = (lambda run: None) if self.is_next(";") else self.expression()
            made = lambda run: _leave(value(run))  # noqa: E731
        elif self.take(";"):
            return lambda run: None
        else:
            made = self._assignment()
        if self.tokens[self.place][0] != "end":
            self.need(";")
        return made

    def _variables(self) -> Do:
        given: list[tuple[str, Do | None]] = []
        while True:
            name = self.name()
            given.append((name, self.expression() if self.take("=") else None))
            if not self.take(","):
                break

        def declare(run: _Run) -> None:
            for name, value in given:
                run.names[name] = value(run) if value else None

        return declare

    def _assignment(self) -> Do:
        start = self.place
        value = self.expression()
        sign = self.take("=", "+=", "-=", "*=", "/=", "%=")
        if sign is None:
            return value
        put = self._target(start, self.place - 1)
        new = self.expression()
        if sign != "=":
            old, right = value, new
            new = lambda run: _OPERATORS[sign[0]](old(run), right(run))  # noqa: E731
        return lambda run: put(run, new(run))

    def _target(self, start: int, end: int) -> Callable[[_Run, Any], None]:
        """Return what puts a value where an expression between two tokens stands: ``name`` or ``thing.name``."""
        tokens = self.tokens[start:end]
        if len(tokens) == 1 and tokens[0][0] == "name":
            name = str(tokens[0][1])
            return lambda run, value: run.names.__setitem__(name, value)
        if len(tokens) == 3 and [kind for kind, _ in tokens] == ["name", "sign", "name"] and tokens[1][1] == ".":
            thing, key = str(tokens[0][1]), str(tokens[2][1])
            return lambda run, value: run.names[thing].__setitem__(key, value)
        raise ScriptError("this cannot be given a value")

    # Expressions

    def expression(self) -> Do:
        asked = self._binary(0)
        if self.take("?") is None:
            return asked
        then = self.expression()
        self.need(":")
        other = self.expression()
        return lambda run: then(run) if is_true(asked(run)) else other(run)

    def _binary(self, level: int) -> Do:
        if level == len(_BINARY):
            return self._unary()
        left = self._binary(level + 1)
        while (sign := self.take(*_BINARY[level])) is not None:
            left = _joined(sign, left, self._binary(level + 1))
        return left

    def _unary(self) -> Do:
        if self.take("!"):
            inner = self._unary()
            return lambda run: not is_true(inner(run))
        if self.take("-"):
            negated = self._unary()
            return lambda run: -number(negated(run))
        return self._postfix(self._primary())

    def _postfix(self, thing: Do) -> Do:
        while (sign := self.take(".", "@.", "[")) is not None:
            if sign == "[":
                thing = _indexed(thing, self.expression())
                self.need("]")
                continue
            name = self.name()
            if sign == "@.":
                thing = _column(thing, name)
            elif self.take("("):
                thing = _method(thing, name, self._list(")"))
            else:
                thing = _indexed(thing, lambda run, name=name: name)  # type: ignore[misc]  # bound now
        return thing

    def _primary(self) -> Do:
        kind, text = self.tokens[self.place]
        self.place += 1
        if kind == "value":
            return lambda run: text
        if kind == "name":
            return self._named(str(text))
        if text == "(":
            inner = self.expression()
            self.need(")")
            return inner
        if text == "[":
            items = self._list("]")
            return lambda run: [one(run) for one in items]
        if text == "{":
            return self._table()
        raise ScriptError(f"unexpected '{text}'")

    def _named(self, name: str) -> Do:
        if name in _CONSTANTS:
            return lambda run: _CONSTANTS[name]
        if name == "API":
            return self._call()
        if name == "Args":
            return lambda run: run.arguments
        if name in _PARSERS:
            self.need("(")
            values = self._list(")")
            return lambda run: _PARSERS[name](values[0](run))
        return lambda run: run.names.get(name)

    def _call(self) -> Do:
        self.need(".")
        section = self.name()
        self.need(".")
        method = f"{section}.{self.name()}"
        self.need("(")
        given = self._list(")")

        def call(run: _Run) -> Any:
            run.step()
            params = given[0](run) if given else {}
            if not isinstance(params, dict):
                raise ScriptFailure("parameters have to be an object")
            return run.call(method, dict(params))

        return call

    def _list(self, end: str) -> list[Do]:
        items: list[Do] = []
        while not self.take(end):
            items.append(self.expression())
            if not self.is_next(end):
                self.need(",")
        return items

    def _table(self) -> Do:
        pairs: list[tuple[str, Do]] = []
        while not self.take("}"):
            kind, key = self.tokens[self.place]
            if kind not in ("name", "value"):
                raise ScriptError(f"a name expected before '{key}'")
            self.place += 1
            self.need(":")
            pairs.append((str(key), self.expression()))
            if not self.is_next("}"):
                self.need(",")
        return lambda run: {key: value(run) for key, value in pairs}


def _leave(value: Any) -> None:
    raise _Return(value)


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "+": add,
    "-": lambda a, b: number(a) - number(b),
    "*": lambda a, b: number(a) * number(b),
    "/": lambda a, b: number(a) / number(b),
    "%": lambda a, b: number(a) % number(b),
    "==": is_equal,
    "!=": lambda a, b: not is_equal(a, b),
    "<": lambda a, b: number(a) < number(b),
    ">": lambda a, b: number(a) > number(b),
    "<=": lambda a, b: number(a) <= number(b),
    ">=": lambda a, b: number(a) >= number(b),
}


def _joined(sign: str, left: Do, right: Do) -> Do:
    if sign == "&&":
        return lambda run: right(run) if is_true(value := left(run)) else value
    if sign == "||":
        return lambda run: value if is_true(value := left(run)) else right(run)

    def join(run: _Run) -> Any:
        run.step()
        return _OPERATORS[sign](left(run), right(run))

    return join


def _indexed(thing: Do, key: Do) -> Do:
    return lambda run: property_of(thing(run), key(run))


def _column(thing: Do, name: str) -> Do:
    return lambda run: [property_of(one, name) for one in thing(run) or ()]


def _method(thing: Do, name: str, given: list[Do]) -> Do:
    if name not in METHODS:
        raise ScriptError(f"there is no method '{name}'")

    def act(run: _Run) -> Any:
        run.step()
        return METHODS[name](thing(run), *[one(run) for one in given])

    return act
