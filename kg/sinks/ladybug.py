"""The graph as an embedded Cypher database (`graph.lbug`), for `kg query` and notebooks without a server.

One node table a label, one relationship table a type with all its pairs of ends. The file is
a cache: it is built anew from the graph by COPY (single MERGEs fell to 2 relationships a
second at 200,000 nodes), and read-only ever after.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from kg.records import Edge, Graph
from kg.records.errors import SinkError
from kg.sinks.base import SinkReport
from kg.sinks.cypher import quote
from kg.sinks.files import replacing
from kg.sinks.rows import Row, check_ends, edge_row, labels_by_id, node_row
from kg.tables.schema import PropertyType, Schema, load_schema

ROWS_A_CHUNK: Final = 20_000
"""Rows that are in memory as a Parquet row group while a table is written."""

_TYPES: Final = {
    "string": "STRING",
    "strings": "STRING[]",
    "date": "DATE",
    "integer": "INT64",
    "float": "DOUBLE",
    "boolean": "BOOL",
}
_REBUILD: Final = "the file is a cache: 'kg build INPUT -o OUT' writes it anew"
_COMMENT_OR_QUOTED: Final = re.compile(
    r"(//[^\n]*|/\*.*?\*/)" r"|'(?:\\.|[^'\\])*'" r'|"(?:\\.|[^"\\])*"' r"|`(?:``|[^`])*`", re.DOTALL
)
_READING: Final = re.compile(r"(MATCH|OPTIONAL\s+MATCH|RETURN|UNWIND|WITH|CALL\s+\w+\s*(?=\())(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Result:
    """What a query returns: the names of its columns and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class LadybugSink:
    """Writes one database file."""

    def __init__(self, path: str | Path, *, schema: Schema | None = None) -> None:
        """Take the file, and the schema unless it is the package's own."""
        self.path = Path(path)
        self.schema = schema or load_schema()

    def write(self, graph: Graph) -> SinkReport:
        """Build the database beside the old one and put it in its place when all rows are counted in it.

        Raises:
            SinkError: the file cannot be written, an edge hangs loose or is not in the schema,
                or the database holds another number of rows than the graph.
        """
        labels = labels_by_id(graph)
        report = SinkReport.of(graph)
        with replacing(self.path, ".wal", ".shadow") as path:
            with _connect(path, read_only=False) as connection:
                for statement in table_statements(self.schema):
                    connection.execute(statement)
                self._copy_nodes(connection, graph, path.parent)
                self._copy_edges(connection, graph, labels, path.parent)
                _assert_counts(connection, report)
            left = sorted(p.name for p in path.parent.glob(f"{path.name}.*"))
            if left:
                raise SinkError(f"{self.path}: the database was not closed well, it left {', '.join(left)}")
        return report

    def _copy_nodes(self, connection: Any, graph: Graph, folder: Path) -> None:
        for label, kind in self.schema.nodes.items():
            rows = (node_row(node, self.schema) for node in graph.nodes if node.label == label)
            parquet = folder / "rows.parquet"
            if _write_parquet(parquet, kind.properties, rows):
                connection.execute(f"COPY {quote(label)} FROM {_text(parquet)}")

    def _copy_edges(self, connection: Any, graph: Graph, labels: Mapping[str, str], folder: Path) -> None:
        groups: dict[tuple[str, str, str], list[Edge]] = defaultdict(list)
        for edge in graph.edges:
            groups[edge.type, *check_ends(edge, labels, self.schema)].append(edge)
        ends = {name: PropertyType(name=name, type="string", description="") for name in ("from id", "to id")}
        for (kind, head, tail), edges in sorted(groups.items()):
            rows = ({"from id": edge.head_id, "to id": edge.tail_id, **edge_row(edge, self.schema)} for edge in edges)
            parquet = folder / "rows.parquet"
            _write_parquet(parquet, {**ends, **self.schema.edges[kind].properties}, rows)
            connection.execute(f"COPY {quote(kind)} FROM {_text(parquet)} (from={_text(head)}, to={_text(tail)})")


def query(path: str | Path, cypher: str, /, **parameters: Any) -> Result:
    """Run one reading statement against a database that `LadybugSink` wrote.

    Args:
        path: The database file.
        cypher: One statement that starts with MATCH, OPTIONAL MATCH, UNWIND, WITH, CALL or RETURN.
        parameters: Values for `$name` in the statement.

    Raises:
        SinkError: there is no such database, the statement is wrong, or it would write.
    """
    _refuse_writing(cypher)
    path = Path(path)
    if not path.is_file():
        raise SinkError(f"{path}: no such database", hint=_REBUILD)
    with _connect(path, read_only=True) as connection:
        found = connection.execute(cypher, parameters)
        return Result(tuple(found.get_column_names()), tuple(map(tuple, found.get_all())))


def table_statements(schema: Schema) -> Iterator[str]:
    """Yield the statements that make the tables: nodes first, in the order of the schema."""
    for label, node in schema.nodes.items():
        columns = ", ".join(f"{quote(name)} {_TYPES[kind.type]}" for name, kind in node.properties.items())
        yield f"CREATE NODE TABLE {quote(label)}({columns}, PRIMARY KEY(`id`))"
    for name, edge in schema.edges.items():
        pairs = ", ".join(f"FROM {quote(head)} TO {quote(tail)}" for head, tail in edge.ends)
        columns = ", ".join(f"{quote(name)} {_TYPES[kind.type]}" for name, kind in edge.properties.items())
        yield f"CREATE REL TABLE {quote(name)}({pairs}, {columns})"


def _refuse_writing(cypher: str) -> None:
    # The engine refuses CREATE, SET, DELETE … itself in a read-only database. It does not refuse COPY … TO
    # (writes any file), and CHECKPOINT leaves the database unreadable (ladybug 0.22.0): so only what reads may start.
    code = _COMMENT_OR_QUOTED.sub(lambda found: " " if found[1] else "''", cypher).strip().removesuffix(";")
    if ";" in code or not _READING.match(code) or re.search(r"\bLOAD\s+FROM\b", code, re.IGNORECASE):
        raise SinkError(
            f"not one reading statement: {cypher.strip()[:80]!r}",
            hint="start with MATCH, RETURN, UNWIND, WITH or CALL function(); only 'kg build' writes the database",
        )


@contextmanager
def _connect(path: Path, *, read_only: bool) -> Iterator[Any]:
    """Open a database for the block; errors of the engine become SinkError."""
    import ladybug

    try:
        database = ladybug.Database(str(path), read_only=read_only)
    except RuntimeError as error:
        raise SinkError(f"{path}: cannot open the database: {_first_line(error)}", hint=_REBUILD) from error
    try:
        connection = ladybug.Connection(database)
        try:
            yield connection
        except RuntimeError as error:
            raise SinkError(f"{path.name}: {_first_line(error)}", hint=_hint(str(error))) from error
        finally:
            connection.close()
    finally:
        database.close()


def _first_line(error: RuntimeError) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _hint(message: str) -> str:
    if "read-only" in message:
        return "a query may only read; only 'kg build' writes the database"
    if "does not exist" in message or "Cannot find property" in message:
        return "schema/nodes.yaml and schema/edges.yaml list labels, types and properties; type(r) is label(r) here"
    return "put names that are words of Cypher in backticks: r.`end`" if "Parser exception" in message else ""


def _assert_counts(connection: Any, report: SinkReport) -> None:
    for pattern, counts in (("(x:{})", report.nodes), ("()-[x:{}]->()", report.edges)):
        for name, expected in counts.items():
            found = connection.execute(f"MATCH {pattern.format(quote(name))} RETURN count(*)").get_all()[0][0]
            if found != expected:
                raise SinkError(f"the database holds {found} {name}, the graph {expected}", hint="report this as a bug")


def _write_parquet(path: Path, columns: Mapping[str, PropertyType], rows: Iterable[Row]) -> int:
    """Write rows with a column for every property; absent ones are null. Return their number."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "date": pa.date32(),
        "integer": pa.int64(),
        "float": pa.float64(),
        "boolean": pa.bool_(),
    }
    table = pa.schema([(name, types[kind.type]) for name, kind in columns.items()])
    written, rest = 0, iter(rows)
    with parquet.ParquetWriter(path, table) as file:
        while chunk := list(islice(rest, ROWS_A_CHUNK)):
            file.write_table(pa.Table.from_pylist(chunk, schema=table))
            written += len(chunk)
    return written


def _text(value: object) -> str:
    """Quote a Cypher string."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
