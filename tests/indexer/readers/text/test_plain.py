from __future__ import annotations

from pathlib import Path

import pytest

from indexer.facts.settling import find_facts
from indexer.readers import ReadingFailed, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason
from search.model import PassageKind

BODY = "The port towns agreed that pilots should share their soundings every month, and that charts should be open to all."


def read_text(folder: Path, text: str | bytes) -> Reading:
    path = folder / "a.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path, ReadingLimits())


def test_a_first_line_that_is_a_title_is_the_title(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"Visit to the harbour of Estmouth, 17 July 2002\n{BODY}\n{BODY}\n")
    facts = find_facts(reading, "speeches/a.txt", "speech")
    assert (facts.title, facts.date) == (
        "Visit to the harbour of Estmouth, 17 July 2002",
        "2002-07-17",
    )
    assert reading.passages[0].kind is PassageKind.HEADING


def test_the_line_above_the_date_is_the_title(tmp_path: Path) -> None:
    text = f"WELCOME TO THE HARBOUR BOARD\n\nPilots of the Estuary\n\nOctober 18, 2024\n\n{BODY}\n"
    facts = find_facts(read_text(tmp_path, text), "speeches/a.txt", "speech")
    assert (facts.title, facts.date) == ("Pilots of the Estuary", "2024-10-18")


@pytest.mark.parametrize(
    "first",
    [
        "It gives me pleasure to speak here today.",
        "To the Senate and the House:",
        "Dear friends,",
        "and so on",
    ],
)
def test_a_first_line_that_speaks_is_no_title(tmp_path: Path, first: str) -> None:
    assert read_text(tmp_path, f"{first}\n\n{BODY}\n").found.title is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = "The café of the port opens – at last – for the pilots of the estuary."
    assert [draft.text for draft in read_text(tmp_path, text.encode(encoding)).passages] == [text]


def test_a_file_of_signs_has_no_text(tmp_path: Path) -> None:
    with pytest.raises(ReadingFailed) as failed:
        read_text(tmp_path, "--- *** ---\n")
    assert failed.value.reason is Reason.NO_TEXT


def test_speakers_are_named(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"Mr. Reef (Norway): We agree.\n\n{BODY}\n\nMs. Pier (Malta): We do not.\n")
    assert [draft.speaker for draft in reading.passages] == ["Mr. Reef", "Mr. Reef", "Ms. Pier"]
