"""Zones, titles and the names of press people."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.text.zones import find_zones

PAGE = """首页 > 要闻 > 正文
今天是2025年3月31日 星期一
某市召开河长制工作会议
2021-05-07 08:30:11 来源：某市日报 作者：李小河 浏览次数：12
本报讯（记者 王 兵 通讯员 涂丹）5月6日，某市召开河长制工作会议，市委书记赵大江出席并讲话。
图为会议现场。记者 高远 摄
赵大江强调，要压实各级河长责任，抓好问题整改，确保河流水质持续改善。（陈一 孙二妹）
责任编辑：周舟
相关新闻
某市召开防汛会议
赵大江调研水利工程
版权声明：凡本网注明来源的稿件，未经授权不得转载。"""


def _kinds(text: str, *kinds: str) -> list[tuple[str, str]]:
    found = [(z.kind, text[z.start : z.end]) for z in find_zones(text).zones]
    return [pair for pair in found if not kinds or pair[0] in kinds]


def test_every_part_of_a_page_is_told_apart() -> None:
    page = find_zones(PAGE)
    assert [z.kind for z in page.zones] == [
        "navigation",
        "title",
        "publish_line",
        "dateline",
        "byline",
        "body",
        "caption",
        "body",
        "byline",
        "editor",
        "related",
        "copyright",
    ]
    assert page.title == "某市召开河长制工作会议"
    assert page.authors == ("李小河", "王兵", "涂丹", "高远", "陈一", "孙二妹", "周舟")


@pytest.mark.parametrize(
    ("text", "kind", "want"),
    [
        pytest.param("甲市新闻网\n甲市召开会议\n会议指出，要落实。", "navigation", ["甲市新闻网"], id="a site's name"),
        pytest.param(
            "甲市召开会议\n乙某主持\n会议指出，要落实。", "title", ["甲市召开会议", "乙某主持"], id="subtitles"
        ),
        pytest.param(
            "会议指出，要落实。\n打印\n【字体：大 中 小】", "navigation", ["打印\n【字体：大 中 小】"], id="widgets"
        ),
        pytest.param("会议指出，要落实。\n澳门金沙注册送彩金", "spam", ["澳门金沙注册送彩金"], id="gambling"),
        pytest.param("会议指出，要打击六合彩等违法活动。", "spam", [], id="a report on gambling"),
        pytest.param(
            "打印设备采购工作会议召开，市长讲话。", "navigation", [], id="a sentence that begins as a widget does"
        ),
        pytest.param("新闻\n政务\n甲市召开安全工作会议\n会议指出，要落实。", "navigation", ["新闻\n政务"], id="a menu"),
        pytest.param("会议指出，简化网站备案号办理流程。", "copyright", [], id="a report on licences"),
        pytest.param("编辑部召开会议，研究选题。", "editor", [], id="an editorial office"),
        pytest.param("记者会上，发言人（记者会主持人）答问。", "byline", [], id="a press conference"),
        pytest.param("新华社北京8月8日电 会议指出，要落实。", "dateline", ["新华社北京8月8日电"], id="an agency"),
        pytest.param("东山网讯6月2日，会议召开。", "dateline", ["东山网讯"], id="a date outside the dateline"),
        pytest.param("某省电视台电视新闻中心召开会议。", "dateline", [], id="television is no telegram"),
        pytest.param(
            "会议召开。市长讲话。记者 高远 摄", "caption", ["记者 高远 摄"], id="a photographer in a paragraph"
        ),
        pytest.param("会议审议了《办法》（草案）", "byline", [], id="a draft is no author"),
    ],
)
def test_one_kind(text: str, kind: str, want: list[str]) -> None:
    assert [found for _, found in _kinds(text, kind)] == want


def test_copyright_clauses_go_on_to_the_end_of_the_page() -> None:
    text = "会议指出，要落实。\n某网版权与免责声明\n1、本站所载文章仅供参考。\n电话：0000-1234567"
    assert _kinds(text, "copyright") == [("copyright", text[text.index("某网") :])]


def test_repeats_are_found_whole_and_cut_and_the_headline_is_none() -> None:
    first = "赵大江强调，要压实各级河长责任，抓好问题整改，确保河流水质持续改善，让群众满意。"
    text = f"某市召开河长制工作会议\n{first}\n{first[8:]}\n某市召开河长制工作会议\n{first}"
    assert [kind for kind, _ in _kinds(text)] == ["title", "body", "repeat", "title", "repeat"]


@pytest.mark.parametrize(
    ("line", "want"),
    [
        pytest.param(
            "一审：常青 二审：牛 牧 三审：贾真", ("常青", "牛牧", "贾真"), id="three reviews, a name with a gap"
        ),
        pytest.param("责编：周舟、陈一", ("周舟", "陈一"), id="two editors"),
        pytest.param("作者：张三 2019年3月4日 来源：某报", ("张三",), id="other fields on the line"),
        pytest.param("会议要求，抓好落实。（李四/文 王五/图）", ("李四", "王五"), id="roles behind a stroke"),
        pytest.param("（本网记者）", (), id="no name given"),
        pytest.param("会议要求，抓好落实。（应急局）", (), id="an office in brackets"),
        pytest.param("会议要求，抓好落实。（安徽）", (), id="a province in brackets"),
        pytest.param("记者 扎西平措 通讯员 阿木布哈", ("扎西平措", "阿木布哈"), id="names without a surname"),
        pytest.param("文/图 王长河", ("王长河",), id="text and pictures"),
    ],
)
def test_authors_of_a_line(line: str, want: tuple[str, ...]) -> None:
    assert find_zones(f"某市召开会议\n会议指出，要落实责任。\n{line}").authors == want


@settings(deadline=None)
@given(st.lists(st.sampled_from([*PAGE.split("\n"), "", " ", "（", "记者", "。", "(甲"]), max_size=12).map("\n".join))
def test_zones_never_overlap_and_leave_out_only_white_space(text: str) -> None:
    zones = find_zones(text).zones
    assert all(a.end <= b.start for a, b in pairwise(zones))
    outside = list(text)
    for zone in zones:
        outside[zone.start : zone.end] = " " * (zone.end - zone.start)
    assert not "".join(outside).strip()
