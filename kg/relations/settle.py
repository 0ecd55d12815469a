"""Every claim of a page weighed: what rules and the model say for it, and whether it is kept.

One regression a type (`kg.tables.weights`) turns the features of a claim into the probability that it is
right, which is the confidence of the edge. Types that nobody annotates keep the score of their rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.records import Mention
from kg.relations.ledger import Ledger, Ref
from kg.relations.linked import METHOD, Links
from kg.relations.reading import Reading
from kg.tables.weights import Combiner, logit

DECIDED: Final = frozenset(
    {
        *("PRESIDED", "ATTENDED", "SPOKE_AT", "REPORTED_AT", "HELD_IN", "CONVEYED", "DELIBERATED", "APPROVED"),
        *("ISSUED", "INSPECTED", "APPOINTED", "REMOVED", "HOLDS"),
    }
)
_PERSONNEL: Final = ("APPOINTED", "REMOVED")
_DISTANCES: Final = (8, 24, 64, 160)
At = tuple[str, Ref, Ref, str]


def settle(ledger: Ledger, reading: Reading, links: Links, combiner: Combiner) -> None:
    """Give each claim of a decided type its probability; take back those below the least share of their type."""
    judged = [(at, combiner.claims[at[0]]) for at in ledger.claimed() if at[0] in combiner.claims]
    # Features first: a claim taken back must not change what is seen of the next.
    shares = [(at, model, model.share(claim_features(at, ledger, reading, links))) for at, model in judged]
    for at, model, share in shares:
        ledger.settle(at, share if share >= model.least else None)


def claim_features(at: At, ledger: Ledger, reading: Reading, links: Links) -> Mapping[str, float]:
    """Return what speaks for a claim."""
    type_, head, tail, key = at
    evidence = ledger.evidence(at)
    best = links.best(type_, head, tail)
    score = best.score if best else 0.0
    if type_ in _PERSONNEL:
        as_post = links.best(f"{type_}_AS", tail, Ref("POST", key))
        features = {"model's post": logit(as_post.score if as_post else 0.0)}
    else:
        features = {}
    by_rule = evidence.method != METHOD
    tails, heads = links.rank(type_, head, tail)
    others = max((links.score(t, head, tail) for t in DECIDED if t != type_), default=0.0)
    features |= {
        "model": logit(score),
        "rule": float(by_rule),
        "model if rule": logit(score) * by_rule,
        "unseen": float(best is None),
        "other type": logit(others),
        f"better tails {tails}": 1.0,
        f"better tails {tails} if rule": float(by_rule),
        f"better heads {heads}": 1.0,
        f"better heads {heads} if rule": float(by_rule),
        "head": _share(ledger, head),
        "tail": _share(ledger, tail),
        f"from {head.label}": 1.0,
        f"to {tail.label}": 1.0,
        "in title": float(reading.document.zone_at(evidence.start) == "title"),
    }
    if by_rule:
        features[evidence.method] = 1.0
        features["rule's score"] = evidence.score
    for end in (head, tail):
        if end.label == "MEETING":
            reported = max((reading.reported.get(m.id, 0.0) for m in ledger.mentions(end)), default=0.0)
            features["reported"] = logit(reported)
    features |= _nearness(ledger.mentions(head), ledger.mentions(tail), reading)
    if best is not None:
        apart = abs(best.head.start - best.tail.start)
        features[f"apart {sum(apart > d for d in _DISTANCES)}"] = 1.0
        features["same sentence"] = float(
            reading.sentence_at(best.head.start).start == reading.sentence_at(best.tail.start).start
        )
    return features


def _nearness(heads: Sequence[Mention], tails: Sequence[Mention], reading: Reading) -> Mapping[str, float]:
    """Return how many sentences part the two where they stand nearest, and whether others stand nearer to the tail.

    Who is named beside a stop went there rather than somebody whom only the paragraph before names.
    """
    if not heads or not tails:
        return {}
    at = {m.id: reading.number_at(m.start) for m in (*heads, *tails)}
    gaps = ((abs(at[h.id] - at[t.id]), t.start, t) for h in heads for t in tails)
    gap, _, tail = min(gaps, key=lambda found: found[:2])
    beside = reading.labelled(heads[0].label, reading.sentence_at(tail.start))
    own = {h.id for h in heads}
    return {
        f"sentences apart {min(gap, 3)}": 1.0,
        "others beside the tail": float(gap > 0 and any(m.id not in own for m in beside)),
    }


def _share(ledger: Ledger, ref: Ref) -> float:
    """Return the log-odds of the likeliest mention of an entity, 0 where it has none."""
    mentions: list[Mention] = ledger.mentions(ref)
    return logit(max(m.score for m in mentions)) if mentions else 0.0
