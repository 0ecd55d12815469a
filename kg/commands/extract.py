"""`kg extract`: one JSON object a document on standard output."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from kg.commands.console import console, progress
from kg.commands.options import INPUT_HELP, config_from, inputs_argument, reading_options
from kg.records.errors import SourceError
from kg.records.report import Drop


@click.command(help="Print what each document says, as JSON Lines on standard output.\n\n" + INPUT_HELP)
@inputs_argument
@reading_options
@click.option("--quiet", is_flag=True, help="No progress bar.")
@click.pass_context
def extract(ctx: click.Context, /, inputs: tuple[str, ...], strict: bool, quiet: bool, **options: Any) -> None:
    """Print extractions on stdout and drops on stderr, in input order."""
    from kg.engine.pipeline import extract as read
    from kg.records.extraction_json import to_json

    config = config_from(options)
    drops: list[Drop] = []
    screen = console()
    out = sys.stdout.buffer

    def print_drop(drop: Drop) -> None:
        drops.append(drop)
        line = json.dumps(drop.as_json(), ensure_ascii=False)
        screen.print(line, markup=False, soft_wrap=True)

    count = 0
    with progress(screen, is_shown=not quiet and not sys.stdout.isatty()) as advance:
        for extraction in read(inputs, config, on_drop=print_drop, on_progress=advance):
            out.write(json.dumps(to_json(extraction), ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
            count += 1
    out.flush()
    if not count:
        raise SourceError("no document could be read", reason="nothing read")
    if strict and drops:
        ctx.exit(1)
