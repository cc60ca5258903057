"""What a publication carries beside its text: files, a poll, a link. It arrives as it is, or is refused beforehand."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from munsocial.network.drafts import Media, Poll
from munsocial.sandbox.things import Post
from munsocial.testing.conformance.acting import WritingConformance
from munsocial.testing.conformance.checks import caught
from munsocial.testing.conformance.stage import Stage
from munsocial.testing.conformance.targets import a_picture, a_video, measured_text

__all__ = ["CarryingConformance", "made_of", "posts_of"]

_LINK = "https://example.org/novosti/1"
_POLL = Poll(question="Какой парк благоустроить первым?", answers=("Северный", "Южный"))
_SHOWN = {"document": ("doc", "document")}
"""Words of a world for kinds of a draft, where they are others (`munsocial.sandbox.things.Media`)."""


def posts_of(stage: Stage, *states: str) -> list[Post]:
    """Return what stands on the wall of the stage's page."""
    return stage.there.wall(stage.network, stage.page.id, states=states or ("published",))


def made_of(stage: Stage, text: str) -> list[Post]:
    """Return what stands there, or waits for its moment, with exactly that text."""
    return [one for one in posts_of(stage, "published", "scheduled") if one.text == text]


class CarryingConformance(WritingConformance):
    """A publication with something in it. `Target.more` are further fields of its draft."""

    @pytest.mark.parametrize("kind", ["photo", "video", "document", "poll", "link"])
    def test_attachments_arrive_or_are_refused(self, stage: Stage, kind: str) -> None:
        """What a draft carries arrives with the post; what the network has not is refused before anything is sent."""
        bench = stage.open()
        declared = bench.adapter.capabilities.formats
        target = replace(self.furnish(stage, 0), more=self._carrying(kind))
        _, error = caught(bench, self.perform(bench, target))
        if kind in declared:
            assert error is None, f"{kind} is among the declared formats, but it is refused: {error!r}"
            (post,) = made_of(stage, target.text)
            self._stands_as_given(post, kind)
            return
        if kind == "link" and error is None:
            posts = posts_of(stage, "published", "scheduled")
            assert any(_LINK in one.text or one.attachments for one in posts), "the link of the draft got lost"
            return
        self.refused_unsent(bench, error, f"a {kind}, which is not among the declared formats,")

    def _carrying(self, kind: str) -> dict[str, Any]:
        if kind == "poll":
            return {"poll": _POLL}
        if kind == "link":
            return {"link": _LINK}
        return {"media": (Media(path=self._file(kind), kind=kind),)}

    def _file(self, kind: str) -> Path:
        if kind == "photo":
            return a_picture(self.folder)
        if kind == "video":
            return a_video(self.folder)
        path = self.folder / "poryadok.txt"
        path.write_text("Порядок\n" * 50, encoding="utf-8")
        return path

    def test_too_many_attachments_are_refused_before_sending(self, stage: Stage) -> None:
        """More files than the declared limit are refused at once."""
        limit = stage.open().declared(self.ability).limits.media
        if limit is None:
            pytest.skip("no limit of attachments is declared")
        media = tuple(Media(path=a_picture(self.folder, n, side=20)) for n in range(limit + 1))
        self._refuses(stage, {"media": media}, f"{limit + 1} files (the limit is {limit})")

    @pytest.mark.parametrize("kind", ["photo", "video", "document"])
    def test_too_big_files_are_refused_before_sending(self, stage: Stage, kind: str) -> None:
        """A file over the declared size is refused at once."""
        limit = getattr(stage.open().declared(self.ability).limits, f"{kind}_bytes")
        if limit is None:
            pytest.skip(f"no size of a {kind} is declared")
        path = self._file(kind)
        os.truncate(path, limit + 1)
        self._refuses(stage, {"media": (Media(path=path, kind=kind),)}, f"a {kind} of {limit + 1} bytes")

    def test_no_picture_is_refused_before_sending(self, stage: Stage) -> None:
        """A file that is no picture, and one that is not there, are refused at once."""
        if not stage.open().declared(self.ability).limits.photo_types:
            pytest.skip("no kinds of photo files are declared")
        fake = self.folder / "zametki.bin"
        fake.write_bytes(b"MZ\x90\0" * 200)
        self._refuses(stage, {"media": (Media(path=fake),)}, "a photo that is no picture")
        self._refuses(stage, {"media": (Media(path=self.folder / "net.png"),)}, "a photo that is not there")

    def test_a_poll_of_several_choices_is_one_or_is_refused(self, stage: Stage) -> None:
        """Where one may choose several answers it stands so; a network without such polls refuses it at once."""
        if "poll" not in stage.open().adapter.capabilities.formats:
            pytest.skip("the network has no polls")
        poll = _POLL.model_copy(update={"multiple": True})
        target = replace(self.furnish(stage, 0), more={"poll": poll})
        bench, _, error = self.under(stage, None, target)
        if error is not None:
            self.refused_unsent(bench, error, "a poll of several choices")
            return
        (post,) = made_of(stage, target.text)
        assert post.attachments[0].facts.get("multiple", True), "a poll of several choices stands there with one"

    def test_several_files_arrive_together(self, stage: Stage) -> None:
        """Two pictures of one draft stand in one post, with its text."""
        bench = stage.open()
        most = bench.declared(self.ability).limits.media
        if "photo" not in bench.adapter.capabilities.formats or (most is not None and most < 2):
            pytest.skip("the network takes no two pictures")
        media = tuple(Media(path=a_picture(self.folder, number)) for number in range(2))
        bench.run(self.perform(bench, replace(self.furnish(stage, 0), text="Две картины", more={"media": media})))
        kinds = [[part.kind for part in one.attachments] for one in made_of(stage, "Две картины")]
        assert kinds == [["photo", "photo"]], f"of two pictures with one text stands there: {kinds}"

    def test_a_poll_beyond_its_limits_is_refused_before_sending(self, stage: Stage) -> None:
        """Too many or too long answers of a poll are refused at once."""
        limits = stage.open().declared(self.ability).limits
        if limits.poll_answers is None and limits.poll_answer_text is None:
            pytest.skip("no limits of polls are declared")
        if limits.poll_answers is not None:
            many = tuple(f"Вариант {n}" for n in range(limits.poll_answers + 1))
            self._refuses(stage, {"poll": Poll(question="Что?", answers=many)}, f"a poll of {len(many)} answers")
        if limits.poll_answer_text is not None:
            long = measured_text(7, limits.poll_answer_text, limits.measure, over=True)
            what = f"an answer over the limit of {limits.poll_answer_text}, of {len(long)} characters,"
            self._refuses(stage, {"poll": Poll(question="Что?", answers=(long, "нет"))}, what)

    def test_a_text_beside_a_file_is_as_long_as_declared(self, stage: Stage) -> None:
        """Beside files a text may have to be shorter: one that fits arrives, a longer one is refused at once."""
        bench = stage.open()
        limits, kinds = bench.declared(self.ability).limits, bench.adapter.capabilities.formats
        carried = next((kind for kind in ("photo", "video", "document", "poll") if kind in kinds), None)
        if limits.caption is None or carried is None:
            pytest.skip("no limit of a text beside files is declared")
        more = self._carrying(carried)
        text = measured_text(6, limits.caption, limits.measure)
        target = replace(self.furnish(stage, 0), text=text, more=more)
        bench.run(self.perform(bench, target))
        self.once(stage, target, f"{limits.caption} characters beside a {carried}")
        longer = measured_text(6, limits.caption, limits.measure, over=True)
        bench, _, error = self.under(stage, None, replace(target, text=longer, key=f"{target.key}-longer"))
        self.refused_unsent(bench, error, f"a text over {limits.caption} characters beside a {carried}")

    def _refuses(self, stage: Stage, more: dict[str, Any], what: str) -> None:
        target = self.furnish(stage, 0)
        target = replace(target, more={**target.more, **more})
        bench, _, error = self.under(stage, None, target)
        self.refused_unsent(bench, error, what)

    def _stands_as_given(self, post: Post, kind: str) -> None:
        assert post.attachments, f"a {kind} is declared, but the post stands there without it"
        kinds = [one.kind for one in post.attachments]
        assert set(kinds) <= set(_SHOWN.get(kind, (kind,))), f"a {kind} stands there as {kinds}"
        if kind != "poll":
            return
        # A face may keep less of a poll than the world has room for.
        facts = post.attachments[0].facts
        given = {"question": _POLL.question, "answers": list(_POLL.answers), "multiple": _POLL.multiple}
        other = {name: facts[name] for name in given if name in facts and facts[name] != given[name]}
        assert not other, f"of the poll stands there {other!r}, given was {given!r}"
