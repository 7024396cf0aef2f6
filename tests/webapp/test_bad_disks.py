"""A server on a disk that is full, and on one that can only be read: pictures of pages are missing, and nothing else."""

from __future__ import annotations

import shlex
import urllib.error
import urllib.request
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.browser.serving import serving
from tests.webapp.library import Library, build_library
from tests.webapp.small_disk import FILL, LOCK, can_mount, on_small_disk

pytestmark = pytest.mark.skipif(not can_mount(), reason="no small file system can be mounted here")
ROOT = Path(__file__).parents[2]
PATHS = (
    "/", "/search?q=trust+funds", "/search?q=trust&format=csv", "/documents/", "/d/report", "/d/report/page/1", "/themes/",
    "/themes/trust-funds", "/findings/", "/quote?text=trust+funds+be+planned+for+several+years", "/check", "/basket", "/about",
    "/feed.atom", "/api/v1/search?q=trust", "/healthz", "/readyz",
)  # fmt: skip


def serving_on(disk: Path, library: Library, trouble: str) -> AbstractContextManager[str]:
    """The address of a server whose index lies on a small disk on which something has happened."""

    def within(command: list[str]) -> list[str]:
        program = shlex.join(["env", f"PYTHONPATH={ROOT}", *command])
        return on_small_disk(disk, library.settings.index, f"{trouble}; exec {program}")

    return serving(replace(library.settings, index=disk), within=within)


def fetched(address: str, data: bytes | None = None, kind: str = "") -> tuple[int, str]:
    """Status and text of an answer."""
    asked = urllib.request.Request(address, data, {"Content-Type": kind} if kind else {})
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


@pytest.mark.parametrize("trouble", [FILL, LOCK], ids=["full", "read-only"])
def test_a_bad_disk_costs_pictures_of_pages_and_nothing_else(tmp_path: Path, trouble: str) -> None:
    library = build_library(tmp_path / "library")  # one of which no picture was made yet
    passage = library.report[1].passage_id
    disk = tmp_path / "disk"
    disk.mkdir()
    with serving_on(disk, library, trouble) as site:
        of_a_passage = (f"/p/{passage}", f"/p/{passage}.jsonld", f"/p/{passage}.pdf")
        for path in (*PATHS, *of_a_passage, f"/basket/evidence.docx?p={passage}"):
            status, text = fetched(site + path)
            assert status == 200, (path, text)
        small = "/d/report/page/1/small.png"  # on a full disk one may still find room
        assert fetched(site + small)[0] in ((503,) if trouble == LOCK else (200, 503))
        for path in ("/d/report/page/1.png", f"/p/{passage}.png"):
            status, text = fetched(site + path)
            assert status == 503, (path, status)
            assert "no picture of a page can be drawn at this moment" in text
            assert "Traceback" not in text
            assert "Everything else goes on" in text
        posted = fetched(
            f"{site}/check",
            b"text=He+says+%E2%80%9Ctrust+funds+be+planned+for+several+years%E2%80%9D",
            "application/x-www-form-urlencoded",
        )
        assert posted[0] == 200
