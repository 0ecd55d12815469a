"""One target for each sink: how to write to it, and how to read back what it holds."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import networkx

from kg.records import Graph
from kg.sinks.base import SinkReport, sink_for
from kg.sinks.jsonl import read_graph
from kg.sinks.ladybug import query
from kg.sinks.nx import to_networkx
from kg.sinks.rows import edge_row, node_row
from kg.tables.schema import load_schema

NO_SERVER = "KG_TEST_NEO4J_URI is not set"


@dataclass(frozen=True)
class Held:
    """What a target holds: nodes as (label, properties), edges as (type, head, tail, properties), by id.

    Lists are joined by " | " and days are text, as the poorest format has them.
    """

    nodes: dict[str, tuple[str, dict[str, Any]]]
    edges: dict[str, tuple[str, str, str, dict[str, Any]]]


def expected(graph: Graph, *, controls: bool = True) -> Held:
    """What a target should hold; `controls` is false where XML lets no control characters through."""
    schema = load_schema()
    return Held(
        {node.id: (node.label, _plain(node_row(node, schema), controls)) for node in graph.nodes},
        {
            edge.id: (edge.type, str(edge.head_id), str(edge.tail_id), _plain(edge_row(edge, schema), controls))
            for edge in graph.edges
        },
    )


def _plain(row: Mapping[str, Any], controls: bool = True) -> dict[str, Any]:
    return {name: _flat(cell, controls) for name, cell in row.items() if cell is not None and cell != []}


def _flat(cell: Any, controls: bool) -> Any:
    if isinstance(cell, list):
        cell = " | ".join(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str) and not controls:
        return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", cell)
    return cell


class Target:
    """A place to write to; `controls` says whether it keeps control characters."""

    name = ""
    controls = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / f"graph.{self.name}"

    def write(self, graph: Graph) -> SinkReport:
        return sink_for(self.name, self.path).write(graph)

    def write_to_nowhere(self, graph: Graph) -> None:
        """Write where nothing can be written."""
        occupied = self.folder / "occupied"
        occupied.write_text("a file, not a folder")
        sink_for(self.name, occupied / "graph").write(graph)

    def read(self) -> Held:
        raise NotImplementedError


class Jsonl(Target):
    """Reads with the package's own reader."""

    name = "jsonl"

    def read(self) -> Held:
        return expected(read_graph(self.path))


class Graphml(Target):
    """Reads with networkx."""

    name = "graphml"
    controls = False

    def read(self) -> Held:
        return of_networkx(networkx.read_graphml(self.path, force_multigraph=True))


class Gexf(Target):
    """Reads with networkx; spells and drawing are looked at elsewhere."""

    name = "gexf"
    controls = False

    def read(self) -> Held:
        found: Any = networkx.read_gexf(self.path, version="1.3")
        nodes = {
            node: (data.pop("type"), {"id": node} | _plain(_without(data, "viz", "spells")))
            for node, data in found.nodes(data=True)
        }
        edges = {
            data["id"]: (data["label"], head, tail, _plain(_without(data, "spells")))
            for head, tail, data in found.edges(data=True)
        }
        return Held(nodes, edges)


class Ladybug(Target):
    """Reads with Cypher."""

    name = "ladybug"

    def read(self) -> Held:
        nodes = query(self.path, "MATCH (n) RETURN n").rows
        edges = query(self.path, "MATCH (a)-[r]->(b) RETURN r, a.id, b.id").rows
        return Held(
            {row["id"]: (row["_LABEL"], _own(row)) for (row,) in nodes},
            {row["id"]: (row["_LABEL"], head, tail, _own(row)) for row, head, tail in edges},
        )


class Networkx(Target):
    """Holds the graph in memory."""

    name = "networkx"
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()

    def write(self, graph: Graph) -> SinkReport:
        self.graph = to_networkx(graph)
        return SinkReport.of(graph)

    def read(self) -> Held:
        return of_networkx(self.graph)


@dataclass
class Server:
    """The Neo4j server for tests."""

    uri: str = field(default_factory=lambda: os.environ.get("KG_TEST_NEO4J_URI", ""))
    user: str = field(default_factory=lambda: os.environ.get("KG_TEST_NEO4J_USER", "neo4j"))
    password: str = field(default_factory=lambda: os.environ.get("KG_TEST_NEO4J_PASSWORD", ""))

    def run(self, statement: str, **parameters: Any) -> list[Any]:
        import neo4j

        with neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            return [list(r) for r in driver.execute_query(statement, parameters, database_="neo4j").records]

    def plan(self, statement: str, **parameters: Any) -> list[str]:
        """Return the operators by which the server would run a statement."""
        import neo4j

        def steps(plan: Mapping[str, Any]) -> list[str]:
            return [plan["operatorType"], *(step for child in plan.get("children", ()) for step in steps(child))]

        with neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password)) as driver:
            plan = driver.execute_query(f"EXPLAIN {statement}", parameters, database_="neo4j").summary.plan
        assert plan
        return steps(plan)

    @contextmanager
    def clean(self) -> Iterator[Server]:
        """Take away what tests left, before and after."""
        remove = "MATCH (n) WHERE n:KgNode OR n:Foreign DETACH DELETE n"
        self.run(remove)
        yield self
        self.run(remove)


class Neo4j(Target):
    """Reads what carries kg's marks, with Cypher."""

    name = "neo4j"

    def write(self, graph: Graph) -> SinkReport:
        server = Server()
        return sink_for("neo4j", server.uri, user=server.user, password=server.password, batch_size=2).write(graph)

    def write_to_nowhere(self, graph: Graph) -> None:
        sink_for("neo4j", "bolt://127.0.0.1:1", password="secret").write(graph)

    def read(self) -> Held:
        nodes, edges = {}, {}
        for labels, row in Server().run("MATCH (n:KgNode) RETURN labels(n), properties(n)"):
            assert labels.count("KgNode") == 1
            assert len(labels) == 2
            nodes[row["id"]] = next(label for label in labels if label != "KgNode"), _own(_native(row))
        found = Server().run(
            "MATCH (a)-[r]->(b) WHERE r.kg_build IS NOT NULL RETURN type(r), a.id, b.id, properties(r)"
        )
        for kind, head, tail, row in found:
            assert row["id"] not in edges
            edges[row["id"]] = kind, head, tail, _own(_native(row))
        return Held(nodes, edges)


def of_networkx(graph: Any) -> Held:
    """Read a networkx graph back, from memory or from GraphML."""
    drawn = {"type", "size", "r", "g", "b"}
    nodes = {
        node: (data["type"], {"id": node} | _plain({k: v for k, v in data.items() if k not in drawn}))
        for node, data in graph.nodes(data=True)
    }
    edges = {
        key: (data["label"], head, tail, {"id": key} | _plain({k: v for k, v in data.items() if k != "type"}))
        for head, tail, key, data in graph.edges(keys=True, data=True)
    }
    return Held(nodes, edges)


def _without(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: cell for name, cell in row.items() if name not in names}


def _own(row: Mapping[str, Any]) -> dict[str, Any]:
    return _plain({name: cell for name, cell in row.items() if not name.startswith("_") and name != "kg_build"})


def _native(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: cell.to_native() if hasattr(cell, "to_native") else cell for name, cell in row.items()}
