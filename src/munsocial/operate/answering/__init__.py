"""Answers to citizens (clauses 9.1 and 11): which questions wait, until when, and what is answered in whose name.

`inbox` tells what waits, by `terms` and `signs`, without what was answered (`replies`, `given_answers`) and with what
is still `owed`; `answers` plans an answer, `templates` words it.
"""
