"""The body that a bare title belongs to: the headline's, the one named before, the heading's, or none."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


@pytest.mark.parametrize(
    ("text", "holder", "post"),
    [
        pytest.param("岭北工学院召开会议\n5月6日，校长谌维翰主持会议。", "谌维翰", "岭北工学院校长", id="a school"),
        pytest.param("皖江能源集团召开会议\n集团董事长潘振华讲话。", "潘振华", "皖江能源集团董事长", id="a firm"),
        pytest.param(
            "太原中院召开会议\n院党组书记茅仲平讲话。", "茅仲平", "太原市中院党组书记", id="a word for a court"
        ),
        pytest.param("5月6日，安陵县第一中学举行仪式。校长石岩致辞。", "石岩", "安陵县第一中学校长", id="named before"),
        pytest.param(
            "一、榆河县人大常委会\n主任：冀中正\n副主任：陆卫东", "陆卫东", "榆河县人大常委会副主任", id="heading"
        ),
        pytest.param("灵宝市委书记孙淑芳、市长王跃峰陪同。", "王跃峰", "灵宝市市长", id="a list that names its city"),
        pytest.param("临汾市召开会议，团市委书记向梅讲话。", "向梅", "临汾市团委书记", id="the Youth League's"),
        pytest.param("校长石岩致辞。岭北工学院、岭南师范学院参加。", "石岩", "校长", id="named only after it"),
        pytest.param("岭北工学院、岭南师范学院签约。校长石岩致辞。", "石岩", "校长", id="two of a kind"),
    ],
)
def test_whose_post_it_is(text: str, holder: str, post: str) -> None:
    assert ("HOLDS", holder, post) in read(text).triples("HOLDS")


def test_a_university_says_nothing_of_the_page_s_city() -> None:
    page = read("安阳市政府与郑州大学签约。市委书记袁家明、郑州大学校长李蓬勃出席。")
    assert {("HOLDS", "袁家明", "安阳市委书记"), ("HOLDS", "李蓬勃", "郑州市郑州大学校长")} & page.triples("HOLDS") == {
        ("HOLDS", "袁家明", "安阳市委书记")
    }
