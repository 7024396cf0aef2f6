"""Which documents hold nearly the same words: sketches of them, compared at every build. Pure.

A sketch is made from a document's own words alone and kept in the catalog, so documents that did not change need not be
read again; and the facts follow from all sketches together, so they do not depend on what was indexed first.

The sketch keeps the hashes of runs of five words that fall below a bound, which is halved until at most 2,048 are left
(A. Broder, "On the resemblance and containment of documents", 1997: the hashes below the lower of two bounds are a fair
sample of both documents; 1,024 of them tell a share to within .02).
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from search.analysis.letters import fold
from search.model import Document
from search.near_duplicates import LookAlike, Relation

RUN = 5  # words; with 3 set phrases make strangers alike, with 8 one changed word hides too much
MOST_KEPT = 2048
FEWEST_RUNS = 50  # a shorter text is a form of words that many documents share
# Of 51 real reports, a paper and its revision share .98 of their runs; the next are the yearly reports of one committee
# with .74, which are two documents.
LEAST_SHARE = 0.85
# Documents of very different length are no versions of each other, and a share of the longer says little.
LEAST_RATIO = 0.5
# Two documents are compared when they share enough of their 64 smallest hashes: of those that share .85 of their runs in
# both directions about 47 of 64 are the same, of those with .74 about 38; 16 leave room for different bounds.
_SMALLEST, _IN_COMMON = 64, 16
# A revision under the same symbol is one whatever it rewrites, but translations bear the symbol too and share no words.
LEAST_SHARE_OF_SYMBOL = 0.3
MOST_COMPARED = 20  # of those most alike; hundreds of copies of one form are told by a few names
_REVISION = re.compile(r"(?:^|[\W_])(?:rev(?:ision)?|version|v)[\W_]?(\d{1,2})(?!\d)", re.IGNORECASE)
_SYMBOL_REVISION = re.compile(r"[/.\s]*\bRev(?:ision|\.)?\s?(\d{1,2})\b\.?", re.IGNORECASE)
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)
_WHOLE = 64  # bits of a hash
Hashes = NDArray[np.uint64]


def make_sketch(words: Sequence[str]) -> bytes:
    """Return the sketch of a document's folded words: how often the bound was halved, then the hashes, ascending."""
    hashes = _run_hashes(words)
    halved = 0
    while len(hashes) > MOST_KEPT:
        halved += 1
        hashes = hashes[: int(np.searchsorted(hashes, np.uint64(1 << (_WHOLE - halved))))]
    return bytes([halved]) + hashes.astype("<u8").tobytes()


def _run_hashes(words: Sequence[str]) -> Hashes:
    """The distinct hashes of all runs of words, ascending; mixed as by splitmix64, so that they spread evenly."""
    if len(words) < RUN:
        return np.zeros(0, dtype=np.uint64)
    known = {word: zlib.crc32(word.encode()) for word in set(words)}
    codes = np.array([known[word] for word in words], dtype=np.uint64) + np.uint64(1)
    runs = len(codes) - RUN + 1
    mixed = sum((codes[at : at + runs] * _FACTORS[at] for at in range(RUN)), np.zeros(runs, dtype=np.uint64))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return np.unique(mixed ^ (mixed >> np.uint64(31)))


def find_look_alikes(documents: Sequence[Document], sketches: Mapping[str, bytes]) -> list[LookAlike]:
    """Return all facts about documents that resemble each other, by id; both directions of each pair."""
    by_id = {document.document_id: document for document in documents}
    opened = {name: _open(sketch) for name, sketch in sorted(sketches.items()) if name in by_id}
    pairs = {*_same_files(documents), *_candidates(opened), *_same_symbols(opened, by_id)}
    facts = [fact for one, two in pairs for fact in _facts(by_id[one], by_id[two], opened)]
    return sorted(facts, key=lambda fact: (fact.document_id, fact.other_id))


def _open(sketch: bytes) -> tuple[int, Hashes]:
    """How often the bound of a sketch was halved, and its hashes."""
    return sketch[0], np.frombuffer(sketch[1:], dtype="<u8").astype(np.uint64)


def _same_files(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    """Pairs of documents with the same content."""
    by_content: dict[str, list[str]] = defaultdict(list)
    for document in documents:
        by_content[document.sha256].append(document.document_id)
    for names in by_content.values():
        yield from combinations(sorted(names), 2)


def _same_symbols(names: Iterable[str], documents: Mapping[str, Document]) -> Iterator[tuple[str, str]]:
    """Pairs of documents that are revisions of one symbol."""
    by_symbol: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for symbol, _ in _symbols(documents[name]):
            by_symbol[symbol].add(name)
    for together in by_symbol.values():
        for one, two in combinations(sorted(together), 2):
            if _symbol_revisions(documents[one], documents[two]):
                yield one, two


def _symbols(document: Document) -> Iterator[tuple[str, int]]:
    """Each symbol of a document without the number of its revision, and that number, 0 for the first version.

    Corrections ("Corr.1") and addenda ("Add.1") are documents of their own beside what they belong to.
    """
    for written in document.identifiers:
        found = _SYMBOL_REVISION.search(written)
        yield _SYMBOL_REVISION.sub("", written).strip().casefold(), int(found[1]) if found else 0


def _symbol_revisions(one: Document, two: Document) -> tuple[int, int] | None:
    """The numbers of the revisions of a symbol that both bear; None where they are the same or there is no such symbol."""
    second = dict(_symbols(two))
    pairs = ((number, second[symbol]) for symbol, number in _symbols(one) if symbol in second)
    return next(((first, other) for first, other in pairs if first != other), None)


def _candidates(sketches: Mapping[str, tuple[int, Hashes]]) -> Iterator[tuple[str, str]]:
    """Pairs whose smallest hashes agree enough to be compared."""
    names = [name for name, (halved, hashes) in sketches.items() if len(hashes) << halved >= FEWEST_RUNS]
    holders: dict[int, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for value in sketches[name][1][:_SMALLEST].tolist():
            holders[value].append(place)
    common = np.zeros((len(names), len(names)), dtype=np.uint8)
    for places in holders.values():
        if len(places) > 1:
            common[np.ix_(places, places)] += 1
    np.fill_diagonal(common, 0)
    for one, row in enumerate(common):
        for two in np.argsort(-row.astype(np.int16), kind="stable")[:MOST_COMPARED].tolist():
            if row[two] >= _IN_COMMON:
                yield names[min(one, two)], names[max(one, two)]


def _facts(one: Document, two: Document, sketches: Mapping[str, tuple[int, Hashes]]) -> Iterator[LookAlike]:
    """Both directions of what is known of a pair, if it is enough."""
    if one.sha256 == two.sha256:
        yield LookAlike(one.document_id, two.document_id, Relation.SAME_FILE, 1.0)
        yield LookAlike(two.document_id, one.document_id, Relation.SAME_FILE, 1.0)
        return
    of_one, of_two, ratio = _shares(sketches[one.document_id], sketches[two.document_id])
    enough = max(of_one, of_two) >= LEAST_SHARE and ratio >= LEAST_RATIO
    if not enough and not (_symbol_revisions(one, two) and max(of_one, of_two) >= LEAST_SHARE_OF_SYMBOL):
        return
    newer, because = _newer(one, two)
    for document, other, share in ((one, two, of_one), (two, one, of_two)):
        relation = Relation.SAME_WORDS
        if newer is not None:
            relation = Relation.NEWER if document is newer else Relation.OLDER
        yield LookAlike(document.document_id, other.document_id, relation, round(share, 2), because)


def _shares(one: tuple[int, Hashes], two: tuple[int, Hashes]) -> tuple[float, float, float]:
    """The share of each document in the other, and the ratio of their lengths (at most 1)."""
    halved = max(one[0], two[0])
    bound = np.uint64((1 << (_WHOLE - halved)) - 1)
    first, second = (hashes[hashes <= bound] for _, hashes in (one, two))
    both = len(np.intersect1d(first, second, assume_unique=True))
    fewer, more = sorted((len(first), len(second)))
    return both / max(len(first), 1), both / max(len(second), 1), fewer / max(more, 1)


def _newer(one: Document, two: Document) -> tuple[Document | None, str]:
    """Which of two is the newer version, and the evidence: a higher revision of its symbol or in its name, or a later date
    under the same title; (None, "") without any."""
    if numbers := _symbol_revisions(one, two):
        newer = one if numbers[0] > numbers[1] else two
        return newer, f"revision {max(numbers)} by symbol"
    first, second = _revision(one), _revision(two)
    if first != second:
        newer, number = (one, first) if first > second else (two, second)
        return newer, f"revision {number} by name"
    same_title = fold(one.title) == fold(two.title)
    if same_title and one.published and two.published and one.published[:10] != two.published[:10]:
        older, newer = sorted((one, two), key=lambda document: document.published or "")
        if not (newer.published or "").startswith(
            older.published or ""
        ):  # "2024" and "2024-05" may be the same day
            return newer, f"same title, dates {older.published} and {newer.published}"
    return None, ""


def _revision(document: Document) -> int:
    """The number of the revision that the title or the file name states, 0 without one."""
    found = _REVISION.findall(document.title) or _REVISION.findall(document.path.rpartition(".")[0])
    return int(found[-1]) if found else 0
