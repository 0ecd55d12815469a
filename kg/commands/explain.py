"""`kg explain`: every passage behind a node or an edge."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kg.commands.options import out_argument
from kg.records.errors import InputFileError

if TYPE_CHECKING:
    from kg.records import CorpusEvidence, Edge, EdgeId, Entity, EntityId

    Passages = dict[EdgeId, list[CorpusEvidence]]

MENTIONS: Final = "MENTIONS"


@click.command()
@out_argument
@click.argument("name", metavar="NAME")
def explain(out: Path, name: str) -> None:
    """Show every passage behind NAME: a node by name, alias or id, or an edge by id."""
    from kg.sinks.jsonl import iter_edges, iter_evidence, iter_nodes

    nodes = {node.id: node for node in iter_nodes(out)}
    wanted = {node.id for node in nodes.values() if _is_called(node, name)}
    edges = [edge for edge in iter_edges(out) if name == edge.id or edge.head_id in wanted or edge.tail_id in wanted]
    if not wanted and not edges:
        raise _unknown(name, nodes.values(), out)
    ids = {edge.id for edge in edges}
    passages: Passages = defaultdict(list)
    for evidence in iter_evidence(out):
        if evidence.edge_id in ids:
            passages[evidence.edge_id].append(evidence)
    blocks = (
        [_node_lines(nodes[node_id], edges, nodes, passages) for node_id in sorted(wanted)]
        if wanted
        else [_edge_lines(edge, nodes, passages) for edge in edges]
    )
    click.echo("\n\n".join("\n".join(block) for block in blocks))


def _is_called(node: Entity, name: str) -> bool:
    return name in (node.id, node.name, node.caption, node.properties.get("name_hant")) or name in node.aliases


def _node_lines(
    node: Entity, edges: Iterable[Edge], nodes: dict[EntityId, Entity], passages: Passages
) -> Iterator[str]:
    yield f"{node.caption}  [{node.label} {node.id}]"
    others = [alias for alias in node.aliases if alias != node.name]
    if others:
        yield f"  also: {'、'.join(others)}"
    for key, value in node.properties.items():
        yield f"  {key}: {'、'.join(value) if isinstance(value, tuple) else value}"
    span = "" if node.first_seen is None else f", {node.first_seen} to {node.last_seen}"
    yield f"  named in {node.doc_count} document{'s' * (node.doc_count != 1)}{span}"
    for edge in edges:
        if node.id in (edge.head_id, edge.tail_id) and edge.type != MENTIONS:
            yield ""
            yield from ("  " + line for line in _edge_lines(edge, nodes, passages))


def _edge_lines(edge: Edge, nodes: dict[EntityId, Entity], passages: Passages) -> Iterator[str]:
    head, tail = nodes[edge.head_id], nodes[edge.tail_id]
    yield f"{head.caption} ─{edge.type}→ {tail.caption}  [{edge.id}]"
    properties = ", ".join(f"{key} {value}" for key, value in edge.properties.items())
    yield f"  confidence {edge.confidence:.2f}, stories {edge.weight}{', ' + properties if properties else ''}"
    for evidence in passages[edge.id]:
        yield f"  “{' '.join(evidence.quote.split())}”"
        yield f"    {_place(evidence, nodes)}"


def _place(evidence: CorpusEvidence, nodes: dict[EntityId, Entity]) -> str:
    """Say where a passage stands: title, date, address or path, offsets, and what read it."""
    document = nodes.get(_document_id(evidence))
    parts = [f"{evidence.start}–{evidence.end}", f"{evidence.method} {evidence.score:.2f}", evidence.doc_id]
    if document is None:
        return " · ".join(parts)
    about = document.properties
    known = [document.name, about.text("published"), about.text("url") or about.text("source")]
    return " · ".join([*(part for part in known if part), *parts])


def _document_id(evidence: CorpusEvidence) -> EntityId:
    from kg.records import EntityId

    return EntityId(evidence.doc_id)


def _unknown(name: str, nodes: Iterable[Entity], out: Path) -> InputFileError:
    names = sorted({form for node in nodes for form in (node.name, *node.aliases)})
    close = difflib.get_close_matches(name, names, n=5, cutoff=0.5) or [form for form in names if name in form][:5]
    hint = f"close to it: {'、'.join(close)}" if close else "'kg query OUT \"MATCH (n) RETURN n.name\"' lists all names"
    return InputFileError(f"no node or edge is called {name!r}", path=out, hint=hint)
