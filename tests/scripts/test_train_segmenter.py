"""Training and shrinking the segmenter, on a handful of our own sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy_pkuseg

from scripts import train_segmenter
from scripts.train_segmenter import read_corpus, read_own, score, shrink, train


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    train(read_own()[:20], folder)
    return folder


def test_corpus_is_read_as_words(tmp_path: Path) -> None:
    path = tmp_path / "some.iob2"
    path.write_text("# text = 县长说\n1\t县长\tO\t-\t-\n2\t说\tO\t-\t-\n\n# text = a b\n1\ta b\tO\t-\t-\n", "utf-8")
    assert list(read_corpus(path)) == [("县长", "说"), ("ab",)]


def test_own_sentences_are_segmented() -> None:
    own = read_own()
    assert len(own) > 150
    assert all(len(words) > 3 for words in own)


def test_same_sentences_same_bytes(trained: Path, tmp_path: Path) -> None:
    train(read_own()[:20], tmp_path)
    for name in ("features.msgpack", "weights.npz"):
        assert (tmp_path / name).read_bytes() == (trained / name).read_bytes()


def test_shrinking_keeps_the_words(trained: Path, tmp_path: Path) -> None:
    own = read_own()[:20]
    before = spacy_pkuseg.pkuseg(str(trained), user_dict=None)
    cut = [before.cut("".join(words)) for words in own]
    for name in ("features.msgpack", "weights.npz"):
        (tmp_path / name).write_bytes((trained / name).read_bytes())
    shrink(tmp_path, 0.02)
    after = spacy_pkuseg.pkuseg(str(tmp_path), user_dict=None)
    assert [after.cut("".join(words)) for words in own] == cut
    assert (tmp_path / "weights.npz").stat().st_size < (trained / "weights.npz").stat().st_size / 3


def test_score_counts_whole_words() -> None:
    class Fixed:
        def cut(self, text: str) -> list[str]:
            return [text[:2], text[2:]]

    precision, recall, f1 = score([("市委", "书", "记")], Fixed())
    assert (precision, recall) == (1 / 2, 1 / 3)
    assert f1 == pytest.approx(0.4)


def test_feature_words() -> None:
    asked = train_segmenter._asked_words({"w1.市委": 1, "ww.l.书记*主持": 2, "c.市": 3})
    assert asked == {"市委", "书记", "主持"}
