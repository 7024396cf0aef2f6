"""Rich Text Format: paragraphs, letters beyond ASCII, and no words that are instructions."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.readers import ReadingFailed, read
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reason

RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times New Roman;}}{\*\generator Riched20 10.0;}"
    r"{\info{\title Hidden title}{\author A. Clerk}}\pard Caf\'e9 of the port\par "
    r"The d\u233?l\u233?gu\u233? spoke for \b ten\b0  minutes and thanked the pilots.\par "
    r"The second paragraph stands alone.\par}"
)


def test_each_paragraph_is_a_passage_and_letters_are_whole(tmp_path: Path) -> None:
    path = tmp_path / "talk.rtf"
    path.write_text(RTF, encoding="ascii")
    assert [draft.text for draft in read(path, ReadingLimits()).passages] == [
        "Café of the port",
        "The délégué spoke for ten minutes and thanked the pilots.",
        "The second paragraph stands alone.",
    ]


def test_another_file_by_that_name_is_refused_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "talk.rtf"
    path.write_text("plain words", encoding="ascii")
    with pytest.raises(ReadingFailed) as failed:
        read(path, ReadingLimits())
    assert failed.value.reason is Reason.NOT_THIS_FORMAT
