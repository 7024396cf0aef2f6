"""Which blocks of a web page are its main text: trafilatura says which words are, and what it lost between them comes back.

Measured on pages with judged content (see `docs/decisions`): trafilatura finds the main text best, but leaves out lists,
headings and loose text without a word, and glues raised figures to numbers. So it is asked where the text stands only;
the words are those of the page's own blocks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bs4 import Tag
from trafilatura import bare_extraction
from trafilatura.settings import use_config

from indexer.readers.html.blocks import PageBlock
from indexer.readers.html.shown import classes_of
from indexer.reading.reading import FoundMetadata

# A block is main text when this share of its runs of three words stands in what trafilatura gives.
COVERED = 0.6
RUN = 3
# The main text stands in the innermost element with this share of trafilatura's words.
IN_REGION = 0.85
# Blocks with more of their letters in links are menus and lists of other pages.
MOST_LINKED = 0.5
# The shortest body that is believed, in letters; below it all blocks outside of menus count.
SHORTEST_BODY = 200
_WORD = re.compile(r"\w+")
_AROUND = frozenset(("nav", "footer", "aside", "form", "menu", "dialog", "header", "search"))
_LISTS = ("ul", "ol", "dl")
_ROLES = frozenset(
    (
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alert",
        "menu",
        "menubar",
        "toolbar",
    )
)
_AROUND_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|footer|foot|sidebar|side|share|sharing|social|related|comments?|respond|"
    r"disqus|cookies?|consent|breadcrumbs?|crumbs|promo|advert|advertisement|ads?|sponsor|sponsored|newsletter|subscribe|"
    r"signup|login|popup|modal|pagination|pager|toolbar|masthead|banner|widgets?|recommend(?:ed|ations)?|popular|trending|"
    r"tags?|print|skip|copyright|legal|teaser|more|also|next|prev|previous|byline|meta|author|hidden|tooltip)(?:$|[-_\s])"
)


def judged_text(page: str) -> tuple[list[str], FoundMetadata]:
    """Return (the texts, the metadata) that trafilatura finds in the markup of `page`; no texts where it finds no main text."""
    config = use_config()
    config.set("DEFAULT", "EXTRACTION_TIMEOUT", "0")  # no alarm signals: the child's own limits hold
    document: Any = bare_extraction(
        page,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        config=config,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if document is None:
        return [], FoundMetadata()
    texts = (
        [
            " ".join(part.itertext())
            for part in document.body.iter("p", "head", "item", "cell", "quote", "code")
        ]
        if document.body is not None
        else []
    )
    return texts, FoundMetadata(
        title=document.title,
        date=document.date,
        authors=tuple(part.strip() for part in (document.author or "").split(";") if part.strip()),
        language=document.language,
        publisher=document.sitename,
        source_url=document.url,
    )


def main_blocks(blocks: Sequence[PageBlock], texts: Sequence[str]) -> list[PageBlock]:
    """Return the blocks of the main text, given the `texts` that trafilatura takes for it, and what stands between them."""
    judge = _Judge(texts)
    covered = {place for place, block in enumerate(blocks) if judge.covers(block)}
    if sum(len(blocks[place].text) for place in covered) < SHORTEST_BODY:
        return [
            block for block in blocks if not _is_around(block.holder, frozenset()) and not _is_linked(block)
        ]
    surely = _holders(blocks[place].holder for place in covered if not _is_linked(blocks[place]))
    region = _region([blocks[place] for place in sorted(covered)])
    ends = min(covered), max(covered)
    return [
        block for place, block in enumerate(blocks) if _is_main(place, block, covered, (region, surely, ends))
    ]


def _is_main(
    place: int, block: PageBlock, covered: set[int], known: tuple[Tag, frozenset[int], tuple[int, int]]
) -> bool:
    """The block at a place is main text: trafilatura says so and it is no menu, or it belongs to what it says so of."""
    region, surely, ends = known
    if _is_around(block.holder, surely):
        return place in covered and not _is_linked(block)
    listed = (
        block.holder.parent is not None
        and block.holder.parent.name in _LISTS
        and id(block.holder.parent) in surely
    )
    if place in covered or (_is_linked(block) and not listed):
        return place in covered
    inside = block.holder is region or any(tag is region for tag in block.holder.parents)
    return inside and _stands_near(place, block, ends, surely)


class _Judge:
    """What trafilatura takes for main text, made comparable."""

    def __init__(self, texts: Sequence[str]) -> None:
        folded = [tuple(_folded(text)) for text in texts]
        self._whole = set(folded)
        self._runs = {run for words in folded for run in _runs(words)}

    def covers(self, block: PageBlock) -> bool:
        """Return whether most of a block's words stand there; a very short block stands there as a whole."""
        words = tuple(_folded(block.text))
        runs = _runs(words)
        if len(words) <= RUN:
            return words in self._whole
        return sum(run in self._runs for run in runs) >= COVERED * len(runs)


def _folded(text: str) -> list[str]:
    """Words without case and invisible signs."""
    return _WORD.findall(text.replace("\u00ad", "").replace("\u200b", "").casefold())


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    """All runs of three words."""
    return [tuple(words[place : place + RUN]) for place in range(max(0, len(words) - RUN + 1))]


def _holders(tags: Any) -> frozenset[int]:
    """The elements that hold main text, by identity."""
    return frozenset(id(tag) for start in tags for tag in (start, *start.parents))


def _region(blocks: Sequence[PageBlock]) -> Tag:
    """The innermost element that holds nearly all of these blocks."""
    letters: Counter[int] = Counter()
    tags: dict[int, Tag] = {}
    for block in blocks:
        for tag in (block.holder, *block.holder.parents):
            letters[id(tag)] += len(block.text)
            tags[id(tag)] = tag
    wanted = IN_REGION * sum(len(block.text) for block in blocks)
    holding = [tags[key] for key, count in letters.items() if count >= wanted]
    region = max(holding, key=lambda tag: len(list(tag.parents)))
    while region.parent is not None and _is_one_of_several(region):
        region = region.parent
    return region


def _is_one_of_several(tag: Tag) -> bool:
    """The element is a part of a text beside others of its kind: sections, chapters."""
    if tag.name == "section":
        return True
    parts = (
        tag.parent.find_all(tag.name, recursive=False) if tag.parent is not None and tag.name == "div" else []
    )
    return bool(classes_of(tag)) and sum(classes_of(part) == classes_of(tag) for part in parts) > 1


def _stands_near(place: int, block: PageBlock, ends: tuple[int, int], surely: frozenset[int]) -> bool:
    """Between the first and the last main block, or beside one in the same element."""
    return ends[0] < place < ends[1] or id(block.holder) in surely or id(block.holder.parent) in surely


def _is_linked(block: PageBlock) -> bool:
    """Most of the block is a link."""
    return block.linked > MOST_LINKED * len(block.text) and block.level is None


def _is_around(tag: Tag, surely: frozenset[int]) -> bool:
    """The element, or one around it that holds no main text, is set around a text: a menu, a footer, a list of others."""
    for holder in (tag, *tag.parents):
        if id(holder) in surely or holder.name in ("body", "html", "[document]", "main"):
            return False
        if holder.name in _AROUND or holder.get("role") in _ROLES or holder.get("aria-hidden") == "true":
            return True
        if any(
            _AROUND_NAME.search(name)
            for name in (*classes_of(holder), str(holder.get("id") or "").casefold())
        ):
            return True
    return False
