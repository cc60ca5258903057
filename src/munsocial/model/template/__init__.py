"""The commented register that ``munsocial init`` writes for a municipality to fill in."""

from __future__ import annotations

from importlib.resources import files

__all__ = ["template"]


def template() -> str:
    """Return the text of the register to fill in; it loads as it is."""
    return files(__name__).joinpath("district.toml").read_text("utf-8")
