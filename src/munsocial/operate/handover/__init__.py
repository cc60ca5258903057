"""A change of hands: a procedure of steps that can be interrupted and go on, ending with a printable act of handover.

`handover` begins or goes on; `check` reads what can be read; `act_html` and `act_docx` make the paper.
"""

from __future__ import annotations

from munsocial.operate.handover.procedure import Procedure, Standing, StepState, handover, handovers
from munsocial.operate.handover.steps import HandoverStep, StepKind

__all__ = ["HandoverStep", "Procedure", "Standing", "StepKind", "StepState", "handover", "handovers"]
