"""The end of the chain, written down apart from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_FIRST = "0" * 64


def upgrade() -> None:
    """Make the table of the end and fill it from the last entry."""
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
    )
    connection = op.get_bind()
    last = connection.execute(sa.text("SELECT seq, digest FROM entries ORDER BY seq DESC LIMIT 1")).first()
    end = {"id": 1, "seq": last.seq if last else 0, "digest": last.digest if last else _FIRST}
    connection.execute(sa.insert(head), end)
