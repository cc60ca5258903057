"""The acting commands as a person types them, on the embedded world: nothing without --yes, everything said."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from command_line import Ran, run
from munsocial.cli.main import BAD_INPUT, NOTHING_DONE, VIOLATIONS
from munsocial.journal import open_journal
from munsocial.journal.entries import Entry
from munsocial.model.snapshots import load_snapshot, save_snapshot
from munsocial.sandbox.demo import sample
from munsocial.sandbox.faults import Fault, FaultKind, Faults

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33"
    "0000000049454e44ae426082"
)
TALK = "Друзья, завтра субботник в парке! Приходите в 10 утра, перчатки дадим."


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the register of the sample district and a snapshot of its week."""
    folder = tmp_path_factory.mktemp("demo")
    stage = sample(datetime.now(UTC))
    (folder / "district.toml").write_text(stage.registry_text, encoding="utf-8")
    with stage.connect(journal=folder / "unused.sqlite") as social:
        snapshot = social.collect(weeks=1, want=("profile", "posts", "comments", "messages", "bans", "links"))
    save_snapshot(snapshot, folder / "snapshot.json")
    return folder


@pytest.fixture
def folder(seen: Path, tmp_path: Path) -> Path:
    for name in ("district.toml", "snapshot.json"):
        shutil.copy(seen / name, tmp_path / name)
    return tmp_path


def at(folder: Path, *words: object) -> Ran:
    """Run a command of this folder in the sandbox: the words after its name follow the register."""
    names = 2 if words[0] in ("outbox", "plan", "post") else 1
    return run(*words[:names], folder / "district.toml", *words[names:], "--sandbox")


def journal_of(folder: Path) -> Path:
    return folder / "district.journal.sqlite"


def test_nothing_is_done_without_yes(folder: Path) -> None:
    ran = at(folder, "publish", "--to", "works-ok", "--to", "administration-vk", "--text", TALK)
    assert (ran.code, "Ничего не сделано" in ran.out) == (0, True)
    assert "1. works-ok: опубликовать" in ran.out
    assert not journal_of(folder).exists()


def test_a_plan_is_saved_shown_and_done_once(folder: Path) -> None:
    plan = folder / "plan.json"
    saved = at(folder, "publish", "--to", "works-ok", "--text", TALK, "-o", plan)
    assert "План записан" in saved.out
    assert TALK in run("plan", "show", plan).out
    done = at(folder, "apply", plan, "--yes")
    assert (done.code, "Итог: сделано 1" in done.out) == (0, True)
    again = at(folder, "apply", plan, "--yes")
    assert "Итог: сделано раньше 1." in again.out
    known = json.loads(plan.read_text(encoding="utf-8"))["id"]
    assert "сделано раньше" in at(folder, "apply", known, "--yes").out


@pytest.mark.parametrize(
    ("to", "code"), [(("administration-vk",), NOTHING_DONE), (("administration-vk", "works-ok"), VIOLATIONS)]
)
def test_what_the_network_puts_off_is_no_success(
    folder: Path, monkeypatch: pytest.MonkeyPatch, to: tuple[str, ...], code: int
) -> None:
    faults = Faults(Fault(FaultKind.CAPTCHA, network="vk", method="wall.post"))
    monkeypatch.setattr("munsocial.sandbox.demo.sample", lambda now: sample(now, faults=faults))
    ran = at(folder, "publish", *(word for one in to for word in ("--to", one)), "--text", TALK, "--yes")
    assert (ran.code, "пропущено 1" in ran.out) == (code, True), ran.said


@pytest.mark.parametrize(("trouble", "code"), [(FaultKind.CAPTCHA, VIOLATIONS), (FaultKind.UNREACHABLE, 0)])
def test_the_outbox_calls_a_person_for_what_does_not_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch, trouble: FaultKind, code: int
) -> None:
    faults = Faults(Fault(trouble, network="vk", method="wall.post", times=None))
    monkeypatch.setattr("munsocial.sandbox.demo.sample", lambda now: sample(now, faults=faults))
    at(folder, "publish", "--to", "administration-vk", "--text", TALK, "--yes")
    ran = at(folder, "outbox", "run", "--yes")
    assert (ran.code, "пропущено" in ran.out) == (code, True), ran.said


def test_moderation_that_saw_no_comment_says_so(folder: Path) -> None:
    blind = run("moderate", folder / "district.toml")
    assert (blind.code, "модерации не было" in blind.err) == (NOTHING_DONE, True)


def test_a_plan_that_wants_a_second_person(folder: Path) -> None:
    plan = folder / "plan.json"
    options = ("--to", "works-ok", "--text", TALK, "--approve", "--by", "Вербина")
    unsigned = at(folder, "publish", *options, "-o", plan, "--yes")
    assert (unsigned.code, "Нужна подпись второго лица" in unsigned.out) == (NOTHING_DONE, True)
    own = run("plan", "sign", plan, "--by", "Вербина", "--yes")
    assert "нужна подпись другого лица" in own.err
    assert "требуется: 1. Считаются ли они" in run("plan", "sign", plan, "--by", "Ильменев", "--yes").out
    again = at(folder, "apply", plan, "--yes")
    assert again.code == 0, again.said


@pytest.mark.parametrize(
    ("signs", "why"),
    [
        ("verbina", "«verbina» — это составитель плана («Вербина»)"),
        ("Вербина А. С.", "«Вербина А. С.» — это составитель плана («Вербина»)"),
        ("ilmenev", "«ilmenev» — это тот, кто применяет план («Ильменев»)"),
    ],
)
def test_a_signature_that_does_not_count_is_named(folder: Path, signs: str, why: str) -> None:
    plan = folder / "plan.json"
    options = ("--to", "works-ok", "--text", TALK, "--approve", "--by", "Вербина")
    at(folder, "publish", *options, "-o", plan)
    signed = run("plan", "sign", plan, "--by", signs, "--yes").out
    assert signed.startswith(f"Подписано: «{signs}». Подписей с разными именами: 1, требуется: 1. ")
    refused = at(folder, "apply", plan, "--by", "Ильменев", "--yes")
    assert refused.code == NOTHING_DONE, refused.said
    assert f"подписей 0, требуется 1; не в счёт: {why}.\n" in refused.out
    assert f"munsocial plan sign {plan} --by ИМЯ --yes" in refused.out


def test_moderation_shows_first_and_removes_when_signed(folder: Path) -> None:
    shown = at(folder, "moderate")
    assert (shown.code, "Ничего не сделано" in shown.out) == (0, True)
    assert "п. 9.3; нецензурная брань" in shown.out
    done = at(folder, "moderate", "--yes", "--limit", "2", "--by", "Вербина", "--signed-by", "Ильменев")
    assert "Итог: сделано 2" in done.out
    evidence = run("journal", "verify", folder / "district.toml")
    assert evidence.code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--report",), "administration-vk"),
        (("--shadow",), "Теневой режим, ничего не сделано"),
        (("--bans",), "без записанного основания"),
        (("--unbans",), "Делать нечего"),
        (("--leave", "works-ok:1", "--why", "цитата"), "останется"),
        (("--leave", "works-ok:1", "--why", "цитата", "--yes"), "Записано: works-ok:1 остаётся"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_other_modes_of_moderation(folder: Path, words: tuple[str, ...], said: str) -> None:
    ran = at(folder, "moderate", "--snapshot", folder / "snapshot.json", *words)
    assert (ran.code, said in ran.out) == (0, True), ran.said


@pytest.mark.parametrize("user", ["4242", "standing"], ids=["gone from the black list", "still in it"])
def test_a_ban_for_ever_holds_as_long_as_the_black_list_shows_it(folder: Path, user: str) -> None:
    seen = load_snapshot(folder / "snapshot.json")
    account, there = next((one.account, one.bans.value[0].user_id) for one in seen.accounts if one.bans.value)
    banned = there if user == "standing" else user
    before = seen.taken_at - timedelta(days=9)
    with open_journal(journal_of(folder)) as journal:
        journal.append_many([Entry("ban.imported", account, {"until": None}, before, {"user": banned})])
    removal = (
        '\n[[removals]]\nat = {at}\naccount = "{account}"\nitem = "{item}"\nground = "спам"\nauthor_id = "{author}"\n'
    )
    rows = (
        removal.format(at=(seen.taken_at - timedelta(days=1)).isoformat(), account=account, item=item, author=banned)
        for item in ("c1", "c2")
    )
    with (folder / "district.toml").open("a", encoding="utf-8") as register:
        register.writelines(rows)
    ran = at(folder, "moderate", "--snapshot", folder / "snapshot.json", "--bans")
    assert (ran.code, f"заблокировать {banned} до" in ran.out) == (0, user == "4242"), ran.said


def test_what_is_left_is_left_as_it_reads(folder: Path) -> None:
    seen = load_snapshot(folder / "snapshot.json")
    place, text = next((one.account, said) for one in seen.accounts for said in one.comments.value or ())
    options = ("--snapshot", folder / "snapshot.json", "--why", "цитата", "--yes")
    ran = at(folder, "moderate", "--leave", f"{place}:{text.id}", *options)
    assert (ran.code, f"Пока он читается так: «{text.text[:20]}" in ran.out) == (0, True), ran.said
    assert "даже если автор его изменит" in at(folder, "moderate", "--leave", f"{place}:no-such", *options).out


def test_a_replay_of_the_journal(folder: Path) -> None:
    at(folder, "moderate", "--snapshot", folder / "snapshot.json", "--shadow", "--yes")
    (folder / "strict.toml").write_text("[sure]\nobscenity = 1.0\ninsult = 1.0\nspam = 1.0\n", encoding="utf-8")
    ran = at(folder, "moderate", "--replay", folder / "strict.toml")
    assert "станет: показать человеку" in ran.out


def test_a_replay_before_the_first_shadow_run_says_what_to_do(folder: Path) -> None:
    (folder / "strict.toml").write_text("", encoding="utf-8")
    for given, (first, other) in (((), (True, False)), (("--snapshot", folder / "snapshot.json"), (False, True))):
        said = " ".join(at(folder, "moderate", "--replay", folder / "strict.toml", *given).out.split())
        assert ("теневого режима ещё не было" in said, "Прочитано комментариев" in said) == (first, other)


def test_nobody_is_sent_to_apply_a_plan_of_nothing(folder: Path) -> None:
    out = at(folder, "moderate", "--unbans", "-o", folder / "plan.json").out
    assert [one in out for one in ("План записан", "Делать нечего.", "munsocial apply")] == [True, True, False], out


def test_the_inbox_and_an_answer(folder: Path) -> None:
    listed = at(folder, "inbox", "--snapshot", folder / "snapshot.json")
    assert (listed.code, "просрочено" in listed.out) == (1, True)
    plain = json.loads(at(folder, "inbox", "--snapshot", folder / "snapshot.json", "--json").out)["questions"]
    code = next(one["code"] for one in plain if one["account"] == "administration-vk" and not one["message"])
    answered = at(folder, "answer", code, "--text", "Спасибо, друзья, починим в среду!", "--yes")
    assert (answered.code, "сделано" in answered.out) == (0, True), answered.said


def test_answers_from_templates(folder: Path) -> None:
    (folder / "t.toml").write_text(
        '[templates.a]\nwords = ["яма", "дорог"]\ntext = "Починим до {{ day(3) }}."\n', "utf-8"
    )
    ran = at(folder, "answer", "--templates", folder / "t.toml", "--snapshot", folder / "snapshot.json")
    assert "Починим до" in ran.out


def test_one_text_answers_every_question_that_was_named(folder: Path) -> None:
    taken = ("--snapshot", folder / "snapshot.json")
    plain = json.loads(at(folder, "inbox", *taken, "--json").out)["questions"]
    codes = [one["code"] for one in plain if one["account"] == "administration-vk" and not one["repeats"]][:3]
    ran = at(folder, "answer", *codes, codes[0], "--text", "Починим в среду!", *taken, "-o", folder / "plan.json")
    assert ran.code == 0, ran.said
    steps = json.loads((folder / "plan.json").read_bytes())["steps"]
    assert [one["id"] for one in steps] == ["s1", "s2", "s3"]


def test_the_week_says_who_is_behind(folder: Path) -> None:
    ran = at(folder, "plan", "week", "--snapshot", folder / "snapshot.json")
    assert ran.code == 1
    assert "works-vk: опубликовано 0 из 5" in ran.out
    assert "отстаёт" in ran.out


def test_an_emergency_reaches_everybody_it_can(folder: Path) -> None:
    ran = at(folder, "publish", "--emergency", "--text", "Паводок: уходите на холм, автобусы у клуба.", "--yes")
    assert ran.code == 1  # some accounts have no key, and the report says so
    assert "✓ administration-vk" in ran.out
    assert "Предупреждение стоит в" in ran.out


def test_an_emergency_waits_for_the_signature_that_was_asked_for(folder: Path) -> None:
    plan = folder / "plan.json"
    words = ("publish", "--emergency", "--text", "Паводок: уходите на холм.", "--approve", "--by", "Вербина")
    lost = at(folder, *words, "--yes")
    assert "дайте ту же команду с -o plan.json, затем munsocial plan sign plan.json --by ИМЯ --yes" in lost.out
    assert lost.code == NOTHING_DONE
    ran = at(folder, *words, "--yes", "-o", plan)
    assert (ran.code, "Нужна подпись второго лица" in ran.out) == (NOTHING_DONE, True), ran.said
    assert not journal_of(folder).exists() or not _confirmed(folder)
    assert run("plan", "sign", plan, "--by", "Ильменев", "--yes").code == 0
    assert "Итог: сделано" in at(folder, "apply", plan, "--yes").out


def test_an_emergency_keeps_to_its_limit(folder: Path) -> None:
    ran = at(folder, "publish", "--emergency", "--text", "Паводок: уходите на холм.", "--yes", "--limit", "2")
    assert (ran.code, _confirmed(folder), "не отправлялось" in ran.out) == (1, 2, True), ran.said


def _confirmed(folder: Path) -> int:
    with open_journal(journal_of(folder), only_read=True) as journal:
        return sum(1 for _ in journal.entries(kind="step.confirmed"))


def test_the_outbox(folder: Path) -> None:
    assert "Очередь пуста" in at(folder, "outbox", "list").out
    assert at(folder, "outbox", "run", "--yes").code == 0
    at(folder, "moderate", "--leave", "works-ok:1", "--why", "цитата", "--yes")
    missing = run("outbox", "drop", folder / "district.toml", "plan-1/s1")
    assert (missing.code, "такого шага в очереди нет" in missing.err) == (BAD_INPUT, True)
    assert f"munsocial outbox list {folder / 'district.toml'}; если исход неясен" in missing.err


def test_a_post_is_changed(folder: Path) -> None:
    ran = at(folder, "post", "pin", "administration-vk", "1")
    assert (ran.code, "закрепить запись 1" in ran.out) == (0, True)


def test_a_post_is_shown_before_it_goes(folder: Path) -> None:
    shown = run("post", "delete", folder / "district.toml", "administration-vk", "17", "--sandbox")
    assert shown.code == 0, shown.said
    assert "удалить запись 17: «" in shown.out
    assert "вместе с записью исчезнут комментарии под ней: 2\n" in shown.out
    assert "«»" not in shown.out
    for words in (("delete",), ("edit", "--text", "Исправлено.")):
        none = run("post", words[0], folder / "district.toml", "administration-vk", "999999", *words[1:], "--sandbox")
        assert "записи 999999 на странице нет" in none.out
        assert "Делать нечего." in none.out


WRONG = (
    (("publish", "--text", "а"), "Дайте --to"),
    (("post", "edit", "administration-vk", "17"), "нужен новый текст. Дайте --text или --text-file"),
    (("publish", "--to", "works-ok"), "нечего публиковать"),
    (("publish", "--to", "nobody", "--text", "а"), "нет таких аккаунтов: nobody"),
    (("publish", "--to", "works-ok", "--text", "а", "--when", "завтра"), "это не момент времени"),
    (("publish", "--to", "works-ok", "--text", "а", "--poll", "вопрос||"), "опрос пишется так"),
    (("moderate", "--shadow", "--report"), "сразу только одно"),
    (("moderate", "--leave", "x"), "АККАУНТ:КОММЕНТАРИЙ"),
    (("moderate", "--leave", "works-ok:1"), "без причины"),
    (("moderate", "--leave", "nobody:1", "--why", "цитата"), "такого аккаунта нет"),
    (("moderate", "--settings", "no.toml"), "no.toml"),
    (("answer", "abc123"), "ни текста, ни шаблона"),
    (("answer", "abc123", "--text", "а", "--templates", "t.toml"), "или словами, или шаблонами"),
    (("answer", "abc123", "--text", "а", "--template", "a"), "--template: "),
    (("answer", "abc123", "--template", "a"), "--template"),
    (("apply", "no-such.json"), "no-such.json"),
    (("plan", "schedule", "no-such.toml"), "no-such.toml"),
)


@pytest.mark.parametrize(("words", "said"), WRONG, ids=[" ".join(one[0][:3]) for one in WRONG])
def test_what_is_typed_wrongly(folder: Path, words: tuple[str, ...], said: str) -> None:
    ran = at(folder, *words)
    assert ran.code == BAD_INPUT, ran.said
    assert said in ran.err
    assert "Traceback" not in ran.said


def test_no_text_of_a_stranger_commands_the_terminal(folder: Path) -> None:
    evil = f"{TALK} \x1b]0;pwned\x07\x1b[2J\u202eabc"
    ran = at(folder, "publish", "--to", "works-ok", "--text", evil, "-o", folder / "plan.json")
    shown = run("plan", "show", folder / "plan.json")
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.said + shown.said)
    assert "pwned" in shown.out


def test_deeds_go_on_when_the_reader_of_a_pipe_goes_away(folder: Path) -> None:
    """``munsocial publish ... --yes | head -1`` must not publish to half of the accounts."""
    to = ("--to", "works-ok", "--to", "administration-vk", "--to", "culture-vk")
    words = ["publish", folder / "district.toml", *to, "--text", TALK, "--yes", "--sandbox"]
    command = [sys.executable, "-m", "munsocial", *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    process.stdout.close()
    assert process.wait(timeout=120) == 0
    with open_journal(journal_of(folder)) as journal:
        assert sum(1 for _ in journal.entries(kind="step.confirmed")) == 3


@pytest.mark.parametrize(
    "words",
    [
        ("moderate", "--snapshot", "snapshot.json"),
        ("publish", "--to", "works-vk", "--text", TALK),
        ("inbox", "--snapshot", "snapshot.json"),
    ],
    ids=["moderate", "publish", "inbox"],
)
def test_an_act_of_the_district_lies_beside_its_register(folder: Path, words: tuple[str, ...]) -> None:
    act = (files("munsocial.policy") / "acts" / "kalininsky.toml").read_text(encoding="utf-8")
    (folder / "own.toml").write_text(act.replace('id = "kalininsky"', 'id = "own"', 1), encoding="utf-8")
    register = (folder / "district.toml").read_text(encoding="utf-8")
    (folder / "district.toml").write_text(register.replace('"kalininsky"', '"own.toml"', 1))
    given = [folder / word if word == "snapshot.json" else word for word in words]
    ran = at(folder, *given)
    assert ran.code != BAD_INPUT, ran.said
    assert "own.toml" not in ran.said


def test_what_could_not_be_planned_at_all_is_no_success(folder: Path) -> None:
    (folder / "t.toml").write_text('[templates.a]\ntext = "{{ нет"\nwords = ["?", "снег", "дорог"]\n', "utf-8")
    words = ("answer", "--templates", folder / "t.toml", "--snapshot", folder / "snapshot.json")
    looked, done = at(folder, *words), at(folder, *words, "--yes")
    assert "не сработал" in looked.out
    assert (looked.code, done.code) == (0, NOTHING_DONE)


def test_a_file_that_was_changed_after_the_plan_is_refused(folder: Path) -> None:
    picture, plan = folder / "park.png", folder / "plan.json"
    picture.write_bytes(PICTURE)
    at(folder, "publish", "--to", "administration-ok", "--text", TALK, "--media", picture, "-o", plan)
    picture.write_bytes(PICTURE + b"0")
    ran = at(folder, "apply", plan, "--yes")
    assert (ran.code, "park.png изменён" in ran.out) == (NOTHING_DONE, True), ran.said
    assert at(folder, "apply", plan, "--yes").code == NOTHING_DONE
    picture.write_bytes(PICTURE)
    assert "изменён" not in at(folder, "apply", plan, "--yes").out  # from here on it is about keys


@pytest.mark.parametrize(("words", "there"), [((), True), (("--weeks", "1"), False)])
def test_comments_under_older_posts_are_moderated(folder: Path, words: tuple[str, ...], there: bool) -> None:
    """Of works-vk 12, under a post of the 26th of October; today is the 25th of November."""
    ran = at(folder, "moderate", *words)
    assert ("третий день без воды" in ran.out) == there
