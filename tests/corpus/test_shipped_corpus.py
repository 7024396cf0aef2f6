"""The shipped corpus: complete, catalogued, and open about what its documents are."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import docx
import pptx
import pypdf
import pytest

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
ENDINGS = {".pdf", ".docx", ".pptx", ".html", ".htm", ".txt", ".md"}
KINDS = {"report", "speech", "press", "background", "digest"}
STATEMENT = "is a digest written for this knowledge base from public sources"
CATALOGUE: dict[str, Any] = tomllib.loads((CORPUS / "catalogue.toml").read_text(encoding="utf-8"))
SOURCES: dict[str, Any] = tomllib.loads((CORPUS / "sources.toml").read_text(encoding="utf-8"))
REPORTED = "reported, in our words"
SIGN = re.compile(r"\[(\d{1,3})\]")
OURS = [entry for entry in CATALOGUE["documents"] if entry.get("publisher") == "Findings project"]
TELLING = [entry for entry in OURS if "reported" in entry["id"]]


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        return " ".join(" ".join(paragraph.text.split()) for paragraph in docx.Document(str(path)).paragraphs)
    if path.suffix == ".pptx":
        shapes = (shape for slide in pptx.Presentation(str(path)).slides for shape in slide.placeholders)
        return " ".join(" ".join(shape.text_frame.text.split()) for shape in shapes)
    return " ".join(path.read_text(encoding="utf-8").split())


def test_all_five_editions_are_described() -> None:
    ids = [edition["id"] for edition in CATALOGUE["editions"]]
    assert ids == ["p360-2018", "p360-2019", "p360-2022", "p360-2023", "p360-2024"]
    assert all(
        edition.keys() >= {"title", "place", "attendance", "sources"} for edition in CATALOGUE["editions"]
    )


def test_every_edition_ends_after_it_starts_and_in_the_year_of_its_id() -> None:
    for edition in CATALOGUE["editions"]:
        assert edition["start"][:4] == edition["id"][-4:]
        assert edition["start"] <= edition.get("end", edition["start"])


def test_every_catalogued_path_exists() -> None:
    missing = [entry["path"] for entry in CATALOGUE["documents"] if not (CORPUS / entry["path"]).is_file()]
    assert missing == []


def test_every_document_below_the_corpus_is_catalogued() -> None:
    fetched = {source["path"] for source in SOURCES["sources"]}  # there on the machine of whoever fetched
    named = {entry["path"] for entry in CATALOGUE["documents"]} | fetched
    there = {path.relative_to(CORPUS).as_posix() for path in CORPUS.rglob("*") if path.suffix in ENDINGS}
    assert there - named == set()


def test_ids_and_paths_are_used_once_and_kinds_and_editions_are_known() -> None:
    entries = CATALOGUE["documents"]
    assert (
        len({entry["id"] for entry in entries}) == len({entry["path"] for entry in entries}) == len(entries)
    )
    editions = {edition["id"] for edition in CATALOGUE["editions"]} | {None}
    assert all(entry["kind"] in KINDS and entry.get("edition") in editions for entry in entries)


def test_documents_were_written_for_this_project_in_all_formats() -> None:
    assert len(OURS) >= 38
    assert {Path(entry["path"]).suffix for entry in OURS} == ENDINGS - {".htm"}


def test_every_edition_has_a_digest_of_what_is_reported_of_it() -> None:
    assert [entry["edition"] for entry in TELLING if "edition" in entry] == [
        edition["id"] for edition in CATALOGUE["editions"]
    ]


def test_what_is_reported_is_a_digest_that_lists_addresses_and_was_published_at_none_of_them() -> None:
    assert {entry["kind"] for entry in TELLING} == {"digest"}
    for entry in TELLING:
        assert "https://" in _text(CORPUS / entry["path"]).rsplit("Sources", 1)[1], entry["id"]
        assert "source_url" not in entry, entry["id"]


@pytest.mark.parametrize("entry", TELLING, ids=lambda entry: str(entry["id"]))
def test_a_digest_of_reported_findings_says_so_and_lists_every_source_it_names(entry: dict[str, Any]) -> None:
    told, _, listed = _text(CORPUS / entry["path"]).rpartition("Sources")
    assert REPORTED in told
    named = {int(number) for number in SIGN.findall(told)}
    written = 2 if entry["path"].endswith(".html") else 1  # there as the address of a link and as its words
    assert named == set(range(1, listed.replace(" ", "").count("http") // written + 1))


@pytest.mark.parametrize("entry", TELLING, ids=lambda entry: str(entry["id"]))
def test_a_digest_of_reported_findings_does_not_speak_of_findings_that_it_does_not_give(
    entry: dict[str, Any],
) -> None:
    text = _text(CORPUS / entry["path"])
    assert not re.search(r"names? the topics? only|more findings stand|wording is not public", text)


def test_the_figures_for_sarajevo_are_told_with_their_sources_and_as_differing() -> None:
    text = _text(CORPUS / "digests/p360-2024-reported.md")
    assert all(
        figure in text for figure in ("289 participants", "more than 250", "28 Allies and 25 partners")
    )
    assert "Where the sources disagree" in text


@pytest.mark.parametrize("entry", OURS, ids=lambda entry: str(entry["id"]))
def test_each_document_states_what_it_is_and_names_its_sources(entry: dict[str, Any]) -> None:
    text = _text(CORPUS / entry["path"])
    assert STATEMENT in text
    sources = re.split(r"(?<!/)\bsources\b", text, flags=re.IGNORECASE)[
        -1
    ]  # the heading, no part of an address
    assert "https://" in sources or "http://" in sources


@pytest.mark.parametrize("entry", OURS, ids=lambda entry: str(entry["id"]))
def test_no_document_of_ours_holds_a_quotation(entry: dict[str, Any]) -> None:
    text = _text(CORPUS / entry["path"])
    assert not set("“”„«»") & set(text)


@pytest.mark.parametrize(
    "subject", ["trust fund", "interoperability", "institution building", "hybrid challenges"]
)
def test_the_subjects_a_new_user_asks_for_stand_in_the_digests_of_several_editions(subject: str) -> None:
    digests = [entry for entry in OURS if entry["kind"] == "digest"]
    assert sum(subject in _text(CORPUS / entry["path"]).lower() for entry in digests) >= 4
