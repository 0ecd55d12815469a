"""The saved queries of `schema/neo4j/`: Cypher by theme, for Neo4j Browser, notebooks and tests alike.

A file is one reading statement under a heading of comments: its name in Chinese, in English,
then a line for each parameter as Neo4j Browser reads it, with the value that fits the sample:

    // 履历
    // A person's career
    // :param name => '沈砚秋'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.records.errors import ConfigError, SchemaError
from kg.tables.resources import data_dir

FOLDER: Final = "neo4j"
_HEADING: Final = re.compile(
    r"// (?P<zh>[^\n]+)\n// (?P<en>[^\n]+)\n(?P<rest>(?://[^\n]*\n)*)(?P<cypher>.+)", re.DOTALL
)
_PARAMETER: Final = re.compile(r"^// :param (\w+) => (?:'([^'\n]*)'|(\d+))$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One saved query: what it shows, its statement, and its parameters with their defaults."""

    name: str
    heading_zh: str
    heading: str
    parameters: dict[str, str | int]
    cypher: str


def saved_queries() -> tuple[SavedQuery, ...]:
    """Return the saved queries by name. Those that end in `_graph` are drawn by Neo4j Browser, the others are tables.

    >>> [(query.heading_zh, query.parameters) for query in saved_queries() if query.name == "career"]
    [('履历', {'name': '沈砚秋'})]
    """
    return tuple(parse_query(path) for path in sorted((data_dir("schema") / FOLDER).glob("*.cypher")))


def saved_query(name: str) -> SavedQuery:
    """Return one saved query.

    Raises:
        ConfigError: there is none of this name.
    """
    known = {query.name: query for query in saved_queries()}
    if name not in known:
        raise ConfigError(f"no saved query {name!r} (known: {', '.join(known)})")
    return known[name]


def parse_query(path: Path) -> SavedQuery:
    """Read one file.

    Raises:
        SchemaError: its heading is not as described above.
    """
    found = _HEADING.fullmatch(path.read_text("utf-8"))
    if not found:
        raise SchemaError("expected '// Chinese heading', '// English heading', then the statement", path=path)
    parameters = {name: int(number) if number else text for name, text, number in _PARAMETER.findall(found["rest"])}
    return SavedQuery(path.stem, found["zh"], found["en"], parameters, found["cypher"].strip())
