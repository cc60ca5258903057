"""The tables of the journal, in one place for code and migrations."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, Table, Text

__all__ = ["entries", "head", "metadata", "plans", "steps"]

metadata = MetaData()

# Small databases count rows with INTEGER; only there does SQLite take it as the row's own number.
_SEQ = BigInteger().with_variant(Integer(), "sqlite")

entries = Table(
    "entries",
    metadata,
    Column("seq", _SEQ, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("personal", Text, nullable=True),
    Column("seal", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("entries_by_subject", "subject", "seq"),
    Index("entries_by_kind", "kind", "seq"),
)

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", _SEQ, nullable=False),
    Column("digest", Text, nullable=False),
)
"""One row: the end of the chain. New entries go on from here, so that a cut end leaves a gap that cannot close."""

plans = Table(
    "plans",
    metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("body", Text, nullable=False),
)

steps = Table(
    "steps",
    metadata,
    Column("plan", Text, primary_key=True),
    Column("step", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Text, nullable=True),
    Column("key", Text, nullable=False),
    Column("holder", Text, nullable=True),
    Column("held_until", Float, nullable=True),
    Column("started_at", Text, nullable=True),
    Column("result", Text, nullable=True),
    Index("steps_by_state", "state", "due"),
)
"""Working states: they change. Each change is also an entry, so that the chain tells the story."""
