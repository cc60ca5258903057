"""The adapter of VKontakte (vk.com). Its hooks are found through the entry point group ``munsocial``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from munsocial.network.adapter import Adapter
from munsocial.plugins import hookimpl
from munsocial.plugins.hookspecs import FaceMaker

__all__ = ["munsocial_adapters", "munsocial_faces"]


@hookimpl
def munsocial_adapters() -> Sequence[type[Adapter]]:
    """Offer the adapter."""
    from munsocial_vk.adapter import VkAdapter

    return [VkAdapter]


@hookimpl
def munsocial_faces() -> Mapping[str, FaceMaker]:
    """Offer the face of the sandbox."""
    from munsocial_vk.sandbox.face import VkFace

    return {"vk": VkFace}
