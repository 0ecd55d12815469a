"""The folder of a build: what is in it, and how it is replaced."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from kg.records import Entity, Graph
from kg.records.errors import SinkError
from kg.records.report import RunReport
from kg.resolve.block import Candidate
from kg.sinks.base import sink_for
from kg.sinks.files import cannot_write, replacing
from kg.sinks.jsonl import NODES, iter_nodes

STORE: Final = "extractions.sqlite"
DATABASE: Final = "graph.lbug"
CANDIDATES: Final = "candidates.jsonl"
REPORT: Final = "report.json"


def check_writable(out: Path) -> None:
    """Make the folder and try it.

    Raises:
        SinkError: the file system refuses.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise cannot_write(out, error) from error


def write_build(graph: Graph, candidates: Sequence[Candidate], out: Path, report: RunReport, name: str) -> None:
    """Replace all files, each whole; `name` is the extractor's."""
    sink_for("jsonl", out).write(graph)
    sink_for("graphml", out / "graph.graphml").write(graph)
    sink_for("ladybug", out / DATABASE).write(graph)
    with replacing(out / CANDIDATES) as path:
        lines = (json.dumps(candidate.as_json(), ensure_ascii=False) + "\n" for candidate in candidates)
        path.write_text("".join(lines), "utf-8")
    with replacing(out / REPORT) as path:
        text = json.dumps({"extractor": name, **report.as_json()}, ensure_ascii=False, indent=2)
        path.write_text(text + "\n", "utf-8")


def earlier_nodes(out: Path) -> tuple[Entity, ...]:
    """Return the nodes of the build before, whose ids new ones may replace."""
    if not (out / NODES).exists():
        return ()
    try:
        return tuple(iter_nodes(out))
    except SinkError:
        # Another version of kg wrote it. What it says is only needed to name ids that went away.
        return ()
