"""Property maps of entities, relations, nodes and edges."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from typing import Final

Scalar = str | int | float | bool
Value = Scalar | tuple[str, ...]


class Properties(Mapping[str, Value]):
    """A read-only, hashable, picklable property map, keys in sorted order.

    `None`, empty strings and empty tuples mean "not known" and are left out, so
    that a property is either present and meaningful or absent.

    >>> dict(Properties({"title": "市长", "acting": None}, rank=""))
    {'title': '市长'}
    """

    __slots__ = ("_pairs",)

    def __init__(self, values: Mapping[str, Value | None] | None = None, /, **more: Value | None) -> None:
        """Take a mapping, keywords, or both; keywords win."""
        merged = {**(values or {}), **more}
        self._pairs = tuple((k, v) for k, v in sorted(merged.items()) if v is not None and v != "" and v != ())

    def __getitem__(self, key: str) -> Value:
        """Return the value of `key`; a handful of pairs, so a scan is quicker than a table."""
        for name, value in self._pairs:
            if name == key:
                return value
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        """Yield the keys in sorted order."""
        return (name for name, _ in self._pairs)

    def __len__(self) -> int:
        """Count the properties."""
        return len(self._pairs)

    def items(self) -> ItemsView[str, Value]:
        """Return the pairs at once, not one scan a key: sinks ask every element."""
        return dict(self._pairs).items()

    def __hash__(self) -> int:
        """Hash the pairs: equal maps are equal whatever order they were given in."""
        return hash(self._pairs)

    def __repr__(self) -> str:
        """Show the map as a dict."""
        return f"Properties({dict(self._pairs)!r})"

    def text(self, key: str) -> str:
        """Return a property that is text, or an empty string when it is absent."""
        value = self.get(key, "")
        return value if isinstance(value, str) else str(value)

    def updated(self, **more: Value | None) -> Properties:
        """Return a copy with `more` over it; `None` removes a property."""
        return Properties(self, **more)


EMPTY: Final = Properties()
