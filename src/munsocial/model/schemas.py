"""JSON Schemas of the files that others write or read, made from the models."""

from __future__ import annotations

from typing import Any, Literal

from munsocial.model.base import Record
from munsocial.model.registry import Registry
from munsocial.model.snapshot import Snapshot

__all__ = ["schema"]

_MODELS: dict[str, type[Record]] = {"registry": Registry, "snapshot": Snapshot}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(what: Literal["registry", "snapshot"]) -> dict[str, Any]:
    """Return the JSON Schema of a registry file or a snapshot file; ``policy`` has those of acts and reports."""
    made = _MODELS[what].model_json_schema(by_alias=True)
    if what == "registry":
        # A reader gives an upstream account the name of its role and network.
        made["$defs"]["Upstream"]["required"].remove("id")
    return {"$schema": _DIALECT, "$id": f"urn:munsocial:{what}:1", **made}
