"""Rows of Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from kg.records.errors import SourceError
from kg.sources.columns import ColumnMapping
from kg.sources.json_csv import Row

BATCH_ROWS: Final = 256
"""Rows held at a time: at a long report of 4,000 characters each, 3 MB."""


def iter_parquet(stream: BinaryIO, columns: ColumnMapping) -> Iterator[Row]:
    """Yield the rows of a Parquet file, reading the columns in use and no others.

    Raises:
        SourceError: reason "no text" (no column of text) or "damaged"; rows before the damage
            have been yielded.
    """
    try:
        table = pq.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(error) from error
    used = sorted(columns.find_text(table.schema_arrow.names).values())
    batches = table.iter_batches(batch_size=BATCH_ROWS, columns=used)
    number = 0
    while True:
        try:
            batch = next(batches, None)
            rows = batch.to_pylist() if batch is not None else None
        except (pa.ArrowException, OSError) as error:
            raise _damaged(error) from error
        if rows is None:
            return
        for row in rows:
            number += 1
            yield number, row, "utf-8"


def _damaged(error: Exception) -> SourceError:
    """Return the error for a file that is no Parquet file or not a whole one."""
    return SourceError(f"not a readable Parquet file: {error}", reason="damaged")
