"""Settings of a run: `kg.toml` and what the command line says over it.

This is the only module that reads the environment. A `kg.toml` looks like this;
every key may be left out, and paths are relative to the file:

    seeds = ["my-seeds"]            # folders of your own seed tables
    metadata = "pages.csv"          # path → url, publisher, published for plain text
    judgements = "judgements.jsonl" # decisions on who is who
    include = ["fiction"]           # document kinds to keep in the graph all the same
    workers = 2
    timeout_s = 60                  # longest time for one document
    longest_document = 1000000      # in characters
    fast = false                    # read by the grammar alone, without the learned reader

    [columns]                       # field = column, for JSONL, CSV and Parquet
    text = "正文"
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from kg.records.errors import ConfigError

CONFIG_FILE: Final = "kg.toml"
LEFT_OUT: Final = ("fiction", "template")
"""Document kinds that stay out of the graph unless `include` names them."""

MAX_WORKERS: Final = 256
DEFAULT_DATABASE: Final = "neo4j"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Settings of one run, checked: a `Config` that exists is valid.

    Attributes:
        seeds: Folders of the user's own seed tables, later ones over earlier ones.
        metadata: Table of what is known about plain text files, by path.
        columns: `(field, column)` pairs for records whose columns have other names.
        include: Document kinds of `LEFT_OUT` that the graph keeps all the same.
        judgements: File of decisions on who is who.
        workers: Processes that read documents; 1 reads in this process.
        timeout_s: Longest time for one document, in seconds; a slower one is a drop.
        longest_document: In characters; a longer one is a drop. The default is what a worker reads in about
            the default time limit (18,000 characters a second measured on one slow core).
        fast: Read by the grammar alone: several times as quick, and it finds far less (docs/reading.md).
    """

    seeds: tuple[Path, ...] = ()
    metadata: Path | None = None
    columns: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] = ()
    judgements: Path | None = None
    workers: int = 1
    timeout_s: float = 60.0
    longest_document: int = 1_000_000
    fast: bool = False

    def __post_init__(self) -> None:
        """Check the values, all of them at once.

        Raises:
            ConfigError: a value is out of range, or a path does not exist.
        """
        faults = [f"seeds: no such folder: {path}" for path in self.seeds if not path.is_dir()]
        for name in ("metadata", "judgements"):
            path = getattr(self, name)
            if path is not None and not path.is_file():
                faults.append(f"{name}: no such file: {path}")
        faults += [
            f"include: unknown kind {kind!r} (known: {', '.join(LEFT_OUT)})"
            for kind in self.include
            if kind not in LEFT_OUT
        ]
        if not 1 <= self.workers <= MAX_WORKERS:
            faults.append(f"workers: {self.workers}, expected 1 to {MAX_WORKERS}")
        if not self.timeout_s > 0:
            faults.append(f"timeout_s: {self.timeout_s}, expected more than 0")
        if self.longest_document < 1:
            faults.append(f"longest_document: {self.longest_document}, expected 1 or more")
        _refuse(faults)


def read_config(path: Path | None = None, **overrides: Any) -> Config:
    """Read `path`, or `kg.toml` of the working directory where there is one, and put `overrides` over it.

    Args:
        path: A configuration file that must exist.
        overrides: Fields of `Config`; `None` means "not given".

    Raises:
        ConfigError: the file cannot be read, or holds unknown keys or ill-typed values; the
            message lists all of them.
    """
    file = path or Path(CONFIG_FILE)
    values = _read_toml(file) if path or file.is_file() else {}
    return Config(**{**values, **{key: value for key, value in overrides.items() if value is not None}})


def parse_columns(text: str) -> tuple[tuple[str, str], ...]:
    """Read a column mapping as the command line writes it.

    >>> parse_columns("text=正文, title=标题")
    (('text', '正文'), ('title', '标题'))

    Raises:
        ConfigError: a part is not `field=column`.
    """
    pairs = []
    for part in text.split(","):
        field, mark, column = (piece.strip() for piece in part.partition("="))
        if not (field and mark and column):
            raise ConfigError(f"columns: {part.strip()!r} is not field=column", hint="for example --columns text=正文")
        pairs.append((field, column))
    return tuple(pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Neo4jSettings:
    """Where a Neo4j server is and who asks; the password is never shown."""

    uri: str
    user: str
    password: str | None
    database: str

    def __repr__(self) -> str:
        """Leave the password out."""
        return f"Neo4jSettings(uri={self.uri!r}, user={self.user!r}, database={self.database!r})"


def neo4j_settings(uri: str | None, user: str | None, password: str | None, database: str | None) -> Neo4jSettings:
    """Fill in what is not given from NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE."""
    return Neo4jSettings(
        uri=uri or os.environ.get("NEO4J_URI") or "bolt://localhost:7687",
        user=user or os.environ.get("NEO4J_USERNAME") or "neo4j",
        password=password if password is not None else os.environ.get("NEO4J_PASSWORD"),
        database=database or os.environ.get("NEO4J_DATABASE") or DEFAULT_DATABASE,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: cannot read the configuration: {error}") from error
    known = tuple(field.name for field in fields(Config))
    values: dict[str, Any] = {}
    faults = []
    for key, value in content.items():
        if key not in known:
            faults.append(f"{path}: unknown key {key!r} (known: {', '.join(known)})")
            continue
        try:
            values[key] = _typed(key, value, path.parent)
        except TypeError as error:
            faults.append(f"{path}: {key}: expected {error}, got {value!r}")
    _refuse(faults)
    return values


def _typed(key: str, value: object, folder: Path) -> object:
    """Turn a TOML value into the field's type; the TypeError names what was expected."""
    match key, value:
        case (("metadata" | "judgements"), str()):
            return folder / value
        case (("metadata" | "judgements"), _):
            raise TypeError("a path")
        case (("seeds" | "include"), list()) if all(isinstance(item, str) for item in value):
            return tuple(folder / item for item in value) if key == "seeds" else tuple(value)
        case (("seeds" | "include"), _):
            raise TypeError("a list of strings")
        case "columns", Mapping() if all(isinstance(item, str) for item in value.values()):
            return tuple(value.items())
        case "columns", _:
            raise TypeError('a table of field = "column"')
        case "timeout_s", int() | float() if not isinstance(value, bool):
            return float(value)
        case "timeout_s", _:
            raise TypeError("a number of seconds")
        case _, int() if not isinstance(value, bool):
            return value
        case _:
            raise TypeError("a whole number")


def _refuse(faults: list[str]) -> None:
    if faults:
        raise ConfigError("\n".join(faults))
