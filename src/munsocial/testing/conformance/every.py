"""All classes at once, to be collected: ``from munsocial.testing.conformance.every import *`` beside a ``stage``."""

from __future__ import annotations

from munsocial.testing.conformance import CLASSES, CollectManyConformance, DeclarationConformance

_KINDS: tuple[type, ...] = (DeclarationConformance, CollectManyConformance, *CLASSES.values())
_ALL: dict[str, type] = {kind.__name__.removesuffix("Conformance"): kind for kind in _KINDS}

for _name, _kind in _ALL.items():
    # A subclass for each, named as pytest wants it; the module is ours, so that failures show where they come from.
    globals()[f"Test{_name}"] = type(f"Test{_name}", (_kind,), {"__doc__": _kind.__doc__, "__module__": __name__})

__all__ = [f"Test{_name}" for _name in _ALL]  # names are made, as the classes are
