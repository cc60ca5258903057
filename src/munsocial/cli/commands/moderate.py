"""`munsocial moderate FILE`: the queue and removals proposed; shadow, replay, report, bans; done with ``--yes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import Acknowledge, By, Limit, PlanFile, Sandbox, Yes, acting_for, connected, finish
from munsocial.cli.options import JournalPlace, Registered
from munsocial.cli.seen import Seen, Sight, seen_now, sight_of, snapshot_of
from munsocial.cli.speaking import NOT_NOTED, echo, echo_json
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.snapshot import Snapshot
    from munsocial.operate.moderating.moderation import Settings
    from munsocial.operate.plans.plan import Plan
    from munsocial.social import Social

__all__ = ["COMMAND"]

_WANT, _LISTS = ("profile", "posts", "comments"), ("profile", "bans")

_BLIND = Text(
    "Ни в одном аккаунте комментарии не прочитаны: модерации не было. Начните с munsocial keys check РЕЕСТР",
    "No account's comments could be read: nothing was moderated. Begin with munsocial keys check REGISTRY",
)
_BANS_BLIND = Text(
    "Ни в одном аккаунте чёрный список не прочитан, а по журналу блокировать некого. "
    "Начните с munsocial keys check РЕЕСТР",
    "No account's black list could be read, and by the journal nobody is to be banned. "
    "Begin with munsocial keys check REGISTRY",
)
_HEAD = Text("Аккаунт|Пришло|Стоит|Сделано|Кем|Как быстро", "Account|Came|Stands|Done|By whom|How fast")
_LEFT = Text("Записано: {item} остаётся, решил(а) {by}.", "Noted: {item} stays, decided by {by}.")
_PLACE = Text("пишите АККАУНТ:КОММЕНТАРИЙ.", "write ACCOUNT:COMMENT.")
_WOULD_LEAVE = Text("{item} останется, решает {by}.", "{item} would stay, decided by {by}.")
_AS_IT_READS = Text("Пока он читается так: «{text}»", "As long as it reads: {text!r}")
_UNREAD = Text(
    "Комментарий не прочитан (его нет в снимке): решение останется в силе, даже если автор его изменит.",
    "The comment was not read (the snapshot has none such): the decision holds even when its author changes it.",
)
_NOTHING_KEPT = Text(
    "В журнале нет ни одного комментария, на котором можно сравнить настройки: теневого режима ещё не было, или тексты "
    "удалены по сроку хранения. Сначала прочитайте их: munsocial moderate РЕЕСТР --shadow --yes, или дайте снимок: "
    "--snapshot",
    "The journal holds no comment on which settings could be compared: nothing was read in shadow mode yet, or the "
    "texts were forgotten on term. Read them first: munsocial moderate REGISTRY --shadow --yes, or give a snapshot: "
    "--snapshot",
)
_ONLY_WITH = Text("без {names} ничего не значит.", "means nothing without {names}.")
_ADD = Text("Добавьте {names} АККАУНТ:КОММЕНТАРИЙ или уберите.", "Add {names} ACCOUNT:COMMENT, or leave it out.")
_OR = Text(" или ", " or ")
_ONE_MODE = Text("сразу только одно: {names}.", "one at a time: {names}.")
_WOULD_IMPORT = Text("Блокировки, которых нет в журнале:", "Bans that the journal lacks:")
_IMPORTED = Text("Блокировки, записанные сейчас в журнал:", "Bans noted in the journal now:")

_Weeks = Annotated[
    int,
    typer.Option(
        "--weeks",
        min=1,
        max=520,
        metavar=both("ЧИСЛО", "NUMBER"),
        help=both(
            "За сколько полных недель читать записи, от 1 до 520; комментарии под записями старше не видны.",
            "Posts of how many full weeks to read, 1 to 520; comments under older posts are not seen.",
        ),
    ),
]
_Settings = Annotated[
    str, typer.Option("--settings", help=both("Настройки модерации, .toml.", "Settings of moderation, .toml."))
]
_Shadow = Annotated[
    bool,
    typer.Option("--shadow", help=both("Ничего не делать, записать, что сделали бы.", "Do nothing, note it only.")),
]
_Replay = Annotated[
    str,
    typer.Option("--replay", help=both("Что изменят эти настройки, .toml.", "What these settings change, .toml.")),
]
_Report = Annotated[
    bool, typer.Option("--report", help=both("Что пришло, что сделано, кем, как быстро.", "What came, was done."))
]
_AsJson = Annotated[bool, typer.Option("--json", help=both("Отчёт как JSON.", "The report as JSON."))]
_Bans = Annotated[
    bool, typer.Option("--bans", help=both("Предложить блокировки по записанным удалениям.", "Propose bans."))
]
_Unbans = Annotated[
    bool,
    typer.Option("--unbans", help=both("Снять блокировки, которым вышел срок.", "End bans whose term is over.")),
]
_Leave = Annotated[
    str,
    typer.Option("--leave", help=both("Оставить АККАУНТ:КОММЕНТАРИЙ, не предлагать.", "Leave ACCOUNT:COMMENT alone.")),
]
_Remove = Annotated[
    str,
    typer.Option("--remove", help=both("Снять АККАУНТ:КОММЕНТАРИЙ по вашему решению.", "Remove it by your decision.")),
]
_Ground = Annotated[
    str,
    typer.Option("--ground", help=both("Основание снятия: threat, drugs…", "The ground of it: threat, drugs, ...")),
]
_Why = Annotated[str, typer.Option("--why", help=both("Почему оставить или снять.", "Why it is left or removed."))]
_SignedBy = Annotated[
    str, typer.Option("--signed-by", help=both("Второе лицо, подписывающее план.", "Who signs as the second."))
]


def moderate(
    context: typer.Context,
    file: Registered,
    snapshot: Seen = "",
    weeks: _Weeks = 4,
    settings: _Settings = "",
    shadow: _Shadow = False,
    replay: _Replay = "",
    report: _Report = False,
    as_json: _AsJson = False,
    bans: _Bans = False,
    unbans: _Unbans = False,
    leave: _Leave = "",
    remove: _Remove = "",
    ground: _Ground = "",
    why: _Why = "",
    signed_by: _SignedBy = "",
    yes: Yes = False,
    limit: Limit = 0,
    save: PlanFile = "",
    acknowledge: Acknowledge = [],  # noqa: B006 - typer copies it
    by: By = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Show the queue, plan removals, do them if allowed; or one of the other modes."""
    from munsocial.model.files import load_registry

    _one_of(shadow=shadow, replay=replay, report=report, bans=bans, unbans=unbans, leave=leave, remove=remove)
    _of_a_decision(ground, why, leave=leave, remove=remove)
    lang, who, chosen, registry = lang_of(context), acting_for(by), _settings_of(settings), load_registry(file)
    facts: dict[str, Any] = {"lang": lang, "yes": yes, "save": save}
    with connected(file, registry, journal, sandbox=sandbox, **facts, reads=(snapshot, settings, replay)) as social:
        if leave:
            _leave(social, leave, who, why, lang, snapshot=snapshot, weeks=weeks, yes=yes)
        elif report:
            _report(social, seen_now(social, snapshot, weeks, _WANT), chosen, lang, as_json=as_json)
        elif replay:
            _replay(social, chosen, _settings_of(replay), snapshot, lang)
        elif shadow:
            _shadow(social, seen_now(social, snapshot, weeks, _WANT), chosen, lang, yes=yes)
        else:
            made: dict[str, Any] = {"made_by": who, "acknowledge": acknowledge}
            how: dict[str, Any] = {"bans": bans, "unbans": unbans, "removal": (remove, ground, why), "yes": yes}
            plan, blind = _planned(social, snapshot, weeks, chosen, lang, made=made, **how)
            plan = plan.signed(signed_by, social.now()) if signed_by else plan
            finish(social, plan, limit=limit, acknowledge=acknowledge, **facts)
            if blind:
                _end_blind(blind, lang)


def _settings_of(path: str) -> Settings:
    from munsocial.operate.moderating.moderation import Settings, load_settings

    return load_settings(Path(path)) if path else Settings()


def _planned(
    social: Social,
    snapshot: str,
    weeks: int,
    chosen: Settings,
    lang: Lang,
    *,
    made: dict[str, Any],
    bans: bool,
    unbans: bool,
    yes: bool,
    removal: tuple[str, str, str],
) -> tuple[Plan, Text | None]:
    """Plan what is to be done; with the plan comes what to say where nothing could be read for it."""
    if unbans:
        return social.plan_unbans(**made), None  # by the journal alone: nothing needs to be read
    if bans:
        return _bans(social, seen_now(social, snapshot, weeks, _LISTS), chosen, lang, made, yes=yes)
    seen = seen_now(social, snapshot, weeks, _WANT)
    return _by_decision(social, seen, chosen, made, *removal) if removal[0] else _removals(social, seen, chosen, made)


def _by_decision(
    social: Social, seen: Snapshot, chosen: Settings, made: dict[str, Any], place: str, ground: str, why: str
) -> tuple[Plan, Text | None]:
    """Plan the one removal that a person decided on."""
    account, item = _parts(place, "--remove")
    return social.plan_comment_removal(seen, account, item, ground, why=why, settings=chosen, **made), None


def _removals(social: Social, seen: Snapshot, chosen: Settings, made: dict[str, Any]) -> tuple[Plan, Text | None]:
    """Plan removals; say so when no comment of any account could be read."""
    plan = social.plan_moderation(seen, settings=chosen, **made)
    return plan, _BLIND if _comments_of(social, seen).blind else None


def _bans(
    social: Social, seen: Snapshot, chosen: Settings, lang: Lang, made: dict[str, Any], *, yes: bool
) -> tuple[Plan, Text | None]:
    """Note the bans seen and plan others; say so when no black list was read and the journal asks for no ban."""
    sight = sight_of(seen.accounts, "bans", empty=not social.registry.accounts)
    _tell_unread(sight, lang)
    _import_bans(social, seen, lang, yes=yes)
    plan = social.plan_bans(settings=chosen, snapshot=seen, **made)
    return plan, _BANS_BLIND if sight.blind and not plan.steps else None


def _comments_of(social: Social, seen: Snapshot) -> Sight:
    return sight_of(seen.accounts, "comments", empty=not social.registry.accounts)


def _tell_unread(sight: Sight, lang: Lang) -> None:
    for line in sight.lines(lang):
        echo(line, err=True)


def _end_blind(said: Text, lang: Lang) -> NoReturn:
    echo(said.say(lang), err=True)
    raise typer.Exit(3)


def _one_of(**modes: object) -> None:
    given = [f"--{name}" for name, value in modes.items() if value]
    if len(given) > 1:
        raise InputError(_ONE_MODE.fill(names=", ".join(given)), where="moderate")


def _of_a_decision(ground: str, why: str, *, leave: str, remove: str) -> None:
    """Refuse what is told of a decision where none is made: it would be passed over in silence."""
    wanted = (("--ground", ground, {"--remove": remove}), ("--why", why, {"--leave": leave, "--remove": remove}))
    for option, given, decisions in wanted:
        if given and not any(decisions.values()):
            names = Text(*(_OR.say(lang).join(decisions) for lang in ("ru", "en")))
            raise InputError(_ONLY_WITH.fill(names=names), where=option, remedy=_ADD.fill(names=names))


def _leave(social: Social, place: str, by: str, why: str, lang: Lang, *, snapshot: str, weeks: int, yes: bool) -> None:
    from munsocial.operate.shown import shown

    account, item = _parts(place, "--leave")
    social.leave_comment(account, item, by=by, why=why, text=None, write=False)
    comment = seen_now(social, snapshot, weeks, ("posts", "comments")).comment(account, item)
    text = comment.text if comment else None
    social.leave_comment(account, item, by=by, why=why, text=text, write=yes)
    echo((_LEFT if yes else _WOULD_LEAVE).fill(item=place, by=by).say(lang))
    echo((_AS_IT_READS.fill(text=shown(text)) if text is not None else _UNREAD).say(lang))
    _end_dry(lang, yes=yes)


def _parts(place: str, option: str) -> tuple[str, str]:
    account, colon, item = place.partition(":")
    if not colon or not item:
        raise InputError(_PLACE, where=f"{option} {place}")
    return account, item


def _end_dry(lang: Lang, *, yes: bool) -> None:
    if not yes:
        echo(NOT_NOTED.say(lang))


def _report(social: Social, seen: Snapshot, settings: Settings, lang: Lang, *, as_json: bool) -> None:
    from munsocial.cli.tables import show_table

    found = social.moderation_report(seen, settings=settings)
    if as_json:
        echo_json([one.to_dict() for one in found])
    else:
        show_table(_HEAD.say(lang).split("|"), [one.cells(lang) for one in found])


def _replay(social: Social, before: Settings, after: Settings, snapshot: str, lang: Lang) -> None:
    comments = snapshot_of(snapshot, social.registry) if snapshot else None
    found = social.replay(after, before=before, comments=comments)
    kept = found.read or comments is not None
    for line in found.lines(lang) if kept else (_NOTHING_KEPT.say(lang),):
        echo(line)


def _shadow(social: Social, seen: Snapshot, settings: Settings, lang: Lang, *, yes: bool) -> None:
    sight = _comments_of(social, seen)
    _tell_unread(sight, lang)
    if sight.blind:
        _end_blind(_BLIND, lang)
    echo(social.shadow(seen, settings=settings, write=yes).say(lang))
    for one in social.shadow_sums():
        echo(f"  {one.say(lang)}")
    _end_dry(lang, yes=yes)


def _import_bans(social: Social, seen: Snapshot, lang: Lang, *, yes: bool) -> None:
    told = social.import_bans(seen, write=yes)
    if told:
        echo((_IMPORTED if yes else _WOULD_IMPORT).say(lang))
    for one in told:
        echo(f"  ! {one.say(lang)}")


COMMAND = Command(
    "moderate",
    moderate,
    "Модерация: очередь и план удалений с основаниями; с --yes — выполнить.",
    "Moderation: the queue and a plan of removals with grounds; with --yes do it.",
    (
        "munsocial moderate district.toml",
        "munsocial moderate district.toml --snapshot snapshot.json -o moderation.json",
        "munsocial moderate district.toml --yes --limit 10 --signed-by 'Ильменев Ю. А.'",
        "munsocial moderate district.toml --shadow --settings moderation.toml --yes",
        "munsocial moderate district.toml --replay stricter.toml",
        "munsocial moderate district.toml --leave grivenskoye-vk:118 --why 'цитата из книги' --yes",
        "munsocial moderate district.toml --remove grivenskoye-vk:118 --ground threat --why 'передано в полицию' --yes",
        "munsocial moderate district.toml --report",
        "munsocial moderate district.toml --bans -o bans.json",
    ),
)
