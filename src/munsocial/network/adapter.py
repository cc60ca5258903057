"""The base of every adapter: its name, what it declares, and what it was given. Subclasses add a method per ability.

An adapter promises by `Capabilities` and keeps the promise by having the methods of `munsocial.network.protocols`.
It is made once per network and connection, and awaits nothing but its session's port.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from munsocial.errors import AbilityAbsent
from munsocial.network.abilities import Ability, Capabilities
from munsocial.network.keys import KeyRing
from munsocial.wording import Text

if TYPE_CHECKING:
    from datetime import datetime

    from pydantic import BaseModel

    from munsocial.network.keys import Secrets
    from munsocial.transport.session import Session

__all__ = ["Adapter", "Equipment"]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What an adapter is given when it is made."""

    session: Session
    keys: KeyRing = field(default_factory=KeyRing)
    settings: Mapping[str, Any] = field(default_factory=dict)
    """The table ``networks.<name>`` of the registry, overridden by ``connect(settings=...)``."""
    clock: Callable[[], datetime] | None = None
    """Gives the present moment, aware; None is the system's clock."""
    secrets: Secrets | None = None


class Adapter:
    """One network. Subclasses set ``name``, ``title``, ``capabilities`` and add methods for the abilities declared."""

    name: ClassVar[str]
    title: ClassVar[str]
    capabilities: ClassVar[Capabilities]
    version: ClassVar[str] = ""
    api: ClassVar[str] = ""
    """Version of the network's interface that the adapter speaks."""
    way: ClassVar[Mapping[str, Any]] = {}
    """Settings of the way (`munsocial.transport.TransportSettings`) that this network wants otherwise than usual; the
    registry and ``connect(settings=...)`` come before them."""
    settings_model: ClassVar[type[BaseModel] | None] = None
    """A frozen pydantic model of ``networks.<name>``; unknown settings are refused by it (`read_settings`). Ids of our
    accounts that stand in it are told by its property ``accounts_named``, if there is one: `registry check` looks for
    them in the register."""

    def __init__(self, equipment: Equipment) -> None:
        self.session = equipment.session
        self.keys = equipment.keys
        self.equipment = equipment

    def has_key(self, ability: Ability, account: str) -> bool:
        """Tell whether a key at hand may serve a registered account for an ability; nothing is sent.

        By default only keys of the account itself do. An adapter whose keys act for a person or an application says
        here that another account's key serves too.
        """
        kinds = self.capabilities.of(ability).keys
        return not kinds or bool(self.keys.of(account, kinds))

    def as_read(self, text: str) -> str:
        """Return a text in the form in which what was sent and what is read back are alike; nothing is sent.

        By default texts stay as they are. An adapter whose network has marks of its own for mentions or links takes
        them out here: a text that is not met on reading back is sent again.
        """
        return text

    def demand(self, ability: Ability) -> None:
        """Check that an ability is declared.

        Raises:
            AbilityAbsent: it is not, with the declared reason; nothing was sent.
        """
        if self.capabilities.can(ability):
            return
        declared = self.capabilities.of(ability)
        raise AbilityAbsent(
            declared.reason or Text("Возможность отсутствует.", "The ability is absent."),
            where=f"{self.name} / {ability.value}",
            remedy=declared.instruction,
        )

    async def raw(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call a method of the network as it is: the escape hatch. Networks that have none raise `AbilityAbsent`."""
        raise AbilityAbsent(
            Text("У этой сети нет прямого вызова.", "This network offers no raw call."), where=f"{self.name} / {method}"
        )
