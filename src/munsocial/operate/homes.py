"""The account of the register that a caller names."""

from __future__ import annotations

from munsocial.errors import InputError
from munsocial.model.accounts import Account
from munsocial.model.checking.mistakes import meant
from munsocial.model.given import is_a
from munsocial.model.registry import Registry
from munsocial.wording import Text

__all__ = ["home_of"]

_NO_ACCOUNT = Text("такого аккаунта нет в реестре.", "there is no such account in the register.")
_NAME_ONE = Text("Укажите id из таблицы accounts.", "Give an id of the table accounts.")


def home_of(registry: Registry, account: str) -> Account:
    """Return an account by its id.

    Raises:
        InputError: the register has none of that id.
    """
    is_a(str, account, "account")
    home = registry.account_by_id.get(account)
    if home is None:
        raise InputError(_NO_ACCOUNT, where=account, remedy=meant(account, registry.account_by_id, _NAME_ONE))
    return home
