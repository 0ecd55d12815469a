"""What lies in what, and who answers for it."""

from __future__ import annotations

import pytest

from tests.relations.reading import read


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        pytest.param("市长段文澜到襄汾县新城镇调研。", ("PART_OF", "新城镇", "襄汾县"), id="a town in its county"),
        pytest.param("山西省临汾市召开防汛工作会议。", ("PART_OF", "临汾市", "山西省"), id="a city in its province"),
        pytest.param(
            "苍溪县政府召开防汛会议，苍溪县政府办公室负责人参加。",
            ("PART_OF", "苍溪县政府办公室", "苍溪县政府"),
            id="an office of a body",
        ),
        pytest.param("苍溪县委召开会议。", ("GOVERNS", "苍溪县委", "苍溪县"), id="a committee that names its county"),
        pytest.param("苍溪县召开会议。县政府负责人参加。", ("GOVERNS", "苍溪县政府", "苍溪县"), id="a level word"),
    ],
)
def test_structure_that_names_say(text: str, triple: tuple[str, str, str]) -> None:
    assert triple in read(text).triples(triple[0])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("市委召开会议。", id="no city is named"),
        pytest.param("苍溪县水利局召开会议。", id="a department governs nothing"),
        pytest.param("临汾市、运城市召开会议。", id="places of a list are not in one another"),
    ],
)
def test_structure_that_nothing_says(text: str) -> None:
    assert not read(text).triples("GOVERNS", "PART_OF")


def test_a_former_county_is_not_its_own_city() -> None:
    page = read("海安12届县委常委会第31次会议召开。会议落实省委和市委部署。县委书记贺书宁主持会议。")
    assert ("GOVERNS", "海安县委", "海安县") in page.triples("GOVERNS")
    assert "海安市委" not in page.names("ORG")
