"""Cypher as text: names, strings and statements. Knows no driver.

All statements are legal, and mean the same, in Cypher 5 and Cypher 25, on Neo4j Community,
without APOC. Values travel as parameters; only names from the schema stand in the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.tables.schema import DOCUMENT, Schema

NODE_MARK: Final = "KgNode"
"""The second label of every node that kg put into a Neo4j database."""
BUILD: Final = "kg_build"
"""The property of every node and relationship that kg put there: the digest of the graph it came with."""


def quote(name: str) -> str:
    """Quote a label, type or property name.

    >>> quote("HOLDS"), quote("a`b")
    ('`HOLDS`', '`a``b`')
    """
    return "`" + name.replace("`", "``") + "`"


def constraint_statements(schema: Schema) -> list[str]:
    """Return the statements for uniqueness of `id`: over all nodes of kg, and for each label.

    The first makes MERGE safe and finds the ends of relationships; those of the labels give
    `MATCH (p:Person {id: $id})` an index. Uniqueness is all that Neo4j Community has.
    """
    return [
        f"CREATE CONSTRAINT {quote(f'kg_{label}_id')} IF NOT EXISTS FOR (n:{quote(label)}) REQUIRE n.`id` IS UNIQUE"
        for label in (NODE_MARK, *schema.nodes)
    ]


def index_statements(schema: Schema) -> list[str]:
    """Return the statements for look-up: names, captions, codes and days of each label that has them."""
    statements = []
    for label, node in schema.nodes.items():
        days = [name for name, kind in node.properties.items() if kind.type == "date"]
        codes = [name for name in ("name", "label", "code", "place_code") if name in node.properties]
        for name in (*codes, *days):
            index = quote(f"kg_{label}_{name}")
            statements.append(f"CREATE INDEX {index} IF NOT EXISTS FOR (n:{quote(label)}) ON (n.{quote(name)})")
    return statements


def fulltext_statements(schema: Schema) -> list[str]:
    """Return the statements for search by words: `kg_names` over all that a node is called, `kg_titles` over documents.

    The analyzer `cjk` cuts Chinese into pairs of characters, so that a part of a name finds it.
    """
    forms = [
        name
        for name in ("name", "label", "aliases", "name_hant", "short_name")
        if any(name in node.properties for node in schema.nodes.values())
    ]
    named = "|".join(quote(label) for label in schema.nodes if label != DOCUMENT)
    options = "OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}}"
    return [
        f"CREATE FULLTEXT INDEX {quote(index)} IF NOT EXISTS FOR (n:{labels}) ON EACH [{_of_n(names)}] {options}"
        for index, labels, names in (("kg_names", named, forms), ("kg_titles", quote(DOCUMENT), ["name"]))
    ]


def _of_n(names: Iterable[str]) -> str:
    return ", ".join(f"n.{quote(name)}" for name in names)


def merge_nodes(label: str, lost: Iterable[str] = ()) -> str:
    """Return the statement that writes `$rows` of `{id, properties}` as nodes of a label.

    All properties are replaced. It returns a list of `[id, element id]`, one a row.

    Args:
        label: Their label.
        lost: Labels that a node may have from an earlier graph and loses now, if they are not `label`; all others
            stay, they are somebody else's.
    """
    others = "".join(f":{quote(other)}" for other in lost if other != label)
    remove = f" REMOVE n{others}" if others else ""
    # += where nothing can be there before: the server need not look for what to take away.
    return (
        f"UNWIND $rows AS row MERGE (n:{NODE_MARK} {{`id`: row.id}}) "
        f"ON CREATE SET n += row.properties, n:{quote(label)} ON MATCH SET n = row.properties, n:{quote(label)}"
        f"{remove} RETURN collect([row.id, elementId(n)]) AS written"
    )


def merge_edges(kind: str) -> str:
    """Return the statement that writes `$rows` of `{id, head, tail, properties}` as relationships of a type.

    `head` and `tail` are element ids, which a server finds a quarter quicker than ids by index, and whatever its
    statistics say. A row whose end is missing writes nothing: compare `written` with the number of rows.
    """
    return (
        "UNWIND $rows AS row "
        f"MATCH (a:{NODE_MARK}) WHERE elementId(a) = row.head MATCH (b:{NODE_MARK}) WHERE elementId(b) = row.tail "
        f"MERGE (a)-[r:{quote(kind)} {{`id`: row.id}}]->(b) "
        "ON CREATE SET r += row.properties ON MATCH SET r = row.properties RETURN count(*) AS written"
    )


COUNT_NODES: Final = f"MATCH (n:{NODE_MARK}) RETURN count(n)"
"""Counts the nodes of kg; the server knows the number without looking at them."""

DELETE_STALE_EDGES: Final = (
    f"MATCH (:{NODE_MARK})-[r]->(:{NODE_MARK}) WHERE r.{BUILD} IS NOT NULL AND r.{BUILD} <> $build "
    "WITH r LIMIT $limit DELETE r RETURN count(*) AS removed"
)
"""Deletes up to `$limit` relationships that another graph of kg left; those without the mark are somebody else's."""

DELETE_STALE_NODES: Final = (
    f"MATCH (n:{NODE_MARK}) WHERE n.{BUILD} <> $build AND NOT EXISTS {{ (n)--() }} "
    "WITH n LIMIT $limit DELETE n RETURN count(*) AS removed"
)
"""Deletes up to `$limit` nodes of another graph of kg. One that still has relationships (not ours) stays."""

COUNT_STALE_NODES: Final = f"MATCH (n:{NODE_MARK}) WHERE n.{BUILD} <> $build RETURN count(*) AS kept"
"""Counts the nodes of other graphs of kg that are still there."""
