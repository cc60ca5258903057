"""The act of handover as a file: HTML to print, or DOCX to file away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from munsocial.errors import OutputRefused
from munsocial.files import write_bytes
from munsocial.operate.handover.act import ActOfHandover
from munsocial.operate.handover.word import act_docx
from munsocial.wording import Text, printable_bytes

__all__ = ["act_docx", "act_html", "save_act"]

_WHICH = Text("непонятно, в каком виде записать акт.", "nobody knows in which form to write the act.")
_NAME_IT = Text("Имя файла должно кончаться на .html или .docx.", "Let the name end in .html or .docx.")


def save_act(act: ActOfHandover, path: Path) -> None:
    """Write the act in the form that the suffix names.

    Raises:
        OutputRefused: another suffix, or the place cannot be written.
    """
    forms: dict[str, Callable[[ActOfHandover], bytes]] = {".html": act_html, ".docx": act_docx}
    make = forms.get(path.suffix.lower())
    if make is None:
        raise OutputRefused(_WHICH, where=str(path), remedy=_NAME_IT)
    write_bytes(path, make(act))


def act_html(act: ActOfHandover) -> bytes:
    """Return the act as one self-contained page in UTF-8."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("munsocial.operate.handover"), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("act.html.j2").render(act=act)
    return printable_bytes(page)
