"""Sale of drugs told by its words: where a text is near to an advertisement, a model of dealers' words is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from munsocial.language.adwords import adwords, is_answer, read
from munsocial.language.matcher import Find
from munsocial.language.unmask import View
from munsocial.wording import Text

__all__ = ["finds"]

# Chosen on batches that neither model had seen; see docs/explanation/moderation-figures.md.
_FEWEST: Final = 3
_NEAR: Final = -3.0
_ENOUGH: Final = 0.0
# So speak those who complain of dealers, not the dealers.
_AGAINST: Final = re.compile(
    "полици|участков|профилакт|детям|детей|бесед[аыу]|лекци|подрост|школьн|рейд|изъя|задержа|осужд|приговор|закрас|надпис|нарколог"
    "|реабилит|примите меры|куда смотр|сосед[аку]? (?:выращ|торгу)".encode("cp1251")
)
_WHY: Final = Text(ru="слова как у торговцев наркотиками: {words}", en="words as dealers in drugs write: {words}")


def finds(view: View) -> Iterator[Find]:
    """Yield one find for a text whose words are a dealer's; an answer to somebody and two words alone never are."""
    if is_answer(view.seen):
        return
    reading = read(view.seen)
    if len(reading.words) < _FEWEST or adwords("spam").score(reading) < _NEAR:
        return
    model = adwords("drugs")
    score = model.score(reading)
    if score > _ENOUGH and not _AGAINST.search(view.seen):
        why = _WHY.fill(words=", ".join(model.loudest(reading)))
        yield Find("drugs", "words", min(0.9, 0.75 + 0.05 * score), why, view, 1, len(view.seen) - 1)
