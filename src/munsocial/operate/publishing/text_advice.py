"""Advice on the words of a draft before it is sent: clause 8 (style), what a moderator would mark, links to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from munsocial.model.checking.mistakes import unknown_name
from munsocial.network.drafts import Draft
from munsocial.operate.plans.plan import PlanProblem
from munsocial.policy.act import Act, Requirement
from munsocial.policy.params.doing import PostingFrequency, PostingTopics
from munsocial.policy.words import coded, listed, word_of
from munsocial.wording import Text

__all__ = ["problems_of_text"]

_CUT = 80
_READS_PRESS = Text("читается как пресс-релиз (оценка {score} из 100)", "reads as a press release ({score} of 100)")
_OFFICIALESE = Text("канцелярит: «{found}» — {advice}", "officialese: {found!r} - {advice}")
_OBSCENE = Text("похоже на нецензурное слово: «{found}»", "looks like an obscene word: {found!r}")
_PERSONAL = Text(
    "похоже на персональные данные («{found}»): уберите или получите согласие",
    "looks like personal data ({found!r}): take it out, or get consent",
)
_MARKED = Text("в тексте признаки: {what}", "the text has signs of: {what}")
_TOPIC = Text("тема не указана; похоже на «{topic}»", "no topic is given; it looks like {topic!r}")
_NO_TOPIC = Text(
    "темы «{topic}» нет ни в актах, ни у программы, она ни в чём не зачтётся. {meant}",
    "neither the acts nor the program know the topic {topic!r}, it will count for nothing. {meant}",
)
_SAME_TOPIC = {"head_events": "head_event"}
"""A word of acts to the word of a tag."""
_REPOST = Text(
    "ссылка на чужую запись ({link}): если у страницы больше 10 000 подписчиков, она должна стоять в перечне РКН",
    "a link to somebody's post ({link}): a page with over 10,000 readers must stand in the state's list",
)
_FOREIGN_POST = re.compile(r"https?://(?:www\.|m\.)?(?:vk\.(?:com|ru)/(?:wall-?\d+_\d+)|ok\.ru/[\w./]{1,80}topic/\d+)")


def problems_of_text(
    draft: Draft, accounts: Sequence[str], demands: Iterable[tuple[Act, Requirement]] = ()
) -> Iterator[PlanProblem]:
    """Give advice on each text of a draft, the common one and the variants; advice never stands in the way.

    Reading may err (a surname that looks like an obscene word), so a person decides. ``accounts`` are those to which
    it goes; advice is given under the first of them. ``demands`` of the acts that hold on its day may name topics of
    their own.
    """
    texts = dict.fromkeys(text for text in (draft.text, *draft.variants.values()) if text.strip())
    where = accounts[0] if accounts else ""
    for text in texts:
        yield from _marked(text, where)
        if not draft.style_exempt:
            yield from _styled(text, where)
    for link in _links(draft, texts):
        yield PlanProblem.of(where, "advice", _REPOST.fill(link=link))
    if draft.topic is None and draft.text.strip():
        from munsocial.language import topic

        yield PlanProblem.of(where, "advice", _TOPIC.fill(topic=word_of(topic(draft.text))))
    if draft.topic is not None:
        yield from (PlanProblem.of(where, "advice", what) for what in _unknown_topic(draft.topic, demands))


def _unknown_topic(topic: str, demands: Iterable[tuple[Act, Requirement]]) -> Iterator[Text]:
    from munsocial.language.topics import TOPICS

    params = [one.params for _, one in demands]
    kinds = (PostingTopics, PostingFrequency)
    named = {one for found in params if isinstance(found, kinds) for one in found.topics or ()}
    known = {*TOPICS, *(_SAME_TOPIC.get(one, one) for one in named)}
    if topic not in known:
        meant = coded(topic, sorted(known))
        meant = _SAME_TOPIC.get(meant, meant)
        yield _NO_TOPIC.fill(topic=topic, meant=unknown_name(meant, known))


def _marked(text: str, where: str) -> Iterator[PlanProblem]:
    """Tell what moderation would find. What is spam under a post is news in it: fairs, vacancies, paid classes."""
    from munsocial.language import marks

    others: set[str] = set()
    for mark in marks(text):
        found = text[slice(*mark.span)]
        if mark.category == "obscenity":
            yield PlanProblem.of(where, "advice", _OBSCENE.fill(found=found[:_CUT]))
        elif mark.category == "personal_data":
            yield PlanProblem.of(where, "advice", _PERSONAL.fill(found=found[:_CUT]))
        elif mark.category != "spam":
            others.add(mark.category)
    if others:
        yield PlanProblem.of(where, "advice", _MARKED.fill(what=listed(sorted(others))))


def _styled(text: str, where: str) -> Iterator[PlanProblem]:
    from munsocial.language import style

    read = style(text)
    if read.reads_as == "press":
        yield PlanProblem.of(where, "advice", _READS_PRESS.fill(score=round(read.score)))
    for remark in read.remarks:
        shown = _OFFICIALESE.fill(found=text[remark.start : remark.end][:_CUT], advice=remark.advice)
        yield PlanProblem.of(where, "advice", shown)


def _links(draft: Draft, texts: Iterable[str]) -> Iterator[str]:
    for text in (draft.link or "", *texts):
        yield from _FOREIGN_POST.findall(text)
