"""The text stage: decoded pages to repaired documents in Simplified script, with zones and sentences."""

from kg.text.document import build_document

__all__ = ["build_document"]
