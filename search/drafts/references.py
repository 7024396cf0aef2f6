"""Is a quotation where the draft says it is? The reference that stands with it against the place where its words stand.

Only what is certain is called wrong: a page or a paragraph that is printed and is another one, and a document of the
collection that is named and is another one. A reference to what the collection does not know is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.analysis.words import forms
from search.citations.references import label_on
from search.citations.word_places import LINE, pages_between
from search.drafts.known_documents import KnownDocuments, Linked, pieces, read_own_link, telling
from search.drafts.stated import References, Stated
from search.drafts.stated_parts import Cited, StatedPlace
from search.model import Document, Passage, PassageKind
from search.quotes.lookup import SAME, QuoteAnswer, QuoteMatch
from search.store.catalog import Catalog

HEAD = 30  # first passages of a document, on which its title, its symbol and its authors stand
FEWEST_TELLING = 2  # telling words of a piece of a note that make it name something
BACK = 40  # passages in front of one that may be parts of the paragraph whose number stands before them


class ReferenceVerdict(StrEnum):
    """What a stated reference is worth. `NONE` is none stated."""

    RIGHT = "right"
    WRONG_PAGE = "wrong_page"
    WRONG_DOCUMENT = "wrong_document"
    UNKNOWN = "unknown"
    NONE = "none"


WRONG = frozenset({ReferenceVerdict.WRONG_PAGE, ReferenceVerdict.WRONG_DOCUMENT})
_BEST = [
    ReferenceVerdict.RIGHT,
    ReferenceVerdict.WRONG_PAGE,
    ReferenceVerdict.WRONG_DOCUMENT,
    ReferenceVerdict.UNKNOWN,
]


@dataclass(frozen=True, slots=True)
class CheckedReference:
    """What is stated with a quotation, what it is worth, and the match that it is held against."""

    stated: str
    verdict: ReferenceVerdict
    match: QuoteMatch | None = None


NOTHING_STATED = CheckedReference("", ReferenceVerdict.NONE)


@dataclass(frozen=True, slots=True)
class _Named:
    """What a reference names: documents (None: none are named), a passage, and places."""

    documents: frozenset[str] | None
    passage_ids: frozenset[str] = frozenset()
    places: tuple[StatedPlace, ...] = ()


class ReferenceChecker:
    """Checks the references of one draft in reading order: "ibid." means the one before."""

    def __init__(self, catalog: Catalog, known: KnownDocuments, references: References) -> None:
        self._catalog, self._known, self._references = catalog, known, references
        self._last: _Named | None = None
        self._heads: dict[str, str] = {}

    def check(self, stated: Stated, answer: QuoteAnswer) -> CheckedReference:
        """Return the verdict on what is stated with one quotation."""
        matches = [match for match in answer.matches if match.verdict in SAME] or list(answer.matches[:1])
        found = self._named(stated, matches)
        text = "; ".join(dict.fromkeys(cited.text or " ".join(cited.addresses) for cited, _ in found))
        if not found:
            return CheckedReference("", ReferenceVerdict.NONE, matches[0] if matches else None)
        self._last = found[-1][1]
        if not matches or answer.verdict.value == "not_found":
            return CheckedReference(text, ReferenceVerdict.UNKNOWN)
        judged = [(self._judge(named, match), match) for _, named in found for match in matches]
        verdict, match = min(judged, key=lambda pair: _BEST.index(pair[0]))
        return CheckedReference(text, verdict, match)

    # --- what is named

    def _named(self, stated: Stated, matches: Sequence[QuoteMatch]) -> list[tuple[Cited, _Named]]:
        """What each reference names. Words before a quotation count where those behind it leave something open."""
        near = [(cited, self._read(cited, matches)) for cited in stated.near]
        near = [(cited, named) for cited, named in near if named.documents is not None or named.places]
        if any(named.documents is not None for _, named in near):
            return [pair for pair in near if pair[1].documents is not None or len(near) == 1]
        before = [(cited, self._read(cited, matches)) for cited in stated.before]
        before = [(cited, named) for cited, named in before if named.documents or named.places]
        if not near:
            return before
        documents = [named.documents for _, named in before if named.documents]
        if not documents:
            return near
        joined = frozenset().union(*documents)
        return [(cited, _Named(joined, named.passage_ids, named.places)) for cited, named in near]

    def _read(self, cited: Cited, matches: Sequence[QuoteMatch]) -> _Named:
        """What one reference names."""
        if cited.above and (noted := self._above(cited.above, matches)):
            return _Named(noted.documents, frozenset(), cited.places or noted.places)
        if cited.same and self._last is not None:
            return _Named(self._last.documents, self._last.passage_ids, cited.places or self._last.places)
        linked = [
            link for address in cited.addresses if (link := read_own_link(address)) and self._is_ours(link)
        ]
        places = (*cited.places, *(place for link in linked for place in link.places))
        passages = frozenset(link.passage_id for link in linked if link.passage_id)
        documents = {link.document_id for link in linked} | {
            found for address in cited.addresses for found in self._known.by_address(address)
        }
        named = documents or self._by_words(cited, matches)
        return _Named(None if named is None else frozenset(named), passages, places)

    def _is_ours(self, link: Linked) -> bool:
        """Whether a link leads to a document here, or to what was published here."""
        if link.document_id in self._known.by_id:
            return True
        return bool(link.passage_id and self._catalog.find_former(link.passage_id))

    def _above(self, number: str, matches: Sequence[QuoteMatch]) -> _Named | None:
        """What the note with a number names."""
        key = self._references.numbers.get(number, number)
        for cited in self._references.cited_by_note(key):
            if not cited.above:
                named = self._read(cited, matches)
                if named.documents is not None:
                    return named
        return None

    def _by_words(self, cited: Cited, matches: Sequence[QuoteMatch]) -> set[str] | None:
        """The documents that the words of a reference name; empty for what is not known here, None for none named."""
        own = {match.document.document_id for match in matches}
        symbols = [found for symbol in cited.symbols if (found := self._known.by_symbol(symbol))]
        if symbols:
            return set().union(*symbols)
        if own_by_symbol := {
            name for name in own for symbol in cited.symbols if self._stands_in_head(name, symbol)
        }:
            return own_by_symbol
        if any("/" in symbol for symbol in cited.symbols):
            return set()
        titled = self._known.by_title(cited.text)
        about = {name for name in own if any(self._is_about(name, piece) for piece in pieces(cited))}
        if titled:
            return self._narrowed(titled, cited) | (about if cited.prose else set())
        if cited.prose and not (cited.places or cited.years):
            return about or None
        return self._by_pieces(cited, about)

    def _narrowed(self, titled: set[str], cited: Cited) -> set[str]:
        """Of documents of one title those of the stated year, if there are any."""
        of_year = {name for name in titled if (self._known.by_id[name].date or "")[:4] in cited.years}
        return of_year or titled

    def _by_pieces(self, cited: Cited, about: set[str]) -> set[str] | None:
        """Entries of the list of references, names of authors, short titles, and titles as the cover has them."""
        words = [piece for piece in pieces(cited) if telling(piece)]
        entry = self._entry(cited, words[0]) if words else None
        if entry is not None and (found := self._known.by_title(entry) or self._by_entry_symbols(entry)):
            return found
        found = self._known.by_author(cited) or about
        if found or cited.prose:
            return found or None
        names_something = any(len(telling(piece)) >= FEWEST_TELLING for piece in words)
        return set() if names_something or cited.addresses or (words and cited.years) else None

    def _entry(self, cited: Cited, name: Sequence[str]) -> str | None:
        """The entry of the list of references that begins with a name and has the stated year."""
        for entry in self._references.entries if cited.years else ():
            if any(year in entry for year in cited.years) and set(telling(name)) & set(forms(entry)[:12]):
                return entry
        return None

    def _by_entry_symbols(self, entry: str) -> set[str]:
        """The documents whose symbols stand in an entry."""
        from_symbols = (self._known.by_symbol(part.strip(".,;()")) for part in entry.split() if "/" in part)
        return set().union(*from_symbols)

    def _is_about(self, document_id: str, piece: Sequence[str]) -> bool:
        """Whether a piece of a reference is a short title of a document, one of its names, or stands on its first pages."""
        document = self._known.by_id[document_id]
        wanted = telling(piece)
        named = forms(
            " ".join((document.title, *document.authors, *document.speakers, document.publisher or ""))
        )
        if wanted and set(wanted) <= set(named):
            return True
        return len(wanted) > 1 and f" {' '.join(piece)} " in self._head(document_id)

    def _stands_in_head(self, document_id: str, words: str) -> bool:
        """Whether words stand on the first pages of a document."""
        return f" {' '.join(forms(words))} " in self._head(document_id)

    def _head(self, document_id: str) -> str:
        """The first words of a document, folded."""
        if document_id not in self._heads:
            first = self._catalog.passages_of(document_id, 1, HEAD)
            self._heads[document_id] = (
                f" {' '.join(form for passage in first for form in forms(passage.text))} "
            )
        return self._heads[document_id]

    # --- judging

    def _judge(self, named: _Named, match: QuoteMatch) -> ReferenceVerdict:
        """A named place against a match."""
        if named.documents is not None and match.document.document_id not in named.documents:
            if named.passage_ids and self._leads_to(named.passage_ids, match):
                return ReferenceVerdict.RIGHT
            return ReferenceVerdict.WRONG_DOCUMENT if named.documents else ReferenceVerdict.UNKNOWN
        if named.passage_ids and not self._leads_to(named.passage_ids, match):
            return ReferenceVerdict.WRONG_PAGE
        held = [self._holds(kind, group, match) for kind, group in _by_kind(named.places)]
        if False in held:
            return ReferenceVerdict.WRONG_PAGE
        return ReferenceVerdict.UNKNOWN if held and True not in held else ReferenceVerdict.RIGHT

    def _leads_to(self, passage_ids: Iterable[str], match: QuoteMatch) -> bool:
        """Whether links lead to the words, also by way of what became of a passage."""
        own = {passage.passage_id for passage in match.passages}
        for passage_id in passage_ids:
            former = self._catalog.find_former(passage_id) or {}
            if passage_id in own or former.get("successor") in own:
                return True
        return False

    def _holds(self, kind: str, stated: Sequence[StatedPlace], match: QuoteMatch) -> bool | None:
        """Whether the words stand at one of the stated places of a kind; None where that cannot be told."""
        if kind == "para":
            numbers = self._paragraphs(match)
            return any(place.holds(number) for place in stated for number in numbers) if numbers else None
        pages = pages_between(match.passages[0], match.begins, match.passages[-1], match.ends, LINE)
        if pages is None:
            return None
        labels = list(_labels(match, pages, printed=kind == "page"))
        return any(place.holds(label) for place in stated for label in labels)

    def _paragraphs(self, match: QuoteMatch) -> list[str]:
        """The numbers of the paragraphs in which the words stand."""
        numbers = [p.number or (str(p.position) if p.position else None) for p in match.passages]
        if numbers[0] is None:
            numbers.append(self._number_before(match.passages[0]))
        return [number for number in numbers if number]

    def _number_before(self, passage: Passage) -> str | None:
        """The printed number of the paragraph that a passage is a part of; a heading begins something else."""
        before = self._catalog.passages_of(
            passage.document_id, max(1, passage.ordinal - BACK), passage.ordinal - 1
        )
        for earlier in reversed(before):
            if earlier.number:
                return earlier.number
            if earlier.kind is PassageKind.HEADING:
                return None
        return None


def _by_kind(places: Sequence[StatedPlace]) -> Iterator[tuple[str, list[StatedPlace]]]:
    """Stated places by their kind; a page in the PDF counts where no printed page is stated."""
    kinds = {place.kind for place in places}
    for kind in ("page", "pdf", "para"):
        if kind in kinds and not (kind == "pdf" and "page" in kinds):
            yield kind, [place for place in places if place.kind == kind]


def _labels(match: QuoteMatch, pages: tuple[int, int], *, printed: bool) -> Iterator[str]:
    """The labels of the pages of the words: the printed ones where there are any, else their numbers in the PDF."""
    for passage in match.passages:
        last = passage.page_end or passage.page or 0
        for page in range(max(pages[0], passage.page or 0), min(pages[1], last) + 1):
            label = label_on(passage, page) if printed else None
            yield label or str(page)
            if printed and passage.label_other:
                yield passage.label_other


def right_place(match: QuoteMatch, document: Document) -> str:
    """Return the right reference in short: title or symbol, and the place."""
    symbols = document.identifiers
    return f"{symbols[0] if symbols else document.title}, {match.where}"
