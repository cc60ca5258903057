"""From an error to the reason why a fact is missing: what a snapshot keeps instead of the fact."""

from __future__ import annotations

from munsocial import errors
from munsocial.model.snapshot import Missing, Why
from munsocial.wording import join_texts

__all__ = ["CAUGHT", "missing_of"]

CAUGHT = (errors.NetworkError, errors.AbilityAbsent, errors.SecretUnavailable)
"""Errors after which reading goes on with the next fact; `RestrictedNetwork` and slips of ours are not among them."""

# The first fitting class decides, so children stand before their parents.
_REASONS: tuple[tuple[type[errors.MunsocialError], Why], ...] = (
    (errors.CapabilityMissing, Why.NO_RIGHT),
    (errors.AbilityAbsent, Why.ABSENT),
    (errors.SecretUnavailable, Why.NO_KEY),
    (errors.KeyInvalid, Why.KEY_INVALID),
    (errors.KeyKindRefused, Why.NO_RIGHT),
    (errors.PermissionDenied, Why.CLOSED),
    (errors.NotFound, Why.NOT_FOUND),
    (errors.AccountBlocked, Why.BLOCKED),
    (errors.HumanCheckNeeded, Why.HUMAN_CHECK),
    (errors.QuotaSpent, Why.QUOTA),
    (errors.UnreadableAnswer, Why.UNREADABLE),
    (errors.RequestRefused, Why.UNREADABLE),
)


def missing_of(error: errors.MunsocialError, *, item: str = "") -> Missing:
    """Return the reason with the error's sentence in both languages; ``item`` names the part that is missing."""
    why = next((why for kind, why in _REASONS if isinstance(error, kind)), Why.UNREACHABLE)
    words = join_texts(" ", [one for one in (error.what, error.remedy) if one])
    # Which key is lacking belongs to what is told; where it was called, to the place.
    where, said = ("", error.kept()) if isinstance(error, errors.SecretUnavailable) else (error.where, words)
    return Missing(why=why, where=where, ru=said.ru, en=said.en, item=item)
