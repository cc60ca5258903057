"""A change of hands: a procedure of steps that can be interrupted and go on, ending with a printable act of handover.

`handover` begins or goes on; `check_handover` reads what can be read; `state` and `leave_out` take a person's word;
`act_of` and `save_act` make the paper.
"""

from __future__ import annotations

from munsocial.operate.handover.procedure import Procedure, Standing, StepState, handover, handover_of, handovers
from munsocial.operate.handover.steps import HandoverStep, StepKind

__all__ = ["HandoverStep", "Procedure", "Standing", "StepKind", "StepState", "handover", "handover_of", "handovers"]
