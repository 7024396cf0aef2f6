"""Drafts read whole: sixty planted quotations in each format, none of which is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.extraction.draft import read_draft
from search.analysis.words import forms
from search.drafts.checking import Checked, DraftReport, check_draft
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish
from tests.indexer.readers.drafts import WRITERS, Planted, plant

SEED, MANY = 360, 60


@pytest.fixture(scope="module")
def planted() -> list[Planted]:
    return plant(SEED, MANY)[1]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReadingRoom]:
    folder = tmp_path_factory.mktemp("room")
    source, _ = plant(SEED, MANY)
    publish(folder, [(make_document("towns"), make_passages("towns", tuple(source)))])
    opened = ReadingRoom(Settings(index=folder, meaning=False))
    yield opened
    opened.close()


def checked(room: ReadingRoom, path: Path) -> DraftReport:
    """The report on a draft."""
    return check_draft(read_draft(path), room.opened.quoted, room.opened.editions, "g")


def letters(words: str) -> str:
    """What is compared of a quotation: its letters, without what the writer put in."""
    return "".join(forms(words.replace("\u00ad", "").replace("\u2060", "")))


@pytest.mark.parametrize("suffix", WRITERS)
def test_sixty_of_sixty_quotations_are_accounted_for(
    room: ReadingRoom, planted: list[Planted], tmp_path: Path, suffix: str
) -> None:
    report = checked(room, WRITERS[suffix](tmp_path / f"draft{suffix}", planted))
    by_letters: dict[str, Checked] = {letters(one.quotation.text): one for one in report.checked}
    wanted = [(one, piece) for one in planted for piece in one.pieces]
    missed = [(one, piece) for one, piece in wanted if letters(piece) not in by_letters]
    assert not missed
    assert len(report.checked) == len(wanted)
    assert report.left_out == ()
    for one, piece in wanted:
        found = by_letters[letters(piece)]
        assert (found.outcome, found.source and found.source.document.document_id) == ("found", "towns"), one
        if one.edit == "negation":
            assert [side.words.split()[0] for side in found.beside] == ["not"], one
