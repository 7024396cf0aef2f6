"""What the catalogue says of reading a file reaches its reader, through the plan, the cache and the child process."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build.report import remedy
from indexer.reading.reading import Reason
from tests.indexer.corpora import Desk, small_desk
from tests.indexer.readers.pdf_files import report_pages, write_pdf


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return small_desk(tmp_path)


def locked(password: str) -> str:
    return f'[[documents]]\npath = "reports/locked.pdf"\npassword = "{password}"\n'


def test_a_locked_file_is_read_once_its_password_is_named(desk: Desk) -> None:
    (desk.corpus / "reports").mkdir()
    write_pdf(desk.corpus / "reports" / "locked.pdf", report_pages(2), password="tides-9")
    (failed,) = desk.run().failed
    assert failed.reason == Reason.ENCRYPTED.value
    assert "catalogue.toml" in remedy(failed.reason)
    desk.write("catalogue.toml", locked("ebb-77"))
    (failed,) = desk.run().failed
    assert "ebb-77" not in f"{failed}"
    desk.write("catalogue.toml", locked("tides-9"))
    assert [change.path for change in desk.run().added] == ["reports/locked.pdf"]
    assert desk.recorder.read == ["reports/locked.pdf"]
    assert "tides-9" not in repr(desk.holds())
    assert desk.run().unchanged == 4


def test_selectors_of_a_site_read_its_pages_anew_and_no_other_file(desk: Desk) -> None:
    desk.run()
    desk.write("catalogue.toml", '[[sites]]\npath = "press/"\nbody = "main"\ntitle = ".gone"\n')
    report = desk.run()
    assert [change.path for change in report.changed] == ["press/text.html"]
    assert desk.recorder.read == ["press/text.html"]
    document = next(item for item in desk.holds()["documents"] if item["path"] == "press/text.html")
    assert document["quality"]["notes"] == [
        "press/: the selector '.gone' for title finds nothing on this page"
    ]


def test_notes_on_delivery_and_numbers_of_paragraphs_reach_the_index(desk: Desk) -> None:
    paragraphs = "\n\n".join(
        f"{n}. Port {n} shares its soundings with every vessel. (Applause.)" for n in range(1, 7)
    )
    desk.write("speeches/talk.txt", f"Opening of the talks\n\nCheck against delivery\n\n{paragraphs}\n")
    desk.run()
    found = [item for item in desk.holds()["passages"] if item["document_id"] == "speeches-talk"]
    assert [item["number"] for item in found] == [None, "1", "2", "3", "4", "5", "6"]
    assert found[-1]["text"] == "6. Port 6 shares its soundings with every vessel."
    document = next(item for item in desk.holds()["documents"] if item["path"] == "speeches/talk.txt")
    assert document["quality"]["notes"] == ["the text says of itself: “Check against delivery”"]
