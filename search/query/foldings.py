"""What readers take for the same word: other spellings and irregular forms, found when a question is read.

The index holds the words as they are printed; a word of a question is widened to the ways in which texts may write it
(`OneOf`), each way of a kind that can be switched off. Ways that no text has cost nothing: they find nothing.

SPELLING: British or American ("organisation"), joined, hyphenated or apart ("cooperation", "cyber security",
"COVID-19"), digits in groups ("12 500"), without the article before it ("l'OTAN").
FORM: the stem, irregular forms ("crises"), plurals of acronyms ("MoUs").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from search.analysis.irregular import related
from search.analysis.spellings import american
from search.analysis.vocabulary import Vocabulary
from search.analysis.words import APOSTROPHE, ELISIONS, forms, stem, stop_words
from search.query.terms import (
    ExactWords,
    OneOf,
    Term,
    TermField,
    TermFuzzy,
    TermPhrase,
    TermQuery,
    Words,
    phrase,
)

SPELLING, FORM = "spelling", "form"
KINDS = (SPELLING, FORM)

Way = Term | TermPhrase
SHORTEST_PART = 3  # letters of each part of a word that texts may write apart
SHORTEST_PREFIXES = frozenset(["co", "re", "un", "bi", "de", "en", "ex", "up", "by", "e", "x", "u", "t"])
"""Shorter first parts: co-operation, re-use, e-mail."""
SHORTEST_JOINED = 6  # letters of two words that texts may write as one; shorter ones meet by chance
OPEN_PARTS = frozenset(["on", "off", "out", "over", "under", "up", "down", "in", "by", "after", "self"])
"""Stop words that stand in compounds ("on-going", "over-flight"). With others "maybe" would be found wherever "may be" stands."""
LAST_PARTS = frozenset(("up", "off", "out", "down", "over"))  # follow-up, trade-off, take-over
MOST_APART = 6  # ways of writing one word apart
_JOINTS = re.compile(r"[-\u2010-\u2015.]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=^[DL])(?=[A-Z][a-z])|(?<=^Mc)(?=[A-Z])")
_CODE = re.compile(r"([a-z]+)(\d+)")  # F16
_PLURAL_ACRONYM = re.compile(r"(?:[A-Z][a-z]?)*[A-Z]s")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]*[A-Z]")
_HARDLY_A_WORD = re.compile(
    r"[b-df-hj-np-tv-xz]{2,}[aeiouy]?"
)  # ngo: of such letters stems keep an "s" behind them
_NUMBER = re.compile(r"[1-9]\d{3,}")
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_GROUPS = re.compile(r"\d{1,3}")
_UMLAUT = re.compile(r"(?<=[a-z])(?:ae|oe|ue)|aa")


class Foldings:
    """The ways in which one corpus may write a word. Threads share it: what it keeps is made once and never changed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.spellings = lru_cache(maxsize=4_096)(self._spellings)
        self.read = lru_cache(maxsize=4_096)(self._read)
        self.joined = lru_cache(maxsize=4_096)(self._joined)

    def _read(self, written: str, off: frozenset[str]) -> TermQuery:
        """All ways of a typed word but for the kinds that are `off`. Kept: one question reads its words some ten times."""
        return FoldedWords(self, off).read_anew(written)

    @cached_property
    def _british(self) -> Mapping[str, set[str]]:
        """The words of the corpus that are spelt otherwise in America, by the American stem."""
        found: dict[str, set[str]] = defaultdict(set)
        for word in self._vocabulary.beginning_with(""):
            other = american(word)
            if other != word:
                found[stem(other)].add(word)
        return found

    def _spellings(self, form: str) -> tuple[str, ...]:
        """Other spellings of a folded word, British or American, that stand in the corpus."""
        other = american(form)
        british = {word for word in self._british.get(stem(other), ()) if american(word) == other}
        return tuple(sorted(self._vocabulary.count({*british, other} - {form})))

    def spelt_stems(self, form: str) -> list[str]:
        """Return the stems of other spellings of a folded word in any of its forms."""
        other = american(form)
        british = {stem(word) for word in self._british.get(stem(other), ())}
        if other != form and any(self._with_stem(other)):
            british.add(stem(other))
        return sorted(british - {stem(form)})

    def _joined(self, first: str, second: str) -> str | None:
        """Two folded words as one, if texts write them so."""
        if len(first) + len(second) < SHORTEST_JOINED or not (first + second).isalpha():
            return None
        whole = first + second
        return whole if self._stands(whole) or any(self._with_stem(whole)) else None

    def _with_stem(self, form: str) -> Iterator[str]:
        """The words of the corpus that have the stem of a word."""
        wanted = stem(form)
        begin = wanted[:-1] if wanted.endswith("i") else wanted
        return (word for word in self._vocabulary.beginning_with(begin) if stem(word) == wanted)

    def _stands(self, form: str) -> bool:
        """Whether a text has a form."""
        return bool(self._vocabulary.count((form,)))

    def apart(self, form: str, *, inflected: bool) -> Iterator[TermPhrase]:
        """Yield a folded word as two, wherever both are words of the corpus; `inflected` takes the second in all its forms."""
        if code := _CODE.fullmatch(form):
            yield TermPhrase(code.groups())
        if not form.isalpha() or form in stop_words():
            return
        for place in range(1, len(form) - 1):
            first, second = form[:place], form[place:]
            if not self._may_part(first, second):
                continue
            seconds = self._with_stem(second) if inflected else (second,)
            yield from (TermPhrase((first, other)) for other in seconds if self._stands(other))

    def _may_part(self, first: str, second: str) -> bool:
        """Whether two parts of a word are words that may be written apart."""
        if not self._stands(first) or (second in stop_words() and second not in LAST_PARTS):
            return False
        if len(second) < SHORTEST_PART and second not in LAST_PARTS:
            return False
        if first in stop_words():
            return first in OPEN_PARTS and len(second) > SHORTEST_PART
        return len(first) >= SHORTEST_PART or first in SHORTEST_PREFIXES

    def without_umlaut(self, form: str) -> str | None:
        """Return a name such as "Mueller" without the letters that stand for points over a vowel, if only that is known."""
        plain = _UMLAUT.sub(lambda found: found.group()[0], form)
        return plain if plain != form and not self._stands(form) and self._stands(plain) else None


@dataclass(frozen=True, slots=True)
class FoldedWords:
    """Reads words in all ways in which the corpus may write them, but for the kinds that are `off`."""

    foldings: Foldings
    off: frozenset[str] = frozenset()

    def word(self, written: str) -> TermQuery:
        """See `search.query.terms.Words`."""
        return self.foldings.read(written, self.off)

    def read_anew(self, written: str) -> TermQuery:
        """Return all ways of a typed word, looked up in the corpus."""
        found = forms(written)
        word = self._typed(found)
        spellings = self._spelt(written, found) if SPELLING not in self.off else ()
        others = self._formed(written, found) if FORM not in self.off else ()
        first = list(dict.fromkeys(way for way in spellings if way != word))
        second = [way for way in dict.fromkeys(others) if way != word and way not in first]
        return OneOf(word, tuple(first), tuple(second)) if first or second else word

    def together(self, first: str, second: str) -> TermQuery | None:
        """See `search.query.terms.Words`."""
        parts = [*forms(first), *forms(second)]
        if SPELLING in self.off or len(parts) != 2:
            return None
        if _GROUPS.fullmatch(first) and re.fullmatch(r"\d{3}", second):
            return _one_of([phrase(["".join(parts)]), phrase(parts), phrase([".".join(parts)])])
        if any(part in stop_words() for part in parts):
            return None
        whole = self.foldings.joined(*parts)
        return self._of(whole) if whole else None

    def near(self, written: str, edits: int) -> TermQuery:
        """See `search.query.terms.Words`."""
        return TermFuzzy(forms(written)[0], edits)

    @property
    def widest(self) -> Words:
        """See `search.query.terms.Words`."""
        return FoldedWords(self.foldings)

    def _typed(self, found: Sequence[str]) -> Way:
        """The word itself: by its stem, or as it stands where other forms are not wanted."""
        if len(found) > 1 or FORM in self.off:
            return phrase(found)
        return Term(TermField.STEM, stem(found[0]), found[0])

    def _of(self, form: str) -> Way:
        """Another spelling, in all forms if they are wanted."""
        return phrase([form]) if FORM in self.off else Term(TermField.STEM, stem(form))

    def _spelt(self, written: str, found: Sequence[str]) -> Iterator[Way]:
        """Other spellings of a typed word."""
        if len(found) == 1:
            yield from self._spelt_as_one(written, found[0])
        elif APOSTROPHE.search(written) and found[0] in ELISIONS:
            yield from self._without_article(found)
        elif len(found) == 2 and len(_JOINTS.findall(written.rstrip("."))) == 1:
            if not (found[0].isdigit() and found[1].isdigit()):
                yield self._of("".join(found))
                yield from self._otherwise("".join(found))
            if FORM not in self.off:
                yield from (TermPhrase((found[0], other)) for other in self.foldings._with_stem(found[1]))
            for other in self.foldings.spellings(found[1]):
                yield TermPhrase((found[0], other))

    def _spelt_as_one(self, written: str, form: str) -> Iterator[Way]:
        """Other spellings of what is one word to us."""
        yield from self._otherwise(form)
        parts = _CAMEL.split(written)
        if len(parts) == 2:
            yield phrase([found for part in parts for found in forms(part)])
        if _POINTED.fullmatch(form):
            yield phrase([form.replace(".", "")])
        if _NUMBER.fullmatch(form.replace(".", "")):
            yield from _grouped(form.replace(".", ""))
        if plain := self.foldings.without_umlaut(form):
            yield self._of(plain)
        apart = self.foldings.apart(form, inflected=FORM not in self.off)
        yield from (way for way, _ in zip(apart, range(MOST_APART), strict=False))

    def _otherwise(self, form: str) -> Iterator[Way]:
        """Other spellings, British or American; in all forms if they are wanted."""
        if FORM in self.off:
            yield from (phrase([other]) for other in self.foldings.spellings(form))
        else:
            yield from (Term(TermField.STEM, other) for other in self.foldings.spelt_stems(form))

    def _without_article(self, found: Sequence[str]) -> Iterator[Way]:
        """What stands behind an article that lost its vowel."""
        place = next((i for i, form in enumerate(found) if form not in ELISIONS), len(found) - 1)
        yield self._of(found[place]) if place == len(found) - 1 else phrase(found[place:])

    def _formed(self, written: str, found: Sequence[str]) -> Iterator[Way]:
        """Irregular forms of a typed word."""
        if len(found) != 1:
            return
        form = found[0]
        words, others = related(form)
        for word in words:
            yield Term(TermField.STEM, stem(word))
        stems = {stem(form), *map(stem, words)}
        yield from (phrase([other]) for other in others if stem(other) not in stems)
        singular = form.removesuffix("s")
        if singular != form and (_PLURAL_ACRONYM.fullmatch(written) or _HARDLY_A_WORD.fullmatch(singular)):
            yield phrase([singular])
        if _ACRONYM.fullmatch(written) or _HARDLY_A_WORD.fullmatch(form):
            yield phrase([form + "s"])


def _one_of(ways: Sequence[Way]) -> OneOf:
    """Ways of writing one word, the first of them as typed."""
    return OneOf(ways[0], tuple(ways[1:]))


def _grouped(number: str) -> Iterator[Way]:
    """A number with a space or a point before every three digits."""
    first = len(number) % 3 or 3
    groups = [number[:first], *(number[place : place + 3] for place in range(first, len(number), 3))]
    yield TermPhrase(tuple(groups))
    yield phrase([".".join(groups)])


def exactly(foldings: Foldings) -> ExactWords:
    """Return how words are read that are wanted as typed."""
    return ExactWords(FoldedWords(foldings))
