"""Tests of kg.resolve.ranks."""

from __future__ import annotations

import pytest

from kg.resolve.ranks import Ranks
from kg.tables.seeds import default_seeds


@pytest.mark.parametrize(
    ("name", "place", "level", "code", "rank"),
    [
        pytest.param("临汾市市长", "临汾市", "prefecture", "141000", "厅局级正职", id="mayor"),
        pytest.param("临汾市人民政府副市长", "临汾市", "prefecture", "141000", "厅局级副职", id="deputy mayor"),
        pytest.param("市委书记", "临汾市", "prefecture", "141000", "厅局级正职", id="without its place"),
        pytest.param("国务院总理", "", "national", "", "国家级正职", id="premier"),
        pytest.param("江山市市长", "江山市", "county", "330881", None, id="mayor of a county-level city"),
        pytest.param("西安市市长", "西安市", "prefecture", "610100", None, id="mayor of a sub-provincial city"),
        pytest.param("朝阳区区长", "朝阳区", "county", "110105", None, id="head of a district of a municipality"),
        pytest.param("临汾市环保局副局长", "临汾市", "prefecture", "141000", None, id="a post without a rule"),
        pytest.param("临汾市副秘书长兼市长", "临汾市", "prefecture", "141000", None, id="more than the post"),
        pytest.param("市长", "", "prefecture", "", None, id="a mayor of nobody knows where"),
    ],
)
def test_rank(name: str, place: str, level: str, code: str, rank: str | None) -> None:
    assert Ranks(default_seeds()).find(name, place, level, code) == rank
