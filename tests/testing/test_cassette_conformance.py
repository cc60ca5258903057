"""A cassette is enough to try the reading part: recorded once, secrets and people replaced, played with no network."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from munsocial.network.adapter import Equipment
from munsocial.sandbox.port import SandboxPort
from munsocial.testing.conformance import (
    DeclarationConformance,
    ListCommentsConformance,
    ListPostsConformance,
    PublishConformance,
    ReadBansConformance,
    ReadLinksConformance,
    ReadProfileConformance,
    ResolveHandleConformance,
    Stage,
    sandbox_stage,
)
from munsocial.transport.port import drive
from munsocial.transport.recorder import RecordingPort
from munsocial.transport.scrub import Scrub
from munsocial.transport.session import Session

sys.path.append(str(Path(__file__).resolve().parents[2] / "examples" / "adapter-ploshchad" / "src"))
from munsocial_ploshchad.adapter import Ploshchad
from munsocial_ploshchad.sandbox import PloshchadFace

CITIZEN = "Пётр Жилин"
SAID = "Позвоните мне: +7 861 000-11-22, я Пётр Жилин"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """Record what the abilities read, as an author would with a real network."""
    live = sandbox_stage(Ploshchad, PloshchadFace)
    at = live.now - timedelta(days=2)
    post = live.there.publish("ploshchad", live.page.id, "Субботник", at=at)
    citizen = live.there.add_user("ploshchad", *CITIZEN.split())
    live.there.comment("ploshchad", live.page.id, post.id, SAID, author=citizen.id, at=at + timedelta(hours=1))
    span, moment = live.span, live.now
    path = tmp_path_factory.mktemp("cassettes") / "ploshchad.json"
    port = SandboxPort({"ploshchad": PloshchadFace(live.there)})
    with RecordingPort(port, path, scrub=Scrub(texts=("name",), ids=("author",))) as recorder:
        adapter = Ploshchad(Equipment(Session(recorder, network="ploshchad"), live.keys, clock=live.there.now))
        drive(adapter.read_profile(live.account))
        drive(adapter.resolve_handle(live.account.handle))
        drive(adapter.list_posts(live.account, since=span.since, until=span.until))
        drive(adapter.list_comments(live.account, post.id))
        drive(adapter.read_bans(live.account))
    return live.but(world=None, face=None, cassette=path, window=span, at=moment, post=post.id)


@pytest.fixture
def stage(recorded: Stage) -> Stage:
    return recorded


# What is recorded; of the rest one ability that acts and one that is not declared: a class for each of the others would
# only be skipped, as `test_example_conformance` shows.
class TestDeclaration(DeclarationConformance):
    pass


class TestListComments(ListCommentsConformance):
    pass


class TestListPosts(ListPostsConformance):
    pass


class TestPublish(PublishConformance):
    pass


class TestReadBans(ReadBansConformance):
    pass


class TestReadLinks(ReadLinksConformance):
    pass


class TestReadProfile(ReadProfileConformance):
    pass


class TestResolveHandle(ResolveHandleConformance):
    pass


def test_neither_keys_nor_people_are_in_the_file(recorded: Stage) -> None:
    assert recorded.cassette is not None
    text = recorded.cassette.read_text(encoding="utf-8")
    for secret in recorded.hidden():
        assert secret not in text
        assert secret[:8] not in text
    for personal in (CITIZEN, *CITIZEN.split(), "861 000-11-22"):
        assert personal not in text


def test_the_shape_of_what_was_said_is_kept(recorded: Stage) -> None:
    bench = recorded.open()
    (comment,) = bench.run(bench.adapter.list_comments(recorded.account, recorded.post)).items
    assert len(comment.text) == len(SAID)
    assert comment.author_name is not None
    assert [len(part) for part in comment.author_name.split()] == [4, 5]
