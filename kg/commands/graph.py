"""`kg export`, `kg load` and `kg query`: a finished graph goes elsewhere, or is asked."""

from __future__ import annotations

import csv
import io
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.console import console, print_rows
from kg.commands.options import out_argument
from kg.commands.selection import selected, selection_options
from kg.engine.config import neo4j_settings
from kg.records.errors import ConfigError
from kg.sinks.base import sink_for, sink_names

if TYPE_CHECKING:
    from kg.sinks.base import SinkReport

SERVERS = ("neo4j",)
FORMATS = tuple(name for name in sink_names() if name not in SERVERS)


@click.command()
@out_argument
@click.option("--to", "form", type=click.Choice(FORMATS), required=True, help="Format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="File; folder for jsonl, neo4j-admin.",
)
@selection_options
def export(out: Path, form: str, output: Path, **selection: Any) -> None:
    """Write the graph in OUT in another format, whole or a part of it."""
    from kg.sinks.jsonl import read_graph

    graph, options = selected(read_graph(out), form, selection)
    report = sink_for(form, output, **options).write(graph)
    _print_report(report, str(output))


@click.command()
@out_argument
@click.option("--to", "server", type=click.Choice(SERVERS), required=True, help="Kind of server.")
@click.option("--uri", metavar="URI", help="Address.  [env: NEO4J_URI; default: bolt://localhost:7687]")
@click.option("--user", metavar="NAME", help="Who loads.  [env: NEO4J_USERNAME; default: neo4j]")
@click.option("--password", metavar="WORD", help="Better in the environment, or asked for.  [env: NEO4J_PASSWORD]")
@click.option("--database", metavar="NAME", help="Database.  [env: NEO4J_DATABASE; default: neo4j]")
@click.option("--connections", type=click.IntRange(min=1), default=2, show_default=True, help="How many write at once.")
@click.option("--keep", is_flag=True, help="Leave what earlier builds of kg put there and this one lacks.")
def load(
    out: Path,
    server: str,
    uri: str | None,
    user: str | None,
    password: str | None,
    database: str | None,
    connections: int,
    keep: bool,
) -> None:
    """Load the graph in OUT into a database server; what others put there stays."""
    from kg.sinks.jsonl import read_graph

    settings = neo4j_settings(uri, user, password, database)
    secret = settings.password
    if secret is None:
        if not sys.stdin.isatty():
            raise ConfigError("no password for the server", hint="set NEO4J_PASSWORD")
        secret = click.prompt(f"Password of {settings.user} at {settings.uri}", hide_input=True, err=True)
    target = {"user": settings.user, "password": secret, "database": settings.database}
    # The driver warns of each transaction that it repeats (after a deadlock, say); what it cannot repeat is raised.
    logging.getLogger("neo4j").setLevel(logging.ERROR)
    sink = sink_for(server, settings.uri, **target, connections=connections, keep=keep)
    report = sink.write(read_graph(out))
    _print_report(report, f"{settings.uri}, database {settings.database}")


@click.command()
@out_argument
@click.argument("cypher", metavar="STATEMENT")
@click.option("--json", "form", flag_value="json", help="JSON Lines, one object a row.")
@click.option("--csv", "form", flag_value="csv", help="CSV with a header.")
def query(out: Path, cypher: str, form: str | None) -> None:
    """Ask the graph in OUT with a reading Cypher STATEMENT, such as "MATCH (m:Meeting) RETURN m.name"."""
    from kg.queries.connection import query as ask

    result = ask(out, cypher)
    if form == "json":
        for row in result.rows:
            line = json.dumps(dict(zip(result.columns, row, strict=True)), ensure_ascii=False, default=str)
            click.echo(line)
    elif form == "csv":
        table = io.StringIO()
        csv.writer(table, lineterminator="\n").writerows((result.columns, *result.rows))
        click.echo(table.getvalue(), nl=False)
    else:
        print_rows(console(err=False), result.columns, result.rows)
        click.echo(f"{len(result.rows)} rows", err=True)


def _print_report(report: SinkReport, target: str) -> None:
    click.echo(f"{sum(report.nodes.values()):,} nodes and {sum(report.edges.values()):,} edges in {target}")
    if report.removed_nodes or report.removed_edges:
        click.echo(f"removed of earlier builds: {report.removed_nodes:,} nodes, {report.removed_edges:,} edges")
    for note in report.notes:
        click.echo(note)
