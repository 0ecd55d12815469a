"""Short names that a page gives to its documents are aliases, and no part of a name."""

from __future__ import annotations

import pytest

from tests.relations.reading import read

NAME = "《青石县防汛工作实施方案》"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{NAME}（以下简称《方案》）。会议审议通过《方案》。", id="a title"),
        pytest.param(f"{NAME}（以下简称“方案”）。会议审议通过《方案》。", id="a quotation"),
        pytest.param("《青石县防汛工作实施方案（以下简称“方案”）》。会议审议通过《方案》。", id="inside the marks"),
        pytest.param(f"{NAME}（简称：《方案》）。会议审议通过《方案》。", id="with a colon"),
    ],
)
def test_a_short_name_is_an_alias(text: str) -> None:
    page = read("县长段文澜主持全县防汛工作会议，传达学习" + text)
    assert page.names("POLICY") == [NAME]
    assert ("APPROVED", "全县防汛工作会议", NAME) in page.triples("APPROVED")


def test_before_it_is_given_and_of_two_documents_it_is_nobody_s() -> None:
    page = read("会议审议《方案》。会议学习《青石县防汛工作实施方案》（以下简称《方案》）。")
    assert page.names("POLICY") == ["《方案》", NAME]
    two = "学习《甲县防汛工作方案》（以下简称《方案》）、《乙县防火工作方案》（以下简称《方案》）。会议通过《方案》。"
    assert "《方案》" in read(two).names("POLICY")
