"""`munsocial inbox FILE`: questions that wait; `munsocial answer FILE`: an answer, shown first, given by ``--yes``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from munsocial.cli.command import Command, lang_of
from munsocial.cli.linking import Acknowledge, By, Limit, PlanFile, Sandbox, Yes, acting_for, connected, finish
from munsocial.cli.options import AsJson, JournalPlace, Registered, Weeks
from munsocial.cli.seen import Seen, Sight, seen_now, sight_of
from munsocial.cli.speaking import echo, echo_json
from munsocial.cli.tongue import both
from munsocial.errors import InputError
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.model.snapshot import Snapshot
    from munsocial.operate.answering.answers import Place
    from munsocial.operate.answering.inbox import Question
    from munsocial.operate.answering.templates import Template
    from munsocial.operate.applying.tasks import Task

__all__ = ["ANSWER", "INBOX"]

_WANT = ("profile", "posts", "comments", "messages")
_NONE = Text("Вопросов, ждущих ответа, нет.", "No questions wait for an answer.")
_NONE_READ = Text(
    "Среди прочитанного вопросов, ждущих ответа, нет.", "Among what was read no questions wait for an answer."
)
_BLIND = Text(
    "Ни в одном аккаунте вопросы граждан не прочитаны: ждёт ли кто-то ответа, неизвестно. "
    "Начните с munsocial keys check РЕЕСТР",
    "No account's questions could be read: whether anybody waits is unknown. Begin with munsocial keys check REGISTRY",
)
_NO_BODY = Text("такого органа нет в реестре.", "there is no such body in the register.")
_NAME_BODY = Text(
    "Укажите id из таблицы bodies (или other: вопросы о чужих местах).",
    "Give an id of the table bodies (or other: questions about places elsewhere).",
)
_SUM = Text(
    "Ждут ответа: {open}, просрочено: {late}, срочных: {urgent}, похожи на обращения по 59-ФЗ: {appeals}. "
    "Отвечено: {answered}.",
    "Waiting: {open}, overdue: {late}, urgent: {urgent}, like appeals under 59-FZ: {appeals}. Answered: {answered}.",
)
_HOW = Text(
    "Ответить: munsocial answer РЕЕСТР КОД --text «…» (КОД — первые шесть знаков строки).",
    "To answer: munsocial answer REGISTRY CODE --text '...' (CODE is the first six signs of a line).",
)
_OWED = Text(
    "Ещё ждут ответа вопросы из снятых комментариев: {count} (отметить: munsocial tasks done РЕЕСТР ЗАДАНИЕ --yes)",
    "Questions of removed comments wait for an answer: {count} (note it: munsocial tasks done REGISTRY TASK --yes)",
)
_NO_SUCH = Text("такого вопроса нет среди прочитанного.", "there is no such question in what was read.")
_LIST = Text("Список: munsocial inbox РЕЕСТР", "List them: munsocial inbox REGISTRY")
_GIVE = Text("Дайте --text, --text-file или --templates.", "Give --text, --text-file or --templates.")
_ONE_OF = Text("ответ даётся или словами, или шаблонами.", "an answer is given in words or by templates.")
_CHOOSE = Text(
    "Дайте --text или --text-file, либо --templates (и --template, если нужно).",
    "Give --text or --text-file, or else --templates (and --template, if you like).",
)
_NO_TEMPLATE = Text("такого шаблона в файле нет.", "the file holds no such template.")
_KNOWN = Text("Есть: {names}.", "There are: {names}.")
_NO_TEXT = Text("нет ни текста, ни шаблона.", "neither text nor template.")

Body = Annotated[str, typer.Option("--body", help=both("Только вопросы этого органа.", "Only this body's questions."))]


def inbox(
    context: typer.Context,
    file: Registered,
    snapshot: Seen = "",
    weeks: Weeks = 1,
    body: Body = "",
    every: Annotated[
        bool, typer.Option("--all", help=both("Показать и отвеченные.", "Show the answered ones, too."))
    ] = False,
    as_json: AsJson = False,
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """List the questions; exit 1 when one is overdue, 3 when none could be read."""
    from munsocial.model.files import load_registry

    lang, registry = lang_of(context), load_registry(file)
    if body:
        _known_body(registry, body)
    with connected(file, registry, journal, lang=lang, sandbox=sandbox) as social:
        seen = seen_now(social, snapshot, weeks, _WANT)
        questions = [one for one in social.inbox(seen) if not body or one.body == body]
        now, owed = social.now(), () if body else social.owed_answers(seen)
    sight, shown = _sight(registry, seen), [one for one in questions if every or not one.answered]
    _tell_unread(sight, lang)
    if as_json:
        owing = [{"task": one.id, "account": one.step.account, "text": one.step.evidence[0].text} for one in owed]
        plain = {"questions": [_plain(one) for one in shown], "owed": owing, **sight.as_plain()}
        echo_json(plain)
    elif not sight.blind:
        for one in shown:
            echo(one.say(lang, now))
        none = _NONE_READ if sight.unread else _NONE
        echo((_sum(questions, now) if questions else none).say(lang))
        if any(not one.answered for one in questions):
            echo(_HOW.say(lang))
    _tell_owed(() if as_json else owed, lang)
    if sight.blind or any(one.overdue(now) for one in questions):
        raise typer.Exit(3 if sight.blind else 1)


def _tell_owed(owed: Sequence[Task], lang: Lang) -> None:
    if owed:
        echo(_OWED.fill(count=len(owed)).say(lang))
    for one in owed:
        echo(f"  {one.id} [{one.step.account}] {one.say(lang)}")


def _known_body(registry: Registry, body: str) -> None:
    from munsocial.model.checking.mistakes import meant

    if body != "other" and body not in registry.body_by_id:
        raise InputError(_NO_BODY, where=f"--body {body}", remedy=meant(body, registry.body_by_id, _NAME_BODY))


def _sight(registry: Registry, seen: Snapshot) -> Sight:
    """What was read of the places where citizens ask; private messages come from own accounts alone."""
    own, above = sight_of(seen.accounts, "comments", "messages"), sight_of(seen.upstream, "comments")
    unread, partly = (*own.unread, *above.unread), (*own.partly, *above.partly)
    empty = not (registry.accounts or registry.upstream)
    return Sight(own.read + above.read, own.of + above.of, unread, partly, empty)


def _tell_unread(sight: Sight, lang: Lang) -> None:
    for line in (*sight.lines(lang), *([_BLIND.say(lang)] if sight.blind else ())):
        echo(line, err=True)


def _sum(questions: list[Question], now: datetime) -> Text:
    waiting = [one for one in questions if not one.answered]
    return _SUM.fill(
        open=len(waiting),
        late=sum(one.overdue(now) for one in waiting),
        urgent=sum(one.priority == "high" for one in waiting),
        appeals=sum(one.appeal for one in waiting),
        answered=len(questions) - len(waiting),
    )


Asked = Annotated[
    list[str] | None,
    typer.Argument(
        metavar=both("ВОПРОС", "QUESTION"), help=both("Коды вопросов из inbox.", "Codes of questions, from inbox.")
    ),
]


def answer(
    context: typer.Context,
    file: Registered,
    question: Asked = None,
    text: Annotated[str, typer.Option("--text", help=both("Текст ответа.", "The answer."))] = "",
    text_file: Annotated[str, typer.Option("--text-file", help=both("Файл с ответом.", "A file with it."))] = "",
    templates: Annotated[
        str, typer.Option("--templates", help=both("Файл шаблонов .toml.", "A file of templates, .toml."))
    ] = "",
    template: Annotated[
        str, typer.Option("--template", help=both("Имя шаблона; иначе подобрать.", "A template; else the best one."))
    ] = "",
    voice: Annotated[str, typer.Option("--from", help=both("От имени какого аккаунта.", "As which account."))] = "",
    own: Annotated[
        bool, typer.Option("--own", help=both("Публикацией у себя со ссылкой.", "As a post of one's own."))
    ] = False,
    snapshot: Seen = "",
    weeks: Weeks = 1,
    yes: Yes = False,
    limit: Limit = 0,
    save: PlanFile = "",
    acknowledge: Acknowledge = [],  # noqa: B006 - typer copies it
    by: By = "",
    journal: JournalPlace = "",
    sandbox: Sandbox = False,
) -> None:
    """Plan answers, show, and with ``--yes`` give them. Without codes every waiting question that a template fits."""
    from munsocial.model.files import load_registry

    lang = lang_of(context)
    said, known = _said(text, text_file, templates, template)
    facts: dict[str, Any] = {"lang": lang, "yes": yes, "save": save}
    reads, registry = (snapshot, text_file, templates), load_registry(file)
    with connected(file, registry, journal, sandbox=sandbox, **facts, reads=reads) as social:
        seen = seen_now(social, snapshot, weeks, _WANT)
        questions, sight = social.inbox(seen), _sight(social.registry, seen)
        _tell_unread(sight, lang)
        chosen = _chosen(questions, question or [], everything=bool(templates))
        place: Place = "own" if own else "auto"
        voices: dict[str, Any] = {"account": voice or None, "made_by": acting_for(by), "place": place}
        voices["acknowledge"] = acknowledge
        if known:
            plan = social.plan_answers(chosen, known, template=template, **voices)
        else:
            plan = social.plan_answer(chosen[0], said, also=chosen[1:], **voices)
        finish(social, plan, limit=limit, acknowledge=acknowledge, **facts)
        if sight.blind:
            raise typer.Exit(3)


def _said(text: str, text_file: str, templates: str, template: str) -> tuple[str, Mapping[str, Template]]:
    """Return the words of an answer, or the templates that are to find them: one of the two."""
    from munsocial.cli.given import text_given
    from munsocial.operate.answering.templates import load_templates

    said = text_given(text, text_file)
    if (said and (templates or template)) or (template and not templates):
        raise InputError(_ONE_OF, where="--templates" if templates else "--template", remedy=_CHOOSE)
    known = load_templates(Path(templates)) if templates else {}
    if not said.strip() and not known:
        raise InputError(_NO_TEXT, where="--text", remedy=_GIVE)
    if template and template not in known:
        raise InputError(_NO_TEMPLATE, where=f"--template {template}", remedy=_KNOWN.fill(names=", ".join(known)))
    return said, known


def _chosen(questions: Sequence[Question], codes: list[str], *, everything: bool) -> list[Question]:
    if not codes and everything:
        return [one for one in questions if not one.answered]
    found = {name: one for one in questions for name in (one.code, one.id)}
    for code in codes or [""]:
        if code not in found:
            raise InputError(_NO_SUCH, where=code or "QUESTION", remedy=_LIST)
    return [found[code] for code in codes]


def _plain(one: Question) -> dict[str, object]:
    return {
        "code": one.code,
        "id": one.id,
        "account": one.account,
        "network": one.network,
        "upstream": one.upstream,
        "body": one.body,
        "asked_at": one.comment.at.isoformat(),
        "text": one.comment.text,
        "url": one.comment.url,
        "deadline": one.deadline.isoformat() if one.deadline else None,
        "clause": one.clause,
        "priority": one.priority,
        "appeal": one.appeal,
        "answered_at": one.answered_at.isoformat() if one.answered_at else None,
        "repeats": list(one.repeats),
        "message": bool(one.peer),
    }


INBOX = Command(
    "inbox",
    inbox,
    "Вопросы граждан: чьи, до какого срока, срочные и похожие на обращения.",
    "Citizens' questions: whose they are, until when, urgent ones and likely appeals.",
    ("munsocial inbox district.toml", "munsocial inbox district.toml --snapshot snapshot.json --body grivenskoye"),
)
ANSWER = Command(
    "answer",
    answer,
    "Ответить гражданину: сначала показать, с --yes — отправить.",
    "Answer a citizen: show first, send with --yes.",
    (
        "munsocial answer district.toml 3fa2b1 --text 'Мария, лампу заменим в среду.'",
        "munsocial answer district.toml --templates answers.toml --yes --limit 5",
        "munsocial answer district.toml 3fa2b1 --text-file answer.txt --own --from grivenskoye-vk --yes",
    ),
)
