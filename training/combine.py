"""Learns what each proposal is worth: the combiner's weights, from pages that the model has not been trained on.

python -m training.combine --reader kg/models/reader --pages DIR… --fold K/N --out kg/models/reader/combiner.json
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, fbeta_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from kg.evaluate.extracted import read
from kg.evaluate.gold import GoldDocument, load_gold
from kg.evaluate.relations import SCORED, judge_claims
from kg.ner.learned import Reader
from kg.records.extraction_json import to_json
from training.pages import in_fold, make_example, parse_fold

FEWEST: Final = 4
"""A feature that fewer candidates have is left out."""
STRENGTH: Final = 0.3
"""Inverse of the penalty on weights."""
LOOSE: Final = frozenset({"POST", "ORG", "PLACE", "DIRECTIVE", "MEETING"})
"""Labels of which a candidate is right when it ends where an annotated one ends: 临汾市委 of 中共临汾市委."""

PARTS: Final = 5
SURE: Final = 0.9
LEAST: Final = tuple(round(0.3 + 0.05 * step, 2) for step in range(11))
"""Shares among which the one is chosen from which on a candidate is kept."""
CAREFUL: Final = 0.7
"""Of claims precision counts twice as much as recall (0.7 squared): a false one costs more than a missing one."""


class Case(NamedTuple):
    """A candidate: what speaks for it, whether it is right, and the page it is of."""

    features: Mapping[str, float]
    right: bool
    page: str


@dataclass(frozen=True, slots=True)
class Page:
    """An annotated page and the extractor's input for it."""

    path: Path
    gold: GoldDocument
    annotation: Mapping[str, Any]


def read_pages(folders: Iterable[Path], keep: Any) -> Iterator[Page]:
    """Yield the annotated pages whose name `keep` takes."""
    for folder in folders:
        for gold in load_gold(folder):
            path = folder / f"{gold.id}.txt"
            if path.exists() and keep(gold.id):
                yield Page(path, gold, json.loads((folder / f"{gold.id}.json").read_text("utf-8")))


class Collector:
    """Reads pages with everything proposed and nothing decided, and keeps what each proposal was worth."""

    def __init__(self, reader: Reader) -> None:
        """Load the extractor's parts."""
        from kg.ner.pipeline import load
        from kg.tables.seeds import default_seeds

        self.reader, self.seeds = reader, default_seeds()
        self.nlp = load(self.seeds, with_model=False)
        self.mentions: defaultdict[str, list[Case]] = defaultdict(list)
        self.claims: defaultdict[str, list[Case]] = defaultdict(list)

    def document(self, page: Page) -> Any:
        """Return the repaired document of a page."""
        from kg.sources.read import iter_raw
        from kg.text.build import build_document

        raw = next(iter(iter_raw([page.path], on_drop=print)))
        return build_document(raw, seeds=self.seeds)

    def proposals(self, document: Any) -> tuple[list[Any], Any]:
        """Return the candidate mentions of a document and its encoding."""
        from kg.ner.grammar import find_hits
        from kg.ner.lexicon import build_lexicon
        from kg.ner.page import Page as View
        from kg.ner.propose import propose

        doc = self.nlp.make_doc(document.text)
        zones = ((zone.start, zone.end, zone.kind) for zone in document.zones)
        view = View.of(document.text, (token.idx for token in doc), zones, document.authors)
        encoded = self.reader.encode(document.text)
        return propose(view, find_hits(view, self.seeds), encoded, build_lexicon(self.seeds)), encoded

    def collect_mentions(self, page: Page) -> None:
        """Add the candidate mentions of a page."""
        document = self.document(page)
        example = make_example(page.gold.id, document.text, page.annotation)
        exact = {(s.start, s.end, s.label) for s in example.spans}
        ends = {(s.end, s.label) for s in example.spans}
        for proposal in self.proposals(document)[0]:
            hit = proposal.hit
            if proposal.is_nested:
                continue
            right = (hit.end, hit.label) in ends if hit.label in LOOSE else (hit.start, hit.end, hit.label) in exact
            self.mentions[hit.label].append(Case(proposal.features, right, page.gold.id))

    def collect_claims(self, page: Page, combiner: Any) -> None:
        """Add the candidate claims of a page, over the mentions that the combiner keeps."""
        from kg.evaluate.names import fold, same_kind
        from kg.ner.learned import Pair
        from kg.ner.pipeline import number_mentions
        from kg.ner.propose import decide
        from kg.records import Extraction
        from kg.relations.extract import read_candidates
        from kg.relations.settle import DECIDED, claim_features

        document = self.document(page)
        proposals, encoded = self.proposals(document)
        hits = decide(proposals, combiner)
        pairs, reported = self.reader.link(encoded, [hit[:3] for hit in hits])
        pairs += [Pair("REPORTED", i, i, reported[i]) for i, hit in enumerate(hits) if hit.label == "MEETING"]
        mentions, links = number_mentions(document, hits, pairs)
        found = read_candidates(document, mentions, links, self.seeds)
        keys = found.ledger.claimed()
        features = {at: claim_features(at, found.ledger, found.reading, found.links) for at in keys if at[0] in DECIDED}
        entities, relations = found.ledger.freeze()
        extraction = Extraction(
            extractor="", document=document, mentions=mentions, entities=entities, relations=relations
        )
        scored = read(to_json(extraction))
        judged = judge_claims(page.gold, scored)
        ids = found.ledger.ids()
        verdicts = {}
        for claim, right in zip(scored.claims, judged, strict=True):
            verdicts[claim.type, claim.head.id, claim.tail.id, str(claim.properties.get("post_id") or "")] = right
        posts = {fold(p.name): [x for x in p.posts if "（" not in x] for p in page.gold.persons}
        for at, about in features.items():
            type_, head, tail, key = at
            if type_ == "HOLDS":
                name = fold(found.ledger.name(head))
                names = [found.ledger.name(tail), str(found.ledger.properties(tail).get("title", ""))]
                right = name in posts and any(same_kind(n, post) for n in names for post in posts[name])
            else:
                post = ids[next(r for r in ids if r.label == "POST" and r.key == key)] if key else ""
                right = verdicts.get((type_, ids[head], ids[tail], post))
            if right is not None:
                self.claims[type_].append(Case(about, right, page.gold.id))


def learn(kinds: Mapping[str, Sequence[Case]], careful: Container[str]) -> tuple[dict[str, Any], list[str]]:
    """Fit one regression for all kinds, and read from it one for each.

    Every feature stands twice: for all kinds alike, and for its own kind. The penalty keeps a kind of which there
    are few cases near what holds for all. The share from which on a candidate is kept, and what is told, come
    from five parts of the pages, each judged by what was learned on the others.

    Returns:
        The regressions as plain data by kind, and a line a kind that says how well it tells right from wrong.
    """
    cases = [(kind, case) for kind, found in sorted(kinds.items()) for case in found]
    counts: defaultdict[str, int] = defaultdict(int)
    for kind, case in cases:
        for name in case.features:
            counts[name] += 1
            counts[f"{kind}: {name}"] += 1

    def both(kind: str, case: Case) -> dict[str, float]:
        own = {f"{kind}: {name}": value for name, value in case.features.items()}
        shared = {name: value for name, value in case.features.items() if counts[name] >= FEWEST}
        return shared | {k: v for k, v in own.items() if counts[k] >= FEWEST} | {f"{kind}: bias": 1.0}

    vectors = DictVectorizer()
    x = vectors.fit_transform([both(kind, case) for kind, case in cases])
    wanted = np.array([case.right for _, case in cases])
    pages = [case.page for _, case in cases]
    model = LogisticRegression(C=STRENGTH, max_iter=5000)
    shares = cross_val_predict(model, x, wanted, groups=pages, cv=GroupKFold(PARTS), method="predict_proba")[:, 1]
    model.fit(x, wanted)
    learned = dict(zip(vectors.feature_names_, map(float, model.coef_[0]), strict=True))
    data, told = {}, []
    for kind in sorted(kinds):
        mine = np.array([k == kind for k, _ in cases])
        right, share = wanted[mine], shares[mine]
        beta = CAREFUL if kind in careful else 1.0
        least = max(LEAST, key=lambda t: fbeta_score(right, share >= t, beta=beta, zero_division=0.0))
        names = {name for k, case in cases if k == kind for name in case.features}
        weights = {n: round(learned.get(n, 0.0) + learned.get(f"{kind}: {n}", 0.0), 3) for n in sorted(names)}
        bias = float(model.intercept_[0]) + learned.get(f"{kind}: bias", 0.0)
        data[kind] = {"bias": round(bias, 3), "weights": {n: w for n, w in weights.items() if w}, "least": least}
        f1 = f1_score(right, share >= least, zero_division=0.0)
        told.append(
            f"{kind:12} {len(right):5} cases, {right.mean():.2f} right: F1 {f1:.3f} from {least}, "
            f"calibration error {miscalibration(share, right):.3f}"
        )
    sure = shares >= SURE
    told.append(
        f"{'all':12} {len(wanted):5} cases: calibration error {miscalibration(shares, wanted):.3f}; "
        f"of {int(sure.sum())} from {SURE} on {wanted[sure].mean():.3f} are right"
    )
    return data, told


def miscalibration(shares: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error: how far, on the mean, shares are from what they promise."""
    places = np.minimum((shares * bins).astype(int), bins - 1)
    gaps = [
        abs(shares[places == b].mean() - right[places == b].mean()) * (places == b).sum()
        for b in range(bins)
        if (places == b).any()
    ]
    return float(sum(gaps) / len(shares))


def _joined(parts: Sequence[Mapping[str, Sequence[Case]]]) -> dict[str, list[Case]]:
    return {
        kind: [case for part in parts for case in part.get(kind, ())] for kind in sorted({k for p in parts for k in p})
    }


def main() -> None:
    """Learn from the command line."""
    from kg.tables.weights import Combiner, Logistic

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--pages", type=Path, nargs="+", required=True)
    parser.add_argument("--unseen", type=Path, nargs="*", default=[], help="more pages, none of which the reader saw")
    parser.add_argument(
        "--also",
        type=Path,
        nargs=2,
        action="append",
        default=[],
        metavar=("READER", "DIR"),
        help="another reader, and pages that it has not seen",
    )
    parser.add_argument("--without", type=Path)
    parser.add_argument("--fold", type=parse_fold, help="K/N: the part that the reader was not trained on")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    aside = set(args.without.read_text("utf-8").split()) if args.without else set()
    left_out = read_pages(args.pages, lambda n: n not in aside and (not args.fold or in_fold(n, args.fold)))
    sources = [(args.reader, [*left_out, *read_pages(args.unseen, lambda n: n not in aside)])]
    sources += [(reader, list(read_pages([folder], lambda n: n not in aside))) for reader, folder in args.also]
    collectors = [(Collector(Reader(reader)), pages) for reader, pages in sources]
    for collector, pages in collectors:
        for page in pages:
            collector.collect_mentions(page)
    mentions, told = learn(_joined([collector.mentions for collector, _ in collectors]), careful=())
    print(*told, sep="\n")
    combiner = Combiner({k: Logistic(**v) for k, v in mentions.items()}, {})
    for collector, pages in collectors:
        for page in pages:
            collector.collect_claims(page, combiner)
    claims, told = learn(_joined([collector.claims for collector, _ in collectors]), careful=SCORED)
    print(*told, sep="\n")
    data = {"mentions": mentions, "claims": claims}
    args.out.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
