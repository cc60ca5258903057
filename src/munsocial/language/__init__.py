"""Reading Russian: what in a citizen's comment needs a look, and how a post of an authority reads.

Pure and usable alone: texts in, values out; no files of a registry, no network, no act.
Names load on first use, so that importing this package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from munsocial.lazily import named

if TYPE_CHECKING:
    from munsocial.language.editor.lint import LintReport as LintReport
    from munsocial.language.editor.lint import lint_report as lint_report
    from munsocial.language.editor.readability import Readability as Readability
    from munsocial.language.editor.readability import readability as readability
    from munsocial.language.editor.style import Remark as Remark
    from munsocial.language.editor.style import Style as Style
    from munsocial.language.editor.style import style as style
    from munsocial.language.editor.style import style_many as style_many
    from munsocial.language.evaluation import evaluate as evaluate
    from munsocial.language.evaluation import evaluate_file as evaluate_file
    from munsocial.language.evaluation import table as table
    from munsocial.language.explaining import explain as explain
    from munsocial.language.marking import Mark as Mark
    from munsocial.language.marking import categories as categories
    from munsocial.language.marking import categories_many as categories_many
    from munsocial.language.marking import marks as marks
    from munsocial.language.marking import marks_many as marks_many
    from munsocial.language.places.router import Router as Router
    from munsocial.language.places.router import router as router
    from munsocial.language.questions import is_question as is_question
    from munsocial.language.questions import is_question_many as is_question_many
    from munsocial.language.spamwatch import SpamWatch as SpamWatch
    from munsocial.language.topics import topic as topic
    from munsocial.language.topics import topic_many as topic_many
    from munsocial.language.vocabulary import Vocabulary as Vocabulary

_HOMES = {
    "LintReport": "editor.lint",
    "Mark": "marking",
    "Readability": "editor.readability",
    "Remark": "editor.style",
    "Router": "places.router",
    "SpamWatch": "spamwatch",
    "Style": "editor.style",
    "Vocabulary": "vocabulary",
    "categories": "marking",
    "categories_many": "marking",
    "evaluate": "evaluation",
    "evaluate_file": "evaluation",
    "explain": "explaining",
    "is_question": "questions",
    "is_question_many": "questions",
    "lint_report": "editor.lint",
    "marks": "marking",
    "marks_many": "marking",
    "readability": "editor.readability",
    "router": "places.router",
    "style": "editor.style",
    "style_many": "editor.style",
    "table": "evaluation",
    "topic": "topics",
    "topic_many": "topics",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    return named(__name__, name, _HOMES)
