#!/usr/bin/env python3
"""Build a corpus with one and with two workers: characters a second, peak memory, drops, nodes and edges.

    throughput.py [CORPUS] [--workers 1,2] [--limit N]

CORPUS is anything that `kg build` reads, the sample articles by default. Each build runs in a
process of its own, into an empty folder. Reading ends when the last document is stored.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "seeds" / "articles"


def build_once(corpus: Path, workers: int, out: Path) -> Mapping[str, object]:
    """Build in this process and return the figures."""
    from kg.engine.config import Config
    from kg.engine.pipeline import build

    begin = time.monotonic()
    marks = {"reading": begin}

    def mark(what: str, characters: int) -> None:
        marks[what] = time.monotonic()

    result = build([corpus], out, Config(workers=workers), on_progress=mark)
    end = time.monotonic()
    parent, children = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    report = result.report.as_json()
    return {
        "workers": workers,
        "documents": report["documents_read"],
        "characters": report["characters"],
        "seconds": {
            "read": round(marks["reading"] - begin, 1),
            "join": round(marks["writing"] - marks["reading"], 1),
            "write": round(end - marks["writing"], 1),
        },
        "characters_per_second": {
            "reading": round(report["characters"] / (marks["reading"] - begin)),
            "whole_build": round(report["characters"] / (end - begin)),
        },
        "peak_mib": {"parent": parent // 1024, "largest_worker": children // 1024},
        "drops": {f"{drop['stage']}: {drop['reason']}": drop["count"] for drop in report["drops"]},
        "nodes": report.get("nodes", {}),
        "edges": report.get("edges", {}),
    }


def head(corpus: Path, limit: int, folder: Path) -> Path:
    """Return a file with the first `limit` lines of a JSON Lines corpus."""
    target = folder / "head.jsonl"
    with (gzip.open if corpus.suffix == ".gz" else open)(corpus, "rb") as lines, target.open("wb") as file:
        file.writelines(islice(lines, limit))
    return target


def main() -> int:
    """Run each build in its own process and print one JSON object for each."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--workers", default="1,2", help="numbers of workers, by comma")
    parser.add_argument("--limit", type=int, help="only the first lines of a JSON Lines corpus")
    parser.add_argument("--in-this-process", type=Path, metavar="OUT", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.in_this_process:
        figures = build_once(options.corpus, int(options.workers), options.in_this_process)
        print(json.dumps(figures, ensure_ascii=False, indent=1))
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        corpus = head(options.corpus, options.limit, Path(scratch)) if options.limit else options.corpus
        for workers in options.workers.split(","):
            out = Path(scratch) / f"out{workers}"
            command = [sys.executable, __file__, str(corpus), "--workers", workers, "--in-this-process", str(out)]
            status = subprocess.run(command, check=False).returncode
            if status:
                return status
    return 0


if __name__ == "__main__":
    sys.exit(main())
