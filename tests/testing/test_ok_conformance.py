"""OK passes the kit: everything that it declares; what a person does by hand is skipped with the reason."""

from __future__ import annotations

import pytest

from munsocial.network.keys import Key, KeyRing
from munsocial.sandbox.things import Application, Page
from munsocial.sandbox.things import Key as Issued
from munsocial.sandbox.world import World
from munsocial.testing.conformance import Stage
from munsocial.testing.conformance.every import *  # noqa: F403
from munsocial.testing.conformance.simple import KeptSecrets
from munsocial_ok.adapter import OkAdapter
from munsocial_ok.sandbox.face import OkFace
from ok_world import ACCOUNT, GID, NOW, PERSON, SCOPES

SECRETS = {"env:TOKEN": "-s-Zq7wKx9v.person", "env:APP": "0F1E2D3C4B5A69788796A5B4", "env:GROUP": "tkn-Hb4nLm2s.group"}
KINDS = {"access_token": "env:TOKEN", "application_secret": "env:APP", "group_token": "env:GROUP"}
PUBLIC = "CEXAMPLEPUBLICKEY0"
OMITS = frozenset({"comments", "members", "groups", "chats", "messages", "description", "cover"})
"""OK leaves empty lists out, and shows empty fields to managers in no other way than by their absence."""


@pytest.fixture
def stage() -> Stage:
    world = World(NOW)
    world.add_user("ok", "Анна", "Примерова", id=PERSON)
    world.add_page(Page("ok", GID, "sadovoe", name="Садовое", description="Официальная страница"))
    world.appoint("ok", GID, PERSON, "ADMIN")
    world.add_application(Application("ok", "512000000000", PUBLIC, SECRETS["env:APP"]))
    world.add_key(Issued(SECRETS["env:TOKEN"], "ok", "user", owner=PERSON, rights=SCOPES))
    world.add_key(Issued(SECRETS["env:GROUP"], "ok", "group", page=GID))
    store = KeptSecrets(SECRETS)
    settings = {"application_key": PUBLIC, "application_id": "512000000000"}
    ring = KeyRing(tuple(Key(ACCOUNT.id, kind, reference, settings, store) for kind, reference in KINDS.items()))
    figures = ("members_count", "reach", "reach_own", "likes", "comments", "reshares", "engagement")
    made = Stage(OkAdapter, ACCOUNT, ring, world, OkFace, secrets=store, role="ADMIN", figures=figures, omits=OMITS)
    return made.but(lacks=frozenset({"free_names"}))
