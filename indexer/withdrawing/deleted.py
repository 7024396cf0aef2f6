"""What is merely deleted: its words are kept for as long as a setting says; then id, title and days stay.

A document is deleted when its file is taken out of the corpus. The words of a document that stays, and those that stand in another
passage now, are no matter of this: they are the history of what is published.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta

from indexer.corpus.ledger import Entry, former_states, words_of_id


class Deleted:
    """What is due: words that went by the day `until` with documents that are none of `documents` (ids) any more."""

    def __init__(self, today: str, days: int, documents: Container[str]) -> None:
        """`today` is a day (ISO 8601); words are kept for `days` from the one on which they went."""
        first = date.fromisoformat(today)
        kept = min(days, first.toordinal() - 1)  # there is no day before the year 1
        self._today, self._until = today, (first - timedelta(days=kept)).isoformat()
        self._documents = documents

    def find_due(self, ledger: Mapping[str, Entry], standing: Iterable[str]) -> frozenset[str]:
        """Return the ids of passages in `ledger` whose words are due: they went with their document, at the latest by the day `until`,
        and neither they nor what they became are among the passages `standing` (ids)."""
        last: dict[str, str] = {}
        for entry in ledger.values():
            last[entry["document_id"]] = max(entry["since"][:10], last.get(entry["document_id"], ""))
        old = {at for at, entry in ledger.items() if entry["text"] and self._is_old(entry, last)}
        if not old:
            return frozenset()
        present = set(standing)
        words, states = {words_of_id(at) for at in present}, former_states(ledger, present)
        return frozenset(
            at
            for at in old & states.keys()
            if states[at]["state"] == "withdrawn" and words_of_id(at) not in words
        )

    def _is_old(self, entry: Entry, last: Mapping[str, str]) -> bool:
        """Whether the document of an entry was deleted long ago; `last` is the day on which anything last went from each document."""
        document_id = entry["document_id"]
        return document_id not in self._documents and last[document_id] <= self._until

    def let_go(self, ledger: Mapping[str, Entry], standing: Iterable[str]) -> dict[str, Entry]:
        """Return `ledger` without the words that are due (`find_due`). What else is known stays, with the day on which they went."""
        due = self.find_due(ledger, standing)
        emptied_entry = {"text": "", "emptied": self._today}
        return {at: {**entry, **emptied_entry} if at in due else entry for at, entry in ledger.items()}


def emptied(ledger: Mapping[str, Entry]) -> frozenset[str]:
    """Return the documents whose words were let go, each with the day: "report-2019 2027-11-28"."""
    return frozenset(
        f"{entry['document_id']} {entry['emptied']}" for entry in ledger.values() if "emptied" in entry
    )
