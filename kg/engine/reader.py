"""Reading many documents: from the inputs to extractions, in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from kg.engine.config import Config
from kg.engine.extractor import Load, read_or_drop
from kg.engine.parallel import ordered_map
from kg.records import Extraction, RawDocument
from kg.records.errors import ConfigError
from kg.records.report import Drop
from kg.sources import ColumnMapping, iter_raw, read_metadata

Inputs = Sequence[str | Path]
OnDrop = Callable[[Drop], None]
OnProgress = Callable[[str, int], None]
"""Called with what is being done and how many characters of it were just done."""

GRACE_S: Final = 15.0
"""How much longer than its time limit a worker may be silent before it is killed."""


def open_inputs(inputs: Inputs, config: Config, on_drop: OnDrop, stdin: BinaryIO | None) -> Iterator[RawDocument]:
    """Return the raw documents of the inputs, in order.

    Raises:
        ConfigError: the column mapping names an unknown field.
        InputFileError: the metadata table does not fit.
    """
    try:
        columns = ColumnMapping(**dict(config.columns))
    except TypeError as error:
        known = ", ".join(ColumnMapping.__dataclass_fields__)
        raise ConfigError(f"columns: {error} (known fields: {known})") from error
    metadata = read_metadata(config.metadata) if config.metadata else None
    return iter_raw(inputs, columns=columns, metadata=metadata, on_drop=on_drop, stdin=stdin)


def read_all(
    raws: Iterable[RawDocument], config: Config, *, load: Load, on_drop: OnDrop, on_progress: OnProgress
) -> Iterator[Extraction]:
    """Yield the extractions of the documents in their order, whatever the number of workers.

    Args:
        raws: Drawn as they are needed.
        config: Workers, and limits for one document.
        load: Makes the function that reads one document; called once a process, not before there is a document.
        on_drop: Called with each document that could not be read, in its place in the order.
        on_progress: Called after each document.
    """
    start = partial(_start, load, config)
    if config.workers == 1:
        readings = _read_here(start, raws)
    else:
        readings = ordered_map(
            start,
            raws,
            workers=config.workers,
            patience_s=config.timeout_s + GRACE_S,
            lost=_lost,
            weight=lambda raw: len(raw.text),
        )
    for reading in readings:
        if isinstance(reading, Drop):
            on_progress("reading", 0)
            on_drop(reading)
        else:
            on_progress("reading", len(reading.document.text))
            yield reading


def _start(load: Load, config: Config) -> Callable[[RawDocument], Extraction | Drop]:
    read = load(config)
    return lambda raw: read_or_drop(read, raw, config)


def _read_here(
    start: Callable[[], Callable[[RawDocument], Extraction | Drop]], raws: Iterable[RawDocument]
) -> Iterator[Extraction | Drop]:
    read = None
    for raw in raws:
        read = read or start()
        yield read(raw)


def _lost(raw: RawDocument, reason: str) -> Drop:
    if reason == "timeout":
        return Drop(source=raw.source, stage="extract", reason="timeout", detail="the worker did not answer")
    return Drop(source=raw.source, stage="extract", reason="internal error", detail="the worker process died")
