"""What reads the journal reads as much as it needs: the log once, and no plan older than the questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.journal.journal import Journal
from munsocial.journal.stepbook import StepBook
from munsocial.sandbox.things import Ban

VK = "administration-vk"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def watched(monkeypatch: pytest.MonkeyPatch, whose: type, name: str) -> list[tuple[Any, dict[str, Any]]]:
    """Note how a method is called."""
    calls: list[tuple[Any, dict[str, Any]]] = []
    real = getattr(whose, name)

    def noting(self: Any, *args: Any, **facts: Any) -> Any:
        calls.append((args, facts))
        return real(self, *args, **facts)

    monkeypatch.setattr(whose, name, noting)
    return calls


@pytest.mark.parametrize(("bans", "told", "reads"), [(0, 0, 0), (2, 4, 1)])
def test_the_log_is_read_once_for_the_black_lists_and_not_at_all_without_any(
    district: District, monkeypatch: pytest.MonkeyPatch, bans: int, told: int, reads: int
) -> None:
    for user in range(bans):
        district.world.ban(*district.page(VK), Ban(f"55{user}", district.world.now(), None, "other"))
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("bans",))
        calls = watched(monkeypatch, Journal, "entries")
        assert len(social.import_bans(seen)) == told
        assert sum(facts.get("kind") == "evidence.kept" for _, facts in calls) == reads


def test_no_plan_is_read_that_was_over_before_the_first_question(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = district.publications(VK)
    assert district.apply(old).done
    district.later(days=30)
    district.says("Когда починят дорогу на Сосновой?", district.post(VK), VK)
    with district.connect() as social:
        seen = social.collect(weeks=1, want=("posts", "comments"))
        calls = watched(monkeypatch, StepBook, "plan_body")
        assert [one.answered for one in social.inbox(seen)] == [False]
        assert calls == []
