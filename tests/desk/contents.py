"""All that a Neo4j database holds, so that two states can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.sinks.targets import Server


@dataclass(frozen=True)
class Item:
    """A node or relationship: its element id, what it is (labels; or type and ends), its properties."""

    element: str
    kind: tuple[str, ...]
    properties: dict[str, Any]


@dataclass(frozen=True)
class Contents:
    """Nodes and relationships by kg's id; `kg_build` is left out, which differs with every build."""

    nodes: dict[str, Item]
    edges: dict[str, Item]

    def elements(self) -> set[str]:
        """Return the element ids of all."""
        return {item.element for items in (self.nodes, self.edges) for item in items.values()}

    def plain(self) -> list[list[tuple[str, tuple[str, ...], dict[str, Any]]]]:
        """Return all without element ids, which two loads into an empty database need not share."""
        return [
            sorted((key, item.kind, item.properties) for key, item in items.items())
            for items in (self.nodes, self.edges)
        ]


def contents(server: Server) -> Contents:
    """Read a database whole."""
    nodes = server.run("MATCH (n) RETURN n.id, elementId(n), labels(n), properties(n)")
    edges = server.run("MATCH (a)-[r]->(b) RETURN r.id, elementId(r), [type(r), a.id, b.id], properties(r)")
    return Contents(_items(nodes), _items(edges))


def _items(rows: list[list[Any]]) -> dict[str, Item]:
    items = {
        key: Item(element, tuple(kind) if "KgNode" not in kind else tuple(sorted(kind)), _without_build(properties))
        for key, element, kind, properties in rows
    }
    assert len(items) == len(rows), "two have one id"
    return items


def _without_build(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name != "kg_build"}
