"""What staff withdrew, as it stands in `corpus/corrections.toml`, so that a plain `findings index` does it again.

[[withdrawn]]
id = "report-2019"                    # a document, or a passage: "report-2019/kqzjwmvatb"
on = 2026-11-27
reason = "names of minors"            # shown to readers in the place of the words
file = "reports/2019.pdf"             # of a document: no other file gets its id when this one is gone
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from indexer.corpus.corrections import FILE_NAME, PASSAGE_ID, WITHDRAWN
from indexer.corpus.ledger import words_of_id
from indexer.corpus.toml_files import TomlFile, read_toml
from search.errors import BadFile
from search.model import Document, NoteSign, Passage, PassageKind

KEYS = ("id", "on", "reason", "file")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document or passage that must not be shown any more, the day (ISO 8601) it was withdrawn, and why.

    `file` is that of a document, relative to the corpus; "" where it is not said.
    """

    withdrawn_id: str
    day: str
    reason: str
    file: str = ""

    @property
    def is_passage(self) -> bool:
        """Whether one passage was withdrawn, and not a whole document."""
        return "/" in self.withdrawn_id


class Withdrawals:
    """All that was withdrawn from a corpus."""

    def __init__(self, listed: Iterable[Withdrawal] = ()) -> None:
        self._by_id = {one.withdrawn_id: one for one in listed}

    def __iter__(self) -> Iterator[Withdrawal]:
        return iter(self._by_id.values())

    def __bool__(self) -> bool:
        return bool(self._by_id)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all that was withdrawn."""
        return frozenset(self._by_id)

    def document(self, document_id: str) -> Withdrawal | None:
        """Return the withdrawal of a whole document, or None."""
        return self._by_id.get(document_id)

    def in_document(self, document_id: str, there: Container[str]) -> list[Withdrawal]:
        """Return the withdrawals of single passages of a document, and of those whose document is none of those that are `there` (ids).

        The file of such a document may have another name now, and the passage another id with the same words.
        """
        return [
            one for one in self if one.is_passage and (_home(one) == document_id or _home(one) not in there)
        ]

    def reserved(self, paths: Container[str]) -> list[str]:
        """Return the ids of withdrawn documents whose files are none of these `paths` any more."""
        return [one.withdrawn_id for one in self if one.file and one.file not in paths]

    def unknown(self, ledger: Mapping[str, Mapping[str, Any]], documents: Iterable[str]) -> tuple[str, ...]:
        """Return a sentence for each id that neither the `ledger` nor any of the `documents` (ids) has."""
        known = {*ledger, *documents, *(entry["document_id"] for entry in ledger.values())}
        return tuple(
            f"{FILE_NAME}: nothing was ever published as {one.withdrawn_id}, so that nothing is withdrawn by it"
            for one in self
            if one.withdrawn_id not in known
        )

    def erase(self, ledger: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return `ledger` without the words of what was withdrawn, with the reason instead.

        Its earlier wordings go, too, and the same words where they once stood under another id.
        """
        causes = {passage_id: self._cause(passage_id, ledger) for passage_id in ledger}
        by_words = {words_of_id(one.withdrawn_id): one for one in self if one.is_passage}
        by_words |= {
            words_of_id(passage_id): cause
            for passage_id, cause in causes.items()
            if cause is not None and not cause.is_passage
        }
        return {
            passage_id: _erased(entry, causes[passage_id] or by_words.get(words_of_id(passage_id)))
            for passage_id, entry in ledger.items()
        }

    def _cause(self, passage_id: str, ledger: Mapping[str, Mapping[str, Any]]) -> Withdrawal | None:
        """The withdrawal of a passage, of what became of it, or of the document of one of them."""
        for at in _chain(passage_id, ledger):
            found = self._by_id.get(at) or self._by_id.get(at.rpartition("/")[0])
            if found is not None:
                return found
        return None


def _home(withdrawal: Withdrawal) -> str:
    """The document of a withdrawn passage."""
    return withdrawal.withdrawn_id.rpartition("/")[0]


def _erased(entry: Mapping[str, Any], cause: Withdrawal | None) -> dict[str, Any]:
    """One entry of the ledger, without its words where there is a cause."""
    if cause is None:
        return dict(entry)
    kept = {key: value for key, value in entry.items() if key not in ("title", "emptied")}
    return {**kept, "text": "", "successor": None, "since": cause.day, "reason": cause.reason}


def _chain(passage_id: str, ledger: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """An id and what became of it, one after the other."""
    seen: set[str] = set()
    at: str | None = passage_id
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = ledger[at]["successor"] if at in ledger else None


def load_withdrawals(corpus: Path) -> Withdrawals:
    """Return what `corpus/corrections.toml` withdraws. Raises BadFile with the line for a table that cannot be read."""
    file = read_toml(corpus / FILE_NAME)
    if file is None or WITHDRAWN not in file.data:
        return Withdrawals()
    tables = file.data[WITHDRAWN]
    if not isinstance(tables, list) or len(file.heads(WITHDRAWN)) != len(tables):
        raise BadFile(file.path, f"each withdrawal must be written as a [[{WITHDRAWN}]] table", 1)
    return Withdrawals(_read(file, place, table) for place, table in enumerate(tables))


def _read(file: TomlFile, place: int, table: Mapping[str, Any]) -> Withdrawal:
    """One withdrawal."""
    for key, problem in _problems(table):
        raise BadFile(file.path, problem, file.line_of(WITHDRAWN, place, key))
    reason = " ".join(table["reason"].split())
    return Withdrawal(table["id"], table["on"].isoformat(), reason, table.get("file", ""))


def _problems(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The key and what is wrong with it, the first thing first."""
    for key in table.keys() - set(KEYS):
        yield key, f"unknown key {key!r} (there are: {', '.join(KEYS)})"
    named = table.get("id")
    if not isinstance(named, str) or not named or ("/" in named and not PASSAGE_ID.fullmatch(named)):
        yield "id", f"id {named!r} is neither a document nor a passage; copy it from the permanent link"
    if type(table.get("on")) is not date:
        yield "on", "on must be the day, without quotation marks, such as 2026-11-27"
    if not isinstance(table.get("reason"), str) or not table["reason"].strip():
        yield "reason", "reason must say, in quotation marks, why; readers are shown it"
    if not isinstance(table.get("file", ""), str):
        yield "file", "file must be a path below the corpus folder, in quotation marks"


def add_withdrawal(corpus: Path, withdrawal: Withdrawal) -> None:
    """Append `withdrawal` to `corpus/corrections.toml`, in one step; what stands there stays as it is.

    Raises BadFile where the file could not be read with the new table, and leaves it as it was.
    """
    path = corpus / FILE_NAME
    before = path.read_bytes() if path.exists() else b""
    values = {"id": withdrawal.withdrawn_id, "reason": withdrawal.reason, "file": withdrawal.file}
    written = {key: json.dumps(value, ensure_ascii=False) for key, value in values.items() if value}
    lines = {"id": written.pop("id"), "on": withdrawal.day, **written}
    table = "".join(f"{key} = {value}\n" for key, value in lines.items())
    table = f"[[{WITHDRAWN}]]\n{table}"
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    after = before + gap + table.encode("utf-8")
    try:
        tomllib.loads(after.decode("utf-8-sig"))
    except ValueError as error:
        raise BadFile(path, f"a withdrawal cannot be added here: {error}") from error
    fresh = path.with_suffix(".toml.new")
    fresh.write_bytes(after)
    fresh.replace(path)


def take_out(
    document: Document, passages: Sequence[Passage], withdrawn: Iterable[str]
) -> tuple[Document, tuple[Passage, ...]]:
    """Return a document without the passages with the ids `withdrawn`; pictures of their pages and the file are withheld.

    Where a heading goes, the paths of what stands below it lose it, too; footnote signs that led to what goes lead nowhere.
    """
    ids = set(withdrawn)
    gone = [passage for passage in passages if passage.passage_id in ids]
    if not gone:
        return document, tuple(passages)
    words = {passage.text for passage in gone}
    kept = tuple(_without(passage, ids, words) for passage in passages if passage.passage_id not in ids)
    pages = {n for p in gone if p.page is not None for n in range(p.page, (p.page_end or p.page) + 1)}
    withheld = tuple(sorted({*document.withheld_pages, *pages}))
    title = _title(document, words, kept)
    changed = replace(document, title=title, passages=len(kept), withheld_pages=withheld, file_withheld=True)
    return changed, kept


def _title(document: Document, gone: Iterable[str], kept: Iterable[Passage]) -> str:
    """The title; where it has the words of what goes, the first heading that stays, else the name of the file."""
    if not any(
        _plain(words) in _plain(document.title) or _plain(document.title) in _plain(words) for words in gone
    ):
        return document.title
    headings = (passage.text for passage in kept if passage.kind is PassageKind.HEADING)
    return next(headings, PurePosixPath(document.path).stem)


def _plain(text: str) -> str:
    """The letters of a text, to be compared."""
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _without(passage: Passage, ids: set[str], words: set[str]) -> Passage:
    """A passage that stays, without what leads to those that go or repeats their words."""
    return replace(
        passage,
        heading_path=tuple(heading for heading in passage.heading_path if heading not in words),
        footnotes=tuple(_unlinked(sign, ids) for sign in passage.footnotes),
        note_of=tuple(other for other in passage.note_of if other not in ids),
    )


def _unlinked(sign: NoteSign, ids: set[str]) -> NoteSign:
    """A footnote sign; one whose footnote goes leads nowhere."""
    return replace(sign, passage_id=None) if sign.passage_id in ids else sign
