"""Doing what was planned: each step once, its end written down, the unclear read back, the rest given to a person.

`apply` goes through a plan, `outbox` through what is due; `working` tries one step, `deeds` says what it calls,
`ends` how it ended, `outcomes` how that is told. Before a call are asked `targets`, `underway`, `made`, `carried` and
`pauses`, and `keeping` keeps what is about to go; after a lost answer, `looks` and `post_looks`. What falls to a
person is worded by `manual`, made a task once by `byhand`, stated and checked in `tasks`.
"""
