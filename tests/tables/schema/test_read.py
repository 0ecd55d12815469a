"""Tests of kg.tables.schema: what is accepted, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.records import LABELS
from kg.records.errors import SchemaError
from kg.tables.resources import data_dir
from kg.tables.schema import PropertyType, load_schema


def changed(tmp_path: Path, file: str, old: str, new: str) -> Path:
    """Copy the package's schema with one piece of text replaced."""
    for name in ("nodes.yaml", "edges.yaml"):
        text = (data_dir("schema") / name).read_text("utf-8")
        if name == file:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_every_mention_label_becomes_one_node_type() -> None:
    becomes = {node.mention_label: node.label for node in load_schema().nodes.values()}
    assert [becomes.pop(label) for label in LABELS] == [
        "Person",
        "Post",
        "Organization",
        "Place",
        "Meeting",
        "Policy",
        "Directive",
    ]
    assert list(becomes.values()) == ["Document"]


def test_common_properties_apply_to_all_types() -> None:
    schema = load_schema()
    assert all("first_seen" in node.properties for node in schema.nodes.values())
    assert all(edge.properties["weight"].type == "integer" for edge in schema.edges.values())


def test_keys_of_edges() -> None:
    keys = {edge.type: edge.key for edge in load_schema().edges.values()}
    assert keys.pop("HOLDS") == ("head", "tail", "tenure")
    assert keys.pop("APPOINTED") == keys.pop("REMOVED") == ("head", "tail", "post_id", "date")
    assert set(keys.values()) == {("head", "tail")}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        pytest.param("string", "市长", ("市长",), id="string"),
        pytest.param("strings", ("市长",), "市长", id="strings"),
        pytest.param("date", "2018-08-09", "2018-08", id="date"),
        pytest.param("date", "2020-02-29", "2019-02-29", id="leap day"),
        pytest.param("integer", 3, True, id="a boolean is no integer"),
        pytest.param("float", 3, "3", id="float"),
        pytest.param("boolean", False, 0, id="boolean"),
    ],
)
def test_property_type_accepts(kind: str, good: object, bad: object) -> None:
    prop = PropertyType(name="x", type=kind, description="")
    assert prop.accepts(good)
    assert not prop.accepts(bad)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        pytest.param("nodes.yaml", "[string, headline]", "[text, headline]", "unknown type 'text'", id="property type"),
        pytest.param("nodes.yaml", "mention_label: ORG", "mention_label: ORGS", "label ORGS", id="mention label"),
        pytest.param("nodes.yaml", "mention_label: ORG", "mention_label: POST", "POST has 2 node types", id="two"),
        pytest.param("nodes.yaml", "description_zh: 会议", "", "Meeting: description_zh is missing", id="no name"),
        pytest.param("nodes.yaml", "title: [string, headline]", "title: [integer, x]", "title is integer", id="types"),
        pytest.param(
            "nodes.yaml", "      code: [string", "      name: [string", "name is a common property", id="common"
        ),
        pytest.param("nodes.yaml", "    description_zh: 会议", "    zh: 会议", "unknown key zh", id="unknown key"),
        pytest.param("edges.yaml", "[[Person], [Post]]", "[[Person], [Job]]", "unknown node Job", id="unknown end"),
        pytest.param("edges.yaml", "[[Person], [Post]]", "[Person, Post]", "head labels", id="flat ends"),
        pytest.param("edges.yaml", "[head, tail, tenure]", "[head, tail, term]", "term is no property", id="key part"),
        pytest.param("edges.yaml", "[head, tail, tenure]", "[tail, head]", "expected head, tail", id="key order"),
        pytest.param("edges.yaml", "  POST_IN:", "  HOLDS:", "HOLDS stands twice", id="type defined twice"),
        pytest.param("edges.yaml", "common:", "common: 3\nothers:", "expected a map, found 3", id="no map"),
        pytest.param("edges.yaml", "edges:", "edges: [", "cannot read the schema", id="broken YAML"),
    ],
)
def test_faulty_schema_is_refused(file: str, old: str, new: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=message):
        load_schema(changed(tmp_path, file, old, new))


def test_all_faults_are_listed_in_one_error(tmp_path: Path) -> None:
    changed(tmp_path, "edges.yaml", "[[Person], [Post]]", "[[Person], [Job]]")
    path = tmp_path / "edges.yaml"
    path.write_text(path.read_text("utf-8").replace("[[Organization], [Place]]", "[[Office], [Place]]"), "utf-8")
    with pytest.raises(SchemaError, match="2 faults") as caught:
        load_schema(tmp_path)
    assert "unknown node Job" in str(caught.value)
    assert "unknown node Office" in str(caught.value)


def test_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"nowhere.nodes\.yaml"):
        load_schema(tmp_path / "nowhere")


def test_fingerprint_changes_with_the_schema(tmp_path: Path) -> None:
    other = load_schema(changed(tmp_path, "nodes.yaml", "headline", "the headline"))
    assert other.fingerprint != load_schema().fingerprint
