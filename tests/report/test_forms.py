"""Every form of the report: complete, escaped, and safe in the program that opens it."""

from __future__ import annotations

import gc
import io
import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from openpyxl import load_workbook
from rich.console import Console

from munsocial.errors import OutputRefused
from munsocial.model.statements import Waiver
from munsocial.policy.report import ActSummary, Report, SubjectSummary
from munsocial.policy.verdict import Evidence, Level, Means, Outcome
from munsocial.report import FORMS, rendered
from munsocial.report.console import show
from munsocial.report.view import arrange
from munsocial.report.words import clause_order
from munsocial.wording import Text
from report_samples import HOSTILE, finding, report

CHROMIUM, PDFTOTEXT = shutil.which("chromium"), shutil.which("pdftotext")
HOSTILE_EVIDENCE = Evidence(Means.TEXT, link="javascript:alert(1)", quote=HOSTILE, start=0, end=8, confidence=0.9)
WAIVER = Waiver(
    requirement="posts-weekly",
    subject="lipovka-vk",
    reason=HOSTILE[:40],
    approver="ivanova",
    last_day=date(2026, 12, 31),
)


FULL = report(
    finding(Outcome.NOT_MET, evidence=(HOSTILE_EVIDENCE,)),
    finding(Outcome.NOT_MET, Level.SHOULD),
    finding(Outcome.NOT_MET, waiver=WAIVER),
    finding(Outcome.UNKNOWN),
    finding(Outcome.SUSPENDED),
    finding(Outcome.MET),
    finding(Outcome.NOT_APPLICABLE),
)


@pytest.mark.parametrize("suffix", sorted(FORMS))
def test_every_form_bears_hostile_texts_and_an_empty_report(suffix: str) -> None:
    assert rendered(FULL, suffix)
    assert rendered(report(), suffix)


def test_html_escapes_texts_and_follows_no_strange_address() -> None:
    page = rendered(FULL, ".html").decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert 'href="javascript:' not in page


def test_html_keeps_the_order_of_letters_whoever_wrote_them() -> None:
    turned = finding(Outcome.NOT_MET, text=Text("«{title}»", "“{title}”"), facts={"title": "a\u202eb\u2066c\x1bd"})
    page = rendered(report(turned), ".html").decode()
    assert "«a\ufffdb\ufffdc\ufffdd»" in page
    assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069]", page)


def test_html_tells_the_last_day_of_a_waiver_in_words() -> None:
    excuse = Waiver(requirement="posts-weekly", subject="lipovka-vk", reason="ремонт", approver="ivanova",
                    last_day=date(2026, 12, 10))  # fmt: skip
    page = rendered(report(finding(Outcome.NOT_MET, waiver=excuse)), ".html").decode()
    assert "10 декабря 2026 года" in page
    assert "10 December 2026" in page


def test_a_duty_met_in_the_networks_that_are_left_is_met_in_the_overview() -> None:
    both = (finding(Outcome.SUSPENDED), finding(Outcome.MET))
    (matrix,) = arrange(report(*both)).matrices
    assert [cell.outcome for _, cells in matrix.rows for cell in cells if cell] == [Outcome.MET]


def test_html_is_one_file_in_two_languages() -> None:
    page = rendered(FULL, ".html").decode()
    assert "На неделе 3 публикаций." in page
    assert "3 posts in the week." in page
    assert " src=" not in page
    assert "<link" not in page


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("5", "п. 5"),
        ("9.3", "п. 9.3"),
        ("2.1а", "п. 2.1а"),
        ("5, 6", "пп. 5, 6"),
        ("практика частоты", "практика частоты"),
        ("149-ФЗ ст. 10.6 ч. 1.1", "149-ФЗ ст. 10.6 ч. 1.1"),
        ("8-ФЗ, 270-ФЗ", "8-ФЗ, 270-ФЗ"),
    ],
)
def test_a_clause_is_cited_as_people_write_it(clause: str, shown: str) -> None:
    page = rendered(report(finding(Outcome.NOT_MET, clause=clause)), ".html").decode()
    assert f">{shown}<" in page or f'<span lang="ru">{shown}</span>' in page
    assert f"{shown}:" in report(finding(Outcome.NOT_MET, clause=clause)).say(finding(Outcome.NOT_MET, clause=clause))


@pytest.mark.parametrize(
    ("word", "shown"), [("draft", "проект"), ("amended 2023", "изменён в 2023 году"), ("новое", "новое")]
)
def test_the_status_of_an_act_is_told_in_russian(word: str, shown: str) -> None:
    act = ActSummary("a", "Порядок", word, {})
    page = rendered(replace(report(), acts=(act,)), ".html").decode()
    assert shown in page


def test_every_place_that_is_linked_to_is_there() -> None:
    spaced = finding(Outcome.NOT_MET, clause="149-ФЗ ст. 10.6", subject="x")
    page = rendered(report(*FULL.findings, spaced), ".html").decode()
    assert set(re.findall('href="#([^"]+)"', page)) <= set(re.findall(' id="([^"]+)"', page))
    assert not [one for one in re.findall(' id="([^"]+)"', page) if " " in one]


def test_the_first_link_stands_on_the_card_itself() -> None:
    proofs = (
        Evidence(Means.NETWORK, link="javascript:x"),
        Evidence(Means.NETWORK, link="https://net.example/1?a=1&b=2"),
        Evidence(Means.NETWORK, link="https://net.example/2"),
    )
    page = rendered(report(finding(Outcome.NOT_MET, evidence=proofs)), ".html").decode()
    card = page[page.index("<article") : page.index("</article>")]
    assert 'class="first"' in card
    assert card.index("https://net.example/1?a=1&amp;b=2") < card.index("<details>")


def test_what_was_found_in_a_text_is_pointed_out() -> None:
    found = Evidence(Means.TEXT, quote="дурак", start=40, end=45, confidence=0.9)
    page = rendered(report(finding(Outcome.NOT_MET, evidence=(found,))), ".html").decode()
    assert "<mark>дурак</mark>" in page


def test_on_paper_closed_groups_are_open_and_nothing_is_cut() -> None:
    """`details > * { display:block }` opens nothing in browsers that hide the box of the content instead."""
    page = rendered(FULL, ".html").decode()
    printed = "".join(re.findall(r"@media print \{((?:[^{}]*\{[^{}]*\})*)\s*\}", page))
    opened = re.search(r"details::details-content \{([^}]*)\}", printed)
    assert opened
    assert {"content-visibility:visible !important", "display:block !important"} <= set(
        opened[1].strip(" ;").split("; ")
    )
    assert re.search(r"\.clause-group \.about \{[^}]*white-space:normal", printed)
    assert re.search(r"\.scroll \{[^}]*overflow:visible", printed)


@pytest.mark.skipif(not (CHROMIUM and PDFTOTEXT), reason="chromium and pdftotext are not there to print with")
def test_a_printed_page_holds_every_finding(tmp_path: Path) -> None:
    many = [
        finding(Outcome.NOT_MET, subject=f"page-{number}", text=Text(f"Вывод {number}.", "x")) for number in range(30)
    ]
    (tmp_path / "r.html").write_bytes(rendered(report(*many), ".html"))
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", profile, f"--print-to-pdf={tmp_path / 'r.pdf'}"]
    subprocess.run([*map(str, command), (tmp_path / "r.html").as_uri()], check=True, capture_output=True, timeout=120)
    told = subprocess.run([str(PDFTOTEXT), tmp_path / "r.pdf", "-"], check=True, capture_output=True, timeout=60)
    words = told.stdout.decode()
    assert [number for number in range(30) if f"Вывод {number}." not in words] == []


def test_findings_that_say_the_same_stand_together() -> None:
    many = [finding(Outcome.UNKNOWN, subject=f"page-{number}") for number in range(90)]
    page = rendered(report(*many), ".html").decode()
    clause = page[page.index('id="clauses"') : page.index('id="unseen"')]
    assert clause.count("<article") == 1
    assert "page-59" in clause
    assert "page-61" not in clause
    assert "30" in clause


def _shown(page: str, section: str, after: str) -> str:
    """Return the Russian words of a part of a page, without its marks."""
    part = page[page.index(f'id="{section}"') : page.index(f'id="{after}"')]
    return " ".join(re.sub(r"<[^>]+>", "", re.sub(r'<span lang="en">.*?</span>', "", part)).split())


def test_what_a_page_leaves_out_is_counted() -> None:
    """A badge of 90 over 60 lines, and 450 waivers of which 400 are shown, must not look whole."""
    failed = [finding(Outcome.NOT_MET, subject=f"page-{number}") for number in range(90)]
    waived = [finding(Outcome.NOT_MET, subject=f"w-{number}", waiver=WAIVER) for number in range(450)]
    page = rendered(report(*failed), ".html").decode()
    assert "и ещё 30 (все — в report.json)" in _shown(page, "clauses", "legend")
    page = rendered(report(*waived), ".html").decode()
    assert "и ещё 50 (все — в report.json)" in _shown(page, "waived", "matrix")
    whole = rendered(report(*failed[:60], *waived[:400]), ".html").decode()
    assert "и ещё" not in _shown(whole, "clauses", "legend").replace("и ещё 340", "")
    assert "и ещё" not in _shown(whole, "waived", "matrix")


def test_a_page_of_a_big_district_stays_small() -> None:
    many = [
        finding(outcome, subject=f"page-{number}", facts={"count": number})
        for number in range(3000)
        for outcome in (Outcome.NOT_MET, Outcome.MET)
    ]
    page = rendered(report(*many), ".html")
    assert len(page) < 3_000_000
    assert "Остальные: " in page.decode()


def test_workbook_holds_no_formula_and_every_finding() -> None:
    book = load_workbook(io.BytesIO(rendered(FULL, ".xlsx")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book["Все выводы"].max_row == 1 + len(FULL.findings)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_report_is_the_same_file(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever keeps reports in an archive sees what has changed; the hour of writing is no such thing."""
    first = rendered(FULL, form)
    later = time.time() + 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert rendered(FULL, form) == first


@pytest.mark.parametrize(("source", "told"), [("networks", "сети"), ("sandbox", "песочница, данные вымышлены")])
def test_the_figures_of_a_workbook_are_in_words(source: str, told: str) -> None:
    report = replace(FULL, source=source)
    sheet = load_workbook(io.BytesIO(rendered(report, ".xlsx")))["Сводка"]
    shown = {str(name): value for name, value in sheet.iter_rows(values_only=True)}
    assert shown["Источник"] == told
    names = ("соблюдено", "не соблюдено", "неизвестно", "не применимо", "приостановлено")
    codes = ("met", "not_met", "unknown", "not_applicable", "suspended")
    assert [shown.get(f"Выводов: {name}") for name in names] == [report.counts[code] for code in codes]


def test_a_workbook_is_dated_by_its_report() -> None:
    properties = load_workbook(io.BytesIO(rendered(FULL, ".xlsx"))).properties
    moment = FULL.at.astimezone(UTC).replace(tzinfo=None)
    assert (properties.created, properties.modified) == (moment, moment)


def test_junit_counts_a_violation_as_failure_and_the_rest_as_skipped() -> None:
    suite = Xml.fromstring(rendered(FULL, ".xml")).find("testsuite")
    assert suite is not None
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("7", "1", "5")


def test_sarif_levels_follow_the_level_of_the_demand() -> None:
    results = json.loads(rendered(FULL, ".sarif"))["runs"][0]["results"]
    assert [one["level"] for one in results] == ["error", "warning", "error", "none", "none"]
    assert [bool(one.get("suppressions")) for one in results] == [False, False, True, False, False]


def test_sarif_tells_weeks_apart_and_follows_no_strange_address() -> None:
    strange = (Evidence(Means.NETWORK, link="javascript:alert(1)"), Evidence(Means.NETWORK, link="https://vk.com/w1"))
    weeks = [finding(Outcome.NOT_MET, facts={"since": date(2026, 11, day)}, evidence=strange) for day in (9, 16)]
    results = json.loads(rendered(report(*weeks), ".sarif"))["runs"][0]["results"]
    assert len({one["partialFingerprints"]["subject/v1"] for one in results}) == 2
    assert {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results} == {
        "https://vk.com/w1"
    }


def test_json_goes_there_and_back() -> None:
    plain = report(finding(Outcome.NOT_MET), finding(Outcome.MET))
    again = Report.from_json(rendered(plain, ".json"))
    assert rendered(again, ".json") == rendered(plain, ".json")


def test_terminal_shows_what_to_do_without_taking_texts_for_markup() -> None:
    target = io.StringIO()
    show(report(finding(Outcome.NOT_MET, text=Text("[red]не цвет[/red]", "[red]"))), "ru", Console(file=target))
    assert "[red]не цвет[/red]" in target.getvalue()
    assert "Опубликуйте ещё." in target.getvalue()
    assert "\x1b[" not in target.getvalue()


def test_an_unknown_form_is_refused_with_the_list_of_known_ones(tmp_path: Path) -> None:
    with pytest.raises(OutputRefused, match=r"\.html"):
        report().save(tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_clauses_are_ordered_as_numbered() -> None:
    assert sorted(["10", "9.2", "2.1", "11", "9.1"], key=clause_order) == ["2.1", "9.1", "9.2", "10", "11"]
    assert sorted(["6", "5¹", "5", "¹", "9" * 5000], key=clause_order) == ["9" * 5000, "¹", "5", "5¹", "6"]


@pytest.mark.parametrize("width", [40, 50, 60, 70, 80, 99, 120, 200])
def test_a_screen_of_any_width_holds_every_line(width: int) -> None:
    target = io.StringIO()
    named = finding(Outcome.NOT_MET, clause="Омский областной суд 2025", text=Text("слово " * 40, "word " * 40))
    screen = Console(file=target, width=width, force_terminal=True, no_color=True, highlight=False)
    show(report(*FULL.findings, named), "ru", screen)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", target.getvalue()).splitlines()
    assert max(map(len, lines)) <= width
    assert any("п. 5" in line for line in lines)


def test_the_terminal_names_the_network_once_for_all_that_is_wrong_there() -> None:
    target = io.StringIO()
    wrong = [finding(Outcome.NOT_MET), finding(Outcome.NOT_MET, clause="6"), finding(Outcome.NOT_MET, subject="other")]
    subjects = {
        "lipovka-vk": SubjectSummary("lipovka-vk", "account", "Липовка", "lipovka", "vk"),
        "other": SubjectSummary("other", "account", "Липовка", "lipovka", "ok"),
    }
    show(replace(report(*wrong), subjects=subjects), "ru", Console(file=target))
    assert [line for line in target.getvalue().splitlines() if line.startswith("Липовка")] == [
        "Липовка · ВКонтакте",
        "Липовка · Одноклассники",
    ]


@pytest.mark.parametrize(
    ("saved", "whole"),
    [((), "-o report.html"), (("week.html",), "week.html"), (("week.html", "week.xlsx"), "week.html, week.xlsx")],
)
def test_what_does_not_fit_is_looked_up_in_the_report_that_was_saved(saved: tuple[str, ...], whole: str) -> None:
    target = io.StringIO()
    many = [finding(Outcome.NOT_MET, subject=f"page-{number}") for number in range(15)]
    show(report(*many), "ru", Console(file=target), saved=[Path(name) for name in saved])
    assert target.getvalue().splitlines()[-1] == f"…и ещё 3: все — в отчёте ({whole})"


def test_a_clause_that_carries_its_number_is_shown_with_one() -> None:
    act = ActSummary("my", "Порядок", "in_force", {"5": Text("5. Не реже раза в неделю.", "5) Once a week.")})
    own = replace(report(finding(Outcome.MET, act="my")), acts=(act,))
    assert [one.about for one in arrange(own).clauses] == [Text("Не реже раза в неделю.", "Once a week.")]
    assert [one.text for one in arrange(own).clauses] == [act.clauses["5"]]
    target = io.StringIO()
    show(own, "ru", Console(file=target))
    assert "5. Не реже" not in target.getvalue()
    assert "Не реже раза в неделю." in target.getvalue()


@pytest.mark.parametrize("rows", [0, 3])
def test_a_workbook_that_is_broken_off_says_nothing_on_the_screen(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    """Ctrl-C while rows are written: the sheets that stand open must not complain when they are collected."""
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    left = iter(range(rows))

    def interrupted(*_: object) -> list[str]:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return ["x"] * 11

    monkeypatch.setattr("munsocial.report.xlsx._row", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rendered(FULL, ".xlsx")
    gc.collect()
    assert complaints == []


def test_what_could_not_be_known_says_what_was_asked_and_clauses_stand_under_their_act() -> None:
    acts = (ActSummary("kalininsky", "Порядок района", "", {}), ActSummary("federal", "Выписка", "", {}))
    unseen = finding(
        Outcome.UNKNOWN, kind="account.state_verification", act="federal", text=Text("Не видно.", "Unseen.")
    )
    page = rendered(replace(report(finding(Outcome.MET), unseen), acts=acts), ".html").decode()
    listed = page[page.index('id="unseen"') :]
    assert listed.index("Страница имеет отметку государственной организации.") < listed.index("Не видно.")
    clauses = page[page.index('id="clauses"') : page.index('id="unseen"')]
    assert [clauses.count(f"<h3>{act.title}</h3>") for act in acts] == [1, 1]


def test_a_demand_of_several_clauses_has_the_words_of_each_and_none_of_them_is_said_to_demand_nothing() -> None:
    words = {
        "8-ФЗ": Text("Есть страница.", "A page."),
        "2523-р": Text("Названы сети.", "Networks."),
        "9": Text("В", "D"),
    }
    demands = {"page": "8-ФЗ, 2523-р", "content": "2523-р"}
    found = [finding(Outcome.NOT_MET, act="law", requirement=one, clause=clause) for one, clause in demands.items()]
    joint = replace(report(*found), acts=(ActSummary("law", "Выписка", "", words),))
    assert [(one.number, one.text.en, one.jointly) for one in arrange(joint).clauses] == [
        ("2523-р", "Networks.", ("8-ФЗ, 2523-р",)),
        ("8-ФЗ", "A page.", ("8-ФЗ, 2523-р",)),
        ("8-ФЗ, 2523-р", "A page. Networks.", ()),
        ("9", "D", ()),
    ]
    page = rendered(joint, ".html").decode()
    assert page.count("ни к кому в реестре не относится") == 1, "clause 9 alone"
    assert set(re.findall('href="#([^"]+)"', page)) <= set(re.findall(' id="([^"]+)"', page))
    target = io.StringIO()
    show(joint, "ru", Console(file=target))
    assert "Есть страница. Названы сети." in target.getvalue()
    rule = json.loads(rendered(joint, ".sarif"))["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["fullDescription"]["text"] == "Есть страница. Названы сети."
