"""Ploshchad for munsocial: joins through the entry point group ``munsocial``."""

from __future__ import annotations

from munsocial.plugins import hookimpl


@hookimpl
def munsocial_adapters() -> list[type]:
    """Offer the adapter."""
    from munsocial_ploshchad.adapter import Ploshchad

    return [Ploshchad]


@hookimpl
def munsocial_faces() -> dict[str, type]:
    """Offer the network's face for the sandbox."""
    from munsocial_ploshchad.sandbox import PloshchadFace

    return {"ploshchad": PloshchadFace}
