"""A demand that cannot fail demands nothing: it is refused as a document, or pointed out, and never met by silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from munsocial.errors import ActRefused
from munsocial.policy import Outcome, audit, check_acts
from munsocial.policy.loading import read_act
from munsocial.testing.factories import MOMENT, account, act, comment, district, profile, requirement, snapshot, view

HEAD = 'id = "mine"\ntitle = "Порядок"\n[clauses."1"]\nru = "Требуется"\n'
ROW = '[[requirements]]\nid = "one"\nclause = "1"\nlevel = "must"\nkind = "{kind}"\nparams = {{{params}}}\n'


@pytest.mark.parametrize(
    ("situation", "kind", "params", "says"),
    [
        ("ничего не модерируют", "moderation.duty", "objects = []", "params.objects: список пуст. Назовите"),
        ("нигде не ищут", "moderation.grounds", 'grounds = ["spam"], objects = []', "params.objects: список пуст"),
        ("ни одной обязанности", "responsible.appointed", "duties = []", "params.duties: список пуст"),
        ("ни одного поля", "profile.fields", "required = []", "params.required: список пуст"),
        ("никакого оформления", "profile.design", "required = []", "params.required: список пуст"),
        ("ни одной цели", "posting.topics", "topics = []", "params.topics: список пуст"),
        ("ответ ни из чего", "reply.content", "must_have = []", "params.must_have: список пуст"),
        ("подписка ни на кого", "subscription.upstream", "upstream = []", "params.upstream: список пуст"),
        ("ничто не ответ", "reply.upstream", 'upstream = ["governor"], accept = []', "params.accept: список пуст"),
        ("ноль возможностей", "profile.features", "min = 0", "params.min: число меньше 1"),
        ("стиль не назван", "posting.style", "", "params.style: не сказано, какого стиля"),
        ("стиль пуст", "posting.style", 'style = "", avoid = []', "params.style: не сказано, какого стиля"),
        ("число сетей не названо", "account.exists", 'mode = "at_least_n"', "params.n: не сказано, в скольких"),
        (
            "сетей больше, чем названо",
            "account.exists",
            'networks = ["vk"], mode = "at_least_n", n = 3',
            "params.n: сетей названо 1, а нужно 3",
        ),
        ("срок без единицы", "reply.deadline", "limit = 9", "params.unit: срок без единицы"),
        ("пересылка без единицы", "reply.routing", "limit = 60", "params.unit: срок без единицы"),
        (
            "второй срок без единицы",
            "reply.deadline",
            "interim_allowed = true, final_limit = 7",
            "params.final_unit: срок без единицы",
        ),
        (
            "второй срок без первого ответа",
            "reply.deadline",
            'limit = 9, unit = "hours", final_limit = 7, final_unit = "days"',
            "params.final_limit: второй срок есть, а первого ответа нет",
        ),
        ("пояса нет", "posting.frequency", 'min = 5, timezone = "Europe/Moskow"', "params.timezone: такого часового"),
    ],
)
def test_a_demand_that_cannot_fail_is_refused(
    tmp_path: Path, situation: str, kind: str, params: str, says: str
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + ROW.format(kind=kind, params=params), "utf-8")
    with pytest.raises(ActRefused) as refused:
        read_act(file)
    assert says in refused.value.say("ru"), situation
    assert len(refused.value.problems) == 1, situation
    assert refused.value.say("en") != refused.value.say("ru")


def test_words_that_no_rule_understands_are_unknown_and_never_silent() -> None:
    order = act(requirement("moderation.grounds", grounds=["spam"], objects=["stories"]))
    seen = snapshot(view(profile=profile(), comments=(comment(),)))
    (finding,) = audit(district(account()), seen, [order], MOMENT).findings
    assert finding.outcome is Outcome.UNKNOWN
    assert finding.say() == "Проверить нечего: ни одно слово требования программе не знакомо."
    assert "acts check" in finding.advise()


def test_an_unknown_network_of_a_demand_is_pointed_out() -> None:
    order = act(requirement("comments.enabled", networks_=["vk", "vkontakte"]))
    (notice,) = check_acts([order])
    assert (notice.field, notice.word) == ("networks", "vkontakte")


def test_more_networks_than_the_act_names_are_pointed_out() -> None:
    wanted = requirement("account.exists", mode="at_least_n", n=3)
    (notice,) = check_acts([act(wanted, networks=("vk", "ok"))])
    assert (notice.field, notice.word) == ("params.n", "3")
    assert not check_acts([act(wanted, networks=("vk", "ok", "max"))])


def test_a_word_beside_those_understood_is_not_silent() -> None:
    order = act(requirement("moderation.grounds", grounds=["spam"], objects=["comments", "stories"]))
    report = audit(district(account()), snapshot(view(comments=())), [order], MOMENT)
    assert [str(one.outcome) for one in report.findings] == ["met", "unknown"]
    assert "программа читает только комментарии и сообщения" in report.findings[1].say("ru")
