"""The scorer against tables of cases, and against extractions that say exactly what the annotations say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.evaluate import (
    Floors,
    GoldDocument,
    Scores,
    Tally,
    evaluate,
    fallen,
    floors_path,
    gold_digest,
    load_gold,
    read_floors,
    run_eval,
    score_document,
    write_floors,
)
from kg.evaluate.__main__ import main
from kg.evaluate.extracted import read
from kg.evaluate.gold import GoldMeeting, GoldPerson, GoldRelation
from kg.evaluate.scores import LOWER_IS_BETTER
from kg.records.errors import InputFileError

GOLD = Path(__file__).parents[1] / "gold"
TEXT = "市长沈砚秋主持会议。"


def gold(**changes: Any) -> GoldDocument:
    document = GoldDocument(
        id="01",
        script="hans",
        category="",
        persons=(),
        not_officials=(),
        meetings=(),
        policies=(),
        directives=(),
        places=(),
        orgs=(),
        relations=(),
        optional=(),
        clean=None,
    )
    return replace(document, **changes)


def person(name: str, *posts: str, scope: str = "", mention_only: bool = False) -> GoldPerson:
    return GoldPerson(name=name, posts=posts, scope=scope, mention_only=mention_only)


def meeting(name: str, *aliases: str, date: str = "", place: str = "", main: bool = True) -> GoldMeeting:
    return GoldMeeting(name=name, aliases=aliases, date=date, place=place, main=main)


def relation(line: str) -> GoldRelation:
    kind, head, tail = line.split()
    return GoldRelation(type=kind, head=head, tail=tail, evidence="")


class Page:
    """Builds the JSON of one extraction; every entity is known by its name."""

    def __init__(self, text: str = TEXT) -> None:
        self.text = text
        self.entities: dict[str, dict[str, Any]] = {}
        self.relations: list[dict[str, Any]] = []

    def add(self, label: str, name: str, *aliases: str, **properties: str) -> str:
        known = self.entities.setdefault(
            f"{label} {name}",
            {"id": f"e{len(self.entities) + 1}", "label": label, "name": name, "aliases": list(aliases)},
        )
        known["properties"] = properties
        return str(known["id"])

    def hold(self, name: str, *posts: str, **properties: str) -> Page:
        for post in posts:
            self.claim("HOLDS", self.add("PERSON", name), self.add("POST", post, **properties))
        return self

    def claim(self, kind: str, head: str, tail: str, **properties: str) -> Page:
        quote = self.text[:8]
        evidence = {"start": 0, "end": len(quote), "quote": quote}
        self.relations.append(
            {"type": kind, "head_id": head, "tail_id": tail, "properties": properties, "evidence": evidence}
        )
        return self

    def json(self, source: str = "pages/01.txt") -> dict[str, Any]:
        document = {"source": source, "text": self.text}
        return {"document": document, "entities": list(self.entities.values()), "relations": self.relations}


def scored(document: GoldDocument, page: Page) -> Scores:
    return Scores((score_document(document, read(page.json())),))


def test_an_extraction_that_says_what_is_annotated_is_perfect() -> None:
    rows = [ideal(path.stem) for path in sorted(GOLD.glob("*.json"))]
    scores = evaluate(GOLD, rows)
    figures = scores.figures()
    assert scores.misses() == ""
    assert {name: value for name, value in figures.items() if value != (name not in LOWER_IS_BETTER)} == {}


def ideal(name: str) -> dict[str, Any]:
    """Return the extraction that an annotation asks for, on the clean text."""
    data = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
    page = Page((GOLD / "clean" / f"{name}.txt").read_text("utf-8"))
    ids = {one["name"]: page.add("PERSON", one["name"]) for one in data["persons"]}
    for label, key in (("ORG", "orgs"), ("PLACE", "places"), ("POLICY", "policies")):
        ids |= {thing: page.add(label, thing) for thing in data[key]}
    ids |= {one["name"]: page.add("DIRECTIVE", one["name"]) for one in data["directives"]}
    ids |= {one["name"]: page.add("MEETING", one["name"], date=one["date"]) for one in data["meetings"]}
    for one in data["relations"]:
        head = ids[one["head"]]
        if one["type"] == "HOLDS_POST":
            post, _, place = one["tail"].partition("@")
            page.claim("HOLDS", head, page.add("POST", f"{place}/{post}", title=post, scope=place))
        elif one["type"] in ("APPOINTED", "REMOVED"):
            name, _, post = one["tail"].partition("/")
            page.claim(one["type"], head, ids[name], post=post.partition("@")[0])
        else:
            page.claim(one["type"], head, ids[one["tail"]])
    return page.json(f"pages/{data['id']}.txt")


@pytest.mark.parametrize("name", ["01", "09", "25"])
def test_a_gold_document_without_extraction_counts_as_all_missed(name: str) -> None:
    scores = evaluate(GOLD, [ideal(stem) for stem in (path.stem for path in GOLD.glob("*.json")) if stem != name])
    assert f"-- {name} (" in scores.misses()
    assert "no extraction for this document" in scores.misses()
    assert scores.tally("persons").missed > 0
    assert scores.tally("persons").wrong == 0


@pytest.mark.parametrize(
    ("found", "expected", "officials"),
    [
        pytest.param(["沈砚秋"], Tally(1, 0, 0), 0, id="found"),
        pytest.param(["沈  砚秋"], Tally(1, 0, 0), 0, id="spaces do not count"),
        pytest.param(["沈砚"], Tally(0, 1, 1), 0, id="a part of a name is another name"),
        pytest.param(["沈砚秋", "习近平"], Tally(1, 0, 0), 0, id="somebody cited is neutral"),
        pytest.param(["沈砚秋", "苗青青"], Tally(1, 1, 0), 1, id="a reporter is wrong and a false official"),
    ],
)
def test_persons(found: list[str], expected: Tally, officials: int) -> None:
    page = Page()
    for name in found:
        page.add("PERSON", name)
    document = gold(persons=(person("沈砚秋"), person("习近平", mention_only=True)), not_officials=("苗青青",))
    scores = scored(document, page)
    assert scores.tally("persons") == expected
    assert scores.figures()["false_officials"] == officials


@pytest.mark.parametrize(
    ("stated", "found", "lenient", "strict"),
    [
        pytest.param("市长", "市长", Tally(1, 0, 0), Tally(1, 0, 0), id="the same"),
        pytest.param("市长", "广元市市长", Tally(1, 0, 0), Tally(1, 0, 0), id="with its place"),
        pytest.param("常务副市长", "副市长", Tally(1, 0, 0), Tally(0, 1, 1), id="the same head word"),
        pytest.param("市长", "副市长", Tally(0, 1, 1), Tally(0, 1, 1), id="a deputy is another"),
        pytest.param("代市长", "市长", Tally(0, 1, 1), Tally(0, 1, 1), id="acting is another"),
        pytest.param("代理县长", "代县长", Tally(1, 0, 0), Tally(0, 1, 1), id="two words for acting"),
        pytest.param("市领导", "市委书记", Tally(0, 1, 0), Tally(0, 1, 0), id="a weak post asks for nothing"),
        pytest.param("市长", "市领导", Tally(0, 0, 1), Tally(0, 0, 1), id="a weak post is never wrong"),
        pytest.param("副市长(免)", "副市长", Tally(0, 0, 0), Tally(0, 0, 0), id="a past post is neutral"),
        pytest.param("副市长(免)", "局长", Tally(0, 1, 0), Tally(0, 1, 0), id="another post than the past one"),
    ],
)
def test_posts(stated: str, found: str, lenient: Tally, strict: Tally) -> None:
    scores = scored(gold(persons=(person("沈砚秋", stated, scope="广元市"),)), Page().hold("沈砚秋", found))
    assert (scores.tally("posts"), scores.tally("posts_strict")) == (lenient, strict)


def test_one_post_found_answers_one_post_stated() -> None:
    document = gold(persons=(person("沈砚秋", "县委副书记", "区委副书记"),))
    assert scored(document, Page().hold("沈砚秋", "副书记")).tally("posts") == Tally(1, 0, 1)


@pytest.mark.parametrize(
    ("text", "properties", "expected"),
    [
        pytest.param("广元市市长沈砚秋", {"scope": "广元市"}, Tally(1, 0, 0), id="by its scope"),
        pytest.param("广元市市长沈砚秋", {"scope": "苍溪县"}, Tally(0, 0, 1), id="by another scope"),
        pytest.param("广元市市长沈砚秋", {}, Tally(0, 0, 1), id="nowhere"),
        pytest.param("市长沈砚秋", {}, Tally(), id="a page that names no place is not asked"),
    ],
)
def test_posts_placed(text: str, properties: dict[str, str], expected: Tally) -> None:
    document = gold(persons=(person("沈砚秋", "市长", scope="广元市"),), clean=text)
    assert scored(document, Page(text).hold("沈砚秋", "市长", **properties)).tally("posts_placed") == expected


def test_a_post_is_placed_through_its_organisation() -> None:
    page = Page("广元市市长沈砚秋")
    page.hold("沈砚秋", "市长", org_id=page.add("ORG", "市政府"))
    page.claim("GOVERNS", page.add("ORG", "市政府"), page.add("PLACE", "广元市"))
    document = gold(persons=(person("沈砚秋", "市长", scope="广元市"),), clean=page.text)
    assert scored(document, page).tally("posts_placed") == Tally(1, 0, 0)


@pytest.mark.parametrize(
    ("found", "date", "expected"),
    [
        pytest.param("全市安全生产工作会议", "2019-03-14", Tally(1, 0, 0), id="the same name"),
        pytest.param("安委会全体会议", "", Tally(1, 0, 0), id="an alias"),
        pytest.param("广元市全市安全生产工作会议", "2018-01-01", Tally(1, 0, 0), id="a longer name, whatever the day"),
        pytest.param("全市安全生产会议", "2019-03-14", Tally(1, 0, 0), id="a like name on the day"),
        pytest.param("全市安全生产会议", "2019-05-01", Tally(0, 1, 1), id="a like name on another day"),
        pytest.param("会议", "2019-03-14", Tally(0, 1, 1), id="a mere reference"),
        pytest.param("全省电视电话会议", "", Tally(0, 0, 1), id="a meeting only mentioned"),
    ],
)
def test_meetings(found: str, date: str, expected: Tally) -> None:
    wanted = meeting("全市安全生产工作会议", "安委会全体会议", date="2019-03-14")
    page = Page()
    page.add("MEETING", found, date=date)
    scores = scored(gold(meetings=(wanted, meeting("全省电视电话会议", main=False))), page)
    assert scores.tally("meetings") == expected


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        pytest.param("2019-03-14", "2019-03-14", Tally(1, 0, 0), id="the day"),
        pytest.param("2019-03-14", "2019-03", Tally(0, 1, 1), id="the month only"),
        pytest.param("2019-03-14", "", Tally(0, 0, 1), id="none"),
        pytest.param("2018-08-09/2018-08-10", "2018-08-09/2018-08-10", Tally(1, 0, 0), id="a range by its first day"),
        pytest.param("XXXX-03-14", "XXXX-03-14", Tally(1, 0, 0), id="a day without a year"),
        pytest.param("XXXX-03-14", "2019-03-14", Tally(0, 1, 1), id="a year made up"),
        pytest.param("", "2019-03-14", Tally(), id="no date to find"),
        pytest.param("XXXX-03", "XXXX-03", Tally(), id="a month is not scored"),
    ],
)
def test_dates(wanted: str, found: str, expected: Tally) -> None:
    page = Page()
    page.add("MEETING", "常务会议", date=found)
    assert scored(gold(meetings=(meeting("常务会议", date=wanted),)), page).tally("dates") == expected


@pytest.mark.parametrize(
    ("label", "wanted", "found", "expected"),
    [
        pytest.param("POLICY", "《供水条例（草案）》", "供水条例(草案)", Tally(1, 0, 0), id="brackets do not count"),
        pytest.param("POLICY", "《城市供水用水条例》", "《城市供水条例》", Tally(1, 0, 0), id="a like title"),
        pytest.param("POLICY", "《城市供水管理条例》", "《城市节水规划》", Tally(0, 1, 1), id="another title"),
        pytest.param("DIRECTIVE", "贺书记的批示精神", "贺书记批示", Tally(1, 0, 0), id="a like directive"),
        pytest.param("PLACE", "苍溪县", "苍溪", Tally(1, 0, 0), id="a place without its level"),
        pytest.param("ORG", "市水利局", "广元市水利局", Tally(1, 0, 0), id="an organisation with its place"),
        pytest.param("ORG", "市水利局", "市教育局", Tally(0, 1, 1), id="another organisation"),
    ],
)
def test_things(label: str, wanted: str, found: str, expected: Tally) -> None:
    key = {"POLICY": "policies", "DIRECTIVE": "directives", "PLACE": "places", "ORG": "orgs"}[label]
    page = Page()
    page.add(label, found)
    assert scored(gold(**{key: (wanted,)}), page).tally(key) == expected


def test_a_directive_may_be_found_as_a_policy() -> None:
    page = Page()
    page.add("POLICY", "贺书记批示")
    assert scored(gold(directives=("贺书记批示",)), page).tally("directives") == Tally(1, 0, 0)


MEETING = "常务会议"
OFFICIALS = (person("沈砚秋"), person("涂远"), person("习近平", mention_only=True))


@pytest.mark.parametrize(
    ("wanted", "claims", "strict", "lenient"),
    [
        pytest.param("PRESIDED 沈砚秋", "PRESIDED 沈砚秋", Tally(1, 0, 0), Tally(1, 0, 0), id="right"),
        pytest.param("PRESIDED 沈砚秋", "PRESIDED 涂远", Tally(0, 1, 1), Tally(0, 1, 1), id="another head"),
        pytest.param(
            "PRESIDED 沈砚秋", "ATTENDED 沈砚秋", Tally(0, 1, 1), Tally(0, 1, 1), id="presiding is of its own"
        ),
        pytest.param("SPOKE_AT 沈砚秋", "ATTENDED 沈砚秋", Tally(0, 1, 1), Tally(1, 0, 0), id="one family, leniently"),
        pytest.param(
            "ATTENDED 沈砚秋;SPOKE_AT 沈砚秋", "SPOKE_AT 沈砚秋", Tally(1, 0, 1), Tally(2, 0, 0), id="one covers two"
        ),
        pytest.param(
            "PRESIDED 沈砚秋",
            "PRESIDED 沈砚秋;ATTENDED 沈砚秋",
            Tally(1, 0, 0),
            Tally(1, 0, 0),
            id="presence is implied",
        ),
        pytest.param(
            "ATTENDED 沈砚秋", "ATTENDED 沈砚秋;ATTENDED 沈砚秋", Tally(1, 0, 0), Tally(1, 0, 0), id="said twice"
        ),
        pytest.param("", "SPOKE_AT 沈砚秋", Tally(0, 1, 0), Tally(0, 1, 0), id="not annotated"),
        pytest.param("", "ADDRESSED_TO 沈砚秋", Tally(), Tally(), id="a type that is not scored"),
        pytest.param("", "ATTENDED 市政府", Tally(), Tally(), id="an organisation through its unnamed head"),
        pytest.param("", "ATTENDED 县教育局", Tally(0, 1, 0), Tally(0, 1, 0), id="an organisation made up"),
        pytest.param("", "ISSUED 市政府", Tally(0, 1, 0), Tally(), id="issuing counts strictly only"),
        pytest.param("ISSUED 市政府", "", Tally(0, 0, 1), Tally(), id="issuing missed counts strictly only"),
        pytest.param("", "SPOKE_AT 习近平", Tally(), Tally(), id="somebody cited"),
    ],
)
def test_relations(wanted: str, claims: str, strict: Tally, lenient: Tally) -> None:
    page = Page("市政府沈砚秋涂远习近平")
    ids = {one.name: page.add("PERSON", one.name) for one in OFFICIALS}
    ids |= {name: page.add("ORG", name) for name in ("市政府", "县教育局")}
    at = page.add("MEETING", MEETING)
    for line in filter(None, claims.split(";")):
        kind, head = line.split()
        page.claim(kind, ids[head], at)
    document = gold(
        persons=OFFICIALS,
        meetings=(meeting(MEETING),),
        relations=tuple(relation(f"{line} {MEETING}") for line in filter(None, wanted.split(";"))),
    )
    scores = scored(document, page)
    assert (scores.tally("relations_strict"), scores.tally("relations")) == (strict, lenient)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param({"post": "广元市副市长"}, Tally(1, 0, 0), id="post in words"),
        pytest.param({"post": "局长"}, Tally(0, 1, 1), id="another post"),
        pytest.param({}, Tally(0, 1, 1), id="no post"),
    ],
)
def test_appointments_need_person_and_post(properties: dict[str, str], expected: Tally) -> None:
    document = gold(relations=(relation("APPOINTED 市人大常委会 沈砚秋/副市长@市政府"),), persons=(person("沈砚秋"),))
    page = Page()
    page.claim("APPOINTED", page.add("ORG", "市人大常委会"), page.add("PERSON", "沈砚秋"), **properties)
    assert scored(document, page).tally("relations") == expected


def test_an_appointment_names_its_post_by_id() -> None:
    document = gold(relations=(relation("REMOVED 市人大常委会 沈砚秋/副市长@市政府"),), persons=(person("沈砚秋"),))
    page = Page()
    post = page.add("POST", "广元市副市长")
    page.claim("REMOVED", page.add("ORG", "市人大常委会"), page.add("PERSON", "沈砚秋"), post_id=post)
    assert scored(document, page).tally("relations") == Tally(1, 0, 0)


def test_optional_relations_and_the_known_place_of_a_meeting_are_neutral() -> None:
    document = gold(meetings=(meeting(MEETING, place="广元市"),), optional=(relation("INSPECTED 沈砚秋 三川镇"),))
    page = Page()
    page.claim("HELD_IN", page.add("MEETING", MEETING), page.add("PLACE", "广元"))
    page.claim("INSPECTED", page.add("PERSON", "沈砚秋"), page.add("PLACE", "三川镇"))
    assert scored(document, page).tally("relations_strict") == Tally()


def test_quotes_and_mentions_must_be_the_text_at_their_offsets() -> None:
    row = Page().claim("PRESIDED", "e1", "e2").json()
    row["relations"] += [
        {"type": "PRESIDED", "head_id": "e1", "tail_id": "e2", "evidence": {"start": 1, "end": 3, "quote": "市长"}},
        {"type": "PRESIDED", "head_id": "e1", "tail_id": "e2"},
    ]
    row["mentions"] = [{"start": 2, "end": 5, "surface": "沈砚秋"}, {"start": 0, "end": 3, "surface": "沈砚秋"}]
    scores = Scores((score_document(gold(), read(row)),))
    assert scores.figures()["evidence_bad"] == 3


def test_repair_is_measured_on_damaged_documents_only() -> None:
    damaged, plain = gold(script="pinyin", clean="召开会议"), gold(script="hans", clean="召开会议")
    assert scored(damaged, Page("召开議")).figures()["repair_loss"] == pytest.approx(1 - 2 * 2 / 7)
    assert scored(plain, Page("召开議")).figures()["repair_loss"] == 1.0  # nothing measured is no success


def test_the_table_names_every_measure() -> None:
    table = evaluate(GOLD, []).table()
    assert re.search(rf"^documents +{len(load_gold(GOLD))}$", table, re.M)
    for name in ("persons", "posts_placed", "dates", "PRESIDED", "quotes", "repair"):
        assert name in table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A gold folder of one document."""
    path = tmp_path / "gold"
    (path / "clean").mkdir(parents=True)
    (path / "01.json").write_text((GOLD / "01.json").read_text("utf-8"), "utf-8")
    (path / "01.txt").write_text((GOLD / "01.txt").read_text("utf-8"), "utf-8")
    (path / "clean" / "01.txt").write_text((GOLD / "clean" / "01.txt").read_text("utf-8"), "utf-8")
    return path


def lines_of(folder: Path, *rows: dict[str, Any], **options: bool) -> Iterator[str]:
    lines: list[str] = []
    yield str(run_eval(folder, rows, lines.append, **options))
    yield from lines


def test_floors_are_pinned_kept_and_lowered_only_on_demand(folder: Path) -> None:
    good, bad = ideal("01"), Page().json()
    assert next(lines_of(folder, good, update=True)) == "0"
    assert next(lines_of(folder, good)) == "0"
    status, *output = lines_of(folder, bad)
    assert status == "1"
    assert "below the floors: " in output[-1]
    status, *output = lines_of(folder, bad, update=True)
    assert status == "1"
    assert "--lower" in output[-1]
    assert read_floors(floors_path(folder)).figures["persons"] == 1.0
    assert next(lines_of(folder, bad, update=True, lower=True)) == "0"
    assert read_floors(floors_path(folder)).figures["persons"] == 0.0


def test_a_changed_gold_set_is_noticed(folder: Path) -> None:
    assert next(lines_of(folder, ideal("01"), update=True)) == "0"
    (folder / "clean" / "01.txt").write_text("别的文字", "utf-8")
    status, *output = lines_of(folder, ideal("01"))
    assert status == "1"
    assert "the gold set has changed" in output[-1]


def test_the_digest_covers_names_and_contents(folder: Path) -> None:
    before = gold_digest(folder)
    (folder / "01.txt").rename(folder / "02.txt")
    assert gold_digest(folder) != before


@pytest.mark.parametrize(
    ("name", "value", "is_fallen"),
    [
        pytest.param("persons", 0.9499, False, id="rounding is no fall"),
        pytest.param("persons", 0.94, True, id="lower"),
        pytest.param("persons", 1.0, False, id="higher"),
        pytest.param("false_officials", 0.96, True, id="more of what should be few"),
        pytest.param("repair_loss", 0.0, False, id="less of what should be little"),
    ],
)
def test_fallen(name: str, value: float, is_fallen: bool) -> None:
    assert bool(fallen(Floors(gold_sha256="", figures={name: 0.95}), {name: value})) == is_fallen


def test_a_figure_no_longer_measured_has_fallen() -> None:
    assert fallen(Floors(gold_sha256="", figures={"persons": 0.5}), {}) == ("persons is not measured, floor 0.5000",)


def test_floors_survive_a_round_trip(tmp_path: Path) -> None:
    floors = Floors(gold_sha256="ab", figures={"persons": 0.9512})
    write_floors(tmp_path / "floors.json", floors)
    assert read_floors(tmp_path / "floors.json") == floors


@pytest.mark.parametrize("content", ["", "[]", '{"figures": {}}', '{"gold_sha256": "", "figures": {"persons": "x"}}'])
def test_malformed_floors_say_how_to_pin_them(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(content, "utf-8")
    with pytest.raises(InputFileError, match=r"floors\.json: cannot read the floors") as caught:
        read_floors(path)
    assert "--update" in caught.value.hint


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no annotated documents"):
        load_gold(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"persons": [{"posts": []}], "meetings": [], "relations": []}'])
def test_malformed_annotations_are_refused_with_their_file(tmp_path: Path, content: str) -> None:
    (tmp_path / "07.json").write_text(content, "utf-8")
    with pytest.raises(InputFileError, match=r"07\.json: "):
        load_gold(tmp_path)


def test_the_command_scores_a_file_of_extractions(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = folder.parent / "rows.jsonl"
    rows.write_text(json.dumps(ideal("01"), ensure_ascii=False) + "\n\n", "utf-8")
    assert main([str(folder), str(rows), "--misses"]) == 0
    assert "persons           P 1.000" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("{", "rows.jsonl:1: not JSON", id="not JSON"),
        pytest.param("\n3", "rows.jsonl:2: not a JSON object", id="no object"),
    ],
)
def test_the_command_names_the_line_that_it_cannot_read(
    folder: Path, capsys: pytest.CaptureFixture[str], content: str, message: str
) -> None:
    rows = folder.parent / "rows.jsonl"
    rows.write_text(content, "utf-8")
    assert main([str(folder), str(rows)]) == 3
    assert message in capsys.readouterr().err
