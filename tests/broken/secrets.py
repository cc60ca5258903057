"""Adapters that keep or show a key, each in one way, and the test of the kit that has to catch it.

Not collected by itself: `test_broken_adapters` runs it with pytest, as an author would run the kit, and reads what
became of it.
"""

from __future__ import annotations

import leaking_network as leaking
from broken.cases import Case, suites
from munsocial.testing import conformance as kit

# One module and one environment keep for all of them: what is looked at last is tried first.
_PLACES = {
    leaking.KeyInACache: "kept in leaking_network._remembered()",
    leaking.KeyInTheClass: "kept in leaking_network.KeyInTheClass.last",
    leaking.KeyInTheModule: "kept in leaking_network._kept",
    leaking.KeyInAClosure: "kept in adapter.sign(secret)",
    leaking.KeyInADefault: "kept in adapter.sign()",
    leaking.KeyInAPartial: "kept in adapter.sign()",
    leaking.KeyInBase64: "kept in adapter.header",
    leaking.KeyPercentEncoded: "kept in adapter.query",
    leaking.KeysBeginning: "kept in adapter.shown",
    leaking.KeyInHex: "kept in adapter.digits",
    leaking.KeyInAFile: "ploshchad.last: reveal it",
    leaking.KeyInAWarning: "seen in the output",
    leaking.KeyInTheEnvironment: "kept in os.environ['PLOSHCHAD_LAST']",
}
_WHERE = "test_the_secret_is_nowhere"
CASES = (
    *(Case(adapter, kit.ReadProfileConformance, _WHERE, place) for adapter, place in _PLACES.items()),
    Case(leaking.KeyInACursor, kit.ListPostsConformance, "test_it_goes_to_the_end_and_stops", "what was returned"),
)

globals().update(suites(CASES, __name__))
