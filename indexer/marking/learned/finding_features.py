"""What the learned marker looks at to tell findings: words of sentences, rules that fire, form of passage and document."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.marking.finding_rules import NOTHING, RECITAL
from indexer.marking.findings import FEWEST_WORDS, IMPERATIVE, INFINITIVE, ITEM_MARK, Cue, find_cues, judge
from indexer.marking.learned.blocks import Array
from indexer.marking.learned.document_text import DocumentText, TextUnit
from indexer.marking.section_types import find_section
from search.analysis.words import sentences
from search.meaning import Model
from search.model import Finding

TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d[\d,.]*|[?!$€%;:“”\"]")
NAME, NUMBER = "Aa", "9"
"""Stand for runs of capitalised words and for numbers: "Norway will send 400" reads "Aa will send 9". Names and figures
of the labelled documents say nothing of others."""

SPEAKS = re.compile(r"(?:[A-Z][A-Z .’'-]+|Q|A)\s*[:.]")
"""What opens a turn in a transcript: "MODERATOR:", "Q."."""

FIRST_PERSON, WE, YOU = re.compile(r"\bI\b"), re.compile(r"\b[Ww]e\b"), re.compile(r"\byou\b")
MODAL, WILL = re.compile(r"\b(?:should|must)\b"), re.compile(r"\bwill\b")

OPENING = re.compile(r"\W*([A-Za-z]+)")
TELLING_SIGNS = {
    "past": re.compile(r"\b(?:was|were|had|did)\b"),
    "future": re.compile(r"\b(?:will|shall)\b"),
    "quote": re.compile(r"[\"“”]"),
    "example": re.compile(r"\b(?:for example|for instance|such as|including|examples?)\b", re.IGNORECASE),
    "number": re.compile(r"\d"),
    "asks ?": re.compile(r"\?"),
}
"""What tells, narrates, quotes or illustrates rather than states, or the other way round."""

MOST_UNITS = 400
"""Passages by which the form of a document is judged: its first; a longer one does not change its form."""

DOCUMENT_NUMBERS = 11
"""How many numbers say what a document is like."""


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """One sentence: its half-open span in the passage, its words and pairs of words, rules and form, and the `sums` of its
    words by the sentence model (None without it)."""

    start: int
    end: int
    words: frozenset[str]
    signs: frozenset[str]
    sums: Array | None = None


@dataclass(frozen=True, slots=True)
class FindingFeatures:
    """One passage of running text: its sentences, its rules and form, and what the rules alone make of it."""

    sentences: tuple[SentenceFeatures, ...]
    signs: frozenset[str]
    ruled: Finding | None

    @property
    def words(self) -> frozenset[str]:
        """The words and pairs of all its sentences."""
        return frozenset().union(*(sentence.words for sentence in self.sentences))

    @property
    def sums(self) -> Array | None:
        """The sums of all its words."""
        found = [sentence.sums for sentence in self.sentences if sentence.sums is not None]
        return sum(found[1:], found[0]) if found else None


def read_words(sentence: str) -> list[str]:
    """Read the words of a `sentence` in order: small letters, runs of names as NAME, numbers as NUMBER."""
    found: list[str] = []
    first = True
    for match in TOKEN.finditer(sentence):
        word = match[0]
        if word[0].isdigit():
            word = NUMBER
        elif word[0].isupper() and not first and word != "I":
            word = NAME
        else:
            word = word.lower().replace("’", "'")
        first = first and not match[0][0].isalpha()
        if word != NAME or found[-1:] != [NAME]:
            found.append(word)
    return found


def read_unit(unit: TextUnit, place: float, model: Model | None = None) -> FindingFeatures:
    """Read a passage of running text. `place` is where it stands in its document, from 0 to 1; with a `model` the meaning
    of its words is read, too."""
    spans = sentences(unit.text)
    cues = [find_cues(unit.text, start, end) for start, end in spans]
    read = tuple(_sentence(unit, number, spans, cues, model) for number in range(len(spans)))
    ruled = None
    if len(unit.text.split()) >= FEWEST_WORDS:
        together = [cue for fired in cues for cue in fired]
        ruled = judge(unit.kind, unit.text, unit.heading_path, unit.speaker, unit.lead_in, together)
    fired = {f"rule {cue.rule}" for found in cues for cue in found}
    by_rules = {f"ruled {ruled.type}", f"ruled by {ruled.rule}"} if ruled else {"ruled none"}
    return FindingFeatures(read, frozenset(fired | by_rules | _form(unit, len(spans), place)), ruled)


def _sentence(
    unit: TextUnit,
    number: int,
    spans: Sequence[tuple[int, int]],
    cues: Sequence[Sequence[Cue]],
    model: Model | None,
) -> SentenceFeatures:
    """One sentence of a passage, with the cues that fired in it and beside it."""
    start, end = spans[number]
    text = unit.text[start:end]
    words = read_words(text)
    bounded = ["<", *words, ">"]
    pairs = {f"{one} {two}" for one, two in pairwise(bounded)}
    at = _place(number, len(spans))
    form = {f"kind {unit.kind}", f"at {at}", f"length {min(6, len(text.split()) // 8)}"}
    rules = {f"rule {cue.rule}" for cue in cues[number]} | _beside(unit.text, number, spans, cues)
    sums = model.word_sums(text) if model is not None else None
    return SentenceFeatures(start, end, frozenset({*words, *pairs}), frozenset(form | rules), sums)


def _beside(
    passage: str, number: int, spans: Sequence[tuple[int, int]], cues: Sequence[Sequence[Cue]]
) -> set[str]:
    """How a sentence begins and tells, where it stands among how many, and what the sentences beside it begin with and say."""
    count = len(spans)
    text = passage[slice(*spans[number])]
    found = {f"opens {_first_word(text)}", f"from the end {min(count - 1 - number, 3)}"}
    found.add(f"of {min(count, 5)} {min(number, 3)}")
    found.update(name for name, pattern in TELLING_SIGNS.items() if pattern.search(text))
    if number + 1 < count:
        found.add(f"next opens {_first_word(passage[slice(*spans[number + 1])])}")
        found.update(f"next rule {cue.rule}" for cue in cues[number + 1])
    if number:
        found.update(f"before rule {cue.rule}" for cue in cues[number - 1])
    return found


def _first_word(text: str) -> str:
    """The first word in small letters, or ""."""
    match = OPENING.match(text)
    return match[1].lower() if match else ""


def _place(number: int, count: int) -> str:
    """Where a sentence stands in its passage."""
    if count == 1:
        return "only"
    return "first" if number == 0 else "last" if number == count - 1 else "middle"


def _form(unit: TextUnit, count: int, place: float) -> set[str]:
    """What a passage looks like, and where it stands."""
    section = find_section(unit.heading_path)
    bare = ITEM_MARK.sub("", unit.text)
    seen = {
        "speaks": bool(unit.speaker or SPEAKS.match(unit.text)),
        "courtesy": bool(NOTHING.search(unit.text)),
        "recital": bool(RECITAL.search(unit.text)),
        f"imperative {unit.kind}": bool(IMPERATIVE.match(bare)),
        "infinitive": bool(INFINITIVE.match(bare)),
        "ends ?": unit.text.rstrip().endswith("?"),
        "ends :": unit.text.rstrip().endswith(":"),
        "led in": bool(unit.lead_in),
        f"section {'background' if section.background else section.type}": True,
        f"kind {unit.kind}": True,
        f"sentences {min(5, count)}": True,
        f"size {min(5, int(math.log2(1 + len(unit.text.split()))))}": True,
        f"headings {min(3, len(unit.heading_path))}": True,
        f"quarter {min(3, int(4 * place))}": True,
    }
    return {sign for sign, there in seen.items() if there}


def read_document_numbers(document: DocumentText) -> tuple[float, ...]:
    """Read what a `document` is like: lists, headings, speakers, persons, questions, modal verbs, length; each about 0 to 3."""
    units = document.units
    running = [unit for unit in units if unit.is_running]
    count = max(1, len(running))
    text = " ".join(unit.text for unit in running[:MOST_UNITS])
    words = max(1, len(text.split()))
    return (
        sum(not unit.kind.startswith("para") for unit in running) / count,
        sum(unit.kind == "heading" for unit in units) / count,
        sum(bool(unit.speaker) for unit in running) / count,
        min(3.0, _per_cent(FIRST_PERSON, text, words)),
        min(3.0, _per_cent(WE, text, words)) / 2,
        min(2.0, 100 * text.count("?") / words),
        math.log1p(words / min(count, MOST_UNITS)) / 4,
        min(1.0, _per_cent(MODAL, text, words)),
        min(2.0, _per_cent(WILL, text, words)),
        min(2.0, _per_cent(YOU, text, words)),
        math.log1p(len(units)) / 6,
    )


def _per_cent(pattern: re.Pattern[str], text: str, words: int) -> float:
    """How often a word stands in a hundred."""
    return 100 * len(pattern.findall(text)) / words
