"""What staff withdrew, as it stands in `corpus/corrections.toml`, so that a plain `findings index` does it again.

[[withdrawn]]
id = "report-2019"                    # a document, or a passage: "report-2019/kqzjwmvatb"
on = 2026-11-27
reason = "names of minors"            # shown to readers in the place of the words
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from indexer.corpus.corrections import FILE_NAME, PASSAGE_ID, WITHDRAWN
from indexer.corpus.toml_files import TomlFile, read_toml
from search.errors import BadFile
from search.model import Document, NoteSign, Passage

KEYS = ("id", "on", "reason")


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document or passage that must not be shown any more, the day (ISO 8601) it was withdrawn, and why."""

    withdrawn_id: str
    day: str
    reason: str

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
        """The withdrawal of a whole document, or None."""
        return self._by_id.get(document_id)

    def in_document(self, document_id: str) -> list[Withdrawal]:
        """The withdrawals of single passages of a document."""
        return [one for one in self if one.is_passage and one.withdrawn_id.startswith(f"{document_id}/")]

    def erase(self, ledger: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Return `ledger` without the words of what was withdrawn and of its earlier wordings, with the reason instead."""
        return {
            passage_id: self._erased(passage_id, dict(entry), ledger) for passage_id, entry in ledger.items()
        }

    def _erased(
        self, passage_id: str, entry: dict[str, Any], ledger: Mapping[str, Mapping[str, Any]]
    ) -> dict[str, Any]:
        """One entry of the ledger."""
        cause = self._by_id.get(entry["document_id"]) or next(
            (self._by_id[at] for at in _chain(passage_id, ledger) if at in self._by_id), None
        )
        if cause is None:
            return entry
        return {**entry, "text": "", "successor": None, "since": cause.day, "reason": cause.reason}


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
    tables = file.data.get(WITHDRAWN, []) if file else []
    if file is None or not tables:
        return Withdrawals()
    if not isinstance(tables, list) or len(file.heads(WITHDRAWN)) != len(tables):
        raise BadFile(file.path, f"each withdrawal must be written as a [[{WITHDRAWN}]] table", 1)
    return Withdrawals(_read(file, place, table) for place, table in enumerate(tables))


def _read(file: TomlFile, place: int, table: Mapping[str, Any]) -> Withdrawal:
    """One withdrawal."""
    for key, problem in _problems(table):
        raise BadFile(file.path, problem, file.line_of(WITHDRAWN, place, key))
    return Withdrawal(table["id"], table["on"].isoformat(), " ".join(table["reason"].split()))


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


def add_withdrawal(corpus: Path, withdrawal: Withdrawal) -> None:
    """Append `withdrawal` to `corpus/corrections.toml`, in one step; what stands there stays as it is."""
    path = corpus / FILE_NAME
    before = path.read_bytes() if path.exists() else b""
    table = (
        f"[[{WITHDRAWN}]]\nid = {json.dumps(withdrawal.withdrawn_id, ensure_ascii=False)}\n"
        f"on = {withdrawal.day}\nreason = {json.dumps(withdrawal.reason, ensure_ascii=False)}\n"
    )
    gap = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    fresh = path.with_suffix(".toml.new")
    fresh.write_bytes(before + gap + table.encode("utf-8"))
    fresh.replace(path)


def take_out(
    document: Document, passages: Sequence[Passage], withdrawn: Iterable[str]
) -> tuple[Document, tuple[Passage, ...]]:
    """Return a document without the passages with the ids `withdrawn`; pictures of their pages are withheld.

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
    return replace(document, passages=len(kept), withheld_pages=withheld), kept


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
