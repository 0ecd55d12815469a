"""Kinds of pages: novels and templates are found, and reports are never taken for them."""

from __future__ import annotations

import pytest

from kg.text.kind import find_kind
from kg.text.zones import find_zones

NOVEL = """第三章 新来的书记
赵铁山端起茶杯，看了一眼坐在沙发上的秘书小吴，半天没有说话。
“老领导，这事您可得给我拿个主意。”小吴压低声音说道。
赵铁山叹了口气，心想这个县委书记果然不好当。他点燃一支烟，皱着眉问道：“常委会上谁会反对？”
“除了钱副县长，还能有谁？”小吴冷笑一声。
电话那头忽然响起一个女人的声音，赵铁山愣了一下，脸色变得很难看。“知道了。”他挂了电话，沉默了很久。
“备车，去市委。”他转身推门出去，小吴忍不住跟了上去。"""

TEMPLATE = """在全市安全生产工作会议上的讲话
同志们：
今天召开这次会议，主要任务是贯彻落实××省委、×市委会议精神。刚才，XX同志通报了情况，XX局、XX县作了发言，我都同意。
下面，我讲三点意见。一要提高认识，二要突出重点，三要加强领导。
本文档共5页，点击下载全文。"""

REGULATION = """某市城市绿化管理办法
第一章 总则
第一条 为了加强城市绿化管理，制定本办法。
第二条 本市城市规划区内的绿化适用本办法。
第三条 市园林局主管全市绿化工作。
第四条 单位和个人应当爱护绿地。
第五条 本办法自公布之日起施行。"""

NOTICE = """某县县管干部任前公示
根据有关规定，现将拟任职干部情况公示如下：
甲乙，男，1975年5月生，现任某县教育局局长。
公示期间，如有意见请来电反映。监督电话：12380。
中共某县县委组织部"""

REPORT = """某市召开安全生产工作会议
本报讯（记者 张小明）5月6日，某市召开安全生产工作会议。市委书记李长河出席会议并讲话，他强调，要落实责任，
抓好《某市安全生产管理办法》的贯彻，第一条就是压实责任。市长周文武主持会议。
会上，市应急局通报了情况。李长河笑着说：“有问题不怕，怕的是看不见。”大家点了点头。"""

FEATURE = """一个村支书的二十年
——记某村党支部书记老王
笔者近日走进这个小山村，听村民讲老王的故事。二十年前，这里没有路，老王带着大家一锤一锤凿出来。"""

JAPANESE = """県知事は記者会見を開き、今後の環境対策について説明した。これから住民との話し合いを進めるという。
市長もこの計画に賛成しており、来年度から工事を始める予定である。"""


@pytest.mark.parametrize(
    ("text", "want"),
    [
        pytest.param(NOVEL, "fiction", id="a novel of officialdom"),
        pytest.param(TEMPLATE, "template", id="a speech with blanks for names"),
        pytest.param(REGULATION, "regulation", id="numbered articles"),
        pytest.param(NOTICE, "notice", id="a notice before appointment"),
        pytest.param(REPORT, "report", id="a report that quotes a laugh and names a regulation"),
        pytest.param(FEATURE, "feature", id="a portrait"),
        pytest.param(JAPANESE, "foreign", id="Japanese"),
        pytest.param("Xinhua reported on the meeting of the council. " * 5, "foreign", id="English"),
        pytest.param("市政府召开常务会议", "report", id="a bare headline"),
        pytest.param("", "report", id="nothing"),
    ],
)
def test_find_kind(text: str, want: str) -> None:
    assert find_kind(text, find_zones(text)) == want


@pytest.mark.parametrize("cue", ["冷笑", "点了点头", "办公桌", "情人", "官场"])
def test_one_word_of_fiction_does_not_make_a_novel(cue: str) -> None:
    text = f"市纪委通报违纪案例。通报指出，甲某{cue}，乙某{cue}，{cue}。"
    assert find_kind(text, find_zones(text)) == "report"
