"""The act of handover as a file: HTML to print, or DOCX to file away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from munsocial.errors import OutputRefused
from munsocial.files import write_bytes
from munsocial.operate.handover.act import ActOfHandover, Party
from munsocial.wording import Text

__all__ = ["act_docx", "act_html", "save_act"]

_WHICH = Text("непонятно, в каком виде записать акт.", "nobody knows in which form to write the act.")
_NAME_IT = Text("Имя файла должно кончаться на .html или .docx.", "Let the name end in .html or .docx.")


def save_act(act: ActOfHandover, path: Path) -> None:
    """Write the act in the form that the suffix names.

    Raises:
        OutputRefused: another suffix, or the place cannot be written.
    """
    forms: dict[str, Callable[[ActOfHandover], bytes]] = {".html": act_html, ".docx": act_docx}
    make = forms.get(path.suffix.lower())
    if make is None:
        raise OutputRefused(_WHICH, where=str(path), remedy=_NAME_IT)
    write_bytes(path, make(act))


def act_html(act: ActOfHandover) -> bytes:
    """Return the act as one self-contained page in UTF-8."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("munsocial.operate.handover"), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("act.html.j2").render(act=act, party=_party)
    return page.encode("utf-8", "replace")


def _party(one: Party) -> str:
    return ", ".join(filter(None, (one.name, one.position, one.body)))


def act_docx(act: ActOfHandover) -> bytes:
    """Return the act as a document of Word."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    document: Any = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    if act.draft:
        line = document.add_paragraph()
        line.add_run("ПРОЕКТ. Не все действия выполнены, акт не подписывается.").bold = True
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading = document.add_paragraph()
    heading.add_run(_clean(act.title)).bold = True
    heading.add_run(_clean(f"\n№ {act.number}"))
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _words(document, act)
    _tables(document, act)
    _closing(document, act)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _words(document: Any, act: ActOfHandover) -> None:
    giver = _party(act.giver) if act.giver else "не установлен, прежний хранитель не записан"
    for line in (
        f"{act.municipality}, {act.day}",
        f"Передающий: {giver}.",
        f"Принимающий: {_party(act.taker)}.",
        f"Основание: {act.basis}; пункт 3.2 Порядка.",
    ):
        document.add_paragraph(_clean(line))


def _tables(document: Any, act: ActOfHandover) -> None:
    _titled(document, "1. Страницы")
    _table(document, act.PAGES, act.pages)
    _titled(document, "2. Логины и ключи доступа")
    if act.keys:
        _table(document, act.KEYS, act.keys)
    else:
        document.add_paragraph("За передающим ключи не записаны.")
    document.add_paragraph("Сами логины, пароли и ключи в акт не вносятся: указано, где они хранятся.")
    _titled(document, "3. Выполненные действия")
    _table(document, act.STEPS, act.steps)
    _titled(document, "4. Замечания")
    for number, one in enumerate(act.remarks, 1):
        document.add_paragraph(_clean(f"{number}. {one}"))
    if not act.remarks:
        document.add_paragraph("Нет.")


def _closing(document: Any, act: ActOfHandover) -> None:
    document.add_paragraph(
        "После подписания ответственность за хранение логинов и паролей, их передачу и ведение страниц несёт "
        "принимающий. Передающий копий логинов, паролей и ключей не сохранил."
    )
    for role, one in (("Передал", act.giver), ("Принял", act.taker)):
        if one is not None:
            noted = f" (отмечено в журнале {one.signed})" if one.signed else ""
            document.add_paragraph(_clean(f"{role}: ____________________ {one.name}, «___» __________ 20___ г.{noted}"))
    document.add_paragraph(_clean(act.record))


def _titled(document: Any, title: str) -> None:
    document.add_paragraph().add_run(title).bold = True


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from docx.shared import Pt

    table = document.add_table(rows=1, cols=len(head))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, head, strict=True):
        cell.text = text
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = _clean(text)
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(9)


def _clean(text: str) -> str:
    """Drop what a document of Word cannot hold: control characters and halves of surrogate pairs."""
    return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable())
