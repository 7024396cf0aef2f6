"""Text to query tree. Understands a lot, guesses nothing: what it cannot read it reports with its position.

    query   = either { either }                         side by side: see `Loose`
    either  = ... AND binds closer than OR; NOT and "-" closest; side by side binds closer than AND
    leaf    = word | word* | word~ | word~2 | "phrase" | "phrase"~5 | field:value | date:2019..2022 | ( query )

Curly, low and angled quotation marks count as quotation marks. The operators are written in capitals.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from search.analysis.words import forms
from search.dates import DATE_FORMS, ISO_DATE
from search.errors import QuerySyntaxError
from search.query.tree import (
    And,
    Dates,
    Everything,
    Field,
    Fuzzy,
    Loose,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Word,
    format_query,
    joined,
)

FILTER_FIELDS = (
    "theme",
    "touches",
    "edition",
    "year",
    "kind",
    "finding",
    "statement",
    "addressee",
    "document",
    "speaker",
    "mentions",
    "organisation",
    "lang",
    "page",
    "para",
)
DATE_FIELDS = ("date", "since", "until")
TEXT_FIELDS = ("title", "heading")
FIELDS = (*FILTER_FIELDS, *TEXT_FIELDS, *DATE_FIELDS)
LONGEST_QUERY = (
    2_000  # characters; nobody types more, and a longer one is a pasted text (see `findings quote`)
)
MOST_LEAVES = 100  # words, phrases and conditions in one question
DEEPEST = 30  # brackets or NOT within each other

MOST_BETWEEN = 99  # words that may stand between two of a phrase
_QUOTES = '"“”„‟«»'
_LEXEME = re.compile(
    rf"""(?P<space>\s+)
       | (?P<open>\() | (?P<close>\))
       | (?P<phrase>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}])(?P<slop>~\d+)?
       | (?P<unclosed>[{_QUOTES}])
       | (?P<minus>-)(?=[^\s)])
       | (?P<field>[A-Za-z]+):(?=\S)
       | (?P<word>[^\s(){_QUOTES}]+)""",
    re.VERBOSE,
)
MOST_REPAIRS = 8  # mistakes that are mended one after the other before a question is taken as plain words
_DATE_WITHIN = re.compile(rf"(?<![0-9])(?:{ISO_DATE.pattern})(?![0-9])")
_SPANS = {"from": "{}..", "after": "{}..", "before": "..{}"}
"""Other names that people write for an end of a span of time, and the span with that end."""
_NEAR = 0.75  # likeness (difflib's ratio) from which a field is proposed for a name: "titel", not "peace"
_CONDITION = re.compile(r"(?:\bNOT\s+|-)?[A-Za-z]+:$")  # what stands before the value of a condition
_SIGNS = re.compile(r"\bNOT\b|-")
_YEARS = re.compile(r"([0-9]{4})[-–—/]([0-9]{4})")  # "2019-2022", which people write for a span of years
_VALUES = ("word", "phrase", "operator")  # kinds of lexemes that a field's value can be
_FUZZY = re.compile(r"(?P<word>[^~*]+)~(?P<edits>[12]?)")


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    at: int
    length: int
    slop: int = 0


def parse_query(text: str) -> Query:
    """Return the tree of a question. Raises QuerySyntaxError with the position and, where there is one, a proposal."""
    if len(text) > LONGEST_QUERY:
        problem = f"a question may have {LONGEST_QUERY} characters (to look a long passage up, use the quote look-up)"
        raise QuerySyntaxError(text[:60] + "…", 60, problem, _first_words(text))
    parser = _Parser(text)
    query = parser.either(0)
    if parser.next is not None:
        raise parser.error("a closing bracket without an opening one", _without_brackets(text))
    return query


def parse_lenient(text: str) -> tuple[Query, QuerySyntaxError | None]:
    """Return the tree, or the best reading of a question that has a mistake together with the first mistake.

    The best reading follows the proposals, one mistake after the other, so that what can be read keeps its meaning:
    `peace AND "trust fund` is `peace AND trust fund`. Where that leads nowhere every word is a plain word.
    """
    first: QuerySyntaxError | None = None
    written = text
    for _ in range(MOST_REPAIRS):
        try:
            query = parse_query(written)
        except QuerySyntaxError as mistake:
            first = first or mistake
            if mistake.proposal is None:
                break
            written = mistake.proposal
        else:
            return (query, None) if first is None else _mended(text, written, query, first)
    plain = plain_query(text)
    return plain, first and _proposing(first, plain)


def _mended(text: str, written: str, query: Query, first: QuerySyntaxError) -> tuple[Query, QuerySyntaxError]:
    """The reading of a mended question, with the first mistake that was mended and the whole of it as a proposal."""
    if isinstance(query, Everything):
        query = plain_query(text)
        return query, _proposing(first, query)
    return query, QuerySyntaxError(first.query_text, first.position, first.problem, written)


def _proposing(mistake: QuerySyntaxError, plain: Query) -> QuerySyntaxError:
    """The mistake with plain words as the proposal, or with none where there are no words."""
    proposal = format_query(plain) or None
    return QuerySyntaxError(mistake.query_text, mistake.position, mistake.problem, proposal)


def _first_words(text: str) -> str | None:
    """The beginning of a text that is too long for a question, as plain words; None when it has no words."""
    return " ".join(forms(text[: LONGEST_QUERY // 2])[:20]) or None


def plain_query(text: str) -> Query:
    """Return every word of a text as a plain word: nothing in it is an operator. A text without words asks for nothing."""
    words: list[Query] = [Word(form) for form in forms(text[: LONGEST_QUERY * 5])[:MOST_LEAVES]]
    return joined(Loose, words) if words else Or(())


class _Parser:
    """Recursive descent over the lexemes of one question."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = _lexemes(text)
        self.index = 0
        self.leaves = 0

    @property
    def next(self) -> _Lexeme | None:
        """The lexeme to be read next, or None at the end."""
        return self.lexemes[self.index] if self.index < len(self.lexemes) else None

    def error(self, problem: str, proposal: str | None = None, at: int | None = None) -> QuerySyntaxError:
        """Return a mistake at the next lexeme, or at the end of the text."""
        place = at if at is not None else self.next.at if self.next else len(self.text)
        tidy = " ".join(proposal.split()) if proposal else None
        return QuerySyntaxError(self.text, place, problem, tidy or None)

    def take(self, *words: str) -> bool:
        """Read one of these operators if it comes next."""
        if self.next is not None and self.next.kind == "operator" and self.next.text in words:
            self.index += 1
            return True
        return False

    def either(self, depth: int) -> Query:
        """Parse parts joined by OR."""
        if depth > DEEPEST:
            raise self.error(f"more than {DEEPEST} brackets within each other", _without_brackets(self.text))
        parts = [self.every(depth)]
        while self.take("OR"):
            parts.append(self.every(depth))
        if len(parts) > 1 and Everything() in parts:
            raise self.error("OR needs a word on both sides", self.text.replace("OR", " "))
        return joined(Or, parts)

    def every(self, depth: int) -> Query:
        """Parse parts joined by AND."""
        parts = [self.side_by_side(depth)]
        while self.take("AND"):
            parts.append(self.side_by_side(depth))
        if len(parts) > 1 and Everything() in parts:
            raise self.error("AND needs a word on both sides", self.text.replace("AND", " "))
        return joined(And, parts)

    def side_by_side(self, depth: int) -> Query:
        """Parse parts written side by side."""
        parts: list[Query] = []
        while self.next is not None and not self.ends_group(self.next):
            part = self.negated(depth)
            if part is not None:
                parts.append(part)
        return joined(Loose, parts) if parts else Everything()

    @staticmethod
    def ends_group(lexeme: _Lexeme) -> bool:
        """Return whether parts side by side end here."""
        return lexeme.kind == "close" or (lexeme.kind == "operator" and lexeme.text in ("AND", "OR"))

    def negated(self, depth: int) -> Query | None:
        """Return a leaf or a group, perhaps with NOT before it; None for what holds no word at all, such as "&"."""
        if self.take("NOT", "-"):
            if self.next is None or self.ends_group(self.next):
                raise self.error("NOT needs something after it", self.text.replace("NOT", " "))
            if depth > DEEPEST:
                problem = f"more than {DEEPEST} NOT within each other"
                raise self.error(problem, _first_words(_SIGNS.sub(" ", self.text)))
            part = self.negated(depth + 1)
            if part is None or isinstance(part, Everything):
                raise self.error("NOT needs a word after it", self.text.replace("NOT", " "))
            return Not(part)
        return self.primary(depth)

    def primary(self, depth: int) -> Query | None:
        """Return a group in brackets or a leaf."""
        lexeme = self.lexemes[self.index]
        self.index += 1
        if lexeme.kind == "open":
            return self.group(lexeme, depth)
        self.leaves += 1
        if self.leaves > MOST_LEAVES:
            few = _first_words(self.text)
            raise self.error(f"more than {MOST_LEAVES} words in one question", few, lexeme.at)
        if lexeme.kind == "field":
            return self.condition(lexeme)
        if lexeme.kind == "phrase":
            return Phrase(lexeme.text, lexeme.slop) if forms(lexeme.text) else None
        return self.word(lexeme)

    def group(self, opening: _Lexeme, depth: int) -> Query | None:
        """Return what stands in brackets; empty brackets are nothing."""
        inside = self.either(depth + 1)
        if self.next is None:
            raise self.error("a bracket that is not closed", _without_brackets(self.text), opening.at)
        self.index += 1
        return None if isinstance(inside, Everything) else inside

    def condition(self, lexeme: _Lexeme) -> Query:
        """Parse `field:value`."""
        name = lexeme.text.lower()
        if name not in FIELDS:
            known = ", ".join(FIELDS)
            problem = f"no field {lexeme.text!r} (there are: {known})"
            raise self.error(problem, self.likely_condition(lexeme), lexeme.at)
        value = self.next
        if value is None or value.text == "-" or not value.text.strip() or value.kind not in _VALUES:
            proposal = self.text.replace(f"{lexeme.text}:", " ")
            raise self.error(f"{name}: needs a value right after it", proposal, lexeme.at)
        self.index += 1
        if name == "date":
            return self.dates(value)
        return self.end_of_span(name, value) if name in DATE_FIELDS else Field(name, value.text.strip())

    def end_of_span(self, name: str, value: _Lexeme) -> Query:
        """Parse `since:2019` or `until:2019-06`."""
        if not ISO_DATE.fullmatch(value.text):
            likely = self.likely_dates(value.text)
            problem = f"{name}: needs {DATE_FORMS}"
            proposal = self.replaced(value, likely and likely.partition("..")[0])
            raise self.error(problem, proposal, value.at)
        return Dates(value.text, None) if name == "since" else Dates(None, value.text)

    def dates(self, value: _Lexeme) -> Query:
        """Parse `2019`, `2019-06..2022`, `..2019`, `2022..`."""
        since, dots, until = value.text.partition("..")
        ends = (since, until) if dots else (since, since)
        if not any(ends) or any(end and not ISO_DATE.fullmatch(end) for end in ends):
            problem = f"a date is {DATE_FORMS}, or a range with two dots"
            raise self.error(problem, self.replaced(value, self.likely_dates(value.text)), value.at)
        if all(ends) and since[: len(until)] > until[: len(since)]:
            proposal = self.replaced(value, f"{until}..{since}")
            raise self.error("a span of time that ends before it begins", proposal, value.at)
        return Dates(ends[0] or None, ends[1] or None)

    def likely_condition(self, lexeme: _Lexeme) -> str:
        """Return the question with the field that is probably meant, or with the words where none is near."""
        name, value = lexeme.text.lower(), self.next
        before, after = self.text[: lexeme.at], self.text[lexeme.at + lexeme.length :]
        if value is not None and name in _SPANS and ISO_DATE.fullmatch(value.text):
            behind = self.text[value.at + value.length :]
            return f"{before}date:{_SPANS[name].format(value.text)}{behind}"
        near = get_close_matches(name, FIELDS, 1, _NEAR)
        return before + (f"{near[0]}:{after}" if near else f"{lexeme.text} {after}")

    @staticmethod
    def likely_dates(written: str) -> str | None:
        """Return what is probably meant by a date that is none: a span of years with another sign, or as much of it as is a date."""
        if years := _YEARS.fullmatch(written):
            return f"{years[1]}..{years[2]}"
        since, dots, until = written.partition("..")
        ends = [found[0] if (found := _DATE_WITHIN.search(end)) else "" for end in (since, until)]
        return dots.join(ends) if any(ends) else None

    def replaced(self, lexeme: _Lexeme, words: str | None) -> str:
        """Return the question with other words in the place of a date, or without the whole condition."""
        before, after = self.text[: lexeme.at], self.text[lexeme.at + lexeme.length :]
        if words is not None:
            return before + words + after
        return f"{_CONDITION.sub('', before)} {after}"

    def word(self, lexeme: _Lexeme) -> Query | None:
        """Return a word, a beginning of words, or a word with letters wrong."""
        text = lexeme.text
        if fuzzy := _FUZZY.fullmatch(text):
            return self.leaf_of_one(Fuzzy(fuzzy["word"], int(fuzzy["edits"] or 1)), lexeme)
        if text.endswith("*") and "*" not in text[:-1] and len(text) > 1:
            return self.leaf_of_one(Prefix(text[:-1]), lexeme)
        if "*" in text.strip("*"):
            raise self.error(
                "a star can only stand at the end of a word", self.text.replace("*", " "), lexeme.at
            )
        return Word(text) if forms(text) else None

    def leaf_of_one(self, leaf: Prefix | Fuzzy, lexeme: _Lexeme) -> Query:
        """Return a leaf that must hold exactly one word."""
        found = forms(leaf.text)
        if len(found) != 1:
            end = lexeme.at + lexeme.length
            sign = self.text[lexeme.at : end].removeprefix(leaf.text)
            words = " ".join(found) + (sign if found else "")
            proposal = f"{self.text[: lexeme.at]} {words} {self.text[end:]}"
            raise self.error("* and ~ need one plain word before them", proposal, lexeme.at)
        return leaf


def _lexemes(text: str) -> list[_Lexeme]:
    """The parts of a question; raises QuerySyntaxError for a quotation mark that is never closed."""
    found = []
    for match in _LEXEME.finditer(text):
        kind, value = match.lastgroup or "", match.group()
        if kind == "unclosed":
            proposal = f"{text[: match.start()]}{text[match.end() :]}"
            raise QuerySyntaxError(
                text, match.start(), "a quotation mark that is not closed", proposal.strip() or None
            )
        if kind == "space":
            continue
        at, length = match.start(), match.end() - match.start()
        if match["phrase"] is not None:
            slop = int((match["slop"] or "~0")[1:][:3])
            found.append(
                _Lexeme("phrase", match["phrase"][1:-1].strip(), at, length, min(slop, MOST_BETWEEN))
            )
        elif kind == "minus" or value in ("AND", "OR", "NOT"):
            found.append(_Lexeme("operator", value, at, length))
        else:
            found.append(_Lexeme(kind, match[kind], at, length))
    return found


def _without_brackets(text: str) -> str:
    """A question whose brackets do not fit together, without any of them."""
    return text.replace("(", " ").replace(")", " ")
