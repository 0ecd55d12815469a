"""Knowledge graphs from Chinese governance news.

The functions of the command line, as a library; `import kg` alone loads nothing heavy:

    for extraction in kg.extract(["news/"]):
        for relation in extraction.relations:
            print(relation.type, relation.evidence.quote)

    kg.build(["news/"], "out")
    kg.query("out", "MATCH (p:Person)-[:PRESIDED]->(m:Meeting) RETURN p.name, m.name")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.engine.config import Config as Config
    from kg.engine.config import read_config as read_config
    from kg.engine.pipeline import BuildResult as BuildResult
    from kg.engine.pipeline import build as build
    from kg.engine.pipeline import extract as extract
    from kg.ner.pipeline import load as load
    from kg.queries.connection import connect as connect
    from kg.queries.connection import query as query
    from kg.queries.saved import saved_queries as saved_queries
    from kg.sinks.jsonl import read_graph as read_graph
    from kg.sinks.nx import to_networkx as to_networkx

__version__ = "0.1.0"

_HOMES = {
    "BuildResult": "kg.engine.pipeline",
    "Config": "kg.engine.config",
    "build": "kg.engine.pipeline",
    "connect": "kg.queries.connection",
    "extract": "kg.engine.pipeline",
    "load": "kg.ner.pipeline",
    "query": "kg.queries.connection",
    "read_config": "kg.engine.config",
    "read_graph": "kg.sinks.jsonl",
    "saved_queries": "kg.queries.saved",
    "to_networkx": "kg.sinks.nx",
}
__all__ = ["__version__", *sorted(_HOMES)]


def __getattr__(name: str) -> Any:
    """Import a public name from its module when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'kg' has no attribute {name!r} (public: {', '.join(__all__)})")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names, so that completion finds those not loaded yet."""
    return sorted({*globals(), *_HOMES})
