"""A citation that was typed as a question: the document that it names, told by symbol, link, title, year and kind, or author.

"A/80/36 para. 7", "S/2025/389, p. 12", "2023 report p. 4", a title, one of our addresses. What a reference states is read as in drafts;
here everything typed must belong to the citation, since most questions are none. A symbol that the collection does not have names
nothing, and neither does one that something stands behind: "A/80/36/Add.1" is not "A/80/36".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.analysis.words import forms, stem
from search.drafts.known_documents import KnownDocuments, read_own_link, symbol_key, telling
from search.drafts.stated_parts import SYMBOL, Cited, StatedPlace, read_cited, without_parts
from search.model import Document, Edition
from search.query.names import edition_label
from search.query.parser import FIELDS

LONGEST = 400  # characters of a typed citation; longer ones are pasted texts
MOST_PARTS = 5  # citations in one question, parted by semicolons
MOST_NAMED = 3  # documents that one citation may name; with more of them it names none
FREE_WORDS = 4  # telling words beside a title or a name ("Ash, editor, river papers"): with more of them this is a question
_OPERATORS = re.compile(rf"\b(?:AND|OR|NOT)\b|(?<!\w)(?:{'|'.join(FIELDS)}):\S", re.ASCII)
_PLACE_BEGINS = re.compile(r"[,;\[\]§¶]|\b(?:paras?|pars?|paragraphs?|pp?|pages?|PDF)\b", re.I)
_CONTINUED = re.compile(r"-(?:add|corr|rev|resumption|suppl|summary|part|vol|l|\d+)(?:-|$)")
"""What stands behind the symbol of one document and makes it that of another."""
_WITHIN = re.compile(r"\b(?:annex|append|enclosure|attachment|schedule|chap|ch\.|sect|part\b|vol)", re.I)
"""Parts of documents that count their own pages and paragraphs, so that a number alone does not tell the place."""
_FILLERS = frozenset(
    [
        "see",
        "also",
        "cf",
        "ibid",
        "un",
        "doc",
        "document",
        "documents",
        "at",
        "and",
        "in",
        "the",
        "of",
        "from",
    ]
)


@dataclass(frozen=True, slots=True)
class Typed:
    """A citation as it was typed: the documents that it names, and the places within them that it states."""

    documents: tuple[str, ...]
    places: tuple[StatedPlace, ...] = ()
    passage_id: str | None = None


class Reader:
    """Reads typed citations against the documents of one generation."""

    def __init__(self, documents: Iterable[Document], editions: Mapping[str, Edition]) -> None:
        self._documents, self._editions = list(documents), editions
        self._known = KnownDocuments(self._documents)

    def read(self, text: str) -> tuple[Typed, ...]:
        """Return the citations of which `text` consists; none where it is a question or names no document here."""
        text = " ".join(text.split())
        operators = _OPERATORS.search(text) and not _is_shouted(text)
        if not text or len(text) > LONGEST or operators:
            return ()
        linked = self._linked(text) if " " not in text else None
        if linked is not None:
            return (linked,)
        parts = read_cited(text)
        found = [self._read(cited) for cited in parts[:MOST_PARTS]]
        return tuple(typed for typed in found if typed is not None and typed.documents)

    def _linked(self, address: str) -> Typed | None:
        """What an address leads to, ours or one at which a document was published."""
        link = read_own_link(address)
        if link is not None and link.document_id in self._known.by_id:
            return Typed((link.document_id,), link.places, link.passage_id)
        published = self._known.by_address(address) if "//" in address else set()
        return Typed(tuple(sorted(published))) if 0 < len(published) <= MOST_NAMED else None

    def _read(self, cited: Cited) -> Typed | None:
        """One citation."""
        named = self._by_symbol(cited)
        if named is None:
            named = self._by_kind(cited) or self._by_title(cited) or self._by_author(cited)
        if not 0 < len(named) <= MOST_NAMED:
            return None
        places = () if _WITHIN.search(without_parts(cited.text)) else cited.places
        return Typed(tuple(sorted(named)), places)

    def _by_symbol(self, cited: Cited) -> set[str] | None:
        """The documents with the one symbol that stands here; none where it is not known or there are several; None without any."""
        matches = [m for m in SYMBOL.finditer(cited.text) if any(map(str.isdigit, m.group()))]
        if not any("/" in match.group() for match in matches):
            return self._by_other_symbol(cited)
        found = [self._longest(_words(cited.text[match.start() :])) for match in matches]
        if len({frozenset(named) for named in found}) > 1:
            return set()
        return found[0] if cited.places or len(_free(cited.text)) <= FREE_WORDS else set()

    def _longest(self, words: Sequence[str]) -> set[str]:
        """The documents with the longest symbol that words begin with, unless more of a symbol stands behind it."""
        for end in range(len(words), 0, -1):
            found = self._known.by_symbol("-".join(words[:end]))
            if found:
                return set() if _CONTINUED.match("-" + "-".join(words[end:])) else found
        return set()

    def _by_other_symbol(self, cited: Cited) -> set[str] | None:
        """The documents with a symbol of other kind, such as an ISBN or "Policy Brief No. 49", with little else but a place."""
        words = _words(cited.text)
        for start in range(len(words)):
            for end in range(len(words), start, -1):
                named = "-".join(words[start:end])
                if any(map(str.isdigit, named)) and (found := self._known.by_symbol(named)):
                    others = [*words[:start], *words[end:]]
                    return found if all(word in _FILLERS for word in others) else None
        return None

    def _by_title(self, cited: Cited) -> set[str]:
        """The documents whose title stands here, with little else but a place."""
        named = self._known.by_title(cited.text)
        told = {form for name in named for form in forms(self._known.by_id[name].title)}
        free = [word for word in _free(cited.text) if word not in told]
        if len(free) > (FREE_WORDS if cited.places else 0):
            return set()
        dated = {name for name in named if (self._known.by_id[name].date or "")[:4] in cited.years}
        return dated or named

    def _by_kind(self, cited: Cited) -> set[str]:
        """The documents of a kind and a year, or of an edition: "2023 report", "Chania 2019 report"; only with a place."""
        words = {stem(word) for word in _free(cited.text)}
        if not (words and cited.places and cited.years):
            return set()
        return {
            document.document_id
            for document in self._documents
            if words & {stem(document.kind)}
            and words <= {stem(document.kind), *self._called(document)}
            and self._years(document) & set(cited.years)
        }

    def _called(self, document: Document) -> set[str]:
        """The stems of what the edition of a document is called."""
        edition = self._editions.get(document.edition or "")
        return (
            {stem(form) for form in forms(f"{edition_label(edition)} {edition.title}")} if edition else set()
        )

    def _years(self, document: Document) -> set[str]:
        """The years by which a document is known: that of its date, and that of its edition."""
        edition = self._editions.get(document.edition or "")
        dates = (document.published, edition.start if edition else None)
        return {date[:4] for date in dates if date}

    def _by_author(self, cited: Cited) -> set[str]:
        """The documents of an author and a year; only with a place."""
        return (
            self._known.by_author(cited) if cited.places and len(_free(cited.text)) <= FREE_WORDS else set()
        )


def _words(text: str) -> list[str]:
    """The words of a symbol that a text begins with, up to where a place begins behind it."""
    head = symbol_key(_PLACE_BEGINS.split(text)[0])
    return head.split("-") if head else []


def _is_shouted(text: str) -> bool:
    """Whether most letters of a text are capitals, as in old titles, where AND is no operator."""
    return sum(map(str.isupper, text)) > sum(map(str.isalpha, text)) / 2


def _free(text: str) -> list[str]:
    """The telling words of a citation that state no place, symbol or year."""
    return [word for word in telling(forms(without_parts(text))) if word not in _FILLERS]
