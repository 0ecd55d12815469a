"""Damage is undone exactly, and healthy text is left alone."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.text import repair
from kg.text.repair import repair_text
from tests.text.damage import ANNOTATED, narrow, shift

# Our own sentences, in Traditional script as mirrors have it.
CLAUSES = (
    "縣政府召開專題會議",
    "會議研究部署環境保護督察整改工作",
    "王長河書記強調要壓實責任",
    "市長李國強主持會議并講話",
    "各鄉鎮要認真學習領會會議精神",
    "約談整改安排部署會議在市政府召開",
    "加快推進污水處理廠建設",
    "堅決打贏藍天保衛戰",
    "整改方案要進一步明確時間表",
    "強化環保工作責任",
    "審議通過了三年行動計劃",
    "統籌推進經濟社會發展",
    "全縣上下要提高政治站位",
    "副縣長陳建華通報有關情況",
    "聽取了項目建設進展匯報",
    "嚴格執行各項管理規定",
    "切實維護群眾合法權益",
    "市直有關部門負責人參加會議",
    "省委督導組到我市檢查指導",
    "建立健全長效機制",
    "農村人居環境整治取得實效",
    "危險化學品專項整治",
    "教育系統開展安全檢查",
    "發展壯大村級集體經濟",
)
MARKS = "，。；：！"
PAGE = "縣政府召開(kāi)會(huì)議。\n"


@pytest.mark.parametrize(
    ("page", "want", "counts"),
    [
        pytest.param("市長主持會(huì)議并講話", "市長主持會議并講話", {"pinyin": 1}, id="a pinyin annotation"),
        pytest.param("會（huì）議", "會議", {"pinyin": 1}, id="full-width brackets"),
        pytest.param("我們(men)召開(kāi)會議", "我們召開會議", {"pinyin": 2}, id="a syllable without a tone"),
        pytest.param(
            "約談?wù)\ue365陌才挪渴饡?huì)議",
            "約談整改安排部署會議",
            {"pinyin": 2, "byte_shift": 1},
            id="a run one byte off, with a private-use character",
        ),
        pytest.param(
            "約談?(wù)\ue365陌才挪渴饡?(huì)議",
            "約談整改安排部署會議",
            {"pinyin": 2, "byte_shift": 1},
            id="a reader that kept the bracket",
        ),
        pytest.param(
            "約談\ufffdwù)\ue365陌才挪渴饡\ufffdhuì)議",
            "約談整改安排部署會議",
            {"pinyin": 2, "byte_shift": 1},
            id="a reader that writes U+FFFD",
        ),
        pytest.param(
            PAGE + "約談?wù)\ue365姆桨?,抓好落實",
            "縣政府召開會議。\n約談整改方案,抓好落實",
            {"pinyin": 3, "byte_shift": 1},
            id="a lost byte before a comma",
        ),
        pytest.param(
            PAGE + "強化環?!包h政同責”",
            "縣政府召開會議。\n強化環保“黨政同責”",
            {"pinyin": 2, "byte_shift": 1},
            id="an ASCII mark for two bytes of neighbours",
        ),
        pytest.param(
            PAGE + "任務完成??h長講話",
            "縣政府召開會議。\n任務完成。縣長講話",
            {"pinyin": 2, "byte_shift": 1},
            id="a question mark for two bytes of neighbours",
        ),
        pytest.param(
            PAGE + "領域?qū)m?xiàng)整治",
            "縣政府召開會議。\n領域專項整治",
            {"pinyin": 4, "byte_shift": 1},
            id="a letter for two bytes of neighbours",
        ),
        pytest.param(
            "日?qǐng)?bào)刊發(fā)", "日報刊發", {"pinyin": 3, "byte_shift": 1}, id="both bytes of one character lost"
        ),
        pytest.param(
            "市長主持會議,,強調整改,、落實,。",
            "市長主持會議,強調整改、落實。",
            {"punctuation": 3},
            id="doubled punctuation",
        ),
    ],
)
def test_damage_is_undone(page: str, want: str, counts: dict[str, int]) -> None:
    repaired = repair_text(page)
    assert (repaired.text, repaired.counts) == (want, counts)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("甲垚(yáo)、乙喆(zhé)出席会议。", id="glosses of rare names"),
        pytest.param(
            "项目由联合国开发计划署(UNDP)资助,详见http://a.cn/p?id=3&x=(1)。", id="English in brackets and an address"
        ),
        pytest.param("怎么办?谁来管?(记者 甲乙)", id="question marks"),
        pytest.param("a + b = c? f(x) = (x - 1)(x + 2), PM2.5 < 35", id="formulas"),
        pytest.param("他说,,好。", id="one slip of an author"),
        pytest.param("怎麼辦?誰來管?縣長說:很快就有方案?!好。", id="question marks on a Traditional page"),
        pytest.param("A股、K线、T恤、5G网络、卡拉OK", id="letters among hanzi"),
        pytest.param(
            "El alcalde presidió la reunión (así lo confirmó). Café (più) später?", id="accents in other languages"
        ),
    ],
)
def test_healthy_text_is_left_alone(text: str) -> None:
    repaired = repair_text(text)
    assert (repaired.text, repaired.counts) == (text, {})
    assert repaired.alignment.raw(0, len(text)) == (0, len(text))


@settings(deadline=None)
@given(st.text(alphabet="會議開縣長强调整改。,!?:;()（）“”abcXYZ019 /=&\n\ue365", max_size=80))
def test_a_page_without_annotations_is_left_alone(text: str) -> None:
    assume(not re.search("[,，][,，、。；;：:！!？?]", text))
    assert repair_text(text).text == text


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("怎麼辦?縣長說,很快就有方案。", id="a question before hanzi"),
        pytest.param("誰來管?", id="a question at the end"),
        pytest.param("網址http://a.cn/p?id=3,郵箱a_b@c.cn", id="an address"),
        pytest.param("打好PM10、NO2、O3三大攻堅戰", id="formulas"),
        pytest.param("A股上市公司與5G網絡", id="letters among hanzi"),
        pytest.param("真的嗎?!當然。", id="two marks"),
    ],
)
def test_healthy_lines_of_a_damaged_page_are_left_alone(line: str) -> None:
    assert repair_text(PAGE + line).text == "縣政府召開會議。\n" + line


_PAGES = st.lists(st.tuples(st.sampled_from(CLAUSES), st.sampled_from(MARKS)), min_size=1, max_size=6).map(
    lambda pairs: "縣政府召開會議。" + "".join(clause + mark for clause, mark in pairs)
)


@settings(deadline=None)
@given(_PAGES, st.booleans())
def test_shifted_bytes_are_put_back(page: str, swallow: bool) -> None:
    assert repair_text(shift(page, swallow=swallow)).text == narrow(page)


@settings(deadline=None)
@given(_PAGES, st.booleans())
def test_each_character_maps_to_the_smallest_stretch_it_was_made_of(page: str, swallow: bool) -> None:
    damaged = shift(page, swallow=swallow)
    repaired = repair_text(damaged)
    spans = [repaired.alignment.raw(i, i + 1) for i in range(len(repaired.text))]
    assert all(0 <= start < end <= len(damaged) for start, end in spans)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in pairwise(spans))
    for character, (start, end) in zip(repaired.text, spans, strict=True):
        # A character is itself in the page, or two neighbours each gave a byte.
        inside = re.sub(r"[(?]?[a-zāáǎàēéěèīíǐìōóǒòūúǔù]+\)", "?", damaged[start:end])
        assert character in inside or 1 <= len(inside) <= 4


@settings(deadline=None)
@given(st.text(alphabet="会议的在" + "".join(ANNOTATED), max_size=60))
def test_annotations_at_characters_are_removed(text: str) -> None:
    annotated = "會(huì)" + "".join(f"{c}({ANNOTATED[c]})" if c in ANNOTATED else c for c in text)
    repaired = repair_text(annotated)
    assert repaired.text == "會" + text
    assert all(annotated[slice(*repaired.alignment.raw(i, i + 1))] == c for i, c in enumerate(repaired.text))


def test_a_hostile_page_is_given_up_and_counted() -> None:
    page = PAGE + "會?!" * repair.LONGEST_SHIFTED_LINE
    repaired = repair_text(page)
    assert repaired.counts == {"pinyin": 2, "unrepaired": 1}
    assert repaired.text.endswith("會?!" * 10)
