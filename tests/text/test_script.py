"""Detection of the script and conversion with offsets; OpenCC's own output is the oracle."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.tables.seeds import default_seeds
from kg.text.script import detect_script, script_tables, to_simplified


def _convert(text: str) -> str:
    from opencc import OpenCC

    return str(OpenCC("t2s").convert(text))


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("市委书记主持召开会议，研究部署环保工作。", "hans", id="Simplified"),
        pytest.param("市委書記主持召開會議，研究部署環保工作。", "hant", id="Traditional"),
        pytest.param("縣政府以視訊方式召開會議，討論資訊公開計畫。", "tw", id="Taiwan's wording"),
        pytest.param("会议由劉予強主持，市领导参加，县区负责人列席会议。", "hans", id="one Traditional name"),
        pytest.param("中山公园", "hans", id="characters that both scripts have"),
        pytest.param("", "hans", id="nothing"),
    ],
)
def test_detect_script(text: str, want: str) -> None:
    assert detect_script(text) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("乾县县长王昇出席，程序合法，支援灾区，於菟雕像揭幕。", id="words that a converter would change"),
        pytest.param("信息化程序与软件项目，通过网络支持。", id="words with another form in Taiwan"),
    ],
)
def test_a_simplified_page_is_never_converted(text: str) -> None:
    assert to_simplified(text, detect_script(text)) == (text, to_simplified("", "hans")[1])


@pytest.mark.parametrize(
    ("text", "script", "want"),
    [
        pytest.param("乾縣縣長王昇", "hant", "乾县县长王昇", id="names keep their characters"),
        pytest.param("瀋陽市鐵西區", "hant", "沈阳市铁西区", id="Shenyang"),
        pytest.param("經濟持續上昇，提昇能力", "hant", "经济持续上升，提升能力", id="the verb is converted"),
        pytest.param("乾旱地區乾部", "hant", "干旱地区干部", id="dry is not a name"),
        pytest.param("于國安後來并不知道", "hant", "于国安后来并不知道", id="leftovers of a converter"),
        pytest.param("改善環境品質，加大資訊公開", "tw", "改善环境质量，加大信息公开", id="common Taiwan words"),
        pytest.param("改善產品品質", "hant", "改善产品品质", id="no Taiwan wording where the page has none"),
    ],
)
def test_to_simplified(text: str, script: str, want: str) -> None:
    assert to_simplified(text, script)[0] == want


def test_changed_lengths_map_to_the_whole_word() -> None:
    text, alignment = to_simplified("推動網際網路發展", "tw")
    assert text == "推动互联网发展"
    assert [alignment.raw(i, i + 1) for i in (1, 2, 4, 5)] == [(1, 2), (2, 6), (2, 6), (6, 7)]


# Every character and phrase that OpenCC knows, but those that seeds/script_names.tsv overrules.
_PIECES = st.sampled_from(
    sorted(
        entry
        for table in (script_tables(default_seeds()).phrases, map(chr, script_tables(default_seeds()).characters))
        for entry in table
        if not re.search("[" + "".join(r["traditional"] for r in default_seeds().table("script_names")) + "]", entry)
    )
    + list("会议的在于後里面，。A1 ")
)


@settings(deadline=None)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_conversion_equals_opencc(text: str) -> None:
    assert to_simplified(text, "hant")[0] == _convert(text)


def test_every_reviewed_difference_from_opencc_is_a_real_one() -> None:
    names = default_seeds().table("script_names")
    assert {row["traditional"] for row in names} >= {"昇", "堃", "喆"}
    assert _convert("王昇") == "王升"
    assert to_simplified("王昇", "hant")[0] == "王昇"
