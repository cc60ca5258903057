"""Reading Russian: what in a citizen's comment needs a look, and how a post of an authority reads.

Pure and usable alone: texts in, values out; no files of a registry, no network, no act.
Names load on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.language.comments.evaluation import evaluate as evaluate
    from munsocial.language.comments.evaluation import evaluate_file as evaluate_file
    from munsocial.language.comments.evaluation import table as table
    from munsocial.language.comments.explaining import explain as explain
    from munsocial.language.comments.marking import Mark as Mark
    from munsocial.language.comments.marking import categories as categories
    from munsocial.language.comments.marking import categories_many as categories_many
    from munsocial.language.comments.marking import marks as marks
    from munsocial.language.comments.marking import marks_many as marks_many
    from munsocial.language.comments.spamwatch import SpamWatch as SpamWatch
    from munsocial.language.comments.vocabulary import Vocabulary as Vocabulary
    from munsocial.language.editor.lint import LintReport as LintReport
    from munsocial.language.editor.lint import lint_report as lint_report
    from munsocial.language.editor.readability import Readability as Readability
    from munsocial.language.editor.readability import readability as readability
    from munsocial.language.editor.style import Remark as Remark
    from munsocial.language.editor.style import Style as Style
    from munsocial.language.editor.style import style as style
    from munsocial.language.editor.style import style_many as style_many
    from munsocial.language.places.router import Router as Router
    from munsocial.language.places.router import router as router
    from munsocial.language.questions import is_question as is_question
    from munsocial.language.questions import is_question_many as is_question_many
    from munsocial.language.topics import topic as topic
    from munsocial.language.topics import topic_many as topic_many
else:
    # Out of sight of type checkers, which would take every slip for a name.
    def __getattr__(name: str) -> object:
        return named(__name__, name, _HOMES)


_HOMES = {
    "LintReport": "editor.lint",
    "Mark": "comments.marking",
    "Readability": "editor.readability",
    "Remark": "editor.style",
    "Router": "places.router",
    "SpamWatch": "comments.spamwatch",
    "Style": "editor.style",
    "Vocabulary": "comments.vocabulary",
    "categories": "comments.marking",
    "categories_many": "comments.marking",
    "evaluate": "comments.evaluation",
    "evaluate_file": "comments.evaluation",
    "explain": "comments.explaining",
    "is_question": "questions",
    "is_question_many": "questions",
    "lint_report": "editor.lint",
    "marks": "comments.marking",
    "marks_many": "comments.marking",
    "readability": "editor.readability",
    "router": "places.router",
    "style": "editor.style",
    "style_many": "editor.style",
    "table": "comments.evaluation",
    "topic": "topics",
    "topic_many": "topics",
}

__all__ = sorted(_HOMES)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
