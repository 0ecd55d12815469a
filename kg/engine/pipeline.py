"""The line from sources to sinks: the one module that joins all stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from kg.engine.config import LEFT_OUT, Config, read_config
from kg.engine.extractor import Load, document_id, extractor_name, load_extractor
from kg.engine.output import STORE, check_writable, earlier_nodes, write_build
from kg.engine.reader import Inputs, OnDrop, OnProgress, open_inputs, read_all
from kg.graph.build import build_graph
from kg.records import DocId, Entity, Extraction, Graph, RawDocument
from kg.records.errors import KgError, SourceError
from kg.records.report import Drop, RunReport
from kg.resolve.block import Candidate
from kg.resolve.corpus import resolve
from kg.resolve.judgements import Judgement, read_judgements
from kg.store.extractions import ExtractionStore
from kg.tables.divisions import Divisions, default_divisions
from kg.tables.schema import load_schema
from kg.tables.seeds import Seeds

BATCH: Final = 32
"""Extractions stored in one transaction: what a crash may cost."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What a build did.

    `read` documents were new, `kept` ones came from the store of an earlier build; `best_known` is the
    person whom most documents name, an example to ask for.
    """

    out: Path
    extractor: str
    report: RunReport
    read: int
    kept: int
    best_known: str


def extract(
    inputs: Inputs,
    config: Config | None = None,
    *,
    on_drop: OnDrop | None = None,
    on_progress: OnProgress | None = None,
    stdin: BinaryIO | None = None,
    load: Load = load_extractor,
) -> Iterator[Extraction]:
    """Yield one extraction a document, in input order, whatever the number of workers.

    Args:
        inputs: Files, folders, globs, or `-` for `stdin`.
        config: Settings; `kg.toml` of the working directory by default.
        on_drop: Called with every document let go. The default ignores them.
        on_progress: Called with "reading" and the characters of each document done.
        stdin: Bytes for `-`, the process's own by default.
        load: Makes the function that reads one document; picklable.

    Raises:
        KgError: a setting, seed table or model does not fit; single documents never raise.
    """
    config = config or read_config()
    on_drop = on_drop or _ignore
    raws = open_inputs(inputs, config, on_drop, stdin)
    yield from read_all(raws, config, load=load, on_drop=on_drop, on_progress=on_progress or _ignore_progress)


def build(
    inputs: Inputs,
    out: str | Path,
    config: Config | None = None,
    *,
    on_drop: OnDrop | None = None,
    on_progress: OnProgress | None = None,
    stdin: BinaryIO | None = None,
    load: Load = load_extractor,
) -> BuildResult:
    """Build the graph of `inputs` in the folder `out`.

    The graph is that of the inputs named, neither more nor less; documents that an earlier
    build into the same folder has read are not read again. All files are replaced at the
    end, each whole: a build that fails or is interrupted leaves the earlier graph, and keeps
    what it has read for the next one.

    Args:
        inputs: As for `extract`.
        out: Made when it does not exist.
        config: Settings; `kg.toml` of the working directory by default.
        on_drop: Called with every document let go; they are counted in the report in any case.
        on_progress: Called with what is being done and the characters just done.
        stdin: Bytes for `-`, the process's own by default.
        load: Makes the function that reads one document; picklable.

    Raises:
        SinkError: `out` cannot be written; nothing was read then.
        SourceError: nothing could be read.
        KgError: a setting, seed table, model or judgement does not fit.
    """
    config = config or read_config()
    out = Path(out)
    check_writable(out)
    judgements = read_judgements(config.judgements) if config.judgements else ()
    on_progress = on_progress or _ignore_progress
    report = RunReport()

    def count_drop(drop: Drop) -> None:
        report.drop(drop)
        if on_drop:
            on_drop(drop)

    name = extractor_name(config)
    with ExtractionStore(out / STORE) as store:
        listed: list[tuple[str, DocId]] = []
        unread = _unread(open_inputs(inputs, config, count_drop, stdin), store, name, listed)
        extractions = read_all(unread, config, load=load, on_drop=count_drop, on_progress=on_progress)
        read = 0
        for batch in _batched(extractions, BATCH):
            store.put_many(batch)
            read += len(batch)
            if any(extraction.extractor != name for extraction in batch):
                raise KgError(
                    "kg's code or tables changed while documents were being read",
                    hint="run the build again; what was read with them as they are now is kept",
                )
        store.set_inputs(listed)
        documents = 0
        for extraction in store.iter_build(name):
            documents += 1
            _count(report, extraction, config, count_drop)
        if not documents:
            raise _nothing_read(report)
        on_progress("joining", 0)
        graph, candidates = _join(store, name, config, judgements, earlier_nodes(out), count_drop)
    for node in graph.nodes:
        report.count("nodes", node.label)
    for edge in graph.edges:
        report.count("edges", edge.type)
    report.count("undecided", "pairs", len(candidates))
    on_progress("writing", 0)
    write_build(graph, candidates, out, report, name)
    return BuildResult(
        out=out, extractor=name, report=report, read=read, kept=documents - read, best_known=_best_known(graph)
    )


def _unread(
    raws: Iterable[RawDocument], store: ExtractionStore, name: str, listed: list[tuple[str, DocId]]
) -> Iterator[RawDocument]:
    """Put every document on the list of inputs, and yield those that nobody has read."""
    seen: set[DocId] = set()
    for raw in raws:
        doc_id = document_id(raw)
        listed.append((raw.source, doc_id))
        if doc_id not in seen and not store.has(doc_id, name):
            yield raw
        seen.add(doc_id)


def _count(report: RunReport, extraction: Extraction, config: Config, on_drop: OnDrop) -> None:
    document = extraction.document
    report.documents_read += 1
    report.characters += len(document.text)
    report.count("kinds", document.kind)
    if not _is_wanted(extraction, config):
        detail = f"stays out of the graph, --include {document.kind} keeps it"
        on_drop(Drop(source=document.sources[0], stage="kind", reason=document.kind, detail=detail))
        return
    for entity in extraction.entities:
        report.count("entities", entity.label)
    for relation in extraction.relations:
        report.count("relations", relation.type)


def _join(
    store: ExtractionStore,
    name: str,
    config: Config,
    judgements: Sequence[Judgement],
    previous: Sequence[Entity],
    on_drop: OnDrop,
) -> tuple[Graph, Sequence[Candidate]]:
    """Make the graph of all documents that belong in it, and the pairs that people may judge.

    Reads the store twice and holds no text but the quotes.
    """
    seeds, schema = Seeds(config.seeds), load_schema()
    resolution = resolve(
        _wanted(store.iter_build(name), config),
        schema,
        on_drop,
        judgements=judgements,
        previous=previous,
        seeds=seeds,
        divisions=Divisions(seeds) if config.seeds else default_divisions(),
    )
    extractions = _wanted(store.iter_build(name), config)
    graph = build_graph(extractions, resolution.entities, resolution.stories, schema, on_drop)
    return graph, resolution.candidates


def _wanted(extractions: Iterable[Extraction], config: Config) -> Iterator[Extraction]:
    return (extraction for extraction in extractions if _is_wanted(extraction, config))


def _best_known(graph: Graph) -> str:
    persons = (node for node in graph.nodes if node.label == "Person")
    best = max(persons, key=lambda node: (node.doc_count, node.id), default=None)
    return best.name if best else "NAME"


def _is_wanted(extraction: Extraction, config: Config) -> bool:
    kind = extraction.document.kind
    return kind not in LEFT_OUT or kind in config.include


def _nothing_read(report: RunReport) -> SourceError:
    reasons = ", ".join(f"{reason} {count}" for (_, reason), count in sorted(report.drops.items()))
    return SourceError(
        f"no document could be read ({reasons or 'the inputs are empty'})",
        reason="nothing read",
        hint="'kg extract INPUT' prints each document that was dropped, and why",
    )


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _ignore(drop: Drop) -> None:
    """Do nothing with a drop."""


def _ignore_progress(what: str, characters: int) -> None:
    """Do nothing about progress."""
