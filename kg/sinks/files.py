"""Writing files whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.records.errors import SinkError


@contextmanager
def replacing(target: Path, *beside: str) -> Iterator[Path]:
    """Give a temporary path for `target` and rename it there when the block ends well.

    The path lies in a scratch folder next to the target, on the same file system, which is
    removed in the end whatever happens; the block may put more files there. A reader sees
    the old file or the new one, never half of either.

    Args:
        target: Where the file shall stand; missing parent folders are made.
        beside: Endings of companion files (`.wal`) of the old target that do not fit the new one.

    Raises:
        SinkError: the file system refuses, with the path and its reason.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise cannot_write(target, error) from error
    try:
        path = scratch / target.name
        yield path
        for ending in beside:
            target.with_name(target.name + ending).unlink(missing_ok=True)
        path.replace(target)
    except OSError as error:
        raise cannot_write(target, error) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def cannot_write(target: Path, error: OSError) -> SinkError:
    """Return the error for a target that the file system refuses."""
    return SinkError(
        f"{target}: cannot write: {error.strerror or error}", hint="choose another folder, or free space and rights"
    )
