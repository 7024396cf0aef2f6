"""The link ledger, `corpus/ledger.jsonl`: ids that were once published and no longer name a passage.

One JSON object a line: `passage_id, document_id, ordinal, text, since` (the day it went) and `successor`, the id of
what became of it at that moment, or null. What staff withdrew has a `reason` and no words. Of a document that was deleted as a whole
it also has the `title`, and once its words have been let go (`indexer.withdrawing.deleted`) the day of that (`emptied`) and no words. Later lines of the same id go before earlier ones. The ledger
belongs to the corpus, so links outlive the index: deleting `index/` loses nothing.

What an id answers is worked out anew with every generation:
*moved* when exactly one passage now has the same words; *reworded* when the recorded successor (or its own
successor, and so on) still stands; else *withdrawn*. Between look-alikes it refuses to choose.
"""

from __future__ import annotations

import difflib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from search.analysis.words import forms
from search.errors import BadFile, LedgerReadOnly
from search.model import Passage
from search.permalinks import words_digest

FILE_NAME = "ledger.jsonl"
LIKE = 0.6  # least share of common words (2·common / all) between a passage and what became of it
APART = 0.1  # by how much the best candidate must be ahead of the next, or they are look-alikes
COMPARED = 8  # candidates that are compared word by word
WIDESPREAD = 50  # a word that more new passages have tells nothing about which of them is meant
_NEEDED = {"passage_id", "document_id", "ordinal", "text", "since", "successor"}

Entry = dict[str, Any]


def load_ledger(corpus: Path) -> dict[str, Entry]:
    """Return the last line of every id. Raises BadFile for a line that is no entry."""
    path = corpus / FILE_NAME
    if not path.exists():
        return {}
    ledger: dict[str, Entry] = {}
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            entry = _entry(path, number, line)
            ledger[entry["passage_id"]] = entry
    return ledger


def _entry(path: Path, number: int, line: bytes) -> Entry:
    """One line of the ledger."""
    try:
        entry = json.loads(line)
    except ValueError as error:
        raise BadFile(path, f"not JSON ({error}); restore the file from version control", number) from error
    if not isinstance(entry, dict) or not entry.keys() >= _NEEDED:
        raise BadFile(path, f"an entry needs {', '.join(sorted(_NEEDED))}", number)
    texts = [entry[name] for name in ("passage_id", "document_id", "text", "since")]
    if not all(isinstance(value, str) for value in (*texts, entry["successor"] or "")):
        raise BadFile(path, "a value of the entry is no text; restore the file from version control", number)
    return entry


def words_of_id(passage_id: str) -> str:
    """Return the part of a passage's id that stands for its words alone."""
    return passage_id.rpartition("/")[2].partition("-")[0]


def merge_ledger(ledger: Mapping[str, Entry], gone: Iterable[Entry]) -> dict[str, Entry]:
    """Return the ledger with new entries, which go before those of the same ids."""
    return {**ledger, **{entry["passage_id"]: entry for entry in gone}}


def write_ledger(corpus: Path, merged: Mapping[str, Entry]) -> None:
    """Write the ledger in one step, so that a kill leaves the old or the new file; one that says nothing new is left as it is.

    Raises LedgerReadOnly.
    """
    if merged == load_ledger(corpus):
        return
    path = corpus / FILE_NAME
    fresh = path.with_suffix(".jsonl.new")
    lines = (json.dumps(merged[passage_id], ensure_ascii=False) + "\n" for passage_id in sorted(merged))
    try:
        fresh.write_text("".join(lines), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise LedgerReadOnly(path, error.strerror or str(error)) from error


def gone_entries(old: Sequence[Passage], new: Sequence[Passage], day: str) -> list[Entry]:
    """Return entries for the passages of one document that are gone, each with what became of it, if that is plain.

    Only passages that are new can be what an old one became.
    """
    old_ids, new_ids = {p.passage_id for p in old}, {p.passage_id for p in new}
    fresh = _Candidates([p for p in new if p.passage_id not in old_ids])
    return [
        {
            "passage_id": passage.passage_id,
            "document_id": passage.document_id,
            "ordinal": passage.ordinal,
            "text": passage.text,
            "since": day,
            "successor": fresh.successor(passage.text),
        }
        for passage in old
        if passage.passage_id not in new_ids
    ]


class _Candidates:
    """New passages, looked up by the rarer words they share with an old one: comparing all pairs would be slow."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = [(passage.passage_id, forms(passage.text)) for passage in passages]
        self._having: dict[str, list[int]] = defaultdict(list)
        for i, (_, words) in enumerate(self._passages):
            for word in set(words):
                self._having[word].append(i)

    def successor(self, text: str) -> str | None:
        """Return the passage that is clearly nearest to the old words, or None."""
        words = forms(text)
        ranked = sorted(
            ((_likeness(words, self._passages[i][1]), self._passages[i][0]) for i in self._nearest(words)),
            reverse=True,
        )
        if not ranked or ranked[0][0] < LIKE:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < APART:
            return None
        return ranked[0][1]

    def _nearest(self, words: Sequence[str]) -> list[int]:
        """The passages that share the most words which few of them have."""
        listed = (self._having[word] for word in set(words) if word in self._having)
        shared = Counter(i for having in listed if len(having) <= WIDESPREAD for i in having)
        return [i for i, _ in shared.most_common(COMPARED)]


def _likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """Share of common words in order, from 0 to 1; 0 at once when the lengths alone rule LIKE out."""
    total = len(first) + len(second)
    if not total or 2 * min(len(first), len(second)) < LIKE * total:
        return 0.0
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= LIKE else 0.0


def former_states(ledger: Mapping[str, Entry], standing: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what every id of the ledger answers now, given the ids of all passages; ids that stand again are left out."""
    present = set(standing)
    by_words: dict[str, list[str]] = defaultdict(list)
    for passage_id in present:
        by_words[words_of_id(passage_id)].append(passage_id)
    return {
        passage_id: _state(entry, ledger, present, by_words)
        for passage_id, entry in ledger.items()
        if passage_id not in present
    }


def _state(
    entry: Entry, ledger: Mapping[str, Entry], present: set[str], by_words: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """State, successor and history of one id."""
    digest = words_of_id(entry["passage_id"]) if "emptied" in entry else words_digest(entry["text"])
    same_words = by_words.get(digest, [])
    at_home = [p for p in same_words if p.rpartition("/")[0] == entry["document_id"]] or same_words
    if at_home:
        successor = at_home[0] if len(at_home) == 1 else None
        state = "moved" if successor else "withdrawn"
        history = [{"at": entry["since"], "state": state}]
    else:
        successor, history = _follow(entry, ledger, present)
        state = "reworded" if successor else "withdrawn"
    found = {
        "state": state, "successor": successor, "text": entry["text"], "since": entry["since"], "history": history,
    }  # fmt: skip
    return found | {key: entry[key] for key in ("reason", "title", "emptied") if entry.get(key)}


def _follow(
    entry: Entry, ledger: Mapping[str, Entry], present: set[str]
) -> tuple[str | None, list[dict[str, str]]]:
    """The passage at the end of a chain of rewordings, or None; and the chain."""
    history: list[dict[str, str]] = []
    seen: set[str] = set()
    while entry["passage_id"] not in seen:
        seen.add(entry["passage_id"])
        successor = entry["successor"]
        history.append({"at": entry["since"], "state": "reworded" if successor else "withdrawn"})
        if successor is None or successor in present:
            return successor, history
        if successor not in ledger:
            return None, history
        entry = ledger[successor]
    return None, history
