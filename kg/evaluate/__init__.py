"""Scoring extractions against annotated documents.

The library behind `kg eval`. It reads what `kg extract` prints and knows nothing of how it was made,
so it scores any extractor that prints the same shape.
"""

from kg.evaluate.floors import Floors, fallen, read_floors, write_floors
from kg.evaluate.gold import GoldDocument, gold_digest, load_gold
from kg.evaluate.run import floors_path, run_eval
from kg.evaluate.scores import DocumentScores, Scores, evaluate, score_document
from kg.evaluate.tally import Tally

__all__ = [
    "DocumentScores",
    "Floors",
    "GoldDocument",
    "Scores",
    "Tally",
    "evaluate",
    "fallen",
    "floors_path",
    "gold_digest",
    "load_gold",
    "read_floors",
    "run_eval",
    "score_document",
    "write_floors",
]
