"""XML written as text, a template for each shape of element: several times the speed of building elements.

`xml.sax.saxutils` escapes but lets characters through that no XML document may hold; here those are left out
and counted, in the same pass.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from kg.schema import Schema, load_schema
from kg.sinks.base import SinkReport
from kg.sinks.files import replacing
from kg.sinks.rows import Cell, labels_by_id
from kg.sinks.style import Positions
from kg.types import Graph

LIST_SEPARATOR: Final = " | "
"""Joins the parts of a list; neither GraphML nor GEXF has lists that both Gephi and networkx read."""

# Tabs and line ends would be folded in attributes, a carriage return everywhere (XML 1.0, 2.11 and 3.3.3).
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
# What is escaped, and what XML 1.0 section 2.2 lets no document hold, not even escaped.
_SPECIAL: Final = re.compile('[&<>"\x00-\x1f\ud800-\udfff\ufffe\uffff]')

_PLAIN: Final = frozenset((str, int, float))


class XmlText:
    """Turns cells into text for elements and attributes alike; `removed` counts characters left out."""

    def __init__(self) -> None:
        """Start counting."""
        self.removed = 0

    def escape(self, text: str) -> str:
        r"""Return text that stands for itself anywhere in a document.

        >>> XmlText().escape('甲<乙>\x0b & "丙"\n')
        '甲&lt;乙&gt; &amp; &quot;丙&quot;&#10;'
        """
        return text if _is_plain(text) else _SPECIAL.sub(self._replacement, text)

    def cells(self, cells: Iterable[Cell]) -> list[Any]:
        """Return what `%s` writes as these cells: lists are joined, days and booleans are words.

        The cells of a row are looked through together, because hardly any holds a special character.
        """
        flat: list[Any] = [cell if type(cell) in _PLAIN else _flat(cell) for cell in cells]
        if _is_plain("".join(map(str, flat))):
            return flat
        return [self.escape(cell) if isinstance(cell, str) else cell for cell in flat]

    def report(self, graph: Graph) -> SinkReport:
        """Report the graph as written, and how many characters are missing from it."""
        notes = (f"{self.removed} control characters left out, which XML cannot hold",) if self.removed else ()
        return SinkReport.of(graph, notes=notes)

    def _replacement(self, match: re.Match[str]) -> str:
        found = _ESCAPES.get(match[0])
        if found is None:
            self.removed += 1
            return ""
        return found


def _is_plain(text: str) -> bool:
    """Say whether nothing needs escaping: in C all the way, because every character of a graph comes by."""
    return text.isprintable() and "&" not in text and "<" not in text and ">" not in text and '"' not in text


def _flat(cell: Cell) -> str | int | float:
    if isinstance(cell, list):
        return LIST_SEPARATOR.join(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell.isoformat() if isinstance(cell, date) else cell


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines as they come, in UTF-8; memory holds one buffer of them."""
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
        file.writelines(lines)


class XmlSink(ABC):
    """Writes one XML file from the lines that a format makes of a graph."""

    def __init__(self, path: str | Path, *, schema: Schema | None = None, positions: Positions | None = None) -> None:
        """Take the file, the schema unless it is the package's own, and places of nodes where they are known."""
        self.path = Path(path)
        self.schema = schema or load_schema()
        self.positions = positions or {}

    def write(self, graph: Graph) -> SinkReport:
        """Write the file anew; characters that XML cannot hold are left out and counted in the notes.

        Raises:
            SinkError: the file cannot be written, an edge hangs loose, or a property is not in the schema.
        """
        labels_by_id(graph)
        text = XmlText()
        with replacing(self.path) as path:
            write_lines(path, self._lines(graph, text))
        return text.report(graph)

    @abstractmethod
    def _lines(self, graph: Graph, text: XmlText) -> Iterator[str]:
        """Yield the file line by line; `text` escapes values and counts what XML cannot hold."""
