"""Clause 3.2: which changes of holder happened, and which record speaks of which."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from munsocial.model.credentials import Credential, Handover
from munsocial.policy.facts.passing import Change, _at_once, changes, unrecorded
from munsocial.testing.factories import account, appointment, person, requirement
from second_reading import SATISFIED, UNKNOWN, VIOLATED, Case, cases, judge

KEPT = requirement("credentials.custody", clause="3.2", handover_record=True)
PEOPLE = tuple(person(name) for name in ("ivanova", "petrov", "sidorov"))
HERE = (account(), *PEOPLE, *(appointment(one.id) for one in PEOPLE))


def key(
    holder: str | None, since: date | None, until: date | None = None, kind: str = "login", **more: Any
) -> Credential:
    return Credential(account="administration-vk", kind=kind, holder=holder, since=since, until=until, **more)


def handed(giver: str | None, taker: str, day: date, **more: Any) -> Handover:
    return Handover(account="administration-vk", giver=giver, taker=taker, date=day, rotated=True, **more)


def keys(situation: str, expected: Any, *records: Any, **more: Any) -> Case:
    return Case(situation, KEPT, expected, (*HERE, *records), **more)


D = date
BACK_AND_FORTH = (
    key("ivanova", D(2020, 1, 1), D(2020, 12, 31)),
    key("petrov", D(2021, 1, 1), D(2022, 12, 31)),
    key("ivanova", D(2023, 1, 1), D(2025, 12, 31)),
    key("petrov", D(2026, 1, 1)),
)
TWO_RECORDS = (handed("ivanova", "petrov", D(2021, 1, 1)), handed("petrov", "ivanova", D(2023, 1, 1)))


@cases(
    keys("прежний хранитель не записан: кто передал бы, не известно", SATISFIED,
         key(None, D(2026, 1, 1), D(2026, 5, 31)), key("petrov", D(2026, 6, 1))),
    keys("два ключа у двоих сразу: никто ничего не передавал", SATISFIED,
         key("ivanova", D(2026, 1, 1)), key("petrov", D(2026, 2, 1))),
    keys("ключ отозван через полгода после выдачи другого: не передан, а закрыт", SATISFIED,
         key("ivanova", D(2026, 1, 1), revoked=D(2026, 8, 1)), key("petrov", D(2026, 2, 1))),
    keys("ключ отозван, назавтра выдан другому", [SATISFIED, VIOLATED],
         key("ivanova", D(2026, 1, 1), revoked=D(2026, 6, 1)), key("petrov", D(2026, 6, 2))),
    keys("прежний ключ закрыт через неделю после выдачи нового", [SATISFIED, VIOLATED],
         key("ivanova", D(2026, 1, 1), D(2026, 6, 8)), key("petrov", D(2026, 6, 1))),
    keys("между старым и новым хранителем полгода никого", [SATISFIED, VIOLATED],
         key("ivanova", D(2025, 1, 1), D(2025, 12, 31)), key("petrov", D(2026, 6, 1))),
    keys("один обновил свой ключ, у второго свой и прежний", SATISFIED,
         key("ivanova", D(2026, 1, 1), D(2026, 5, 31)), key("petrov", D(2026, 2, 1)),
         key("ivanova", D(2026, 6, 1))),
    keys("из двух ключей передан первый", [SATISFIED, VIOLATED],
         key("ivanova", D(2026, 1, 1), D(2026, 5, 31)), key("petrov", D(2026, 2, 1)),
         key("sidorov", D(2026, 6, 1)), says="был: Сотрудник ivanova; стал: Сотрудник sidorov"),
    keys("ключ прежнего хранителя ещё действует до конца года", SATISFIED,
         key("ivanova", D(2026, 1, 1), D(2026, 12, 31)), key("petrov", D(2026, 11, 1))),
)  # fmt: skip
def test_a_key_passes_on_when_the_former_ended(case: Case) -> None:
    judge(case)


@cases(
    keys("туда, обратно и снова туда: третьей записи нет", [SATISFIED, VIOLATED], *BACK_AND_FORTH, *TWO_RECORDS,
         says="был: Сотрудник ivanova; стал: Сотрудник petrov"),
    keys("туда, обратно и снова туда: три записи", SATISFIED, *BACK_AND_FORTH, *TWO_RECORDS,
         handed("ivanova", "petrov", D(2026, 1, 1))),
    keys("запись старше, чем ключ у отдавшего", [SATISFIED, VIOLATED], *BACK_AND_FORTH[2:], TWO_RECORDS[0]),
    keys("запись сделана через два месяца: поздно, но сделана", SATISFIED, *BACK_AND_FORTH[2:],
         handed("ivanova", "petrov", D(2026, 3, 1))),
    keys("запись сделана, когда принявший ключа уже не держал", [SATISFIED, VIOLATED],
         key("ivanova", D(2025, 1, 1), D(2025, 5, 31)), key("petrov", D(2025, 6, 1), D(2025, 12, 31)),
         key("petrov", D(2026, 1, 1)), handed("ivanova", "petrov", D(2026, 2, 1))),
    keys("за две недели двое менялись дважды, записан один раз", [SATISFIED, VIOLATED],
         key("ivanova", D(2026, 1, 1), D(2026, 5, 31)), key("petrov", D(2026, 6, 1), D(2026, 6, 7)),
         key("ivanova", D(2026, 6, 8), D(2026, 6, 14)), key("petrov", D(2026, 6, 15)),
         handed("ivanova", "petrov", D(2026, 6, 1)), handed("petrov", "ivanova", D(2026, 6, 8))),
    keys("одна запись о всех ключах: передано два", SATISFIED,
         *(key("ivanova", D(2026, 1, 1), D(2026, 5, 31), kind) for kind in ("login", "user_key")),
         *(key("petrov", D(2026, 6, 1), None, kind) for kind in ("login", "user_key")),
         handed("ivanova", "petrov", D(2026, 6, 1))),
    keys("одна запись о всех ключах, второй ключ сменён через три дня", SATISFIED,
         *(key("ivanova", D(2026, 1, 1), D(2026, 5, 31), kind) for kind in ("login", "user_key")),
         key("petrov", D(2026, 6, 1)), key("petrov", D(2026, 6, 4), None, "user_key"),
         handed("ivanova", "petrov", D(2026, 6, 1))),
    keys("одна запись о всех ключах, второй ключ сменён через месяц", [SATISFIED, VIOLATED],
         *(key("ivanova", D(2026, 1, 1), D(2026, 5, 31), kind) for kind in ("login", "user_key")),
         key("petrov", D(2026, 6, 1)), key("petrov", D(2026, 7, 4), None, "user_key"),
         handed("ivanova", "petrov", D(2026, 6, 1))),
    keys("за неделю двое менялись трижды, записей две", [SATISFIED, VIOLATED],
         key("ivanova", D(2026, 1, 1), D(2026, 5, 31)), key("petrov", D(2026, 6, 1), D(2026, 6, 2)),
         key("ivanova", D(2026, 6, 3), D(2026, 6, 4)), key("petrov", D(2026, 6, 5)),
         handed("ivanova", "petrov", D(2026, 6, 1)), handed("petrov", "ivanova", D(2026, 6, 3))),
)  # fmt: skip
def test_a_record_speaks_of_one_change(case: Case) -> None:
    judge(case)


ENDED = key("ivanova", None, D(2026, 10, 1))


@cases(
    keys("у нового ключа нет первого дня, прежний кончился", [SATISFIED, UNKNOWN], ENDED, key("petrov", None),
         says="с какого дня держит другой (Сотрудник petrov), не записано"),
    keys("у нового ключа нет первого дня, прежний кончится завтра", SATISFIED,
         key("ivanova", None, D(2026, 11, 24)), key("petrov", None)),
    keys("у нового ключа нет первого дня, прежний отозван", [SATISFIED, UNKNOWN],
         key("ivanova", None, revoked=D(2026, 10, 1)), key("petrov", None)),
    keys("у нового ключа нет первого дня, но передача записана", SATISFIED, ENDED, key("petrov", None),
         handed("ivanova", "petrov", D(2026, 10, 1))),
    keys("у нового ключа нет первого дня, но записано, что получен, а от кого, нет", SATISFIED, ENDED,
         key("petrov", None), handed(None, "petrov", D(2026, 10, 1))),
    keys("у нового ключа нет первого дня, но записана передача всех ключей", SATISFIED,
         ENDED.but(id="first"), key("petrov", None, id="second"), handed("ivanova", "petrov", D(2026, 10, 1))),
    keys("у нового ключа нет первого дня, хранитель тот же", SATISFIED, ENDED, key("ivanova", None)),
    keys("прежний ключ передан третьему с записью", SATISFIED, ENDED, key("petrov", None),
         key("sidorov", D(2026, 10, 2)), handed("ivanova", "sidorov", D(2026, 10, 2))),
    keys("прежний хранитель получил новый ключ, у второго свой", SATISFIED, ENDED, key("petrov", None),
         key("ivanova", D(2026, 10, 2))),
    keys("у двоих по ключу, первого дня нет ни у кого", SATISFIED, key("ivanova", None), key("petrov", None)),
)  # fmt: skip
def test_a_key_without_a_first_day(case: Case) -> None:
    judge(case)


def plainly(found: list[Change], records: list[Handover]) -> list[Change]:
    """What `unrecorded` promises, with every record compared with every change."""
    spent: dict[int, list[Change]] = {}
    missing = []
    for change in found:
        fitting = [
            (abs(one.date - change.began), n)
            for n, one in enumerate(records)
            if change.recorded_by(one) and all(_at_once(other, change, one) for other in spent.get(n, ()))
        ]
        if fitting:
            spent.setdefault(min(fitting)[1], []).append(change)
        else:
            missing.append(change)
    return missing


DAYS = st.integers(0, 90).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
NAMES = st.sampled_from(["ivanova", "petrov", "sidorov"])


@given(
    st.lists(st.builds(key, NAMES, DAYS, st.none() | DAYS, id=st.none() | st.sampled_from(["a", "b"])), max_size=8),
    st.lists(
        st.builds(handed, st.none() | NAMES, NAMES, DAYS, credential=st.none() | st.sampled_from(["a", "b"])),
        max_size=8,
    ),
)
def test_the_nearest_record_is_found_as_if_all_were_compared(known: list[Credential], records: list[Handover]) -> None:
    found = list(changes(known, date(2026, 12, 31)))
    assert list(unrecorded(found, records)) == plainly(found, records)


def test_many_handovers_of_one_account_are_compared_with_few_records_each(monkeypatch: pytest.MonkeyPatch) -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(600)]
    known = [key(f"p{n % 7}", day, day) for n, day in enumerate(days)]
    records = [handed(f"p{n % 7}", f"p{(n + 1) % 7}", day + timedelta(days=1)) for n, day in enumerate(days)]
    compared = 0
    plain = Change.recorded_by

    def counted(self: Change, record: Handover) -> bool:
        nonlocal compared
        compared += 1
        return plain(self, record)

    monkeypatch.setattr(Change, "recorded_by", counted)
    assert not list(unrecorded(changes(known, date(2026, 11, 23)), records))
    assert compared < 10 * len(days)


def test_records_of_other_keys_are_not_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """All keys of one taker change on one day, each with a record of its own: each is compared with that one."""
    asked: list[Handover] = []
    plain = Change.recorded_by

    def counted(change: Change, record: Handover) -> bool:
        asked.append(record)
        return plain(change, record)

    monkeypatch.setattr(Change, "recorded_by", counted)
    work = []
    for many in (20, 80):
        asked.clear()
        kept, records = [], []
        for n in range(many):
            kept.append(key("ivanova", D(2026, 1, 1), D(2026, 1, 5), f"key{n}", id=f"a{n}"))
            kept.append(key("petrov", D(2026, 1, 6), None, f"key{n}", id=f"b{n}"))
            records.append(handed("ivanova", "petrov", D(2026, 1, 6), credential=f"b{n}"))
        assert not list(unrecorded(changes(kept, D(2026, 6, 1)), records))
        work.append(len(asked))
    assert work == [20, 80]
