"""What a run did and what it let go: counted drops with reasons, never silence."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

EXAMPLES_KEPT = 5
"""How many examples of each drop reason a report keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """An item that a stage let go. `stage` and `reason` are stable words, `detail` is for people."""

    source: str
    stage: str
    reason: str
    detail: str = ""

    def as_json(self) -> dict[str, str]:
        """Return the line that `kg extract` prints on stderr."""
        return {"source": self.source, "stage": self.stage, "reason": self.reason, "detail": self.detail}


@dataclass(slots=True)
class RunReport:
    """Counts of one run. Merging two reports is addition, in any order, but for the examples kept."""

    documents_read: int = 0
    characters: int = 0
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    drops: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], list[Drop]] = field(default_factory=lambda: defaultdict(list))

    def drop(self, drop: Drop) -> None:
        """Count a drop and keep it as an example while there is room."""
        key = (drop.stage, drop.reason)
        self.drops[key] += 1
        if len(self.examples[key]) < EXAMPLES_KEPT:
            self.examples[key].append(drop)

    def count(self, table: str, name: str, amount: int = 1) -> None:
        """Add to a named table: "kinds", "entities", "relations", "nodes", "edges" and the like."""
        self.counts[table][name] += amount

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain data, sorted, free of clocks and paths of this machine."""
        return {
            "documents_read": self.documents_read,
            "characters": self.characters,
            **{table: dict(sorted(counter.items())) for table, counter in sorted(self.counts.items())},
            "drops": [
                {
                    "stage": stage,
                    "reason": reason,
                    "count": n,
                    "examples": [d.as_json() for d in self.examples[(stage, reason)]],
                }
                for (stage, reason), n in sorted(self.drops.items())
            ],
        }
