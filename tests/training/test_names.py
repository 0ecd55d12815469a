"""Other names in the same sentences: same length, same offsets, leaders left alone."""

from __future__ import annotations

import random

from training.names import Renamer
from training.pages import Example, Span


def example(text: str, *names: str) -> Example:
    spans = tuple(sorted(Span(text.index(n), text.index(n) + len(n), "PERSON", n) for n in names))
    return Example("a", text, spans, frozenset(), frozenset(), frozenset())


def test_every_offset_stays() -> None:
    page = example("市长陆启明、古丽娜尔·艾山出席。", "陆启明", "古丽娜尔·艾山")
    renamer = Renamer([page])
    texts = {renamer.renamed(page, random.Random(seed)) for seed in range(20)}
    assert len(texts) > 15
    assert all(len(t) == len(page.text) and t[:2] == "市长" and t.endswith("出席。") for t in texts)


def test_one_person_has_one_new_name_on_a_page() -> None:
    text = "陆启明讲话，陆启明强调"
    spans = (Span(0, 3, "PERSON", "陆启明"), Span(6, 9, "PERSON", "陆启明"))
    page = Example("a", text, spans, frozenset(), frozenset(), frozenset())
    renamed = Renamer([]).renamed(page, random.Random(1))
    assert renamed[0:3] == renamed[6:9] != "陆启明"


def test_leaders_keep_their_names() -> None:
    page = example("习近平出席", "习近平")
    assert Renamer([page]).renamed(page, random.Random(1)) == page.text


def test_the_same_draw_gives_the_same_names() -> None:
    page = example("市长陆启明出席", "陆启明")
    assert Renamer([page]).renamed(page, random.Random(3)) == Renamer([page]).renamed(page, random.Random(3))
