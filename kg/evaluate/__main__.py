"""`python -m kg.evaluate GOLD EXTRACTIONS.jsonl`: score a file of extractions, whoever made them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from kg.evaluate.run import Extractions, run_eval
from kg.records.errors import InputFileError, KgError


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, score, and return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m kg.evaluate", description=(__doc__ or "").strip())
    parser.add_argument("gold", type=Path, help="folder of annotated documents")
    parser.add_argument("extractions", type=Path, help="what `kg extract` printed for their inputs")
    parser.add_argument("--misses", action="store_true", help="also print what was missed or wrong")
    parser.add_argument("--update", action="store_true", help="pin the figures as floors")
    parser.add_argument("--lower", action="store_true", help="let --update lower a floor")
    options = parser.parse_args(arguments)
    try:
        return run_eval(
            options.gold,
            read_extractions(options.extractions),
            lambda block: sys.stdout.write(f"{block}\n"),
            update=options.update,
            lower=options.lower,
            misses=options.misses,
        )
    except KgError as error:
        sys.stderr.write(f"error: {error}\n" + (f"hint: {error.hint}\n" if error.hint else ""))
        return error.exit_code


def read_extractions(path: Path) -> Extractions:
    """Yield the lines of a file of extractions.

    Raises:
        InputFileError: the file cannot be read, or a line is not a JSON object.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"cannot read the extractions: {error}", path=path) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputFileError(f"not JSON: {error}", path=path, line=number) from error
        if not isinstance(row, dict):
            raise InputFileError("not a JSON object", path=path, line=number, hint="one extraction a line")
        yield row


if __name__ == "__main__":
    sys.exit(main())
