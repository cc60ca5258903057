"""The address of a check is a right: it is told at once to who acts, and kept nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from acting_world import District, fault
from munsocial.errors import AbilityAbsent, HumanCheckNeeded, MunsocialError, NotFound, SecretUnavailable
from munsocial.network.missing import missing_of
from munsocial.operate.collecting.partial import blindness
from munsocial.testing.factories import view
from munsocial.wording import Text

VK, TOKEN = "administration-vk", "session_token"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def kept_in(folder: Path) -> list[str]:
    """Name the files in which the token lies."""
    return [one.name for one in sorted(folder.iterdir()) if TOKEN.encode() in one.read_bytes()]


def test_a_step_that_meets_a_check_tells_its_address_and_the_journal_keeps_none(district: District) -> None:
    plan = district.publications(VK)
    district.faults.add(fault("captcha", "wall.post"))
    with district.connect() as social:
        (outcome,) = social.apply(plan).outcomes
        assert (outcome.state, all(TOKEN in outcome.say(lang) for lang in ("ru", "en"))) == ("skipped", True)
        assert kept_in(district.folder) == []
    assert district.states(district.apply(plan)) == ["confirmed"]
    assert kept_in(district.folder) == []


def test_a_look_that_meets_a_check_keeps_no_address(district: District) -> None:
    plan = district.publications(VK)
    district.faults.add(fault("lost_after", "wall.post", times=None))
    district.faults.add(fault("captcha", "wall.get", times=None))
    with district.connect() as social:
        (outcome,) = social.apply(plan).outcomes
        assert outcome.state == "uncertain"
        assert kept_in(district.folder) == []


def test_a_snapshot_keeps_no_address(district: District) -> None:
    district.faults.add(fault("captcha", times=None))
    with district.connect() as social:
        social.collect_to(district.folder / "snapshot.json", weeks=1)
    assert "Войдите на сайт ВКонтакте" in (district.folder / "snapshot.json").read_text("utf-8")
    assert kept_in(district.folder) == []


LINK = f"https://id.example/check?{TOKEN}=abc"


@pytest.mark.parametrize(
    ("error", "where", "words"),
    [
        (HumanCheckNeeded(Text("Проверка.", "A check."), link=LINK, network="vk"), "vk", "Проверка."),
        (HumanCheckNeeded(Text("Проверка.", "A check."), network="vk"), "vk", "Проверка."),
        (NotFound(Text("Пусто.", "Nothing."), network="vk"), "vk", "Пусто."),
        (
            NotFound(
                Text("Пусто.", "Nothing."), network="vk", method="wall.get", account=VK, remedy=Text("Ищите.", "Seek.")
            ),
            f"vk / wall.get / {VK}",
            "Пусто. Ищите.",
        ),
        (AbilityAbsent(Text("Не умеет.", "Cannot."), where="vk / list_posts"), "vk / list_posts", "Не умеет."),
        # Which key is lacking is what is told; it says nothing of the place.
        (SecretUnavailable(Text("Пусто.", "Empty."), where="env:VK_KEY"), "", "env:VK_KEY: Пусто."),
    ],
)
def test_what_is_kept_is_the_message_without_an_address_and_its_place_apart(
    error: MunsocialError, where: str, words: str
) -> None:
    missing = missing_of(error)
    assert (missing.where, missing.ru) == (where, words)
    assert error.kept().ru == (f"{where}: {words}" if where else words)
    assert error.kept().en == error.say("en").removesuffix(LINK).rstrip()


def test_a_reason_reads_alike_for_all_accounts_and_no_sentence_loses_a_word() -> None:
    def said(account: str, words: str) -> Text | None:
        error = NotFound(Text(words, words), network="vk", method="wall.get", account=account)
        return blindness(view(account, posts=missing_of(error)))

    assert said("school", "Пусто.") == said("library", "Пусто.") == Text("Пусто.", "Пусто.")
    sentence = "Ищите в «Настройки / school: доступ»."
    assert said("school", sentence) == Text(sentence, sentence)
