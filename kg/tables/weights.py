"""The combiner: what each proposal of the grammar and of the model is worth, as weights that were learned.

`kg/models/reader/combiner.json` is made by `training/combine.py` from annotated pages; a logistic
regression a label and a type, so that every weight can be read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.records.errors import ModelError
from kg.tables.resources import model_dir


def logit(share: float) -> float:
    """Return the log-odds of a share, cut off at six: beyond that a model's certainty means nothing."""
    share = min(max(share, 0.0025), 0.9975)
    return math.log(share / (1 - share))


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression; features that it does not know count for nothing.

    >>> round(Logistic(0.0, {"a": 1.0}).share({"a": 2.0, "b": 9.0}), 2)
    0.88
    """

    bias: float
    weights: Mapping[str, float]
    least: float = 0.5
    """Below this share a candidate is let go."""

    def share(self, features: Mapping[str, float]) -> float:
        """Return the probability, 0 … 1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Combiner:
    """One regression for the mentions of each label and for the claims of each type."""

    mentions: Mapping[str, Logistic]
    claims: Mapping[str, Logistic]

    def mention(self, label: str, features: Mapping[str, float]) -> float:
        """Return how likely a candidate mention is right."""
        return self.mentions[label].share(features)

    def least_mention(self, label: str) -> float:
        """Return the lowest share with which a mention is kept."""
        return self.mentions[label].least


def read_combiner(path: Path) -> Combiner:
    """Read the weights.

    Raises:
        ModelError: the file is missing or malformed.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
        return Combiner(*({k: Logistic(**v) for k, v in data[part].items()} for part in ("mentions", "claims")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"the combiner {path} cannot be read: {error}", hint="reinstall kg, or: make train") from error


@cache
def default_combiner() -> Combiner:
    """Return the package's combiner, loaded once."""
    return read_combiner(model_dir("reader") / "combiner.json")
