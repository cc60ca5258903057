"""Keys of accounts at the moment of a call: a reference that can be revealed, never a stored value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from munsocial.errors import SecretUnavailable
from munsocial.model.credentials import Credential
from munsocial.model.grouping import grouped
from munsocial.network.revealing import reveal
from munsocial.wording import Text

__all__ = ["Key", "KeyRing", "Secret", "Secrets"]


class Secret(str):
    """A text that shows itself to nobody: frames of a traceback are printed with the `repr` of their locals."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "Secret(***)"


class Secrets(Protocol):
    """Where secrets are kept; see `munsocial.network.secrets` for the environment, files and keyrings."""

    def get(self, reference: str) -> str:
        """Return the secret behind a reference such as ``env:GRIV_VK``.

        Raises:
            SecretUnavailable: nothing is kept there.
        """
        ...


@dataclass(frozen=True, slots=True)
class Key:
    """One credential that a program may use. The value is fetched by `reveal`, used in the call, and forgotten."""

    account: str
    kind: str
    reference: str
    settings: Mapping[str, str] = field(default_factory=dict, hash=False)
    _secrets: Secrets | None = field(default=None, repr=False, compare=False)

    def reveal(self, *, lines: bool = False) -> Secret:
        """Return the secret itself; only for the inside of one call.

        It has one line, as a header or a parameter needs. With ``lines`` it may have several: a key in PEM, a service
        account in JSON.

        Raises:
            SecretUnavailable: the store has none, has failed, or gave something that is no key.
        """
        if self._secrets is None:
            raise SecretUnavailable(
                Text("Хранилище секретов не задано.", "No store of secrets was given."),
                where=self.reference,
                remedy=Text("Передайте secrets=EnvSecrets() в connect().", "Pass secrets=EnvSecrets() to connect()."),
            )
        return Secret(reveal(self._secrets, self.reference, lines=lines))


@dataclass(frozen=True, slots=True)
class KeyRing:
    """All keys of one network, by account. Keys with the account ``*`` serve all accounts of the network."""

    keys: tuple[Key, ...] = ()
    _by_account: Mapping[str, tuple[Key, ...]] = field(init=False, repr=False, compare=False)
    _by_kind: Mapping[str, tuple[Key, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Asked for with each call: a scan of all keys would make large districts quadratic.
        object.__setattr__(self, "_by_account", grouped(self.keys, lambda key: key.account))
        object.__setattr__(self, "_by_kind", grouped(self.keys, lambda key: key.kind))

    def of(self, account: str, kinds: Iterable[str] = ()) -> tuple[Key, ...]:
        """Return the keys that serve an account, those of its own first, in the order of ``kinds`` if given."""
        mine = self._by_account.get(account, ())
        common = self._by_account.get("*", ()) if account != "*" else ()
        # Keys of other accounts which act for a person or an application serve for reading: adapters ask for "any".
        order = list(kinds)
        if not order:
            return (*mine, *common)
        return tuple(key for kind in order for key in (*mine, *common) if key.kind == kind)

    def any_of(self, kinds: Iterable[str]) -> tuple[Key, ...]:
        """Return keys of these kinds whatever account they belong to: a service key reads every public page."""
        return tuple(key for kind in kinds for key in self._by_kind.get(kind, ()))

    @classmethod
    def of_credentials(cls, credentials: Iterable[Credential], secrets: Secrets | None) -> KeyRing:
        """Make a ring of the credentials that name a reference."""
        return cls(
            tuple(
                Key(one.account, one.kind, one.secret, one.settings, secrets)
                for one in credentials
                if one.secret is not None and one.revoked is None
            )
        )
