"""The command line: finds the commands, and says to a person what went wrong.

The commands themselves are in `kg.commands`; what they need is imported when they run,
so that `kg --help` is instant.
"""

from __future__ import annotations

import os
import sys
from typing import IO, Any, Final

import click

from kg import __version__
from kg.commands import build, check, explain, extract, graph
from kg.records.errors import KgError

INTERRUPTED: Final = 130
"""Exit status after Ctrl-C: 128 + SIGINT, as shells have it."""

PIPE_CLOSED: Final = 141
"""Exit status when the reader of our output went away: 128 + SIGPIPE."""


class CommandError(click.ClickException):
    """A `KgError` as click shows it: message, hint, exit status of its kind."""

    def __init__(self, error: KgError) -> None:
        """Keep the error."""
        super().__init__(str(error))
        self.hint = error.hint
        self.exit_code = error.exit_code  # type: ignore[misc]  # click itself assigns it so

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message, and the next step below it."""
        click.echo(f"kg: {self.message}", err=True)
        if self.hint:
            click.echo(f"    {self.hint}", err=True)


class KgGroup(click.Group):
    """A group whose commands may raise `KgError` and be interrupted."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; translate what ends it."""
        try:
            return super().invoke(ctx)
        except KgError as error:
            raise CommandError(error) from error
        except KeyboardInterrupt:
            click.echo("kg: interrupted", err=True)
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            # `kg extract … | head`: the interpreter would complain while flushing at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)


@click.group(cls=KgGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Build knowledge graphs from Chinese governance news.

    Start with `kg build INPUT… -o out`, then ask `kg query out "MATCH …"` and `kg explain out NAME`.
    Settings that stay the same go into a file kg.toml of the working directory.
    """


for command in (
    build.build,
    extract.extract,
    graph.export,
    graph.load,
    graph.query,
    explain.explain,
    check.check,
    check.evaluate,
):
    main.add_command(command)
