"""What is merely deleted: its words are kept for as long as a setting says; then id, title and days stay.

A document is deleted when its file is taken out of the corpus. The words of a document that stays, and those that stand in another
passage now, are no matter of this: they are the history of what is published.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta

from indexer.corpus.ledger import Entry, words_of_id


class Deleted:
    """What is due: words that went by the day `until` with documents that are none of `documents` (ids) any more."""

    def __init__(self, today: str, days: int, documents: Container[str]) -> None:
        """`today` is a day (ISO 8601); words are kept for `days` from the one on which they went."""
        first = date.fromisoformat(today)
        kept = min(days, first.toordinal() - 1)  # there is no day before the year 1
        self._today, self._until = today, (first - timedelta(days=kept)).isoformat()
        self._documents = documents

    def _is_due(self, entry: Entry) -> bool:
        """Whether the words of an entry of the ledger are due, if they stand nowhere else: nothing has taken their place."""
        return bool(
            entry["text"]
            and entry["since"][:10] <= self._until
            and entry["document_id"] not in self._documents
            and not entry["successor"]
        )

    def find_due(self, ledger: Mapping[str, Entry], gone: Iterable[str]) -> tuple[str, ...]:
        """Return the documents of which words are due in `ledger`; `gone` are the ids of passages whose words stand nowhere now."""
        due = (ledger[passage_id] for passage_id in gone if passage_id in ledger)
        return tuple(sorted({entry["document_id"] for entry in due if self._is_due(entry)}))

    def let_go(self, ledger: Mapping[str, Entry], standing: Iterable[str]) -> dict[str, Entry]:
        """Return `ledger` without the words that are due, but for those that stand in one of the passages `standing` (ids).

        What else is known stays, with the day on which the words went.
        """
        words = {words_of_id(passage_id) for passage_id in standing}
        return {
            passage_id: {**entry, "text": "", "emptied": self._today}
            if self._is_due(entry) and words_of_id(passage_id) not in words
            else entry
            for passage_id, entry in ledger.items()
        }


def emptied(ledger: Mapping[str, Entry]) -> frozenset[str]:
    """Return the documents whose words were let go, each with the day: "report-2019 2027-11-28"."""
    return frozenset(
        f"{entry['document_id']} {entry['emptied']}" for entry in ledger.values() if "emptied" in entry
    )
