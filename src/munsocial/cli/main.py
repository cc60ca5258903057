"""From arguments to an exit code: language, errors as sentences, no traceback, no half-written file.

Exit codes: 0 all well, 1 violations found, 2 bad input, 3 nothing could be read or done, 130 interrupted by Ctrl-C,
143 ended by the system.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from munsocial.cli.pasting import to_paste
from munsocial.cli.screen import let_go, safe_screen
from munsocial.cli.tongue import language_of, split_language, spoken, translate
from munsocial.errors import InputError, MunsocialError
from munsocial.wording import Lang, Text, printable

__all__ = ["BAD_INPUT", "ENDED", "INTERRUPTED", "NOTHING_DONE", "VIOLATIONS", "main"]

VIOLATIONS, BAD_INPUT, NOTHING_DONE, INTERRUPTED, ENDED = 1, 2, 3, 130, 143

_INTERRUPTED = Text("Прервано.", "Interrupted.")
_NO_LANGUAGE = Text(
    "--lang {chosen}: такого языка нет. Есть ru и en.", "--lang {chosen}: no such language. There are ru and en."
)
_BUG = Text(
    "Внутренняя ошибка: {error}. Это наша недоработка: сообщите о ней, приложив вывод с MUNSOCIAL_DEBUG=1.",
    "Internal error: {error}. This is our fault: please report it with the output under MUNSOCIAL_DEBUG=1.",
)
_MEMORY = Text(
    "Не хватило памяти. Возьмите меньше недель или файл поменьше.",
    "Out of memory. Take fewer weeks or a smaller file.",
)
_UNPRINTED = Text(
    "Вывод не записан: {reason}. Освободите место на диске или направьте вывод в другое место.",
    "The output was not written: {reason}. Free some space or send the output elsewhere.",
)
_LEFT = Text(
    "Чужая часть программы завершила её посреди работы (sys.exit: {code}). Проверьте установленные адаптеры: "
    "munsocial networks.",
    "A stranger's part of the program ended it in the middle (sys.exit: {code}). Check the installed adapters: "
    "munsocial networks.",
)
_NULL = Text("в параметре нулевой байт.", "a null byte in an argument.")
_NO_NULL = Text("Уберите его.", "Remove it.")


class _Ended(KeyboardInterrupt):
    """The system asked us to end: what Ctrl-C undoes is undone in the same way."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    given, chosen = split_language(list(sys.argv[1:] if arguments is None else arguments))
    lang = language_of(chosen, os.environ)
    _make_printable()
    with _ending_cleanly(), safe_screen():
        if chosen is None or spoken(chosen):
            code = _run(given, lang)
        else:
            _tell(_NO_LANGUAGE.fill(chosen=chosen).say(lang))
            code = BAD_INPUT
        code = _flush(code, lang)
    raise SystemExit(code)


def _refuse_null_bytes(arguments: list[str]) -> None:
    """No shell can give one, a program can; some versions of the command-line library look files up by it."""
    for argument in arguments:
        if "\0" in argument:
            raise InputError(_NULL, where=argument.replace("\0", "␀"), remedy=_NO_NULL)


def _run(arguments: list[str], lang: Lang) -> int:
    try:
        _refuse_null_bytes(arguments)
        return _called(arguments, lang)
    except MunsocialError as error:
        _tell(error.say(lang))
        return BAD_INPUT if isinstance(error, InputError) else NOTHING_DONE
    except _Ended:
        _tell(_INTERRUPTED.say(lang))
        return ENDED
    except KeyboardInterrupt:
        _tell(_INTERRUPTED.say(lang))
        return INTERRUPTED
    except BrokenPipeError:
        return stop_printing()
    except SystemExit as end:
        return _left(end, lang)
    except MemoryError:
        _tell(_MEMORY.say(lang))
        return NOTHING_DONE
    except Exception as error:  # noqa: BLE001 - the last border: a person gets a sentence, never a traceback
        return _other(error, lang)


@cache
def _commands(lang: Lang) -> Any:
    """Return the tree of commands in one language; running one leaves nothing in it, so a program makes it once."""
    from munsocial.cli.app import build

    return translate(build(), lang)


def _called(arguments: list[str], lang: Lang) -> int:
    command = _commands(lang)
    # `main` of the library would turn Ctrl-C and closed pipes into its own messages.
    with command.make_context("munsocial", arguments or ["--help"], obj=lang) as context:
        result = command.invoke(context)
    return result if isinstance(result, int) else 0


def _other(error: Exception, lang: Lang) -> int:
    """Tell an error of the command-line library, of the stream that is printed to, or of ours."""
    from munsocial.cli.misuse import told

    # The library has its own tree of errors, which differs between its versions: known by their shape.
    show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
    if callable(show):
        said = told(error, lang)
        _tell(said) if said else show()
        return code if isinstance(code, int) else BAD_INPUT
    if isinstance(code, int):
        return code
    if os.environ.get("MUNSOCIAL_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.filename is None and error.errno is not None:
        # Files are read and written through `munsocial.files`; what is left is the stream that is printed to.
        _tell(_UNPRINTED.fill(reason=error.strerror).say(lang))
        stop_printing()
        return NOTHING_DONE
    _tell(_BUG.fill(error=f"{type(error).__name__}: {error}").say(lang))
    return NOTHING_DONE


def _left(end: SystemExit, lang: Lang) -> int:
    """Tell an end that none of our commands asked for."""
    if isinstance(end.__context__, BrokenPipeError):
        # The library of tables leaves by itself, with a 1 that means violations here, when its reader has gone away.
        return stop_printing()
    _tell(_LEFT.fill(code=end.code).say(lang))
    return NOTHING_DONE


def _tell(line: str) -> None:
    print(printable(to_paste(line)), file=sys.stderr)


def stop_printing() -> int:
    """Stop printing: the reader of a pipe went away (munsocial ... | head), which is no fault of anybody."""
    try:
        let_go(sys.stdout)
    except (OSError, ValueError, AttributeError):
        sys.stdout = None  # a stream without a descriptor: nothing is left to print to
    return 0


def _flush(code: int, lang: Lang) -> int:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        stop_printing()
    except OSError as error:
        stop_printing()
        _tell(_UNPRINTED.fill(reason=error.strerror).say(lang))
        return NOTHING_DONE
    return code


def _make_printable() -> None:
    """Let Russian be printed wherever it goes: a sign that the terminal lacks becomes ``?``, never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        # LANG=C names no letters at all; what stands behind it today reads UTF-8.
        plain = (stream.encoding or "").lower().replace("-", "") in ("ascii", "ansi_x3.41968", "646", "usascii")
        reconfigure(encoding="utf-8" if plain else None, errors="replace")


@contextmanager
def _ending_cleanly() -> Iterator[None]:
    """Let the system's wish to end (SIGTERM, a closed terminal) unwind like Ctrl-C while the command runs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: Any) -> None:
        raise _Ended

    signals = [one for one in (getattr(signal, "SIGTERM", None), getattr(signal, "SIGHUP", None)) if one is not None]
    before = {one: signal.getsignal(one) for one in signals}
    for one, handler in before.items():
        # nohup sets SIGHUP aside on purpose.
        if handler is not signal.SIG_IGN:
            signal.signal(one, end)
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
