"""The act of handover as a document of Word: A4, tables whose heads recur on every page, lines to sign on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import timedelta
from io import BytesIO
from typing import Any

from munsocial.operate.handover.act import ActOfHandover
from munsocial.wording import printable

__all__ = ["act_docx"]

_UNFIT = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold, beside controls: halves of surrogate pairs, signs that are none."""

_PAGES = (8, 38, 28, 42, 26, 36)
_KEYS = (8, 44, 32, 38, 24, 32)
_STEPS = (8, 62, 84, 24)
"""Widths of columns in millimetres; 178 lie between the margins."""


def act_docx(act: ActOfHandover) -> bytes:
    """Return the act as a document of Word."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    document: Any = Document()
    _page(document)
    _described(document, act)
    if act.draft:
        line = document.add_paragraph()
        line.add_run("ПРОЕКТ. Не все действия выполнены, акт не подписывается.").bold = True
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_heading(_clean(act.title), 0).add_run(_clean(f"\n№ {act.number}")).bold = False
    giver = act.giver.whole if act.giver else "не установлен, прежний хранитель не записан"
    for told in (
        f"{act.municipality}, {act.day}",
        f"Передающий: {giver}.",
        f"Принимающий: {act.taker.whole}.",
        f"Основание: {act.basis}.",
        act.given,
    ):
        document.add_paragraph(_clean(told))
    _tables(document, act)
    _closing(document, act)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    section.top_margin = section.bottom_margin = Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.paragraph_format.space_after = Pt(6)
    _headings(document)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "ru-RU")  # else every word is underlined as a mistake
    _numbered(section.footer.paragraphs[0])


def _headings(document: Any) -> None:
    """Leave of the styles of headings what makes them headings: blue letters of another face are not for an act."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    title, chapter = (document.styles[name] for name in ("Title", "Heading 1"))
    for style in (title, chapter):
        style.element.remove(style.element.rPr)
        for given in list(style.element.pPr):
            if given.tag != qn("w:outlineLvl"):
                style.element.pPr.remove(given)
        style.font.bold = True
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    chapter.paragraph_format.keep_with_next, chapter.paragraph_format.space_before = True, Pt(8)


def _numbered(line: Any) -> None:
    """Put the number of the page, and of how many, at the foot: the paper has several sheets."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(line, "PAGE")
    line.add_run(" из ")
    _field(line, "NUMPAGES")


def _field(line: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run = line.add_run("1")
    line._p.remove(run._r)
    field.append(run._r)
    line._p.append(field)


def _described(document: Any, act: ActOfHandover) -> None:
    about = document.core_properties
    about.title, about.author = _clean(f"{act.title} № {act.number}")[:255], _clean(act.municipality)[:255]
    about.comments, about.language = "", "ru-RU"
    about.created = about.modified = act.made_at.replace(tzinfo=None) - (act.made_at.utcoffset() or timedelta())


def _tables(document: Any, act: ActOfHandover) -> None:
    document.add_heading("1. Страницы")
    _table(document, act.PAGES, act.pages, _PAGES)
    document.add_heading("2. Логины и ключи доступа")
    if act.keys:
        _table(document, act.KEYS, act.keys, _KEYS)
    else:
        document.add_paragraph("За передающим ключи не записаны.")
    _spaced(document.add_paragraph("Сами логины, пароли и ключи в акт не вносятся: указано, где они хранятся."))
    document.add_heading("3. Действия")
    _table(document, act.STEPS, act.steps, _STEPS)
    document.add_heading("4. Замечания")
    for number, one in enumerate(act.remarks, 1):
        document.add_paragraph(_clean(f"{number}. {one}"))
    if not act.remarks:
        document.add_paragraph("Нет.")


def _closing(document: Any, act: ActOfHandover) -> None:
    document.add_paragraph(act.bound).paragraph_format.keep_with_next = True
    parties = [(role, one) for role, one in (("Передал", act.giver), ("Принял", act.taker)) if one is not None]
    places = document.add_table(rows=1, cols=len(parties)).rows[0]
    _whole(places)
    for cell, (role, one) in zip(places.cells, parties, strict=True):
        noted = f"; отмечено в журнале {one.signed}" if one.signed else ""
        cell.text = _clean(f"{role}\n\n______________________________\n{one.name}\nподпись, дата{noted}")
    _spaced(document.add_paragraph(_clean(act.record)))


def _spaced(line: Any) -> None:
    from docx.shared import Pt

    line.paragraph_format.space_before = Pt(8)


def _table(document: Any, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=len(head), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    heads, plain = (_row(table, widths, bold=bold) for bold in (True, False))
    heads.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _write(heads, head)
    table._tbl.remove(plain)
    # Formats are set once and copied: set cell by cell they take most of the time of a long act.
    for texts in rows:
        row = deepcopy(plain)
        _write(row, texts)
        table._tbl.append(row)


def _row(table: Any, widths: Sequence[int], *, bold: bool) -> Any:
    from docx.shared import Mm, Pt

    row = table.add_row()
    _whole(row)
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
        line = cell.paragraphs[0]
        run = line.add_run("")
        run.font.size, run.bold = Pt(9), bold
        line.paragraph_format.space_after = Pt(1)
    return row._tr


def _write(row: Any, texts: Sequence[str]) -> None:
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].r_lst[0].text = _clean(text)


def _whole(row: Any) -> None:
    """Let no page break fall into a row."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _clean(text: str) -> str:
    return _UNFIT.sub("", printable(text))
