"""The adapter of Odnoklassniki (ok.ru). Its hooks are found through the entry point group ``munsocial``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from munsocial.plugins import hookimpl

if TYPE_CHECKING:
    from munsocial.network.adapter import Adapter
    from munsocial.plugins.hookspecs import FaceMaker


@hookimpl
def munsocial_adapters() -> Sequence[type[Adapter]]:
    """Offer the adapter."""
    from munsocial_ok.adapter import OkAdapter

    return [OkAdapter]


@hookimpl
def munsocial_faces() -> Mapping[str, FaceMaker]:
    """Offer OK's face for the sandbox."""
    from munsocial_ok.sandbox.face import OkFace

    return {"ok": OkFace}
