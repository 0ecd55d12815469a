"""Seed tables: word lists, gazetteers and verb classes, as data with a source.

A table is a UTF-8 file `seeds/NAME.tsv`. Comment lines at its top say
`# source:`, `# date:` and `# licence:`; then a header row, then one row a line,
tab-separated. A user's own folder (`--seeds DIR`, or `seeds` in `kg.toml`) adds
rows to the tables of the same name; a name that the package does not know is
refused, because it would silently do nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.records.errors import SeedError
from kg.tables.resources import data_dir

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its provenance (`source`, `date`, `licence` …), its columns and its rows in file order."""

    provenance: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path) -> Table:
    """Read one table.

    Raises:
        SeedError: the file is not UTF-8, lacks its provenance or its header, or a row has
            another number of columns than the header.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SeedError(f"cannot read the table: {error}", path=path, hint="save it as UTF-8 text") from error
    provenance: dict[str, str] = {}
    columns: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        if not columns and line.startswith("#"):
            key, _, value = line[1:].partition(":")
            provenance[key.strip()] = value.strip()
        elif not line.strip():
            continue
        elif not columns:
            columns = tuple(line.split("\t"))
        else:
            cells = line.split("\t")
            if len(cells) != len(columns):
                raise SeedError(
                    f"{len(cells)} columns, expected {len(columns)}: {', '.join(columns)}", path=path, line=number
                )
            rows.append(dict(zip(columns, cells, strict=True)))
    missing = [key for key in ("source", "date", "licence") if not provenance.get(key)]
    if missing or not columns:
        raise SeedError(
            f"the table lacks {', '.join(missing) or 'its header row'}",
            path=path,
            hint="start the file with '# source:', '# date:' and '# licence:' lines, then a header",
        )
    return Table(provenance, columns, tuple(rows))


class Seeds:
    """The package's tables with the user's rows after them.

    Args:
        overlays: Folders of the user's own tables.

    Raises:
        SeedError: an overlay is no folder, holds a table that the package does not know,
            or a table with other columns.
    """

    def __init__(self, overlays: Sequence[Path] = ()) -> None:
        """Check the overlays; tables are read when they are asked for."""
        self.folders = (data_dir("seeds"), *map(Path, overlays))
        known = self.names()
        for folder in self.folders[1:]:
            if not folder.is_dir():
                raise SeedError("no such folder of seed tables", path=folder)
            for path in sorted(folder.glob("*.tsv")):
                if path.stem not in known:
                    raise SeedError(f"unknown table {path.stem!r} (known: {', '.join(known)})", path=path)
        self._tables: dict[str, tuple[Row, ...]] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names of the package's tables, sorted."""
        return tuple(sorted(path.stem for path in self.folders[0].glob("*.tsv")))

    def table(self, name: str) -> tuple[Row, ...]:
        """Return the rows of a table, the package's first, then each overlay's.

        An overlay may leave out columns; they are empty then.

        Raises:
            SeedError: there is no such table, or an overlay has a column that the table lacks.
        """
        if name not in self._tables:
            base = self.folders[0] / f"{name}.tsv"
            if not base.exists():
                raise SeedError(f"no table {name!r} (known: {', '.join(self.names())})", path=self.folders[0])
            table = read_table(base)
            rows = list(table.rows)
            for folder in self.folders[1:]:
                path = folder / f"{name}.tsv"
                if path.exists():
                    extra = read_table(path)
                    unknown = sorted(set(extra.columns) - set(table.columns))
                    if unknown:
                        raise SeedError(
                            f"unknown column {', '.join(unknown)} (known: {', '.join(table.columns)})", path=path
                        )
                    rows += [{column: row.get(column, "") for column in table.columns} for row in extra.rows]
            self._tables[name] = tuple(rows)
        return self._tables[name]

    def words(self, name: str, column: str = "word", **where: str) -> tuple[str, ...]:
        """Return one column of a table in file order, of the rows whose cells equal `where`."""
        return tuple(row[column] for row in self.table(name) if all(row[k] == v for k, v in where.items()))

    def fingerprint(self) -> str:
        """Return a digest of all tables: extractions made with other tables are read anew."""
        total = hashlib.sha256()
        for folder in self.folders:
            for path in sorted(folder.glob("*.tsv")):
                total.update(f"{path.stem}\n".encode())
                total.update(path.read_bytes())
        return total.hexdigest()[:16]


@cache
def default_seeds() -> Seeds:
    """Return the package's own tables."""
    return Seeds()
