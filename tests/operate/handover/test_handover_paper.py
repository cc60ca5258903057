"""The act of handover on paper: HTML and DOCX alike, opened as a stranger would."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from docx import Document

from leaving_world import NOW, Leaving, all_but_signatures
from munsocial.errors import OutputRefused
from munsocial.operate.handover.act import ActOfHandover, act_of
from munsocial.operate.handover.paper import act_docx, act_html, save_act
from munsocial.operate.handover.removing import plan_removal

VK, OK = "lesnoy-vk", "lesnoy-ok"


@pytest.fixture
def leaving(tmp_path: Path) -> Leaving:
    return Leaving(tmp_path)


def act(leaving: Leaving) -> ActOfHandover:
    with leaving.connect() as social:
        return social.act_of_handover("")


def test_the_act_is_a_draft_until_only_signatures_are_left(leaving: Leaving) -> None:
    leaving.go_on()
    assert act(leaving).draft
    assert "ПРОЕКТ" in act_html(act(leaving)).decode()
    all_but_signatures(leaving)
    assert not act(leaving).draft


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def test_the_act_says_who_what_and_on_which_ground(leaving: Leaving) -> None:
    all_but_signatures(leaving)
    for told in (act_html(act(leaving)).decode(), words_of(act_docx(act(leaving)))):
        for expected in (
            "Акт приёма-передачи", "Ёлкина Мария Петровна, пресс-секретарь, Администрация Лесного района",
            "Соснов Иван Ильич", "25 ноября 2026 г.", "77-р", "ВКонтакте", "Одноклассники", "lesnoy_adm",
            "ключ сообщества «vk-page»", "env:LESNOY_VK_2", "сейф, конверт № 3", "да, проверено чтением",
            "нет телефона до понедельника", "отпечаток",
        ):  # fmt: skip
            assert expected in told, expected


def test_the_act_holds_no_secret_and_no_whole_phone(leaving: Leaving) -> None:
    all_but_signatures(leaving)
    told = act_html(act(leaving)).decode() + words_of(act_docx(act(leaving)))
    assert "fresh-vk" not in told
    assert "sandbox-" not in told
    assert not re.search(r"86199\s*2", told)


def test_strange_words_in_the_register_do_no_harm_to_the_paper(leaving: Leaving) -> None:
    leaving.text = leaving.text.replace("Лесной район", "Лесной <script>alert(1)</script> & сын")
    leaving.go_on()
    page = act_html(act(leaving)).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert zipfile.ZipFile(io.BytesIO(act_docx(act(leaving)))).testzip() is None


def test_the_act_is_saved_by_its_suffix(leaving: Leaving, tmp_path: Path) -> None:
    leaving.go_on()
    for name in ("act.html", "act.docx"):
        save_act(act(leaving), tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    with pytest.raises(OutputRefused, match="html или"):
        save_act(act(leaving), tmp_path / "act.pdf")


# --- the paper as a stranger opens it


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_every_part_of_the_document_is_well_formed(leaving: Leaving) -> None:
    leaving.text = leaving.text.replace("Лесной район", "Лесной\\u00a0<b>район</b> & сын")
    begun = leaving.go_on()
    with leaving.connect() as social:
        social.leave_out_handover(begun.id, f"two_factor:{OK}", by="sosnov", why="гудок\x07, \ud800")
    content = act_docx(act(leaving))
    for name in zipfile.ZipFile(io.BytesIO(content)).namelist():
        if name.endswith((".xml", ".rels")):
            assert ElementTree.fromstring(part(content, name)) is not None
    assert "Лесной\u00a0<b>район</b>" in words_of(content)


def test_a_table_of_the_document_repeats_its_head_and_breaks_no_row(leaving: Leaving) -> None:
    leaving.go_on()
    told = part(act_docx(act(leaving)), "word/document.xml")
    assert told.count("<w:tblHeader/>") == 3
    assert told.count("<w:cantSplit/>") == told.count("<w:tr>") == told.count("</w:tr>")
    for table in Document(io.BytesIO(act_docx(act(leaving)))).tables[:3]:
        assert sum(column.width.mm for column in table.columns) == pytest.approx(178, abs=1)


def test_the_document_is_russian_and_says_whose_it_is(leaving: Leaving) -> None:
    made = act(leaving) if leaving.go_on() else None
    assert made is not None
    content = act_docx(made)
    about = Document(io.BytesIO(content)).core_properties
    assert (about.author, about.comments, about.language) == ("Лесной район", "", "ru-RU")
    assert about.title == f"{made.title} № {made.number}"
    assert (about.created, about.modified) == (NOW, NOW)
    assert 'w:val="en-US"' not in part(content, "word/styles.xml")


def test_the_document_can_be_gone_through_by_its_headings(leaving: Leaving) -> None:
    """They were bold paragraphs: no pane of navigation shows these, and a reader of the screen passes over them."""
    leaving.go_on()
    made = act(leaving)
    document = Document(io.BytesIO(act_docx(made)))
    headed = [(one.style.name, one.text) for one in document.paragraphs if one.style and one.style.name != "Normal"]
    assert headed == [
        ("Title", f"{made.title}\n№ {made.number}"),
        ("Heading 1", "1. Страницы"),
        ("Heading 1", "2. Логины и ключи доступа"),
        ("Heading 1", "3. Действия"),
        ("Heading 1", "4. Замечания"),
    ]


def test_headings_are_in_the_letters_of_the_document(leaving: Leaving) -> None:
    leaving.go_on()
    styles = ElementTree.fromstring(part(act_docx(act(leaving)), "word/styles.xml"))
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for name, level in (("Title", []), ("Heading1", ["0"])):
        (style,) = [one for one in styles.iter(f"{word}style") if one.get(f"{word}styleId") == name]
        assert [one.get(f"{word}val") for one in style.iter(f"{word}outlineLvl")] == level
        assert [one.tag for one in style.iterfind(f"{word}rPr/*")] == [f"{word}b"]
        assert style.find(f"{word}pPr/{word}pBdr") is None


def test_both_papers_say_the_same(leaving: Leaving) -> None:
    all_but_signatures(leaving)
    made = act(leaving)
    page, paper = act_html(made).decode(), words_of(act_docx(made))
    rows = [cell for table in (made.pages, made.keys, made.steps) for row in table for cell in row]
    for told in (made.title, made.number, made.basis, made.given, made.bound, made.record, *made.remarks, *rows):
        assert told in html.unescape(page)
        assert told in paper


def test_a_remark_names_people_not_ids(leaving: Leaving) -> None:
    all_but_signatures(leaving)
    (remark,) = act(leaving).remarks
    assert remark.endswith("не выполнялось, решение: Соснов Иван Ильич; причина: нет телефона до понедельника")


def test_what_was_refuted_and_left_out_says_both(leaving: Leaving) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social:
        social.leave_out_handover(begun.id, f"managers:{VK}", by="sosnov", why="она в отпуске")
    told = next(one for one in act(leaving).remarks if "она в отпуске" in one)
    assert told.endswith(
        "решение: Соснов Иван Ильич. Ушедший управляет страницей: администратор. Причина: она в отпуске"
    )


def test_the_clause_is_that_of_the_acts_of_the_district(leaving: Leaving) -> None:
    begun = leaving.go_on()
    assert "; пункт 3.2 Порядка" in act(leaving).basis
    assert "пункт" not in act_of(begun, leaving.registry, now=NOW).basis
    with leaving.connect() as social:
        assert {one.clause for one in social.plan_removal(begun.id).steps} == {"3.2"}
        assert {one.clause for one in plan_removal(begun, leaving.registry, now=NOW).steps} == {""}


def test_without_a_giver_nobody_promises_for_one(leaving: Leaving) -> None:
    with leaving.connect() as social:
        begun = social.handover(None, "sosnov", accounts=[OK])
    made = act_of(begun, leaving.registry, now=NOW)
    for told in (html.unescape(act_html(made).decode()), words_of(act_docx(made))):
        assert "прежний хранитель не записан" in told
        assert "Принимающий принял права" in told
        assert "Передающий копий" not in told


def test_no_word_turns_the_letters_of_the_paper_or_commands_its_reader(leaving: Leaving) -> None:
    begun = leaving.go_on()
    with leaving.connect() as social:
        social.leave_out_handover(begun.id, f"two_factor:{OK}", by="sosnov", why="нет \u202eтелефона\x1b")
    for told in (act_html(act(leaving)).decode(), words_of(act_docx(act(leaving)))):
        assert "нет \ufffdтелефона\ufffd" in told
        assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069]", told)


def test_no_table_of_the_page_runs_over_the_edge_of_the_sheet(leaving: Leaving) -> None:
    """A long word took all the width; and «ВКонтакте» and the phone were broken in the middle."""
    leaving.go_on()
    page = act_html(act(leaving)).decode()
    assert re.search(r"table \{[^}]*table-layout: fixed", page)
    widths = [re.findall(r'<col style="width: (\d+)%">', one) for one in page.split("<table>")[1:]]
    assert [len(one) for one in widths] == [6, 6, 4]
    assert [sum(map(int, one)) for one in widths] == [100, 100, 100]
