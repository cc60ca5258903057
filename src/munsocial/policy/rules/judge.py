"""A rule as the audit sees it: which function judges an account, a body, or the municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from munsocial.model.bodies import Body
from munsocial.policy.case import Ask, Case, Page
from munsocial.policy.verdict import Verdict

__all__ = ["Judge"]

# The parameters of an `Ask` are those of the kind: the table of rules is the one place that pairs them.
OnAccount = Callable[[Case, Ask[Any], Page], Iterable[Verdict]]
OnBody = Callable[[Case, Ask[Any], Body], Iterable[Verdict]]
OnMunicipality = Callable[[Case, Ask[Any]], Iterable[Verdict]]


def _not_here(*_: object) -> Iterable[Verdict]:
    raise AssertionError("the audit asked a rule for a subject of another sort")


@dataclass(frozen=True, slots=True)
class Judge:
    """The functions of one kind. ``without`` answers for a body that has no account to be judged."""

    account: OnAccount = _not_here
    body: OnBody = _not_here
    municipality: OnMunicipality = _not_here
    without: OnBody | None = None
