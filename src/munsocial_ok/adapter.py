"""The adapter of Odnoklassniki: reading, acting, messages, keys. What it declares stands in `capabilities`."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from munsocial.model.accounts import NetworkAccount
from munsocial.network.abilities import Ability
from munsocial.network.keyreport import KeyReport
from munsocial.network.keys import Secret
from munsocial.transport.session import Repeat
from munsocial.wording import Text
from munsocial_ok.acting import Acting
from munsocial_ok.answers import json_of, said_yes
from munsocial_ok.capabilities import CAPABILITIES
from munsocial_ok.keycheck import KeyCheck
from munsocial_ok.keys import PERSON
from munsocial_ok.oauth import Consent, Tokens, consent, exchange
from munsocial_ok.settings import OkSettings
from munsocial_ok.unread import unsaid

__all__ = ["OkAdapter"]

_CALLS_OF_POST = 1.5
"""Calls for one post: its comments, and its part of the parcels of contents."""

_CONVERSATIONS = 100
"""Conversations of an account, each with a call of its own: those of one page, since nobody knows them beforehand."""


class OkAdapter(Acting):
    """Odnoklassniki (ok.ru) through its REST and Graph interfaces."""

    name = "ok"
    title = "Одноклассники"
    capabilities = CAPABILITIES
    version = "0.1.0"
    api = "REST fb.do, Graph"
    settings_model = OkSettings
    way = MappingProxyType({"backoff": 2.0, "backoff_max": 30.0})  # three tries of a read, a second and more apart

    def has_key(self, ability: Ability, account: str) -> bool:
        """A person's token serves every group which that person runs, whatever account it is registered under."""
        kinds = self.capabilities.of(ability).keys
        return super().has_key(ability, account) or (PERSON in kinds and bool(self.keys.any_of((PERSON,))))

    async def check_keys(self, account: NetworkAccount) -> Sequence[KeyReport]:
        """Ask OK what each key of an account allows."""
        return await KeyCheck(self, account).reports()

    async def touch(self, account: NetworkAccount) -> bool:
        """Prolong a long token by thirty days; to be done daily. False: a new consent is due."""
        answer: Any = await self.calls.call(
            "auth.touchSession", json_of, {}, account=account.id, repeat=Repeat.KEYED, own=True
        )
        prolonged = said_yes(answer)
        if prolonged is None and isinstance(answer, dict) and not answer.keys() & {"success", "result"}:
            prolonged = True  # OK answers "true or an object", whose shape is not published
        if prolonged is not None:
            return prolonged
        what = Text("ОК не сказал, продлён ли ключ.", "OK did not say whether the token was prolonged.")
        remedy = Text("Повторите позже: продлевать можно сколько угодно.", "Repeat later: it does no harm.")
        raise unsaid(what, remedy, "auth.touchSession", account.id)

    def consent(self, account: NetworkAccount, redirect_uri: str) -> Consent:
        """Return the address at which the responsible person consents anew."""
        application = self.secrets.application(account.id)
        return consent(application.id, redirect_uri, authorize_url=self.settings.authorize_url)

    async def exchange(self, account: NetworkAccount, code: str, redirect_uri: str) -> Tokens:
        """Return the tokens for the code of a consent; it lives two minutes and serves once."""
        code = Secret(code)  # not to be seen in the frames of an error
        return await exchange(self.calls, account.id, code, redirect_uri)

    def estimate_calls(self, accounts: int, posts: int, want: frozenset[str]) -> int:
        """Return how many calls a collecting will take, rather too many than too few."""
        each = {"profile": 1, "handle_now": 1, "links": 1, "managers": 2, "bans": 2, "stats": 1}
        each["messages"] = 1 + _CONVERSATIONS
        fixed = sum(calls for part, calls in each.items() if part in want)
        listing = 1 + -(-posts // self.settings.topics_at_once) if want & {"posts", "comments"} else 0
        comments = int(_CALLS_OF_POST * posts) if "comments" in want else 0
        return accounts * (fixed + listing + comments)
