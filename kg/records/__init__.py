"""The records that travel between stages: frozen, slotted, keyword-only.

Stages know these records and nothing of each other. Offsets are code points of
`Document.text`, half-open; ids inside a document are ordinal in text order
(`m1`, `e1`), so the same document gives the same bytes wherever it is read.

The records are imported from here; what goes with them (`errors`, `ids`, `report`, the dates
of `edtf` and `spells`, the JSON of an extraction) from its module.
"""

from kg.records.corpus_graph import CorpusEvidence, Edge, Entity, Graph
from kg.records.documents import Alignment, Document, RawDocument, Span, Zone
from kg.records.extractions import LABELS, LONGEST_QUOTE, Evidence, Extraction, Link, LocalEntity, Mention, Relation
from kg.records.ids import DocId, EdgeId, EntityId, LocalId, MentionId
from kg.records.properties import EMPTY, Properties, Scalar, Value

__all__ = [
    "EMPTY",
    "LABELS",
    "LONGEST_QUOTE",
    "Alignment",
    "CorpusEvidence",
    "DocId",
    "Document",
    "Edge",
    "EdgeId",
    "Entity",
    "EntityId",
    "Evidence",
    "Extraction",
    "Graph",
    "Link",
    "LocalEntity",
    "LocalId",
    "Mention",
    "MentionId",
    "Properties",
    "RawDocument",
    "Relation",
    "Scalar",
    "Span",
    "Value",
    "Zone",
]
