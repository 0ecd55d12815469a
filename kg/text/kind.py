"""What a page is: report, notice, regulation, template, fiction, feature or foreign.

Cues and their weights stand in `seeds/document_kinds.tsv`. Precision first: a page is
a report until enough speaks against it, for a report taken for fiction is lost to the
graph, while a novel taken for a report is one bad page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from ahocorasick_rs import AhoCorasick

from kg.tables.seeds import Seeds, default_seeds
from kg.text.zones import Page

_READ = 20_000
"""How many characters of a page are looked at: a kind shows early, and a novel may hold a million."""

_KANA = re.compile("[\u3041-\u30fa\u30fc]")
_HAN = re.compile("[\u4e00-\u9fff]")
_LETTER = re.compile(r"[^\W\d_]")
_ARTICLE = re.compile(r"^\s{0,8}第[一二三四五六七八九十百零〇\d]{1,5}[条章]", re.MULTILINE)
_CHAPTER = re.compile(r"^\s{0,8}第[一二三四五六七八九十百千零〇\d]{1,6}[章回节](?:\s|$|[:：])", re.MULTILINE)
_SPEECH = re.compile(r"(?:说|道|问|答|笑|喊|骂)[:：，,]?\s?[“\"]|[”\"][^。，“]{0,6}(?:说|道|问|答|笑)")
_REPORTED = re.compile(r"(?:强调|指出|要求|出席|主持|召开|会议|讲话|通报|部署|调研|督察)")

_CENSORED = re.compile(r"[市省县区]\.委|书\.记|班\.子|常\.委|政\.府|副\.书")
"""Novel sites break words that filters look for: 市.委, 班.子."""
_MASKED = re.compile(r"(?:[XxＸ×*○某]{2,4}|[×＊])(?:省|市|县|区|镇|乡|局|委|书记|市长|县长|同志|单位|公司|部长|主任)")
_DAY = re.compile(r"\d{1,2}\s?月\s?\d{1,2}\s?日")

_FICTION_POINTS = 10.0
_TEMPLATE_POINTS = 9.0
_MASKED_POINTS = 4.0
_ARTICLES = 4


@dataclass(frozen=True, slots=True)
class _Cues:
    matcher: AhoCorasick
    rows: tuple[tuple[str, str, float, str], ...]


@cache
def _cues(seeds: Seeds) -> _Cues:
    rows = tuple((r["kind"], r["where"], float(r["weight"]), r["word"]) for r in seeds.table("document_kinds"))
    return _Cues(AhoCorasick([row[3] for row in rows]), rows)


def _is_foreign(text: str) -> bool:
    """Japanese, or a page with hardly any Chinese."""
    sample = text[:4000]
    han = len(_HAN.findall(sample))
    kana = len(_KANA.findall(sample))
    if kana >= 10 and kana * 10 >= han:
        return True
    letters = sum(1 for _ in islice(_LETTER.finditer(sample), 4000))
    return letters >= 100 and han * 5 < letters


def _points(title: str, body: str, cues: _Cues) -> tuple[Mapping[str, float], int]:
    """Sum the weights of the cues; a cue counts at most three times. Also count the different cues of fiction."""
    met: dict[int, int] = defaultdict(int)
    for where, text in (("title", title), ("text", body)):
        for index, _, _ in cues.matcher.find_matches_as_indexes(text, overlapping=True):
            place = cues.rows[index][1]
            if place == where or (place == "title_end" and where == "title" and title.endswith(cues.rows[index][3])):
                met[index] += 1
    points: dict[str, float] = defaultdict(float)
    for index, count in met.items():
        points[cues.rows[index][0]] += cues.rows[index][2] * min(count, 3)
    return points, sum(1 for index in met if cues.rows[index][0] == "fiction")


def _is_fiction(body: str, points: float, cues: int, events: float) -> bool:
    """Say whether a page is a chapter of a novel.

    A chapter's heading or a word broken up for filters makes two cues enough, and without any day of a month one;
    otherwise four different ones are asked for. Interviews in features have quotes too, so quotes only add weight.
    """
    broken = len(_CENSORED.findall(body))
    chapters = len(_CHAPTER.findall(body))
    quotes = len(_SPEECH.findall(body))
    if chapters or broken:
        undated = not _DAY.search(body)
        return cues >= 2 or (undated and cues + quotes + broken >= 1 + (not chapters))
    score = (points + quotes) / max(0.5, len(body) / 1000)
    return cues >= 4 and score >= _FICTION_POINTS and score > events


def find_kind(text: str, page: Page, *, seeds: Seeds | None = None) -> str:
    """Return the kind of a page.

    Args:
        text: The repaired text in Simplified script.
        page: Its zones and title.
        seeds: The tables to use.
    """
    if _is_foreign(text):
        return "foreign"
    body = text[:_READ]
    points, fiction_cues = _points(page.title, body, _cues(seeds or default_seeds()))
    thousands = max(1.0, len(body) / 1000)
    events = len(_REPORTED.findall(body)) / thousands
    if not page.datelines and _is_fiction(body, points["fiction"], fiction_cues, events):
        return "fiction"
    masked = points["template"] + _MASKED_POINTS * len(set(_MASKED.findall(body)))
    if masked >= _TEMPLATE_POINTS and not page.datelines:
        return "template"
    articles = len(_ARTICLE.findall(body))
    if articles >= _ARTICLES and (points["regulation"] or articles >= 2 * _ARTICLES):
        return "regulation"
    if page.datelines:
        return "report"
    if points["notice"] >= 8:
        return "notice"
    if points["feature"] >= 5 and events < 6:
        return "feature"
    return "report"
