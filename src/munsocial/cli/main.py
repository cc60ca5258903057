"""From arguments to an exit code: language, errors as sentences, no traceback, no half-written file.

Exit codes: 0 all well, 1 violations found, 2 bad input, 3 nothing could be read or done, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from munsocial.cli.tongue import language_of, split_language, translate
from munsocial.errors import InputError, MunsocialError
from munsocial.wording import Lang, Text

__all__ = ["BAD_INPUT", "INTERRUPTED", "NOTHING_DONE", "VIOLATIONS", "main"]

VIOLATIONS, BAD_INPUT, NOTHING_DONE, INTERRUPTED = 1, 2, 3, 130

_INTERRUPTED = Text(
    "Прервано. Прочитанное сохранено; повторите ту же команду, и она продолжит с этого места.",
    "Interrupted. What was read is kept; give the same command again and it goes on from there.",
)
_BUG = Text(
    "Внутренняя ошибка: {error}. Это наша недоработка: сообщите о ней, приложив вывод с MUNSOCIAL_DEBUG=1.",
    "Internal error: {error}. This is our fault: please report it with the output under MUNSOCIAL_DEBUG=1.",
)
_MEMORY = Text("Не хватило памяти.", "Out of memory.")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    given, chosen = split_language(list(sys.argv[1:] if arguments is None else arguments))
    lang = language_of(chosen, os.environ)
    code = _run(given, lang)
    _flush()
    raise SystemExit(code)


def _run(arguments: list[str], lang: Lang) -> int:
    from munsocial.cli.app import build

    try:
        command = translate(build(lang), lang)
        result = command.main(arguments or ["--help"], prog_name="munsocial", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except MunsocialError as error:
        print(error.say(lang), file=sys.stderr)
        return BAD_INPUT if isinstance(error, InputError) else NOTHING_DONE
    except KeyboardInterrupt:
        print(_INTERRUPTED.say(lang), file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away (munsocial ... | head): that is no fault of anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        print(_MEMORY.say(lang), file=sys.stderr)
        return NOTHING_DONE
    except Exception as error:  # noqa: BLE001 - the last border: a person gets a sentence, never a traceback
        return _usage_or_bug(error, lang)


def _usage_or_bug(error: Exception, lang: Lang) -> int:
    # The command-line library has its own tree of errors, which differs between its versions: known by their shape.
    show, code = getattr(error, "show", None), getattr(error, "exit_code", None)
    if callable(show):
        show()
        return code if isinstance(code, int) else BAD_INPUT
    if isinstance(code, int):
        return code
    if type(error).__name__ == "Abort":
        print(_INTERRUPTED.say(lang), file=sys.stderr)
        return INTERRUPTED
    if os.environ.get("MUNSOCIAL_DEBUG"):
        raise error
    print(_BUG.fill(error=f"{type(error).__name__}: {error}").say(lang), file=sys.stderr)
    return NOTHING_DONE


def _flush() -> None:
    try:
        sys.stdout.flush()
    except (BrokenPipeError, OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
