"""The grammar as spaCy components: `kg_page`, `kg_grammar`, `kg_spans`.

`kg_page` makes the page from the text and, where there is one, the document record;
`kg_grammar` adds its hits to `doc._.kg_hits`; `kg_spans` turns all hits into
`doc.spans` (one group a label) and `doc.ents` (the longest ones that do not overlap).
A statistical model plugs in between the last two and adds hits of its own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from kg.ner.grammar import find_hits
from kg.ner.page import Page, prune
from kg.records import LABELS, Document
from kg.tables.seeds import Seeds, default_seeds

for _name in ("kg_document", "kg_page"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
if not Doc.has_extension("kg_hits"):
    Doc.set_extension("kg_hits", default=[])


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
