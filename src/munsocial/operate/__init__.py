"""Collecting and acting: what is read into a snapshot, and deeds that are planned first, done once and noted.

From reading to doing: `collecting`; `plans`, and what makes them (`publishing`, `moderating`, `answering`);
`applying`. Beside them `keys` and `handover` (who holds what, and how it changes hands) and `reminding`. The files
here serve several.
"""
