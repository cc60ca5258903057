"""Moderation (clause 9): what deserves a look, what may be removed or banned on which ground, and the account of it.

`queue` sorts comments, `moderation` plans removals out of it, `bans` plans bans out of removals; `settings` and
`risk` say what goes alone and what never does. What people decided stands in `settled` and `overruled`, what was done
in `log`, `evidence` and `report`. `shadow` and `replay` try settings before they are used.
"""
