"""What people see on standard error: progress while there is a terminal, tables in the end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.console import Console

    from kg.records.report import RunReport

Advance = Callable[[str, int], None]

DETAIL: Final = 160
"""Characters of an example that a summary shows; the report has them all."""


def console(*, err: bool = True) -> Console:
    """Return a console; away from a terminal it prints plain text of a fixed width, the same everywhere."""
    from rich.console import Console

    stream = sys.stderr if err else sys.stdout
    width = None if stream.isatty() else 100
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


@contextmanager
def progress(screen: Console, *, is_shown: bool) -> Iterator[Advance]:
    """Show documents, characters and rate while the block runs, on a terminal only."""
    if not (is_shown and screen.is_terminal):
        yield lambda what, characters: None
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.fields[documents]:,} documents, {task.completed:,.0f} characters"),
        TextColumn("{task.fields[rate]:,.0f} characters/s"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task("reading", total=None, documents=0, rate=0.0)
        documents = 0

        def advance(what: str, characters: int) -> None:
            nonlocal documents
            documents += characters > 0
            bar.update(task, description=what, advance=characters, documents=documents, rate=bar.tasks[0].speed or 0.0)

        yield advance


def print_counts(screen: Console, tables: Mapping[str, Mapping[str, int]]) -> None:
    """Print counters side by side, the most frequent first."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, 4))
    cells = []
    for title, counts in tables.items():
        table = Table.grid(padding=(0, 1))
        table.add_column(justify="right")
        table.add_column()
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            table.add_row(f"{count:,}", name)
        cells.append(Group(Text(title, style="bold", no_wrap=True), table))
    grid.add_row(*cells)
    screen.print(grid)


def print_drops(screen: Console, report: RunReport) -> None:
    """Print what was let go, by reason, each with an example."""
    if not report.drops:
        screen.print("[bold]Nothing was dropped[/]")
        return
    screen.print("[bold]Dropped[/]")
    for (stage, reason), count in sorted(report.drops.items(), key=lambda item: (-item[1], item[0])):
        example = report.examples[(stage, reason)][0]
        shown = f"{count:>5,} {stage}: {reason}, such as {example.source}"
        screen.print(shown, markup=False, soft_wrap=True)
        if example.detail:
            screen.print(f"      {example.detail[:DETAIL]}", markup=False, soft_wrap=True, style="dim")


def print_rows(screen: Console, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> None:
    """Print a table of results."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    screen.print(table)
