"""The tables and fields of a registry file."""

from __future__ import annotations

from collections.abc import Iterator

from munsocial.model.tables import TABLES, Table
from tools.reference.fields import field_rows
from tools.reference.markdown import GENERATED, anchor, paragraph, table

__all__ = ["page"]

_HEAD = """# Registry file

{made}
TOML, JSON with the same keys, or an Excel workbook with a sheet for each table (the sheets carry the Russian titles).
`munsocial init` writes a commented one, `munsocial registry check` names everything wrong at once, and
`munsocial schema registry` prints the JSON Schema. Unknown fields are refused. Ids are Latin lower case letters,
digits, dot, dash and underscore. Days are local to `municipality.timezone`, both ends of a period included.

The table `networks` holds the settings of adapters by network name; all are optional: `base_url`, `proxy`,
`ca_bundle` and those that the adapter's own page names.
"""


def page() -> str:
    """Return the page."""
    sections = ("\n".join(_section(name, one)) for name, one in TABLES.items())
    return "\n".join([_HEAD.format(made=GENERATED), *sections])


def _section(name: str, one: Table) -> Iterator[str]:
    title = f"[{name}]" if name == "municipality" else f"[[{name}]]"
    yield f"## {name} {anchor(name)}\n"
    yield f"`{title}` · {one.title.en} · sheet «{one.title.ru}»\n"
    yield f"{paragraph(one.record.__doc__)}\n"
    rows = (
        (key, takes, default, f"{note} {_refers(key.strip('`'), one)}")
        for key, takes, default, note in field_rows(one.record)
    )
    yield table(("Field", "Takes", "Default", "Meaning"), rows)


def _refers(field: str, one: Table) -> str:
    leads = one.refers.get(field)
    return f"Id in {', '.join(f'`{name}`' for name in leads)}." if leads else ""
