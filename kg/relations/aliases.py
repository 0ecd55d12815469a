"""Short names that a page gives to its documents: （以下简称《方案》）."""

from __future__ import annotations

import re

from kg.relations.reading import Reading

_GIVEN = re.compile(
    "（(?:以下|下文|下)?(?:统|均)?简?称(?:为)?：?[《“](?P<alias>[^《》“”（）\n]{1,24})[》”](?:或[《“][^》”]{1,24}[》”])?）"
)
_MARKS = re.compile(r"[《》“”]|\s")


def without_alias(name: str) -> str:
    """Return a document's name without the short one that is given inside its marks or after them.

    >>> without_alias("《防汛工作方案》（以下简称《方案》）")
    '《防汛工作方案》'
    """
    return _GIVEN.sub("", name.replace("(", "（").replace(")", "）").replace(":", "：")) if "称" in name else name


def document_aliases(reading: Reading) -> dict[str, tuple[int, str]]:
    """Return, by short name, where it is given and the name of the document directly before it.

    A short name given twice is nobody's: the page means two documents by it.
    """
    found: dict[str, list[tuple[int, str]]] = {}
    for match in _GIVEN.finditer(reading.view):
        for mention in reading.labelled("POLICY"):
            if mention.end == match.start() or (mention.start < match.start() and match.end() <= mention.end):
                name = without_alias(re.sub(r"\s", "", mention.surface))
                found.setdefault(match["alias"], []).append((match.start(), name))
                break
    return {alias: given[0] for alias, given in found.items() if len({name for _, name in given}) == 1}


def bare(name: str) -> str:
    """Return a name without the marks of a title or quotation."""
    return _MARKS.sub("", name)
