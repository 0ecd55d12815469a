"""What the engines return, in one form: plain Python values, and rows as a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kg.records.errors import ConfigError
from kg.sinks.cypher import BUILD, NODE_MARK

if TYPE_CHECKING:
    import pandas

Rows = Sequence[tuple[Any, ...]]


def from_ladybug(value: Any) -> Any:
    """Return a value of the embedded engine as plain Python."""
    match value:
        case {"_NODES": nodes, "_RELS": edges}:
            return {"nodes": from_ladybug(nodes), "edges": from_ladybug(edges)}
        case {"_LABEL": kind}:
            return _thing(kind, {name: each for name, each in value.items() if not name.startswith("_")})
        case list():
            return [from_ladybug(each) for each in value]
        case dict():
            return {name: from_ladybug(each) for name, each in value.items()}
    return value


def from_neo4j(value: Any) -> Any:
    """Return a value of the Neo4j driver as plain Python."""
    from neo4j.graph import Node, Path, Relationship
    from neo4j.time import Date

    match value:
        case Path():
            return {"nodes": from_neo4j(list(value.nodes)), "edges": from_neo4j(list(value.relationships))}
        case Node():
            return _thing(" ".join(sorted(value.labels - {NODE_MARK})), from_neo4j(dict(value)))
        case Relationship():
            return _thing(value.type, from_neo4j(dict(value)))
        case Date():
            return value.to_native()
        case list():
            return [from_neo4j(each) for each in value]
        case dict():
            return {name: from_neo4j(each) for name, each in value.items()}
    return value


def _thing(kind: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return one form for both engines: in one file all labels have the same columns, on a server none is null."""
    known = {name: value for name, value in sorted(properties.items()) if value is not None and name != BUILD}
    return {"type": kind, **known}


def data_frame(columns: Sequence[str], rows: Rows) -> pandas.DataFrame:
    """Return rows as a frame; whole numbers stay whole where some are missing."""
    cells = zip(*rows, strict=True) if rows else ((),) * len(columns)
    frame: pandas.DataFrame = load_pandas().DataFrame({place: _column(values) for place, values in enumerate(cells)})
    frame.columns = list(columns)
    return frame


def _column(values: Iterable[Any]) -> Any:
    pandas, values = load_pandas(), list(values)
    known = {type(value) for value in values if value is not None}
    if known == {int}:
        return pandas.array(values, dtype="Int64") if None in values else values
    return values if known <= {str, float, bool} and known else pandas.Series(values, dtype=object)


def load_pandas() -> Any:
    """Import pandas, which only notebooks need.

    Raises:
        ConfigError: it is not installed.
    """
    try:
        import pandas
    except ModuleNotFoundError as error:
        raise ConfigError("kg.connect needs pandas", hint="pip install 'kg[notebooks]'") from error
    return pandas
