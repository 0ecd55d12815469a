"""All filters and projections at once, in the order that makes sense."""

from __future__ import annotations

from dataclasses import dataclass

from kg.records import Graph
from kg.records.errors import ConfigError
from kg.tables.schema import Schema
from kg.views.filters import around, at_least, between, only
from kg.views.projections import project, projection_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What to keep of a graph, and how to join it; the defaults keep everything as it is."""

    since: str | None = None
    until: str | None = None
    project: str | None = None
    by: str = "meeting"
    only: tuple[str, ...] = ()
    min_weight: int = 1
    around: str | None = None
    hops: int = 1


def select(graph: Graph, selection: Selection, schema: Schema) -> tuple[Graph, Schema]:
    """Return the smaller graph, and the schema that it follows.

    The period comes first, so that a projection counts only what lies in it; then the projection, so that weights
    and neighbourhoods are those of the projected graph.

    Raises:
        ConfigError: the selection names a date, label, name or projection that there is not.
    """
    unknown = [label for label in selection.only if label not in schema.nodes]
    if unknown:
        raise ConfigError(f"unknown label {', '.join(unknown)} (known: {', '.join(schema.nodes)})")
    if selection.since or selection.until:
        graph = between(graph, selection.since, selection.until)
    if selection.project:
        graph = project(graph, selection.project, selection.by)
        schema = projection_schema(schema, selection.project, selection.by)
    if selection.only:
        graph = only(graph, selection.only)
    if selection.min_weight > 1:
        graph = at_least(graph, selection.min_weight)
    if selection.around:
        graph = around(graph, selection.around, selection.hops)
    return graph, schema
