"""Reading inputs and keeping what was dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.records import RawDocument
from kg.records.report import Drop
from kg.sources import iter_raw

Read = Callable[..., tuple[list[RawDocument], list[tuple[str, str]]]]
"""Takes inputs and the keywords of `iter_raw`; returns documents and (source, reason) of the drops."""


@pytest.fixture
def read() -> Read:
    def run(*inputs: str | Path, **options: Any) -> tuple[list[RawDocument], list[tuple[str, str]]]:
        drops: list[Drop] = []
        documents = list(iter_raw(inputs, on_drop=drops.append, **options))
        assert all(drop.stage == "sources" and drop.detail for drop in drops)
        return documents, [(drop.source, drop.reason) for drop in drops]

    return run
