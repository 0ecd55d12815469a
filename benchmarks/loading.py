"""Compare loading a graph over Bolt with neo4j-admin's bulk import, on a real Neo4j Community server of our own.

    python -m benchmarks.loading [--nodes 100000] [--edges 500000] [--line 5.26] [--cold]

Needs what `make test-desk` needs. Both loads start from the graph in memory and end with the same database. The server
is one that has loaded before, as a server that analysts use has; `--cold` takes one that has just started, whose Java
still compiles itself on the cores that it shares with the load. The database is as new in both cases. neo4j-admin
is a new process in any case; the last lines count what else its way takes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.graphml import random_graph
from kg.records import Graph
from kg.sinks import cypher
from kg.sinks.neo4j import Neo4jSink
from kg.sinks.neo4j_admin import Neo4jAdminSink
from kg.tables.schema import load_schema
from scripts.desk.neo4j_server import LINES, Neo4jServer

EMPTY: Final = Graph(nodes=(), edges=(), evidence=())


class Clock:
    """Seconds by the name of what took them, printed as they come."""

    def __init__(self) -> None:
        """Start empty."""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, what: str) -> Iterator[None]:
        """Time the block."""
        begin = time.perf_counter()
        yield
        self.seconds[what] = time.perf_counter() - begin
        print(f"  {what:42} {self.seconds[what]:7.1f} s", flush=True)

    def total(self, *names: str) -> float:
        """Return the seconds of several together."""
        return sum(self.seconds[name] for name in names)


def ask(server: Neo4jServer, *statements: str) -> list[Any]:
    """Run statements; return the first value of each row that they answer."""
    import neo4j

    with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", server.password)) as driver:
        answers = [driver.execute_query(statement, database_="neo4j").records for statement in statements]
        return [record[0] for records in answers for record in records]


def count(server: Neo4jServer) -> list[Any]:
    """Count nodes and relationships."""
    return ask(server, "MATCH (n) RETURN count(n)", "MATCH ()-[r]->() RETURN count(r)")


def drop_indexes(server: Neo4jServer) -> None:
    """Leave the database as new: a first load makes its indexes when the nodes are there."""
    for kind in ("CONSTRAINT", "INDEX"):
        names = ask(server, f"SHOW {kind} YIELD name WHERE name STARTS WITH 'kg_' RETURN name")
        for name in names:
            ask(server, f"DROP {kind} {cypher.quote(name)}")


def load_over_bolt(server: Neo4jServer, graph: Graph, clock: Clock, *, is_cold: bool) -> None:
    """Load the graph twice."""
    sink = Neo4jSink(server.uri, password=server.password)
    if not is_cold:
        with clock.of("warming the server up (not counted)"):
            sink.write(graph)
            sink.write(EMPTY)
            drop_indexes(server)
    with clock.of("Bolt: load"):
        sink.write(graph)
    with clock.of("Bolt: the same load again"):
        sink.write(graph)


def import_by_admin(server: Neo4jServer, graph: Graph, clock: Clock) -> None:
    """Write the files, import them over what is there, start the server and make the indexes."""
    with tempfile.TemporaryDirectory() as folder:
        with clock.of("neo4j-admin: writing its files"):
            Neo4jAdminSink(folder).write(graph)
        server.stop()
        path = f"{server.home / 'bin'}{os.pathsep}{os.environ['PATH']}"
        with clock.of("neo4j-admin: the process"):
            command = ["sh", str(Path(folder, "import.sh")), "--overwrite-destination"]
            subprocess.run(command, env={**os.environ, "PATH": path}, check=True, stdout=subprocess.DEVNULL)
        with clock.of("neo4j-admin: starting the server again"):
            server.start()
        with clock.of("neo4j-admin: constraints and indexes"):
            schema = load_schema()
            ask(server, *cypher.constraint_statements(schema), *cypher.index_statements(schema))
            ask(server, *cypher.fulltext_statements(schema), "CALL db.awaitIndexes(300)")


def main() -> None:
    """Load both ways and print the ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--edges", type=int, default=500_000)
    parser.add_argument("--line", choices=LINES, default="5.26", help="line of Neo4j releases")
    parser.add_argument("--cold", action="store_true", help="the server has only just started")
    options = parser.parse_args()
    graph, clock = random_graph(options.nodes, options.edges), Clock()
    with Neo4jServer(LINES[options.line], heap="2g", page_cache="1g") as server:
        print(f"Neo4j {server.line.version}: {options.nodes:,} nodes, {options.edges:,} relationships", flush=True)
        load_over_bolt(server, graph, clock, is_cold=options.cold)
        loaded = count(server)
        import_by_admin(server, graph, clock)
        if not loaded == count(server) == [options.nodes, options.edges]:
            raise SystemExit(f"Bolt made {loaded}, neo4j-admin {count(server)}")
    bolt, process = clock.seconds["Bolt: load"], clock.seconds["neo4j-admin: the process"]
    whole = clock.total(*(name for name in clock.seconds if name.startswith("neo4j-admin")))
    print(f"Bolt takes {bolt / process:.1f} times neo4j-admin's process, {bolt / whole:.1f} times its whole way")


if __name__ == "__main__":
    main()
