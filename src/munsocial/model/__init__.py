"""What exists: the register of a municipality, and what was seen in networks. Knows no rule and no network.

Records (`accounts`, `bodies`, `people`, `credentials`, `statements`) make up a `registry`, `content` makes up a
`snapshot`. `files` and `snapshots` read and write them; `checking` says what is wrong with a register, `workbook` is
its form in Excel.
"""
