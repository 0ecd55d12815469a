"""Readers for tests of the machinery around reading: quick, and able to misbehave on request.

They are imported by name in worker processes.
"""

from __future__ import annotations

import os
import signal
import time
from functools import partial

from kg.engine.config import Config
from kg.engine.extractor import Read, document_id, extractor_name
from kg.records import Extraction, RawDocument
from kg.records.errors import ModelError, SourceError
from tests.factories import document, entity, extraction, relation

MISBEHAVIOUR = ("坏", "死", "慢", "聋", "空")
"""First characters that make the fake raise, die, be slow, be deaf to its time limit, refuse the text."""


def load_fake(config: Config) -> Read:
    """Return a reader that finds 王兵 chairing 会议 in whatever it is given."""
    return partial(read_fake, extractor_name(config))


def load_broken(config: Config) -> Read:
    """Fail as a missing model does."""
    raise ModelError("no model 'segmenter' in the package", hint="reinstall kg")


def load_buggy(config: Config) -> Read:
    """Fail as a bug does."""
    raise ZeroDivisionError("a bug at start")


def read_fake(extractor: str, raw: RawDocument) -> Extraction:
    """Read one document, or misbehave as its first character says."""
    match raw.text[:1]:
        case "坏":
            raise ValueError("a bug of this document")
        case "死":
            os.kill(os.getpid(), signal.SIGKILL)
        case "慢":
            time.sleep(60)
        case "聋":
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(60)
        case "空":
            raise SourceError("nothing but marks", reason="no text")
    kind = "fiction" if raw.text.startswith("第一章") else "report"
    doc = document(raw.text, id=document_id(raw), sources=(raw.source,), kind=kind, published=raw.published)
    if "王兵" not in raw.text or "会议" not in raw.text:
        return extraction(doc, extractor=extractor)
    found = (entity("e1", "PERSON", "王兵"), entity("e2", "MEETING", "会议"))
    return extraction(doc, found, (relation("PRESIDED", "e1", "e2"),), extractor=extractor)
