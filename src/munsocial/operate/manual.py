"""What a network lets nobody but a person do: an exact instruction now, a check by reading later."""

from __future__ import annotations

from collections import defaultdict

from munsocial.network.abilities import Declared
from munsocial.operate.grounds import ground_name
from munsocial.operate.plan import Step
from munsocial.wording import Text

__all__ = ["instruction_for"]

_NO_WORDS = Text("Сделайте это на сайте сети: {link}", "Do it on the network's site: {link}")


def instruction_for(step: Step, declared: Declared) -> Text:
    """Return the declared instruction with the facts of the step in it; facts that it lacks stay empty."""
    proof = step.evidence[0] if step.evidence else None
    ground = ground_name(step.ground) if step.ground else Text("", "")
    facts = {
        "link": step.params.get("url") or (proof.url if proof else ""),
        "text": step.params.get("text") or (proof.text if proof else ""),
        "author": proof.author if proof else "",
        "until": step.params.get("until") or "",
    }
    told = declared.instruction or _NO_WORDS
    return Text(
        told.ru.format_map(defaultdict(str, facts, ground=ground.ru)),
        told.en.format_map(defaultdict(str, facts, ground=ground.en)),
    )
