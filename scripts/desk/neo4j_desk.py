"""`make neo4j`: a server with Neo4j Browser that shows a graph of kg, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

from kg.records.errors import KgError
from kg.sinks.base import sink_for
from kg.sinks.jsonl import read_graph
from scripts.desk.neo4j_server import LINES, Neo4jServer
from scripts.desk.programs import DeskError

QUERY = "MATCH (p:Person)-[r:PRESIDED|ATTENDED|SPOKE_AT|HOLDS]->(n) RETURN p, r, n LIMIT 60"


def main() -> int:
    """Start, load, tell, and wait to be ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder that 'kg build' wrote")
    parser.add_argument("--line", choices=LINES, default="5.26", help="line of Neo4j releases (default: 5.26)")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    try:
        graph = read_graph(options.out)
        print("starting Neo4j (the first time its jars are fetched: 140 MB)", flush=True)
        password = os.environ.get("NEO4J_PASSWORD", "")
        with Neo4jServer(LINES[options.line], password=password, bolt_port=7687, http_port=7474, heap="1g") as server:
            sink_for("neo4j", server.uri, password=server.password).write(graph)
            print(told(server, len(graph.nodes), len(graph.edges)), flush=True)
            signal.pause()
    except (DeskError, KgError) as error:
        print(f"{error}\n{getattr(error, 'hint', '')}".rstrip(), file=sys.stderr)
        return 1
    return 0


def _end(number: int, frame: object) -> NoReturn:
    """End well, once: make passes a signal on that the whole group got already."""
    for again in (signal.SIGINT, signal.SIGTERM):
        signal.signal(again, signal.SIG_IGN)
    sys.exit(0)


def told(server: Neo4jServer, nodes: int, edges: int) -> str:
    """Return what a person needs to know: the address, the login, and a first query."""
    browser = f"http://localhost:{server.http_port}/browser/"
    login = urlencode({"connectURL": f"bolt://neo4j@localhost:{server.bolt_port}"}, safe=":/@")
    return (
        f"\nNeo4j {server.line.version} holds {nodes:,} nodes and {edges:,} edges, until Ctrl-C\n\n"
        f"  Browser   {browser}?{login}\n"
        f"  user      neo4j\n"
        f"  password  {server.password}\n"
        f"  Bolt      bolt://localhost:{server.bolt_port}\n\n"
        f"A first query:\n\n  {QUERY}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
