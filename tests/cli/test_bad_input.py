"""What bad input gets on the real command line: one message with the place and the remedy, and nothing spoilt.

Every row is run in both languages: exit 2 for what was given wrong, 3 when nothing could be read or done.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from small_district import REGISTRY, files_of

SECRET = "vk1.a.AbCdEfGhIjKlMnOpQrStUvWx-ZaYbXc"
AUDIT = "audit {0}/district.toml --snapshot {0}/snapshot.json"


def _link_to_itself(folder: Path) -> None:
    (folder / "loop.toml").symlink_to(folder / "loop.toml")


def _folder(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).mkdir()


def _unlike(**changes: Any) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        file = folder / "snapshot.json"
        file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), **changes}, ensure_ascii=False), "utf-8")

    return change


def _cut(folder: Path) -> None:
    file = folder / "snapshot.json"
    file.write_bytes(file.read_bytes()[:-200])


@dataclass(frozen=True)
class Row:
    """``files`` are written over the good district, ``arrange`` does the rest; ``words`` stand in both languages."""

    situation: str
    command: str
    words: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    arrange: Callable[[Path], None] | None = None
    code: int = 2


def registry(situation: str, content: str | bytes, *words: str, name: str = "district.toml") -> Row:
    raw = content.encode() if isinstance(content, str) else content
    return Row(situation, f"registry check {{0}}/{name}", (name, *words), {name: raw})


def more(situation: str, text: str, *words: str) -> Row:
    return registry(situation, f"{REGISTRY}{text}\n", *words)


def snapshot(situation: str, *words: str, content: bytes | None = None, arrange: Any = None) -> Row:
    files = {} if content is None else {"snapshot.json": content}
    return Row(situation, AUDIT, ("snapshot.json", *words), files, arrange)


ROWS = [
    # a file that cannot be read at all
    Row("a missing registry", "registry check {0}/none.toml", ("none.toml",)),
    Row("a missing registry with a suffix unknown", "registry check {0}/none.csv", ("none.csv", ".xlsx")),
    Row("a directory for a registry", "registry check {0}", ("{0}",)),
    Row("a directory with the name of a registry", "registry check {0}/d.toml", ("d.toml",), arrange=_folder("d.toml")),
    Row("a link that leads to itself", "registry check {0}/loop.toml", ("loop.toml",), arrange=_link_to_itself),
    Row("a name with a null byte", "registry check {0}/a\0b.toml", (".toml",)),
    Row("a name too long", f"registry check {{0}}/{'x' * 300}.toml", (".toml",)),
    Row("a device in place of a registry", "registry check /dev/null", ("/dev/null",)),
    registry("an empty file", "", "municipality"),
    registry("only a byte order mark", b"\xef\xbb\xbf", "municipality"),
    registry("not UTF-8", REGISTRY.encode("cp1251"), "UTF-8", "3"),
    registry("UTF-16 of a word processor", REGISTRY.encode("utf-16"), "UTF-8"),
    registry("a picture under the name of a registry", b"\x89PNG\r\n\x1a\n\x00\x00", "UTF-8"),
    # broken TOML and JSON
    registry("an unclosed quote", '[municipality]\nid = "reka\n', "2", "11"),
    registry("an unclosed bracket", "[municipality\nid = 1", "1"),
    registry("an unclosed quote under CRLF and a mark", '\ufeff[municipality]\r\nid = "reka\r\n', "2", "11"),
    registry("a field twice", '[municipality]\nid = "a"\nid = "b"\n', "3"),
    registry("a day that does not exist", "[municipality]\nid = 2026-02-31\n", "2"),
    registry("lists without end", f"a = {'[' * 100_000}", "TOML"),
    registry("a name of names without end", f"{'a.' * 100_000}b = 1", "TOML"),
    registry("a name of quoted names without end", f"""[t]\nx = {{{'"a" . ' * 100_000}b = 1}}""", "TOML"),
    registry("tables without end", f"a = {'{b=' * 50_000}", "TOML"),
    registry("a number of a million digits", f"a = {'9' * 1_000_000}", "TOML"),
    registry("JSON cut short", '{"municipality": {"id": "reka"', "1", name="d.json"),
    registry("JSON without end", '{"a":' * 100_000, "JSON", name="d.json"),
    registry("JSON lists without end", "[" * 100_000, "JSON", name="d.json"),
    registry("a number of a million digits in JSON", f'{{"a": {"9" * 1_000_000}}}', "JSON", name="d.json"),
    registry("JSON that is a list", "[]", "municipality", name="d.json"),
    registry("JSON with a field twice", '{"municipality": {"id": "a", "id": "b", "name": "Б"}}', "id", name="d.json"),
    registry("a number for a table", '{"municipality": {"id": "a", "name": "b"},"acount":1}', "acount", name="d.json"),
    registry("a number for every table", '{"municipality": 1, "bodies": 2, "people": "x"}', "bodies", name="d.json"),
    registry("JSON of nothing", "null", "municipality", name="d.json"),
    registry("NaN for a name", '{"municipality": {"id": "a", "name": NaN}}', "municipality", "name", name="d.json"),
    registry("no workbook under .xlsx", REGISTRY, ".xlsx", name="d.xlsx"),
    registry("an empty workbook file", b"", "d.xlsx", name="d.xlsx"),
    # a registry that is read but wrong
    more("an unknown key", 'colour = "red"', "accounts", "adm-vk", "colour"),
    more("a slip in a key", 'handel = "x"', "accounts", "handel", "handle"),
    more("an unknown table", "[[acounts]]\nid = 'x'", "acounts", "accounts"),
    more("a repeated id", '[[people]]\nid = "anna"\nname = "Другая"', "people", "anna"),
    more("a body that is not there", '[[people]]\nid = "b"\nname = "Б"\nbody = "admm"', "people", "body", "adm"),
    more("a person that is not there", '[[credentials]]\naccount="adm-vk"\nkind="login"\nholder="boris"', "boris"),
    more("closed before opened", "closed = 2024-01-01", "adm-vk", "closed"),
    more("a year of long ago", "phone_since = 1026-01-01", "phone_since"),
    more("a naive time", '[[removals]]\naccount="adm-vk"\nitem="1"\nground="spam"\nat=2026-01-01T10:00:00', "removals"),
    more("a huge number for a date", f"phone_since = {'9' * 30}", "phone_since"),
    more("a number too big for a text", f"title = {'9' * 30}", "title"),
    more("a float that is no number", "title = nan", "title"),
    more("an unknown zone", '[networks]\n[municipality.x]\ny = 1', "municipality"),
    more("a secret in place of a reference", f'[[credentials]]\naccount="adm-vk"\nkind="k"\nsecret="{SECRET}"', "env:"),
    more("a secret in a title", f'title = "{SECRET}"', "title"),
    # a snapshot
    Row("a missing snapshot", "audit {0}/district.toml --snapshot {0}/none.json", ("none.json",)),
    Row("a directory for a snapshot", "audit {0}/district.toml --snapshot {0}", ("{0}",)),
    snapshot("a snapshot of another version", "munsocial.snapshot/9", arrange=_unlike(schema="munsocial.snapshot/9")),
    snapshot("a snapshot of another district", "ozero", "reka", arrange=_unlike(municipality="ozero")),
    snapshot("a cut snapshot", "munsocial collect", arrange=_cut),
    snapshot("a snapshot with a naive time", "taken_at", arrange=_unlike(taken_at="2026-11-23T10:00:00")),
    snapshot("a snapshot that ends before it begins", "until", arrange=_unlike(until="2020-01-01T00:00:00Z")),
    snapshot("an unknown key in a snapshot", "colour", arrange=_unlike(colour="red")),
    snapshot("a time beyond all calendars", "taken_at", arrange=_unlike(taken_at=9e99)),
    snapshot("an empty snapshot", "1", content=b""),
    snapshot("a snapshot in another encoding", "1", content='{"municipality": "Река"}'.encode("cp1251")),
    snapshot("lists without end for a snapshot", "munsocial collect", content=b"[" * 200_000),
    snapshot("a report for a snapshot", "munsocial.report/1", content=b'{"schema": "munsocial.report/1"}'),
    snapshot("a plan for a snapshot", "steps", content=json.dumps({
        "schema": "munsocial.snapshot/1", "municipality": "reka", "steps": [], "digest": ""}).encode()),
    # a plan
    Row("a snapshot for a plan", "plan show {0}/snapshot.json", ("snapshot.json",)),
    Row("a snapshot for a plan to do", "apply {0}/district.toml {0}/snapshot.json", ("snapshot.json",)),
    Row("a plan cut short", "plan sign {0}/p.json --by x --yes", ("p.json",), {"p.json": b'{"id": "plan-1", "st'}),
    # acts
    Row("an unknown act", f"{AUDIT} --acts nope", ("nope", "kalininsky")),
    Row("an act twice", f"{AUDIT} --acts federal --acts federal", ("federal",)),
    Row("a missing file of an act", f"{AUDIT} --acts {{0}}/my.toml", ("my.toml",)),
    Row("an act that is broken TOML", "acts check {0}/my.toml", ("my.toml", "1"), {"my.toml": b"id = "}),
    Row("an act without anything", "acts check {0}/my.toml", ("my.toml",), {"my.toml": b""}),
    Row("an act with an unknown kind", "acts check {0}/my.toml", ("my.toml", "posting.nonsense"), {"my.toml": (
        'id="my"\ntitle="Порядок"\n[clauses."1"]\nru="а"\nen="a"\n[[requirements]]\nid="r"\nclause="1"\n'
        'kind="posting.nonsense"\nlevel="must"\napplies_to=["body"]\n').encode()}),
    Row("a registry that names an unknown act", AUDIT, ("nope",), {
        "district.toml": REGISTRY.replace('"kalininsky"', '"nope"').encode()}),
    Row("a registry that names no act", AUDIT, ("--acts",), {
        "district.toml": REGISTRY.replace('"kalininsky"', "").encode()}),
    # times and numbers on the command line
    Row("a moment without a zone", f"{AUDIT} --at 2026-11-23T10:00:00", ("--at", "+03:00")),
    Row("a moment that is none", f"{AUDIT} --at вчера", ("--at вчера", "+03:00")),
    Row("a moment at the edge of calendars", f"{AUDIT} --at 9999-12-31T23:59:59-12:00", ("--at",)),
    Row("a moment before all calendars", f"{AUDIT} --at 0001-01-01T00:00:00+14:00", ("--at",)),
    Row("a day that is none", "collect {0}/district.toml --since 2026-13-01 -o {0}/s.json", ("--since 2026-13-01",)),
    Row("a span turned round", "collect {0}/district.toml --since 2026-02-01 --until 2026-01-01 -o {0}/s.json",
        ("--since", "--until")),
    Row("a day in the year 9999", "collect {0}/district.toml --since 9999-12-31 -o {0}/s.json", ("--since",)),
    Row("a last day in the year 9999", "collect {0}/district.toml --until 9999-12-31 -o {0}/s.json",
        ("--until",)),
    Row("no weeks", "collect {0}/district.toml --weeks 0 -o {0}/s.json", ("--weeks", "520")),
    Row("weeks in words", "collect {0}/district.toml --weeks четыре -o {0}/s.json", ("--weeks", "520")),
    Row("too many weeks", f"collect {{0}}/district.toml --weeks {'9' * 5000} -o {{0}}/s.json", ("--weeks", "520")),
    # options that are of use with another only
    Row("a ground without a removal", "moderate {0}/district.toml --ground threat", ("--ground", "--remove")),
    Row("a ground of what is left", "moderate {0}/district.toml --leave a:1 --why b --ground threat", ("--remove",)),
    Row("a reason of nothing", "moderate {0}/district.toml --report --why b", ("--why", "--remove", "--leave")),
    # targets
    Row("a form of report that is not there", f"{AUDIT} -o {{0}}/r.docx", ("r.docx", ".html")),
    Row("a report without a suffix", f"{AUDIT} -o {{0}}/report", ("report", ".html")),
    Row("a report over the snapshot", f"{AUDIT} -o {{0}}/snapshot.json", ("snapshot.json",)),
    Row("a report over the snapshot by a link", f"{AUDIT} -o {{0}}/l.json", ("l.json", "snapshot.json"),
        arrange=lambda folder: (folder / "l.json").symlink_to(folder / "snapshot.json")),
    Row("a report over the registry", "audit {0}/r.json --snapshot {0}/snapshot.json -o {0}/r.json", ("r.json",)),
    Row("a report into a missing folder", f"{AUDIT} -o {{0}}/none/r.html", ("none/r.html",)),
    Row("a report in place of a folder", f"{AUDIT} -o {{0}}/d.html", ("d.html",), arrange=_folder("d.html")),
    Row("a report on a full disk", f"{AUDIT} -o {{0}}/full.html", ("full.html",),
        arrange=lambda folder: (folder / "full.html").symlink_to("/dev/full")),
    Row("a report along a link to itself", f"{AUDIT} -o {{0}}/loop.toml.html", ("loop.toml.html",),
        arrange=lambda folder: (folder / "loop.toml.html").symlink_to(folder / "loop.toml.html")),
    Row("a snapshot over the registry", "collect {0}/district.toml -o {0}/district.toml", ("district.toml",)),
    Row("a snapshot into a missing folder", "collect {0}/district.toml -o {0}/none/s.json", ("none/s.json",)),
    Row("a snapshot in place of a folder", "collect {0}/district.toml -o {0}", ("{0}",)),
    Row("a snapshot on a full disk", "collect {0}/district.toml -o /dev/full", ("/dev/full",)),
    Row("a registry converted into itself", "registry convert {0}/district.toml {0}/district.toml", ("district.toml",)),
    Row("converting into an unknown form", "registry convert {0}/district.toml {0}/d.csv", ("d.csv", ".xlsx")),
    Row("converting onto a full disk", "registry convert {0}/district.toml {0}/f.json", ("f.json",),
        arrange=lambda folder: (folder / "f.json").symlink_to("/dev/full")),
    Row("a template over a registry", "init {0}/district.toml", ("district.toml", "--force")),
    Row("a template along a link to itself", "init {0}/loop.toml", ("loop.toml",), arrange=_link_to_itself),
    Row("a template of an unknown form", "init {0}/district.docx", ("district.docx", ".toml")),
    Row("a template without a form", "init {0}/my-district", ("my-district", ".toml")),
    Row("a template into a missing folder", "init {0}/none/d.toml", ("none/d.toml",)),
    Row("a demo over somebody's district", "demo --out {0}", ("district.toml", "--out")),
    Row("a demo in place of a file", "demo --out {0}/district.toml", ("district.toml",)),
    # the command itself
    Row("an unknown command", "audti", ("audti", "audit", "--help")),
    Row("an unknown command of a group", "registry chek", ("chek", "check")),
    Row("an unknown option", f"{AUDIT} --outptu r.html", ("--outptu", "--output")),
    Row("no registry", "audit", ("--help",)),
    Row("a word too many", "init a.toml b.toml", ("b.toml",)),
    Row("an option without its value", "audit d.toml --at", ("--at",)),
    Row("an unknown schema", "schema nonsense", ("registry", "snapshot")),
    Row("a language that is not spoken", "--lang de networks", ("--lang", "ru", "en")),
]  # fmt: skip


def _ours(word: str, folder: Path) -> str:
    return word.replace("{0}", str(folder))


def _left(folder: Path) -> dict[str, bytes | str]:
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else "no file"
        for path in sorted(folder.rglob("*"))
        if not path.is_symlink()
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.situation)
def test_bad_input_gets_one_clear_message(tmp_path: Path, row: Row) -> None:
    files_of(tmp_path)
    (tmp_path / "r.json").write_bytes((tmp_path / "snapshot.json").read_bytes())
    for name, content in row.files.items():
        (tmp_path / name).write_bytes(content)
    if row.arrange:
        row.arrange(tmp_path)
    before = _left(tmp_path)
    arguments = [_ours(word, tmp_path) for word in row.command.split(" ")]
    for lang in ("ru", "en"):
        ran = run(*arguments, *(() if row.command.startswith("--lang") else ("--lang", lang)))
        assert ran.code == row.code, ran
        assert "Traceback" not in ran.said
        assert "Внутренняя ошибка" not in ran.said
        assert "Internal error" not in ran.said
        assert not re.search(r": \.(\s|$)", ran.said)  # a list of nothing
        assert not re.search("[Ss]ym", ran.said)  # the system's own English of a loop of links
        assert SECRET not in ran.said
        for word in row.words:
            assert _ours(word, tmp_path) in ran.err, ran
        assert re.search("[А-Яа-яЁё]" if lang == "ru" else "[a-z]{3} [a-z]", ran.err), ran
        assert len(ran.err) < 3000
    assert _left(tmp_path) == before


def test_every_row_of_a_broken_registry_tells_all_problems_and_a_remedy_for_each(tmp_path: Path) -> None:
    text = REGISTRY.replace('body = "adm"\nnetwork', 'body = "nobody"\nnetwork').replace("2025-01-15", "1025-01-15")
    (tmp_path / "district.toml").write_text(f"{text}\ncolour = 1\n", "utf-8")
    ran = run("registry", "check", tmp_path / "district.toml")
    problems = [line for line in ran.err.splitlines() if line.startswith("  - ")]
    assert len(problems) == 3
    assert all(line.count(".") >= 2 for line in problems)
