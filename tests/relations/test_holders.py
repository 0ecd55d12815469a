"""Who holds which post: chains, shared posts, titles behind, and where the post belongs."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


def held(text: str) -> set[tuple[str, str]]:
    """Return (person, post) of every HOLDS."""
    return {(head, tail) for _, head, tail in read(text).triples("HOLDS")}


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param("市长段文澜讲话。", {("段文澜", "市长")}, id="one post"),
        pytest.param(
            "市委副书记、市长段文澜讲话。", {("段文澜", "市委副书记"), ("段文澜", "市长")}, id="a chain before a name"
        ),
        pytest.param(
            "市委常委统战部长苏蔓讲话。",
            {("苏蔓", "市委常委"), ("苏蔓", "市委统战部部长")},
            id="a chain without its separator",
        ),
        pytest.param(
            "县水利局党组书记、局长、二级巡视员唐一川讲话。",
            {("唐一川", "县水利局党组书记"), ("唐一川", "县水利局局长"), ("唐一川", "县水利局二级巡视员")},
            id="a chain that shares its organisation",
        ),
        pytest.param(
            "副市长兼市公安局局长韩骁讲话。", {("韩骁", "副市长"), ("韩骁", "市公安局局长")}, id="joined by 兼"
        ),
        pytest.param(
            "市委常委邱立、钟晚棠，副市长罗北川到会。",
            {("邱立", "市委常委"), ("钟晚棠", "市委常委"), ("罗北川", "副市长")},
            id="、 between names, then a post",
        ),
        pytest.param(
            "市人大常委会副主任曹栋、马欣然，秘书长戴川到会。",
            {("曹栋", "市人大常委会副主任"), ("马欣然", "市人大常委会副主任"), ("戴川", "市人大常委会秘书长")},
            id="one post over several names, the organisation from before",
        ),
        pytest.param(
            "洪洞县县长杜若飞、翼城县副县长钟晚棠到会。",
            {("杜若飞", "洪洞县县长"), ("钟晚棠", "翼城县副县长")},
            id="two places",
        ),
        pytest.param(
            "贺书宁书记讲话，市政府冯一舟副市长到会。", {("贺书宁", "书记"), ("冯一舟", "副市长")}, id="titles behind"
        ),
        pytest.param("代市长陈一鸣讲话。", {("陈一鸣", "代市长")}, id="acting"),
        pytest.param("副县长吴代明讲话。", {("吴代明", "副县长")}, id="代 inside a name"),
        pytest.param(
            "市领导曹栋、马欣然等到会。", {("曹栋", "市领导"), ("马欣然", "市领导")}, id="a category over a list"
        ),
        pytest.param("县委书记贺书宁同志讲话。", {("贺书宁", "县委书记")}, id="同志 behind"),
        pytest.param(
            "县人民法院院长苏蔓，县人民检察院检察长罗北川到会。",
            {("苏蔓", "县人民法院院长"), ("罗北川", "县人民检察院检察长")},
            id="court and procuratorate",
        ),
        pytest.param(
            "市委常委、宣传部部长韩骁，市委常委、组织部长苏蔓到会。",
            {
                ("韩骁", "市委常委"),
                ("韩骁", "市委宣传部部长"),
                ("苏蔓", "市委常委"),
                ("苏蔓", "市委组织部部长"),
            },
            id="departments of the committee",
        ),
        pytest.param(
            "中央第八生态环境保护督察组组长孟广林、副组长韩骁到会。",
            {("孟广林", "中央第八生态环境保护督察组组长"), ("韩骁", "中央第八生态环境保护督察组副组长")},
            id="heads of a group",
        ),
        pytest.param(
            "新疆维吾尔自治区党委召开会议，区党委书记段文澜讲话。",
            {("段文澜", "新疆维吾尔自治区党委书记")},
            id="区党委 of an autonomous region",
        ),
        pytest.param("县委书记：贺书宁", {("贺书宁", "县委书记")}, id="a colon between"),
        pytest.param(
            "副市长韩骁讲话。市安委会主任由韩骁兼任。",
            {("韩骁", "副市长"), ("韩骁", "市安委会主任")},
            id="the holder behind 由",
        ),
    ],
)
def test_holders(text: str, want: set[tuple[str, str]]) -> None:
    assert held(text) == want


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("县长、副县长参加会议。", id="posts without names"),
        pytest.param("受县委书记委托，有关同志出席会议。", id="nobody named"),
        pytest.param("传达省委主要领导批示。", id="an unnamed author"),
        pytest.param("会议指出，要选好书记。段文澜出席会议。", id="a post and a name in two sentences"),
        pytest.param("市委书记说，要学习雷锋。", id="a post and a historical name"),
    ],
)
def test_no_holders(text: str) -> None:
    assert held(text) == set()


def test_acting_is_said_and_the_title_kept() -> None:
    page = read("市委副书记、代市长韩骁讲话。")
    assert page.relation("HOLDS", "韩骁", "代市长").properties == {"acting": True}
    assert "acting" not in page.relation("HOLDS", "韩骁", "市委副书记").properties


def test_a_weak_post_is_marked() -> None:
    page = read("市领导曹栋到会。市长段文澜到会。")
    assert page.property("市领导", "weak") is True
    assert page.property("市长", "weak") is None


def test_a_post_is_stated_once_in_its_fullest_form() -> None:
    page = read("苍溪县委书记贺书宁讲话。书记贺书宁强调，要压实责任。县委书记贺书宁到会。")
    assert {tail for _, _, tail in page.triples("HOLDS")} == {"苍溪县委书记"}
    assert len(page.entity("苍溪县委书记", "POST").mention_ids) == 3


def test_a_post_points_to_its_organisation_and_place() -> None:
    page = read("苍溪县水利局局长唐一川讲话。")
    post = page.entity("苍溪县水利局局长")
    assert post.properties == {
        "title": "局长",
        "org_id": page.entity("苍溪县水利局").id,
        "place": "苍溪县",
        "place_code": "510824",
        "level": "county",
    }
    assert page.triples("POST_IN") == {("POST_IN", "苍溪县水利局局长", "苍溪县水利局")}


def test_the_group_of_a_bare_head_is_the_one_of_the_clause_before() -> None:
    page = read("省生态环境保护督察组进驻平凉市，组长孟广林讲话。")
    assert page.triples("HOLDS") == {("HOLDS", "孟广林", "甘肃省生态环境保护督察组组长")}


def test_a_post_without_a_place_on_the_page_has_none() -> None:
    post = read("市委书记沈砚秋讲话。").entity("市委书记", "POST")
    assert "place" not in post.properties
    assert "place_code" not in post.properties


def test_a_table_gives_each_name_its_posts() -> None:
    page = read("防汛指挥部成员如下。\n指挥长：杜  衡    县委书记\n成员：王  兵    县委副书记、县长")
    assert {("杜衡", "县委书记"), ("王兵", "县委副书记"), ("王兵", "县长")} <= {t[1:] for t in page.triples("HOLDS")}


def test_a_table_row_ends_with_its_line() -> None:
    page = read("组长：杜  衡    县委书记\n副组长：王  兵    县委副书记、县长")
    assert {tail for _, head, tail in page.triples("HOLDS") if head == "杜衡"} == {"组长", "县委书记"}


def test_the_general_secretary_is_not_the_countys() -> None:
    page = read("县委书记贺书宁传达习近平总书记重要指示精神。")
    assert "县委总书记" not in page.names("POST")


def test_a_chain_goes_on_over_a_body_of_its_own() -> None:
    text = "市委常委、常务副市长、东湖片区指挥部第一副指挥长韩骁讲话。"
    assert held(text) >= {("韩骁", "市委常委"), ("韩骁", "常务副市长")}


def test_the_holder_behind_by_and_his_other_post() -> None:
    assert held("市安委会主任由副市长韩骁兼任。") == {("韩骁", "副市长"), ("韩骁", "市安委会主任")}


def test_the_commissar_of_the_armed_forces_department() -> None:
    assert held("县人武部政委冯一舟到会。") == {("冯一舟", "县人武部政委")}


@pytest.mark.parametrize(
    ("text", "holder", "post"),
    [
        pytest.param("县政府原副县长韩骁到会。", "韩骁", "县政府副县长", id="原 after the body"),
        pytest.param("原县委书记韩骁到会。", "韩骁", "县委书记", id="原 before it"),
        pytest.param("县政府原党组成员、副县长韩骁受审。", "韩骁", "副县长", id="the chain goes on"),
        pytest.param("前市长韩骁到会。", "韩骁", "市长", id="前"),
    ],
)
def test_a_past_post_ended_on_no_known_day(text: str, holder: str, post: str) -> None:
    page = read(text)
    ends = {page.name_of(r.tail_id): r.properties.get("end") for r in page.relations if r.type == "HOLDS"}
    assert {name[-len(post) :]: end for name, end in ends.items()}[post] == "XXXX"
    assert {page.name_of(r.head_id) for r in page.relations if r.type == "HOLDS"} == {holder}


@pytest.mark.parametrize(
    ("text", "posts"),
    [
        pytest.param("县委常委、副县长韩骁到会。", {"县委常委", "副县长"}, id="held"),
        pytest.param("目前县委书记韩骁在会。草原站站长苏蔓到会。", {"县委书记", "草原站站长"}, id="other words"),
    ],
)
def test_what_is_held_has_no_end(text: str, posts: set[str]) -> None:
    assert {r.properties.get("end") for r in read(text).relations if r.type == "HOLDS"} == {None}
    assert {tail for _, _, tail in read(text).triples("HOLDS")} == posts


@pytest.mark.parametrize(
    "text", ["拟任县政府副县长韩骁作表态发言。", "韩骁同志拟任县委书记。", "韩骁拟任县政府副县长。"]
)
def test_a_planned_post_is_neither_held_nor_given(text: str) -> None:
    assert read(text).triples("HOLDS", "APPOINTED") == set()
