"""The adapter of VKontakte: what it declares, composed of its parts."""

from __future__ import annotations

from munsocial.network.abilities import Ability, Capabilities, Declared, Limits, absent, native
from munsocial.wording import Text
from munsocial_vk.methods import COMMUNITY, SERVICE, USER
from munsocial_vk.reading import Reading

__all__ = ["Vk"]

_ANY = (SERVICE, COMMUNITY, USER)
_PUBLIC = (SERVICE, USER)
_OWN = (COMMUNITY, USER)
_SCHEMA = "JSON Schema 5.199"

_READS: dict[Ability, Declared] = {
    Ability.READ_PROFILE: native(keys=_ANY, source=_SCHEMA),
    Ability.RESOLVE_HANDLE: native(keys=_ANY, source=_SCHEMA),
    Ability.LIST_POSTS: native(keys=_PUBLIC, limits=Limits(page=100), source=_SCHEMA),
    Ability.LIST_COMMENTS: native(keys=_PUBLIC, limits=Limits(page=100), source=_SCHEMA),
    Ability.READ_LINKS: native(keys=_ANY, source=_SCHEMA),
    Ability.READ_MANAGERS: native(keys=_OWN, limits=Limits(page=1000), source="roles: common knowledge"),
    Ability.READ_BANS: native(keys=_OWN, limits=Limits(page=200), source=_SCHEMA),
    Ability.READ_STATS: native(keys=(USER,), source=_SCHEMA),
    Ability.LIST_MESSAGES: native(keys=_OWN, limits=Limits(page=200), source=_SCHEMA),
}


class Vk(Reading):
    """VKontakte: communities and persons' pages."""

    name = "vk"
    title = "ВКонтакте"
    version = "0.1.0"
    api = "5.199"
    capabilities = Capabilities(
        _READS,
        formats=frozenset(
            {"text", "photo", "infographic", "video", "live", "poll", "link", "story", "clip", "document", "audio"}
        ),
        features=frozenset({"description", "avatar", "cover", "dynamic_cover", "widget", "app"}),
        subscribers=frozenset({"profile"}),
    )


_ = (absent, Text)
