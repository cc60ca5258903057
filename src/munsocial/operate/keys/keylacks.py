"""What will fail for want of a key: of each account, with all its keys together, and which clause stands behind it.

Pure: it judges what the networks have said about each key (`KeyReport`) by what the adapter declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from munsocial.model.accounts import Account
from munsocial.model.given import each_is
from munsocial.model.grouping import grouped
from munsocial.model.registry import Registry
from munsocial.network.abilities import Ability, Declared, How
from munsocial.network.adapter import Adapter
from munsocial.network.keyreport import KeyReport
from munsocial.operate.clauses import clause_of
from munsocial.policy.act import Act
from munsocial.policy.words import listed
from munsocial.wording import Text

__all__ = ["TITLES", "KeyLack", "key_lacks"]

TITLES: dict[Ability, Text] = {
    Ability.READ_PROFILE: Text("прочитать описание страницы", "read the page's profile"),
    Ability.RESOLVE_HANDLE: Text("проверить короткое имя", "check the short name"),
    Ability.LIST_POSTS: Text("прочитать записи", "read posts"),
    Ability.LIST_COMMENTS: Text("прочитать комментарии", "read comments"),
    Ability.READ_LINKS: Text("прочитать ссылки и подписки", "read links and subscriptions"),
    Ability.READ_MANAGERS: Text("прочитать список руководителей", "read who manages the page"),
    Ability.READ_BANS: Text("прочитать чёрный список", "read the black list"),
    Ability.READ_STATS: Text("прочитать статистику", "read statistics"),
    Ability.LIST_MESSAGES: Text("прочитать личные сообщения", "read private messages"),
    Ability.CHECK_KEYS: Text("проверить ключи", "check keys"),
    Ability.PUBLISH: Text("опубликовать запись", "publish a post"),
    Ability.SCHEDULE: Text("отложить публикацию", "schedule a post"),
    Ability.EDIT_POST: Text("исправить запись", "edit a post"),
    Ability.DELETE_POST: Text("удалить запись", "delete a post"),
    Ability.RESTORE_POST: Text("восстановить запись", "restore a post"),
    Ability.PIN_POST: Text("закрепить запись", "pin a post"),
    Ability.REPLY: Text("ответить на комментарий", "answer a comment"),
    Ability.HIDE_COMMENT: Text("скрыть комментарий", "hide a comment"),
    Ability.DELETE_COMMENT: Text("удалить комментарий", "delete a comment"),
    Ability.RESTORE_COMMENT: Text("восстановить комментарий", "restore a comment"),
    Ability.REPORT_COMMENT: Text("пожаловаться на комментарий", "report a comment"),
    Ability.CLOSE_COMMENTS: Text("закрыть или открыть комментарии", "close or open comments"),
    Ability.BAN: Text("заблокировать пользователя", "ban a person"),
    Ability.UNBAN: Text("снять блокировку", "end a ban"),
    Ability.SEND_MESSAGE: Text("отправить сообщение", "send a message"),
    Ability.DELETE_MESSAGE: Text("удалить сообщение", "delete a message"),
    Ability.EDIT_LINKS: Text("изменить ссылки страницы", "change the page's links"),
    Ability.EDIT_PROFILE: Text("изменить описание страницы", "change the page's profile"),
    Ability.SET_AVATAR: Text("сменить аватар", "change the avatar"),
    Ability.SET_COVER: Text("сменить обложку", "change the cover"),
    Ability.SUBSCRIBE: Text("подписаться", "subscribe"),
    Ability.REMOVE_MANAGER: Text("снять руководителя страницы", "take a manager off"),
}

_KINDS: dict[Ability, tuple[str, ...]] = {
    Ability.READ_PROFILE: ("profile.fields", "profile.design", "account.exists"),
    Ability.RESOLVE_HANDLE: ("account.exists",),
    Ability.LIST_POSTS: ("posting.frequency", "posting.formats", "posting.style"),
    Ability.LIST_COMMENTS: ("moderation.duty", "reply.deadline"),
    Ability.READ_LINKS: ("subscription.upstream",),
    Ability.READ_MANAGERS: ("responsible.appointed", "credentials.custody"),
    Ability.READ_BANS: ("moderation.sanctions",),
    Ability.LIST_MESSAGES: ("reply.deadline", "reply.upstream"),
    Ability.PUBLISH: ("posting.frequency",),
    Ability.SCHEDULE: ("posting.frequency",),
    Ability.REPLY: ("reply.upstream", "reply.deadline"),
    Ability.HIDE_COMMENT: ("moderation.grounds",),
    Ability.DELETE_COMMENT: ("moderation.grounds",),
    Ability.REPORT_COMMENT: ("moderation.sanctions",),
    Ability.BAN: ("moderation.sanctions",),
    Ability.SEND_MESSAGE: ("reply.deadline",),
    Ability.EDIT_LINKS: ("subscription.upstream",),
    Ability.EDIT_PROFILE: ("profile.fields",),
    Ability.SET_AVATAR: ("profile.design",),
    Ability.SET_COVER: ("profile.design",),
    Ability.SUBSCRIBE: ("subscription.upstream",),
    Ability.REMOVE_MANAGER: ("credentials.custody",),
}
"""The kinds of demands that are judged or met by an ability, the nearest first."""

_NONE = Text("Нужен ключ: {kinds}.", "A key is wanted: {kinds}.")


@dataclass(frozen=True, slots=True)
class KeyLack:
    """What an account cannot do for want of a key or a right; ``clause`` is empty where no act asks for it."""

    account: str
    ability: Ability
    what: Text
    clause: str
    why: Text


def key_lacks(
    registry: Registry, adapters: Mapping[str, Adapter], reports: Sequence[KeyReport], acts: Iterable[Act], *, on: date
) -> tuple[KeyLack, ...]:
    """Say what each account cannot do with all its keys together; one without any key can do nothing that wants one.

    Nothing is told of an account whose keys could not be asked, nor of a closed one without keys.
    ``on`` is the local day on which a clause has to hold.
    """
    stack = tuple(acts)
    reports = each_is(KeyReport, reports, "reports", "social.check_keys()")
    by_account = grouped(reports, lambda report: report.account)
    return tuple(
        KeyLack(account.id, ability, TITLES[ability], clause_of(stack, *_KINDS.get(ability, ()), on=on), why)
        for account in registry.accounts
        if account.network in adapters and (account.id in by_account or (reports and account.last_day is None))
        for ability, why in _lacking(account, adapters[account.network], by_account.get(account.id, ()))
    )


def _lacking(account: Account, adapter: Adapter, reports: Sequence[KeyReport]) -> list[tuple[Ability, Text]]:
    declared = adapter.capabilities
    # Others, as the secret of an application, are never asked by themselves.
    serving = {kind for ability in Ability for kind in declared.of(ability).keys}
    counted = [report for report in reports if report.kind in serving]
    if counted and all(report.valid is None for report in counted):
        return []
    return [
        (ability, why)
        for ability in Ability
        if (one := declared.of(ability)).how in (How.NATIVE, How.LOCAL)
        and one.keys
        and not (ability is Ability.SUBSCRIBE and account.kind.value not in declared.subscribers)
        and (why := _why(ability, one, counted)) is not None
    ]


def _why(ability: Ability, declared: Declared, reports: Sequence[KeyReport]) -> Text | None:
    """Return what is wanting; None when a key serves, or may serve that could not be asked.

    Only keys of the declared kinds count: one of another kind need not name what it is not for. A right that is wanting
    says more than another kind of key.
    """
    fitting = [report for report in reports if report.kind in declared.keys]
    if any(report.valid is None or (report.valid and ability not in dict(report.missing)) for report in fitting):
        return None
    beside = [report for report in reports if report.kind not in declared.keys]
    told = [dict(report.missing).get(ability) for report in (*fitting, *beside) if report.valid]
    return next((why for why in told if why is not None), None) or _NONE.fill(kinds=listed(declared.keys))
