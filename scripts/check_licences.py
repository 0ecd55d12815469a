"""Say for every shipped data file where it comes from, since when and under which licence; fail where that is unstated.

`make licences` runs it. Tables (`*.tsv`) say it in their first lines, all other files in a row of
`seeds/licences.tsv`. The licences of the installed run-time dependencies are checked too: none may be GPL only.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatch
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from kg.records.errors import SeedError
from kg.tables.seeds import read_table

ROOT = Path(__file__).parent.parent
SHIPPED = ("seeds", "schema", "kg/models")
LISTING = "seeds/licences.tsv"
LICENCES = frozenset({"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC-BY-SA-4.0", "CC0-1.0", "MIT"})
"""What a shipped file may carry; a combination is written `MIT AND Apache-2.0`."""

COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
# OpenCC's tables and the packages behind the tables: each must be named where its licence asks for it.
NAMED_IN_NOTICE = re.compile(r"\b(?:PyPI|npm|github) ([\w@./-]+)|\b(opencc-python-reimplemented|jieba)\b")


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of one file."""

    path: str
    source: str
    date: str
    licence: str

    def faults(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        if not self.source:
            yield f"{self.path}: no source"
        try:
            date.fromisoformat(self.date)
        except ValueError:
            yield f"{self.path}: date {self.date!r}, expected YYYY-MM-DD"
        unknown = [part for part in self.licence.split(" AND ") if part not in LICENCES]
        if unknown:
            yield f"{self.path}: unknown licence {', '.join(unknown)!r} (known: {', '.join(sorted(LICENCES))})"


def shipped_files(root: Path) -> list[str]:
    """Return the paths, relative to `root`, of everything in the shipped folders."""
    paths = (path for folder in SHIPPED for path in (root / folder).rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in paths)
    return sorted(name for name in names if "__pycache__" not in name and not name.endswith(".py"))


def check_files(root: Path) -> tuple[list[Statement], list[str]]:
    """Return what is said of each shipped file, and the faults found."""
    statements, faults = [], []
    try:
        listed = {row["path"]: row for row in read_table(root / LISTING).rows}
    except SeedError as error:
        return [], [str(error)]
    used = set()
    for name in shipped_files(root):
        rows: list[Mapping[str, str]] = []
        if name.endswith(".tsv"):
            try:
                rows = [read_table(root / name).provenance]
            except SeedError as error:
                faults.append(str(error))
                continue
        else:
            patterns = [pattern for pattern in listed if fnmatch(name, pattern)]
            used.update(patterns)
            rows = [listed[pattern] for pattern in patterns]
        if len(rows) == 1:
            statement = Statement(name, rows[0]["source"], rows[0]["date"], rows[0]["licence"])
            statements.append(statement)
            faults += statement.faults()
        else:
            faults.append(f"{name}: {len(rows)} rows of {LISTING} fit, expected one")
    faults += [f"{LISTING}: no file fits {pattern!r}" for pattern in listed if pattern not in used]
    return statements, faults


def check_notice(root: Path, statements: list[Statement]) -> list[str]:
    """Return the sources that the statements name and NOTICE does not."""
    notice = (root / "NOTICE").read_text("utf-8")
    found = {name for s in statements for match in NAMED_IN_NOTICE.findall(s.source) for name in match if name}
    return [f"NOTICE does not name {name}" for name in sorted(found) if name.rstrip(",.;") not in notice]


def licence_of(package: Distribution) -> str:
    """Return what a package's metadata says of its licence: the SPDX expression where there is one."""
    fields = package.metadata
    classifiers = [c.rsplit(" :: ", 1)[-1] for c in fields.get_all("Classifier") or [] if c.startswith("License ::")]
    free_text = (fields.get_all("License") or [""])[0].strip().splitlines()
    expression = (fields.get_all("License-Expression") or [""])[0]
    return expression or " OR ".join(classifiers) or (free_text or [""])[0]


def is_copyleft(licence: str) -> bool:
    """Say whether every choice that the licence leaves is GPL or AGPL (LGPL and MPL are neither).

    >>> is_copyleft("GPL-2.0-only"), is_copyleft("MPL-1.1 OR GPL-2.0-only"), is_copyleft("LGPL-3.0")
    (True, False, False)
    """
    return all(COPYLEFT.search(choice) for choice in licence.split(" OR "))


def check_dependencies(root: Path) -> tuple[dict[str, str], list[str]]:
    """Return package → licence over all run-time dependencies, and the faults found."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(text) for text in project["dependencies"]]
    licences: dict[str, str] = {}
    faults = []
    while waiting:
        needed = waiting.pop()
        name = needed.name.lower().replace("_", "-")
        if name in licences or (needed.marker and not needed.marker.evaluate({"extra": ""})):
            continue
        try:
            package = distribution(needed.name)
        except PackageNotFoundError:
            faults.append(f"{name}: not installed, run `make setup`")
            continue
        licences[name] = licence_of(package)
        if not licences[name]:
            faults.append(f"{name}: its metadata states no licence")
        elif is_copyleft(licences[name]):
            faults.append(f"{name}: {licences[name]}, which kg must not need at run time")
        waiting += [Requirement(text) for text in package.requires or []]
    return dict(sorted(licences.items())), faults


def main(root: Path = ROOT) -> int:
    """Print both tables and the faults; return 1 if there are any."""
    statements, faults = check_files(root)
    faults += check_notice(root, statements)
    dependencies, more = check_dependencies(root)
    faults += more
    width = max((len(s.path) for s in statements), default=0)
    for s in statements:
        print(f"{s.path:{width}}  {s.date}  {s.licence:24}  {s.source[:70]}")
    print(f"\nRun-time dependencies ({len(dependencies)}):")
    print("\n".join(f"{name:30} {licence}" for name, licence in dependencies.items()))
    for fault in faults:
        print(f"error: {fault}", file=sys.stderr)
    print(
        f"\n{len(statements)} files, {len(dependencies)} packages: {f'{len(faults)} faults' if faults else 'all clear'}"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
