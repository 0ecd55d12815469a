"""The ledger: the same twice is once, the first stays, and numbers follow the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.records import LABELS, Evidence
from kg.relations.ledger import Ledger, Ref
from tests.factories import mention

MAYOR, CITY = Ref("PERSON", "段文澜"), Ref("PLACE", "临汾市")


def evidence(start: int = 0, end: int = 2) -> Evidence:
    """Return evidence of these bounds."""
    return Evidence(
        start=start, end=end, raw_start=start, raw_end=end, quote="字" * (end - start), method="rule:test", score=0.9
    )


def test_the_same_entity_twice_is_one_with_an_alias() -> None:
    ledger = Ledger()
    ledger.entity(CITY, "临汾市", at=5, level="prefecture")
    ledger.entity(CITY, "临汾", at=2, alias="平阳", level="county", code="141000")
    (entity,), relations = ledger.freeze()
    assert (entity.name, entity.aliases) == ("临汾市", ("临汾", "平阳"))
    assert entity.properties == {"level": "prefecture", "code": "141000"}
    assert relations == ()


def test_nothing_known_is_no_property() -> None:
    ledger = Ledger()
    ledger.entity(CITY, "临汾市", at=0, code=None, level="")
    assert ledger.freeze()[0][0].properties == {}


def test_the_first_passage_of_a_claim_stays_and_later_ones_add_what_was_unknown() -> None:
    ledger = Ledger()
    ledger.entity(MAYOR, "段文澜", at=0)
    ledger.entity(CITY, "临汾市", at=4)
    ledger.claim("INSPECTED", MAYOR, CITY, evidence(0, 6), kind="调研")
    ledger.claim("INSPECTED", MAYOR, CITY, evidence(9, 12), kind="检查", date="XXXX-05-06")
    (relation,) = ledger.freeze()[1]
    assert relation.evidence.start == 0
    assert relation.properties == {"kind": "调研", "date": "XXXX-05-06"}


def test_a_key_tells_two_claims_apart() -> None:
    ledger = Ledger()
    ledger.entity(MAYOR, "段文澜", at=0)
    ledger.entity(CITY, "临汾市", at=4)
    for key in ("甲", "乙", "甲"):
        ledger.claim("APPOINTED", CITY, MAYOR, evidence(), key=key)
    assert len(ledger.freeze()[1]) == 2


def test_a_claim_can_be_taken_back() -> None:
    ledger = Ledger()
    other = Ref("PLACE", "洪洞县")
    for at, ref in enumerate((MAYOR, CITY, other)):
        ledger.entity(ref, ref.key, at=at)
    for place in (CITY, other):
        ledger.claim("INSPECTED", MAYOR, place, evidence())
    ledger.forget("INSPECTED", MAYOR, CITY)
    assert ledger.claims("INSPECTED") == [(MAYOR, other)]
    ledger.forget("INSPECTED", MAYOR)
    assert ledger.claims("INSPECTED") == []


def test_properties_that_point_to_entities_become_their_ids() -> None:
    ledger = Ledger()
    ledger.entity(MAYOR, "段文澜", at=9)
    post = ledger.entity(Ref("POST", "市长"), "市长", at=1, org_id=CITY)
    ledger.entity(CITY, "临汾市", at=4)
    ledger.claim("APPOINTED", CITY, MAYOR, evidence(), post_id=post)
    entities, (relation,) = ledger.freeze()
    assert [(e.id, e.name) for e in entities] == [("e1", "市长"), ("e2", "临汾市"), ("e3", "段文澜")]
    assert entities[0].properties == {"org_id": "e2"}
    assert (relation.head_id, relation.tail_id) == ("e2", "e3")
    assert relation.properties == {"post_id": "e1"}


def test_mentions_are_listed_once_in_text_order() -> None:
    text = "临汾市与临汾"
    first, second = mention(text, "临汾市", "PLACE", id="m1"), mention(text, "临汾", "PLACE", id="m2", start=4)
    ledger = Ledger()
    for one in (second, first, second):
        ledger.entity(CITY, "临汾市", at=one.start, mention=one)
    assert ledger.freeze()[0][0].mention_ids == ("m1", "m2")


refs = st.builds(Ref, st.sampled_from(LABELS), st.sampled_from("甲乙丙丁"))
entries = st.lists(st.tuples(refs, st.sampled_from("甲乙"), st.integers(0, 30)), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None)
@given(entries, st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(0, 9)), max_size=12))
def test_numbers_follow_the_text_and_every_end_exists(
    found: list[tuple[Ref, str, int]], claims: list[tuple[int, int, int]]
) -> None:
    ledger = Ledger()
    for ref, name, at in found:
        ledger.entity(ref, name, at=at)
    for head, tail, start in claims:
        ledger.claim("HOLDS", found[head % len(found)][0], found[tail % len(found)][0], evidence(start, start + 2))
    entities, relations = ledger.freeze()
    assert [e.id for e in entities] == [f"e{n}" for n in range(1, len(entities) + 1)]
    firsts = {ref: min(at for other, _, at in found if other == ref) for ref, _, _ in found}
    assert sorted(firsts.values()) == [firsts[ref] for ref in sorted(firsts, key=lambda r: (firsts[r], r))]
    assert len(entities) == len(firsts)
    known = {e.id for e in entities}
    assert all(r.head_id in known and r.tail_id in known for r in relations)
    assert [r.evidence.start for r in relations] == sorted(r.evidence.start for r in relations)
    assert ledger.freeze() == (entities, relations)
