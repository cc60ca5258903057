"""Who is there in the sample district: pages of the register and above it, people, power over pages, keys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time

from munsocial.errors import SecretUnavailable
from munsocial.model.accounts import Account, AccountKind, NetworkAccount, Upstream
from munsocial.model.credentials import Credential
from munsocial.model.registry import Registry
from munsocial.sandbox.scenes import Scene
from munsocial.sandbox.texts import Texts
from munsocial.sandbox.things import Application, Key, Page
from munsocial.sandbox.world import World
from munsocial.wording import Text

__all__ = ["SandboxSecrets", "add_crowd", "add_keys", "add_pages", "add_power", "is_upstream_of", "secrets_of"]

_CHIEF = {"vk": "administrator", "ok": "ADMIN"}
_HELPER = {"vk": "editor", "ok": "MODERATOR"}


class SandboxSecrets:
    """Secrets of a sandbox: each reference leads to a key that opens nothing outside of it."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def get(self, reference: str) -> str:
        """Return the key behind a reference of the registry."""
        try:
            return self._values[reference]
        except KeyError:
            raise SecretUnavailable(
                Text("В песочнице нет такого ключа.", "The sandbox has no such key."), where=reference
            ) from None

    def put(self, reference: str, value: str) -> None:
        """Keep a renewed key until the sandbox ends."""
        self._values[reference] = value

    def environment(self) -> dict[str, str]:
        """Return the keys that a registry keeps in the environment, by the name of the variable."""
        kept = ((reference.partition(":"), value) for reference, value in self._values.items())
        return {name: value for (scheme, _, name), value in kept if scheme == "env"}


def secrets_of(registry: Registry) -> SandboxSecrets:
    """Return invented secrets for every reference of a registry."""
    return SandboxSecrets({one.secret: _value(one) for one in registry.credentials if one.secret is not None})


def _value(credential: Credential) -> str:
    reference = credential.secret or ""
    return f"sandbox-{credential.kind}-{reference.rpartition(':')[2].lower()}"


def add_pages(world: World, registry: Registry, scenes: Mapping[str, Scene]) -> None:
    """Build the pages of the register and the pages above it. Restricted networks have no face, so no pages either."""
    for account in registry.accounts:
        page = _page(account, account.title or registry.body_by_id[account.body].name)
        body = registry.body_by_id[account.body]
        page.fields = {"activity": "Государственная организация", "site": body.site} if body.site else {}
        page.fields |= {"phone": account.phone} if account.phone else {}
        page.opened = datetime.combine(account.first_day, time(9), UTC) if account.first_day else None
        page.state_mark = account.state_mark
        _design(page, scenes.get(account.id, Scene()), body.name)
        world.add_page(page)
        if account.kind is AccountKind.PROFILE:
            world.add_user(account.network, page.name, id=page.id, handle=page.handle)
    for one in registry.upstream:
        if (one.network, one.network_id) not in world.pages:
            page = _page(one, one.name)
            page.description, page.subscribers, page.state_mark = f"Официальная страница. {one.name}.", 120_000, True
            page.audience_mark, page.cover, page.verified = True, True, True
            world.add_page(page)


def _page(account: NetworkAccount, name: str) -> Page:
    return Page(account.network, account.network_id, account.handle, account.kind.value, name)


def _design(page: Page, scene: Scene, body: str) -> None:
    ordinary = f"{body}. Рассказываем о жизни рядом с вами и отвечаем на вопросы. Пишите в комментариях и в сообщения."
    page.description = ordinary if scene.description is None else scene.description
    page.avatar, page.cover, page.dynamic_cover = scene.avatar, scene.cover, scene.dynamic_cover
    page.closed, page.subscribers = scene.closed, scene.subscribers
    page.comments_open = not scene.comments_closed
    page.wall_open = "guest" in scene.troubles


def add_power(world: World, registry: Registry, scenes: Mapping[str, Scene]) -> None:
    """Give people power over pages: the appointed, the press centre, those who left, and strangers."""
    for person in registry.people:
        for network, id in person.profiles.items():
            if (network, id) not in world.users:
                last, _, first = person.name.partition(" ")
                world.add_user(network, first, last, id=id)
    press = next((one.person for one in registry.appointments if one.body == "administration"), None)
    for account in registry.accounts:
        scene = scenes.get(account.id, Scene())
        appointed = [one.person for one in registry.appointments_of.get(account.body, ()) if one.until is None]
        helpers = [press] if press and scene.moderated_by_press else []
        for roles, people in ((_CHIEF, appointed), (_HELPER, [*helpers, *scene.former])):
            for name in people:
                _appoint(world, account, registry.person_by_id[name].profiles.get(account.network), roles)
        for name in scene.strangers:
            first, _, last = name.partition(" ")
            _appoint(world, account, world.add_user(account.network, first, last).id, _HELPER)


def _appoint(world: World, account: Account, user: str | None, roles: Mapping[str, str]) -> None:
    page = world.page(account.network, account.network_id)
    if user is not None and user not in page.managers:
        world.appoint(account.network, page.id, user, roles.get(account.network, "administrator"), since=page.opened)


def add_crowd(world: World, texts: Texts, network: str, size: int) -> list[str]:
    """Add citizens; return their ids."""
    return [world.add_user(network, *texts.person()).id for _ in range(size)]


def add_keys(world: World, registry: Registry) -> None:
    """Issue what the credentials of the register refer to, with the rights that they say."""
    for credential in registry.credentials:
        account = registry.account_by_id[credential.account]
        if credential.secret is None:
            continue
        if credential.kind == "application_secret":
            _add_application(world, account.network, credential)
        else:
            world.add_key(_key(registry, account, credential))


def _key(registry: Registry, account: Account, credential: Credential) -> Key:
    holder = registry.person_by_id[credential.holder] if credential.holder else None
    own = credential.kind in {"community_key", "group_token"}
    return Key(
        _value(credential),
        account.network,
        credential.kind.removesuffix("_key"),
        owner=holder.profiles.get(account.network) if holder and not own else None,
        page=account.network_id if own else None,
        application=credential.settings.get("application_key", ""),
        rights=frozenset(credential.scope),
        settings=dict(credential.settings),
    )


def _add_application(world: World, network: str, credential: Credential) -> None:
    public = credential.settings.get("application_key", "")
    id = credential.settings.get("application_id", "512000000001")
    world.add_application(Application(network, id, public, _value(credential)))


def is_upstream_of(registry: Registry, network: str, role: str, at: datetime) -> Upstream | None:
    """Return the account above of a role that is the right one on a day."""
    day = at.date()
    fitting = (one for one in registry.upstream if one.network == network and one.role == role and one.covers(day))
    return next(fitting, None)
