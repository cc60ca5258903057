"""For any district: every answer has its proof and a whole sentence, records have no order, a fault mends nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from any_district import SETTINGS, districts, judged
from munsocial.model.content import PostKind, RepostSource
from munsocial.model.credentials import Credential
from munsocial.model.registry import Registry
from munsocial.model.snapshot import AccountView, Snapshot
from munsocial.model.statements import Attestation, Inquiry, Recommendation, Removal
from munsocial.policy import Report
from munsocial.testing.factories import MOMENT, ban, comment, person, post

Made = tuple[Registry, Snapshot]


FEW = settings(SETTINGS, max_examples=25)


@given(districts())
@SETTINGS
def test_every_answer_has_proof_a_remedy_and_whole_sentences(made: Made) -> None:
    for one in judged(*made).findings:
        told = f"{one.kind} [{one.derived}]: {one.say('ru')}"
        if str(one.outcome) in ("met", "not_met"):
            assert one.evidence, told
        if str(one.outcome) == "not_met":
            assert one.advise("ru"), told
            assert one.advise("en"), told
        for sentence in (one.say("ru"), one.say("en"), one.advise("ru") or "—.", one.advise("en") or "—."):
            assert not sentence[0].islower(), sentence
            assert sentence.endswith((".", "!", "?")), sentence
            assert "  " not in sentence, sentence
            assert "None" not in sentence, sentence


TABLES = (
    "bodies", "phones", "people", "appointments", "credentials", "handovers", "attestations", "waivers",
    "recommendations", "exempt_periods", "removals",
)  # fmt: skip


@given(districts(), st.randoms(use_true_random=False))
@FEW
def test_records_have_no_order(made: Made, chance: Any) -> None:
    registry, snapshot = made
    plain = registry.model_copy(update={name: _single(getattr(registry, name)) for name in TABLES})
    shuffled = registry.model_copy(
        update={name: _shuffled(_single(getattr(registry, name)), chance) for name in TABLES}
    )
    seen = snapshot.model_copy(update={"accounts": tuple(_view(one, None) for one in snapshot.accounts)})
    mixed = snapshot.model_copy(update={"accounts": tuple(_view(one, chance) for one in snapshot.accounts)})
    assert _outcomes(judged(plain, seen)) == _outcomes(judged(shuffled, mixed))


def _single(records: tuple[Any, ...]) -> tuple[Any, ...]:
    """Records with different ids: a register that repeats one is refused."""
    return tuple({getattr(one, "id", None) or index: one for index, one in enumerate(records)}.values())


def _shuffled(records: tuple[Any, ...], chance: Any) -> tuple[Any, ...]:
    mixed = list(records)
    chance.shuffle(mixed)
    return tuple(mixed)


def _view(view: AccountView, chance: Any) -> AccountView:
    changed = {}
    for name in ("posts", "comments", "bans", "links", "managers", "messages"):
        seen = getattr(view, name)
        if seen.value is not None:
            values = _single(seen.value)
            changed[name] = seen.model_copy(update={"value": _shuffled(values, chance) if chance else values})
    return view.model_copy(update=changed)


def _outcomes(report: Report) -> Counter[tuple[str, ...]]:
    return Counter((one.requirement, one.subject, one.outcome, one.level, one.derived) for one in report.findings)


def _seen(name: str, *more: Any) -> Callable[[Made], Made]:
    """Add something to what was seen of every page."""

    def added(made: Made) -> Made:
        registry, snapshot = made
        views = tuple(_with(one, name, more) for one in snapshot.accounts)
        return registry, snapshot.model_copy(update={"accounts": views})

    return added


def _with(view: AccountView, name: str, more: tuple[Any, ...]) -> AccountView:
    seen = getattr(view, name)
    if seen.value is None:
        return view
    return view.model_copy(update={name: seen.model_copy(update={"value": (*seen.value, *more)})})


def _noted(table: str, make: Callable[[str], Any]) -> Callable[[Made], Made]:
    """Add a record to the register for every account."""

    def added(made: Made) -> Made:
        registry, snapshot = made
        more = tuple(make(one.id) for one in registry.accounts)
        return registry.model_copy(update={table: (*getattr(registry, table), *more)}), snapshot

    return added


def _denied(statement: str) -> Callable[[str], Attestation]:
    return lambda account: Attestation(
        statement=statement, subject=account, by="ivanova", date=MOMENT.date(), holds=False
    )


def _left_with_key(made: Made) -> Made:
    registry, snapshot = made
    gone = person("gone", until=date(2026, 1, 1))
    keys = tuple(Credential(account=one.id, kind="user_key", holder="gone") for one in registry.accounts)
    update = {"people": (*registry.people, gone), "credentials": (*registry.credentials, *keys)}
    return registry.model_copy(update=update), snapshot


SOURCE = RepostSource(network_id="big", subscribers=50_000, registered=False)
OLD = MOMENT - timedelta(days=5)
FAULTS: list[tuple[str, str, Callable[[Made], Made]]] = [
    ("брань пятые сутки", "moderation-grounds", _seen("comments", comment("Вы просто пиздец", OLD, id="x"))),
    ("блокировка без основания", "moderation-sanctions", _seen("bans", ban("stranger", "2026-11-18 14:00"))),
    ("блокировка без основания", "moderation-protect-criticism", _seen("bans", ban("stranger", "2026-11-18 14:00"))),
    ("репост страницы не из перечня", "posting-repost-source", _seen("posts", post(
        OLD, "", id="x", kind=PostKind.REPOST, source=SOURCE,
    ))),
    ("удаление за критику", "moderation-protect-criticism", _noted("removals", lambda account: Removal(
        account=account, item="x", at=OLD, ground="criticism",
    ))),
    ("сегодня заявлено, что телефон не привязан", "account-bound-phone", _noted(
        "attestations", _denied("account.bound_phone"),
    )),
    ("сегодня заявлено, что отметки нет", "account-state-verification", _noted(
        "attestations", _denied("account.state_verification"),
    )),
    ("ключ у ушедшего", "credentials-custody", _left_with_key),
    ("рекомендация без ответа", "policy-alignment", _noted("recommendations", lambda account: Recommendation(
        id=f"new-{account}", from_whom="край", date=date(2026, 9, 1), summary="Метка", accounts=(account,),
    ))),
    ("вопрос без ответа два месяца", "reply-deadline", _noted("inquiries", lambda account: Inquiry(
        id=f"new-{account}", body="administration", assigned_at=OLD - timedelta(days=60),
    ))),
    ("вопрос не передан", "reply-routing", _noted("inquiries", lambda account: Inquiry(
        id=f"new-{account}", body="administration", detected_at=OLD - timedelta(days=60),
    ))),
]  # fmt: skip


@given(districts())
@FEW
def test_a_fault_never_mends_anything(made: Made) -> None:
    before = judged(*made)
    for fault, requirement, add in FAULTS:
        was, now = _answers(before, requirement), _answers(judged(*add(made)), requirement)
        for subject, outcomes in now.items():
            if "met" in outcomes and "not_met" not in outcomes:
                told = f"{fault}: {subject} was {was[subject]}, now {outcomes}"
                assert "not_met" not in was[subject], told
                assert "met" in was[subject], told


def _answers(report: Report, requirement: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in report.findings:
        if one.requirement == requirement:
            found.setdefault(one.subject, set()).add(str(one.outcome))
    return found
