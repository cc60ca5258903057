"""How a text of somebody is shown inside a line: on one line, not too long, cut between words."""

from __future__ import annotations

__all__ = ["shown"]


def shown(text: str, most: int = 80) -> str:
    """Return the beginning of a text for a line of a list; ``…`` says that it goes on."""
    # Of an endless text only the beginning is looked at.
    flat = " ".join(text[: most * 8].split())
    if len(flat) <= most and len(text) <= most * 8:
        return flat
    cut = flat[:most]
    whole, _, rest = cut.rpartition(" ")
    return f"{(whole if whole and len(rest) < most // 2 else cut).rstrip(' ,;:–—-')}…"
