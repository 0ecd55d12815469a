"""Publication date and publisher, and where they were found."""

from __future__ import annotations

import pytest

from kg.records import RawDocument
from kg.text.build import build_document

STORY = "本报讯 会议指出，要落实责任。"


@pytest.mark.parametrize(
    ("text", "more", "want"),
    [
        pytest.param(
            "标题甲\n2018-08-09 08:48 来源:某网\n" + STORY,
            {"published": "2018年8月8日"},
            ("2018-08-08", "metadata"),
            id="metadata first",
        ),
        pytest.param(
            "标题甲\n2018-08-09 08:48 来源:某网\n" + STORY,
            {"url": "http://a.cn/2019-11-21/1.html"},
            ("2018-08-09", "publish_line"),
            id="then the publish line",
        ),
        pytest.param(
            "新华社北京2018年8月8日电 会议指出。",
            {"url": "http://a.cn/2019-11-21/1.html"},
            ("2018-08-08", "dateline"),
            id="then a dateline with a year",
        ),
        pytest.param(
            "新华社北京8月8日电 会议指出。",
            {"url": "http://a.cn/2018/t20180809_1.html"},
            ("2018-08-09", "url"),
            id="then the address",
        ),
        pytest.param("新华社北京8月8日电 会议指出。", {}, ("XXXX-08-08", "dateline"), id="no year is invented"),
        pytest.param("新华社北京13月40日电 会议指出。", {}, (None, None), id="no day of the calendar"),
        pytest.param(
            "今天是2025年3月31日 星期一\n标题甲\n" + STORY,
            {"url": "http://a.cn/2019-11-21/"},
            ("2019-11-21", "url"),
            id="not the day the server rendered the page",
        ),
        pytest.param("3月5日，会议在甲市召开。", {}, (None, None), id="not a sentence's date"),
        pytest.param(STORY, {"published": "unknown"}, (None, None), id="metadata that is no date"),
        pytest.param(
            STORY,
            {"url": "http://a.cn/201901/content_20190230.html"},
            ("2019-01", "url"),
            id="a month from the address",
        ),
        pytest.param("标题甲\n2018-02-30 来源：某网\n" + STORY, {}, (None, None), id="the thirtieth of February"),
    ],
)
def test_published(text: str, more: dict[str, str], want: tuple[str | None, str | None]) -> None:
    document = build_document(RawDocument(source="a.txt", text=text, **more))
    assert (document.published, document.published_from) == want


@pytest.mark.parametrize(
    ("text", "more", "want"),
    [
        pytest.param("2018-08-09 来源:甲市日报\n" + STORY, {"publisher": "乙网"}, "乙网", id="metadata first"),
        pytest.param(
            "2018-08-09 来源:甲市日报作者:李四\n东山网讯 会议指出。", {}, "甲市日报", id="source field, no gap behind"
        ),
        pytest.param("东山新闻网讯（记者 王五）会议指出。", {}, "东山新闻网", id="dateline"),
        pytest.param("甲市在线\n甲市召开会议\n会议指出，要落实。", {}, "甲市在线", id="the site's own line"),
        pytest.param(
            STORY + "\n版权声明：凡注明“来源：甲网”的稿件，版权归“甲市新闻网”所有。",
            {},
            "甲市新闻网",
            id="copyright note",
        ),
        pytest.param(STORY, {}, None, id="本报 names nobody"),
    ],
)
def test_publisher(text: str, more: dict[str, str], want: str | None) -> None:
    assert build_document(RawDocument(source="a.txt", text=text, **more)).publisher == want
