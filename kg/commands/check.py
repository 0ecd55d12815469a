"""`kg check`: the data that kg runs on, the user's own included."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.options import seeds_option
from kg.errors import SeedError


@click.command()
@seeds_option
def check(seeds: tuple[Path, ...]) -> None:
    """Check the graph schema and all seed tables, yours too when --seeds names them."""
    from kg.schema import load_schema
    from kg.seeds import Seeds

    schema = load_schema()
    schema.check()
    click.echo(f"schema: {len(schema.nodes)} node labels, {len(schema.edges)} edge types")
    tables = Seeds(seeds)
    rows, faults = 0, []
    for name in tables.names():
        try:
            rows += len(tables.table(name))
        except SeedError as error:
            faults.append(str(error))
    if faults:
        raise SeedError("\n    ".join(faults))
    click.echo(f"seeds: {len(tables.names())} tables, {rows:,} rows, from {len(tables.folders)} folders")
