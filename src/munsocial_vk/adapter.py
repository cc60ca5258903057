"""The adapter of VKontakte, composed of its parts; each part is one kind of work."""

from __future__ import annotations

from munsocial_vk.capabilities import CAPABILITIES
from munsocial_vk.extras import Extras
from munsocial_vk.hookup import Hookup
from munsocial_vk.keycheck import KeyCheck
from munsocial_vk.longpoll import LongPoll
from munsocial_vk.messaging import Messaging
from munsocial_vk.moderation import Moderation
from munsocial_vk.pages import Pages
from munsocial_vk.publishing import Publishing
from munsocial_vk.reading import Reading
from munsocial_vk.talks import Talks

__all__ = ["VkAdapter"]


class VkAdapter(LongPoll, Reading, Talks, Publishing, Moderation, Messaging, Pages, KeyCheck, Hookup, Extras):
    """VKontakte: communities and persons' pages."""

    name = "vk"
    title = "ВКонтакте"
    version = "0.1.0"
    api = "5.199"
    capabilities = CAPABILITIES
