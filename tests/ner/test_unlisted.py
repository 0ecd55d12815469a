"""Divisions that no gazetteer has: found by their organs, and never a common word that ends like one."""

from __future__ import annotations

import pytest

from tests.ner.finding import found


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("青石县委书记陆卫东主持会议。", ["青石县"], id="before its committee"),
        pytest.param("昨天，陆卫东到聂荣措县调研。聂荣措县政府汇报。", ["聂荣措县"] * 2, id="wherever it stands again"),
        pytest.param("会议审议《龙门川市古城保护条例》。", ["龙门川市"], id="by an ordinance of its own"),
        pytest.param("来源：桐汭区融媒体中心\n桐汭区召开会议。", ["桐汭区"], id="outside the publish line"),
        pytest.param("汶南县人民政府召开会议。", ["汶南县"], id="with a county of the gazetteer inside it"),
        pytest.param("中共赣岭省委召开会议。", ["赣岭省"], id="after 中共"),
        pytest.param("锦江侗族自治县人大常委会召开会议。", ["锦江侗族自治县"], id="an autonomous county"),
        pytest.param("科右旗旗长那日苏到会。", ["科右旗"], id="before its head"),
        pytest.param("会议在许滨市举行，陆卫东到许滨市考察。", ["许滨市"] * 2, id="a city that is named twice"),
    ],
)
def test_unlisted_divisions(text: str, want: list[str]) -> None:
    assert found(text, "PLACE") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("会议由市委召集，负责县委工作，审议市政府报告。", id="a verb before a level word"),
        pytest.param("第十二届县委召开会议。", id="a term of a committee"),
        pytest.param("城市公安局、郊区政府、社区党委参加。", id="common words"),
        pytest.param("民革市委、共产党省委参加。", id="a party's committee"),
        pytest.param("经济开发区管委会、示范区党工委召开会议。", id="zones"),
        pytest.param("棚户区改造，棚户区搬迁。", id="a quarter named twice"),
        pytest.param("李芳为县委书记，张东升任市委书记。", id="who becomes what"),
    ],
)
def test_no_divisions(text: str) -> None:
    assert [p for p in found(text, "PLACE") if p[-1] in "省市县区州旗盟"] == []
