"""The style sheet: each selector stands once in its place, and each class is one of the pages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import webapp
from search.model import PassageKind

ROOM = Path(webapp.__path__[0])
SHEET = re.sub(r"/\*.*?\*/", "", (ROOM / "static" / "room.css").read_text(encoding="utf-8"), flags=re.DOTALL)
MADE = re.compile(r"([a-z]+-)(?:\{\{|\$\{|\" ~|' ~)")
"""The beginning of classes whose end is a value: `kind-{{ number }}`."""
CLASSES = re.compile(r'class="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)"')
LAYOUT = re.compile(r"\{% block layout %\}(.*?)\{%")
QUOTED = re.compile(r"""["'`]([a-z][\w-]*)["'`]""")


def rules() -> list[tuple[str, ...]]:
    """The selector of each rule, behind the conditions that it stands in."""
    found: list[tuple[str, ...]] = []
    open_now: list[str] = []
    for head, mark in re.findall(r"([^{};]*)([{};])", SHEET):
        if mark == "{":
            open_now.append(" ".join(head.split()))
            if not open_now[-1].startswith("@"):
                found.append(tuple(open_now))
        elif mark == "}":
            open_now.pop()
    assert not open_now
    return found


def test_no_selector_stands_twice() -> None:
    counted = Counter(rules())
    assert len(counted) > 200
    assert [rule for rule, times in counted.items() if times > 1] == []


def test_every_class_is_one_of_the_pages() -> None:
    files = [path for path in ROOM.rglob("*") if path.suffix in {".html", ".js", ".py"}]
    pages = "\n".join(path.read_text(encoding="utf-8") for path in files)
    written = " ".join(
        [*CLASSES.findall(pages), *LAYOUT.findall(pages), *QUOTED.findall(pages), *PassageKind]
    )
    words = set(re.findall(r"[a-z][\w-]*", written))
    made = tuple(MADE.findall(pages))
    classes = {name for *_, selector in rules() for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    assert len(classes) > 100
    assert sorted(name for name in classes - words if not name.startswith(made)) == []
