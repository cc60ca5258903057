"""Which signatures under a plan do not count, and why: a person who signed is owed the reason by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from munsocial.operate.persons import persons_of
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.operate.plan import Plan

__all__ = ["left_out"]

_NAMELESS = Text("подпись без имени", "a signature without a name")
_OTHER = Text("«{who}» — подпись под другим содержанием", "{who!r} signed another content")
_MAKER = Text("«{who}» — это составитель плана («{first}»)", "{who!r} is who made the plan ({first!r})")
_APPLIES = Text("«{who}» — это тот, кто применяет план («{first}»)", "{who!r} is who applies the plan ({first!r})")
_SAME = Text("«{who}» — то же лицо, что «{first}»", "{who!r} is the same person as {first!r}")


def left_out(plan: Plan, by: str, registry: Registry) -> Iterator[Text]:
    """Give a reason for each signature that does not count when ``by`` applies the plan."""
    person = persons_of(registry)
    maker, applies = person(plan.made_by), person(by)
    counted: dict[str, str] = {}
    for one in plan.approvals:
        who = person(one.by)
        if not who:
            yield _NAMELESS
        elif one.digest != plan.digest:
            yield _OTHER.fill(who=one.by)
        elif who == maker:
            yield _MAKER.fill(who=one.by, first=plan.made_by)
        elif who == applies:
            yield _APPLIES.fill(who=one.by, first=by)
        elif who in counted:
            yield _SAME.fill(who=one.by, first=counted[who])
        else:
            counted[who] = one.by
