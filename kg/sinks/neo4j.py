"""The graph in a Neo4j database over Bolt (Neo4j 5.26 or later, Community is enough).

What is kg's: every node carries the label `KgNode` beside its own, every node and
relationship the property `kg_build`, the digest of the graph it came with. Loading a graph
replaces all properties of kg's nodes and relationships and removes those of earlier graphs,
so one database holds one kg graph (`keep` leaves the earlier ones). Nodes and relationships
without the marks are never changed or removed; a stale node that somebody tied a
relationship to stays, and the report says so.

One writer, nodes before relationships, both sorted: no deadlocks with itself, and MERGE is
exact because ids have uniqueness constraints. Every transaction may run twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kg.errors import SinkError
from kg.ids import digest
from kg.schema import Schema, load_schema
from kg.sinks import cypher
from kg.sinks.base import SinkReport
from kg.sinks.rows import check_ends, edge_row, labels_by_id, node_row
from kg.types import Edge, Entity, Graph

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Session
    from neo4j.exceptions import DriverError, Neo4jError

Parameter = dict[str, Any]
DEFAULT_BATCH: Final = 10_000
"""Rows a transaction."""
_INDEX_WAIT_S: Final = 300
_SCHEMES: Final = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_ADDRESS: Final = "give an address like bolt://localhost:7687 in NEO4J_URI"


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
            keep: Leave what earlier graphs of kg put there and this one lacks.
            schema: The package's own by default.
        """
        if batch_size < 1:
            raise ValueError(f"batch_size is 1 or more, not {batch_size}")
        self.uri = str(uri)
        self.database = database
        self.batch_size = batch_size
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
        labels = labels_by_id(graph)
        node_batches = list(_by_label(graph.nodes))
        edge_batches = list(_by_ends(graph.edges, labels, self.schema))
        build = build_digest(graph)
        with self._session() as session:
            for statement in cypher.constraint_statements(self.schema):
                session.execute_write(_run, statement)
            for label, nodes in node_batches:
                self._merge(session, cypher.merge_nodes(label, self.schema.nodes), nodes, self._node_row(build))
            for (kind, _, _), edges in edge_batches:
                self._merge(session, cypher.merge_edges(kind), edges, self._edge_row(build))
            removed_edges = removed_nodes = kept = 0
            if not self.keep:
                removed_edges = self._remove(session, cypher.DELETE_STALE_EDGES, build)
                removed_nodes = self._remove(session, cypher.DELETE_STALE_NODES, build)
                kept = session.execute_read(_number, cypher.COUNT_STALE_NODES, build=build)
            for statement in (*cypher.index_statements(self.schema), *cypher.fulltext_statements(self.schema)):
                session.execute_write(_run, statement)
            session.execute_read(_run, f"CALL db.awaitIndexes({_INDEX_WAIT_S})")
        notes = (f"{kept} nodes of an earlier graph stay: relationships that are not kg's hang on them",)
        return SinkReport.of(
            graph, removed_nodes=removed_nodes, removed_edges=removed_edges, notes=notes if kept else ()
        )

    def _node_row(self, build: str) -> Callable[[Entity], Parameter]:
        return lambda node: {"id": node.id, "properties": node_row(node, self.schema) | {cypher.BUILD: build}}

    def _edge_row(self, build: str) -> Callable[[Edge], Parameter]:
        return lambda edge: {
            "id": edge.id,
            "head": edge.head_id,
            "tail": edge.tail_id,
            "properties": edge_row(edge, self.schema) | {cypher.BUILD: build},
        }

    def _merge(self, session: Session, statement: str, items: Iterable[Any], row: Callable[[Any], Parameter]) -> None:
        rest = iter(items)
        while rows := [row(item) for item in islice(rest, self.batch_size)]:
            written = session.execute_write(_number, statement, rows=rows)
            if written != len(rows):
                raise SinkError(
                    f"{len(rows)} rows were sent, {written} written: somebody removed nodes during the load",
                    is_retryable=True,
                    hint="load again while nobody else writes",
                )

    def _remove(self, session: Session, statement: str, build: str, total: int = 0) -> int:
        while removed := session.execute_write(_number, statement, build=build, limit=self.batch_size):
            total += removed
        return total

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """Open a session for the block; errors of the driver become SinkError."""
        import neo4j
        from neo4j.exceptions import DriverError, Neo4jError

        check_address(self.uri)
        try:
            with (
                neo4j.GraphDatabase.driver(self.uri, auth=self._auth) as driver,
                driver.session(database=self.database) as session,
            ):
                driver.verify_connectivity()  # a managed transaction would retry for 30 seconds first
                yield session
        except (DriverError, Neo4jError) as error:
            raise translated(error, self.uri, self._auth[0], self.database) from error


def build_digest(graph: Graph) -> str:
    """Return the digest of which nodes and edges a graph has; equal graphs have equal digests."""
    return digest(
        [f"{node.label} {node.id}" for node in graph.nodes],
        [f"{edge.type} {edge.id} {edge.head_id} {edge.tail_id}" for edge in graph.edges],
    )


def translated(error: DriverError | Neo4jError, uri: str, user: str, database: str) -> SinkError:
    """Return the driver's `error` as one that says what to do; the password is nowhere in it."""
    from neo4j.exceptions import AuthError, Neo4jError, ServiceUnavailable

    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    where = f"Neo4j at {shown_uri(uri)}"
    if isinstance(error, ServiceUnavailable):
        return SinkError(
            f"{where} does not answer: {str(error).splitlines()[-1]}",
            is_retryable=True,
            hint=f"start the server, or {_ADDRESS}",
        )
    if isinstance(error, AuthError) or ".Security." in code:
        return SinkError(
            f"{where} refuses user {user!r} ({code.rpartition('.')[2] or 'no login'})",
            hint="check NEO4J_USERNAME and NEO4J_PASSWORD",
        )
    if code.endswith("DatabaseNotFound"):
        return SinkError(
            f"{where} has no database {database!r}", hint="'SHOW DATABASES' lists them; give one in NEO4J_DATABASE"
        )
    if ".Schema." in code:
        return SinkError(
            f"{where}: data or indexes that are not kg's collide with kg's unique ids: {_message(error)}",
            hint="load into a database of its own, or remove the node or index that the message names",
        )
    return SinkError(f"{where}: {_message(error)}", is_retryable=error.is_retryable())


def check_address(uri: str) -> None:
    """Raise SinkError for what is no Bolt address or has a password in it, which the driver's own error would show."""
    parts = urlsplit(uri)
    try:
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        has_port = False
    if parts.scheme not in _SCHEMES or not parts.hostname or not has_port:
        raise SinkError(f"Neo4j at {shown_uri(uri)!r}: not a Bolt address", hint=_ADDRESS)
    if parts.username or parts.password:
        raise SinkError(
            f"Neo4j at {shown_uri(uri)!r}: the address contains a user or password",
            hint="give them apart from it, in NEO4J_USERNAME and NEO4J_PASSWORD",
        )


def shown_uri(uri: str) -> str:
    """Return a URI without user and password.

    >>> shown_uri("bolt://neo4j:secret@localhost:7687")
    'bolt://localhost:7687'
    """
    parts = urlsplit(uri)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _by_label(nodes: Iterable[Entity]) -> Iterator[tuple[str, list[Entity]]]:
    groups: dict[str, list[Entity]] = defaultdict(list)
    for node in nodes:
        groups[node.label].append(node)
    for label, group in sorted(groups.items()):
        yield label, sorted(group, key=lambda node: node.id)


def _by_ends(
    edges: Iterable[Edge], labels: Mapping[str, str], schema: Schema
) -> Iterator[tuple[tuple[str, str, str], list[Edge]]]:
    groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        groups[edge.type, *check_ends(edge, labels, schema)].append(edge)
    for key, group in sorted(groups.items()):
        yield key, sorted(group, key=lambda edge: (edge.head_id, edge.tail_id, edge.id))


def _run(transaction: ManagedTransaction, /, statement: str, **parameters: Any) -> None:
    transaction.run(statement, parameters).consume()


def _number(transaction: ManagedTransaction, /, statement: str, **parameters: Any) -> int:
    """Run a statement that returns one number."""
    record = transaction.run(statement, parameters).single(strict=True)
    return int(record[0])


def _message(error: Exception) -> str:
    from neo4j.exceptions import Neo4jError

    text = error.message if isinstance(error, Neo4jError) else str(error)
    return (text or type(error).__name__).strip().splitlines()[0]
