"""What lies in what and who answers for it: PART_OF and GOVERNS, as names themselves say it."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger
from kg.relations.reading import Reading
from kg.relations.territory import Territory

_GOVERNING = re.compile("委|党委|政府|人民政府|人大|人大常委会|人民代表大会|管委会")
"""What is left of the name of a body that answers for a whole division, once its place is taken off."""
_OFFICE = re.compile(
    "(?P<whole>.{2,}?)(?:常委会|常务委员会|办公厅|办公室|组织部|宣传部|统战部|政法委|编办|督查室|研究室|政研室|党组|机关党委)$"
)


def read_structure(reading: Reading, territory: Territory, bodies: Bodies, ledger: Ledger) -> None:
    """Add PART_OF and GOVERNS.

    PART_OF joins places that stand one in the other (门源县浩门镇) and a body's office to the body;
    GOVERNS a committee or government to its division (临汾市委, or 市委 where the page says which city).
    """
    places = reading.labelled("PLACE")
    for outer, inner in pairwise(places):
        whole, part = bodies.of_mention.get(outer.id), bodies.of_mention.get(inner.id)
        above, below = territory.of_mention.get(outer.id), territory.of_mention.get(inner.id)
        is_inside = below is None or (above is not None and above in territory.divisions.ancestors(below))
        if outer.end == inner.start and whole is not None and part is not None and whole != part and is_inside:
            evidence = reading.quote(outer, inner, method="rule:adjacent_places", score=0.9)
            ledger.claim("PART_OF", part, whole, evidence)
    by_name = {ledger.name(ref): ref for ref in ledger.refs("ORG")}
    for mention in reading.labelled("ORG"):
        ref = bodies.of_mention.get(mention.id)
        if ref is None:
            continue
        name = ledger.name(ref)
        office = _OFFICE.fullmatch(name)
        whole = by_name.get(office["whole"]) if office else None
        if whole is not None and whole != ref:
            evidence = reading.quote(mention, method="rule:office_of", score=0.9)
            ledger.claim("PART_OF", ref, whole, evidence)
        division, rest = territory.prefix(re.sub(r"\s", "", mention.surface))
        if division is not None and _GOVERNING.fullmatch(rest):
            is_named = mention.surface.startswith(division.name[:2])
            evidence = reading.quote(mention, method="rule:governs", score=0.95 if is_named else 0.75)
            ledger.claim("GOVERNS", ref, bodies.division(division, mention.start), evidence)
