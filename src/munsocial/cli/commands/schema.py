"""`munsocial schema registry|act|snapshot|report`: JSON Schemas made from the models."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from munsocial.cli.command import Command
from munsocial.cli.speaking import echo_json
from munsocial.cli.tongue import both

__all__ = ["COMMAND"]


class What(StrEnum):
    """What has a schema."""

    registry = "registry"
    act = "act"
    snapshot = "snapshot"
    report = "report"


def schema(
    what: Annotated[
        What,
        typer.Argument(
            metavar=both("ЧЕГО", "WHAT"),
            help=both("Чего схема: registry, act, snapshot или report.", "Of what: registry, act, snapshot or report."),
            show_default=False,
        ),
    ],
) -> None:
    """Print a JSON Schema."""
    echo_json(_schema(what))


def _schema(what: What) -> object:
    if what is What.report:
        from munsocial.policy.report_schema import report_schema

        return report_schema()
    if what is What.act:
        from munsocial.policy.loading import act_schema

        return act_schema()
    from munsocial.model.schemas import schema as model_schema

    return model_schema("registry" if what is What.registry else "snapshot")


COMMAND = Command(
    "schema",
    schema,
    "Схема JSON файла: реестра, акта, снимка, отчёта.",
    "The JSON Schema of a file: registry, act, snapshot, report.",
    ("munsocial schema registry",),
)
