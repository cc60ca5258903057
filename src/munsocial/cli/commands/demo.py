"""`munsocial demo --out DIR`: the whole way on the embedded sandbox, with nothing but this package."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.options import At, moment_of
from munsocial.cli.pasting import as_typed
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.cli.wrapping import tell
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.sandbox.demo import Stage

__all__ = ["COMMAND"]

_START = Text(
    "Песочница: вымышленный район, настоящие адаптеры ВКонтакте и Одноклассников, без интернета.",
    "A sandbox: a fictional district, the real adapters of VK and Odnoklassniki, no internet.",
)
_READ = Text(
    "Прочитано аккаунтов: {accounts}, вызовов сетей: {calls}.",
    "Accounts read: {accounts}, calls to networks: {calls}.",
)
_LEFT = Text("Оставлено в {folder}: {names}", "Left in {folder}: {names}")
_NEXT = Text(
    "Дальше: откройте {page}, затем попробуйте\n"
    "  munsocial audit {register} --snapshot {snapshot} -o {book}\n"
    "и начните свой реестр: munsocial init district.toml",
    "Next: open {page}, then try\n"
    "  munsocial audit {register} --snapshot {snapshot} -o {book}\n"
    "and begin your own registry: munsocial init district.toml",
)
_LOOK = Text("Загляните:", "Look into it:")
_COMMANDS = (
    ("munsocial journal show", "district.toml"),
    ("munsocial journal verify", "district.toml"),
    ("munsocial tasks list", "district.toml"),
    ("munsocial plan show", "moderation.json"),
)
_PLANS = ("moderation.json", "bans.json", "publication.json")
_JOURNAL = "district.journal.sqlite"
_NAMES = ("district.toml", "snapshot.json", "report.html", "report.json")
_NO_FOLDER = Text("это файл, а нужна папка.", "this is a file, a folder is needed.")


_Out = Annotated[
    Path,
    typer.Option(
        "--out",
        metavar=both("ПАПКА", "FOLDER"),
        help=both("Папка для результатов.", "Folder for the results."),
    ),
]
_Act = Annotated[
    bool,
    typer.Option(
        "--act",
        help=both(
            "Сыграть утро пресс-секретаря: публикации, модерация, ответы, журнал.",
            "Play a press officer's morning: publishing, moderation, answers, journal.",
        ),
    ),
]


def demo(
    context: typer.Context,
    out: _Out = Path("demo"),
    at: At = "",
    act: _Act = False,
) -> None:
    """Collect from the sandbox through the real adapters, judge, show, save; or play a morning of work."""
    from munsocial.cli.demo_folder import leaving
    from munsocial.files import write_text
    from munsocial.sandbox.demo import sample

    lang = lang_of(context)
    now = moment_of(at) if at else datetime.now(UTC)
    _folder(out)
    _tell(_START.say(lang))
    stage = sample(now)
    written = (_NAMES[0], *_PLANS) if act else _NAMES
    with leaving(out, written, journal=_JOURNAL if act else ""):
        write_text(out / "district.toml", stage.registry_text)
        if act:
            _act(stage, out, lang)
        else:
            _judge(stage, out, lang)


def _judge(stage: Stage, out: Path, lang: Lang) -> None:
    from munsocial.cli.progress import progress_bar
    from munsocial.model.snapshots import load_snapshot
    from munsocial.policy import audit, load_acts
    from munsocial.report.console import show

    with stage.connect() as social, progress_bar(lang) as progress:
        collected = social.collect_to(out / "snapshot.json", weeks=4, resume=False, progress=progress)
    acts = load_acts(stage.registry.municipality.acts)
    report = audit(stage.registry, load_snapshot(out / "snapshot.json"), acts, at=stage.now)
    for name in ("report.html", "report.json"):
        report.save(out / name)
    echo(_READ.fill(accounts=collected.accounts, calls=collected.calls).say(lang))
    show(report, lang, saved=[out / "report.html"])
    echo(_LEFT.fill(folder=out, names=", ".join(_NAMES)).say(lang))
    register, snapshot, book = (as_typed(str(out / name)) for name in ("district.toml", "snapshot.json", "report.xlsx"))
    echo(_NEXT.fill(page=out / "report.html", register=register, snapshot=snapshot, book=book).say(lang))


def _act(stage: Stage, out: Path, lang: Lang) -> None:
    from munsocial.files import refusing
    from munsocial.sandbox.morning import play

    with refusing(out):
        play(stage, out / _JOURNAL, lang, _tell)
    plans = [name for name in _PLANS if (out / name).exists()]
    _tell("")
    _tell(_LEFT.fill(folder=out, names=", ".join(("district.toml", _JOURNAL, *plans))).say(lang))
    _tell(_LOOK.say(lang))
    for command, name in _COMMANDS:
        echo(f"  {command} {as_typed(str(out / name))}")  # whole, to be copied


def _tell(line: str) -> None:
    """Print a line; on a terminal its continuation stands under its beginning."""
    tell(line, 5 if line.startswith("   ·") else len(line) - len(line.lstrip()))


def _folder(path: Path) -> None:
    from munsocial.cli.demo_folder import OTHER_FOLDER
    from munsocial.errors import OutputRefused
    from munsocial.files import refusing

    if path.exists() and not path.is_dir():
        raise OutputRefused(_NO_FOLDER, where=str(path), remedy=OTHER_FOLDER)
    with refusing(path):
        path.mkdir(parents=True, exist_ok=True)


COMMAND = Command(
    "demo",
    demo,
    "Показать всё на вымышленном районе: сбор, проверка, отчёт.",
    "Show everything on a fictional district: collect, judge, report.",
    ("munsocial demo --out demo", "munsocial demo --act --out demo", "munsocial demo --out demo --lang en"),
)
