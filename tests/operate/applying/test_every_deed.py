"""The fault matrix for every deed that writes: what was done is told, what was not is not, nothing happens twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from acting_world import District, fault
from munsocial.operate.plans.plan import Step
from munsocial.sandbox.things import Ban

VK = "administration-vk"


@dataclass(frozen=True)
class Act:
    """A deed with the call that makes it, and how often its effect stands in the world."""

    name: str
    method: str
    step: Callable[[District], Step]
    stands: Callable[[District], int]


def page(district: District) -> Any:
    return district.world.page(*district.page(VK))


def first_post(district: District) -> Any:
    return next(iter(page(district).posts.values()))


def reply(district: District) -> Step:
    post = first_post(district)
    asked = district.says("Когда откроют кружки?", post)
    return district.step("reply", params={"text": "В понедельник.", "post": post.id, "to": asked.id})


def replies(district: District) -> int:
    return sum(one.text == "В понедельник." for one in comments(district))


def comments(district: District) -> list[Any]:
    return [one for post in page(district).posts.values() for one in post.comments if not one.deleted]


def message(district: District) -> Step:
    network, number = district.page(VK)
    district.world.receive(network, number, "555", "Здравствуйте, когда каток?")
    return district.step("send_message", params={"text": "С субботы.", "peer": "555"})


def messages(district: District) -> int:
    return sum(one.text == "С субботы." for dialog in page(district).dialogs.values() for one in dialog)


def removal(district: District) -> Step:
    post = first_post(district)
    return district.removal(district.says("бля, опять яма", post), post)


def restoring(district: District) -> Step:
    post = first_post(district)
    comment = district.says("Спасибо за каток!", post)
    district.world.delete_comment(*district.page(VK), comment.id)
    return district.step("restore_comment", params={"comment": comment.id, "post": post.id})


def ban(district: District) -> Step:
    until = (district.world.now() + timedelta(days=30)).isoformat()
    return district.step("ban", params={"user": "555", "until": until, "ground": "spam"})


def unban(district: District) -> Step:
    district.world.ban(*district.page(VK), Ban("555", district.world.now(), None, "spam"))
    return district.step("unban", params={"user": "555"})


def edit(district: District) -> Step:
    return district.step("edit_post", params={"post": first_post(district).id, "draft": {"text": "Исправлено."}})


def of_post(action: str) -> Callable[[District], Step]:
    return lambda district: district.step(action, params={"post": first_post(district).id})


def gone(district: District) -> int:
    return int(first_post(district).state == "deleted")


ACTS = (
    Act("reply", "wall.createComment", reply, replies),
    Act("message", "messages.send", message, messages),
    Act("removal", "wall.deleteComment", removal, lambda d: int(not any("яма" in c.text for c in comments(d)))),
    Act("restoring", "wall.restoreComment", restoring, lambda d: sum("каток" in c.text for c in comments(d))),
    Act("ban", "groups.ban", ban, lambda d: len(page(d).bans)),
    Act("unban", "groups.unban", unban, lambda d: int(not page(d).bans)),
    Act("edit", "wall.edit", edit, lambda d: int(first_post(d).text == "Исправлено.")),
    Act("deleting", "wall.delete", of_post("delete_post"), gone),
    Act("pinning", "wall.pin", of_post("pin_post"), lambda d: int(first_post(d).pinned)),
    Act("closing", "wall.closeComments", of_post("close_comments"), lambda d: int(not first_post(d).comments_open)),
)
FAULTS = ("lost_after", "lost_before", "cut", "empty", "html", "garbage", "status", "server", "unreachable", "rate",
          "captcha", "key", "permission")  # fmt: skip


@pytest.mark.parametrize("times", [1, None], ids=["once", "for ever"])
@pytest.mark.parametrize("kind", FAULTS)
@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_one_trouble(tmp_path: Path, act: Act, kind: str, times: int | None) -> None:
    district = District(tmp_path)
    plan = district.plan(act.step(district))
    district.faults.add(fault(kind, act.method, times=times))
    first = district.apply(plan).outcomes[0]
    assert first.state != "confirmed" or act.stands(district) == 1, first.say("en")
    assert first.state not in ("rejected", "skipped") or act.stands(district) == 0, first.say("en")
    district.faults.clear()
    district.later(minutes=5)
    for _ in range(2):
        last = district.apply(plan).outcomes[0]
    assert (last.state, act.stands(district)) == ("confirmed", 1), (first.say("en"), last.say("en"))
    with district.connect() as social:
        assert social.journal.verify().whole
    assert not leaked(district)


def leaked(district: District) -> list[str]:
    """Name the secrets that stand in the journal's files."""
    files = [one.read_bytes() for one in district.folder.iterdir() if one.is_file()]
    secrets = district.stage.secrets.environment()
    assert secrets
    return [name for name, value in secrets.items() if any(value.encode() in content for content in files)]
