"""Ploshchad for munsocial: joins through the entry point group ``munsocial``. Imports are late: hooks must be cheap."""

from __future__ import annotations

from munsocial.plugins import hookimpl


@hookimpl
def munsocial_adapters() -> list[type]:
    from munsocial_ploshchad.adapter import Ploshchad

    return [Ploshchad]


@hookimpl
def munsocial_faces() -> dict[str, type]:
    from munsocial_ploshchad.sandbox import PloshchadFace

    return {"ploshchad": PloshchadFace}
