"""The cache of readings: found again by content, format and readers; damage counts as nothing kept."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from indexer.extraction.cache import ReadingCache
from indexer.reading.reading import DraftPassage, FoundMetadata, Reading, Reason, Unreadable
from search.model import Box, PassageKind

READING = Reading(
    "application/pdf",
    FoundMetadata(title="Été", date="2019", authors=("A", "B")),
    (
        DraftPassage(PassageKind.PARAGRAPH, "Words – “quoted”.", 1, 2, "i", ("H",), "Ms X", (Box(1, 0, 1, 2, 3.5),)),
        DraftPassage(PassageKind.HEADING, "Heading"),
    ),
    2,
    (2,),
    ("a note",),
)  # fmt: skip
BROKEN = Unreadable(Reason.DAMAGED, "no header")


@pytest.mark.parametrize("result", [READING, BROKEN])
def test_what_was_kept_is_found_again(tmp_path: Path, result: Reading | Unreadable) -> None:
    ReadingCache(tmp_path, "f").store("abc", ".pdf", result)
    cache = ReadingCache(tmp_path, "f")
    assert cache.find("abc", ".pdf") == result
    assert cache.has("abc", ".pdf")


def test_other_content_another_ending_or_other_readers_are_something_else(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, "f")
    cache.store("abc", ".pdf", READING)
    assert cache.find("abd", ".pdf") is None
    assert cache.find("abc", ".html") is None
    assert ReadingCache(tmp_path, "g").find("abc", ".pdf") is None
    assert not cache.has("abd", ".pdf")


def test_a_later_result_replaces_an_earlier_one(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, "f")
    cache.store("abc", ".pdf", BROKEN)
    cache.store("abc", ".pdf", READING)
    assert cache.find("abc", ".pdf") == READING


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not gzip",
        gzip.compress(b"{", mtime=0),
        gzip.compress(b"{}", mtime=0),
        gzip.compress(b"[]", mtime=0),
        gzip.compress(b'"unreadable"', mtime=0),
        gzip.compress(b"\xff\xfe", mtime=0),
        gzip.compress(b'{"unreadable": "no such reason", "detail": ""}', mtime=0),
        gzip.compress(b'{"unreadable": "damaged file"}', mtime=0),
        gzip.compress(b"0" * 5000, mtime=0)[:-9],
    ],
)
def test_a_damaged_entry_counts_as_none(tmp_path: Path, damage: bytes) -> None:
    cache = ReadingCache(tmp_path, "f")
    cache.store("abc", ".pdf", READING)
    (entry,) = (file for file in tmp_path.rglob("*") if file.is_file())
    entry.write_bytes(damage)
    assert cache.find("abc", ".pdf") is None


def test_an_entry_with_a_flipped_bit_counts_as_none(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, "f")
    cache.store("abc", ".pdf", READING)
    (entry,) = (file for file in tmp_path.rglob("*") if file.is_file())
    whole = entry.read_bytes()
    for place in range(10, len(whole), 7):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert cache.find("abc", ".pdf") is None


def test_no_half_written_file_is_left(tmp_path: Path) -> None:
    ReadingCache(tmp_path, "f").store("abc", ".pdf", READING)
    assert [file.suffixes for file in tmp_path.rglob("*") if file.is_file()] == [[".json", ".gz"]]
