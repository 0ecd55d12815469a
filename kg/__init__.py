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
    from kg.config import Config as Config
    from kg.config import read_config as read_config
    from kg.connection import connect as connect
    from kg.ner.pipeline import load as load
    from kg.pipeline import BuildResult as BuildResult
    from kg.pipeline import build as build
    from kg.pipeline import extract as extract
    from kg.pipeline import query as query
    from kg.saved import saved_queries as saved_queries
    from kg.sinks.jsonl import read_graph as read_graph
    from kg.sinks.nx import to_networkx as to_networkx

__version__ = "0.1.0"

_HOMES = {
    "BuildResult": "kg.pipeline",
    "Config": "kg.config",
    "build": "kg.pipeline",
    "connect": "kg.connection",
    "extract": "kg.pipeline",
    "load": "kg.ner.pipeline",
    "query": "kg.pipeline",
    "read_config": "kg.config",
    "read_graph": "kg.sinks.jsonl",
    "saved_queries": "kg.saved",
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
