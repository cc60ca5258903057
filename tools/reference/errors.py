"""Every error: when it is raised, its code, what the command line makes of it."""

from __future__ import annotations

from munsocial import errors
from munsocial.errors import InputError, MunsocialError, NetworkError
from tools.reference.markdown import GENERATED, anchor, paragraph, table

__all__ = ["page"]

_HEAD = """# Errors

{made}
Everything that munsocial raises on purpose is a `MunsocialError`: `what` happened, `where`, and the `remedy`;
`say("ru")` and `say("en")` give one message for a person. The `code` is stable: show it, log it, search for it.

The command line leaves with 2 for an `InputError` and with 3 for any other. `executed` says whether a call took
effect in the network: *no* is certain, *unknown* means that only reading back can tell.

```text
{tree}
```
"""
_EXECUTED = {None: "unknown", False: "no", True: "yes"}


def page() -> str:
    """Return the page."""
    tree = (errors.__doc__ or "").split("\n\n")[1]
    raised = _all(MunsocialError)
    rows = [(f"[`{one.__name__}`](#{anchor(one.code).strip('{ #}')})", f"`{one.code}`", _exit(one)) for one in raised]
    parts = [_HEAD.format(made=GENERATED, tree=tree), table(("Error", "Code", "Exit code"), rows)]
    return "\n".join([*parts, *(_section(one) for one in raised)])


def _all(root: type[MunsocialError]) -> list[type[MunsocialError]]:
    below = [one for child in root.__subclasses__() if child.__module__ == errors.__name__ for one in _all(child)]
    return [root, *below] if not root.__name__.startswith("_") else below


def _exit(kind: type[MunsocialError]) -> int:
    return 2 if issubclass(kind, InputError) else 3


def _section(kind: type[MunsocialError]) -> str:
    lines = [f"## {kind.__name__} {anchor(kind.code)}\n", f"{paragraph(kind.__doc__)}\n", f"* Code: `{kind.code}`"]
    parent = next(one for one in kind.__mro__[1:] if not one.__name__.startswith("_"))
    lines.append(f"* Is a: `{parent.__name__}`")
    if issubclass(kind, NetworkError):
        lines.append(f"* Executed, unless the error says otherwise: {_EXECUTED[kind.default_executed]}")
    return "\n".join([*lines, ""])
