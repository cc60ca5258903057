"""Conversations that cannot be read whole: who wrote and what, and that nothing is told without knowing it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from munsocial.errors import CannotMessage, NetworkError, PermissionDenied, RequestRefused, UnreadableAnswer
from munsocial.transport.port import Answer, Request
from ok_world import ACCOUNT, CITIZEN, NOW, SINCE, District, run

LATEST = round(NOW.timestamp() * 1000) - 1000
CHAT = {"chat_id": "chat:C1", "participants": {"user:9": 1}, "lastEventTime": LATEST}


def chatting(
    chats: Callable[[str | None], Any], messages: Callable[[int, int], Any] = lambda _, __: {}, **settings: Any
) -> District:
    """Let a face tell its conversations by the marker, and its messages by the later and the earlier moment."""
    district = District(**settings)

    def telling(request: Request) -> Answer:
        if request.url.endswith("me/chats"):
            return Answer(200, {}, json.dumps(chats(request.query.get("marker"))).encode())
        earlier = int(request.query.get("to", "0"))
        return Answer(200, {}, json.dumps(messages(int(request.query.get("from", "0")), earlier)).encode())

    district.face.handle = telling  # type: ignore[method-assign]  # a face that answers otherwise
    return district


def said(at: int, **change: Any) -> dict[str, Any]:
    return {
        "message": {"mid": f"mid:{at}", "text": "да"},
        "sender": {"user_id": "user:9"},
        "recipient": {"chat_id": "chat:C1"},
        "timestamp": at,
        **change,
    }


UNREADABLE_CHATS: dict[str, Callable[[str | None], Any]] = {
    "a conversation without id": lambda _: {"chats": [{"chat_id": None, "participants": {f"user:{CITIZEN}": 1}}]},
    "an empty id": lambda _: {"chats": [{"chat_id": "", "participants": {f"user:{CITIZEN}": 1}}]},
    "nobody said to take part": lambda _: {"chats": [{"chat_id": "chat:C2"}]},
    "people of a wrong kind": lambda _: {"chats": [{"chat_id": "chat:C2", "participants": [f"user:{CITIZEN}"]}]},
    "no list": lambda _: {"chats": {"0": CHAT}},
    "a marker of a wrong kind": lambda _: {"chats": [CHAT], "marker": {"next": 1}},
    "the same marker again": lambda _: {"chats": [CHAT], "marker": "a"},
    "markers in turn": lambda marker: {"chats": [CHAT], "marker": "b" if marker == "a" else "a"},
    "markers without end": lambda marker: {"chats": [CHAT], "marker": f"{marker}x"},
}


@pytest.mark.parametrize("chats", UNREADABLE_CHATS.values(), ids=UNREADABLE_CHATS)
def test_a_person_among_unread_conversations_is_not_told_as_a_stranger(chats: Callable[[str | None], Any]) -> None:
    district = chatting(chats, max_pages=5)
    for write in (
        district.ok.send_message(ACCOUNT, CITIZEN, "Ответ", key="k"),
        district.ok.mark_seen(ACCOUNT, CITIZEN),
    ):
        with pytest.raises(UnreadableAnswer) as caught:
            run(write)
        assert caught.value.executed is False
    assert len(district.port.sent) <= 10
    assert all(one.method == "GET" for one in district.port.sent)


@pytest.mark.parametrize("chat", [{"participants": None}, {"participants": None, "status": "ACTIVE"}, {}], ids=repr)
def test_a_conversation_of_nobody_named_is_told_as_that(chat: dict[str, Any]) -> None:
    district = chatting(lambda _: {"chats": [CHAT, {"chat_id": "chat:C2", **chat}]})
    with pytest.raises(UnreadableAnswer, match="не назвал участников: 1") as caught:
        run(district.ok.graph.chat_of(ACCOUNT.id, CITIZEN))
    assert caught.value.executed is False
    assert "chat:…" in caught.value.say("ru")
    assert "позже" not in caught.value.say("ru")


@pytest.mark.parametrize("status", ["LEFT", "REMOVED"])
def test_a_conversation_that_is_over_hides_nobody(status: str) -> None:
    over = {"chat_id": "chat:C2", "type": "GROUP_CHAT", "status": status, "participants": None}
    district = chatting(lambda _: {"chats": [over, CHAT]})
    with pytest.raises(CannotMessage):
        run(district.ok.graph.chat_of(ACCOUNT.id, CITIZEN))


def test_a_person_who_is_found_needs_no_whole_listing() -> None:
    mine = {"chat_id": "chat:C5", "participants": {f"user:{CITIZEN}": 1}}
    district = chatting(lambda _: {"chats": [{"chat_id": None}, mine], "marker": "a"})
    assert run(district.ok.graph.chat_of(ACCOUNT.id, CITIZEN)) == "chat:C5"


def test_a_person_of_no_conversation_cannot_be_written_to() -> None:
    with pytest.raises(CannotMessage):
        run(chatting(lambda _: {"chats": [CHAT]}).ok.send_message(ACCOUNT, CITIZEN, "Ответ", key="k"))


@pytest.mark.parametrize(
    ("chats", "cursor"),
    [
        ({"chats": {"0": CHAT}}, None),
        ({"chats": "x"}, None),
        ({"chats": [], "marker": 5}, None),
        ({"marker": "a"}, "a"),
    ],
    ids=["an object", "a text", "a marker of a wrong kind", "the same marker again"],
)
def test_conversations_that_could_not_be_read_are_a_gap(chats: Any, cursor: str | None) -> None:
    page = run(chatting(lambda _: chats).ok.list_messages(ACCOUNT, since=SINCE, cursor=cursor))
    assert (page.items, page.cursor, len(page.gaps)) == ((), None, 1)


GONE = {"error_code": 705, "error_msg": "CHAT_NOT_FOUND : gone"}
REFUSALS = [GONE, {"error_code": 2002}, {"error_code": 2004}, {"error_code": 2001}, {"error_code": 10}]


def refusing(*refused: str, answer: dict[str, Any], among: str = "AB", marker: str | None = None) -> District:
    """Let a face show conversations, the last of which can be read, and refuse to show the messages of some."""
    chats = [{"chat_id": f"chat:{name}", "participants": {f"user:{name}": 1}} for name in among]
    district = chatting(lambda _: {"chats": chats, "marker": marker})
    telling = district.face.handle

    def refuse(request: Request) -> Answer:
        if request.url.endswith(tuple(f"chat:{name}" for name in refused)):
            return Answer(200, {}, json.dumps(answer).encode())
        if request.url.endswith(f"chat:{among[-1]}"):
            return Answer(200, {}, json.dumps({"messages": [said(int(NOW.timestamp() * 1000))]}).encode())
        return telling(request)

    district.face.handle = refuse  # type: ignore[method-assign]  # a face that answers otherwise
    return district


@pytest.mark.parametrize("answer", REFUSALS, ids=lambda one: str(one["error_code"]))
def test_a_conversation_that_is_refused_hides_no_other(answer: dict[str, Any]) -> None:
    page = run(refusing("A", answer=answer).ok.list_messages(ACCOUNT, since=SINCE))
    assert [one.text for one in page.items] == ["да"]
    assert [gap.item for gap in page.gaps] == ["chat:A"]
    assert f"[{answer['error_code']} " in page.gaps[0].ru


@pytest.mark.parametrize("among", ["A", "AB"])
@pytest.mark.parametrize("answer", REFUSALS[:-1], ids=lambda one: str(one["error_code"]))
def test_conversations_that_are_all_refused_by_themselves_hide_no_further_page(
    answer: dict[str, Any], among: str
) -> None:
    district = refusing(*among, answer=answer, among=among, marker="further")
    page = run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert (page.items, page.cursor) == ((), "further")
    assert [gap.item for gap in page.gaps] == [f"chat:{name}" for name in among]


OF_ACCOUNT: list[tuple[int, type[NetworkError]]] = [
    (10, PermissionDenied), (200, PermissionDenied), (3, RequestRefused), (77777, RequestRefused)
]  # fmt: skip


@pytest.mark.parametrize(("among", "calls"), [("A", 2), ("AB", 3), ("ABCDEFGHIJ", 3)])
@pytest.mark.parametrize(("code", "kind"), OF_ACCOUNT)
def test_a_refusal_that_concerns_the_account_is_not_asked_of_every_conversation(
    code: int, kind: type[NetworkError], among: str, calls: int
) -> None:
    district = refusing(*among, answer={"error_code": code}, among=among, marker="further")
    with pytest.raises(kind, match=f"{code}"):
        run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert len(district.port.sent) == calls


def test_a_refusal_of_the_account_is_told_where_a_conversation_is_gone_besides() -> None:
    district = refusing("A", answer={"error_code": 200}, among="AB")
    telling = district.face.handle
    gone = Answer(200, {}, json.dumps(GONE).encode())
    district.face.handle = lambda request: gone if request.url.endswith("chat:B") else telling(request)  # type: ignore[method-assign]  # says this
    with pytest.raises(PermissionDenied):
        run(district.ok.list_messages(ACCOUNT, since=SINCE))


@pytest.mark.parametrize(("most", "few"), [(1, 1), (9, 10), (50, 10), (99, 10), (100, 10), (50, 50)])
def test_a_page_shorter_than_asked_does_not_end_a_conversation(most: int, few: int) -> None:
    moments = [LATEST - 1000 * number for number in range(170)]

    def short(later: int, earlier: int) -> Any:
        return {"messages": [said(at) for at in moments if earlier <= at <= later][: most + 1]}

    page = run(chatting(lambda _: {"chats": [CHAT]}, short, messages_few=few).ok.list_messages(ACCOUNT, since=SINCE))
    assert [one.id for one in page.items] == [f"mid:{at}" for at in moments]
    assert page.gaps == ()


@pytest.mark.parametrize(("said_there", "calls"), [(0, 1), (3, 1), (9, 1), (10, 2), (100, 2), (105, 2), (250, 4)])
def test_a_conversation_of_few_messages_takes_one_call(said_there: int, calls: int) -> None:
    moments = [LATEST - 1000 * number for number in range(said_there)]

    def whole(later: int, earlier: int) -> Any:
        return {"messages": [said(at) for at in moments if earlier <= at <= later][:100]}

    chats = [{**CHAT, "chat_id": f"chat:C{number}"} for number in range(3)]
    district = chatting(lambda _: {"chats": chats}, whole)
    page = run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert (len(page.items), page.gaps) == (3 * said_there, ())
    assert len(district.port.sent) == 1 + 3 * calls


def test_the_estimate_of_calls_counts_the_conversations() -> None:
    assert District().ok.estimate_calls(2, 0, frozenset({"messages"})) == 2 * 101


ENDLESS: dict[str, Callable[[int, int], Any]] = {
    "the newest ones for ever": lambda _, __: {"messages": [said(LATEST - n) for n in range(10)]},
    "a full page of one moment": lambda _, __: {
        "messages": [said(LATEST, message={"mid": f"mid:{n}"}) for n in range(100)]
    },
    "ever more": lambda later, _: {"messages": [said(later - n) for n in range(1, 11)]},
    "a message without id": lambda _, __: {"messages": [said(LATEST, message={"mid": "", "text": "да"})]},
    "no list": lambda _, __: {"messages": {"0": said(LATEST)}},
}


@pytest.mark.parametrize("messages", ENDLESS.values(), ids=ENDLESS)
def test_a_conversation_that_hides_its_past_ends_with_a_gap(messages: Callable[[int, int], Any]) -> None:
    district = chatting(lambda _: {"chats": [CHAT]}, messages, max_pages=5)
    assert run(district.ok.list_messages(ACCOUNT, since=SINCE)).gaps
    assert len(district.port.sent) <= 6


def test_one_message_told_twice_is_the_whole_conversation() -> None:
    page = run(
        chatting(lambda _: {"chats": [CHAT]}, lambda _, __: {"messages": [said(LATEST)]}).ok.list_messages(
            ACCOUNT, since=SINCE
        )
    )
    assert (len(page.items), page.gaps) == (1, ())


def test_a_subscription_without_an_address_hides_no_other() -> None:
    rows = [{"url": None, "time": 1}, {"url": "https://primer.example/hook"}, {"time": 2}]
    district = District()
    district.face.handle = lambda request: Answer(200, {}, json.dumps({"subscriptions": rows}).encode())  # type: ignore[method-assign]  # says this only
    assert [one.url for one in run(district.ok.graph.subscriptions(ACCOUNT.id))] == ["https://primer.example/hook"]


@pytest.mark.parametrize("answer", [{"subscriptions": "x"}, {"subscriptions": ["x"]}, {"subscriptions": [{"url": {}}]}])
def test_subscriptions_of_events_that_could_not_be_read_are_not_told_as_none(answer: Any) -> None:
    district = District()
    district.face.handle = lambda request: Answer(200, {}, json.dumps(answer).encode())  # type: ignore[method-assign]  # says this only
    with pytest.raises(UnreadableAnswer):
        run(district.ok.graph.subscriptions(ACCOUNT.id))


@pytest.mark.parametrize(("latest", "read"), [(LATEST, 1), (LATEST - 30 * 86_400_000, 0), (None, 1)])
def test_only_a_conversation_of_before_is_not_read(latest: int | None, read: int) -> None:
    """One that does not say when it was is read: it may be new."""
    district = chatting(lambda _: {"chats": [CHAT | {"lastEventTime": latest}]})
    run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert len(district.port.sent) == 1 + read


def test_messages_of_before_are_not_asked_for_were_the_end_not_kept() -> None:
    """A page each ten days, for ever, whatever the earlier moment is."""
    district = chatting(
        lambda _: {"chats": [CHAT]},
        lambda later, _: {"messages": [said(later - number * 8_640_000) for number in range(100)]},
    )
    page = run(district.ok.list_messages(ACCOUNT, since=SINCE))
    assert (page.gaps, len(district.port.sent)) == ((), 1 + 3)
    assert all(one.at >= SINCE for one in page.items)
