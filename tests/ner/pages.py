"""Random pages made of what governance news is made of, in any order and broken anywhere."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st


def words(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written with spaces; other white space belongs to a word."""
    return tuple(text.split(" "))


POSTS: Final = words(
    "市委书记 县委副书记 市长 代县长 副区长 市水利局局长 省委第三督察组组长 市人大常委会副主任 党组书记、局长 "
    "二级巡视员 统战部长 市领导 区党委书记 原副市长 书记 组　长"
)
NAMES: Final = words("段文澜 贺书宁 苏蔓 王　兵 欧阳清 吴代明 周立传 雪·才仁多杰 扎西平措 段文瀾")
VERBS: Final = words(
    "主持召开 主持 出席 参加 列席 强调， 指出： 要求 传达学习 传达了 审议并原则通过 研究 听取 通报 汇报 调研 到 "
    "来到 督察 约谈 陪同 任命 免去 接受 辞去 为 的 由 代理 受 委托， 会见 不再担任 同志 一行 等 作表态发言 签署 "
    "印发 （女，回族，1969年3月生）"
)
THINGS: Final = words(
    "全市防汛工作推进会 第31次常务会议 县委常委会会议 座谈会 会议 会上， 会后， 《河道管理条例（草案）》 《意见》 "
    "“五水共治” 大气污染防治攻坚战 省委书记卢元朗批示精神 会议精神 决策部署 市政府 县水利局 临汾市 苍溪县 歧坪镇 "
    "红旗水库 我市 市发改、经信、环保等部门负责人 临汾、侯马经济开发区 某某有限公司 国务院"
)
DATES: Final = words(
    "5月6日 12月31日 2019年5月6日 26日至27日 5月26日至6月2日 2月30日 13月1日 3日 昨天 日前 720日 2018-08-09"
)
MARKS: Final = [*"，。、；：（）“”《》〈〉<>()· \n\t!?—…【】|", "　", "\r\n", ""]
LINES: Final = ["（记者 吕小舟）", "责任编辑：江枫", "相关新闻", "本报讯", "\n\n", "来源：某网 2020-03-31 10:00"]
ODD: Final = [
    "會(huì)議",
    "\ue365",
    "\x00",
    "\u200b",
    "🀄",
    "𠮷",
    "a",
    "1",
    "会会会",
    "了了",
    "精神",
    "委",
    "长",
    "等等",
]

pages: st.SearchStrategy[str] = st.lists(
    st.one_of(
        *(st.sampled_from(list(part)) for part in (POSTS, NAMES, VERBS, THINGS, DATES, MARKS, MARKS, LINES, ODD)),
        st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=3),
    ),
    max_size=30,
).map("".join)
"""Text that any page could hold; every rule's words occur."""
