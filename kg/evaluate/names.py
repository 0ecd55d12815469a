"""When two names mean the same: the matching rules of `docs/annotation.md` for single strings."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

_MIDDLE_DOTS: Final = str.maketrans(dict.fromkeys("•・‧．∙", "·"))
_PUNCTUATION: Final = re.compile(r"[\s\"'“”‘’「」『』《》〈〉<>()（）\[\]【】,，.。;；:：、!！?？\-—…]")
_LEVEL: Final = re.compile(r"^(中共|省|市|县|区|州|旗|自治区|自治州|全国)")
_ACTING: Final = re.compile(r"代(理)?(市长|县长|区长|省长|州长|主任|局长|检察长|院长|主席)")
_QUALIFIER: Final = re.compile(r"[(（].*$")
_LAST_LEVEL: Final = re.compile(r"[省市县区州]$")
_DIVISION: Final = re.compile(r"[省市县区镇乡]$")
_LEADERS: Final = (
    *("书记", "常委", "市长", "县长", "区长", "省长", "州长", "镇长", "乡长", "主席", "主任", "局长", "厅长", "部长"),
    *("秘书长", "组长", "院长", "检察长", "巡视员", "调研员", "总书记", "召集人", "委员", "成员", "总理", "政委"),
    *("司令员", "行长", "总经理", "董事长", "会长", "总队长", "支队长", "队长", "督查专员", "专员", "校长"),
)
_WITH_DEPUTY: Final = _LEADERS[: _LEADERS.index("检察长") + 1]
_HEAD_WORDS: Final = tuple(
    sorted((*_LEADERS, *(f"副{word}" for word in _WITH_DEPUTY if word != "常委")), key=lambda word: (-len(word), word))
)
"""Words that say what a post is, longest first; a post that ends in none is known by its last two characters."""


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold what never tells two names apart: width, spaces, the kind of middle dot.

    >>> fold("阿迪力 • 吐尔逊")
    '阿迪力·吐尔逊'
    """
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).translate(_MIDDLE_DOTS))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return the folded text without brackets, quotes and punctuation.

    >>> bare("《关于印发〈办法〉的通知》（试行）")
    '关于印发办法的通知试行'
    """
    return _PUNCTUATION.sub("", fold(text))


def dice(one: str, other: str) -> float:
    """Return the Dice coefficient of the character bigrams, 0 to 1; single characters count as themselves.

    >>> round(dice("安全生产工作会议", "安全生产会议"), 2)
    0.67
    """
    first, second = (Counter(text[i : i + 2] for i in range(max(1, len(text) - 1))) for text in (one, other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def head_word(post: str) -> str:
    """Return the word that says what a post is, remarks in brackets aside.

    >>> head_word("市人大常委会副主任"), head_word("常务副市长(免)")
    ('副主任', '副市长')
    """
    post = _QUALIFIER.sub("", fold(post))
    return next((word for word in _HEAD_WORDS if post.endswith(word)), post[-2:])


def is_acting(post: str) -> bool:
    """Say whether a post is held in an acting capacity (代市长, 代理县长)."""
    return bool(_ACTING.search(post))


def same_kind(post: str, other: str) -> bool:
    """Say whether two posts agree leniently: the same head word, and both acting or neither."""
    return head_word(post) == head_word(other) and is_acting(post) == is_acting(other)


def without_place(post: str, scope: str) -> str:
    """Return a post without the place that it repeats and without the word of its level.

    >>> without_place("广元市副市长", "广元市"), without_place("县委书记", "")
    ('副市长', '委书记')
    """
    post, scope = fold(post), fold(scope)
    for place in (scope, _LAST_LEVEL.sub("", scope)):
        if place and post.startswith(place) and len(post) > len(place) + 1:
            post = post[len(place) :]
            break
    shorter = _LEVEL.sub("", post)
    return shorter if len(shorter) > 1 else post


def is_weak(post: str) -> bool:
    """Say whether a post is a mere category (市领导, 县领导), which is neither right nor wrong."""
    return bool(re.fullmatch(r"[省市县区州自治]*领导(干部|同志)?", fold(post)))


def is_past(post: str) -> bool:
    """Say whether the annotation marks a post as ended: `(免)` removed, `(辞)` resigned."""
    return bool(re.search(r"[(（](免|辞)", post))


def scope_core(scope: str) -> str:
    """Return a scope without remarks and without the word for its kind of division.

    >>> scope_core("甘孜藏族自治州"), scope_core("我区(未点名)")
    ('甘孜藏族', '我')
    """
    named = _QUALIFIER.sub("", fold(scope))
    return re.sub(r"(壮族|回族|维吾尔)?(自治区|自治州|自治县)$|[省市县区州旗]$", "", named)


def same_place(name: str, wanted: str) -> bool:
    """Say whether two bare names of places or organisations agree: one ends in the other, or but for 省市县区镇乡."""
    if len(name) < 2:
        return False
    return name.endswith(wanted) or wanted.endswith(name) or _DIVISION.sub("", name) == _DIVISION.sub("", wanted)
