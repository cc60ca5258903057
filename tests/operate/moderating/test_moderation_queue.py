"""What moderation makes of a comment, told as a table; settings, ceilings, grave comments, what is settled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from acting_world import District
from munsocial.errors import FileRefused, InputError
from munsocial.model.content import Comment
from munsocial.network.abilities import Ability, Capabilities, native
from munsocial.operate.applying.digests import read_digest
from munsocial.operate.moderating.moderation import Settings, load_settings, plan_moderation, queue_of
from munsocial.operate.moderating.risk import suicide_risk
from munsocial.operate.moderating.settled import Settled
from munsocial.operate.plans.plan import Plan
from munsocial.testing.factories import comment, post, snapshot, view

VK = "administration-vk"


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> District:
    return District(tmp_path_factory.mktemp("district"))


def seen(*texts: str | Comment, account: str = VK) -> Any:
    comments = [
        one if isinstance(one, Comment) else comment(one, id=f"c{place}", author_id=f"citizen-{place}")
        for place, one in enumerate(texts)
    ]
    return snapshot(
        view(account, posts=[post(id="post-1", text="Чиним дорогу.")], comments=comments), municipality="lesnoy"
    )


DECISIONS = (
    ("Иди на х@й со своими лавочками", "remove", "obscenity", "9.3"),
    ("Кредит без отказа за 5 минут, одобряем всем! t.me/kredit_demo", "remove", "spam", "9.3"),
    ("Администрация работает отвратительно, главу в отставку!", None, "", ""),
    ("Опять наврали про дорогу. Позор!", None, "", ""),
    ("Когда уже почините дорогу на Сосновой? Надоело ждать!", "protect", "", ""),
    ("Я тебя найду и убью, тварь", "refer", "threat", "9.2"),
    ("Жить не хочу, никому я не нужна", "refer", "suicide", "9.2"),
    ("Убью себя, если не поможете", "refer", "suicide", "9.2"),
    ("Сегодня покончу с собой, надоело всё", "refer", "suicide", "9.2"),
    ("Убью себя и детей, если отключите газ", "refer", "suicide", "9.2"),
    ("вскрою вены прямо у вас в приёмной", "refer", "suicide", "9.2"),
    ("выпью все таблетки и усну навсегда", "refer", "suicide", "9.2"),
    ("Спасибо, очень красиво!", None, "", ""),
    ("Иди на х@й, мой номер паспорт 0305 123456", "refer", "obscenity", "9.3"),
    ("Мразь ты, Петров В.В., живёшь Мира 5 кв 7, тел 8-918-111-22-33", "refer", "insult", "9.3"),
    ("Петров Пётр Ильич живёт Мира 5 кв 7, тел 8-918-111-22-33", "review", "", "9.2"),
)


@pytest.mark.parametrize(("text", "what", "ground", "clause"), DECISIONS, ids=[one[0][:30] for one in DECISIONS])
def test_what_is_proposed(district: District, text: str, what: str | None, ground: str, clause: str) -> None:
    found = list(queue_of(seen(text), district.registry))
    if what is None:
        assert [one.decision.what for one in found] in ([], ["protect"])
        return
    (one,) = found
    assert (one.decision.what, one.decision.ground, one.decision.clause) == (what, ground, clause)


def test_the_context_stands_beside_the_comment(district: District) -> None:
    asked = comment("Почему?", id="c1", author_id="a")
    rude = comment("Потому что идите на х@й", id="c2", author_id="b", reply_to="c1")
    found = {one.comment.id: one for one in queue_of(seen(asked, rude), district.registry)}
    assert (found["c2"].post, found["c2"].answers) == ("Чиним дорогу.", "Почему?")


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("не хочу больше жить", True),
        ("Хочу умереть, всем будет легче", True),
        ("покончу с собой, если не поможете", True),
        ("не хочу жить в такой грязи", False),
        ("не хочу жить рядом со свалкой", False),
        ("жить стало лучше, жить стало веселее", False),
        ("выпью все таблетки и усну навсегда", True),
        ("Выпью пачку таблеток, и всё", True),
        ("Съем всю упаковку таблеток", True),
        ("Выпью все таблетки, что выписал врач", False),
        ("выпью таблетку от головы и усну", False),
        ("Все таблетки подорожали, выпью чаю", False),
        ("", False),
    ],
)
def test_signs_of_suicide_risk(text: str, risk: bool) -> None:
    assert (suicide_risk(text) is not None) == risk


# --- the plan


def planned(district: District, *texts: str | Comment, account: str = VK, **facts: Any) -> Plan:
    with district.connect() as social:
        known: dict[str, Any] = {"registry": district.registry, "adapters": social._link.adapters}
        return plan_moderation(seen(*texts, account=account), now=district.world.now(), **known, **facts)


def test_a_removal_rests_on_ground_clause_and_evidence(district: District) -> None:
    (step,) = planned(district, "Иди на х@й").steps
    assert (step.action, step.ground, step.clause, step.signatures) == ("delete_comment", "obscenity", "9.3", 0)
    assert step.evidence[0].text == "Иди на х@й"
    assert step.undo == "restore_comment"
    assert step.sure
    assert step.expect


@pytest.mark.parametrize(
    ("text", "settings", "signatures"),
    [
        ("Иди на х@й", Settings(), 0),
        ("Чиновники твари продажные", Settings(), 1),
        ("Чиновники твари продажные", Settings(signed=frozenset()), 0),
        ("Иди на х@й", Settings(signed=frozenset({"obscenity"})), 1),
    ],
    ids=["whoever applies decides", "an insult is a judgement", "a district trusts one", "a district wants two"],
)
def test_who_has_to_sign(district: District, text: str, settings: Settings, signatures: int) -> None:
    (step,) = planned(district, text, settings=settings).steps
    assert step.signatures == signatures


@pytest.mark.parametrize(
    ("text", "named", "police"),
    [
        ("Убью себя и детей, если отключите газ", "признаки риска самоубийства, угроза", True),
        ("Жить не хочу, никому я не нужна", "признаки риска самоубийства", False),
        ("Я тебя найду и убью, тварь", "угроза", True),
    ],
)
def test_help_comes_before_the_police_and_both_are_named(
    district: District, text: str, named: str, police: bool
) -> None:
    (step,) = planned(district, text).steps
    how = step.params["how_ru"]
    assert f"сейчас же: {named} — " in step.ru
    assert ("8-800-2000-122" in how, "в полицию (102)" in how) == ("самоубийства" in named, police)


def test_grave_comments_come_first_and_are_never_removed(district: District) -> None:
    plan = planned(district, "Иди на х@й", "Я тебя найду и убью, тварь")
    assert [one.action for one in plan.steps] == ["refer", "delete_comment"]
    assert plan.steps[0].signatures == 0
    assert "Не удаляйте" in plan.steps[0].params["how_ru"]


class Keyless:
    """An adapter of a network for which nobody has a key."""

    capabilities = Capabilities({Ability.DELETE_COMMENT: native(keys=("user_key",))})

    def has_key(self, ability: Ability, account: str) -> bool:
        return False


KEYLESS: Any = Keyless()


@pytest.mark.parametrize(
    ("text", "ground", "owed"),
    [
        ("Когда вы, б@ядь, почините дорогу?", "obscenity", True),
        ("Когда вы, твари продажные, почините дорогу?", "insult", True),
        (
            "Заработок от 5000 рублей в день без вложений! Пишите в личку или переходите по ссылке t.me/r77",
            "spam",
            False,
        ),
    ],
)
def test_a_rude_question_is_owed_an_answer_and_an_advertisement_is_not(
    district: District, text: str, ground: str, owed: bool
) -> None:
    plan = planned(district, text)
    assert [step.ground for step in plan.steps] == [*["question"] * owed, ground]
    assert not any("есть вопрос" in one.ru for one in plan.problems)  # the task says it already
    unkeyed = plan_moderation(
        seen(text), registry=district.registry, adapters={"vk": KEYLESS}, now=district.world.now()
    )
    assert (unkeyed.steps, any("есть вопрос" in one.ru for one in unkeyed.problems)) == ((), owed)


def test_unsure_spam_gets_a_soft_sentence(district: District) -> None:
    settings = Settings(sure={"obscenity": 0.99, "insult": 0.99, "spam": 1.0})
    plan = planned(district, "Кредит без отказа за 5 минут, одобряем всем! t.me/kredit_demo", settings=settings)
    (told,) = plan.problems
    assert "похоже на спам, но уверенности мало" in told.ru
    assert not plan.steps


def test_the_ceiling_of_a_run(district: District) -> None:
    plan = planned(district, *(f"Иди на х@й, {number}" for number in range(5)), settings=Settings(ceiling=2))
    assert len(plan.steps) == 2
    assert any("осталось ещё 3" in one.ru for one in plan.problems)


def test_what_a_person_settled_is_not_proposed_again(district: District) -> None:
    settled = Settled.of([((VK, "c0"), read_digest("Иди на х@й"))])
    assert not planned(district, "Иди на х@й", settled=settled).steps
    assert planned(district, "Иди на х@й, глава", settled=settled).steps


@pytest.mark.parametrize("url", ["https://vk.com/wall-1_2?reply=3", None])
def test_an_account_without_a_key_is_told_with_its_link(district: District, url: str | None) -> None:
    adapters: Any = {"vk": KEYLESS}
    snapshot = seen(comment("Иди на х@й", id="c", author_id="citizen", url=url))
    plan = plan_moderation(snapshot, registry=district.registry, adapters=adapters, now=district.world.now())
    assert (len(plan.steps), plan.problems[0].weight) == (0, "error")
    assert (
        f"сделайте это на сайте{f' {url}' if url else ''} или заведите ключ: ключ пользователя" in plan.problems[0].ru
    )
    assert "  " not in plan.problems[0].ru + plan.problems[0].en


# --- settings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('auto = ["insult"]', "только: obscenity, spam"),
        ("[sure]\ncriticism = 0.5", "критика не бывает основанием"),
        ("[sure]\nthreat = 0.5", "такого основания удаления нет"),
        ("[sure]\nspam = 2", "от 0 до 1"),
        ("ceiling = -1", "не меньше нуля"),
        ("celling = 1", "такой настройки нет"),
        ("[ban_days]\ncriticism = 9", "критика не бывает основанием"),
        ('since = "2026-01-01"', "нужна дата"),
        ("since = 10:00:00", "нужна дата"),
        ("since = 5", "нужна дата"),
        ("ban_within_days = 999999999", "не больше 3650"),
        ("[ban_days]\nspam = 999999999", "не больше 3650"),
        ("[ban_days]\nspam = true", "дней не меньше одного"),
        ("[ban_days]\nspam = 0", "дней не меньше одного"),
        ("[ban_days]\nspam = -5", "дней не меньше одного"),
        ("ban_days = {spam = 0}", "дней не меньше одного"),
        ("ceiling = 1000000000000", "не больше 1000000"),
        ("auto = 5", "нужен список слов"),
        ('auto = "spam"', "нужен список слов"),
        ("signed = [5]", "нужен список слов"),
        ("signed = [[]]", "нужен список слов"),
        ("sure = 5", "нужна таблица"),
        ("ban_days = []", "нужна таблица"),
        ("sure = {spam = nan}", "от 0 до 1"),
        ("appeal = 5", "нужен текст"),
    ],
)
def test_settings_that_are_refused(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "moderation.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said) as refused:
        load_settings(path)
    assert "moderation.toml" in str(refused.value)
    assert refused.value.remedy is not None


@pytest.mark.parametrize(
    ("since", "read"),
    [
        ("2026-11-20", ["c2", "c3"]),
        ("2026-11-20T00:00:00", ["c2", "c3"]),
        ("2026-11-20T00:00:00+03:00", ["c2", "c3"]),
        ("2026-11-20T00:00:00Z", ["c3"]),
        ("0001-01-01", ["c1", "c2", "c3"]),
        ("9999-12-31T23:59:59", []),
    ],
)
def test_only_comments_from_a_moment_on(district: District, tmp_path: Path, since: str, read: list[str]) -> None:
    """A day or a moment without a zone is the district's: Moscow."""
    (tmp_path / "moderation.toml").write_text(f"since = {since}\n", encoding="utf-8")
    moments = ("2026-11-19 23:59", "2026-11-20 00:00", "2026-11-20 03:00")
    said = [comment("Иди на х@й", id=f"c{place}", at=at, author_id=f"a{place}") for place, at in enumerate(moments, 1)]
    settings = load_settings(tmp_path / "moderation.toml")
    assert [one.comment.id for one in queue_of(seen(*said), district.registry, settings=settings)] == read


def test_settings_that_are_no_toml(tmp_path: Path) -> None:
    (tmp_path / "moderation.toml").write_text("auto = [", encoding="utf-8")
    with pytest.raises(FileRefused, match="ошибка в TOML"):
        load_settings(tmp_path / "moderation.toml")


def test_a_file_of_settings_keeps_the_rest(tmp_path: Path) -> None:
    (tmp_path / "moderation.toml").write_text('auto = ["spam"]\n[sure]\nspam = 0.99\n', encoding="utf-8")
    settings = load_settings(tmp_path / "moderation.toml")
    assert (settings.auto, settings.threshold("spam"), settings.threshold("obscenity")) == (
        frozenset({"spam"}),
        0.99,
        0.9,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Администрация работает отвратительно, главу в отставку!",
        "Когда уже почините дорогу на Сосновой? Надоело ждать!",
        "С праздником, земляки! Здоровья, счастья, мира и добра!",
    ],
)
def test_who_says_the_same_many_times_is_shown_to_a_person_and_never_removed(district: District, text: str) -> None:
    said = [comment(text, id=f"c{place}", author_id="citizen") for place in range(14)]
    decided = [one.decision.what for one in queue_of(seen(*said), district.registry)]
    assert decided[-1] == "review"
    assert set(decided) <= {"protect", "review"}
