"""What the commands tell of the sample district is what happened there, and the same whichever command tells it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from command_line import run
from munsocial.sandbox.demo import sample


def test_a_morning_is_played_and_leaves_a_whole_journal(tmp_path: Path) -> None:
    ran = run("demo", "--act", "--out", tmp_path / "demo")
    assert ran.code == 0, ran.said
    for words in (
        "отстаёт",
        "Ждут ответа",
        "нужна подпись второго лица",
        "неясно, будет прочитано",
        "сделано раньше",
        "стоит на страницах: administration-vk — 1, works-vk — 1, works-ok — 1",
        "сеть поставила на время",
        "цепочка цела: да",
    ):
        assert words in ran.out
    # What the story says of the removal whose answer was lost is what happened to it.
    moderated = ran.out.partition("── Модерация")[2].partition("──")[0]
    assert "комментария больше нет" in moderated
    assert "неясно" not in moderated.partition("нарочно теряет")[2]
    assert "исход неясен" not in ran.out
    assert run("outbox", "list", tmp_path / "demo" / "district.toml").out == "Очередь пуста.\n"
    assert run("journal", "verify", tmp_path / "demo" / "district.toml").code == 0
    assert run("plan", "show", tmp_path / "demo" / "moderation.json").code == 0


def test_bans_for_which_the_register_has_a_removal_are_not_called_groundless(tmp_path: Path) -> None:
    """The audit finds one ban of the sample district without a ground; the command must not name two more."""
    file = tmp_path / "district.toml"
    file.write_text(sample(datetime.now(UTC)).registry_text, encoding="utf-8")
    ran = run("moderate", file, "--bans", "--sandbox")
    told = [line.strip() for line in ran.out.splitlines() if "основания" in line or "навсегда" in line]
    who = "! administration-vk: Сергей Мостовой"
    assert told == [
        f"{who} в чёрном списке без записанного основания: запишите удалённый комментарий или снимите блокировку",
        f"{who} заблокирован(а) навсегда: назначьте срок",
    ]
