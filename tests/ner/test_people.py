"""People: who acts on the page in a public post, and the many who only look like it."""

from __future__ import annotations

import random

import pytest

from kg.tables.seeds import default_seeds
from tests.ner.finding import found
from tests.ner.pages import words

MEETING = "全县河长制工作推进会"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("县长杜若飞主持会议。", ["杜若飞"], id="after a post"),
        pytest.param("市委副书记、市长段文澜主持会议。", ["段文澜"], id="after a chain of posts"),
        pytest.param("党组书记、局长、二级巡视员唐一川讲话。", ["唐一川"], id="a rank is no second person"),
        pytest.param("市委常委统战部长苏蔓出席会议。", ["苏蔓"], id="a chain without its separator"),
        pytest.param("市委常委邱立、钟晚棠，副市长罗北川到会。", ["邱立", "钟晚棠", "罗北川"], id="names among posts"),
        pytest.param(
            "副主任曹栋、马欣然、石可，秘书长戴川到会。", ["曹栋", "马欣然", "石可", "戴川"], id="shared posts"
        ),
        pytest.param(
            "市领导曹栋、马欣然、石可等出席会议。", ["曹栋", "马欣然", "石可"], id="a category and a list with 等"
        ),
        pytest.param(
            "曹栋、马欣然等县领导出席会议。县长曹栋讲话。", ["曹栋", "马欣然", "曹栋"], id="a category behind"
        ),
        pytest.param("贺书宁书记讲话，杜若飞县长主持。", ["贺书宁", "杜若飞"], id="titles after names"),
        pytest.param("市政府冯一舟副市长出席会议。", ["冯一舟"], id="a title after, an organisation before"),
        pytest.param("县委书记贺书宁同志出席会议。", ["贺书宁"], id="同志 is no part"),
        pytest.param("县委书记贺书宁一行到歧坪镇调研。", ["贺书宁"], id="一行 is no part"),
        pytest.param("代市长陈一鸣讲话。", ["陈一鸣"], id="an acting mayor"),
        pytest.param("副县长吴代明参加会议。", ["吴代明"], id="代 inside a name"),
        pytest.param("副市长周立传传达了会议精神。", ["周立传"], id="a name that ends like its verb"),
        pytest.param("常务副县长马兵常务列席会议。", ["马兵"], id="常务 after a name"),
        pytest.param(
            "副县长因明远、储小雨、花满、成越到会。", ["因明远", "储小雨", "花满", "成越"], id="rare surnames"
        ),
        pytest.param("副市长欧阳清、司马晴到会。", ["欧阳清", "司马晴"], id="compound surnames"),
        pytest.param(
            "参加会议的有副县长杜  宇、王 兵、涂　丹。", ["杜  宇", "王 兵", "涂 丹"], id="spaces inside names"
        ),
        pytest.param("副州长雪·才仁多杰主持会议。", ["雪·才仁多杰"], id="a dotted name"),
        pytest.param("副州长雪 · 才仁多杰主持会议。", ["雪 · 才仁多杰"], id="spaces around the dot"),
        pytest.param("州委常委吉克木呷、扎西平措到会。", ["吉克木呷", "扎西平措"], id="long names without a dot"),
        pytest.param("副州长才让太出席会议。", ["才让太"], id="a name that looks Han"),
        pytest.param("受县委书记贺书宁委托，县长杜若飞讲话。", ["贺书宁", "杜若飞"], id="who delegates is named"),
        pytest.param("县长杜若飞讲话。杜若飞强调，要抓落实。", ["杜若飞", "杜若飞"], id="a bare name later"),
        pytest.param(
            "贺书宁杜若飞钟晚棠出席会议\n5月6日，县委书记贺书宁、县长杜若飞、副县长钟晚棠出席会议。",
            ["贺书宁", "杜若飞", "钟晚棠"] * 2,
            id="a headline of glued names",
        ),
        pytest.param("会议决定：任命周放为市水利局局长。", ["周放"], id="who is appointed"),
        pytest.param("周放，男，汉族，1969年3月生，现任市水利局局长。", ["周放"], id="who opens a biography"),
        pytest.param("会上，段文澜强调，要压实责任。", ["段文澜"], id="before a verb of officials"),
        pytest.param("传达省委书记卢元朗批示精神。", ["卢元朗"], id="the author of a directive"),
        pytest.param("会议选举时任县长杜若飞为主席。", ["杜若飞"], id="an officer elected"),
    ],
)
def test_officials(text: str, want: list[str]) -> None:
    assert found(text, "PERSON") == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{MEETING}召开。（记者 吕小舟 通讯员 江枫）", id="a reporter and a correspondent"),
        pytest.param(f"{MEETING}召开。\n编辑：吕小舟", id="an editor"),
        pytest.param(f"{MEETING}召开。\n一审：江枫 二审：柏舟 三审：文若兰", id="three reviews"),
        pytest.param(f"{MEETING}召开。（文若兰 郝帅）", id="bare names in brackets at the end"),
        pytest.param(f"{MEETING}召开。吕小舟 摄", id="a photographer"),
        pytest.param(f"{MEETING}召开。村民李大山说，路修好了。", id="a villager"),
        pytest.param(f"{MEETING}召开。演员高圆、运动员林飞扬参加活动。", id="an actress and an athlete"),
        pytest.param("会议集体观看影片《李大山》。", id="a film called after somebody"),
        pytest.param("会议诵读了李白的诗句。", id="a poet"),
        pytest.param("县委书记到李宁公司调研。", id="a brand called after somebody"),
        pytest.param("市领导出席会议。有关部门负责人参加。", id="unnamed posts"),
        pytest.param("市长要求，各部门要高度重视，全力配合。", id="words that begin with a surname"),
        pytest.param("县委书记高度评价了防汛工作。", id="a post, then an adverb"),
        pytest.param("市委书记和市长出席会议。", id="a post, then 和"),
        pytest.param("陈县长要求，要抓好落实。", id="a surname and a post, nobody named so"),
        pytest.param("金沙·银河注册送礼。", id="a dot in spam"),
        pytest.param("市政府秘书长、办公室主任参加会议。", id="a chain that names nobody"),
        pytest.param("会议强调，方向明确，任务清楚。", id="a clause that begins like a name"),
        pytest.param("全会选举产生了县委常委会。", id="an election of nobody"),
        pytest.param("", id="an empty page"),
    ],
)
def test_nobody(text: str) -> None:
    assert found(text, "PERSON") == []


def test_surname_and_title_are_nobody_new() -> None:
    text = f"县委书记贺书宁主持召开{MEETING}。贺书记强调，要压实责任。陈县长要求，要抓好落实。"
    assert found(text, "PERSON") == ["贺书宁", "贺"]


def test_who_is_appointed_to_a_bare_post() -> None:
    assert found("会议决定：任命周放为副市长。", "PERSON") == ["周放"]


def test_a_verb_after_a_title_behind_its_name() -> None:
    assert found("罗北川副市长随同。", "PERSON") == ["罗北川"]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(t, id=t)
        for t in ("triggers", "strong_verbs", "left_stops", "name_followers", "not_after_title", "segmenter_words")
    ],
)
def test_a_word_of_our_own_tables_is_nobody(table: str) -> None:
    listed = [word for word in default_seeds().words(table) if len(word) > 1]
    assert [word for word in listed if found(f"副市长{word}。", "PERSON")] == []


def test_an_official_is_not_swallowed_by_an_organisation() -> None:
    assert found("市长段文澜宣布市中心血站揭牌。", "PERSON") == ["段文澜"]


def test_who_leaves_office() -> None:
    assert found("周放不再担任市水利局局长。", "PERSON") == ["周放"]


POSTS = words(
    "市委书记 县委副书记 市长 副县长 市水利局局长 市政府秘书长 市委副书记、市长 党组书记、局长 二级巡视员 代县长 "
    "统战部长"
)
NAMES = words(
    "段文澜 贺书宁 杜若飞 钟晚棠 罗北川 韩骁 苏蔓 欧阳清 成越 花满 周立传 吴代明 沈砚秋 马跃 单海平 高峰 方明 时宝"
)
VERBS = words(
    "主持会议。 出席会议并讲话。 强调，要压实责任。 指出，要抓好落实。 要求，各部门要加大力度。 到苍溪县调研。 "
    "作总结讲话。 通报有关情况。 传达了会议精神。 在会上作表态发言。 实地察看了红旗水库。 陪同。 率队检查。 "
    "同志作了汇报。 一行来到歧坪镇。"
)
OPENINGS = ["", "5月6日，", "会上，", "随后，", "当天下午，", "会前，", "期间，"]


def test_any_post_name_and_verb_go_together() -> None:
    draw = random.Random(7)
    for _ in range(120):
        names = draw.sample(NAMES, draw.choice([1, 1, 2, 3]))
        text = draw.choice(OPENINGS) + draw.choice(POSTS) + "、".join(names) + draw.choice(VERBS)
        assert found(text, "PERSON") == names, text


def test_who_is_removed_as_a_comrade() -> None:
    assert found("经研究，决定免去郑海同志市水利局局长职务。", "PERSON") == ["郑海"]


def test_names_of_a_notice_of_appointments() -> None:
    text = "市政府关于韩骁等同志任免的通知：韩骁任市水利局局长（试用期一年）；郑海任市教育局副局长。"
    assert set(found(text, "PERSON")) == {"韩骁", "郑海"}
