"""A change of hands: a procedure of steps that can be interrupted and go on, ending with a printable act of handover.

`handover` begins or goes on (`procedure`, `steps`); `checking` and `probing` read what can be read; `stating` takes a
person's word; `removing` plans the end of the leaver's power; `act`, `paper` and `word` make the paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.operate.handover.procedure import Procedure as Procedure
    from munsocial.operate.handover.procedure import Standing as Standing
    from munsocial.operate.handover.procedure import StepState as StepState
    from munsocial.operate.handover.procedure import handover as handover
    from munsocial.operate.handover.procedure import handover_of as handover_of
    from munsocial.operate.handover.procedure import handovers as handovers
    from munsocial.operate.handover.steps import HandoverStep as HandoverStep
    from munsocial.operate.handover.steps import StepKind as StepKind
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {
    "HandoverStep": "steps",
    "Procedure": "procedure",
    "Standing": "procedure",
    "StepKind": "steps",
    "StepState": "procedure",
    "handover": "procedure",
    "handover_of": "procedure",
    "handovers": "procedure",
}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
