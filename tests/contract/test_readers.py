"""What every reader keeps, whatever the format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.readers import READERS, STEP_VERSIONS, ReadingFailed, read, reading_fingerprint
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import REMEDIES, Reading, Reason
from search.formats import FORMATS
from search.model import PassageKind
from tests.indexer.readers.office_files import write_docx, write_odt, write_pptx
from tests.indexer.readers.pdf_files import report_pages, write_pdf

WORDS = "pilots should share their soundings every month"
BODY = (
    f"The port towns agreed that {WORDS}, and that the charts drawn from them should be open to every vessel."
)
SECOND = (
    "Several masters reported that the northern channel had shifted by forty metres since the last survey."
)


def write_sample(folder: Path, suffix: str) -> Path:
    path = folder / f"sample{suffix}"
    texts = {
        ".txt": f"Harbour talks of the port towns\n\n{BODY}\n\n{SECOND}\n",
        ".md": f"# Harbour talks of the port towns\n\n{BODY}\n\n{SECOND}\n",
        ".html": f"<html><head><title>Harbour talks</title></head><body><article><h1>Harbour talks</h1>"
        f"<p>{BODY}</p><p>{SECOND}</p></article></body></html>",
    }
    texts[".htm"] = texts[".html"]
    texts[".rtf"] = rf"{{\rtf1\ansi Harbour talks of the port towns\par {BODY}\par {SECOND}\par}}"
    if suffix == ".pptx":
        return write_pptx(path, ("Harbour talks", (BODY, SECOND)))
    if suffix == ".pdf":
        return write_pdf(path, report_pages(2))
    if suffix == ".docx":
        return write_docx(path, ("Title", "Harbour talks"), ("Normal", BODY), ("Normal", SECOND))
    if suffix == ".odt":
        return write_odt(path, *(f"<text:p>{text}</text:p>" for text in ("Harbour talks", BODY, SECOND)))
    path.write_text(texts[suffix], encoding="utf-8")
    return path


@pytest.fixture(params=sorted(READERS))
def suffix(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reading(tmp_path: Path, suffix: str) -> Reading:
    return read(write_sample(tmp_path, suffix), ReadingLimits())


def test_the_words_are_found_in_one_passage(reading: Reading) -> None:
    assert any(WORDS in draft.text for draft in reading.passages)


def test_passages_are_clean_and_never_empty(reading: Reading) -> None:
    for draft in reading.passages:
        assert any(char.isalnum() for char in draft.text)
        assert draft.text == " ".join(draft.text.split())
        assert isinstance(draft.kind, PassageKind)


def test_a_reading_survives_json(reading: Reading) -> None:
    assert Reading.from_json(json.loads(json.dumps(reading.to_json()))) == reading


def test_pages_and_boxes_come_together(reading: Reading) -> None:
    for draft in reading.passages:
        assert (draft.page is None) == (reading.pages is None)
        if draft.page is not None and draft.page_end is not None and reading.pages is not None:
            assert 1 <= draft.page <= draft.page_end <= reading.pages
            assert {box.page for box in draft.boxes} <= set(range(draft.page, draft.page_end + 1))


def test_signs_of_notes_stand_in_the_text_and_name_a_passage(reading: Reading) -> None:
    notes = [draft.note for draft in reading.passages if draft.note]
    assert len(notes) == len(set(notes))
    for draft in reading.passages:
        for sign in draft.marks:
            assert 0 <= sign.place <= len(draft.text)
            assert sign.note is None or sign.note in notes


def test_reading_twice_gives_the_same(tmp_path: Path, suffix: str) -> None:
    path = write_sample(tmp_path, suffix)
    assert read(path, ReadingLimits()) == read(path, ReadingLimits())


def test_capitals_in_the_ending_do_not_matter(tmp_path: Path, suffix: str) -> None:
    path = write_sample(tmp_path, suffix)
    assert read(path.rename(path.with_suffix(suffix.upper())), ReadingLimits()).passages


def failure(path: Path, limits: ReadingLimits | None = None) -> ReadingFailed:
    with pytest.raises(ReadingFailed) as failed:
        read(path, limits or ReadingLimits())
    return failed.value


def test_an_empty_file_has_its_reason(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.touch()
    assert failure(path).reason is Reason.EMPTY_FILE


def test_a_missing_file_has_its_reason(tmp_path: Path, suffix: str) -> None:
    assert failure(tmp_path / f"gone{suffix}").reason is Reason.VANISHED


def test_binary_noise_ends_in_a_named_reason(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(bytes(range(256)) * 40)
    assert failure(path).reason in (Reason.NOT_THIS_FORMAT, Reason.NO_TEXT, Reason.DAMAGED)


def test_too_many_characters_are_too_large(tmp_path: Path, suffix: str) -> None:
    assert (
        failure(write_sample(tmp_path, suffix), ReadingLimits(max_characters=50)).reason is Reason.TOO_LARGE
    )


def test_a_large_file_is_not_opened(tmp_path: Path, suffix: str) -> None:
    assert failure(write_sample(tmp_path, suffix), ReadingLimits(max_mb=0)).reason is Reason.TOO_LARGE


def test_other_endings_are_unsupported(tmp_path: Path) -> None:
    assert failure(tmp_path / "a.xyz").reason is Reason.UNSUPPORTED


def test_the_table_names_all_endings() -> None:
    assert set(READERS) == set(FORMATS)


def test_every_reason_has_a_remedy() -> None:
    assert set(REMEDIES) == set(Reason)


def test_the_fingerprint_changes_with_limits_and_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    before = reading_fingerprint(ReadingLimits())
    assert before == reading_fingerprint(ReadingLimits())
    assert before != reading_fingerprint(ReadingLimits(max_pages=4999))
    monkeypatch.setitem(STEP_VERSIONS, "pdf", STEP_VERSIONS["pdf"] + 1)
    assert before != reading_fingerprint(ReadingLimits())
