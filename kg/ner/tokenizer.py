"""Words: spaCy's Chinese tokenizer on our own pkuseg model and the words of the seed tables.

Nothing is ever downloaded: pkuseg itself fetches a model when it is asked for one by name.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zipfile import BadZipFile

from kg.records.errors import ModelError
from kg.tables.resources import model_dir
from kg.tables.seeds import Seeds

if TYPE_CHECKING:
    from spacy.language import Language

MODEL_FILES: Final = ("features.msgpack", "weights.npz")
MIN_WORD: Final = 3
"""Shorter dictionary words do harm: 市长 would be cut out of 城市长期, for the dictionary goes before the model."""


def user_words(seeds: Seeds) -> tuple[str, ...]:
    """Return the words that are cut out before the model sees the text, sorted.

    They are the rows of `segmenter_words`, and of titles, national bodies and departments
    those with at least `MIN_WORD` characters.
    """
    words = set(seeds.words("segmenter_words"))
    listed = [*seeds.words("titles"), *seeds.words("org_bodies")]
    listed += [row[column] for row in seeds.table("departments") for column in ("local", "provincial")]
    words |= {word for word in listed if len(word) >= MIN_WORD}
    return tuple(sorted(words))


def build_tokenizer_nlp(seeds: Seeds, model: Path | None = None) -> Language:
    """Return a blank Chinese pipeline whose tokenizer is pkuseg with our model and user dictionary.

    Args:
        seeds: Tables of words.
        model: Another model's folder than the package's.

    Raises:
        ModelError: the model is missing or damaged, or spaCy did not take the segmenter.

    >>> from kg.tables.seeds import default_seeds
    >>> nlp = build_tokenizer_nlp(default_seeds())
    >>> [token.text for token in nlp("副市长出席全市推进会。")]
    ['副市长', '出席', '全市', '推进会', '。']
    """
    import spacy
    from spacy.lang.zh import ChineseTokenizer

    folder = model or model_dir("segmenter")
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "pkuseg"}}})
    tokenizer = nlp.tokenizer
    # spaCy falls back to single characters with a warning only, when the setting does not reach the tokenizer.
    if not isinstance(tokenizer, ChineseTokenizer) or tokenizer.segmenter != "pkuseg":
        raise ModelError("spaCy's Chinese tokenizer did not take the segmenter pkuseg", hint="reinstall spacy")
    # `initialize(pkuseg_user_dict=…)` would also merge words by pkuseg's general dictionary: F1 0.84 instead of 0.93.
    tokenizer.pkuseg_seg = _read_model(folder)
    tokenizer.pkuseg_update_user_dict(list(user_words(seeds)))
    return nlp


def _read_model(folder: Path) -> Any:
    import spacy_pkuseg

    hint = "reinstall kg, or train the model: python scripts/train_segmenter.py --corpus FOLDER"
    missing = [name for name in MODEL_FILES if not (folder / name).is_file()]
    if missing:
        raise ModelError(f"the segmenter's model in {folder} lacks {', '.join(missing)}", hint=hint)
    try:
        return spacy_pkuseg.pkuseg(str(folder), user_dict=None)
    except (OSError, ValueError, KeyError, EOFError, AssertionError, BadZipFile) as error:
        raise ModelError(f"the segmenter's model in {folder} is damaged: {error}", hint=hint) from error
