"""Policies: documents in 《》, plans, campaigns and slogans with a programme, and what is none of these."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("审议《临汾市河道管理条例》。", ["《临汾市河道管理条例》"], id="a document"),
        pytest.param("审议《河道管理条例（草案）》。", ["《河道管理条例（草案）》"], id="a draft, inside"),
        pytest.param("审议《河道管理办法》（讨论稿）。", ["《河道管理办法》（讨论稿）"], id="a draft, outside"),
        pytest.param("审议《关于<河长制>的实施方案》。", ["《关于<河长制>的实施方案》"], id="one nested in angles"),
        pytest.param("审议《关于印发〈河长制方案〉的通知》。", ["《关于印发〈河长制方案〉的通知》"], id="one nested"),
        pytest.param("审议《防汛方案》《禁渔通知》。", ["《防汛方案》", "《禁渔通知》"], id="two in a row"),
        pytest.param("印发《守护碧水，建设美丽河湖行动方案》。", ["《守护碧水，建设美丽河湖行动方案》"], id="a comma"),
        pytest.param("推进“五水共治”。", ["“五水共治”"], id="a slogan on the list"),
        pytest.param("坚守“三区三线”。", ["“三区三线”"], id="a numbered slogan"),
        pytest.param("开展“双替代”工程建设。", ["“双替代”工程建设"], id="a quote that names a programme"),
        pytest.param("打好大气污染防治攻坚战。", ["大气污染防治攻坚战"], id="a campaign"),
        pytest.param("实施空气质量提升三年行动。", ["空气质量提升三年行动"], id="a plan"),
        pytest.param("学习习近平生态文明思想。", ["习近平生态文明思想"], id="a doctrine"),
        pytest.param("贯彻党的二十大精神。", ["党的二十大精神"], id="a congress's spirit"),
    ],
)
def test_policies(text: str, want: list[str]) -> None:
    assert found(text, "POLICY") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("增强“四个意识”，做到“两个维护”。", id="attitudes"),
        pytest.param("集体观看影片《战狼传奇故事》。", id="a film"),
        pytest.param("诵读小说《平凡的年代》。", id="a novel"),
        pytest.param("制定有关方案，实施年度计划。", id="plans in general"),
        pytest.param("他说：“一定办好这件事。”", id="a quotation"),
        pytest.param("《》《", id="empty marks"),
        pytest.param("相关新闻\n印发《河道管理条例》", id="a related link"),
    ],
)
def test_no_policies(text: str) -> None:
    assert found(text, "POLICY") == []


def test_the_longest_ending_wins() -> None:
    assert found("实施空气质量提升三年行动计划。", "POLICY") == ["空气质量提升三年行动计划"]


def test_plans_in_general_are_none() -> None:
    assert found("各项工作方案、具体实施方案。", "POLICY") == []
