"""`kg build`: from inputs to a folder with the graph, and a summary that says what is in it."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.commands.console import console, print_counts, print_drops, progress
from kg.commands.options import (
    INPUT_HELP,
    config_from,
    include_option,
    inputs_argument,
    judgements_option,
    reading_options,
)

if TYPE_CHECKING:
    from kg.engine.pipeline import BuildResult

MENTIONS = "MENTIONS"
_ABOUT = {
    "nodes.jsonl": "one node a line",
    "edges.jsonl": "one edge a line, with its five best quotes",
    "evidence.jsonl": "every quote, with document and offsets",
    "graph.graphml": "for Gephi, yEd, networkx",
    "graph.lbug": "embedded database for kg query",
    "candidates.jsonl": "pairs that may be one: add a judgement, pass the lines with --judgements",
    "report.json": "the counts above, and examples of what was dropped",
    "extractions.sqlite": "what was read, so that the next build reads only what is new",
}


@click.command(help="Build the graph of the inputs in the folder OUT.\n\n" + INPUT_HELP)
@inputs_argument
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, metavar="OUT", help="Folder for graph and report."
)
@reading_options
@include_option
@judgements_option
@click.option("--quiet", is_flag=True, help="No progress bar and no summary.")
@click.pass_context
def build(ctx: click.Context, /, inputs: tuple[str, ...], out: Path, strict: bool, quiet: bool, **options: Any) -> None:
    """Build, then tell what was built."""
    from kg.engine.pipeline import build as build_graph

    config = config_from(options)
    begin = time.monotonic()
    with progress(console(), is_shown=not quiet) as advance:
        result = build_graph(inputs, out, config, on_progress=advance)
    if not quiet:
        _print_summary(result, time.monotonic() - begin)
    if strict and result.report.drops:
        ctx.exit(1)


def _program() -> str:
    """Return how this `kg` is called from here: by its name where the shell finds it, else by its path."""
    path = Path(sys.argv[0])
    found = shutil.which("kg")
    if path.name != "kg" or (found and path.samefile(found)):
        return "kg"
    return _quoted(sys.argv[0])


def _quoted(word: str) -> str:
    """Quote a word for the shell; unlike shlex, leave Chinese alone."""
    return word if re.fullmatch(r"[\w./·-]+", word) else shlex.quote(word)


def _print_summary(result: BuildResult, seconds: float) -> None:
    screen = console(err=False)
    report = result.report
    counts = {name: dict(table) for name, table in report.counts.items()}
    mentions = counts.get("edges", {}).pop(MENTIONS, 0)
    known = f", {result.kept:,} of them known from an earlier build" if result.kept else ""
    screen.print(
        f"[bold]{report.documents_read:,} documents[/], {report.characters:,} characters in {seconds:.1f} s{known}\n"
    )
    tables = {
        "Documents": counts.get("kinds", {}),
        "Entities": counts.get("nodes", {}),
        "Relations": counts.get("edges", {}),
    }
    print_counts(screen, {f"{sum(table.values()):,} {name}": table for name, table in tables.items()})
    screen.print(f"and where each is mentioned: {mentions:,} {MENTIONS}\n")
    print_drops(screen, report)
    screen.print(f"\n[bold]Files in {result.out}[/]")
    for name, about in _ABOUT.items():
        screen.print(f"  {name:<19} {about}")
    out = _quoted(str(result.out))
    screen.print("\n[bold]Next[/]")
    for command in (
        f"explain {out} {_quoted(result.best_known)}",
        f'query {out} "MATCH (p:Person)-[:PRESIDED]->(m:Meeting) RETURN p.name, m.name, m.date LIMIT 20"',
        f"load {out} --to neo4j --uri bolt://localhost:7687",
    ):
        screen.print(f"  {_program()} {command}", markup=False, soft_wrap=True)
