"""Only what a page shows: takes out of a parsed page what no reader of it sees, by its marks, its styles and its style sheets.

A hidden "never" inside a sentence reverses it. Text that opens at a click (`details`, accordions) is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import soupsieve
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment, Declaration, Doctype, ProcessingInstruction

# The classes by which the usual style sheets move text off the page, for programs that read pages aloud.
_OFF_PAGE = frozenset(
    ("sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "element-invisible")
)  # fmt: skip
_HIDES = re.compile(
    r"display:none|visibility:(?:hidden|collapse)|(?:^|;)opacity:0(?:\.0+)?(?:%|;|!|$)|font-size:0(?:px|pt|em|rem|%)?(?:;|!|$)"
    r"|content-visibility:hidden|text-indent:-\d{3,}|(?:left|top|right):-\d{4,}|clip:rect\(0|clip:rect\(1px"
)
_WHITE = r"(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,1)?\)|transparent|rgba\(\d+,\d+,\d+,0\))(?:;|!|$)"
_WHITE_TEXT = re.compile(rf"(?:^|;)color:{_WHITE}")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:(?P<value>[^;]*)")
_WHITE_PAPER = re.compile(r"(?:#fff(?:fff)?|white|rgba?\(255,255,255(?:,1)?\)|transparent|none)\b")
_RULE = re.compile(r"(?P<selectors>[^{}]+)\{(?P<style>[^{}]*)\}")
_COMMENTED = re.compile(r"/\*.*?\*/", re.DOTALL)
_PLAIN_SELECTOR = re.compile(r"[\w\-.#\s>*\[\]=\"']+")  # no states (:hover), which hold now and then only
# Rules that hide more of a page than this wait for a script to show it again: the page itself, its panels and tabs.
MOST_HIDDEN = 0.3
MOST_RULES = 400  # of a page's own style sheets that are looked at


def drop_hidden(soup: BeautifulSoup) -> None:
    """Take out of `soup` all that is hidden: comments, `hidden`, closed dialogs, templates, styles, text of its paper's colour."""
    for remark in soup.find_all(
        string=lambda text: isinstance(text, (Comment, Declaration, ProcessingInstruction))
    ):
        if not isinstance(remark, Doctype):
            remark.extract()
    for tag in [*soup.find_all(True)]:
        if not tag.decomposed and tag.name not in ("html", "body", "head") and _is_hidden(tag):
            tag.decompose()
    _drop_by_sheets(soup)


def style_of(tag: Tag) -> str:
    """Return the style that `tag` itself states, in small letters without blanks."""
    return re.sub(r"\s+", "", str(tag.get("style") or "")).casefold()


def classes_of(tag: Tag) -> tuple[str, ...]:
    """Return the classes of `tag`, in small letters."""
    value = tag.get("class") or ()
    return tuple(name.casefold() for name in ([value] if isinstance(value, str) else value))


def _is_hidden(tag: Tag) -> bool:
    """The element itself says that it is not shown."""
    if tag.name == "template" or (tag.name == "dialog" and not tag.has_attr("open")):
        return True
    if tag.has_attr("hidden") and str(tag["hidden"]).casefold() != "until-found":
        return True
    style = style_of(tag)
    if style and (_HIDES.search(style) or (_WHITE_TEXT.search(style) and _is_on_white(tag))):
        return True
    return bool(_OFF_PAGE & set(classes_of(tag)))


def _is_on_white(tag: Tag) -> bool:
    """The paper behind an element is white for sure: stated so, or nothing at all is stated of it."""
    for holder in (tag, *tag.parents):
        background = _BACKGROUND.search(style_of(holder))
        if background:
            return bool(_WHITE_PAPER.match(background["value"]))
        if holder.get("bgcolor") or holder.get("background"):
            return str(holder.get("bgcolor")).casefold() in ("white", "#fff", "#ffffff")
        if holder is not tag and holder.get("class"):
            return False  # a style sheet may colour it
    return True


def _drop_by_sheets(soup: BeautifulSoup) -> None:
    """Takes out what the page's own style sheets hide, unless that is much of the page."""
    chosen = [tag for selector in _hiding_selectors(soup) for tag in _selected(soup, selector)]
    whole = len(soup.get_text())
    for tag in chosen:
        if (
            not tag.decomposed
            and tag.name not in ("html", "body")
            and len(tag.get_text()) <= MOST_HIDDEN * whole
        ):
            tag.decompose()


def _hiding_selectors(soup: BeautifulSoup) -> Iterator[str]:
    """The selectors of rules that hide something on every screen."""
    sheets = (sheet.string or "" for sheet in soup.find_all("style"))
    rules = [
        rule for sheet in sheets for rule in _RULE.finditer(_without_conditions(_COMMENTED.sub("", sheet)))
    ]
    for rule in rules[:MOST_RULES]:
        if _HIDES.search(re.sub(r"\s+", "", rule["style"]).casefold()):
            yield from (part.strip() for part in rule["selectors"].split(","))


def _without_conditions(sheet: str) -> str:
    """A style sheet without its blocks that hold under conditions (`@media print { … }`)."""
    kept, depth, start = [], 0, 0
    for brace in re.finditer(r"@[^{};]*\{|[{}]|@[^{};]*;", sheet):
        if brace[0] == "}":
            depth = max(0, depth - 1)
            start = brace.end() if depth == 0 and start < 0 else start
        elif brace[0] == "{" or depth:
            depth += brace[0].endswith("{")
        elif brace[0].endswith("{"):
            kept.append(sheet[start : brace.start()])
            depth, start = 1, -1
    return "".join([*kept, sheet[start:] if start >= 0 else ""])


def _selected(soup: BeautifulSoup, selector: str) -> list[Tag]:
    """The elements of a plain selector that names a class, an id or an attribute."""
    if not _PLAIN_SELECTOR.fullmatch(selector) or not re.search(r"[.#\[]", selector):
        return []
    try:
        return list(soup.select(selector, limit=500))
    except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError):
        return []
