"""The options of `kg export` that make a smaller graph, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kg.types import Graph

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_PROJECTIONS = ("person-person", "org-org")
_WAYS = ("meeting", "tenure", "document")
_WITHOUT_SCHEMA = ("jsonl",)


def selection_options(command: Decorated) -> Decorated:
    """Add the options that say what to keep and how to join it."""
    for option in reversed(
        (
            click.option("--since", metavar="DATE", help="Leave out what ended before; what has no date stays."),
            click.option("--until", metavar="DATE", help="Leave out what began after."),
            click.option("--project", type=click.Choice(_PROJECTIONS), help="Join people or organisations directly …"),
            click.option(
                "--by", type=click.Choice(_WAYS), default="meeting", show_default=True, help="… by what they share."
            ),
            click.option("--only", metavar="LABELS", default="", help="Keep these nodes, such as Person,Meeting."),
            click.option("--min-weight", type=click.IntRange(1), default=1, metavar="N", help="Keep heavier edges."),
            click.option("--around", metavar="NAME", help="Keep what is near this name, alias, caption or id …"),
            click.option(
                "--hops", type=click.IntRange(0), default=1, show_default=True, metavar="N", help="… within N edges."
            ),
        )
    ):
        command = option(command)
    return command


def selected(graph: Graph, form: str, options: Mapping[str, Any]) -> tuple[Graph, dict[str, Any]]:
    """Return the smaller graph, and the options that its sink needs to write it.

    Raises:
        ConfigError: the options name a date, label or name that there is not.
    """
    from kg.schema import load_schema
    from kg.views.select import Selection, select

    only = tuple(label.strip() for label in options["only"].split(",") if label.strip())
    part, schema = select(graph, Selection(**{**options, "only": only}), load_schema())
    return part, {} if form in _WITHOUT_SCHEMA or not options["project"] else {"schema": schema}
