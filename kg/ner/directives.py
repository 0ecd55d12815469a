"""Directives: 批示, 指示精神, 讲话精神, 会议精神, 决策部署 and whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.ner.page import Hit, Page, prune

KIND = re.compile(
    "(?P<kind>(?:重要)?(?:指示批示|批示指示|指示|批示)|(?:系列)?(?:重要)?讲话(?:(?:和|、)(?:重要)?(?:指示批示|指示|批示|论述))?|重要论述|会议|大会|全会|座谈会|推进会|调度会|视频会|动员会|部署会|常委会|论坛|峰会|两会|文件|通知|要求|回信|贺信|会)精神"
    "|(?P<order>(?:系列)?(?:重要)?(?:指示批示|指示要求|批示要求|批示|重要指示|重要讲话|讲话要求)(?!精神|件|下|办))"
    "|(?P<deploy>决策部署|部署要求)"
)
CONVEY = re.compile("传达学习|学习传达|传达贯彻|传达|学习贯彻|宣读|转达|领学|学习")
_LEAD = re.compile(
    "^(?:会议|会上)?(?:以及|和|及)?(?:(?:认真|深入|全面|坚决|严格|切实|专题|集中|及时|首先|进一步|不折不扣|要|应|把|将|按照|根据|对照|围绕|结合|以|就|并|还|了|的|会议|会上|一是|二是)*"
    "(?:推动|抓好|确保|介绍和解读|介绍|解读|督促推动|督促|统一到|学深悟透|宣讲|学习宣传贯彻|传达学习贯彻|传达学习|学习传达|传达贯彻|传达|学习领会|学习贯彻落实|学习贯彻|学习|贯彻落实|贯彻执行|贯彻|落实|执行|宣读|遵循|牢记|转达|通报|领会|认真落实|遵照|按照|根据|对照|围绕|结合|把|将)+了?)"
)
_CONVEYED = re.compile(
    "传达(?:学习|贯彻)?(?:了)?(?P<what>[^，。；：《》\n]{4,50}?(?:情况|部署|要求|意见|通知|决定|讲话|批示|指示|文件))(?=[，。；\n]|$)"
)
_JOINT = re.compile("^(?:以及|和|及)")
_GENERIC = re.compile("^(?:此次|本次|这次|该|各项|有关|相关|上级|上述|一系列|重要|会议|讲话|指示|批示|的|各级|主要)*$")
_ISSUER = re.compile("[\u4e00-\u9fff]")
LONGEST = 90


def find_directives(page: Page) -> list[Hit]:
    """Find directives in text order, each from its issuer's first post to its last word."""
    found = list(_spans(page))
    return prune([*found, *_conveyed(page, found)])


def _conveyed(page: Page, found: list[Hit]) -> Iterator[Hit]:
    """Take the object of 传达 for a directive where nothing in it names one: 传达了市委常委会研究整改措施情况."""
    for match in _CONVEYED.finditer(page.view):
        start, end = match.span("what")
        if not page.is_silent(start) and not any(hit.start < end and start < hit.end for hit in found):
            yield Hit(start, end, "DIRECTIVE", "rule:conveyed", 0.65)


def _spans(page: Page) -> Iterator[Hit]:
    last = 0
    for match in KIND.finditer(page.view):
        if page.is_silent(match.start()) or match.start() < last:
            continue
        start = _left_edge(page, match.start(), last)
        lead = _LEAD.match(page.view[start : match.start()]) or _JOINT.match(page.view[start : match.start()])
        if lead:
            start += lead.end()
        body = page.view[start : match.start()]
        conveyed = CONVEY.search(page.view[max(last, start - 8) : start])
        if match["deploy"] and "关于" not in body and not re.search("委|政府|中央|国务院|部|党", body):
            continue
        if match["order"] and not conveyed and "关于" not in body and "作出" not in body:
            continue
        while page.view[start].isspace():
            start += 1
        if len(body) < 2 or _GENERIC.match(body) or not _ISSUER.search(body):
            continue
        yield Hit(start, match.end(), "DIRECTIVE", "rule:directive", 0.85 if conveyed else 0.7)
        last = match.end()


def _left_edge(page: Page, end: int, last: int) -> int:
    """Walk left over the issuer's posts and names to the verb or to the mark that opens the object.

    A 、 or a comma ends the walk only after another directive (…精神、) or before a verb clause.
    """
    view, floor = page.view, max(last, end - LONGEST)
    at = end
    while at > floor:
        c = view[at - 1]
        if c in "。；！？：\n":
            break
        if c == "，":
            break
        if c == "、":
            left = view[max(0, at - 7) : at - 1]
            if re.search("精神$|部署$|》$", left):
                break
        if c in "”）":
            opening = view.rfind("“" if c == "”" else "（", floor, at - 1)
            if opening >= 0:
                at = opening
                continue
        at -= 1
    verb = None
    for verb in CONVEY.finditer(view, at, end):
        # 学习贯彻 inside …系列重要讲话 belongs to the object; the verb that opens the object is the first one.
        # 学习 opens an object only at its front: 集体学习时的讲话精神 has it inside.
        reach = 24 if verb[0].startswith(("传达", "宣读", "转达", "领学")) else 6
        if verb.start() - at <= reach and view[verb.end() : verb.end() + 1] not in tuple("时会活"):
            return verb.end() + (view[verb.end() : verb.end() + 1] == "了")
    for word in ("落实", "贯彻", "按照", "把", "将", "对照", "遵循"):
        found = view.find(word, at, min(end, at + 24))
        if found >= 0:
            return found + len(word)
    return at
