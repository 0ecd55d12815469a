"""Orders given at a meeting: to whom, by when."""

from __future__ import annotations

import pytest

from tests.relations.reading import read

HELD = "2021年5月6日，苍溪县召开防汛工作会议。"


def test_an_order_has_its_addressee_its_issuer_and_its_text() -> None:
    page = read(f"{HELD}县长杜若飞强调，县水利局要备足物资，逐库排查隐患。")
    (order,) = [e for e in page.entities if e.label == "DIRECTIVE"]
    assert order.properties["kind"] == "order"
    assert order.properties["text"] == "县水利局要备足物资，逐库排查隐患"
    assert page.triples("ADDRESSED_TO") == {("ADDRESSED_TO", order.name, "苍溪县水利局")}
    assert page.triples("ISSUED") == {("ISSUED", "杜若飞", order.name)}


def test_an_order_to_several() -> None:
    page = read(f"{HELD}会议要求，县水利局、县应急管理局要联合值守。")
    assert {tail for _, _, tail in page.triples("ADDRESSED_TO")} == {"苍溪县水利局", "苍溪县应急管理局"}
    assert not page.triples("ISSUED")


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        pytest.param("6月底前完成排查", "2021-06", id="the end of a month"),
        pytest.param("6月15日前完成排查", "2021-06-15", id="a day"),
        pytest.param("年底前完成排查", "2021-12", id="the end of the year"),
    ],
)
def test_a_deadline(words: str, deadline: str) -> None:
    page = read(f"{HELD}县长杜若飞要求，县水利局要在{words}。")
    assert [r.properties.get("deadline") for r in page.relations if r.type == "ADDRESSED_TO"] == [deadline]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("县长杜若飞强调，各级各部门要压实责任。", id="nobody in particular"),
        pytest.param("会上，县水利局负责人汇报了准备情况。", id="a head who reports"),
        pytest.param("县水利局要求各乡镇值班。", id="a body that demands"),
    ],
)
def test_what_is_no_order(text: str) -> None:
    assert not read(HELD + text).triples("ADDRESSED_TO")
