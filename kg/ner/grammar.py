"""The grammar as one pure function: a page in, its hits out."""

from __future__ import annotations

from kg.ner.directives import find_directives
from kg.ner.lexicon import build_lexicon
from kg.ner.meetings import find_meetings
from kg.ner.names import build_name_model
from kg.ner.orgs import find_orgs
from kg.ner.page import Hit, Page, prune
from kg.ner.people import find_people
from kg.ner.places import find_places
from kg.ner.policies import find_policies
from kg.ner.posts import find_posts
from kg.tables.seeds import Seeds


def find_hits(page: Page, seeds: Seeds) -> list[Hit]:
    """Find every mention on a page, in text order.

    Spans of one label never overlap. Spans of different labels may nest: the
    organisation inside a post, the place inside an organisation, the people
    inside a directive (某省长调研时的指示精神).
    """
    lexicon, model = build_lexicon(seeds), build_name_model(seeds)
    places = find_places(page, lexicon, seeds)
    orgs = find_orgs(page, lexicon, places)
    posts = find_posts(page, lexicon, orgs, places)
    people = find_people(page, lexicon, model, posts, frozenset(hit.end for hit in [*places, *orgs]))
    policies = find_policies(page, lexicon)
    named = {i for hit in people for i in range(hit.start, hit.end)}
    # A title can be part of what reads as a name and never the reverse: people win over posts and places.
    posts = [hit for hit in posts if not named.intersection(range(hit.start, hit.end))]
    places = [hit for hit in places if not named.intersection(range(hit.start, hit.end))]
    orgs = [hit for hit in orgs if not named.intersection(range(hit.start, hit.end))]
    thoughts = [hit for hit in policies if hit.method == "rule:thought"]
    # 习近平生态文明思想 names a doctrine, not a person who takes part.
    people = [hit for hit in people if not any(t.start <= hit.start < t.end for t in thoughts)]
    # A title without an organisation (总书记, 主席) ends a meeting's name on the left as a person does.
    bare = [hit for hit in posts if not any(org.start <= hit.start < org.end for org in orgs)]
    meetings = find_meetings(page, lexicon, orgs, places, [*people, *bare])
    directives = find_directives(page)
    return prune([*places, *orgs, *posts, *people, *meetings, *policies, *directives])
