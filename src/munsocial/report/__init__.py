"""How findings are shown: one file a form. `save` chooses it by the suffix of the target."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from munsocial.errors import OutputRefused
from munsocial.files import write_bytes
from munsocial.model.given import as_path
from munsocial.policy.report import Report
from munsocial.wording import Text

__all__ = ["FORMS", "check_form", "rendered", "save"]

FORMS = {
    ".html": "munsocial.report.html",
    ".json": "munsocial.report.json",
    ".xlsx": "munsocial.report.xlsx",
    ".xml": "munsocial.report.junit",
    ".sarif": "munsocial.report.sarif",
}
"""Suffix to the module whose ``render(report) -> bytes`` makes that form."""

_UNKNOWN = Text("такой формы отчёта нет.", "there is no such form of a report.")
_KNOWN = Text("Есть: {forms}.", "There are: {forms}.").fill(forms=", ".join(FORMS))


def rendered(report: Report, suffix: str) -> bytes:
    """Return the report in the form of a suffix.

    Raises:
        OutputRefused: no such form.
    """
    module = FORMS.get(suffix.lower())
    if module is None:
        raise OutputRefused(_UNKNOWN, where=suffix or "-", remedy=_KNOWN)
    content: bytes = import_module(module).render(report)
    return content


def check_form(path: Path) -> None:
    """See to it that the suffix of a target names a form.

    Raises:
        OutputRefused: it names none; the known ones are listed.
    """
    if path.suffix.lower() not in FORMS:
        raise OutputRefused(_UNKNOWN, where=str(path), remedy=_KNOWN)


def save(report: Report, path: str | Path) -> None:
    """Write the report, whole or not at all.

    Raises:
        OutputRefused: unknown suffix, or the place cannot be written. InputError: ``path`` is none.
    """
    file = as_path(path, "path")
    check_form(file)
    write_bytes(file, rendered(report, file.suffix))
