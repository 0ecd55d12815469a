"""`kg check`: the data that kg runs on, the user's own included."""

from __future__ import annotations

from pathlib import Path

import click

from kg.commands.options import seeds_option
from kg.engine.config import Config
from kg.records.errors import InputFileError, SeedError


@click.command()
@seeds_option
def check(seeds: tuple[Path, ...]) -> None:
    """Check the graph schema and all seed tables, yours too when --seeds names them."""
    from kg.tables.schema import load_schema
    from kg.tables.seeds import Seeds

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


@click.command("eval")
@click.argument("gold", metavar="[GOLD]", type=click.Path(path_type=Path), default=Path("tests/gold"))
@click.option("--misses", is_flag=True, help="Also print what was missed or wrong.")
@click.option("--update", is_flag=True, help="Pin the figures as floors.")
@click.option("--lower", is_flag=True, help="Let --update lower a floor.")
@click.pass_context
def evaluate(ctx: click.Context, /, gold: Path, misses: bool, update: bool, lower: bool) -> None:
    """Score kg on the annotated documents in GOLD (tests/gold), against the pinned floors."""
    from kg.engine.pipeline import extract
    from kg.evaluate import run_eval
    from kg.records.extraction_json import to_json

    if not gold.is_dir():
        raise InputFileError("no such folder of annotated documents", path=gold, hint="run it in a checkout of kg")
    pages = sorted(path for path in gold.iterdir() if path.suffix != ".json" and path.is_file())
    extractions = (to_json(extraction) for extraction in extract(pages, Config()))
    ctx.exit(run_eval(gold, extractions, click.echo, misses=misses, update=update, lower=lower))
