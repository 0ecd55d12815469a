"""Persons, false officials, posts, and where the posts are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.evaluate.extracted import Extracted, Found
from kg.evaluate.gold import GoldDocument, GoldPerson
from kg.evaluate.names import fold, head_word, is_past, is_weak, same_kind, scope_core, without_place
from kg.evaluate.tally import HIT, MISSED, Tally, total


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonScores:
    """What one document gives on persons and posts."""

    persons: Tally
    false_officials: tuple[str, ...]
    posts: Tally
    posts_strict: Tally
    posts_placed: Tally
    notes: tuple[str, ...]


def score_persons(gold: GoldDocument, found: Extracted) -> PersonScores:
    """Score the persons of one document, and the posts of those persons that were found."""
    wanted = {fold(person.name) for person in gold.persons if not person.mention_only}
    allowed = {fold(person.name) for person in gold.persons if person.mention_only}
    names = {fold(entity.name) for entity in found.labelled("PERSON")}
    wrong = names - wanted - allowed
    met = [person for person in gold.persons if not person.mention_only and fold(person.name) in names]
    page = fold(gold.clean if gold.clean is not None else found.text)
    placed = [(person, _is_placed(person, found, page)) for person in met]
    notes = [f"wrong person {name}" for name in sorted(wrong)]
    notes += [f"missed person {name}" for name in sorted(wanted - names)]
    notes += [f"post without its place: {person.name} {person.scope}" for person, ok in placed if ok is False]
    notes += [note for person in met for note in _missed_posts(person, found)]
    return PersonScores(
        persons=Tally(len(names & wanted), len(wrong), len(wanted - names)),
        false_officials=tuple(sorted(names & set(map(fold, gold.not_officials)))),
        posts=total(_posts(person, found, _agrees_leniently)[0] for person in met),
        posts_strict=total(_posts(person, found, _agrees_strictly)[0] for person in met),
        posts_placed=total(HIT if ok else MISSED for _, ok in placed if ok is not None),
        notes=tuple(notes),
    )


def _agrees_leniently(person: GoldPerson, stated: str, name: str) -> bool:
    return same_kind(name, stated)


def _agrees_strictly(person: GoldPerson, stated: str, name: str) -> bool:
    same = without_place(name, person.scope) == without_place(stated, person.scope)
    # Kinds are compared too: 副市长 ends in 市长.
    return same_kind(name, stated) and (same or fold(name).endswith(fold(stated)))


Agreement = Callable[[GoldPerson, str, str], bool]


def _posts(person: GoldPerson, found: Extracted, agrees: Agreement) -> tuple[Tally, list[str]]:
    """Match each firm post with the first unused post that agrees; weak and past ones never count as wrong."""
    left = list(found.posts_of(fold(person.name)))
    firm = [post for post in person.posts if not is_past(post) and not is_weak(post)]
    missed = []
    for stated in firm:
        match = next((post for post in left if any(agrees(person, stated, name) for name in post.names)), None)
        if match is None:
            missed.append(stated)
        else:
            left.remove(match)
    wrong = sum(not _is_neutral(person, post) for post in left)
    return Tally(len(firm) - len(missed), wrong, len(missed)), missed


def _is_neutral(person: GoldPerson, post: Found) -> bool:
    past = {head_word(stated) for stated in person.posts if is_past(stated)}
    return any("领导" in name or head_word(name) in past for name in post.names)


def _missed_posts(person: GoldPerson, found: Extracted) -> Iterator[str]:
    for stated in _posts(person, found, _agrees_leniently)[1]:
        yield f"missed post {person.name} {stated}"


def _is_placed(person: GoldPerson, found: Extracted, page: str) -> bool | None:
    """Say whether the place of a person's posts was found; `None` where the page does not give it."""
    scope = scope_core(person.scope)
    posts = found.posts_of(fold(person.name))
    if len(scope) < 2 or scope not in page or not posts:
        return None
    return scope in "".join(name for post in posts for name in found.places_of(post))
