"""What a network lets nobody but a person do: an exact instruction now, a check by reading later."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from munsocial.network.abilities import Declared
from munsocial.operate.grounds import ground_name
from munsocial.operate.plan import Plan, Step
from munsocial.wording import Text

__all__ = ["instruction_for"]

_NO_WORDS = Text("Сделайте это на сайте сети: {link}", "Do it on the network's site: {link}")
_FOR_EVER = Text("навсегда", "for ever")


def instruction_for(plan: Plan, step: Step, declared: Declared) -> Text:
    """Return the declared instruction with the facts of the step in it; facts that it lacks stay empty."""
    proof = step.evidence[0] if step.evidence else None
    facts = {
        "link": step.params.get("url") or (proof.url if proof else ""),
        "text": step.params.get("text") or (proof.text if proof else ""),
        "author": _author(step, proof.author if proof else "", declared.author_page),
    }
    ground, until = _ground(step), _until(plan, step)
    told = declared.instruction or _NO_WORDS
    return Text(
        told.ru.format_map(defaultdict(str, facts, ground=ground.ru, until=until.ru)),
        told.en.format_map(defaultdict(str, facts, ground=ground.en, until=until.en)),
    )


def _author(step: Step, name: str, page: str) -> str:
    """Return the author's name with the address of the page: names recur, ids do not."""
    id = str(step.params.get("user") or step.params.get("author") or "")
    return ", ".join(part for part in (name or id, page.replace("{id}", id) if id else "") if part)


def _ground(step: Step) -> Text:
    ground = ground_name(step.ground) if step.ground else Text("", "")
    if not (step.ground and step.clause):
        return ground
    return Text(f"{ground.ru} (п. {step.clause})", f"{ground.en} (clause {step.clause})")


def _until(plan: Plan, step: Step) -> Text:
    until = step.params.get("until")
    if not until:
        return _FOR_EVER
    moment = plan.local(datetime.fromisoformat(str(until)))
    return Text(f"до {moment}", f"until {moment}")
