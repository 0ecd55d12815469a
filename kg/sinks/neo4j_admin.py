"""The graph as CSV files for `neo4j-admin database import full`: the quickest way into an empty Neo4j database.

Two files a label and a type (a header, the data), `import.sh` with the command, and
`schema.cypher` with the constraints and indexes, which an import does not make. What stands
in the database then is what a load over Bolt puts there, marks included, so that a later
`kg load` updates it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final, TextIO

from kg.records import Graph, Value
from kg.records.errors import SinkError
from kg.sinks import cypher
from kg.sinks.base import SinkReport
from kg.sinks.files import cannot_write, replacing
from kg.sinks.neo4j import build_digest
from kg.sinks.rows import Cell, Row, check_ends, edge_row, labels_by_id, node_row
from kg.tables.schema import Schema, load_schema

SCRIPT: Final = "import.sh"
STATEMENTS: Final = "schema.cypher"

_TYPES: Final = {
    "string": "string",
    "strings": "string[]",
    "date": "date",
    "integer": "long",
    "float": "double",
    "boolean": "boolean",
}
_BETWEEN: Final = "\x1f\x1e\x1d\x1c\x01\x02\x03\x04\x05\x06\x07\x08"
"""What may stand between the items of a list: the first of them that no item contains. It cannot be escaped."""
_IN_BETWEEN: Final = re.compile(f"[{_BETWEEN}]")


class Neo4jAdminSink:
    """Writes a folder of CSV files, with the command that imports them."""

    def __init__(self, folder: str | Path, *, schema: Schema | None = None) -> None:
        """Take the folder, and the schema unless it is the package's own."""
        self.folder = Path(folder)
        self.schema = schema or load_schema()

    def write(self, graph: Graph) -> SinkReport:
        """Write all files, and remove those of labels and types that an earlier graph had and this one lacks.

        Raises:
            SinkError: the folder cannot be written, or an edge hangs loose or is not in the schema.
        """
        labels = labels_by_id(graph)
        build = build_digest(graph)
        between = _unused(graph)
        report = SinkReport.of(graph)
        nodes: dict[str, _Table] = {}
        edges: dict[str, _Table] = {}
        with ExitStack() as stack:
            for node in graph.nodes:
                row = node_row(node, self.schema) | {cypher.BUILD: build}
                if node.label not in nodes:
                    nodes[node.label] = self._node_table(stack, node.label, between)
                nodes[node.label].write(row)
            for edge in graph.edges:
                check_ends(edge, labels, self.schema)
                row = edge_row(edge, self.schema) | {":START_ID": edge.head_id, ":END_ID": edge.tail_id}
                if edge.type not in edges:
                    edges[edge.type] = self._edge_table(stack, edge.type, between)
                edges[edge.type].write(row | {cypher.BUILD: build})
            command = import_command(report, between)
            self._file(stack, SCRIPT).write(f'#!/bin/sh\ncd "$(dirname "$0")" || exit\nexec {command} "$@"\n')
            self._file(stack, STATEMENTS).writelines(f"{statement};\n" for statement in _statements(self.schema))
        self._remove_others(report)
        where = shlex.quote(str(self.folder / SCRIPT))
        notes = (
            f"Import: stop the server, then 'sh {where}' on its machine; it runs\n{command}",
            "It asks for an empty database; --overwrite-destination replaces one, with all that is in it.",
            f"Then start the server, and load once more ('kg load') or run {STATEMENTS}: constraints and indexes.",
        )
        return SinkReport.of(graph, notes=notes)

    def _node_table(self, stack: ExitStack, label: str, between: str) -> _Table:
        columns = {"id": "id:ID"} | {
            name: f"{name}:{_TYPES[kind.type]}"
            for name, kind in self.schema.nodes[label].properties.items()
            if name != "id"
        }
        return self._table(stack, f"nodes-{label}", columns, between)

    def _edge_table(self, stack: ExitStack, kind: str, between: str) -> _Table:
        columns = {name: name for name in (":START_ID", ":END_ID")} | {
            name: f"{name}:{_TYPES[kind.type]}" for name, kind in self.schema.edges[kind].properties.items()
        }
        return self._table(stack, f"relationships-{kind}", columns, between)

    def _table(self, stack: ExitStack, name: str, columns: dict[str, str], between: str) -> _Table:
        header = [*columns.values(), f"{cypher.BUILD}:string"]
        self._file(stack, f"{name}-header.csv").write(",".join(header) + "\n")
        return _Table(self._file(stack, f"{name}.csv"), (*columns, cypher.BUILD), between)

    def _file(self, stack: ExitStack, name: str) -> TextIO:
        path = stack.enter_context(replacing(self.folder / name))
        return stack.enter_context(path.open("w", encoding="utf-8", newline=""))

    def _remove_others(self, report: SinkReport) -> None:
        wanted = set(_names(report))
        try:
            for path in sorted(self.folder.glob("*.csv")):
                if path.name.startswith(("nodes-", "relationships-")) and path.name not in wanted:
                    path.unlink()
        except OSError as error:
            raise cannot_write(self.folder, error) from error


class _Table:
    """A data file: rows of cells under fixed columns."""

    def __init__(self, file: TextIO, columns: tuple[str, ...], between: str) -> None:
        self._file = file
        self._columns = columns
        self._between = between

    def write(self, row: Row) -> None:
        cells = (_cell(row[name], self._between) if name in row else "" for name in self._columns)
        self._file.write(",".join(cells) + "\n")


def import_command(report: SinkReport, between: str) -> str:
    """Return the command that imports the files of a graph, to be run in their folder."""
    tables = [
        *(
            f"--nodes={cypher.NODE_MARK}:{label}=./nodes-{label}-header.csv,./nodes-{label}.csv"
            for label in report.nodes
        ),
        *(
            f"--relationships={kind}=./relationships-{kind}-header.csv,./relationships-{kind}.csv"
            for kind in report.edges
        ),
    ]
    options = [f"--array-delimiter=U+{ord(between):04X}", "--multiline-fields=true", *map(shlex.quote, tables)]
    return " \\\n  ".join(['neo4j-admin database import full "${NEO4J_DATABASE:-neo4j}"', *options])


def _names(report: SinkReport) -> Iterator[str]:
    for table in (*(f"nodes-{label}" for label in report.nodes), *(f"relationships-{kind}" for kind in report.edges)):
        yield f"{table}.csv"
        yield f"{table}-header.csv"


def _statements(schema: Schema) -> Iterator[str]:
    yield from cypher.constraint_statements(schema)
    yield from cypher.index_statements(schema)
    yield from cypher.fulltext_statements(schema)


def _unused(graph: Graph) -> str:
    """Return the first character of `_BETWEEN` that no item of a list contains."""
    used: set[str] = set()
    for text in _items(graph):
        used.update(_IN_BETWEEN.findall(text))
    for character in _BETWEEN:
        if character not in used:
            return character
    raise SinkError("the lists of the graph contain every character that could stand between items for neo4j-admin")


def _items(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        yield from node.aliases
        yield from _listed(node.properties.values())
    for edge in graph.edges:
        yield from (evidence.quote for evidence in edge.evidence)
        yield from _listed(edge.properties.values())


def _listed(values: Iterable[Value]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from value


def _cell(value: Cell, between: str) -> str:
    r"""Write a cell: text in quotes, so that the empty text differs from what is absent.

    >>> _cell('王"兵', ";"), _cell(["甲", "乙"], ";"), _cell(True, ";"), _cell(36.5, ";")
    ('"王""兵"', '"甲;乙"', 'true', '36.5')
    """
    match value:
        case str():
            return '"' + value.replace('"', '""') + '"'
        case list():
            return _cell(between.join(value), between)
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
    return repr(value)
