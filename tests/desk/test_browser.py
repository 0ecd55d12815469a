"""The graph of the sample in the real Neo4j Browser: what is drawn, in which colours, and with which names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.queries.saved import SavedQuery
from kg.records import Graph
from kg.sinks.cypher import NODE_MARK
from kg.tables.resources import data_dir
from scripts.desk.neo4j_desk import told
from scripts.desk.neo4j_server import Neo4jServer
from scripts.desk.programs import MissingProgramError
from tests.sinks.targets import Server

from .browser import Browser, Circle, Drawing, chromium
from .test_neo4j import load

pytestmark = pytest.mark.desk
STYLE = data_dir("schema") / "neo4j" / "style.grass"
DRAWN = {query.name: query for query in kg.saved_queries() if query.name.endswith("_graph")}
PICTURED = DRAWN["directive_graph"]


@dataclass(frozen=True)
class Answer:
    """What the same statement answers over Bolt: label and name of each node by its number, the types of the edges."""

    nodes: dict[str, tuple[str, str]]
    types: Counter[str]


@pytest.fixture(scope="module")
def browser(neo4j_server: Neo4jServer, sample: Graph) -> Iterator[Browser]:
    """Browser, logged in to the graph of the sample; without Chromium skipped, which CI takes for a failure."""
    with ExitStack() as stack:
        try:
            page = stack.enter_context(chromium())
        except MissingProgramError as error:
            pytest.skip(str(error))
        load(stack.enter_context(of(neo4j_server).clean()), sample)
        address = re.search(r"http://\S+", told(neo4j_server, len(sample.nodes), len(sample.edges)))
        assert address
        yield Browser(page, address[0], neo4j_server.password)


def test_browser_takes_every_rule_of_the_style(browser: Browser) -> None:
    assert rules(browser.drop(STYLE)) == rules(STYLE.read_text("utf-8"))


@pytest.mark.parametrize("query", DRAWN.values(), ids=DRAWN)
def test_a_saved_query_is_drawn_with_names_and_the_colours_of_the_style(
    neo4j_server: Neo4jServer, browser: Browser, query: SavedQuery
) -> None:
    browser.drop(STYLE)
    drawing, answer = draw(browser, query), ask(of(neo4j_server), query)
    check(drawing, answer)
    colours = {selector: rule["color"] for selector, rule in rules(STYLE.read_text("utf-8")).items()}
    assert {key: circle.colour for key, circle in drawing.circles.items()} == {
        key: colours[f"node.{label}"] for key, (label, _) in answer.nodes.items()
    }


def test_without_the_style_names_are_drawn_and_labels_differ_in_colour(
    neo4j_server: Neo4jServer, browser: Browser
) -> None:
    browser.reset_style()
    drawing, answer = draw(browser, PICTURED), ask(of(neo4j_server), PICTURED)
    check(drawing, answer)
    colours: defaultdict[str, set[str]] = defaultdict(set)
    for key, circle in drawing.circles.items():
        colours[answer.nodes[key][0]].add(circle.colour)
    assert [len(found) for found in colours.values()] == [1] * len(colours)
    assert len(set.union(*colours.values())) == len(colours) > 1


def test_the_picture_of_the_page_is_taken(browser: Browser, pictures: Path) -> None:
    browser.drop(STYLE)
    draw(browser, PICTURED)
    browser.take_picture(pictures / "browser.png")
    content = (pictures / "browser.png").read_bytes()
    assert content.startswith(b"\x89PNG")
    assert 20_000 < len(content) < 300_000


def of(server: Neo4jServer) -> Server:
    """The server as the tests of sinks see it."""
    return Server(server.uri, "neo4j", server.password)


def draw(browser: Browser, query: SavedQuery) -> Drawing:
    """Draw a saved query as a person does: first its parameters, then its statement."""
    for name, value in query.parameters.items():
        browser.set_parameter(name, value)
    return browser.draw(query.cypher)


def ask(server: Server, query: SavedQuery) -> Answer:
    """Ask the same over Bolt; Browser draws all edges between the nodes of an answer."""
    values = (value for row in server.run(query.cypher, **query.parameters) for value in row)
    nodes = {value.element_id: value for value in values if hasattr(value, "labels")}
    between = "MATCH (a)-[r]->(b) WHERE elementId(a) IN $ids AND elementId(b) IN $ids RETURN type(r), count(*)"
    types = Counter(dict(server.run(between, ids=list(nodes))))
    return Answer({number(key): (label(node), node["name"]) for key, node in nodes.items()}, types)


def check(drawing: Drawing, answer: Answer) -> None:
    """Everything answered is drawn, once, under its name."""
    assert drawing.circles.keys() == answer.nodes.keys()
    assert drawing.arrows == answer.types.total()
    assert drawing.types == answer.types | Counter({"*": answer.types.total()})
    labels = Counter(label for label, _ in answer.nodes.values())
    assert drawing.labels == labels | Counter({"*": labels.total(), NODE_MARK: labels.total()})
    for key, circle in drawing.circles.items():
        assert begins(circle, answer.nodes[key][1])


def begins(circle: Circle, name: str) -> bool:
    """Say whether a circle has a name, or as much of it as it has room for: three characters or more."""
    part = circle.caption.removesuffix("…")
    return circle.caption == name or (part != circle.caption and len(part) > 2 and name.startswith(part))


def rules(style: str) -> dict[str, dict[str, str]]:
    """Read a style by its rules; Browser shows it with other quotes."""
    found = re.findall(r"^(.*?)\s*\{(.*?)^\}", style.replace('"', "'"), re.MULTILINE | re.DOTALL)
    return {selector: dict(re.findall(r"([\w-]+): (.*?);", body)) for selector, body in found}


def label(node: Any) -> str:
    """The label of a node that is not the mark of kg."""
    return str(*(name for name in node.labels if name != NODE_MARK))


def number(element_id: str) -> str:
    """The number of a node in its database, by which Browser names its circle."""
    return element_id.rpartition(":")[2]
