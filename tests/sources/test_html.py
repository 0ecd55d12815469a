"""Pages: main text, what the page says about itself, and markup that is meant or fit to break a parser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.records.errors import SourceError
from kg.sources import html
from kg.sources.html import find_charset, read_page

if TYPE_CHECKING:
    from tests.sources.conftest import Read

FIRST = "昨日下午，市委副书记、市长李明主持召开市政府常务会议，研究审议河道管理有关文件，听取汛期安全工作汇报。"
SECOND = "会议强调，各级各部门要提高认识，压实责任，细化措施，确保各项任务按期完成。副市长王芳、赵强出席会议。"
GOVERNMENT = f"""<!DOCTYPE html><html><head>
<meta name="SiteName" content="某市人民政府"><meta name="ArticleTitle" content="市政府召开常务会议">
<meta name="PubDate" content="2018-08-09 08:48"><meta name="ContentSource" content="某市日报">
<title>市政府召开常务会议_时政要闻_某市人民政府网站</title>
<style>.a {{ color: red }}</style><script>var day = "2011-01-01";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">要闻</a></div>
<h1>市政府召开常务会议</h1><!-- 2012-02-02 -->
<table><tr><td><table><tr><td><div id="zoom"><p>　　{FIRST}</p>
<p>　　{SECOND}</p></div></td></tr></table></td></tr></table>
<script>document.write("今天是2025年3月31日");</script></body></html>"""


def test_a_government_page() -> None:
    page = read_page(GOVERNMENT)
    assert FIRST in page.text.splitlines()
    assert SECOND in page.text.splitlines()
    assert not {"color", "var day", "document", "2012"} & {word for word in page.text.split() if word.isascii()}
    assert (page.title, page.publisher, page.published) == ("市政府召开常务会议", "某市日报", "2018-08-09")


def test_a_page_without_tags_says_it_in_a_line() -> None:
    page = read_page(
        "<html><head><title>我市召开会议 - 某市新闻网</title></head><body><div>发布时间：2018-08-09 08:48　"
        f"来源：<span>某市广播电视台</span>　浏览：12</div><div><p>{FIRST}</p><p>{SECOND}</p></div></body></html>"
    )
    assert (page.title, page.publisher, page.published) == ("我市召开会议", "某市广播电视台", "2018-08-09")


def test_dates_that_are_merely_on_the_page_are_not_taken() -> None:
    page = read_page(
        f"<title>会议</title><p>今天是2025年03月31日</p><p>{FIRST}</p><p>时间：2019年1月2日</p><p>{SECOND}</p>"
    )
    assert page.published is None


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        pytest.param("来源：某县融媒体中心2022年01月02日", "某县融媒体中心", id="glued to a date"),
        pytest.param("2018-08-09 来源:某市新闻网 浏览次数:", "某市新闻网", id="between others"),
        pytest.param("来源：本站", "某区政府网", id="the site itself"),
        pytest.param("资金来源：财政拨款", "某区政府网", id="another source"),
    ],
)
def test_publisher(line: str, publisher: str) -> None:
    page = read_page(f"<meta name=SiteName content=某区政府网><p>{line}</p><p>{FIRST}</p><p>{SECOND}</p>")
    assert page.publisher == publisher


def test_a_title_at_the_head_of_the_text_is_not_given_twice() -> None:
    page = read_page(f"<title>市政府召开会议</title><body>市政府召开会议<br>{FIRST}")
    assert page.text.startswith("市政府召开会议\n")
    assert page.title is None


def test_a_very_short_page_is_a_page() -> None:
    assert read_page("<p>市长李明主持会议。</p>").text == "市长李明主持会议。"


def test_the_plain_reading_of_a_large_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LONGEST_FOR_TRAFILATURA", 10)
    page = read_page(GOVERNMENT)
    assert page.text.splitlines()[-2:] == [FIRST, SECOND]
    assert "首页" in page.text, "a navigation that is marked by a class only is left to the zones"
    assert "document" not in page.text
    assert page.published == "2018-08-09"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<html></html>", id="nothing"),
        pytest.param("<!-- 会议 -->", id="a comment"),
        pytest.param("<body><script>会议</script><style>会议</style></body>", id="scripts and styles"),
        pytest.param("<frameset><frame src=a.html></frameset>", id="frames"),
        pytest.param("<div>" * 100_000 + "会议" + "</div>" * 100_000, id="nested beyond the parser"),
        pytest.param("<p " + "a='" * 100_000, id="one endless tag"),
    ],
)
def test_pages_without_text(markup: str) -> None:
    with pytest.raises(SourceError, match=r"no text|no HTML") as caught:
        read_page(markup)
    assert caught.value.reason == "no main text"


@pytest.mark.parametrize(
    "markup",
    [
        pytest.param("<div>" * 200 + "{}" + "</div>" * 200, id="nested deeply"),
        pytest.param("<table><tr><td>" * 40 + "{}", id="tables never closed"),
        pytest.param("<p><b><i>{}" * 200, id="inline tags never closed"),
        pytest.param(
            "<?xml version='1.0' encoding='gb2312'?><html><body><p>{}</p></body></html>", id="XML declaration"
        ),
        pytest.param("{}", id="no markup"),
        pytest.param("<p>{}" + "<!--" * 10_000, id="comments never closed"),
        pytest.param("<p>\x00\x01{}\x0b</p>", id="control characters"),
        pytest.param("<p>{}</p>" + "<" * 10_000, id="opening brackets"),
    ],
)
def test_odd_markup_gives_its_text(markup: str) -> None:
    assert FIRST in read_page(markup.replace("{}", FIRST)).text


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", None])
def test_a_page_in_gbk_whatever_it_declares(declared: str | None, tmp_path: Path, read: Read) -> None:
    path = tmp_path / "a.shtml"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    path.write_bytes(f"<html><head>{meta}<title>会议</title></head><body><p>{FIRST}</p></body></html>".encode("gbk"))
    (document,), drops = read(path)
    assert not drops
    assert (document.text, document.encoding) == (FIRST, "gb18030")


def test_charset_beyond_the_head_of_the_page_is_not_looked_for() -> None:
    assert find_charset(b" " * 5000 + b"<meta charset=gbk>") is None
    assert find_charset(b'<?xml version="1.0" encoding="big5"?>') == "big5"
