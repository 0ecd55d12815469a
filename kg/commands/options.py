"""Options that several commands share, and how they become a `Config`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from kg.engine.config import LEFT_OUT, Config, parse_columns, read_config

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

INPUT_HELP: Final = """\
INPUT is a file (.txt, .html, .jsonl, .json, .csv, .tsv, .parquet, .warc; .gz too), a folder, a quoted glob,
or - for standard input.
"""

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)

inputs_argument = click.argument("inputs", metavar="INPUT...", nargs=-1, required=True)
out_argument = click.argument("out", metavar="OUT", type=click.Path(path_type=Path))
seeds_option = click.option(
    "--seeds", type=_FOLDER, multiple=True, metavar="DIR", help="Your own seed tables, over the package's; repeatable."
)


def reading_options(command: Decorated) -> Decorated:
    """Add the options that say how documents are read."""
    for option in reversed(
        (
            click.option("--workers", type=int, metavar="N", help="Processes that read documents.  [default: 1]"),
            click.option("--fast", is_flag=True, help="Read by the grammar alone: quicker, finds less."),
            seeds_option,
            click.option(
                "--metadata", type=_FILE, metavar="FILE", help="CSV or JSONL: path, url, publisher, published, title."
            ),
            click.option(
                "--columns", metavar="MAP", help="Columns of your records, such as text=正文,published=发布日期."
            ),
            click.option("--config", "config_file", type=_FILE, metavar="FILE", help="Settings.  [default: kg.toml]"),
            click.option("--strict", is_flag=True, help="Exit with status 1 when any document was dropped."),
        )
    ):
        command = option(command)
    return command


include_option = click.option(
    "--include", type=click.Choice(LEFT_OUT), multiple=True, help="Keep documents of this kind; repeatable."
)
judgements_option = click.option("--judgements", type=_FILE, metavar="FILE", help="Decisions on who is who.")


def config_from(options: dict[str, Any]) -> Config:
    """Return the settings: `kg.toml`, and over it what the command line gave."""
    columns = options.get("columns")
    return read_config(
        options.get("config_file"),
        workers=options.get("workers"),
        fast=options.get("fast") or None,
        seeds=options.get("seeds") or None,
        metadata=options.get("metadata"),
        columns=parse_columns(columns) if columns else None,
        include=options.get("include") or None,
        judgements=options.get("judgements"),
    )
