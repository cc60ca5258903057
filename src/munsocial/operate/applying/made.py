"""What steps have made: posts, comments, messages, each on its page. Equal texts of two steps are two things.

Reading back must not take for one step's work what another one is known to have made.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from munsocial.journal.stepbook import StepBook
from munsocial.operate.applying.looks import Scene

__all__ = ["Made"]

_MADE = frozenset({"post", "comment", "message"})
"""Parts of a result that are ids of things which a step made."""

_Place = tuple[str | None, str]
"""A page and the id of something there; older journals do not say on which page it was made."""


class Made:
    """The ids that steps of a district have made, read when they are first asked for.

    Of districts that share a journal pages may be called alike. Older journals do not say whose step it was.
    """

    def __init__(self, book: StepBook, district: str) -> None:
        self._book = book
        self._district = district
        self._known: dict[_Place, tuple[str, str]] | None = None
        """By place the plan and the step that made it; of this run only the step."""

    def on_page_of(self, scene: Scene) -> frozenset[str]:
        """Return ids that steps have made on the scene's page."""
        # Ids of some networks are counted page by page.
        return frozenset(made for page, made in self._all() if page in (None, scene.page.id))

    def aside(self, scene: Scene, id: str, plan: str) -> bool:
        """Tell whether something was made by a step that meant it for another question than the scene's step.

        Steps of one plan each have their own question. A colleague's plan for the same question is no such step.
        """
        known = self._all()
        by = known.get((scene.page.id, id)) or known.get((None, id))
        if by is None:
            return False
        mine = scene.step.params.get("question")
        return by[0] in ("", plan) or not mine or self._question(*by) != mine

    def placed(self, scene: Scene, result: Mapping[str, Any]) -> dict[str, Any]:
        """Remember what a step made; returns its result with the page on which the network made it."""
        made = {str(result[name]) for name in _MADE & result.keys()}
        if self._known is not None:
            self._known |= {(scene.page.id, one): ("", scene.step.id) for one in made}
        return {**result, "page": scene.page.id, "district": self._district} if made else dict(result)

    def _all(self) -> dict[_Place, tuple[str, str]]:
        if self._known is None:
            self._known = {
                (one.result.get("page"), str(one.result[name])): (one.plan, one.step)
                for one in self._book.waiting(("confirmed",))
                if one.result.get("district", self._district) == self._district
                for name in _MADE & one.result.keys()
            }
        return self._known

    def _question(self, plan: str, step: str) -> str | None:
        """Return the question that a step of the journal answers; None when the texts of its plan were forgotten."""
        body = self._book.plan_body(plan)
        steps = json.loads(body)["steps"] if body else ()
        return next((one.get("params", {}).get("question") for one in steps if one["id"] == step), None)
