"""`munsocial publish FILE`: one draft to many accounts; shown first, sent only with ``--yes``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import (
    Acknowledge,
    Approve,
    By,
    Late,
    Limit,
    PlanFile,
    Sandbox,
    Yes,
    acting_for,
    connected,
    finish,
    ready,
)
from munsocial.cli.options import JournalPlace, Registered, moment_of
from munsocial.cli.speaking import echo
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.network.drafts import Draft, Poll
    from munsocial.operate.plans.plan import Plan
    from munsocial.social import Social

__all__ = ["COMMAND"]

_NOWHERE = Text("не сказано, куда публиковать.", "it is not said where to publish.")
_NAME = Text("Дайте --to АККАУНТ или --emergency.", "Give --to ACCOUNT or --emergency.")
_NO_TEXT = Text("нечего публиковать: нет ни текста, ни файла.", "nothing to publish: neither text nor file.")
_GIVE = Text("Дайте --text, --text-file или --media.", "Give --text, --text-file or --media.")
_NO_VARIANT = Text("вариант пишется так: сеть=файл с текстом.", "a variant is written network=file.")
_AT_ONCE = Text("предупреждение идёт сразу и во все аккаунты.", "a warning goes at once and to all accounts.")
_NOT_BOTH = Text("Уберите {option} или --emergency.", "Leave out {option} or --emergency.")
_NO_NETWORK = Text("в эту сеть текст не идёт.", "the text does not go to this network.")
_NETWORKS = Text("Он идёт в: {networks}.", "It goes to: {networks}.")
_POLL = Text("опрос пишется так: вопрос|ответ|ответ.", "a poll is written question|answer|answer.")

_SUFFIXES = {"video": (".mp4", ".mov", ".avi", ".mkv", ".webm"), "document": (".pdf", ".docx", ".xlsx", ".odt", ".zip")}


_To = Annotated[
    list[str], typer.Option("--to", help=both("Аккаунт из реестра; можно несколько.", "An account; repeatable."))
]
_Text = Annotated[str, typer.Option("--text", help=both("Текст публикации.", "The text."))]
_TextFile = Annotated[
    str, typer.Option("--text-file", help=both("Файл с текстом или - (ввод).", "A file with it, or - for input."))
]
_Media = Annotated[
    list[Path], typer.Option("--media", help=both("Фото, видео или документ.", "A photo, video or document."))
]
_Link = Annotated[str, typer.Option("--link", help=both("Ссылка.", "A link."))]
_Poll = Annotated[str, typer.Option("--poll", help=both("Опрос: вопрос|ответ|ответ.", "question|answer|answer."))]
_Topic = Annotated[
    str,
    typer.Option(
        "--topic",
        help=both(
            "Тема: head_event (мероприятия с участием главы), activity (деятельность), socially_important (социально "
            "важное), other (другое).",
            "Topic: head_event (events with the head), activity, socially_important, other.",
        ),
    ),
]
_When = Annotated[str, typer.Option("--when", help=both("Когда: 2026-11-27T10:00:00+03:00.", "When, with its zone."))]
_Variant = Annotated[
    list[str], typer.Option("--variant", help=both("Текст для сети: vk=файл.", "A text of its own: vk=file."))
]
_Exempt = Annotated[
    str, typer.Option("--style-exempt", help=both("Почему стиль официальный.", "Why the style is formal."))
]
_Emergency = Annotated[
    bool,
    typer.Option("--emergency", help=both("Во все аккаунты сразу, по охвату.", "To all accounts, by reach.")),
]


def publish(
    context: typer.Context,
    file: Registered,
    to: _To = [],  # noqa: B006 - typer copies it
    text: _Text = "",
    text_file: _TextFile = "",
    media: _Media = [],  # noqa: B006 - typer copies it
    link: _Link = "",
    poll: _Poll = "",
    topic: _Topic = "",
    when: _When = "",
    variant: _Variant = [],  # noqa: B006 - typer copies it
    exempt: _Exempt = "",
    emergency: _Emergency = False,
    approve: Approve = False,
    yes: Yes = False,
    limit: Limit = 0,
    save: PlanFile = "",
    by: By = "",
    late: Late = False,
    acknowledge: Acknowledge = [],  # noqa: B006 - typer copies it
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Plan, show, and with ``--yes`` publish."""
    from munsocial.cli.given import text_given
    from munsocial.model.files import load_registry

    lang = lang_of(context)
    if not to and not emergency:
        raise InputError(_NOWHERE, where="--to", remedy=_NAME)
    registry = load_registry(file)
    _refuse_idle(registry, to, when, variant, emergency=emergency)
    draft = _draft(text_given(text, text_file), media, link, poll, topic, when, variant, exempt)
    reads: list[str | Path] = [text_file, *media, *(one.partition("=")[2] for one in variant)]
    facts: dict[str, Any] = {"lang": lang, "yes": yes, "save": save}
    with connected(file, registry, journal, sandbox=sandbox, **facts, reads=reads) as social:
        if emergency:
            plan, reach = _warning(social, draft, by=by, approve=approve, acknowledge=acknowledge)
            _warn(social, plan, reach, limit=limit, acknowledge=acknowledge, **facts)
            return
        plan = social.plan_publication(
            draft, to=to, made_by=acting_for(by), acknowledge=acknowledge, signatures=int(approve)
        )
        finish(social, plan, limit=limit, late=late, acknowledge=acknowledge, **facts)


def _refuse_idle(registry: Registry, to: list[str], when: str, variant: list[str], *, emergency: bool) -> None:
    """Refuse what would be left aside: a warning goes everywhere at once, a variant goes where its network is."""
    for option, given in (("--to", to), ("--when", when)):
        if emergency and given:
            raise InputError(_AT_ONCE, where=f"--emergency {option}", remedy=_NOT_BOTH.fill(option=option))
    chosen = [one for one in registry.accounts if emergency or one.id in to]
    networks = sorted({one.network for one in chosen})
    for words in variant if networks else ():
        name = words.partition("=")[0]
        if "=" in words and name not in networks:
            raise InputError(
                _NO_NETWORK, where=f"--variant {name}", remedy=_NETWORKS.fill(networks=", ".join(networks))
            )


def _warning(
    social: Social, draft: Draft, *, by: str, approve: bool, acknowledge: list[str]
) -> tuple[Plan, dict[str, int]]:
    """Plan one warning everywhere; return how many readers each account has, too."""
    from munsocial.operate.publishing.emergency import reach_of

    seen = social.collect(weeks=1, want=("profile",))
    facts: dict[str, Any] = {"made_by": acting_for(by), "acknowledge": acknowledge, "signatures": int(approve)}
    return social.plan_emergency(draft, snapshot=seen, **facts), reach_of(seen)


def _warn(
    social: Social,
    plan: Plan,
    reach: dict[str, int],
    lang: Lang,
    *,
    yes: bool,
    limit: int,
    save: str,
    acknowledge: list[str],
) -> None:
    """Send a warning and say who has it."""
    from munsocial.operate.publishing.emergency import reach_lines, who_has_it

    if not ready(social, plan, lang, yes=yes, save=save):
        return
    applied = social.apply(plan, limit=limit or None, acknowledge=acknowledge)
    reached = who_has_it(plan, applied, social.registry, reach=reach)
    for line in reach_lines(reached, lang):
        echo(line)
    if not all(one.has for one in reached):
        raise typer.Exit(1)


def _draft(
    text: str, media: list[Path], link: str, poll: str, topic: str, when: str, variant: list[str], exempt: str
) -> Draft:
    from munsocial.cli.arguments import as_text
    from munsocial.network.drafts import Draft, Media

    if not (text.strip() or media or poll):
        raise InputError(_NO_TEXT, where="--text", remedy=_GIVE)
    return Draft(
        text=text,
        media=tuple(Media(path=Path(as_text(str(one), "--media")), kind=_kind(one)) for one in media),
        link=link or None,
        poll=_poll(poll) if poll else None,
        topic=topic or None,
        publish_at=moment_of(when, "--when") if when else None,
        style_exempt=exempt or None,
        variants=dict(_variant(one) for one in variant),
    )


def _kind(path: Path) -> str:
    return next((kind for kind, ends in _SUFFIXES.items() if path.suffix.lower() in ends), "photo")


def _poll(words: str) -> Poll:
    from munsocial.network.drafts import Poll

    question, *answers = [one.strip() for one in words.split("|")]
    if not question or not all(answers):
        raise InputError(_POLL, where=f"--poll {words}")
    return Poll(question=question, answers=tuple(answers))


def _variant(words: str) -> tuple[str, str]:
    from munsocial.cli.given import text_given

    network, equals, path = words.partition("=")
    if not equals or not network or not path:
        raise InputError(_NO_VARIANT, where=f"--variant {words}")
    return network, text_given("", path)


COMMAND = Command(
    "publish",
    publish,
    "Опубликовать: сначала показать план и помехи, с --yes — отправить.",
    "Publish: show the plan and what stands in the way first, send with --yes.",
    (
        "munsocial publish district.toml --to grivenskoye-vk --to grivenskoye-ok --text-file post.txt",
        "munsocial publish district.toml --to grivenskoye-vk --text 'Друзья, завтра субботник!' --media park.jpg --yes",
        "munsocial publish district.toml --emergency --text 'Паводок: уходите на холм, автобусы у клуба.' --yes",
        "munsocial publish district.toml --to grivenskoye-ok --text-file post.txt --when 2026-11-27T10:00:00+03:00",
    ),
)
