"""A demand that is put to nobody: it is not in force, or the register has none of those whom it addresses."""

from __future__ import annotations

from munsocial.wording import Text

__all__ = ["NOBODY", "NOBODY_JUDGED", "NOT_IN_FORCE", "NO_BODIES"]

NOT_IN_FORCE = Text("На {day} требование не действует.", "The requirement is not in force on {day}.")
NOBODY = Text(
    "В реестре нет тех, к кому обращено требование: {addressees}.",
    "The register has nobody to whom this is addressed: {addressees}.",
)
NO_BODIES = Text("В реестре нет ни одного органа.", "The register has no body.")
NOBODY_JUDGED = frozenset({NOT_IN_FORCE, NOBODY, NO_BODIES})
"""What a finding says when nobody at all was judged: whoever tests for compliance has tested nothing."""
