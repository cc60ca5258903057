"""The steps of a handover, made once from the register when it begins; afterwards they stand in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from munsocial.model.accounts import Account
from munsocial.model.base import Record
from munsocial.model.credentials import Credential
from munsocial.model.phones import masked
from munsocial.model.registry import Registry
from munsocial.operate.handover.instructions import instruction
from munsocial.operate.keys.custody import key_name, person_name
from munsocial.wording import Lang, Text

__all__ = ["READ_STEPS", "HandoverStep", "StepKind", "key_id", "steps_of"]

_APPOINT = Text("Назначить ответственного: {taker} — {body}", "Appoint {taker} for {body}")
_APPOINT_HOW = Text(
    "Издайте распоряжение о возложении хранения, передачи и ведения и внесите его в реестр: таблица "
    "appointments, duties = [credential_custody, credential_handover, running].",
    "Issue the order that charges with custody, handover and running, and enter it into the register: "
    "table appointments, duties = [credential_custody, credential_handover, running].",
)
_PASSWORD = Text("Сменить пароль: {page}", "Change the password: {page}")
_TWO_FACTOR = Text("Переключить вход в два шага: {page}", "Move two-factor login: {page}")
_ROTATE = Text("Выпустить новый ключ «{key}»: {page}", "Issue the key {key!r} anew: {page}")
_VERIFY = Text(
    "Проверить чтением: старый ключ «{key}» не действует, новый действует",
    "Verify by reading that the old key {key!r} is dead and the new one works",
)
_VERIFY_HOW = Text(
    "Проверка сама спросит сеть каждым из ключей. Старый должен быть ещё доступен по своей ссылке; после проверки "
    "уничтожьте его.",
    "The check asks the network with each key. The old one must still be found at its reference; destroy it after.",
)
_MANAGERS = Text("Снять полномочия ушедшего: {page}", "Take power from the leaver: {page}")
_MANAGERS_HOW = Text(
    "munsocial handover remove РЕЕСТР --yes снимает там, где сеть это умеет; иначе снимите на сайте в списке "
    "управляющих страницей.",
    "munsocial handover remove REGISTRY --yes does it where the network can; else do it on the site, in the list "
    "of managers.",
)
_OWNER = Text("Проверить владельца страницы: {page}", "Check the owner of the page: {page}")
_OWNER_HOW = Text(
    "Владелец в сети не должен быть уходящим работником. Передайте права владельца на сайте и внесите в реестр: "
    "accounts.owner_person или owner_profile.",
    "The owner in the network may not be the leaver. Transfer the ownership on the site and enter it into the "
    "register: accounts.owner_person or owner_profile.",
)
_PHONE = Text("Проверить телефон: {page} ({phone})", "Check the phone: {page} ({phone})")
_PHONE_HOW = Text(
    "Убедитесь на сайте, что к профилю привязан этот служебный номер, а SIM-карта у органа. Ни одна сеть не показывает "
    "номер программе, поэтому это подтверждает человек.",
    "Make sure on the site that this service number is bound and that the body has its SIM. No network shows the "
    "number to a program, so a person states it.",
)
_SIGN = Text("Подпись: {who}", "Signature: {who}")
_SIGN_HOW = Text(
    "Распечатайте акт (munsocial handover act РЕЕСТР -o act.html), подпишите его и отметьте подпись здесь.",
    "Print the act (munsocial handover act REGISTRY -o act.html), sign it, and note the signature here.",
)
_NONE = Text("не записан", "none on record")


class StepKind(StrEnum):
    """What a step of a handover is about, in the order in which they are done."""

    APPOINT = "appoint"
    PASSWORD = "password"
    TWO_FACTOR = "two_factor"
    ROTATE = "rotate"
    VERIFY = "verify"
    MANAGERS = "managers"
    OWNER = "owner"
    PHONE = "phone"
    SIGN = "sign"


READ_STEPS = frozenset({StepKind.APPOINT, StepKind.VERIFY, StepKind.MANAGERS, StepKind.OWNER, StepKind.PHONE})
"""Steps that are checked first; a person's word counts only for what the check could not see."""


class HandoverStep(Record):
    """One step: its id is ``kind:subject``; ``ru``/``en`` say what, ``how_ru``/``how_en`` how."""

    id: str
    kind: StepKind
    subject: str
    """Body, account, key or person, by the kind."""
    account: str = ""
    reference: str = ""
    """Of a step on a key: where the key lay when the handover began. The way to a secret, never the secret."""
    ru: str
    en: str
    how_ru: str = ""
    how_en: str = ""

    def say(self, lang: Lang = "ru") -> str:
        """Return what is to be done."""
        return self.ru if lang == "ru" else self.en

    def how(self, lang: Lang = "ru") -> str:
        """Return how it is done."""
        return self.how_ru if lang == "ru" else self.how_en


def steps_of(
    registry: Registry, *, giver: str | None, taker: str, accounts: Iterable[Account], keys: Iterable[Credential]
) -> tuple[HandoverStep, ...]:
    """Return the steps in order: appoint, then page by page, then signatures."""
    pages, all_keys = tuple(accounts), tuple(keys)
    steps = list(_appointing(registry, taker, pages))
    for account in pages:
        mine = [key for key in all_keys if key.account == account.id]
        steps += _page(account, mine, leaving=giver is not None)
    for person in filter(None, (giver, taker)):
        steps.append(_step(StepKind.SIGN, person, _SIGN.fill(who=person_name(registry, person)), _SIGN_HOW))
    return tuple(steps)


def _appointing(registry: Registry, taker: str, pages: Iterable[Account]) -> Iterator[HandoverStep]:
    for body in dict.fromkeys(account.body for account in pages):
        name = registry.body_by_id[body].name if body in registry.body_by_id else body
        yield _step(StepKind.APPOINT, body, _APPOINT.fill(taker=person_name(registry, taker), body=name), _APPOINT_HOW)


def _page(account: Account, keys: list[Credential], *, leaving: bool) -> Iterator[HandoverStep]:
    page, network = f"{account.title or account.handle or account.id} ({account.network})", account.network
    yield _step(StepKind.PASSWORD, account.id, _PASSWORD.fill(page=page), instruction("password", network), account.id)
    how = instruction("two_factor", network)
    yield _step(StepKind.TWO_FACTOR, account.id, _TWO_FACTOR.fill(page=page), how, account.id)
    for key in keys:
        if key.secret is None:
            continue  # a login in a safe: its password is changed above, and no program can try it
        told, how = key_name(key), instruction("rotate", network, key.kind)
        yield _step(StepKind.ROTATE, key_id(key), _ROTATE.fill(key=told, page=page), how, account.id, key.secret)
        yield _step(StepKind.VERIFY, key_id(key), _VERIFY.fill(key=told), _VERIFY_HOW, account.id, key.secret)
    if leaving:
        yield _step(StepKind.MANAGERS, account.id, _MANAGERS.fill(page=page), _MANAGERS_HOW, account.id)
    yield _step(StepKind.OWNER, account.id, _OWNER.fill(page=page), _OWNER_HOW, account.id)
    phone = Text(masked(account.phone), masked(account.phone)) if account.phone else _NONE
    yield _step(StepKind.PHONE, account.id, _PHONE.fill(page=page, phone=phone), _PHONE_HOW, account.id)


def key_id(key: Credential) -> str:
    """Return what names a key within a register: its id, else its account and kind."""
    return key.id or f"{key.account}.{key.kind}"


def _step(kind: StepKind, subject: str, what: Text, how: Text, account: str = "", reference: str = "") -> HandoverStep:
    return HandoverStep(
        id=f"{kind}:{subject}",
        kind=kind,
        subject=subject,
        account=account,
        reference=reference,
        ru=what.ru,
        en=what.en,
        how_ru=how.ru,
        how_en=how.en,
    )
