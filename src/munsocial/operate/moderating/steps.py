"""A comment as a step of a plan: its removal, its handing over to a person, the answer that is owed to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from munsocial.operate.applying.deeds import REFER
from munsocial.operate.applying.digests import read_digest, text_digest
from munsocial.operate.grounds import OWED, ground_name
from munsocial.operate.moderating.queue import GRAVE, Decision, Queued
from munsocial.operate.moderating.settings import REMOVABLE
from munsocial.operate.plans.plan import Proof, Step, step_key
from munsocial.operate.shown import shown
from munsocial.wording import Text, join_texts

__all__ = ["names_of", "owed_step", "referral", "removal"]

_REMOVE = Text("{verb} комментарий: {ground} — «{shown}»", "{verb} a comment: {ground} - {shown!r}")
_REFER = Text("передать человеку сейчас же: {ground} — «{shown}»", "hand to a person at once: {ground} - {shown!r}")
_HOW_REFER = {
    "suicide": Text(
        "Прочтите {url}. Не удаляйте. Если человеку грозит беда, звоните 112; ответьте ему по-человечески и дайте "
        "телефон доверия 8-800-2000-122. Доказательства сохранены в журнале.",
        "Read {url}. Do not delete. If somebody is in danger call 112; answer kindly and give a help line. "
        "The evidence is kept in the journal.",
    ),
    "drugs": Text(
        "Прочтите {url}. Не удаляйте первым делом: доказательства сохранены в журнале. Если это реклама наркотиков, "
        "сообщите в полицию (102) и в Роскомнадзор (eais.rkn.gov.ru), потом решайте об удалении.",
        "Read {url}. Do not delete first: the evidence is kept in the journal. If drugs are advertised, tell the "
        "police and Roskomnadzor (eais.rkn.gov.ru), then decide on the removal.",
    ),
    "extremism": Text(
        "Прочтите {url}. Не удаляйте первым делом: доказательства сохранены в журнале. Если это призыв к вражде или "
        "насилию, сообщите в полицию (102) и юристу, потом решайте об удалении.",
        "Read {url}. Do not delete first: the evidence is kept in the journal. If it calls for hatred or violence, "
        "tell the police and your lawyer, then decide on the removal.",
    ),
    "": Text(
        "Прочтите {url}. Не удаляйте первым делом: доказательства сохранены в журнале. Если угроза настоящая, "
        "сообщите в полицию (102) и юристу, потом решайте об удалении.",
        "Read {url}. Do not delete first: the evidence is kept in the journal. If the threat is real, tell the police "
        "and your lawyer, then decide on the removal.",
    ),
}
_MIXED = Text("решить человеку: {ground} — «{shown}»", "for a person to decide: {ground} - {shown!r}")
_HOW_MIXED = Text(
    "Прочтите {url}. Здесь {ground}, но и другое ({others}), о чём программа не судит; доказательства сохранены в "
    "журнале. Снять: munsocial moderate РЕЕСТР --remove {place} --ground {code} --why «…» --yes; оставить: "
    "--leave {place}; это закроет и задание.",
    "Read {url}. There is {ground}, and also what no program judges ({others}); the evidence is kept in the journal. "
    "To remove it: munsocial moderate REGISTRY --remove {place} --ground {code} --why '...' --yes; to leave it: "
    "--leave {place}; that closes this task.",
)
_UNDER = Text("{id} под записью {post}", "{id} under the post {post}")
_ALSO = Text(
    "Есть и другое: {grounds}. Если опасность грозит и другим, сообщите в полицию (102) и юристу.",
    "There is more: {grounds}. If others are in danger too, tell the police and your lawyer.",
)
_OWED = Text(
    "ответить на вопрос из снимаемого комментария: «{shown}»", "answer the question of a removed comment: {shown!r}"
)
_HOW_OWED = Text(
    "В комментарии {url} был и вопрос: «{text}». Ответьте человеку (личным сообщением, под его новым комментарием или "
    "записью у себя), предложив писать без грубости, и отметьте: munsocial tasks done РЕЕСТР ЗАДАНИЕ --by ИМЯ --yes",
    "The comment {url} also asked something: {text!r}. Answer (by a private message, under a new comment, or by a post "
    "of your own), ask to write without rudeness, and note it: munsocial tasks done REGISTRY TASK --by NAME --yes",
)


def removal(one: Queued, verb: Text, *, hides: bool, restores: bool) -> Step:
    """Return the step that hides or deletes a comment on its ground."""
    action, undo = ("hide_comment", "show_comment") if hides else ("delete_comment", "restore_comment" * restores)
    told = _REMOVE.fill(verb=verb, ground=ground_name(one.decision.ground), shown=shown(one.comment.text))
    return _step(one, action, told, undo=undo, expect=text_digest(one.comment.text))


def referral(one: Queued) -> Step:
    """Return the step that hands a comment to a person: at once what is grave, with both sides what is mixed."""
    grounds = names_of((one.decision.ground, *_beside(one)))
    head = _MIXED if one.decision.ground in REMOVABLE else _REFER
    told, how = head.fill(ground=grounds, shown=shown(one.comment.text)), _how_refer(one)
    # Changed by its author it is another matter: a task of its own, with evidence of its own.
    return _step(one, REFER, told, how_ru=how.ru, how_en=how.en, as_read=read_digest(one.comment.text))


def owed_step(one: Queued, clause: str) -> Step:
    """Return the task to answer: once the comment is gone, no reading shows what it asked."""
    told = _OWED.fill(shown=shown(one.comment.text))
    how = _HOW_OWED.fill(url=_where(one), text=shown(one.comment.text))
    asked = replace(one, decision=Decision("refer", OWED, clause))
    return _step(asked, REFER, told, how_ru=how.ru, how_en=how.en, as_read=read_digest(one.comment.text))


def _where(one: Queued) -> Text:
    """Return by what a person finds a comment: in some networks it has no address, but its post has."""
    if one.under and not one.comment.url:
        return _UNDER.fill(id=one.comment.id, post=one.under)
    place = one.comment.url or one.comment.id
    return Text(place, place)


def _beside(one: Queued) -> tuple[str, ...]:
    """Return the other grounds of a comment that is handed over which are no program's matter."""
    others = GRAVE if one.decision.ground in GRAVE else frozenset(one.categories) - frozenset(REMOVABLE)
    return tuple(category for category in one.categories if category in others - {one.decision.ground})


def _how_refer(one: Queued) -> Text:
    ground, url = one.decision.ground, _where(one)
    if ground in REMOVABLE:
        facts: dict[str, object] = {"place": f"{one.account}:{one.comment.id}", "code": ground, "url": url}
        return _HOW_MIXED.fill(ground=ground_name(ground), others=names_of(_beside(one)), **facts)
    how = _HOW_REFER.get(ground, _HOW_REFER[""]).fill(url=url)
    if ground != "suicide" or not (others := _beside(one)):
        return how
    also = _ALSO.fill(grounds=names_of(others))
    return Text(f"{how.ru} {also.ru}", f"{how.en} {also.en}")


def _step(one: Queued, action: str, told: Text, *, undo: str = "", expect: str = "", **more: str) -> Step:
    comment = one.comment
    return Step(
        id="s0",
        key=step_key(),
        account=one.account,
        network=one.network,
        action=action,
        params={
            "comment": comment.id,
            "post": comment.post_id,
            "url": comment.url or "",
            "author": comment.author_id or "",
            **more,
        },
        ru=told.ru,
        en=told.en,
        clause=one.decision.clause,
        ground=one.decision.ground,
        evidence=(_proof(one),),
        calls=0 if action == REFER else 2,
        sure=one.decision.sure,
        undo=undo,
        expect=expect,
    )


def _proof(one: Queued) -> Proof:
    whys = [why.ru for why in one.decision.why]
    context = (one.post and f"под записью «{one.post}»", one.answers and f"в ответ на «{one.answers}»")
    return Proof(
        text=one.comment.text,
        author=one.comment.author_name or one.comment.author_id or "",
        url=one.comment.url or "",
        at=one.comment.at,
        confidence=one.decision.sure,
        note="; ".join(part for part in (*whys, *context) if part),
    )


def names_of(grounds: Iterable[str]) -> Text:
    """Return the names of several grounds in one."""
    return join_texts(", ", map(ground_name, grounds))
