"""Moderation (clause 9): what deserves a look, what may be removed or banned on which ground, and the account of it."""
