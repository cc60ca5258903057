"""A morning of a press officer, played on the sample district from start to end: every deed goes the real way.

The adapters, the plans, the leases and the journal are those of real work; only the networks are invented. Two answers
are lost on purpose, so that one sees what becomes of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from munsocial.network.drafts import Draft
from munsocial.sandbox.demo import Stage
from munsocial.sandbox.faults import Fault, FaultKind
from munsocial.wording import Lang, Text

if TYPE_CHECKING:
    from munsocial.model.snapshot import Snapshot
    from munsocial.operate.answering.inbox import Question
    from munsocial.operate.applying.outcomes import Applied
    from munsocial.operate.plans.plan import Plan
    from munsocial.social import Social

__all__ = ["ME", "SECOND", "play"]

ME, SECOND = "Вербина А. С.", "Ильменев Ю. А."
"""Who plays: the press officer, and the deputy head who signs as the second person."""

_WANT = ("profile", "posts", "comments", "messages", "bans", "links")

_HEADS = {
    "read": Text("Читаем аккаунты: что случилось за ночь", "Read the accounts: what happened overnight"),
    "week": Text("Неделя: кто отстаёт от пяти публикаций (п. 5)", "The week: who is behind the five posts (cl. 5)"),
    "inbox": Text("Вопросы граждан (п. 9.1 и 11)", "Citizens' questions (cl. 9.1 and 11)"),
    "moderate": Text("Модерация (п. 9)", "Moderation (cl. 9)"),
    "bans": Text("Чёрный список (п. 9.4)", "The black list (cl. 9.4)"),
    "publish": Text("Публикация: один текст в несколько аккаунтов", "Publishing: one text to several accounts"),
    "plan": Text("На завтра", "For tomorrow"),
    "journal": Text("Журнал: что можно доказать потом", "The journal: what can be proved afterwards"),
}
_SEEN = Text(
    "Аккаунтов в реестре: {all}. Публикации прочитаны у {read}, у остальных их не видно. Чаще всего так: {why}",
    "Accounts in the register: {all}. Posts were read of {read}; those of the others cannot be seen. Mostly: {why}",
)
_OPEN = Text(
    "Ждут ответа {count}, из них просрочено {late}. Первые:", "{count} wait for an answer, {late} overdue. The first:"
)
_ANSWERS = Text(
    "Отвечаем на три по-человечески: вопрос, под ним ответ.", "Answer three of them like people: question, then answer."
)
_QUEUE = Text("Программа предлагает, решают люди:", "The program proposes, people decide:")
_UNSIGNED = Text("Без второй подписи: {why}", "Without a second signature: {why}")
_SIGNED = Text("{who} прочитал план и подписал его.", "{who} has read the plan and signed it.")
_LOST = Text(
    "(Песочница нарочно теряет один ответ сети: сделано или нет, никто не знает.)",
    "(The sandbox loses one answer on purpose: done or not, nobody knows.)",
)
_REPEATED = Text(
    "Потерянного ответа не видно: удалить то же дважды не страшно, поэтому вызов повторён, и комментария больше нет.",
    "Nothing shows the lost answer: removing twice does no harm, so the call was repeated, and the comment is gone.",
)
_WAITED = Text(
    "Через пять минут — тот же план ещё раз: сделанное не повторяется, неясное читается.",
    "Five minutes later the same plan again: what is done stays done, what is unclear is read back.",
)
_PRESS = Text("Черновик из приёмной:", "A draft from the reception:")
_ADVICE = Text("Замечания редактора: {count}. Первое: {first}", "Remarks of the editor: {count}. The first: {first}")
_REWRITTEN = Text("Переписали и отправляем:", "Rewritten, and off it goes:")
_LOOKED = Text(
    "Одноклассники показывают новое с опозданием, поэтому вслепую не повторяем. {who} открывает страницу: записи нет. "
    "Так и говорим журналу (munsocial outbox settle … --not-done --yes) и применяем план ещё раз:",
    "Odnoklassniki shows what is new late, so nothing is repeated blindly. {who} opens the page: no such post. The "
    "journal is told so (munsocial outbox settle ... --not-done --yes), and the plan is applied once more:",
)
_COUNTS = Text("Сколько раз текст стоит на страницах: {counts}.", "How often the text stands on the pages: {counts}.")
_TOMORROW = Text(
    "Сети, которые умеют, держат отложенное сами; остальное ждёт очередь (munsocial outbox).",
    "Networks that can keep what is scheduled; the rest waits in the outbox (munsocial outbox).",
)
_GROUNDLESS = Text(
    "Блокировки, сделанные руками, записаны; замечаний к ним {count}, первые:",
    "Bans made by hand are on record; remarks: {count}, the first:",
)
_NO_BANS = Text("Новых блокировок не предлагается.", "No new bans are proposed.")
_WHOLE = Text(
    "Записей: {entries}, цепочка цела: {whole}. Последняя: {digest}…",
    "Entries: {entries}, the chain is whole: {whole}. The last one: {digest}…",
)
_EVIDENCE = Text("Доказательств удалённого сохранено: {count}.", "Evidence of removals kept: {count}.")
_YES, _NO = Text("да", "yes"), Text("НЕТ", "NO")

_OFFICIAL = (
    "В целях обеспечения бесперебойного функционирования сетей водоснабжения администрацией района осуществляется "
    "проведение работ по замене аварийного участка водопровода на улице Набережной."
)
_PLAIN = (
    "Друзья, завтра с девяти утра меняем трубу на Набережной. Воды не будет до трёх дня, наберите с вечера. "
    "К обеду привезём бочку к дому 12. Вопросы пишите сюда, ответим."
)
_NEXT = "Друзья, в пятницу в десять утра глава ждёт всех на приёме. Записываться не нужно, чай с нас."
_SAID = (
    "{name}, спасибо, что написали! Передали тому, кто за это отвечает, в четверг напишем здесь, что решили.",
    "{name}, проверим сегодня же и ответим вам до вечера.",
    "{name}, спасибо за прямоту! Покажем это тому, кто решает, и напишем вам здесь.",
)

Say = Callable[[str], None]


def play(stage: Stage, journal: Path, lang: Lang, say: Say) -> None:
    """Play the morning into a journal; the plans are left beside it. Nothing that lies there is taken away.

    Raises:
        JournalError, OutputRefused: the folder cannot be written.
    """
    with stage.connect(journal=journal) as social:
        _Morning(stage, social, journal.parent, lang, say).play()


class _Morning:
    """The scenes, one method each."""

    def __init__(self, stage: Stage, social: Social, folder: Path, lang: Lang, say: Say) -> None:
        self.stage = stage
        self.social = social
        self.folder = folder
        self.lang = lang
        self._say = say

    def play(self) -> None:
        """Play all scenes in order."""
        seen = self.read()
        self.week(seen)
        self.inbox(seen)
        self.moderate(seen)
        self.bans(seen)
        self.publish()
        self.tomorrow()
        self.journal()

    # --- scenes

    def read(self) -> Snapshot:
        self.head("read")
        seen = self.social.collect(weeks=1, want=_WANT)
        blind = [view.posts.missing for view in seen.accounts if view.posts.value is None]
        whys = Counter((one.ru, one.en) for one in blind if one).most_common(1) or [(("—", "—"), 0)]
        read = len(seen.accounts) - len(blind)
        self.tell(_SEEN.fill(all=len(seen.accounts), read=read, why=Text(*whys[0][0])))
        return seen

    def week(self, seen: Snapshot) -> None:
        self.head("week")
        for one in self.social.week(seen)[:5]:
            self.line(one.say(self.lang))

    def inbox(self, seen: Snapshot) -> None:
        self.head("inbox")
        now = self.social.now()
        waiting = [one for one in self.social.inbox(seen) if not one.answered]
        self.tell(_OPEN.fill(count=len(waiting), late=sum(one.overdue(now) for one in waiting)))
        for one in waiting[:4]:
            self.line(one.say(self.lang, now))
        self.tell(_ANSWERS)
        words = cycle(_SAID)
        for network, most in (("vk", 2), ("ok", 1)):
            plans = ((one, self._answer(one, words)) for one in waiting if one.network == network and not one.upstream)
            for one, plan in islice(((one, plan) for one, plan in plans if plan.steps), most):
                self.line(f"«{one.comment.text}»")
                self.show(self.social.apply(plan))

    def _answer(self, one: Question, words: Iterator[str]) -> Plan:
        name = (one.comment.author_name or "Здравствуйте").split(" ")[0]
        return self.social.plan_answer(one, next(words).format(name=name), made_by=ME)

    def moderate(self, seen: Snapshot) -> None:
        from munsocial.errors import PlanRefused
        from munsocial.operate.moderating.settings import REMOVABLE, Settings

        self.head("moderate")
        # This district wants a second person for every removal, not only for insults.
        careful = Settings(signed=frozenset(REMOVABLE))
        plan = self.social.plan_moderation(seen, made_by=ME, settings=careful)
        self.tell(_QUEUE)
        for problem in [one for one in plan.problems if one.weight != "note"][:3]:
            self.line(problem.say(self.lang))
        for text in plan.lines(self.lang):
            self.line(text)
        plan.save(self.folder / "moderation.json")
        try:
            self.social.apply(plan)
        except PlanRefused as refused:
            self.tell(_UNSIGNED.fill(why=Text(refused.what.ru, refused.what.en)))
        self.tell(_SIGNED.fill(who=SECOND))
        # The first call goes out with the key of the page, and VK refuses it: with the next one something is deleted.
        self.stage.faults.add(Fault(FaultKind.LOST_AFTER, network="vk", method="wall.deleteComment", after=1))
        self.tell(_LOST)
        self.show(self.social.apply(plan.signed(SECOND, self.social.now())))
        self.tell(_REPEATED)

    def bans(self, seen: Snapshot) -> None:
        self.head("bans")
        told = self.social.import_bans(seen)
        self.tell(_GROUNDLESS.fill(count=len(told)))
        for one in told[:2]:
            self.line(one.say(self.lang))
        plan = self.social.plan_bans(made_by=ME)
        if not plan.steps:
            self.tell(_NO_BANS)
            return
        plan.save(self.folder / "bans.json")
        self.show(self.social.apply(plan.signed(SECOND, self.social.now())))

    def publish(self) -> None:
        from munsocial.operate.publishing.text_advice import problems_of_text

        self.head("publish")
        self.tell(_PRESS)
        self.line(f"«{_OFFICIAL}»")
        remarks = list(problems_of_text(Draft(text=_OFFICIAL, topic="activity"), ["works-ok"]))
        first = Text(remarks[0].ru, remarks[0].en) if remarks else Text("—", "—")
        self.tell(_ADVICE.fill(count=len(remarks), first=first))
        self.tell(_REWRITTEN)
        self.line(f"«{_PLAIN}»")
        to = ("administration-vk", "works-vk", "works-ok")
        plan = self.social.plan_publication(Draft(text=_PLAIN, topic="socially_important"), to=to, made_by=ME)
        plan.save(self.folder / "publication.json")
        self.stage.faults.add(Fault(FaultKind.LOST_BEFORE, network="ok", method="mediatopic.post"))
        self.tell(_LOST)
        self.show(self.social.apply(plan))
        self.stage.world.clock.sleep(timedelta(minutes=5).total_seconds())
        self.tell(_WAITED)
        self.show(self.social.apply(plan))
        self._settle(plan)
        counts = ", ".join(f"{name} — {self._standing(name)}" for name in to)
        self.tell(_COUNTS.fill(counts=counts))

    def _settle(self, plan: Plan) -> None:
        """Look at the pages for what no reading can tell, and say what is seen there."""
        from munsocial.operate.applying.outbox import settle_unclear

        unclear = [one.step for one in self.social.waiting() if one.plan.id == plan.id]
        if not unclear:
            return
        self.tell(_LOOKED.fill(who=ME))
        for step in unclear:
            done = self._standing(step.account) > 0
            settle_unclear(self.social.journal, plan.id, step.id, done=done, by=ME)
        self.show(self.social.apply(plan))

    def tomorrow(self) -> None:
        self.head("plan")
        at = (self.social.now() + timedelta(days=1)).astimezone(ZoneInfo("Europe/Moscow")).replace(hour=10, minute=0)
        draft = Draft(text=_NEXT, topic="head_event", publish_at=at)
        to = ("administration-vk", "administration-ok")
        self.show(self.social.apply(self.social.plan_publication(draft, to=to, made_by=ME)))
        self.tell(_TOMORROW)
        for one in self.social.waiting():
            self.line(one.say(self.lang))

    def journal(self) -> None:
        self.head("journal")
        journal = self.social.journal
        entries, digest = journal.anchor()
        whole = _YES if journal.verify().whole else _NO
        self.tell(_WHOLE.fill(entries=entries, whole=whole, digest=digest[:16]))
        self.tell(_EVIDENCE.fill(count=sum(1 for _ in journal.entries(kind="evidence.kept"))))

    # --- telling

    def head(self, scene: str) -> None:
        """Say which scene begins, and at what time of the story."""
        self.stage.world.clock.sleep(timedelta(minutes=9).total_seconds())
        at = self.social.now().astimezone(ZoneInfo(self.stage.registry.municipality.timezone))
        self._say("")
        self._say(f"── {at:%H:%M} ── {_HEADS[scene].say(self.lang)}")

    def tell(self, what: Text) -> None:
        """Say a sentence."""
        self._say(what.say(self.lang))

    def line(self, what: str) -> None:
        """Say a line of a list."""
        self._say(f"   · {what}")

    def show(self, applied: Applied) -> None:
        """Say what became of steps."""
        for one in applied.outcomes:
            self.line(one.say(self.lang))

    def _standing(self, account: str) -> int:
        page = self.stage.registry.account_by_id[account]
        return sum(post.text == _PLAIN for post in self.stage.world.wall(page.network, page.network_id))
