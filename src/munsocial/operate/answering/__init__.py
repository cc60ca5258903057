"""Answers to citizens (clauses 9.1 and 11): which questions wait, until when, and what is answered in whose name."""
