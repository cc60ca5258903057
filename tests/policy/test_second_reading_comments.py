"""Clause 9 and court practice read a second time: what is removed, on what ground, and who may be banned."""

from __future__ import annotations

from datetime import date
from typing import Any

from munsocial.model.content import Comment
from munsocial.model.snapshot import Missing, Observed, Why
from munsocial.model.statements import Removal
from munsocial.testing.factories import (
    account,
    appointment,
    attestation,
    ban,
    comment,
    message,
    missing,
    moment,
    person,
    profile,
    requirement,
    status,
    view,
)
from second_reading import NOT_APPLICABLE, SATISFIED, SUSPENDED, UNKNOWN, VIOLATED, Case, cases, judge, several

HERE = (account(), person(), appointment())
WORDS = requirement(
    "moderation.grounds", clause="9.3", grounds=("spam", "insult", "obscenity"), objects=("comments",), action="delete"
)
LAW = requirement(
    "moderation.grounds", clause="9.2", grounds=("law_violation",), objects=("comments",), action="delete"
)
SWEARING, INSULT, CRITICISM = (
    "Да пошли вы нахуй!",
    "Глава ваш - козёл и ворюга",
    "Дороги ужасные, администрация не работает!",
)
THREAT = "Я тебя найду и убью"
GAP = (Missing(why=Why.QUOTA, item="post-2", ru="Комментарии не пришли.", en="Comments did not come."),)


def removed(item: Comment, ground: str = "obscenity", **more: Any) -> Removal:
    return Removal(account="administration-vk", item=item.id, at=moment("2026-11-19 10:00"), ground=ground,
                   **{"author_id": item.author_id or "", "by": "ivanova", **more})  # fmt: skip


def under(situation: str, expected: Any, *comments: Comment, ask: Any = WORDS, log: Any = (), **more: Any) -> Case:
    records = (*HERE, *several(log))
    return Case(situation, ask, expected, records, (view(comments=comments, profile=profile()),), **more)


FRESH = comment(SWEARING, "2026-11-22 18:00")
STANDING = comment(SWEARING, "2026-11-18 13:00")


@cases(
    under("брань стоит пятые сутки", VIOLATED, STANDING, proof="text", to_do="далите"),
    under("брани меньше суток: срока в порядке нет, ждём", UNKNOWN, FRESH),
    under(
        "брань удалена, кем - не видно (автором или модератором)",
        SATISFIED,
        STANDING.but(deleted=True, text="", author_id=None),
    ),
    under(
        "брань удалена модератором, запись есть",
        SATISFIED,
        STANDING.but(deleted=True, text=""),
        log=(removed(STANDING),),
    ),
    under("комментариев нет вовсе", SATISFIED),
    under("обычная благодарность", SATISFIED, comment()),
    under(
        "брань внутри дельного вопроса: убрать, но ответить",
        VIOLATED,
        comment("Когда, бля, починят дорогу на Садовой? Нахуй так жить!", "2026-11-18 13:00"),
        to_do="на вопрос внутри ответьте",
    ),
    under("брань от имени самой страницы", VIOLATED, STANDING.but(by_owner=True)),
    under("разговор не по теме: в порядке такого основания нет", SATISFIED, comment("А у нас сегодня снег выпал.")),
    under(
        "чужую угрозу цитирует тот, кому угрожали: он не нарушитель",
        SATISFIED,
        comment("Мне сосед пишет «я тебя найду и убью», куда обратиться?"),
        ask=LAW,
    ),
    under("критика - не основание", SATISFIED, comment(CRITICISM)),
    under("оскорбление решает человек", UNKNOWN, comment(INSULT)),
    under(
        "человек признал оскорблением, а комментарий на месте",
        VIOLATED,
        rude := comment(INSULT),
        log=(removed(rude, "insult")),
    ),
    under(
        "человек удалил и восстановил: решение отменено",
        UNKNOWN,
        rude,
        log=(removed(rude, "insult", restored_at=moment("2026-11-20 10:00"))),
    ),
    under(
        "запись об удалении датирована завтра",
        UNKNOWN,
        rude,
        log=(removed(rude, "insult").but(at=moment("2026-11-24 10:00"))),
    ),
    under("угрозу по закону решает человек", UNKNOWN, comment(THREAT), ask=LAW),
    under(
        "признано нарушением закона и не удалено",
        VIOLATED,
        threat := comment(THREAT),
        ask=LAW,
        log=(removed(threat, "law_violation")),
    ),
    under(
        "одно нарушение среди ста благодарностей",
        VIOLATED,
        *(comment(f"Спасибо {n}!", f"2026-11-18 13:{n:02}") for n in range(60)),
        STANDING,
    ),
    Case("комментарии не прочитаны", WORDS, UNKNOWN, HERE, (view(comments=missing("no_right")),)),
    Case(
        "часть комментариев не пришла, в остальных чисто",
        WORDS,
        UNKNOWN,
        HERE,
        (view(comments=Observed(value=(comment(),), gaps=GAP))),
    ),
    Case(
        "часть не пришла, но брань уже видна",
        WORDS,
        VIOLATED,
        HERE,
        (view(comments=Observed(value=(STANDING,), gaps=GAP))),
    ),
    Case(
        "сеть запрещена",
        WORDS,
        SUSPENDED,
        HERE,
        (view(comments=[STANDING]),),
        of_act={"network_status": (status("vk", since="2026-11-01"),)},
    ),
    Case(
        "личные сообщения не прочитаны, в комментариях чисто",
        requirement("moderation.grounds", grounds=("law_violation",), objects=("comments", "messages")),
        [SATISFIED, UNKNOWN],
        HERE,
        (view(comments=[comment()], messages=missing("no_right")),),
    ),
    Case(
        "список оснований из акта не известен",
        requirement("moderation.grounds", "should", grounds=("(list not quoted)",)),
        UNKNOWN,
        HERE,
        (view(comments=[STANDING]),),
    ),
    under(
        "акт даёт час на удаление: прошло больше",
        VIOLATED,
        FRESH,
        ask=requirement("moderation.grounds", grounds=("obscenity",), within_hours=1),
    ),
    under(
        "акт даёт ноль часов: уже поздно",
        VIOLATED,
        FRESH,
        ask=requirement("moderation.grounds", grounds=("obscenity",), within_hours=0),
    ),
    under(
        "срок удаления - ровно столько, сколько прошло: ещё не поздно",
        UNKNOWN,
        FRESH,
        ask=requirement("moderation.grounds", grounds=("obscenity",), within_hours=16),
    ),
)
def test_what_is_subject_to_removal(case: Case) -> None:
    judge(case)


DUTY = requirement("moderation.duty", clause="9.1", by="responsible_for_running", objects=("comments",))


def duty(situation: str, expected: Any, *records: Any, **seen: Any) -> Case:
    return Case(situation, DUTY, expected, records, (view(**{"comments": [comment()], "profile": profile(), **seen}),))


@cases(
    duty("ответственный за ведение назначен", SATISFIED, *HERE),
    duty("ответственного за ведение нет", VIOLATED, account(), person()),
    duty("ответственный уволен вчера", VIOLATED, account(), person(until=date(2026, 11, 22)), appointment()),
    duty(
        "назначен только хранитель паролей",
        VIOLATED,
        account(),
        person(),
        appointment("ivanova", "administration", "credential_custody"),
    ),
    duty(
        "комментарии на странице закрыты, но отвечать есть кому", SATISFIED, *HERE, profile=profile(comments_open=False)
    ),
)
def test_who_moderates(case: Case) -> None:
    judge(case)


SANCTIONS = requirement("moderation.sanctions", "may", clause="9.4", ladder=("ban",))
TERMS = requirement("moderation.sanctions", "may", ladder=("ban",), terms=("1d", "3d", "1w", "1m"))
LOGGED = removed(STANDING)


def banned(situation: str, expected: Any, *bans: Any, log: Any = (), ask: Any = SANCTIONS, **more: Any) -> Case:
    return Case(situation, ask, expected, (*HERE, *several(log)), (view(bans=bans, comments=()),), **more)


@cases(
    banned("никто не заблокирован: право не использовано", NOT_APPLICABLE, not_ours="ungrounded_ban"),
    banned(
        "заблокирован после удаления с основанием",
        SATISFIED,
        ban(since="2026-11-19 11:00"),
        log=(LOGGED,),
        not_ours="ungrounded_ban",
    ),
    banned(
        "пользователь сменил имя: основание ищут по номеру",
        SATISFIED,
        ban(since="2026-11-19 11:00", name="Новое Имя"),
        log=LOGGED,
        not_ours="ungrounded_ban",
    ),
    banned("заблокировано сообщество без основания", [], ban("-77", name="Подслушано"), ours="ungrounded_ban"),
    banned("заблокирован без записи об удалении", [], ban(), ours="ungrounded_ban"),
    banned("запись об удалении - чужого комментария", [], ban("citizen-2"), log=(LOGGED,), ours="ungrounded_ban"),
    banned(
        "удалили потом, сначала заблокировали",
        [],
        ban(since="2026-11-19 09:00"),
        log=(LOGGED,),
        ours="ungrounded_ban",
    ),
    banned(
        "удалённое восстановлено: основания больше нет",
        [],
        ban(since="2026-11-19 11:00"),
        log=(LOGGED.but(restored_at=moment("2026-11-20 10:00"))),
        ours="ungrounded_ban",
    ),
    banned(
        "основание - критика",
        [],
        ban(since="2026-11-19 11:00"),
        log=(LOGGED.but(ground="criticism"),),
        ours="ungrounded_ban",
    ),
    banned(
        "блокировка истекла в полдень вчера",
        NOT_APPLICABLE,
        ban(until=moment("2026-11-22 12:00")),
        not_ours="ungrounded_ban",
    ),
    banned(
        "навсегда, хотя и с основанием",
        SATISFIED,
        ban(since="2026-11-19 11:00", forever=True),
        log=(LOGGED,),
        ours="ban_forever",
        not_ours="ungrounded_ban",
    ),
    banned(
        "срок блокировки - десять дней, а в акте сутки, три дня, неделя, месяц",
        SATISFIED,
        ban(since="2026-11-19 11:00", until=moment("2026-11-29 11:00")),
        log=(LOGGED,),
        ask=TERMS,
        ours="ban_term",
    ),
    banned(
        "срок блокировки - неделя, как в акте",
        SATISFIED,
        ban(since="2026-11-19 11:00", until=moment("2026-11-26 11:00")),
        log=(LOGGED,),
        ask=TERMS,
        not_ours=("ban_term", "ban_forever"),
    ),
    banned(
        "неделя без часа: сети округляют до часа",
        SATISFIED,
        ban(since="2026-11-19 11:00", until=moment("2026-11-26 10:00")),
        log=(LOGGED,),
        ask=TERMS,
        not_ours="ban_term",
    ),
    banned(
        "неделя и час: сети округляют до часа",
        SATISFIED,
        ban(since="2026-11-19 11:00", until=moment("2026-11-26 12:00")),
        log=(LOGGED,),
        ask=TERMS,
        not_ours="ban_term",
    ),
    banned(
        "видно, до какого дня блокировка, а с какого - нет",
        SATISFIED,
        ban(since=None, until=moment("2026-11-29 11:00")),
        log=(LOGGED.but(at=moment("2026-11-19 10:00")),),
        ask=TERMS,
        not_ours="ban_term",
    ),
    banned(
        "срок блокировки не виден",
        SATISFIED,
        ban(since="2026-11-19 11:00"),
        log=(LOGGED,),
        ask=TERMS,
        not_ours="ban_term",
    ),
    Case("чёрный список не виден", SANCTIONS, UNKNOWN, HERE, (view(bans=missing("no_right")),)),
)
def test_the_black_list(case: Case) -> None:
    judge(case)


FREE = requirement("moderation.protect_criticism", exceptions=("law_violation", "insult", "obscenity", "spam"))


@cases(
    banned("удаление по названному основанию", SATISFIED, log=(LOGGED,), ask=FREE),
    banned("удаление за критику", VIOLATED, log=(LOGGED.but(ground="criticism"),), ask=FREE, to_do="осстановите"),
    banned(
        "удаление за критику восстановлено",
        SATISFIED,
        log=(LOGGED.but(ground="criticism", restored_at=moment("2026-11-20 10:00"))),
        ask=FREE,
    ),
    banned("блокировка без основания: за что - неизвестно", VIOLATED, ban(), ask=FREE),
    Case("ни удалений, ни блокировок не видно", FREE, UNKNOWN, HERE, (view(bans=missing("no_right")),)),
)
def test_criticism_is_free(case: Case) -> None:
    judge(case)


LISTENING = requirement("moderation.grounds", grounds=("flood",), objects=("comments",))


@cases(
    under("флуд видит только человек", UNKNOWN, comment(), ask=LISTENING),
    under(
        "человек смотрел две недели назад и подтвердил",
        SATISFIED,
        comment(),
        ask=LISTENING,
        log=(attestation("moderation.grounds", "administration-vk", date=date(2026, 11, 20))),
    ),
    under(
        "человек смотрел вчера, а это написали сегодня",
        UNKNOWN,
        comment(at="2026-11-23 09:00"),
        ask=LISTENING,
        log=(attestation("moderation.grounds", "administration-vk", date=date(2026, 11, 22))),
    ),
    under(
        "подтверждению два месяца: больше не годится",
        UNKNOWN,
        comment(at="2026-11-21 10:00"),
        ask=LISTENING,
        log=(attestation("moderation.grounds", "administration-vk", date=date(2026, 9, 1))),
    ),
    Case(
        "сообщения жителей с бранью порядок здесь не называет",
        WORDS,
        SATISFIED,
        HERE,
        (view(comments=[comment()], messages=[message(SWEARING)])),
    ),
)
def test_what_only_people_can_see(case: Case) -> None:
    judge(case)
