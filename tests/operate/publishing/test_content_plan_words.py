"""Mistakes of a content plan are told in words of the plan: what is wrong, and what may stand there."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from acting_world import NOW, REGISTER, District
from munsocial.errors import MunsocialError
from munsocial.operate.publishing.content_plan import ContentEntry, ContentPlan, load_content_plan

MOSCOW = ZoneInfo("Europe/Moscow")
HEAD = "когда;аккаунты;текст;состояние"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"), REGISTER)


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


WHENS = (
    ("27.11.2026 10:00", datetime(2026, 11, 27, 10, 0, tzinfo=MOSCOW)),
    ("27.11.2026 10:00:00", datetime(2026, 11, 27, 10, 0, tzinfo=MOSCOW)),
    ("27.11.2026 9:05:30", datetime(2026, 11, 27, 9, 5, 30, tzinfo=MOSCOW)),
    ("27.11.2026", datetime(2026, 11, 27, 10, 0, tzinfo=MOSCOW)),
    ("2026-11-27T10:00:00", datetime(2026, 11, 27, 10, 0, tzinfo=MOSCOW)),
    ("2026-11-27 10:00", datetime(2026, 11, 27, 10, 0, tzinfo=MOSCOW)),
    ("", None),
)


@pytest.mark.parametrize(("cell", "at"), WHENS)
def test_a_moment_as_people_and_spreadsheets_write_it(
    shared: District, tmp_path: Path, cell: str, at: datetime | None
) -> None:
    path = written(tmp_path, "plan.csv", f"{HEAD}\n{cell};administration-vk;Привет;готово\n")
    (entry,) = load_content_plan(path, shared.registry).entries
    assert entry.at == at


TABLES = (
    (f"{HEAD}\n27.11.2026;administration-vk;Привет;запланировано",
     "plan.csv:2 / state: не подходит: нет состояния «запланировано»; есть: черновик (draft), готово (ready)"),
    (f"{HEAD}\n27/11/2026;administration-vk;Привет;готово",
     "plan.csv:2 / at: не подходит: «27/11/2026» — не день и не момент; пишите 27.11.2026 10:00"),
    (f"{HEAD}\n31.02.2026 10:00;administration-vk;Привет;готово",
     "plan.csv:2 / at: не подходит: «31.02.2026 10:00» — не день и не момент; пишите 27.11.2026 10:00"),
    (f"{HEAD}\n27.11.9999;administration-vk;Привет;готово", "plan.csv:2 / at: не подходит: год 9999"),
    (f"{HEAD};ответственный\n27.11.2026;administration-vk;Привет;готово;Иванова",
     "plan.csv:2 / ответственный: не подходит: такого столбца нет; есть: когда (at), аккаунты (to), текст (text)"),
)  # fmt: skip
FILES = (
    ('[[posts]]\ntexxt = "а"', "plan.toml:1 / texxt: не подходит: такого столбца нет; есть: когда (at)"),
    ('[[posts]]\nnamed = ["а"]', "plan.toml:1 / named: не подходит: такого столбца нет"),
    ('[[posts]]\nat = 5', "plan.toml:1 / at: не подходит: «5» — не день и не момент"),
    ('[[posts]]\nat = 10:00:00', "plan.toml:1 / at: не подходит: «10:00:00» — не день и не момент"),
    ('[[posts]]\ntext = 5', "plan.toml:1 / text: не подходит: нужен текст."),
    ('[[posts]]\nvariants = "а"', "plan.toml:1 / variants: не подходит: нужна таблица"),
    ('[[posts]]\nstate = 5', "нет состояния «5»"),
    ('[[posts]]\nat = "завтра"\nstate = "скоро"\ntexxt = "а"', "plan.toml:1 / state"),
    ('[[posts]]\ntext_file = "no.txt"', "plan.toml:1 / text_file: не подходит"),
    ("posts = 5", "пишутся как [[posts]]"),
    ("posts = [5]", "пишутся как [[posts]]"),
    ('[[post]]\ntext = "а"', "пишутся как [[posts]]"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [*(("plan.csv", *one) for one in TABLES), *(("plan.toml", *one) for one in FILES)],
)
def test_a_mistake_is_told_in_words(shared: District, tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(MunsocialError) as refused:
        load_content_plan(written(tmp_path, name, text), shared.registry)
    assert said in refused.value.say("ru")
    for language in ("Input should", "Extra inputs", "isoformat", "permitted"):
        assert language not in refused.value.say("ru") + refused.value.say("en")


def test_all_mistakes_of_a_line_are_told_at_once(shared: District, tmp_path: Path) -> None:
    text = '[[posts]]\nat = "завтра"\nstate = "скоро"\nto = ["nobody-vk"]\ntexxt = "а"'
    with pytest.raises(MunsocialError) as refused:
        load_content_plan(written(tmp_path, "plan.toml", text), shared.registry)
    told = refused.value.say("ru")
    assert [f"/ {field}:" in told for field in ("at", "state", "to", "texxt")] == [True] * 4


def test_a_draft_may_wait_for_its_text(shared: District, tmp_path: Path) -> None:
    path = written(tmp_path, "plan.csv", f"{HEAD}\n;administration-vk;;черновик\n")
    assert [one.state for one in load_content_plan(path, shared.registry).entries] == ["draft"]


@pytest.mark.parametrize("missing", ["at", "to"])
def test_what_is_ready_for_no_day_or_no_page_is_told(shared: District, missing: str) -> None:
    known = {"at": NOW + timedelta(days=1), "to": ("administration-vk",), "text": "Привет!", "state": "ready"}
    entry = ContentEntry.model_validate({name: value for name, value in known.items() if name != missing})
    with shared.connect() as social:
        plan = social.plan_content(ContentPlan(entries=(entry,)))
    assert (plan.steps, ["когда и куда" in one.ru for one in plan.problems]) == ((), [True])
