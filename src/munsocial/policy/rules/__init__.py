"""How each kind of requirement is judged: one file for a family of kinds, pure functions of the case.

The table below is the one place that ties a kind to its rule; a test holds that it names every kind.
"""

from __future__ import annotations

from collections.abc import Mapping

from munsocial.policy.rules import existence, frequency
from munsocial.policy.rules.judge import Judge

__all__ = ["RULES"]

RULES: Mapping[str, Judge] = {
    "account.exists": Judge(body=existence.exists),
    "posting.frequency": Judge(account=frequency.frequency, body=frequency.frequency_together),
}
