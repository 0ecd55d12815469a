"""Grammar and learned reader as spaCy components: `kg_page`, `kg_grammar`, `kg_model`, `kg_spans`.

`kg_page` makes the page from the text and, where there is one, the document record;
`kg_grammar` adds its hits to `doc._.kg_hits`; `kg_model`, which may be left out, adds the
reader's, lets the combiner decide, and sets `doc._.kg_pairs`; `kg_spans` turns all hits into
`doc.spans` (one group a label) and `doc.ents` (the longest ones that do not overlap).
A component of one's own that adds hits stands before the last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.ner.grammar import find_hits
from kg.ner.learned import Pair, Reader, default_reader
from kg.ner.lexicon import build_lexicon
from kg.ner.page import Page, prune
from kg.ner.propose import decide, propose
from kg.records import LABELS, Document
from kg.tables.seeds import Seeds, default_seeds
from kg.tables.weights import Combiner, default_combiner

for _name in ("kg_document", "kg_page"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
for _name in ("kg_hits", "kg_pairs"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=[])


@Language.component("kg_page")
def make_page(doc: Doc) -> Doc:
    """Set `doc._.kg_page`: the matching view, token starts, and the zones to leave out."""
    document: Document | None = doc._.kg_document
    starts = (token.idx for token in doc)
    if document is None:
        doc._.kg_page = Page.of(doc.text, starts)
    else:
        zones = ((zone.start, zone.end, zone.kind) for zone in document.zones)
        doc._.kg_page = Page.of(doc.text, starts, zones, document.authors)
    return doc


class Grammar:
    """Adds the grammar's hits to `doc._.kg_hits`."""

    def __init__(self) -> None:
        """Start with the package's tables; the compiled lists are cached by tables."""
        self.seeds: Seeds = default_seeds()

    def __call__(self, doc: Doc) -> Doc:
        """Read one page."""
        doc._.kg_hits = [*doc._.kg_hits, *find_hits(doc._.kg_page, self.seeds)]
        return doc


@Language.factory("kg_grammar")
def create_grammar(nlp: Language, name: str) -> Grammar:
    """Create the grammar over the package's tables; `kg.ner.pipeline.load` gives it the user's."""
    return Grammar()


class Model:
    """Proposes mentions of its own, decides with the combiner which of all are kept, and links them.

    Sets `doc._.kg_hits` to what is kept, with its probability, and `doc._.kg_pairs` to the scored pairs over it.
    """

    def __init__(self, reader: Reader, combiner: Combiner) -> None:
        """Take the model and the weights; the tables are the package's until others are set."""
        self.reader, self.combiner = reader, combiner
        self.seeds: Seeds = default_seeds()

    def __call__(self, doc: Doc) -> Doc:
        """Read one page."""
        encoded = self.reader.encode(doc.text)
        proposals = propose(doc._.kg_page, doc._.kg_hits, encoded, build_lexicon(self.seeds))
        doc._.kg_hits = decide(proposals, self.combiner)
        pairs, reported = self.reader.link(encoded, [hit[:3] for hit in doc._.kg_hits])
        meetings = (i for i, hit in enumerate(doc._.kg_hits) if hit.label == "MEETING")
        doc._.kg_pairs = [*pairs, *(Pair("REPORTED", i, i, reported[i]) for i in meetings)]
        return doc


@Language.factory("kg_model")
def create_model(nlp: Language, name: str) -> Model:
    """Create the component over the package's reader and combiner."""
    return Model(default_reader(), default_combiner())


@Language.component("kg_spans")
def set_spans(doc: Doc) -> Doc:
    """Split tokens that cross the bounds of a hit, then set `doc.spans` and `doc.ents`."""
    hits = prune(doc._.kg_hits)
    doc._.kg_hits = hits
    cuts = sorted({offset for hit in hits for offset in (hit.start, hit.end)})
    with doc.retokenize() as retokenizer:
        for token in doc:
            first, last = bisect_right(cuts, token.idx), bisect_left(cuts, token.idx + len(token))
            inside = [cut - token.idx for cut in cuts[first:last]]
            if inside:
                edges = [0, *inside, len(token)]
                orths = [token.text[a:b] for a, b in pairwise(edges)]
                retokenizer.split(token, orths, heads=[(token, i) for i in range(len(orths))])
    groups: defaultdict[str, list[Span]] = defaultdict(list)
    for hit in hits:
        span = doc.char_span(hit.start, hit.end, label=hit.label)
        if span is not None:
            groups[hit.label].append(span)
    for label in LABELS:
        doc.spans[label] = groups[label]
    doc.ents = tuple(filter_spans([span for spans in groups.values() for span in spans]))
    return doc
