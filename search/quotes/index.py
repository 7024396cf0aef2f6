"""Where two words stand side by side: the index by which quotations are looked up, beside catalog and engine.

Every pair of neighbouring words of a document is a key of 32 bits: 16 of the first word, 16 of the second (CRC-32,
cut), so that a single word is a range of keys. Keys lie sorted in one array, the places of the pairs in a second one,
both mapped from disk and searched by bisection: opening costs nothing, and a look-up touches a few pages. A place is a
position in the running words of all documents, one after the other; so a quotation that runs over the end of a passage
or of a page is found like any other, and a stretch of places that lie on one diagonal is where it stands. Other words
with the same key (one pair in 5,000) only cost a comparison: what is found here is compared word by word in `quotes`.

    shingles/keys.npy, places.npy     the pairs
             starts.npy               the first place of each passage, and the end of the last
             ordinals.npy, runs.npy   each passage's ordinal, and the run of text that it belongs to
             documents.json           [document_id, number of its first passage], ...
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import IndexDamaged
from search.model import Passage, PassageKind
from search.quotes.words import quote_words

READ_ON = frozenset({PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.HEADING})
"""Kinds that are read one after the other; a quotation may run from one into the next."""
MOST_PLACES = (
    60_000  # pairs of a quotation, the rarest first, are looked up until they stand in so many places
)
BUCKET = 32  # places; two hits of a quotation in neighbouring buckets belong together
ALIKE = 0.4  # of what the best stretch shares: one that shares less is not compared beside it
MOST_STRETCHES = 300  # a quotation that stands in more places is no quotation
_ARRAYS = ("keys", "places", "starts", "ordinals", "runs")
_Numbers = NDArray[np.int64]


@lru_cache(maxsize=262_144)
def _half(form: str) -> int:
    """16 bits for a word."""
    return zlib.crc32(form.encode("utf-8")) & 0xFFFF


def pair_keys(words: Sequence[str]) -> list[int]:
    """Return the keys of the neighbouring words of a text; one fewer than there are words."""
    halves = [_half(word) for word in words]
    return [first << 16 | second for first, second in pairwise(halves)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages of a document, by their ordinals, between which a quotation may stand.

    `before` are the words of the first passage that stand before the stretch, `words` those in it.
    """

    document_id: str
    ordinals: tuple[int, ...]
    before: int
    words: int
    first_place: int


class Shingles:
    """Looks up where words may stand. Immutable, and safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        try:
            loaded = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
            documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise IndexDamaged(folder, str(error)) from error
        self._keys, self._places = loaded["keys"], loaded["places"]
        self._starts, self._ordinals, self._runs = loaded["starts"], loaded["ordinals"], loaded["runs"]
        self._ids = [document_id for document_id, _ in documents]
        self._firsts = np.array([first for _, first in documents], dtype=np.int64)

    def stretches(self, parts: Sequence[Sequence[str]], left_out: int, most: int) -> list[Stretch]:
        """Return where a quotation may stand, the likeliest first.

        `parts` are its words between ellipses, each of which may stand for `left_out` words. Given are all that
        share as much as the best, for words may stand in many places, and the next `most`.
        """
        gaps = len(parts) - 1
        places, at, weights = self._hits(parts)
        if not len(places):
            return []
        width = BUCKET + gaps * left_out
        diagonals = places - at
        runs = self._runs[np.searchsorted(self._starts, places, side="right") - 1]
        # one number for a run and a bucket in it, so that neighbours in different runs never meet
        buckets = runs * (int(self._starts[-1]) // width + 4) + diagonals // width + 2
        slack = 4 + sum(map(len, parts)) // 4
        ranked = _ranked(buckets, at, weights, most)
        found = []
        for bucket in ranked:
            inside = diagonals[(buckets == bucket) | (buckets == bucket + 1)]
            low = int(inside.min()) - slack
            high = int(inside.max()) + sum(map(len, parts)) + gaps * left_out + slack
            found.append(self._stretch(int(places[buckets == bucket][0]), low, high))
        return found

    def _hits(self, parts: Sequence[Sequence[str]]) -> tuple[_Numbers, _Numbers, NDArray[np.float64]]:
        """Places that share a pair with the quotation, the positions of those pairs in it, and what each tells."""
        spans = sorted(self._spans(parts), key=lambda span: span[2] - span[1])
        chosen: list[tuple[int, int, int]] = []
        total = 0
        for at, low, high in spans:
            if chosen and total + high - low > MOST_PLACES:
                break
            chosen.append((at, low, min(high, low + MOST_PLACES)))
            total += high - low
        empty = np.empty(0, dtype=np.int64)
        places = np.concatenate(
            [empty, *(self._places[low:high].astype(np.int64) for _, low, high in chosen)]
        )
        at_ = np.concatenate([empty, *(np.full(high - low, at) for at, low, high in chosen)])
        size = max(1, len(self._keys))
        telling = [np.full(high - low, np.log(1 + size / (high - low))) for _, low, high in chosen]
        return places, at_, np.concatenate([np.empty(0), *telling])

    def _spans(self, parts: Sequence[Sequence[str]]) -> Iterator[tuple[int, int, int]]:
        """For each pair of a quotation that stands anywhere: its position, and its half-open range of the keys."""
        single = all(len(part) < 2 for part in parts)
        offset = 0
        for part in parts:
            keys = [_half(word) << 16 for word in part] if single else pair_keys(part)
            for at, key in enumerate(keys, offset):
                ends = [key, key + (1 << 16 if single else 1)]
                if ends[1] >= 1 << 32:  # the last word of all; its range has no end
                    low, high = int(np.searchsorted(self._keys, np.uint32(key))), len(self._keys)
                else:
                    low, high = (int(n) for n in np.searchsorted(self._keys, np.array(ends, dtype=np.uint32)))
                if high > low:
                    yield at, low, high
            offset += len(part)

    def _stretch(self, place: int, low: int, high: int) -> Stretch:
        """The passages of one run of text that have the places from `low` to `high`, around one that surely belongs."""
        passage = int(np.searchsorted(self._starts, place, side="right")) - 1
        run = self._runs[passage]
        first_of_run = int(np.searchsorted(self._runs, run, side="left"))
        last_of_run = int(np.searchsorted(self._runs, run, side="right")) - 1
        first, last = np.searchsorted(self._starts, [max(low, 0), max(high - 1, 0)], side="right") - 1
        first, last = max(int(first), first_of_run), min(int(last), last_of_run)
        begin = max(low, int(self._starts[first]))
        end = min(high, int(self._starts[last + 1]))
        owner = int(np.searchsorted(self._firsts, passage, side="right")) - 1
        return Stretch(
            document_id=self._ids[owner],
            ordinals=tuple(int(n) for n in self._ordinals[first : last + 1]),
            before=begin - int(self._starts[first]),
            words=end - begin,
            first_place=int(self._starts[first]),
        )


def _ranked(buckets: _Numbers, at: _Numbers, weights: NDArray[np.float64], most: int) -> list[int]:
    """Buckets with what they and their next neighbours share with the quotation, each pair counted once; best first."""
    longest = int(at.max()) + 1
    pairs, where = np.unique(buckets * longest + at, return_index=True)
    own, index = np.unique(pairs // longest, return_inverse=True)
    shares = np.bincount(index, weights=weights[where])
    together = shares.copy()
    follows = np.flatnonzero(np.diff(own) == 1)
    together[follows] += shares[follows + 1]
    order = np.argsort(-together, kind="stable")
    least = together[order[0]] * 0.999  # sums of the same weights in another order
    best = int(np.count_nonzero(together >= least))
    able = int(np.count_nonzero(together >= least * ALIKE))
    return [int(own[i]) for i in order[: min(best + most, able, MOST_STRETCHES)]]


# --- building ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """The pairs and passages of one document, places and passages counted from 0."""

    document_id: str
    keys: NDArray[np.uint32]
    places: _Numbers
    starts: _Numbers
    ordinals: _Numbers
    runs: _Numbers
    words: int


class ShinglesBuilder:
    """Writes the index of a generation: the documents of the one it is built on that stay, then those that come."""

    def __init__(self, source: Path | None) -> None:
        self._source = source
        self._removed: set[str] = set()
        self._parts: dict[str, _Part] = {}

    def remove_document(self, document_id: str) -> None:
        """Leave a document out."""
        self._removed.add(document_id)
        self._parts.pop(document_id, None)

    def set_document(self, document_id: str, passages: Iterable[Passage]) -> None:
        """Add a document, or replace it."""
        self.remove_document(document_id)
        self._parts[document_id] = _part(document_id, list(passages))

    def write(self, folder: Path) -> None:
        """Write the files."""
        parts = [*(_kept(self._source, self._removed) if self._source else ()), *self._parts.values()]
        words = np.cumsum([0, *(part.words for part in parts)])
        passages = np.cumsum([0, *(len(part.ordinals) for part in parts)])
        runs = np.cumsum([0, *(int(part.runs[-1]) + 1 if len(part.runs) else 0 for part in parts)])
        keys = np.concatenate([np.empty(0, dtype=np.uint32), *(part.keys for part in parts)])
        places = _joined([part.places + first for part, first in zip(parts, words, strict=False)])
        order = np.argsort(keys, kind="stable")
        starts = _joined([part.starts + first for part, first in zip(parts, words, strict=False)])
        folder.mkdir()
        arrays = {
            "keys": keys[order],
            "places": places[order].astype(np.uint32),
            "starts": np.append(starts, words[-1]),
            "ordinals": _joined([part.ordinals for part in parts]).astype(np.uint32),
            "runs": _joined([part.runs + first for part, first in zip(parts, runs, strict=False)]),
        }
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array)
        listed = [[part.document_id, int(first)] for part, first in zip(parts, passages, strict=False)]
        (folder / "documents.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")


def _joined(arrays: Sequence[_Numbers]) -> _Numbers:
    """The arrays as one."""
    return np.concatenate([np.empty(0, dtype=np.int64), *arrays])


def _part(document_id: str, passages: Sequence[Passage]) -> _Part:
    """The pairs of one document: first what is read one after the other, then each other passage by itself."""
    running = [passage for passage in passages if passage.kind in READ_ON]
    runs = [running] if running else []
    runs += [[passage] for passage in passages if passage.kind not in READ_ON]
    keys: list[int] = []
    places: list[int] = []
    starts: list[int] = []
    numbers: list[int] = []
    reached = 0
    for number, run in enumerate(runs):
        words: list[str] = []
        for passage in run:
            starts.append(reached + len(words))
            numbers.append(number)
            words += [word.form for word in quote_words(passage.text)]
        made = pair_keys([*words, ""])  # the last word has a pair, too: single words are looked up by it
        keys += made
        places += range(reached, reached + len(made))
        reached += len(words)
    ordinals = [passage.ordinal for run in runs for passage in run]
    return _Part(
        document_id,
        np.array(keys, dtype=np.uint32),
        np.array(places, dtype=np.int64),
        np.array(starts, dtype=np.int64),
        np.array(ordinals, dtype=np.int64),
        np.array(numbers, dtype=np.int64),
        reached,
    )


def _kept(folder: Path, removed: set[str]) -> Iterator[_Part]:
    """The parts of a written index, without the removed documents."""
    arrays = {name: np.load(folder / f"{name}.npy") for name in _ARRAYS}
    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    order = np.argsort(arrays["places"], kind="stable")
    keys, places = arrays["keys"][order], arrays["places"][order].astype(np.int64)
    starts, runs = arrays["starts"].astype(np.int64), arrays["runs"].astype(np.int64)
    ends = [first for _, first in documents[1:]] + [len(arrays["ordinals"])]
    for (document_id, first), last in zip(documents, ends, strict=True):
        if document_id in removed:
            continue
        low, high = int(starts[first]), int(starts[last])
        begin, end = np.searchsorted(places, [low, high])
        first_run = runs[first] if last > first else 0
        yield _Part(
            document_id,
            keys[begin:end],
            places[begin:end] - low,
            starts[first:last] - low,
            arrays["ordinals"][first:last].astype(np.int64),
            runs[first:last] - first_run,
            high - low,
        )
