"""Secrets in memory, for stages."""

from __future__ import annotations

from collections.abc import Mapping

from munsocial.errors import SecretUnavailable
from munsocial.wording import Text

__all__ = ["KeptSecrets"]


class KeptSecrets:
    """Secrets in memory, for tests; takes new ones."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def __repr__(self) -> str:
        return "KeptSecrets()"

    def get(self, reference: str) -> str:
        """Return what is kept under a reference."""
        if reference not in self._values:
            raise SecretUnavailable(Text("Такого секрета нет.", "There is no such secret."), where=reference)
        return self._values[reference]

    def put(self, reference: str, secret: str) -> None:
        """Keep a new one."""
        self._values[reference] = secret
