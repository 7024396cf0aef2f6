"""Where words still stand: in passages, in any file of the index folder, in any file of the corpus, read as it is read for the index."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Container, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from indexer.corpus.inventory import take_inventory
from indexer.extraction.sandbox import read_files
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading
from search.errors import IndexMissing, UsageProblem
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generations

MOST_WORDS = 60
"""Of one search; a longer one is no surer and takes long on large files."""
_WORD = re.compile(r"\w+")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Trace:
    """A place where the words stand: a file or the id of a passage, and what is to be done about it."""

    place: str
    remedy: str


def find_traces(
    words: str, settings: Settings, limits: ReadingLimits, by_ocr: Container[str] = ()
) -> list[Trace]:
    """Return every place where `words` stand one after the other, whatever stands between them but letters.

    `by_ocr` are the digests (sha256) of files that OCR has read, which is not done again here: they are named to be looked at.
    Raises UsageProblem for a text without a word. Every document is read again, so this costs as much as indexing.
    """
    pattern = _pattern(words)
    return [
        *_in_passages(pattern, settings),
        *_in_files(pattern, settings.index, "run `findings index`; if it stays, remove the file"),
        *_in_files(pattern, settings.corpus, "take the words out of the file, or remove it"),
        *_in_documents(pattern, settings, limits, by_ocr),
    ]


def _pattern(words: str) -> re.Pattern[str]:
    """What finds the words in a text."""
    listed: Sequence[str] = _WORD.findall(_folded(words))
    if not listed:
        raise UsageProblem("nothing to look for: give the words that must not stand anywhere")
    if len(listed) > MOST_WORDS:
        raise UsageProblem(f"{len(listed)} words; give at most {MOST_WORDS}, those that tell it apart")
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(map(re.escape, listed)) + r"(?!\w)")


def _folded(text: str) -> str:
    """A text in which ways to write the same letters are one: composed or not, ligatures, capitals, hyphens that are not seen."""
    return normalize("NFKC", text).replace("\u00ad", "").casefold()


def _in_passages(pattern: re.Pattern[str], settings: Settings) -> Iterator[Trace]:
    """Passages of the published generation."""
    try:
        current = Generations(settings.index).current()
    except IndexMissing:
        return
    with closing(Catalog(current.catalog_path)) as catalog:
        for document in catalog.documents():
            if pattern.search(_folded(document.title)):
                yield Trace(f"title of {document.document_id}", "give it another one in catalogue.toml")
        for passage in catalog.all_passages():
            if pattern.search(_folded(passage.text)):
                yield Trace(
                    f"passage {passage.passage_id}", f"`findings withdraw {passage.passage_id} --reason …`"
                )


def _in_files(pattern: re.Pattern[str], folder: Path, remedy: str) -> Iterator[Trace]:
    """Files below a folder that hold the words as they are, packed, or escaped as in JSON."""
    for file in sorted(folder.rglob("*")):
        if file.is_file() and any(pattern.search(_folded(text)) for text in _texts(file)):
            yield Trace(str(file), remedy)


def _texts(file: Path) -> Iterator[str]:
    """What a file says when its bytes are taken for text, one reading after the other; nothing of one that has just gone."""
    try:
        data = file.read_bytes()
        data = gzip.decompress(data) if file.suffix == ".gz" else data
    except (FileNotFoundError, gzip.BadGzipFile, EOFError, zlib.error):
        return
    text = data.decode("utf-8", errors="replace")
    yield text
    yield _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    if b"\0" in data:
        yield data.decode("utf-16-le", errors="ignore")
        yield data.decode("utf-16-be", errors="ignore")


def _in_documents(
    pattern: re.Pattern[str], settings: Settings, limits: ReadingLimits, by_ocr: Container[str]
) -> Iterator[Trace]:
    """Documents of the corpus in which a reader finds the words, those that are left out of the index, too."""
    sources = take_inventory(settings.corpus, settings.max_mb).sources
    for source in sources:
        if source.sha256 in by_ocr:
            yield Trace(str(source.file), "was read by OCR: look for the words on its pages yourself")
    for file, outcome in read_files([source.file for source in sources], limits, settings.workers):
        if isinstance(outcome, Reading):
            pages = [draft.page for draft in outcome.passages if pattern.search(_folded(draft.text))]
            if pages:
                where = f", page {pages[0]}" if pages[0] else ""
                yield Trace(
                    f"{file}{where}", "put a file without them in its place, or withdraw the document"
                )
