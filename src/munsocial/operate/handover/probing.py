"""Is the old key dead and the new one alive? Each is asked of the network by itself; neither leaves the call.

A key that cannot be revealed proves nothing: it is told as not tried, never as dead.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from munsocial.errors import SecretUnavailable
from munsocial.model.accounts import Account
from munsocial.model.credentials import Credential
from munsocial.model.registry import Registry
from munsocial.network.adapter import Adapter
from munsocial.network.keyreport import KeyReport
from munsocial.network.keys import Key, KeyRing
from munsocial.network.protocols import ChecksKeys
from munsocial.operate.handover.procedure import StepState
from munsocial.operate.handover.steps import HandoverStep, key_id
from munsocial.operate.unseen import all_of, excused
from munsocial.wording import Text

__all__ = ["probe_rotation"]

_NO_ADAPTER = Text("Нет адаптера, который умел бы проверить ключ.", "No adapter can check the key.")
_NO_NEW = Text(
    "Нового ключа в реестре нет: впишите его ссылку в таблицу credentials (secret).",
    "The register shows no new key: enter its reference into the table credentials (secret).",
)
_NOT_CHANGED = Text(
    "По реестру ключ «{key}» с начала передачи не меняли: ссылка прежняя, дня смены (rotated) нет.",
    "By the register the key {key!r} was not changed since the handover began: the same reference, no day (rotated).",
)
_OVERWRITTEN = Text(
    "Ссылка {reference} прежняя. Если новый ключ записан поверх старого, старый уже не проверить: отложите его под "
    "другой ссылкой и назовите её (--old {key}=ССЫЛКА).",
    "The reference {reference} is the former one. If the new key was written over the old one, the old cannot be "
    "tried: put it aside under another reference and name that (--old {key}=REFERENCE).",
)
_NEW_MISSING = Text("Новый ключ не найден: {why}", "The new key was not found: {why}")
_OLD_MISSING = Text(
    "Новый ключ действует. Старый по ссылке {reference} не найден: умер ли он, проверить нельзя.",
    "The new key works. The old one was not found at {reference}: whether it is dead cannot be checked.",
)
_SAME = Text("Под новой ссылкой лежит тот же самый ключ.", "The new reference leads to the very same key.")
_NEW_DEAD = Text("Новый ключ не действует: {why}", "The new key does not work: {why}")
_NEW_UNSEEN = Text("Новый ключ проверить не удалось: {why}", "The new key could not be checked: {why}")
_OLD_ALIVE = Text(
    "Старый ключ всё ещё действует ({whose}). Отзовите его.", "The old key still works ({whose}). Revoke it."
)
_OLD_UNSEEN = Text(
    "Новый ключ действует. Старый проверить не удалось: {why}",
    "The new key works. The old one could not be checked: {why}",
)
_DONE = Text(
    "Сеть приняла новый ключ ({new}) и отвергла старый ({old}).",
    "The network took the new key ({new}) and refused the old one ({old}).",
)
_SILENT = Text("сеть не ответила о нём", "the network said nothing of it")


async def probe_rotation(
    step: HandoverStep,
    registry: Registry,
    adapters: Mapping[str, Adapter],
    *,
    begun: date,
    old: str | None = None,
) -> tuple[StepState, Text]:
    """Try both keys of a ``verify`` step. ``old`` is where the old key was put aside, if it was moved.

    ``begun`` is the local day on which the handover began: a key that was not changed since then is not a new one.
    """
    account = registry.account_by_id.get(step.account)
    adapter = adapters.get(account.network) if account is not None else None
    if account is None or adapter is None or not isinstance(adapter, ChecksKeys):
        return StepState.UNSEEN, _NO_ADAPTER
    new = _new_key(step, registry)
    if new is None or new.secret is None:
        return StepState.FAILED, _NO_NEW
    former = old or step.reference
    if former == new.secret:
        changed = max(filter(None, (new.rotated, new.issued)), default=None)
        if changed is None or changed < begun:
            return StepState.FAILED, _NOT_CHANGED.fill(key=step.subject)
        return StepState.UNSEEN, _OVERWRITTEN.fill(reference=former, key=step.subject)
    fresh, stale = _key(adapter, new, new.secret), _key(adapter, new, former)
    return await _tried(adapter, account, fresh, stale)


async def _tried(adapter: Adapter, account: Account, fresh: Key, stale: Key) -> tuple[StepState, Text]:
    try:
        new_value = fresh.reveal(lines=True)
    except SecretUnavailable as error:
        return StepState.FAILED, _NEW_MISSING.fill(why=error.kept())
    works = await _ask(adapter, account, fresh)
    if works.valid is False:
        return StepState.FAILED, _NEW_DEAD.fill(why=works.note or _SILENT)
    if works.valid is None:
        return StepState.UNSEEN, _NEW_UNSEEN.fill(why=works.note or _SILENT)
    try:
        same = hmac.compare_digest(new_value.encode(), stale.reveal(lines=True).encode())
    except SecretUnavailable:
        return StepState.UNSEEN, _OLD_MISSING.fill(reference=stale.reference)
    if same:
        return StepState.FAILED, _SAME
    dead = await _ask(adapter, account, stale)
    if dead.valid:
        return StepState.FAILED, _OLD_ALIVE.fill(whose=dead.whose or stale.reference)
    if dead.valid is None:
        return StepState.UNSEEN, _OLD_UNSEEN.fill(why=dead.note or _SILENT)
    return StepState.SEEN, _DONE.fill(new=fresh.reference, old=stale.reference)


def _new_key(step: HandoverStep, registry: Registry) -> Credential | None:
    """Return the living key that took the place of the old one: of its id, else of its account and kind."""
    living = [one for one in registry.credentials_of.get(step.account, ()) if one.secret and one.revoked is None]
    former = next((one for one in registry.credentials if key_id(one) == step.subject), None)
    kind = former.kind if former is not None else step.subject.rpartition(".")[2]
    alike = (one for one in living if one.kind == kind)
    # One that lies elsewhere than the old key did; of several the newest.
    return max(alike, key=lambda one: (one.secret != step.reference, str(one.issued or one.since or "")), default=None)


def _key(adapter: Adapter, one: Credential, reference: str) -> Key:
    return Key(one.account, one.kind, reference, one.settings, adapter.equipment.secrets)


async def _ask(adapter: Adapter, account: Account, key: Key) -> KeyReport:
    """Ask the network about one key alone: an adapter of its own, in whose ring no other key of this kind lies."""
    others = [one for one in adapter.keys.keys if (one.account, one.kind) != (key.account, key.kind)]
    own = type(adapter)(replace(adapter.equipment, keys=KeyRing((key, *others))))
    assert isinstance(own, ChecksKeys)
    try:
        reports = all_of(KeyReport, await own.check_keys(account))
        found = [one for one in reports if one.reference == key.reference]
    except Exception as error:
        if (missing := excused(error, account.network)) is None:
            raise
        return KeyReport(account.id, key.kind, key.reference, None, note=missing.told)
    return found[0] if found else KeyReport(account.id, key.kind, key.reference, None)
