"""Resolution and graph together: the same documents in any order give the same bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict

import pytest

from kg.graph.build import build_graph
from kg.records import Extraction, Graph
from kg.records.report import Drop
from kg.resolve.corpus import resolve
from kg.tables.schema import load_schema
from tests.factories import document, entity, extraction, relation
from tests.resolve.people import HONGDONG, LINFEN, XIAN, report


def meeting(n: int, date: str) -> Extraction:
    return extraction(
        document(f"第{n}篇:市长王兵主持召开市政府常务会议。会议传达王兵关于防汛工作的批示精神。", published=date),
        [
            entity("e1", "PERSON", "王兵"),
            entity("e2", "POST", "市长", title="市长", place="临汾市", place_code=LINFEN, org_id="e4"),
            entity("e3", "MEETING", "市政府常务会议", date="2018-08-08", place_code=LINFEN),
            entity("e4", "ORG", "市政府", place="临汾市", place_code=LINFEN),
            entity("e5", "DIRECTIVE", "王兵关于防汛工作的批示精神", issuer="王兵"),
        ],
        [
            relation("HOLDS", "e1", "e2"),
            relation("POST_IN", "e2", "e4"),
            relation("PRESIDED", "e1", "e3"),
            relation("CONVENED", "e4", "e3"),
            relation("CONVEYED", "e3", "e5"),
            relation("ISSUED", "e1", "e5"),
        ],
    )


PAGES = [
    *(meeting(n, f"2018-08-{10 + n}") for n in range(4)),
    report("王兵", "副市长", XIAN),
    report("王兵", "副市长", LINFEN, published="2016-01-01"),
    report("李丁", "县长", HONGDONG, with_=("王兵", "赵甲")),
    report("李丁", with_=("王兵", "赵甲"), published=None),
    report("赵甲", published="XXXX-01-01"),
]


def whole(pages: Sequence[Extraction]) -> tuple[Graph, list[Drop]]:
    drops: list[Drop] = []
    resolution = resolve(pages, load_schema(), drops.append)
    return build_graph(pages, resolution.entities, resolution.stories, load_schema(), drops.append), drops


def as_bytes(graph: Graph) -> bytes:
    rows = [asdict(node) for node in graph.nodes] + [asdict(edge) for edge in graph.edges]
    rows += [asdict(passage) for passage in graph.evidence]
    return json.dumps([{k: str(v) for k, v in row.items()} for row in rows], ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", range(8))
def test_order_of_documents_changes_no_byte(seed: int) -> None:
    shuffled = list(PAGES)
    random.Random(seed).shuffle(shuffled)
    assert as_bytes(whole(shuffled)[0]) == as_bytes(whole(PAGES)[0])


def test_reports_on_one_meeting_are_one_subgraph() -> None:
    graph, drops = whole(PAGES)
    assert drops == []
    names = {node.id: node.caption for node in graph.nodes}
    told = {(names[e.head_id], e.type, names[e.tail_id]): e for e in graph.edges if e.type != "MENTIONS"}
    chaired = told["王兵 · 临汾市市长", "PRESIDED", "市政府常务会议 2018-08-08"]
    assert (chaired.doc_count, len(chaired.evidence)) == (4, 4)
    assert told["临汾市市长", "POST_IN", "临汾市政府"].doc_count == 4
    post = next(node for node in graph.nodes if node.caption == "临汾市市长")
    assert names[next(node.id for node in graph.nodes if node.id == post.properties["org_id"])] == "临汾市政府"
