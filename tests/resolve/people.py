"""People in documents, as resolution tests need them by the dozen."""

from __future__ import annotations

from typing import Any

from kg.records import Extraction, LocalEntity, Relation
from tests.factories import document, entity, extraction, relation

LINFEN, HONGDONG, XIAN = "141000", "141024", "610100"
PLACES = {LINFEN: "临汾市", HONGDONG: "洪洞县", XIAN: "西安市"}
LEVELS = {LINFEN: "prefecture", HONGDONG: "county", XIAN: "prefecture"}


def report(
    name: str,
    post: str = "",
    code: str = "",
    *,
    published: str | None = "2018-08-09",
    with_: tuple[str, ...] = (),
    text: str = "",
    level: str = "",
    **person: Any,
) -> Extraction:
    """Return a report that shows one person, in a post of a place when given, in company when given."""
    text = text or f"{PLACES.get(code, '')}{post}{name}到会,{'、'.join(with_)}同行,{published}第{len(name)}条。"
    entities: list[LocalEntity] = [entity("e1", "PERSON", name, **person)]
    relations: list[Relation] = []
    if post:
        place: dict[str, Any] = {"place": PLACES[code], "place_code": code, "level": LEVELS[code]} if code else {}
        if level:
            place["level"] = level
        entities.append(entity("e2", "POST", PLACES.get(code, "") + post, title=post, **place))
        relations.append(relation("HOLDS", "e1", "e2"))
    entities += [entity(f"e{n}", "PERSON", other) for n, other in enumerate(with_, 3)]
    return extraction(document(text, published=published), entities, relations)
