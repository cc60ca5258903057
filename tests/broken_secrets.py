"""Adapters that keep or show a key, each in one way, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

import leaking_network as leaking
from broken_cases import Case, suites
from munsocial.testing import conformance as kit

_PLACES = {
    leaking.KeyInTheClass: "kept in leaking_network.KeyInTheClass.last",
    leaking.KeyInTheModule: "kept in leaking_network._kept",
    leaking.KeyInAClosure: "kept in adapter.sign(secret)",
    leaking.KeyInADefault: "kept in adapter.sign()",
    leaking.KeyInAPartial: "kept in adapter.sign()",
    leaking.KeyInBase64: "kept in adapter.header",
    leaking.KeyPercentEncoded: "kept in adapter.query",
    leaking.KeysBeginning: "kept in adapter.shown",
    leaking.KeyInAWarning: "seen in the output",
}
CASES = tuple(
    Case(adapter, kit.ReadProfileConformance, "test_the_secret_is_nowhere", place) for adapter, place in _PLACES.items()
)

globals().update(suites(CASES, __name__))
