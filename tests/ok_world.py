"""A small district in OK, and the real adapter talking to its face."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from munsocial.errors import SecretUnavailable
from munsocial.model.accounts import NetworkAccount
from munsocial.network.adapter import Equipment
from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.faults import Fault, Faults
from munsocial.sandbox.port import SandboxPort
from munsocial.sandbox.things import Application, Page, User
from munsocial.sandbox.things import Key as Issued
from munsocial.sandbox.world import World
from munsocial.transport.port import Answer, Request, drive
from munsocial.transport.session import Session
from munsocial.wording import Text
from munsocial_ok.adapter import OkAdapter
from munsocial_ok.sandbox.face import OkFace

T = TypeVar("T")

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=28)
GID = "70000000000777"
PERSON = "500000000777"
CITIZEN = "500000000778"
ACCOUNT = NetworkAccount(id="sadovoe-ok", network="ok", handle="sadovoe", network_id=GID)
UPSTREAM = NetworkAccount(id="governor-ok", network="ok", handle="governor")
SCOPES = frozenset({"VALUABLE_ACCESS", "GROUP_CONTENT", "PHOTO_CONTENT", "VIDEO_CONTENT", "LONG_ACCESS_TOKEN"})

TOKEN, SECRET, GROUP_TOKEN = "-s-exampleAccessToken.0", "0123456789ABCDEF01234567", "tkn-group-example"
REFRESH = "refresh-example-token"
SECRETS = {"env:OK_TOKEN": TOKEN, "env:OK_APP": SECRET, "env:OK_GROUP": GROUP_TOKEN, "env:OK_REFRESH": REFRESH}


class Store:
    """Secrets in a dictionary; may be written to."""

    def __init__(self, values: Mapping[str, str] = SECRETS) -> None:
        self.values = dict(values)

    def get(self, reference: str) -> str:
        if reference not in self.values:
            raise SecretUnavailable(Text("Нет секрета.", "No secret."), where=reference)
        return self.values[reference]

    def put(self, reference: str, value: str) -> None:
        self.values[reference] = value


class Recording(SandboxPort):
    """A sandbox port that keeps what was sent."""

    sent: list[Request]

    async def send(self, request: Request, *, timeout: float) -> Answer:
        self.sent = [*getattr(self, "sent", []), request]
        return await super().send(request, timeout=timeout)


class District:
    """A world with one group, one upstream group, an administrator and a citizen."""

    def __init__(self, *faults: Fault, kinds: tuple[str, ...] = (), **settings: Any) -> None:
        self.world = World(NOW)
        self._people()
        self._keys()
        self.face = OkFace(self.world)
        self.port = Recording({"ok": self.face}, Faults(*faults))
        self.store = Store()
        self.session = Session(self.port, network="ok")
        self.ok = self.adapter(kinds or ("access_token", "application_secret", "group_token"), settings)

    def _people(self) -> None:
        self.admin = self.world.add_user("ok", "Анна", "Примерова", id=PERSON)
        self.citizen: User = self.world.add_user("ok", "Иван", "Образцов", id=CITIZEN)
        self.page = self.world.add_page(
            Page(
                "ok",
                GID,
                "sadovoe",
                name="Садовое сельское поселение",
                description="Официальная страница",
                fields={"phone": "+7 861 000-00-00", "site": "https://sadovoe.example", "postal_address": "Садовое, 1"},
                subscribers=1234,
                cover=True,
                state_mark=True,
            )
        )
        self.upstream = self.world.add_page(Page("ok", "", "governor", name="Глава региона"))
        self.world.appoint("ok", GID, PERSON, "ADMIN")
        self.world.subscribe("ok", PERSON, self.upstream.id)

    def _keys(self) -> None:
        self.world.add_application(Application("ok", "512000000000", "CEXAMPLEPUBLICKEY0", SECRET))
        issued = Issued(TOKEN, "ok", "user", owner=PERSON, rights=SCOPES, refresh=REFRESH)
        self.token = self.world.add_key(issued)
        self.world.add_key(Issued(GROUP_TOKEN, "ok", "group", page=GID))

    def adapter(self, kinds: tuple[str, ...], settings: Mapping[str, Any]) -> OkAdapter:
        references = {
            "access_token": "env:OK_TOKEN",
            "application_secret": "env:OK_APP",
            "group_token": "env:OK_GROUP",
            "refresh_token": "env:OK_REFRESH",
        }
        named = {"application_key": "CEXAMPLEPUBLICKEY0", "application_id": "512000000000"}
        ring = KeyRing(tuple(Key(ACCOUNT.id, kind, references[kind], named, self.store) for kind in kinds))
        return OkAdapter(Equipment(self.session, ring, settings, self.world.now, self.store))

    def asked(self, method: str) -> int:
        """How often a method was called."""
        return sum(count for call, count in self.port.calls.items() if call.method == method)

    def ago(self, **span: float) -> datetime:
        return NOW - timedelta(**span)


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run to the end over a blocking port."""
    return drive(coroutine)
