"""The annotated documents: read, typed, and their digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.records.errors import InputFileError


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPerson:
    """A person that the page names as an official; `mention_only` is neither right nor wrong to find."""

    name: str
    posts: tuple[str, ...]
    scope: str
    mention_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMeeting:
    """A meeting; `main` is false for one that the page only mentions."""

    name: str
    aliases: tuple[str, ...]
    date: str
    place: str
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRelation:
    """A relation by the names of its ends; for APPOINTED and REMOVED the tail is `person/post@organisation`."""

    type: str
    head: str
    tail: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """One annotated document. `clean` is the undamaged text, or `None` where the folder has none."""

    id: str
    script: str
    category: str
    persons: tuple[GoldPerson, ...]
    not_officials: tuple[str, ...]
    meetings: tuple[GoldMeeting, ...]
    policies: tuple[str, ...]
    directives: tuple[str, ...]
    places: tuple[str, ...]
    orgs: tuple[str, ...]
    relations: tuple[GoldRelation, ...]
    optional: tuple[GoldRelation, ...]
    clean: str | None

    @property
    def is_damaged(self) -> bool:
        """Say whether the repair of this document is measured: neither plain Simplified nor Taiwan wording."""
        return self.script not in ("hans", "tw")


def load_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """Read all annotated documents of a folder, sorted by name.

    Raises:
        InputFileError: there is none, or one is malformed.
    """
    documents = tuple(_read(path) for path in sorted(folder.glob("*.json")))
    if not documents:
        raise InputFileError("no annotated documents (NN.json) here", path=folder)
    return documents


def gold_digest(folder: Path) -> str:
    """Return the SHA-256 of the whole gold set: every name and every byte."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.json"), *folder.glob("*.txt"), *folder.glob("clean/*.txt")]):
        content = path.read_bytes()
        total.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _read(path: Path) -> GoldDocument:
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputFileError(f"cannot read the annotations: {error}", path=path) from error
    clean = path.parent / "clean" / f"{path.stem}.txt"
    try:
        return _document(path.stem, data, clean.read_text("utf-8") if clean.exists() else None)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputFileError(
            f"malformed annotations: {type(error).__name__}: {error}", path=path, hint="see docs/annotation.md"
        ) from error


def _document(name: str, data: Mapping[str, Any], clean: str | None) -> GoldDocument:
    return GoldDocument(
        id=name,
        script=str(data.get("script", "")),
        category=str(data.get("category", "")),
        persons=tuple(
            GoldPerson(
                name=person["name"],
                posts=tuple(person["posts"]),
                scope=person.get("scope") or "",
                mention_only=bool(person.get("mention_only")),
            )
            for person in data["persons"]
        ),
        not_officials=_names(data.get("not_officials", ())),
        meetings=tuple(
            GoldMeeting(
                name=meeting["name"],
                aliases=tuple(meeting.get("aliases", ())),
                date=meeting.get("date") or "",
                place=meeting.get("place") or "",
                main=bool(meeting.get("main", True)),
            )
            for meeting in data["meetings"]
        ),
        policies=_names(data.get("policies", ())),
        directives=_names(data.get("directives", ())),
        places=_names(data.get("places", ())),
        orgs=_names(data.get("orgs", ())),
        relations=_relations(data["relations"]),
        optional=_relations(data.get("optional_relations", ())),
        clean=clean,
    )


def _names(items: Sequence[str | Mapping[str, str]]) -> tuple[str, ...]:
    return tuple(item if isinstance(item, str) else item["name"] for item in items)


def _relations(items: Sequence[Mapping[str, str]]) -> tuple[GoldRelation, ...]:
    return tuple(
        GoldRelation(type=item["type"], head=item["head"], tail=item["tail"], evidence=item.get("evidence", ""))
        for item in items
    )
