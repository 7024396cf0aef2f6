"""Which documents of the collection a reference names: by symbol, address, permanent link, title, or author and year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from search.analysis.words import forms, stop_words
from search.citations.names import parse_name
from search.drafts.stated_parts import Cited, StatedPlace, without_parts
from search.model import Document
from search.permalinks import repaired_id

_LANGUAGE_END = re.compile(r"-(?:en|fr|es|ar|ru|zh|de|e|f|s)$")
_OURS = re.compile(r"/(?P<kind>[pd])/(?P<id>[^/?#\s]+)(?:/(?P<rest>[^/?#\s]+(?:/\w+)?))?")
_LETTERS = re.compile(r"[a-z2-7]{10}(?:-\d+)?")
FEWEST_LETTERS = 9  # of a title that is looked for in prose: "Report" or "Minutes" stand anywhere
FEWEST_PIECE = 2  # words of a piece of a reference that can name something
_PIECES = re.compile(r"[,;:()\[\]“”\"«»|\n]|\.\s|\.$|(?<=\s)(?:of|in|der|des|du|de)\s+(?=the\b|[A-Z])")


@dataclass(frozen=True, slots=True)
class Linked:
    """What an address of ours leads to: a document, and a passage, a page (1-based in the PDF) or a numbered paragraph of it."""

    document_id: str
    passage_id: str | None = None
    page: int | None = None
    paragraph: str | None = None

    @property
    def places(self) -> tuple[StatedPlace, ...]:
        """The place within the document that is stated, if any."""
        if self.paragraph is not None:
            return (StatedPlace("para", self.paragraph, self.paragraph),)
        return (StatedPlace("pdf", str(self.page), str(self.page)),) if self.page else ()


def read_own_link(address: str) -> Linked | None:
    """Return what one of our addresses leads to, signs behind it and capitals aside; None for any other address."""
    parts = _parts(address)
    match = _OURS.search(unquote(parts.path))
    if match is None:
        bare = repaired_id(unquote(address))
        owner, _, letters = bare.rpartition("/")
        is_id = bool(owner) and "/" not in owner and _LETTERS.fullmatch(letters) is not None
        return Linked(owner, bare) if is_id else None
    document_id, rest = repaired_id(match["id"]), repaired_id(match["rest"] or "")
    if match["kind"] == "p":
        letters = rest.partition(".")[0]
        return Linked(document_id, f"{document_id}/{letters}") if _LETTERS.fullmatch(letters) else None
    if numbered := re.fullmatch(r"para/(\w+)", rest):
        return Linked(document_id, paragraph=numbered[1])
    found = re.fullmatch(r"page/(\d+)(?:\.png)?", rest) or re.search(r"page=(\d+)", parts.fragment)
    return Linked(re.sub(r"\.(?:pdf|bib|ris|json)$", "", document_id), None, int(found[1]) if found else None)


def symbol_key(symbol: str) -> str:
    """Return a document symbol under which its spellings are the same: "A/80/36", "A_80_36"."""
    return re.sub(r"[\W_]+", "-", symbol.casefold()).strip("-")


class KnownDocuments:
    """The documents of a collection by what references call them. Immutable once made."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._all = list(documents)
        self.by_id = {document.document_id: document for document in self._all}
        self._symbols: dict[str, set[str]] = {}
        self._addresses: dict[str, set[str]] = {}
        self._titles: list[tuple[str, str]] = []
        for document in self._all:
            self._add(document)

    def _add(self, document: Document) -> None:
        """Notes what one document is called."""
        stem = document.path.rpartition("/")[2].rpartition(".")[0]
        for name in (*document.identifiers, _LANGUAGE_END.sub("", symbol_key(stem))):
            self._symbols.setdefault(symbol_key(name), set()).add(document.document_id)
        if document.source_url:
            self._addresses.setdefault(_bare_address(document.source_url), set()).add(document.document_id)
        for title in {document.title, document.title.partition(": ")[0]}:
            words = " ".join(forms(title))
            if len(words) >= FEWEST_LETTERS and " " in words:
                self._titles.append((f" {words} ", document.document_id))

    def by_symbol(self, symbol: str) -> set[str]:
        """Return the documents with a symbol."""
        return self._symbols.get(symbol_key(symbol), set())

    def by_address(self, address: str) -> set[str]:
        """Return the documents that were published at an address."""
        return self._addresses.get(_bare_address(address), set())

    def by_title(self, text: str) -> set[str]:
        """Return the documents whose titles stand in a text; a title that stands within a longer one does not count."""
        words = f" {' '.join(forms(text))} "
        found: dict[str, set[str]] = {}
        for title, document_id in self._titles:
            if title in words:
                found.setdefault(title, set()).add(document_id)
        named: set[str] = set()
        for title in sorted(found, key=len, reverse=True):
            if title in words:
                words = words.replace(title, " | ")
                named |= found[title]
        return named

    def by_author(self, cited: Cited) -> set[str]:
        """Return the documents of a named author, speaker or publisher and a stated year."""
        if not cited.years:
            return set()
        words = f" {' '.join(forms(cited.text))} "
        return {
            document.document_id
            for document in self._all
            if (document.date or "")[:4] in cited.years
            and any(f" {name} " in words for name in _names(document))
        }


def _names(document: Document) -> Iterator[str]:
    """What the people and groups behind a document are called in short references."""
    for name in (*document.authors, *document.speakers):
        parsed = parse_name(name)
        yield " ".join(forms(parsed.get("family") or parsed["literal"]))
    if document.publisher:
        yield " ".join(forms(document.publisher))


def _parts(address: str) -> SplitResult:
    """The parts of an address; what looks like one and is none has its words as its path."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def _bare_address(address: str) -> str:
    """An address without what does not tell pages apart."""
    parts = _parts(address.strip())
    return f"{(parts.hostname or '').removeprefix('www.')}{unquote(parts.path).rstrip('/').casefold()}"


def pieces(cited: Cited) -> list[list[str]]:
    """Return the pieces of a reference that may be a title or a name, as words; places, symbols and years are left out."""
    parted = (forms(piece) for piece in _PIECES.split(without_parts(cited.text)))
    return [words for words in parted if words]


def telling(words: Sequence[str]) -> list[str]:
    """Return the words of a piece that tell something."""
    return [word for word in words if word not in stop_words() and len(word) > 1]
