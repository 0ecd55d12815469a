"""The tokenizer: pkuseg with our model, the user dictionary, and what happens when the model is not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.ner.tokenizer import MODEL_FILES, build_tokenizer_nlp, user_words
from kg.records.errors import ModelError
from kg.tables.resources import model_dir
from kg.tables.seeds import Seeds, default_seeds

NLP = build_tokenizer_nlp(default_seeds())


def words(text: str) -> list[str]:
    return [token.text for token in NLP(text)]


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param("县长 温庭芳 主持 召开 县政府 常务会议", id="an executive meeting"),
        pytest.param("会议 审议 并 原则 通过 了 实施方案", id="agenda verbs"),
        pytest.param("副市长 陪同 调研", id="a deputy's title stays whole"),
        pytest.param("城市 长期 发展", id="市长 is not cut out of it"),
    ],
)
def test_governance_text_is_cut_into_words(expected: str) -> None:
    found = words(expected.replace(" ", ""))
    joined = expected.split()
    # A name may fall apart into surname and given name; nothing else may.
    assert [w for w in joined if w not in found and w != "温庭芳"] == []


@settings(max_examples=100)
@given(st.text(st.sampled_from("县委书记主持会议，。 \n\t　abc123《》(（）)乔𠮷�"), max_size=60))
def test_tokens_cover_the_text_in_order(text: str) -> None:
    doc = NLP(text)
    assert doc.text == text
    assert all(doc.text[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_the_same_text_gives_the_same_words() -> None:
    text = "市委副书记、市长黎书恒到园区检查安全生产工作。"
    assert words(text) == [t.text for t in build_tokenizer_nlp(default_seeds())(text)]


def test_user_dictionary_has_no_short_words() -> None:
    found = user_words(default_seeds())
    assert all(len(word) > 2 for word in found)
    assert {"副市长", "秘书长", "发改委", "常务会议"} <= set(found)
    assert list(found) == sorted(found)


def test_a_user_adds_a_word(tmp_path: Path) -> None:
    table = "# source: a test\n# date: 2026-11-22\n# licence: MIT\nword\n湖山书院\n"
    (tmp_path / "segmenter_words.tsv").write_text(table, "utf-8")
    nlp = build_tokenizer_nlp(Seeds([tmp_path]))
    assert "湖山书院" in [token.text for token in nlp("考察团参观湖山书院。")]


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in MODEL_FILES])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    shutil.copytree(model_dir("segmenter"), tmp_path / "model")
    (tmp_path / "model" / name).unlink()
    with pytest.raises(ModelError, match=f"lacks {name}"):
        build_tokenizer_nlp(default_seeds(), tmp_path / "model")


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in MODEL_FILES])
@pytest.mark.parametrize("size", [pytest.param(0, id="empty"), pytest.param(1000, id="cut off")])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # numpy leaves a cut file open
def test_a_damaged_file_is_a_model_error(tmp_path: Path, name: str, size: int) -> None:
    shutil.copytree(model_dir("segmenter"), tmp_path / "model")
    path = tmp_path / "model" / name
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(ModelError, match="is damaged"):
        build_tokenizer_nlp(default_seeds(), tmp_path / "model")


def test_the_model_is_small_and_has_no_text() -> None:
    assert sum(path.stat().st_size for path in model_dir("segmenter").iterdir()) < 20_000_000
    assert sorted(p.name for p in model_dir("segmenter").iterdir()) == ["MODEL_CARD.md", *MODEL_FILES]
