"""The graph in a Neo4j database over Bolt (Neo4j 5.26 or later, Community is enough).

What is kg's: every node carries the label `KgNode` beside its own, every node and
relationship the property `kg_build`, the digest of the graph it came with. Loading a graph
replaces all properties of kg's nodes and relationships and removes those of earlier graphs,
so one database holds one kg graph (`keep` leaves the earlier ones). Nodes and relationships
without the marks are never changed or removed; a stale node that somebody tied a
relationship to stays, and the report says so.

Nodes before relationships, over a few connections that never write the ends of the same node
at once (`kg.sinks.apart`). MERGE is exact because ids have uniqueness constraints. Every
transaction may run twice, and the driver repeats one that the server breaks off, for a
deadlock say: relationships of different nodes can still be neighbours in the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from kg.records import Edge, Entity, Graph
from kg.records.errors import SinkError
from kg.records.ids import digest
from kg.sinks import cypher
from kg.sinks.apart import Batch, batches_of, edge_batches, write_apart
from kg.sinks.base import SinkReport
from kg.sinks.bolt import check_address, translated
from kg.sinks.rows import check_ends, edge_row, labels_by_id, node_row
from kg.tables.schema import Schema, load_schema

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction, Session

Parameter = dict[str, Any]
DEFAULT_BATCH: Final = 5_000
"""Rows a transaction: larger ones were slower on a server with 1 GB of heap, smaller ones no quicker."""
DEFAULT_CONNECTIONS: Final = 2
"""On 2 cores two loaded 1.5 times as quickly as one, three no better."""
_INDEX_WAIT_S: Final = 300
_UNCERTAIN_COMMITS: Final = 3
"""How often a transaction is repeated whose line broke while it was committed."""


class Neo4jSink:
    """Loads a graph into one database of a server."""

    def __init__(
        self,
        uri: str,
        user: str = "neo4j",
        password: str = "",
        database: str = "neo4j",
        *,
        batch_size: int = DEFAULT_BATCH,
        connections: int = DEFAULT_CONNECTIONS,
        keep: bool = False,
        schema: Schema | None = None,
    ) -> None:
        """Take the server, and how to load; nothing is opened before a graph is written.

        Args:
            uri: `bolt://` or `neo4j://` address, `+s` for TLS.
            user: Who loads; needs the right to make constraints and indexes.
            password: Never printed.
            database: Its name; Community has one, `neo4j` unless renamed.
            batch_size: Rows a transaction, 1 or more.
            connections: How many write at once, 1 or more.
            keep: Leave what earlier graphs of kg put there and this one lacks.
            schema: The package's own by default.
        """
        if batch_size < 1:
            raise ValueError(f"batch_size is 1 or more, not {batch_size}")
        if connections < 1:
            raise ValueError(f"connections is 1 or more, not {connections}")
        self.uri = str(uri)
        self.database = database
        self.batch_size = batch_size
        self.connections = connections
        self.keep = keep
        self.schema = schema or load_schema()
        self._auth = (user, password)

    def write(self, graph: Graph) -> SinkReport:
        """Make the database hold `graph`, and nothing of an earlier graph of kg unless `keep` is set.

        After an error the database holds part of the graph; the next complete load puts it right.

        Raises:
            SinkError: the server is down, refuses the password, lacks the database, or holds
                data of somebody else that collides; or the graph does not fit the schema.
        """
        groups = list(_by_ends(graph.edges, labels_by_id(graph), self.schema))
        build = build_digest(graph)
        with self._sessions() as sessions:
            first = sessions[0]
            for statement in cypher.constraint_statements(self.schema):
                first.execute_write(_run, statement)
            has_earlier = first.execute_read(_value, cypher.COUNT_NODES) > 0
            elements = self._write_nodes(sessions, graph.nodes, build, has_earlier)
            self._write_edges(sessions, groups, build, elements)
            removed_edges = removed_nodes = kept = 0
            if has_earlier and not self.keep:
                removed_edges = self._remove(first, cypher.DELETE_STALE_EDGES, build)
                removed_nodes = self._remove(first, cypher.DELETE_STALE_NODES, build)
                kept = first.execute_read(_value, cypher.COUNT_STALE_NODES, build=build)
            for statement in (*cypher.index_statements(self.schema), *cypher.fulltext_statements(self.schema)):
                first.execute_write(_run, statement)
            first.execute_read(_run, f"CALL db.awaitIndexes({_INDEX_WAIT_S})")
        notes = (f"{kept} nodes of an earlier graph stay: relationships that are not kg's hang on them",)
        return SinkReport.of(
            graph, removed_nodes=removed_nodes, removed_edges=removed_edges, notes=notes if kept else ()
        )

    def _write_nodes(
        self, sessions: list[Session], nodes: Iterable[Entity], build: str, has_earlier: bool
    ) -> dict[str, str]:
        """Write nodes and return the server's own id of each, by which relationships find their ends."""
        elements: dict[str, str] = {}
        others = tuple(self.schema.nodes) if has_earlier else ()  # in an empty database no node has a label to lose

        def writer(session: Session, batch: Batch[Entity]) -> None:
            rows = [
                {"id": node.id, "properties": node_row(node, self.schema) | {cypher.BUILD: build}}
                for node in batch.items
            ]
            written = _write(session, batch.statement, rows=rows)
            _check_written(len(rows), len(written))
            elements.update(written)

        batches = [
            batch
            for label, group in _by_label(nodes)
            for batch in batches_of(group, cypher.merge_nodes(label, others), self.batch_size)
        ]
        write_apart(batches, [partial(writer, session) for session in sessions])
        return elements

    def _write_edges(
        self,
        sessions: list[Session],
        groups: Iterable[tuple[str, list[Edge]]],
        build: str,
        elements: Mapping[str, str],
    ) -> None:
        def writer(session: Session, batch: Batch[Edge]) -> None:
            rows: list[Parameter] = [
                {
                    "id": edge.id,
                    "head": elements[edge.head_id],
                    "tail": elements[edge.tail_id],
                    "properties": edge_row(edge, self.schema) | {cypher.BUILD: build},
                }
                for edge in batch.items
            ]
            _check_written(len(rows), _write(session, batch.statement, rows=rows))

        batches = [
            batch
            for kind, group in groups
            for batch in edge_batches(group, cypher.merge_edges(kind), self.batch_size, 2 * self.connections)
        ]
        write_apart(batches, [partial(writer, session) for session in sessions])

    def _remove(self, session: Session, statement: str, build: str, total: int = 0) -> int:
        while removed := _write(session, statement, build=build, limit=self.batch_size):
            total += removed
        return total

    @contextmanager
    def _sessions(self) -> Iterator[list[Session]]:
        """Open a session for each connection; errors of the driver in the block become SinkError."""
        import neo4j
        from neo4j.exceptions import DriverError, Neo4jError

        check_address(self.uri)
        try:
            with ExitStack() as stack:
                driver: Driver = stack.enter_context(neo4j.GraphDatabase.driver(self.uri, auth=self._auth))
                driver.verify_connectivity()  # a managed transaction would retry for 30 seconds first
                # What one session wrote the next one sees, whichever member of a cluster it asks.
                bookmarks = neo4j.GraphDatabase.bookmark_manager()
                yield [
                    stack.enter_context(driver.session(database=self.database, bookmark_manager=bookmarks))
                    for _ in range(self.connections)
                ]
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.uri, self._auth[0], self.database) from error


def build_digest(graph: Graph) -> str:
    """Return the digest of which nodes and edges a graph has; equal graphs have equal digests."""
    return digest(
        [f"{node.label} {node.id}" for node in graph.nodes],
        [f"{edge.type} {edge.id} {edge.head_id} {edge.tail_id}" for edge in graph.edges],
    )


def _by_label(nodes: Iterable[Entity]) -> Iterator[tuple[str, list[Entity]]]:
    groups: dict[str, list[Entity]] = defaultdict(list)
    for node in nodes:
        groups[node.label].append(node)
    for label, group in sorted(groups.items()):
        yield label, sorted(group, key=lambda node: node.id)


def _by_ends(edges: Iterable[Edge], labels: Mapping[str, str], schema: Schema) -> Iterator[tuple[str, list[Edge]]]:
    """Yield the edges of each type and pair of labels, with their type; ends that are near follow each other."""
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.type, *check_ends(edge, labels, schema)].append(edge)
    for key, group in sorted(groups.items()):
        yield key[0], sorted(group, key=lambda edge: (edge.head_id, edge.tail_id, edge.id))


def _run(transaction: ManagedTransaction, /, statement: str, **parameters: Any) -> None:
    transaction.run(statement, parameters).consume()


def _value(transaction: ManagedTransaction, /, statement: str, **parameters: Any) -> Any:
    """Run a statement that returns one value."""
    return transaction.run(statement, parameters).single(strict=True)[0]


def _write(session: Session, statement: str, **parameters: Any) -> Any:
    """Run a writing statement that returns one value; it may have run more than once, and says what the last run says.

    The driver repeats what is known not to be committed. Here what may or may not be committed, because the line broke
    before the answer, is repeated too: all our statements may run twice.
    """
    from neo4j.exceptions import IncompleteCommit

    for _ in range(_UNCERTAIN_COMMITS):
        try:
            return session.execute_write(_value, statement, **parameters)
        except IncompleteCommit:
            continue
    return session.execute_write(_value, statement, **parameters)


def _check_written(sent: int, written: int) -> None:
    if written != sent:
        raise SinkError(
            f"{sent} rows were sent, {written} written: somebody removed nodes during the load",
            is_retryable=True,
            hint="load again while nobody else writes",
        )
