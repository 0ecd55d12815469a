"""Whether a post is held, was held (原副市长) or is to be held (拟任副市长)."""

from __future__ import annotations

import re

_PAST = re.compile("原|前")
_PAST_BEFORE = re.compile("(?<![草高中平太三还复])原$|(?:^|[，。；：、（\\n]|[\u4e00-\u9fff][省市县区州])前$|曾任$")
"""What ends directly before a post that is past; 草原 and 目前 are other words."""
_PLANNED = re.compile("拟任(?:为)?$")


def when_held(view: str, title: str, start: int) -> str:
    """Return `past` after 原 or 前, `planned` after 拟任, and an empty string for a post that is held.

    Args:
        view: The page.
        title: The post's title as the page states it, 原 included.
        start: Where the post is named.
    """
    before = view[max(0, start - 3) : start]
    if _PLANNED.search(before):
        return "planned"
    return "past" if _PAST.match(title) or _PAST_BEFORE.search(before) else ""
