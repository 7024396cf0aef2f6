"""How well a document was read: what readers saw of its pages, and what became of their words. Pure.

The words of a document say little of themselves: in a file whose font table is broken every word is wrong, but each
recurs like a right one (of 1,323 real pages 93.5 % of the words recur in their document or are stop words; of the same
pages with their letters shifted, as a broken table shifts them, 93.0 %). What no broken font keeps is the share of
vowels, which all languages in Latin letters have in common; so that is measured, and no list of words is needed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.reading.reading import DraftPassage
from search.model import DocumentQuality, PageQuality, PageVerdict

# A page with fewer printed characters has no text layer worth the name; OCR reads it. The scans have 0, pages with a
# photograph their number (1 or 2), sheets left empty on purpose up to 7 (a symbol at the top); "Annex I" has 6.
FEWEST_CHARACTERS = 20
# The share of a page that is dark (drawn small, 24 dpi). Twenty characters of type darken at most .001; the palest page
# of a scan .07; photographs .3 and more; a printed page number on a page left empty .0002.
PICTURE_INK = 0.02
BLANK_INK = 0.0005
# Vowels among Latin letters. The lowest of 1,320 real pages is .288 (tables of abbreviations), half of them lie between
# .396 and .409; of the same pages with shifted letters the highest is .258 and 99 of 100 are below .20.
FEWEST_VOWELS = 0.27
_LETTERS_TO_JUDGE = 100  # Latin letters; fewer say too little
# Words that were printed apart and stand together, by the page. 1,322 of 1,324 real pages have at most .012 (names of
# products); with every second blank taken out 95 of 100 pages have .033 and more.
MOST_GLUED = 0.03
# Single letters among Arabic and Hebrew words: marks of lists, some in a hundred. On a page whose font names letters wrongly
# 53 in a hundred.
MOST_LONE = 0.2
_LONGEST_WORD = 22  # letters; "internationalization" has 20, longer ones that stand once are mostly two words
_WORDS_TO_JUDGE = 30
# Words that are cut at a hyphen, on one page: no real page has more than 3.
MOST_BROKEN = 5
# Glyphs without a character, as a share of what is printed: bullets of private fonts make up to .008 on real pages.
MOST_LOST = 0.02
# OCR's mean confidence on a page, in per cent. On a real scan of 22 pages the one faint page has 87 and one word in twelve
# is misread; a clean one at 94 has one in forty-three.
LOWEST_CONFIDENCE = 90

# Letters lost inside of words, on one page: one may be a sign of a formula; a font that names no ligatures loses more.
MOST_LOST_LETTERS = 1
# Signs of punctuation inside of what blanks part, as a share of the page: in real texts addresses and figures have some.
MOST_SIGNS = 0.2

_LEFTWARD_WORD = re.compile("[\u05d0-\u05ea]+|[\u0621-\u064a]+")
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-zÀ-ÖØ-öø-ɏ]")
_VOWEL = re.compile("[aeiouyàáâãäåæèéêëìíîïòóôõöøœùúûüýÿāēīōūěůąęıő]", re.IGNORECASE)
_JOINED = re.compile(r"[^\W\d_]*[a-zß-ÿ]{2}[A-Z][a-zß-ÿ]{2}[^\W\d_]*")
_CUT = re.compile(r"[^\W\d_]{2,}[-\u2010](?:$| (?!and |or |to |und |oder |et |ou )[a-zß-ÿ]{2,})")
# Signs between letters and figures that no language writes there, and UTF-8 that was read as Latin-1 or Windows-1252.
_INNER_SIGNS = re.compile(r"(?<=\S)[!\"#$%&()*+;<=>?\[\\\]^`{|}~](?=\w)")
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf]|â€|[ÐÑ][\u0080-\u00bf]")
# A glyph without a character inside of a word or number is a letter that is lost; alone, or before a text, it is a bullet or
# an ornament. Symbol fonts of word processors lie at U+F000 to U+F0FF: bullets, unless letters stand on both sides.
_GLYPH = "[\ufffd\ue000-\uefff\uf100-\uf8ff]"
LOST_LETTER = re.compile(
    rf"(?<=[^\W_]){_GLYPH}|(?<=\S\s){_GLYPH}(?=[^\W\d_])|(?<=[^\W\d_])[\uf001-\uf01f\uf021-\uf0ff](?=[^\W\d_])"
)
_LOST = re.compile("[\ufffd\ue000-\uf8ff]|\\(cid:\\d+\\)")


@dataclass(frozen=True, slots=True)
class PageView:
    """What a reader saw of a page before any cleaning.

    `characters` counts what is printed, blanks excepted; `lost` glyphs without a character, `lost_letters` those of them
    that stand inside of words; `signs` the characters of what is no word of any script. `ink` is the dark share of
    the page, None where nobody looked because there is text. `confidence` is OCR's in per cent (0: it found nothing).
    """

    page: int
    characters: int
    lost: int = 0
    ink: float | None = None
    confidence: int | None = None
    lost_letters: int = 0
    signs: int = 0


def view_page(page: int, text: str, ink: float | None = None, confidence: int | None = None) -> PageView:
    """Return the view of a page from its raw text."""
    characters = len("".join(text.split()))
    garbled = sum(len(part) for part in text.split() if _is_garbled(part))
    lost_letters = len(LOST_LETTER.findall(text))
    return PageView(page, characters, len(_LOST.findall(text)), ink, confidence, lost_letters, garbled)


def _is_garbled(part: str) -> bool:
    """What stands between two blanks holds several signs that no word, number or address holds, or bytes read wrongly."""
    return len(_INNER_SIGNS.findall(part)) > 1 or bool(_MOJIBAKE.search(part))


def is_bare(view: PageView) -> bool:
    """Return whether a page has no text layer worth the name."""
    return view.characters < FEWEST_CHARACTERS


def assess_pages(views: Sequence[PageView], passages: Sequence[DraftPassage]) -> DocumentQuality:
    """Return the quality of a paged document."""
    rare = _rare_words(passages)
    texts: dict[int, list[str]] = {view.page: [] for view in views}
    for draft in passages:
        texts.setdefault(draft.page or 0, []).append(draft.text)
    counted = [(view, _Words.of(texts[view.page], rare)) for view in views]
    judged = [(view, _judge(view, words)) for view, words in counted]
    shown = tuple(page for _, page in judged if page.verdict is not PageVerdict.GOOD or page.confidence)
    full = [view.characters for view in views if not is_bare(view)]
    return DocumentQuality(
        verdict=_worst(shown),
        pages=shown,
        blank_pages=tuple(view.page for view in views if _is_blank(view)),
        characters_a_page=round(median(full)) if full else None,
        glued_words=sum(words.glued for _, words in counted),
        broken_words=sum(words.broken for _, words in counted),
        lost_glyphs=sum(view.lost for view in views),
    )


def assess_text(passages: Sequence[DraftPassage], doubts: Sequence[str] = ()) -> DocumentQuality:
    """Return the quality of a text without pages, judged as one page; `doubts` are those of its reader."""
    words = _Words.of([draft.text for draft in passages], _rare_words(passages))
    reasons = (*doubts, *words.reasons())
    return DocumentQuality(
        verdict=PageVerdict.DOUBTFUL if reasons else PageVerdict.GOOD,
        reasons=reasons,
        glued_words=words.glued,
        broken_words=words.broken,
    )


def _worst(pages: Iterable[PageQuality]) -> PageVerdict:
    """Doubtful as soon as one page is; a document with text is never unread."""
    bad = any(page.verdict is not PageVerdict.GOOD for page in pages)
    return PageVerdict.DOUBTFUL if bad else PageVerdict.GOOD


def _rare_words(passages: Iterable[DraftPassage]) -> frozenset[str]:
    """Words that stand in one passage only; what recurs is a name, not two words glued by accident."""
    seen: Counter[str] = Counter()
    for draft in passages:
        seen.update(set(_WORD.findall(draft.text)))
    return frozenset(word for word, count in seen.items() if count == 1)


@dataclass(frozen=True, slots=True)
class _Words:
    """What the words of a page look like. `vowels` is None where there are too few Latin letters to judge.

    `lone` is the share of single letters among Arabic and Hebrew words, None where there are too few.
    """

    count: int
    glued: int
    broken: int
    vowels: float | None
    lone: float | None = None

    @classmethod
    def of(cls, texts: Sequence[str], rare: frozenset[str]) -> _Words:
        """Return the counts of some passages."""
        words = [word for text in texts for word in _WORD.findall(text)]
        glued = [w for w in words if w in rare and (len(w) >= _LONGEST_WORD or _JOINED.fullmatch(w))]
        together = "".join(words)
        letters, vowels = len(_LATIN.findall(together)), len(_VOWEL.findall(together))
        share = vowels / letters if letters >= _LETTERS_TO_JUDGE else None
        broken = sum(len(_CUT.findall(text)) for text in texts)
        return cls(len(words), len(glued), broken, share, _lone_share(texts))

    def reasons(self) -> list[str]:
        """Return why these words may be wrong, in words."""
        found = []
        if (self.vowels is not None and self.vowels < FEWEST_VOWELS) or (
            self.lone is not None and self.lone > MOST_LONE
        ):
            found.append("letters do not make words: the font of the file is broken")
        if self.count >= _WORDS_TO_JUDGE and self.glued > MOST_GLUED * self.count:
            found.append("words stand together without blanks")
        if self.broken > MOST_BROKEN:
            found.append("words are cut at hyphens")
        return found


def _lone_share(texts: Iterable[str]) -> float | None:
    """The share of single letters among the words of scripts that write no word with one; the Arabic "and" is glued to the next."""
    words = [word for text in texts for word in _LEFTWARD_WORD.findall(text)]
    return sum(len(word) == 1 for word in words) / len(words) if len(words) >= _WORDS_TO_JUDGE else None


def _is_blank(view: PageView) -> bool:
    """Nothing is printed there, so nothing is missing."""
    return view.characters == 0 and view.ink is not None and view.ink < BLANK_INK


def is_unread(view: PageView) -> bool:
    """Return whether more is printed on a page without text layer than its few characters; OCR may read it."""
    if not is_bare(view) or _is_blank(view):
        return False
    return view.characters == 0 or (view.ink or 0.0) >= PICTURE_INK


def _judge(view: PageView, words: _Words) -> PageQuality:
    """The verdict on one page."""
    if is_unread(view):
        why = "no text layer" if view.confidence is None else "OCR found no text in the picture"
        return PageQuality(view.page, PageVerdict.UNREAD, (why,))
    reasons = words.reasons()
    if view.lost > MOST_LOST * max(view.characters, 1) and view.lost > 1:
        reasons.append("signs that no font names")
    elif view.lost_letters > MOST_LOST_LETTERS:
        reasons.append("letters are lost: the font of the file does not name them")
    if view.characters >= _LETTERS_TO_JUDGE and view.signs > MOST_SIGNS * view.characters:
        reasons.append("signs do not make words: the text layer of the file is broken")
    if view.confidence is not None and view.confidence < LOWEST_CONFIDENCE:
        reasons.append("OCR is not sure of its words")
    verdict = PageVerdict.DOUBTFUL if reasons else PageVerdict.GOOD
    return PageQuality(view.page, verdict, tuple(reasons), view.confidence)
