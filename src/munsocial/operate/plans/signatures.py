"""Which signatures under a plan count, and why others do not: a person who signed is owed the reason by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.operate.plans.persons import persons_of
from munsocial.wording import Text

if TYPE_CHECKING:
    from munsocial.model.registry import Registry
    from munsocial.operate.plans.plan import Plan

__all__ = ["counted"]

_NAMELESS = Text("подпись без имени", "a signature without a name")
_OTHER = Text("«{who}» — подпись под другим содержанием", "{who!r} signed another content")
_MAKER = Text("«{who}» — это составитель плана («{first}»)", "{who!r} is who made the plan ({first!r})")
_APPLIES = Text("«{who}» — это тот, кто применяет план («{first}»)", "{who!r} is who applies the plan ({first!r})")
_SAME = Text("«{who}» — то же лицо, что «{first}»", "{who!r} is the same person as {first!r}")


def counted(plan: Plan, by: str, registry: Registry) -> tuple[int, tuple[Text, ...]]:
    """Return how many signatures count when ``by`` applies the plan, and for each other one why it does not.

    None counts where nobody is named who made the plan.
    """
    person = persons_of(registry)
    maker, applies = person(plan.made_by), person(by)
    signed: dict[str, str] = {}
    whys: list[Text] = []
    for one in plan.approvals:
        who = person(one.by)
        if not who:
            whys.append(_NAMELESS)
        elif one.digest != plan.digest:
            whys.append(_OTHER.fill(who=one.by))
        elif who == maker:
            whys.append(_MAKER.fill(who=one.by, first=plan.made_by))
        elif who == applies:
            whys.append(_APPLIES.fill(who=one.by, first=by))
        elif who in signed:
            whys.append(_SAME.fill(who=one.by, first=signed[who]))
        else:
            signed[who] = one.by
    return len(signed) if maker else 0, tuple(whys)
