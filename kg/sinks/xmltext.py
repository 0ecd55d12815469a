"""XML written as text, columns of cells at a time: many times the speed of building elements.

`xml.sax.saxutils` escapes but lets characters through that no XML document may hold; here those are left out
and counted, in the same pass.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Final, TypeVar

from kg.records import Graph
from kg.sinks.base import SinkReport
from kg.sinks.files import replacing
from kg.sinks.rows import checked_degrees, text
from kg.sinks.style import Positions
from kg.tables.schema import Schema, load_schema

Element = TypeVar("Element")
Pieces = Iterator[tuple[bytes, ...]]
"""Elements of XML, each as the pieces that it is made of."""

BATCH: Final = 1000
"""Elements written at a time: enough that calls cost nothing, few enough that memory does not show them."""

# Tabs and line ends would be folded in attributes, a carriage return everywhere (XML 1.0, 2.11 and 3.3.3).
_ESCAPES: Final = (
    (b"&", b"&amp;"),
    (b"<", b"&lt;"),
    (b">", b"&gt;"),
    (b'"', b"&quot;"),
    (b"\t", b"&#9;"),
    (b"\n", b"&#10;"),
    (b"\r", b"&#13;"),
)
# What XML 1.0 section 2.2 lets no document hold, not even escaped, but for `_BETWEEN`.
_CONTROLS: Final = bytes(range(1, 32))
_NONCHARACTERS: Final = "\ufffe\uffff"
_BETWEEN: Final = "\0"
"""Stands between the cells of a column while they are escaped together; no XML document may hold it."""


class XmlText:
    """Turns cells into text for elements and attributes alike; `removed` counts characters left out."""

    def __init__(self) -> None:
        """Start counting."""
        self.removed = 0

    def escape(self, content: str) -> str:
        r"""Return text that stands for itself anywhere in a document; lone surrogates become U+FFFD.

        >>> XmlText().escape('甲<乙>\x0b & "丙"\n')
        '甲&lt;乙&gt; &amp; &quot;丙&quot;&#10;'
        """
        self.removed += content.count(_BETWEEN)
        return self._escaped(content.replace(_BETWEEN, "")).decode()

    def column(self, cells: Sequence[str]) -> list[bytes]:
        r"""Escape the cells as `escape` does and encode them, in a few calls for all.

        >>> XmlText().column(["甲<乙", "", "\0丙"])
        [b'\xe7\x94\xb2&lt;\xe4\xb9\x99', b'', b'\xe4\xb8\x99']
        """
        joined = _BETWEEN.join(cells)
        if joined.count(_BETWEEN) >= len(cells):
            return [self.escape(cell).encode() for cell in cells]
        return self._escaped(joined).split(_BETWEEN.encode())

    def report(self, graph: Graph) -> SinkReport:
        """Report the graph as written, and how many characters are missing from it."""
        notes = (f"{self.removed} control characters left out, which XML cannot hold",) if self.removed else ()
        return SinkReport.of(graph, notes=notes)

    def _escaped(self, content: str) -> bytes:
        """Escape everything but `_BETWEEN`, in C all the way, because every character of a graph comes by."""
        for character in _NONCHARACTERS:
            self.removed += content.count(character)
            content = content.replace(character, "")
        try:
            data = content.encode()
        except UnicodeEncodeError:
            data = text(content).encode()
        for found, escape in _ESCAPES:
            data = data.replace(found, escape)
        kept = data.translate(None, _CONTROLS)
        self.removed += len(data) - len(kept)
        return kept


def filled(template: str, columns: Iterable[Sequence[bytes]]) -> Pieces:
    """Put the cells of each row where `%s` stands in the template.

    >>> [b"".join(pieces) for pieces in filled('<a b="%s">%s</a>', [[b"1", b"2"], [b"x", b"y"]])]
    [b'<a b="1">x</a>', b'<a b="2">y</a>']
    """
    first, *others = template.encode().split(b"%s")
    streams: list[Iterable[bytes]] = [repeat(first)]
    for column, constant in zip(columns, others, strict=True):
        streams += [column, repeat(constant)]
    return zip(*streams, strict=False)  # The constants have no end.


def in_batches(
    elements: Iterable[Element],
    shape_of: Callable[[Element], Hashable],
    write: Callable[[Sequence[Element]], Pieces],
) -> Iterator[bytes]:
    """Write elements in their order, though `write` is given those of one shape together, a batch at a time."""
    rest = iter(elements)
    while batch := [*islice(rest, BATCH)]:
        shapes = [*map(shape_of, batch)]
        groups: dict[Hashable, list[Element]] = {}
        for shape, element in zip(shapes, batch, strict=True):
            groups.setdefault(shape, []).append(element)
        written = {shape: write(group) for shape, group in groups.items()}
        yield b"".join(chain.from_iterable(map(next, map(written.__getitem__, shapes))))


class XmlSink(ABC):
    """Writes one XML file from the parts that a format makes of a graph."""

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
        degree = checked_degrees(graph)
        content = XmlText()
        with replacing(self.path) as path, path.open("wb") as file:
            file.writelines(self._parts(graph, degree, content))
        return content.report(graph)

    @abstractmethod
    def _parts(self, graph: Graph, degree: Counter[str], text: XmlText) -> Iterator[bytes]:
        """Yield the file part by part; `text` escapes values and counts what XML cannot hold."""
