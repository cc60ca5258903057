"""What this adapter declares: what OK does, what a person does for it, and what is not there, each with its reason."""

from __future__ import annotations

from munsocial.network.abilities import Ability, Capabilities, Declared, Limits, absent, manual, native
from munsocial.wording import Text
from munsocial_ok import tasks
from munsocial_ok.keys import GROUP, PERSON
from munsocial_ok.settings import OkSettings

__all__ = ["CAPABILITIES", "PHOTO_TYPES"]

PHOTO_TYPES = ("jpg", "jpeg", "png")
"""Kinds of photo files that a peer is known to send, as their suffixes without the dot."""

_DEFAULTS = OkSettings.model_validate({})
_PERSON = (PERSON,)

_POSTS = Limits(
    text=_DEFAULTS.text_limit,
    media=_DEFAULTS.photo_limit,
    photo_bytes=_DEFAULTS.photo_bytes,
    video_bytes=_DEFAULTS.video_bytes,
    document_bytes=0,
    photo_types=PHOTO_TYPES,
    poll_answers=_DEFAULTS.poll_answers,
)
_PAGE = Limits(page=_DEFAULTS.page)
_SITE = "https://ok.ru"


def _read(source: str, limits: Limits = _PAGE) -> Declared:
    return native(keys=_PERSON, limits=limits, source=source)


def _by_hand(reason: Text, instruction: Text) -> Declared:
    # The address of a profile is common knowledge, of no page of the vendor's; the others are those that the API gives.
    person, group, post = f"{_SITE}/profile/{{id}}", f"{_SITE}/group/{{id}}", f"{_SITE}/group/{{page}}/topic/{{id}}"
    return manual(reason, instruction, author_page=person, page=group, post_page=post)


def _on_comments(instruction: Text) -> Declared:
    return _by_hand(tasks.NO_METHOD_TO_COMMENT, instruction)


CAPABILITIES = Capabilities(
    {
        Ability.READ_PROFILE: _read("group.getInfo (documented)", Limits()),
        Ability.RESOLVE_HANDLE: _read("url.getInfo (documented)", Limits()),
        Ability.LIST_POSTS: _read("group.getStatTopics, mediatopic.getByIds (documented); own groups only"),
        Ability.LIST_COMMENTS: _read("discussions.getComments (documented)"),
        Ability.READ_LINKS: _read("group.getUserGroupsV2 (documented): groups of the token's person"),
        Ability.READ_MANAGERS: _read("group.getMembers (documented)"),
        Ability.READ_BANS: _read("group.getMembers statuses=BLOCKED (documented)"),
        Ability.READ_STATS: _read("group.getStatTrends (documented)", Limits()),
        Ability.LIST_MESSAGES: native(keys=(GROUP,), limits=Limits(page=100), source="graph /me/chats (documented)"),
        Ability.CHECK_KEYS: native(keys=(PERSON, GROUP), source="users.hasAppPermission, graph /me/info"),
        Ability.PUBLISH: native(
            keys=_PERSON,
            limits=_POSTS,
            source="mediatopic.post (documented); limits not published",
            shown_late=True,  # by statistics
            closes_comments=True,
        ),
        Ability.SCHEDULE: native(
            keys=_PERSON,
            limits=_POSTS,
            source="publishAtMs of mediatopic.post (documented)",
            closes_comments=True,
        ),
        Ability.DELETE_POST: native(keys=_PERSON, source="mediatopic.deleteTopic (name of its parameter in dispute)"),
        Ability.SET_AVATAR: native(
            keys=_PERSON,
            limits=Limits(photo_bytes=_DEFAULTS.photo_bytes, photo_types=PHOTO_TYPES),
            source="group.setMainPhoto (documented in 2017, used by a client of 2026)",
        ),
        Ability.SEND_MESSAGE: native(
            keys=(GROUP,), limits=Limits(text=_DEFAULTS.message_limit), source="graph /me/messages (documented)"
        ),
        Ability.REPLY: _on_comments(tasks.REPLY),
        Ability.DELETE_COMMENT: _on_comments(tasks.DELETE_COMMENT),
        Ability.HIDE_COMMENT: _on_comments(tasks.HIDE_COMMENT),
        Ability.REPORT_COMMENT: _on_comments(tasks.REPORT_COMMENT),
        Ability.BAN: _on_comments(tasks.BAN),
        Ability.UNBAN: _on_comments(tasks.UNBAN),
        Ability.CLOSE_COMMENTS: _by_hand(
            Text(
                "Через API комментарии закрываются только при публикации.",
                "The API closes comments only at the moment of publication.",
            ),
            tasks.CLOSE_COMMENTS,
        ),
        Ability.PIN_POST: _by_hand(
            Text(
                "Метод закрепления требует номер события ленты, который ничто не возвращает.",
                "The method that pins wants an id of a feed event, which nothing returns.",
            ),
            tasks.PIN_POST,
        ),
        Ability.EDIT_POST: _by_hand(
            Text(
                "Метод правки называют лишь сторонние программы; работающим его не видели.",
                "Only third parties name a method that edits; nobody has seen it work.",
            ),
            tasks.EDIT_POST,
        ),
        Ability.EDIT_PROFILE: _by_hand(tasks.NO_METHOD, tasks.EDIT_PROFILE),
        Ability.EDIT_LINKS: _by_hand(tasks.NO_METHOD, tasks.EDIT_LINKS),
        Ability.SET_COVER: _by_hand(tasks.NO_METHOD, tasks.SET_COVER),
        Ability.SUBSCRIBE: _by_hand(tasks.NO_METHOD, tasks.SUBSCRIBE),
        Ability.REMOVE_MANAGER: _by_hand(tasks.NO_METHOD, tasks.REMOVE_MANAGER),
        Ability.DELETE_MESSAGE: _by_hand(tasks.NO_METHOD, tasks.DELETE_MESSAGE),
        Ability.RESTORE_POST: absent(
            Text(
                "Метод восстановления публикации не подтверждён; кнопка на сайте живёт недолго.",
                "A method that restores a post is not confirmed; the button on the site does not last.",
            )
        ),
        Ability.RESTORE_COMMENT: absent(
            Text(
                "Удалённый комментарий ОК не возвращает; текст сохранён в журнале.",
                "OK does not bring a deleted comment back; its text is kept in the journal.",
            )
        ),
    },
    formats=frozenset({"text", "photo", "infographic", "video", "poll", "link"}),
    features=frozenset({"description", "avatar", "cover", "dynamic_cover", "widget"}),
)
