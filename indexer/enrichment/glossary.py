"""Acronyms with their long forms, and repeated phrases: found in each document, gathered over all. Pure.

An acronym is taken only where a document writes it beside its long form ("Defence Institution Building (DIB)", "DIB
(Defence Institution Building)") and every letter is the initial of a word: what does not fit exactly is left out. The idea
is that of A. Schwartz and M. Hearst, "A simple algorithm for identifying abbreviation definitions" (2003), without
letters from the middle of words, which make the doubtful cases.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from search.analysis.words import forms, stem, stop_words, tokens
from search.model import Passage, PassageKind
from search.store.glossary import Acronym, DocumentWords, Glossary

SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "de",
        "for",
        "from",
        "in",
        "into",
        "la",
        "of",
        "on",
        "or",
        "per",
        "the",
        "through",
        "to",
        "with",
    ]
)
"""Words whose initials acronyms leave out or take as they please: "Women, Peace and Security (WPS)", "PfP"."""
LEAST_SHARE = (
    0.8  # of the documents that explain an acronym and give the same long form; else it is ambiguous
)
MOST_SMALL = 0.2  # documents with the letters as a plain word, to those that explain them as an acronym
REPEATED = 3  # passages of a document that have a phrase before it counts as one
LONGEST_PHRASE = 4  # words
MOST_OF_A_DOCUMENT, MOST_PHRASES = 100, 5_000
FEWEST_LETTERS = 3  # of the first and the last word of a phrase

_SHORT = r"[A-Z][A-Za-z]{0,6}[A-Z](?:s|[A-Z])?"
_BEHIND = re.compile(rf"\(\s*(?P<short>{_SHORT})\s*[),;]")  # long form (SHORT)
_BEFORE = re.compile(rf"(?<![\w-])(?P<short>{_SHORT})\s+\((?P<inside>[^()]{{5,120}})\)")  # SHORT (long form)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BREAK = re.compile(r"[.;:!?()\[\]]")  # a long form does not go over these
_SMALL = re.compile(r"(?<![\w'’.-])[a-z]{2,8}(?![\w'’-])")


def document_words(passages: Iterable[Passage]) -> DocumentWords:
    """Return what a document adds to the glossary."""
    listed = list(passages)
    pairs = Counter(pair for passage in listed for pair in find_pairs(passage.text))
    small = {word for passage in listed for word in _SMALL.findall(passage.text)}
    found = tuple((short, long, count) for (short, long), count in sorted(pairs.items()))
    return DocumentWords(found, frozenset(small), tuple(_phrases(listed)))


def find_pairs(text: str) -> Iterator[tuple[str, str]]:
    """Yield (acronym, long form) wherever a text writes one beside the other and the initials fit."""
    for match in _BEHIND.finditer(text):
        long = _long_before(text[max(0, match.start() - 160) : match.start()], _letters(match["short"]))
        if long:
            yield _letters(match["short"]), long
    for match in _BEFORE.finditer(text):
        words = list(_WORD.finditer(match["inside"]))
        if _BREAK.search(match["inside"]) is None and _fits(words, _letters(match["short"])):
            yield _letters(match["short"]), _between(match["inside"], words)


def _letters(short: str) -> str:
    """An acronym without the "s" of its plural."""
    return short[:-1] if len(short) > 2 and short.endswith("s") and short[:-1].isupper() else short


def _long_before(before: str, short: str) -> str | None:
    """The words right before a bracket whose initials are these letters, or None."""
    start = max((match.end() for match in _BREAK.finditer(before)), default=0)
    words = list(_WORD.finditer(before, start))
    for count in range(len(short), 2 * len(short) + 1):
        if count <= len(words) and _fits(words[-count:], short):
            return _between(before, words[-count:])
    return None


def _fits(words: Sequence[re.Match[str]], short: str) -> bool:
    """Whether each letter is the initial of a word and only small words are passed over; the first word counts."""
    letters = short.lower()
    if len(words) < 2 or words[0].group()[0].lower() != letters[0]:
        return False
    reached = {0}
    for word in words:
        initial, small = word.group()[0].lower(), word.group().lower() in SMALL_WORDS
        taken = {place + 1 for place in reached if place < len(letters) and letters[place] == initial}
        reached = taken | (reached if small else set())
    return len(letters) in reached and words[-1].group().lower() not in SMALL_WORDS


def _between(text: str, words: Sequence[re.Match[str]]) -> str:
    """The words as written, on one line."""
    return " ".join(text[words[0].start() : words[-1].end()].split())


def _phrases(passages: Sequence[Passage]) -> list[str]:
    """What several passages of a document say, and its headings of a few words; folded."""
    said: Counter[tuple[str, ...]] = Counter()
    for passage in passages:
        words = [token.form for token in tokens(passage.text)]
        weight = REPEATED if passage.kind is PassageKind.HEADING and len(words) <= LONGEST_PHRASE else 1
        said.update(dict.fromkeys(_runs(words), weight))
    kept = [run for run, count in said.most_common() if count >= REPEATED][: 4 * MOST_OF_A_DOCUMENT]
    whole = [run for run in kept if not _is_part(run, said, kept)]
    return [" ".join(run) for run in whole[:MOST_OF_A_DOCUMENT]]


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Two to four words side by side that begin and end with telling ones."""
    for length in range(2, LONGEST_PHRASE + 1):
        for start in range(len(words) - length + 1):
            run = tuple(words[start : start + length])
            if _tells(run[0]) and _tells(run[-1]):
                yield run


def _tells(word: str) -> bool:
    """Whether a phrase may begin or end with a word."""
    return len(word) >= FEWEST_LETTERS and word.isalpha() and word not in stop_words()


def _is_part(run: tuple[str, ...], said: Counter[tuple[str, ...]], kept: Sequence[tuple[str, ...]]) -> bool:
    """Whether a run is said only within a longer one."""
    text = f" {' '.join(run)} "
    return any(len(k) > len(run) and said[k] >= said[run] and text in f" {' '.join(k)} " for k in kept)


def gather(documents: Iterable[DocumentWords]) -> Glossary:
    """Return the glossary of all documents; it depends on them alone, not on what was indexed first."""
    listed = list(documents)
    phrases = Counter(phrase for words in listed for phrase in words.phrases)
    ordered = sorted(phrases.items(), key=lambda item: (-item[1], item[0]))
    return Glossary(tuple(_acronyms(listed)), tuple(ordered[:MOST_PHRASES]))


def _acronyms(documents: Sequence[DocumentWords]) -> Iterator[Acronym]:
    """The acronyms that are sure, by their letters."""
    explained: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for words in documents:
        for short, long in dict.fromkeys((short, long) for short, long, _ in words.pairs):
            explained[short][long] += 1
    for short, longs in sorted(explained.items()):
        best, documents_of_it = _agreed(longs)
        plain = sum(short.lower() in words.small for words in documents)
        ambiguous = documents_of_it < LEAST_SHARE * longs.total()
        if not ambiguous and plain <= MOST_SMALL * documents_of_it and short.lower() not in stop_words():
            yield Acronym(short, best, documents_of_it)


def _agreed(longs: Counter[str]) -> tuple[tuple[str, ...], int]:
    """The long forms that most documents agree on but for inflection and case, and the number of these documents."""
    together: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for long, count in longs.items():
        together[tuple(stem(form) for form in forms(long))][long] += count
    best = max(together.items(), key=lambda item: (item[1].total(), item[0]))[1]
    written: dict[tuple[str, ...], str] = {}
    for long, _ in sorted(best.items(), key=lambda item: (-item[1], item[0])):
        written.setdefault(tuple(forms(long)), long)
    return tuple(written.values()), best.total()
