"""Every TOML file that a person writes is refused in one way: the place, in the reader's language, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from munsocial.errors import FileRefused, InputError
from munsocial.operate.answering.templates import load_templates
from munsocial.operate.moderating.settings import load_settings
from munsocial.operate.publishing.content_plan import load_content_plan
from munsocial.testing.factories import district

READERS: dict[str, Callable[[Path], Any]] = {
    "moderation": load_settings,
    "answers": load_templates,
    "plan": lambda path: load_content_plan(path, district()),
}
BROKEN = (
    ('a = "x" y\n', "ошибка в TOML: строка 1, столбец 9: после значения лишние знаки."),
    ("since = 2026-02-31\n", "ошибка в TOML: строка 1, столбец 9: такой даты нет."),
    (f"a = {'[' * 5000}", "TOML"),
)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(("written", "told"), BROKEN, ids=["a slip", "a day that is none", "too deep"])
def test_what_is_no_toml(tmp_path: Path, name: str, written: str, told: str) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(FileRefused) as caught:
        READERS[name](file)
    assert told in caught.value.say()
    assert f"{name}.toml: " in caught.value.say()


@pytest.mark.parametrize("written", ["templates = 5\n", 'templates = ["a"]\n'])
def test_templates_that_are_no_table(tmp_path: Path, written: str) -> None:
    file = tmp_path / "answers.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(InputError, match="Пишите так"):
        load_templates(file)
