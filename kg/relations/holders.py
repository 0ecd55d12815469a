"""Who holds which post: chains before a name, a post shared by a list of names, a title after a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.records import Mention
from kg.relations.bodies import Bodies
from kg.relations.ledger import Ledger, Ref
from kg.relations.offices import Office, Offices, is_fuller, is_same
from kg.relations.reading import Reading
from kg.relations.territory import Territory

_CHAIN = re.compile(r"^(?:、|兼|兼任|和|及)?(?:政府)?[ \t]*\Z")
_NAMES = re.compile(r"^(?:同志)?(?:（[^（）]{1,24}）)?\s*(?:、|和|与|及|以及)\s*$")
_COLUMN = re.compile("^ {2,}$")
_TO_NAME = re.compile(r"^[ ：]{0,2}$")

_NO_KNOWN_DAY = "XXXX"
"""When a post ended that a page calls past (原副市长): EDTF for a date of which nothing is known."""


class Holders:
    """Reads posts and their holders."""

    def __init__(self, reading: Reading, territory: Territory, bodies: Bodies, ledger: Ledger) -> None:
        """Read the posts; `read` says who holds them."""
        self.reading, self.ledger = reading, ledger
        self.offices = Offices(reading, territory, bodies, ledger)
        self._held: dict[Ref, list[Office]] = {}

    def key(self, office: Office) -> Ref:
        """Return the post of an office without adding it."""
        where = office.division.code or office.division.name if office.division else ""
        return Ref("POST", f"{office.org.key if office.org else where}|{office.title}")

    def post(self, office: Office) -> Ref:
        """Add the post of an office to the ledger and return it, with POST_IN where its organisation is known."""
        ref = self.key(office)
        self.ledger.entity(
            ref,
            office.name,
            at=office.mention.start,
            mention=office.mention,
            alias=re.sub(r"\s", "", office.mention.surface),
            title=office.title,
            org_id=office.org,
            place=office.division.name if office.division else None,
            place_code=office.division.code if office.division else None,
            level=office.division.level if office.division else self._national(office),
            weak=office.weak or None,
        )
        if office.org:
            self.ledger.claim(
                "POST_IN", ref, office.org, self.reading.quote(office.mention, method="rule:post", score=0.95)
            )
        return ref

    def _national(self, office: Office) -> str | None:
        level = self.ledger.properties(office.org).get("level") if office.org else None
        return str(level) if level else None

    def read(self, people: dict[str, Ref]) -> None:
        """Add HOLDS for every person beside a post; `people` maps person mentions to entities."""
        mentions = sorted(
            [*self.reading.labelled("POST"), *self.reading.labelled("PERSON")], key=lambda m: (m.start, m.end)
        )
        held = self._held
        chain: list[Office] = []
        previous: Mention | None = None
        tabled: Mention | None = None
        for mention in mentions:
            gap = self.reading.between(previous, mention) if previous else "，"
            if mention.label == "POST":
                office = self.offices.of_mention[mention.id]
                if previous is not None and previous.label == "PERSON" and _COLUMN.match(gap):
                    tabled = previous
                if tabled is not None and (previous is tabled or _CHAIN.match(gap)):
                    self._hold(people.get(tabled.id), [office], tabled, held)
                    previous, chain = mention, []
                    continue
                tabled = None
                name = previous if previous is not None and previous.label == "PERSON" and not gap else None
                if name is not None and (len(name.surface) == 1 or name.method == "rule:surname_post"):
                    chain = []  # 宋县长 is said of a deputy too: courtesy, no post
                elif name is not None and self._is_postfix(mention, mentions):
                    self._hold(people.get(name.id), [office], name, held)
                    chain = []
                elif previous is not None and previous.label == "POST" and _CHAIN.match(gap) and chain:
                    chain.append(office)
                else:
                    chain = [office]
            elif previous is not None and previous.label == "POST" and _TO_NAME.match(gap) and chain:
                self._hold(people.get(mention.id), chain, mention, held)
            elif not (previous is not None and previous.label == "PERSON" and chain and _NAMES.match(gap)):
                chain = []
            else:
                self._hold(people.get(mention.id), chain, mention, held)
            previous = mention

    def add(
        self,
        person: Ref,
        offices: Sequence[Office],
        name: Mention,
        *,
        method: str = "rule:post_name",
        score: float = 0.95,
    ) -> None:
        """Add HOLDS for posts that something else found to be a person's."""
        self._hold(person, offices, name, self._held, method, score)

    def _is_postfix(self, post: Mention, mentions: Sequence[Mention]) -> bool:
        """Say whether a post directly after a name belongs to that name and not to a name after it."""
        return not any(m.label == "PERSON" and m.start == post.end for m in mentions)

    def _hold(
        self,
        person: Ref | None,
        chain: Sequence[Office],
        name: Mention,
        held: dict[Ref, list[Office]],
        method: str = "rule:post_name",
        score: float = 0.95,
    ) -> None:
        if person is None or not chain:
            return
        for office in chain:
            if office.when == "planned":
                continue
            known = held.setdefault(person, [])
            same = next((o for o in known if is_same(o, office)), None)
            if same is not None:
                if not is_fuller(office, same):
                    self.ledger.entity(self.post(same), same.name, at=office.mention.start, mention=office.mention)
                    continue
                known.remove(same)
                self.ledger.forget("HOLDS", person, self.post(same))
            known.append(office)
            evidence = self.reading.quote(
                *sorted((chain[0].mention, office.mention, name), key=lambda m: m.start),
                method=method,
                score=score,
            )
            end = _NO_KNOWN_DAY if office.when == "past" else None
            self.ledger.claim("HOLDS", person, self.post(office), evidence, acting=office.acting or None, end=end)
