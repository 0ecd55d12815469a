"""级别 of a post by rule, only where the rule is certain."""

from __future__ import annotations

import re

from kg.resolve.names import NATIONAL
from kg.tables.seeds import Seeds


class Ranks:
    """Ranks of leading posts.

    Municipalities and sub-provincial cities have their own scale, and so do their districts: no rank is given there.

    Args:
        seeds: Tables `post_ranks` and `sub_provincial_codes`; the former names the law.
    """

    def __init__(self, seeds: Seeds) -> None:
        """Read the tables."""
        self._ranks = {(row["level"], row["post"]): row["rank"] for row in seeds.table("post_ranks")}
        self._own_scale = seeds.words("sub_provincial_codes", "prefix")
        posts = sorted({post for _, post in self._ranks}, key=len, reverse=True)
        self._post = re.compile(f"(?:{'|'.join(map(re.escape, posts))})$")

    def find(self, name: str, place: str, level: str, code: str) -> str | None:
        """Return the rank of a post, or `None` where no rule is certain.

        Args:
            name: The post, with the name of its place or without.
            place: The full name of its division, empty for national posts.
            level: Level of its organisation.
            code: Code of its division.
        """
        if level != NATIONAL and (not code or code.startswith(self._own_scale)):
            return None
        match = self._post.search(name)
        if match is None:
            return None
        before = name[: match.start()].removesuffix("人民政府").removesuffix("政府").removeprefix("中共")
        stem = place[:-1] if len(place) > 2 else place
        if before and before not in (place, stem):
            return None
        return self._ranks.get((level, match[0]))
