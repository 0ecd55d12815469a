"""Two annotations of the same pages compared: the second is scored as if a program had read it.

    python -m training.agreement SECOND | python score.py FIRST /dev/stdin

Prints an extraction a page for the scorer of the shared folder; the first annotation is its gold.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_PAST = re.compile("[（(](?:免|辞)[)）]")


def as_extraction(name: str, text: str, gold: Mapping[str, Any]) -> dict[str, Any]:
    """Return an annotation in the form of an extraction, each relation with its own words as evidence."""
    entities: dict[tuple[str, str], dict[str, Any]] = {}

    def entity(label: str, title: str, **more: Any) -> str:
        known = entities.setdefault(
            (label, title),
            {"id": f"e{len(entities) + 1}", "label": label, "name": title, "aliases": [], "properties": {}},
        )
        known["aliases"] = list(dict.fromkeys([*known["aliases"], *more.pop("aliases", [])]))
        known["properties"] |= {k: v for k, v in more.items() if v}
        return str(known["id"])

    def relation(type_: str, head: str, tail: str, words: str, **more: str) -> None:
        start = max(0, text.find(words))
        quote = {"start": start, "end": start + len(words), "quote": text[start : start + len(words)]}
        relations.append({"type": type_, "head_id": head, "tail_id": tail, "evidence": quote, "properties": more})

    relations: list[dict[str, Any]] = []
    for label, key in (("POLICY", "policies"), ("ORG", "orgs"), ("PLACE", "places")):
        for item in gold[key]:
            entity(label, item)
    for one in gold["meetings"]:
        entity("MEETING", one["name"], aliases=one["aliases"], date=one["date"])
    for one in gold["directives"]:
        entity("DIRECTIVE", one["name"], aliases=one["aliases"])
    for person in gold["persons"]:
        who = entity("PERSON", person["name"], aliases=person["surface_forms"])
        for post in person["posts"]:
            if not _PAST.search(post) and not person["mention_only"]:
                held = entity("POST", post, place=re.sub("[（(].*", "", person["scope"]))
                relation("HOLDS", who, held, person["name"])
    labels = {title: label for label, title in reversed(entities)}
    for one in gold["relations"]:
        head = entity(labels.get(one["head"], "ORG"), one["head"])
        name_of_tail, _, rest = one["tail"].partition("/")
        is_personnel = one["type"] in ("APPOINTED", "REMOVED")
        title = name_of_tail if is_personnel else one["tail"]
        tail = entity(labels.get(title, "ORG"), title)
        relation(one["type"], head, tail, one["evidence"], **({"post": rest.partition("@")[0]} if is_personnel else {}))
    return {
        "document": {"source": f"{name}.txt", "text": text},
        "mentions": [],
        "entities": list(entities.values()),
        "relations": relations,
    }


def main() -> None:
    """Print the extractions."""
    folder = Path(sys.argv[1])
    for path in sorted(folder.glob("*.json")):
        clean = folder / "clean" / f"{path.stem}.txt"
        text = (clean if clean.exists() else path.with_suffix(".txt")).read_text("utf-8")
        print(json.dumps(as_extraction(path.stem, text, json.loads(path.read_text("utf-8"))), ensure_ascii=False))


if __name__ == "__main__":
    main()
