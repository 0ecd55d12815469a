"""Edits and the alignment they leave."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.edits import Edit, rewrite


@pytest.mark.parametrize(
    ("edits", "want", "first", "last"),
    [
        pytest.param([], "甲乙丙丁", (0, 1), (3, 4), id="no edit leaves the text its own source"),
        pytest.param([Edit(1, 2, "")], "甲丙丁", (0, 1), (3, 4), id="a deletion shifts what follows"),
        pytest.param([Edit(0, 2, "AB")], "AB丙丁", (0, 1), (3, 4), id="equal lengths pair one to one"),
        pytest.param([Edit(0, 3, "AB")], "AB丁", (0, 3), (3, 4), id="other lengths share the whole stretch"),
        pytest.param([Edit(0, 2, "A", ((0, 2),))], "A丙丁", (0, 2), (3, 4), id="own spans are taken as given"),
    ],
)
def test_rewrite(edits: list[Edit], want: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    text, alignment = rewrite("甲乙丙丁", edits)
    assert text == want
    assert alignment.raw(0, 1) == first
    assert alignment.raw(len(text) - 1, len(text)) == last


@settings(deadline=None)
@given(st.text(min_size=1, max_size=30), st.sets(st.integers(0, 29)))
def test_what_is_not_deleted_maps_to_itself(source: str, places: set[int]) -> None:
    edits = [Edit(place, place + 1, "") for place in sorted(places) if place < len(source)]
    text, alignment = rewrite(source, edits)
    kept = [place for place in range(len(source)) if place not in places]
    assert text == "".join(source[place] for place in kept)
    assert [alignment.raw(i, i + 1) for i in range(len(text))] == [(place, place + 1) for place in kept]
