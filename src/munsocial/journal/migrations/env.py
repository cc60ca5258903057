"""Alembic's way in: the connection is handed over by `munsocial.journal.upgrading`."""

from __future__ import annotations

from alembic import context

from munsocial.journal.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
