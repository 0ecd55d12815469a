"""Undo the GBK byte shift exactly.

Mirrors edited pages byte by byte in GBK. They searched for the two bytes of certain
Traditional characters and put "(pinyin)" behind them, and for the two bytes of
full-width ASCII (A3 A1 … A3 FE) and put the ASCII byte in their place, also where the
two bytes belong to two neighbours. A reader then decoded the result: a lead byte
before an ASCII byte became "?" (an opening bracket after it was swallowed), and the
characters behind it were read one byte off until the next such place.

This module searches for the bytes that the page had before. A hypothesis is a way to
read the bytes seen so far: what text they make, and whether a lead byte is waiting for
its trail byte. Each mark of damage lets a hypothesis branch, the model of the
language scores it, and the best one at the end of the line is taken. Reading the page
as it stands is one of the hypotheses, so healthy text wins against every repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from kg.tables.seeds import Seeds
from kg.text.annotations import Annotation, readings
from kg.text.gbk import Token, decoded, tokens
from kg.text.language import LanguageModel, language_model

_WIDE_ASCII = 0xA3
_BEAM = 24
_LARGEST_GAP = 30.0
_EVENT = -3.0
_MISREAD = -4.0
_UNFIT = -8.0
_UNREAD_MARK = -40.0
_UNKNOWN = 0x100
"""Stands for a lead byte that was lost; the next byte tells what it can have been."""


class Node(NamedTuple):
    """A restored character and the stretch of the page that it was made of."""

    character: str
    start: int
    end: int
    before: Node | None


class Hypothesis(NamedTuple):
    """One reading; `pending` is a lead byte that waits, `last` the byte before this place (-1: none)."""

    score: float
    pending: int
    since: int
    last: int
    node: Node | None

    @property
    def character(self) -> str:
        """The last restored character."""
        return self.node.character if self.node else "\n"


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored line: its text, each character's stretch of the page, and how many runs changed."""

    text: str
    spans: tuple[tuple[int, int], ...]
    runs: int


@cache
def _annotated(first: int, syllable: str) -> tuple[tuple[int, str], ...]:
    """Second bytes that could be lost, with the annotated character: it begins with `first` and reads so."""
    table = decoded()
    pairs = ((second, table.get(first << 8 | second, "")) for second in range(0x80, 0xFF))
    return tuple((second, c) for second, c in pairs if c and syllable in readings(c))


class Reader:
    """Extends hypotheses token by token."""

    def __init__(self, page: str, model: LanguageModel) -> None:
        """Keep the page, for the literal reading of an annotation, and the model."""
        self.page = page
        self.model = model
        self.table = decoded()

    def extend(self, state: Hypothesis, token: Token, after: Token | None) -> Iterator[Hypothesis]:
        """Yield the ways in which a reading can go on; `after` is the next token of the line."""
        if token.kind == "byte":
            yield from self._byte(state, token)
        elif token.kind == "ascii":
            yield from self._ascii(state, token, after)
        elif token.kind == "lost":
            yield from self._hinted(state, token) if token.text else self._lost(state, token, after, "\ufffd")
        elif token.kind == "note":
            yield self._noted(state, token)
        elif state.pending < 0:
            yield self._literal(state, token.text, token)

    def _emit(
        self, state: Hypothesis, pair: int, start: int, end: int, *, pending: int = -1, cost: float = 0.0
    ) -> Iterator[Hypothesis]:
        """Close a character; `pending` is the lead byte that a replaced full-width sign leaves behind."""
        character = self.table.get(pair)
        if character is not None:
            score = state.score + self.model.score(character, state.character) + cost
            last = pair & 0xFF if pending < 0 else pending
            yield Hypothesis(
                score, pending, start if pending < 0 else end - 1, last, Node(character, start, end, state.node)
            )

    def _literal(self, state: Hypothesis, character: str, token: Token, cost: float = 0.0) -> Hypothesis:
        score = state.score + self.model.score(character, state.character) + cost
        return Hypothesis(score, -1, token.start, -1, Node(character, token.start, token.end, state.node))

    def _close(
        self, state: Hypothesis, trail: int, token: Token, *, pending: int = -1, cost: float = 0.0
    ) -> Iterator[Hypothesis]:
        """Give the waiting lead byte its trail byte; an unknown one is tried as all that make a known character."""
        if state.pending != _UNKNOWN:
            yield from self._emit(state, state.pending << 8 | trail, state.since, token.end, pending=pending, cost=cost)
            return
        for lead in range(0x81, 0xFF):
            if self.model.knows(self.table.get(lead << 8 | trail, "")):
                yield from self._emit(state, lead << 8 | trail, state.since, token.end, pending=pending, cost=cost)

    def _byte(self, state: Hypothesis, token: Token) -> Iterator[Hypothesis]:
        if state.pending >= 0:
            yield from self._close(state, token.byte, token)
            if token.byte < 0x7F:
                yield from self._straddled(state, token, _MISREAD)
        elif token.byte > 0x80:
            yield Hypothesis(state.score, token.byte, token.start, token.byte, state.node)
        elif token.byte < 0x7F:
            yield self._literal(state, chr(token.byte), token)
        elif token.end - token.start == 1 and self.page[token.start] == "€":
            yield self._literal(state, "€", token)

    def _ascii(self, state: Hypothesis, token: Token, after: Token | None) -> Iterator[Hypothesis]:
        if state.pending >= 0:
            if 0x40 <= token.byte < 0x7F:
                yield from self._close(state, token.byte, token)
            if token.byte > 0x20:
                yield from self._straddled(state, token, _EVENT)
        else:
            yield self._literal(state, token.text, token)
        if token.byte == ord("?"):
            yield from self._lost(state, token, after, "")

    def _straddled(self, state: Hypothesis, token: Token, cost: float) -> Iterator[Hypothesis]:
        """An ASCII byte that stands for A3 xx: A3 ends the waiting character, xx begins the next."""
        yield from self._close(state, _WIDE_ASCII, token, pending=token.byte + 0x80, cost=cost)

    def _lost(self, state: Hypothesis, token: Token, after: Token | None, literal: str) -> Iterator[Hypothesis]:
        """A lost byte that nothing hints at: the trail byte of the waiting lead, or a lead byte.

        It was lost because no character has it before the byte that follows it: before a
        hanzi that is 80 alone, before ASCII any lead byte.
        """
        before_ascii = after is None or after.kind != "byte"
        if state.pending < 0:
            if literal:
                yield self._literal(state, literal, token, _MISREAD)
            if after is not None and after.kind == "ascii" and after.byte < 0x40:
                yield Hypothesis(state.score + _EVENT, _UNKNOWN, token.start, -1, state.node)
        elif state.pending != _UNKNOWN:
            for trail in range(0x80, 0xFF) if before_ascii else (0x80,):
                if self.model.knows(self.table.get(state.pending << 8 | trail, "")):
                    yield from self._close(state, trail, token, cost=_EVENT)

    def _hinted(self, state: Hypothesis, token: Token) -> Iterator[Hypothesis]:
        """A lost byte and the reading of the character that it ends, true or accidental."""
        if state.last >= 0x81:
            for second, annotated in _annotated(state.last, token.text):
                # Mirrors annotate common characters: the likelier one wins, by half its weight.
                prior = state.score + self.model.score(annotated, "") / 2
                if state.pending >= 0:
                    yield from self._emit(
                        state._replace(score=prior), state.pending << 8 | second, state.since, token.start + 1
                    )
                else:
                    yield Hypothesis(prior, second, token.start, second, state.node)
        if state.pending < 0:
            node = state.node
            for place in range(token.start, token.end):
                node = Node(self.page[place], place, place + 1, node)
            yield Hypothesis(state.score + _UNREAD_MARK, -1, token.start, -1, node)

    def _noted(self, state: Hypothesis, token: Token) -> Hypothesis:
        """A regular annotation: the two bytes before it make a character that reads so."""
        if state.pending >= 0 and state.pending != _UNKNOWN:
            previous = state.node.character.encode("gb18030", "replace")[-1] if state.node else 0
            annotated = self.table.get(previous << 8 | state.pending, "")
        else:
            annotated = state.character
        fits = annotated and token.text in readings(annotated)
        return state if fits else state._replace(score=state.score + _UNFIT)


def _best(states: Iterable[Hypothesis]) -> list[Hypothesis]:
    """Keep one hypothesis for each state, and of these the best."""
    kept: dict[tuple[int, int, str], Hypothesis] = {}
    for state in states:
        key = (state.pending, state.last, state.character)
        if key not in kept or kept[key].score < state.score:
            kept[key] = state
    if len(kept) == 1:
        return list(kept.values())
    ranked = sorted(kept.values(), key=lambda s: -s.score)[:_BEAM]
    return [s for s in ranked if s.score >= ranked[0].score - _LARGEST_GAP]


def restore_line(text: str, start: int, end: int, notes: list[Annotation], *, seeds: Seeds) -> Restored | None:
    """Restore one line of a damaged page, or return `None` when no reading of its bytes holds together."""
    reader = Reader(text, language_model(seeds))
    states = [Hypothesis(0.0, -1, start, -1, None)]
    line = list(tokens(text, start, end, notes))
    for token, after in zip_longest(line, line[1:]):
        states = _best(later for state in states for later in reader.extend(state, token, after))
        if not states:
            return None
    whole = [state for state in states if state.pending < 0]
    if not whole:
        return None
    nodes: list[Node] = []
    node = max(whole, key=lambda s: s.score).node
    while node is not None:
        nodes.append(node)
        node = node.before
    nodes.reverse()
    runs, inside = 0, False
    for node in nodes:
        changed = node.end - node.start > 1 or text[node.start] != node.character
        runs += changed and not inside
        inside = changed
    return Restored("".join(n.character for n in nodes), tuple((n.start, n.end) for n in nodes), runs)
