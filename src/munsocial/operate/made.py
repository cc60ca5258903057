"""What steps have made: posts, comments, messages, each on its page. Equal texts of two steps are two things.

Reading back must not take for one step's work what another one is known to have made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from munsocial.journal.stepbook import StepBook
from munsocial.operate.looks import Scene

__all__ = ["Made"]

_MADE = frozenset({"post", "comment", "message"})
"""Parts of a result that are ids of things which a step made."""


class Made:
    """The ids that steps of a journal have made, read when they are first asked for."""

    def __init__(self, book: StepBook) -> None:
        self._book = book
        self._known: set[tuple[str | None, str]] | None = None

    def on_page_of(self, scene: Scene) -> frozenset[str]:
        """Return ids that steps have made on the scene's page."""
        if self._known is None:
            self._known = {
                (one.result.get("page"), str(one.result[name]))
                for one in self._book.waiting(("confirmed",))
                for name in _MADE & one.result.keys()
            }
        # Ids of some networks are counted page by page. Older journals do not say on which page something was made.
        return frozenset(made for page, made in self._known if page in (None, _page(scene)))

    def placed(self, scene: Scene, result: Mapping[str, Any]) -> dict[str, Any]:
        """Remember what a step made; returns its result with the page on which the network made it."""
        made = {str(result[name]) for name in _MADE & result.keys()}
        if self._known is not None:
            self._known |= {(_page(scene), one) for one in made}
        return {**result, "page": _page(scene)} if made else dict(result)


def _page(scene: Scene) -> str:
    return (scene.under or scene.account).id
