"""Train the word segmenter: UD Chinese-GSDSimp (train split) and our own governance sentences → kg/models/segmenter.

    python scripts/train_segmenter.py --corpus uner_gsdsimp

`--corpus` is the folder of UNER_Chinese-GSDSIMP (CC BY-SA 4.0). No text of it goes into the model's folder, only
features and weights. The corpus and the sentences of `scripts/segmenter_sentences.txt` (one a line, words separated
by spaces) are joined; the test split measures, the dev split chooses nothing but is reported.

The library shuffles with `random`, which the script seeds, and sorts its sets before it writes them: on one machine
two runs give the same bytes. Another build of numpy may round sums otherwise.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import srsly  # type: ignore[import-untyped]  # ships no types

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "kg" / "models" / "segmenter"
SENTENCES = Path(__file__).parent / "segmenter_sentences.txt"
EPOCHS = 20
REPEATS = 3
"""How often our own sentences are put beside the corpus: 160 of them would drown in 4,000."""

Sentence = Sequence[str]


def read_corpus(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of an iob2 file as words; inner spaces are dropped, as pkuseg's format knows none."""
    words: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.strip():
            words.append("".join(line.split("\t")[1].split()))
        elif words:
            yield tuple(words)
            words = []
    if words:
        yield tuple(words)


def read_own() -> list[Sentence]:
    """Return our own sentences; lines that start with # are remarks."""
    lines = SENTENCES.read_text("utf-8").splitlines()
    return [tuple(line.split()) for line in lines if line.strip() and not line.startswith("#")]


def word_spans(words: Sentence) -> set[tuple[int, int]]:
    """Return the words as (start, end) in their joined text.

    >>> sorted(word_spans(["市委", "书记"]))
    [(0, 2), (2, 4)]
    """
    spans, at = set(), 0
    for word in words:
        spans.add((at, at + len(word)))
        at += len(word)
    return spans


def score(gold: Sequence[Sentence], segmenter: Any) -> tuple[float, float, float]:
    """Return precision, recall and F1 of whole words."""
    right = found = true = 0
    for words in gold:
        expected, got = word_spans(words), word_spans(segmenter.cut("".join(words)))
        right += len(expected & got)
        found += len(got)
        true += len(expected)
    precision, recall = right / found, right / true
    return precision, recall, 2 * precision * recall / (precision + recall)


def train(sentences: Sequence[Sentence], folder: Path) -> None:
    """Train into `folder`: features.msgpack and weights.npz, as the library writes them."""
    import spacy_pkuseg

    random.seed(0)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "train.txt"
        data.write_text("".join(" ".join(words) + "\n" for words in sentences), "utf-8")
        # The library scores a test file after each round and does nothing with the score: one line is enough.
        probe = Path(scratch) / "probe.txt"
        probe.write_text(" ".join(sentences[0]) + "\n", "utf-8")
        spacy_pkuseg.train(str(data), str(probe), str(folder), train_iter=EPOCHS)


def shrink(folder: Path, threshold: float) -> None:
    """Drop features whose weights are all below `threshold`, keep half precision, compress.

    The library reads float64 arrays from any npz: values rounded to half precision keep that type and
    compress to a quarter. Feature 0 (`$$`) stays, the code names it by number.
    """
    extractor = srsly.read_msgpack(folder / "features.msgpack")
    with np.load(folder / "weights.npz") as file:
        tags, features = (int(n) for n in file["sizes"])
        weights = file["w"]
    nodes, edges = weights[: tags * features].reshape(features, tags), weights[tags * features :]
    strength = np.abs(nodes - nodes.mean(axis=1, keepdims=True)).max(axis=1)
    kept = np.flatnonzero((strength >= threshold) | (np.arange(features) == 0))
    place = {int(old): new for new, old in enumerate(kept)}
    names = sorted(extractor["feature_to_idx"].items(), key=lambda item: item[1])
    extractor["feature_to_idx"] = {name: place[index] for name, index in names if index in place}
    # Word features ask whether a string is a word of the training data: words of no kept feature are never asked for.
    extractor["unigram"] = sorted(_asked_words(extractor["feature_to_idx"]) & set(extractor["unigram"]))
    extractor["bigram"] = []
    srsly.write_msgpack(folder / "features.msgpack", extractor)
    small = np.concatenate([nodes[kept].reshape(-1), edges]).astype(np.float16).astype(np.float64)
    np.savez_compressed(folder / "weights.npz", sizes=np.array([tags, len(kept)]), w=small)


def _asked_words(features: dict[str, int]) -> set[str]:
    words: set[str] = set()
    for feature in features:
        kind, _, rest = feature.partition(".")
        if kind in ("w-1", "w1"):
            words.add(rest)
        elif kind == "ww":
            words.update(rest[2:].split("*"))
    return words


def _size(folder: Path) -> str:
    return f"{sum(p.stat().st_size for p in folder.glob('*.*')) / 1e6:.1f} MB"


def report(title: str, segmenter: Any, tests: Mapping[str, Sequence[Sentence]]) -> None:
    """Print F1 and speed of a segmenter."""
    for name, sentences in tests.items():
        begin = time.perf_counter()
        precision, recall, f1 = score(sentences, segmenter)
        speed = sum(len("".join(words)) for words in sentences) / (time.perf_counter() - begin)
        print(f"{title:28} {name:5} P {precision:.4f} R {recall:.4f} F1 {f1:.4f}  {speed:9,.0f} characters/s")


def main() -> None:
    """Train, shrink, measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, required=True, help="folder of UNER_Chinese-GSDSIMP")
    parser.add_argument("--out", type=Path, default=MODEL, help="the model's folder")
    parser.add_argument("--threshold", type=float, default=0.02, help="features weaker than this are dropped")
    parser.add_argument("--gsd-only", action="store_true", help="leave our own sentences out, to compare")
    options = parser.parse_args()
    import spacy_pkuseg

    name = "zh_gsdsimp-ud-{}.iob2"
    splits = {split: list(read_corpus(options.corpus / name.format(split))) for split in ("train", "dev", "test")}
    own = [] if options.gsd_only else read_own()
    options.out.mkdir(parents=True, exist_ok=True)
    begin = time.perf_counter()
    train([*splits["train"], *own * REPEATS], options.out)
    print(f"trained on {len(splits['train'])} + {len(own)} sentences in {time.perf_counter() - begin:.0f} s")
    tests = {split: splits[split] for split in ("dev", "test")}
    report(f"as trained, {_size(options.out)}", spacy_pkuseg.pkuseg(str(options.out), user_dict=None), tests)
    shrink(options.out, options.threshold)
    report(f"shrunk, {_size(options.out)}", spacy_pkuseg.pkuseg(str(options.out), user_dict=None), tests)


if __name__ == "__main__":
    main()
