#!/usr/bin/env python3
"""Write docs/cli.md from the commands themselves, and the output of the README's session; `--check` only compares."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from kg.cli import main as program
from kg.engine import config

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "cli.md"
README = ROOT / "README.md"
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
STATUS = {
    0: "done; documents may have been dropped, each with its reason",
    1: "`--strict` and something was dropped; or a bug, with its traceback",
    2: "the command line is wrong",
    3: "an input, setting, seed table or judgement is wrong, or nothing could be read",
    4: "a model is missing or does not fit",
    5: "the graph cannot be written or read",
    130: "interrupted by Ctrl-C; what was read is kept for the next build",
}


def markdown() -> str:
    """Return the whole page."""
    return "\n".join(_page())


def _page() -> Iterator[str]:
    yield "# The commands\n"
    yield "Made by `make docs` from `kg/commands/`; do not edit.\n"
    yield " ".join(f"[{name}](#kg-{name})" for name in sorted(program.commands)) + "\n"
    for name, command in sorted(program.commands.items()):
        yield f"## kg {name}\n"
        yield f"    {_usage(name, command)}\n"
        yield f"{_text(command.help or '')}\n"
        options = [param for param in command.params if isinstance(param, click.Option)]
        if options:
            yield "| option | |\n|---|---|"
            yield from (_row(option) for option in options)
            yield ""
    yield "## kg.toml\n"
    yield (config.__doc__ or "").partition("environment. ")[2]
    yield "## Exit status\n"
    yield "| status | means |\n|---|---|"
    yield from (f"| {status} | {meaning} |" for status, meaning in STATUS.items())
    yield ""


def _usage(name: str, command: click.Command) -> str:
    arguments = [param for param in command.params if isinstance(param, click.Argument)]
    required = [param for param in command.params if isinstance(param, click.Option) and param.required]
    flags = [f"{option.opts[0]} {_value(option)}" for option in required]
    return " ".join(["kg", name, *(str(argument.metavar) for argument in arguments), *flags, "[OPTIONS]"])


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in option.opts)
    value = "" if option.is_flag else f" {_value(option)}"
    return f"| {names}{value} | {_text(option.help or '')} |"


def _value(option: click.Option) -> str:
    if isinstance(option.type, click.Choice):
        return "/".join(option.type.choices)
    return option.metavar or option.name.upper() if option.name else ""


def _text(text: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n") if part.strip())


def readme() -> str:
    """Return README.md with its session run anew, in an empty folder with this environment's `kg`."""
    text = README.read_text("utf-8")
    session = SESSION.search(text)
    if session is None:
        raise SystemExit(f"{README}: no console block")
    return text[: session.start()] + _run_session(session[0]) + text[session.end() :]


def _run_session(session: str) -> str:
    """Run the lines that start with `$`; what `$ cat FILE` shows is the file, made before the rest."""
    blocks = [block.split("\n", 1) for block in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        for command, shown in blocks:
            if command.startswith("cat "):
                Path(folder, command.removeprefix("cat ")).write_text(shown, "utf-8")
            done = subprocess.run(
                ["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, check=True
            )
            lines.append(f"$ {command}\n{done.stdout.decode()}")
    return re.sub(r" +$", "", "".join(lines), flags=re.MULTILINE)


def main() -> int:
    """Write the pages, or compare them."""
    pages = {TARGET: markdown(), README: readme()}
    stale = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in stale:
        if "--check" in sys.argv:
            print(f"{path.name} is stale: make docs")
        else:
            path.write_text(pages[path], "utf-8")
            print(f"wrote {path.name}")
    return int("--check" in sys.argv and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
