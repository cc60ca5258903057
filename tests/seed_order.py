"""The clauses of the seed order that demand something; stated once, so that nothing is checked against itself."""

from __future__ import annotations

__all__ = ["CLAUSES"]

CLAUSES = (
    *("2.1", "2.2", "3.1", "3.2", "3.3", "4", "5", "6", "7.1", "7.2", "8.1", "8.2"),
    *("9.1", "9.2", "9.3", "9.4", "10", "11"),
)
