"""The options of `kg export` that make a smaller graph, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.records.errors import ConfigError

if TYPE_CHECKING:
    from kg.records import Graph

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_PROJECTIONS = ("person-person", "org-org")
_WAYS = ("meeting", "tenure", "document")
_WITHOUT_SCHEMA = ("jsonl",)
_DRAWN = ("gexf", "graphml")


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
            click.option(
                "--layout", is_flag=True, help="Compute places of nodes ahead (gexf, graphml; needs kg[layout])."
            ),
        )
    ):
        command = option(command)
    return command


def selected(graph: Graph, form: str, options: Mapping[str, Any]) -> tuple[Graph, dict[str, Any]]:
    """Return the smaller graph, and the options that its sink needs to write it.

    Raises:
        ConfigError: the options name a date, label or name that there is not, or places for a format without.
    """
    from kg.tables.schema import load_schema
    from kg.views.select import Selection, select

    wishes = dict(options)
    is_placed = wishes.pop("layout")
    if is_placed and form not in _DRAWN:
        raise ConfigError(f"{form} holds no places of nodes", hint=f"--layout is for {' and '.join(_DRAWN)}")
    wishes["only"] = tuple(label.strip() for label in wishes["only"].split(",") if label.strip())
    part, schema = select(graph, Selection(**wishes), load_schema())
    needed: dict[str, Any] = {}
    if wishes["project"] and form not in _WITHOUT_SCHEMA:
        needed["schema"] = schema
    if is_placed:
        from kg.views.layout import positions

        needed["positions"] = positions(part)
    return part, needed
