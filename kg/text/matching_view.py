"""The matching view of a text: same length, one form of punctuation.

Pages mix ASCII and full-width punctuation, often in one sentence. The grammar
reads a view in which each mark has one form, so that every offset of the view
is an offset of the text.
"""

from __future__ import annotations

import re

_ASCII = ",:;!?()[]•・‧∙．｡､﹑"
_FULL = "，：；！？（）［］·····。、、"
_FOLD = str.maketrans(_ASCII, _FULL) | {ord("\u3000"): " ", ord("\u00a0"): " ", ord("\t"): " "}

HARD = "，。；：！？、“”‘’（）［］【】《》〈〉\n…—|"
"""Marks that no name crosses."""

# 和 inside these official names joins nothing; the placeholder keeps the grammar from stopping there.
_JOINED = (
    "发展和改革|人力资源和社会保障|卫生和计划生育|工业和信息化|住房和城乡建设|文化和旅游|规划和自然资源|"
    "自然资源和规划|城乡建设和管理|经济和信息化|民族和宗教|粮食和物资|医疗卫生和计划|劳动和社会保障|"
    "建设和交通|国土资源和房屋|网络安全和信息化|信息化和工业化|广播电视和|教育和体育|环境和资源|监察和司法|"
    "法制和内务|财政和经济|人口和计划生育|社会治理和|城市管理和|农业和农村|林业和草原|教育和科技|体育和"
)
_AND = re.compile(_JOINED)
AND = "\ue001"


def fold(text: str) -> str:
    """Return the matching view of `text`; every character stands at its own offset.

    >>> fold("市委书记甲,市长乙(代)")
    '市委书记甲，市长乙（代）'
    """
    view = text.translate(_FOLD)
    return _AND.sub(lambda m: m[0].replace("和", AND), view)


def words(items: list[str] | tuple[str, ...]) -> str:
    """Return a regular expression that matches any of `items`, longest first."""
    return "|".join(re.escape(fold(w)) for w in sorted(set(items), key=lambda w: (-len(w), w)))
