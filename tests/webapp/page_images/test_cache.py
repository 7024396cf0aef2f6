from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from search.errors import OriginalMissing, PageImageMissing, PageImagesBusy, PageImagesUnkept, PageNotFound
from search.model import Box, Document
from tests.factories import make_document, make_passages
from tests.webapp.library import HEIGHT, WIDTH, draw_pdf
from webapp.page_images import cache as page_images
from webapp.page_images import render_page
from webapp.page_images.cache import PageImages, run_limited, trim
from webapp.page_images.render_page import MOST_PIXELS, SMALL, draw_small, drawing_scale, main

ROOT = Path(__file__).parents[3]


@pytest.fixture
def images(tmp_path: Path) -> PageImages:
    (tmp_path / "corpus").mkdir()
    return PageImages(tmp_path / "corpus", tmp_path / "pages")


def pdf_of(images: PageImages, pages: int = 2, name: str = "a.pdf") -> Document:
    sha256 = draw_pdf(images.corpus / name, ["words"] * pages)
    return make_document("a", path=name, sha256=sha256, media_type="application/pdf", pages=pages)


def test_sizes_are_in_points_and_kept(images: PageImages) -> None:
    document = pdf_of(images)
    assert images.sizes(document) == ((WIDTH, HEIGHT), (WIDTH, HEIGHT))
    assert (images.folder / document.sha256 / "sizes.json").is_file()
    assert images.sizes(document) == ((WIDTH, HEIGHT), (WIDTH, HEIGHT))


def test_a_page_is_drawn_once(images: PageImages) -> None:
    document = pdf_of(images)
    drawn = images.png(document, 2)
    before = drawn.stat().st_mtime_ns
    assert images.png(document, 2) == drawn
    assert drawn.stat().st_mtime_ns == before
    assert [path.name for path in drawn.parent.iterdir()] == ["2.png"]


def test_small_pictures_are_drawn_strip_by_strip(images: PageImages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "STRIP", 2)
    document = pdf_of(images, pages=5)
    with Image.open(images.small_png(document, 4)) as picture:
        assert max(picture.size) == SMALL
    names = [path.name for path in (images.folder / document.sha256).iterdir()]
    assert sorted(names) == ["small-3.png", "small-4.png"]
    assert images.small_png(document, 5).name == "small-5.png"
    monkeypatch.setattr(page_images, "run_limited", lambda *_, **__: pytest.fail("drawn again"))
    assert images.small_png(document, 3).name == "small-3.png"


def test_a_broken_page_costs_its_neighbours_nothing(images: PageImages) -> None:
    """pdfium opens the file, but the catalog says one page more than it has."""
    document = replace(pdf_of(images, pages=3), pages=4)
    assert images.small_png(document, 1).is_file()
    assert images.small_png(document, 3).is_file()
    with pytest.raises(PageImageMissing, match="page 4 cannot be drawn"):
        images.small_png(document, 4)


def test_no_small_picture_is_begun_when_time_is_over(
    images: PageImages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf_of(images, pages=3)
    monkeypatch.setattr(render_page, "SMALL_SECONDS", 0)
    draw_small(str(images.corpus / "a.pdf"), str(tmp_path), [2, 1, 3])
    assert [path.name for path in tmp_path.glob("*.png")] == ["2.png"]


def test_who_waits_too_long_for_a_strip_is_sent_away(
    images: PageImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_images, "PATIENCE", 0.01)
    document = pdf_of(images)
    with images._strip, pytest.raises(PageImagesBusy):
        images.small_png(document, 1)


def test_small_pictures_are_of_the_indexed_file_alone(images: PageImages) -> None:
    document = pdf_of(images)
    with pytest.raises(PageNotFound):
        images.small_png(document, 3)
    images.small_png(document, 1)
    draw_pdf(images.corpus / "a.pdf", ["other words", "and more"])
    with pytest.raises(OriginalMissing, match="findings index"):
        images.small_png(document, 1)


@pytest.mark.parametrize("page", [0, -1, 3, 10**20])
def test_only_pages_that_there_are(images: PageImages, page: int) -> None:
    with pytest.raises(PageNotFound):
        images.png(pdf_of(images), page)


@pytest.mark.parametrize(
    "path",
    ["../secret.pdf", "/etc/passwd", "x/../../secret.pdf", "link.pdf", "folder/secret.pdf", ".", "none.pdf"],
)
def test_nothing_outside_of_the_corpus_is_opened(images: PageImages, path: str) -> None:
    secret = images.corpus.parent / "secret.pdf"
    sha256 = draw_pdf(secret, ["secret"])
    (images.corpus / "link.pdf").symlink_to(secret)
    (images.corpus / "folder").symlink_to(images.corpus.parent)
    document = make_document("a", path=path, sha256=sha256, media_type="application/pdf", pages=1)
    with pytest.raises(OriginalMissing, match="not in the corpus"):
        images.png(document, 1)
    with pytest.raises(OriginalMissing, match="not in the corpus"):
        images.sizes(document)


def test_a_file_that_has_changed_is_not_shown_even_from_the_cache(images: PageImages) -> None:
    document = pdf_of(images)
    images.png(document, 1)
    draw_pdf(images.corpus / "a.pdf", ["other words", "and more"])
    with pytest.raises(OriginalMissing, match="findings index"):
        images.png(document, 1)


def test_a_text_is_not_given_to_the_drawing_program(images: PageImages) -> None:
    with pytest.raises(PageImageMissing, match="not a PDF"):
        images.png(replace(pdf_of(images), media_type="text/html"), 1)


def test_a_broken_file_costs_its_time_once(images: PageImages, monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"%PDF-1.4 broken"
    (images.corpus / "a.pdf").write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    document = make_document("a", path="a.pdf", sha256=sha256, media_type="application/pdf", pages=1)
    with pytest.raises(PageImageMissing, match="cannot be drawn"):
        images.png(document, 1)
    monkeypatch.setattr(page_images, "run_limited", lambda *_: pytest.fail("drawn again"))
    with pytest.raises(PageImageMissing, match="cannot be drawn"):
        images.png(document, 1)
    assert not list(images.folder.rglob("*.png"))


def test_too_many_at_once_are_sent_away(images: PageImages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_images, "PATIENCE", 0.01)
    document = pdf_of(images)
    for _ in range(page_images.AT_ONCE):
        images._turns.acquire()
    with pytest.raises(PageImagesBusy):
        images.png(document, 1)


def test_a_drawing_that_takes_too_long_is_killed_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, note = tmp_path / "program", tmp_path / "child"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {note}\nwait\n")
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    with pytest.raises(PageImageMissing, match=r"more than 0\.5 seconds"):
        run_limited(["sizes", "a.pdf"], seconds=0.5)
    child, until = int(note.read_text()), time.monotonic() + 5
    while _is_alive(child) and time.monotonic() < until:
        time.sleep(0.01)  # the kernel takes a moment to end what was killed
    assert not _is_alive(child)


def test_a_drawing_that_uses_up_its_time_of_the_processor_is_told_from_one_that_the_system_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "program"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(ROOT)!r})\n"
        "from webapp.page_images import render_page\n"
        "render_page.SECONDS = 1\nrender_page.limit_resources()\nwhile True:\n    pass\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    with pytest.raises(PageImageMissing, match="too much time of the processor"):
        run_limited(["sizes", "a.pdf"])


def test_marked_pages_need_no_place_for_pictures(images: PageImages) -> None:
    document = pdf_of(images)
    (passage,) = make_passages("a", ["words"], page=2, page_end=2, boxes=(Box(2, 50, 90, 90, 104),))
    images.folder.write_text("a file is where the folder would be")
    assert images.marked_pdf(document, passage, "a note").startswith(b"%PDF-")
    with pytest.raises(PageImagesUnkept):
        images.marked_png(document, passage)
    with pytest.raises(PageImagesUnkept):
        images.png(document, 2)


def test_what_goes_wrong_while_drawing_is_no_problem_of_the_disk(
    images: PageImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = pdf_of(images)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.EAGAIN, "no room for another process")

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "Popen", full)
        with pytest.raises(PageImagesBusy, match=r"cannot be started \(no room for another process\)"):
            images.png(document, 1)
    assert images.png(document, 1).is_file()


def _is_alive(process: int) -> bool:
    """Whether a process still runs; one that nobody has collected yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


def test_the_oldest_pictures_go_first(tmp_path: Path) -> None:
    for number in range(4):
        picture = tmp_path / "sha" / f"{number}.png"
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(b"x" * 100)
        os.utime(picture, (number, number))
    trim(tmp_path, 250)
    assert sorted(path.name for path in tmp_path.rglob("*.png")) == ["2.png", "3.png"]


def test_a_poster_is_drawn_smaller() -> None:
    width = height = 14_400.0  # points: the largest page of PDF
    scale = drawing_scale(width, height)
    assert width * height * scale * scale == pytest.approx(MOST_PIXELS)
    assert drawing_scale(595, 842) == pytest.approx(110 / 72)


def test_the_drawing_program_explains_itself(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.page_images.render_page.limit_resources", lambda: None)
    assert main([]) == 2
    assert "usage" in capsys.readouterr().err
    assert main(["sizes", "/nowhere.pdf"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_damaged_sizes_are_measured_again(images: PageImages) -> None:
    document = pdf_of(images)
    images.sizes(document)
    (images.folder / document.sha256 / "sizes.json").write_bytes(b"[[1,")
    assert images.sizes(document) == ((WIDTH, HEIGHT), (WIDTH, HEIGHT))


def test_a_picture_that_a_crash_left_empty_is_drawn_again(images: PageImages) -> None:
    document = pdf_of(images)
    images.png(document, 1).write_bytes(b"")
    assert images.png(document, 1).stat().st_size > 0


def test_a_drawing_that_the_system_ended_is_tried_again(
    images: PageImages, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = pdf_of(images)

    class Killed(subprocess.Popen[bytes]):
        def communicate(self, *_: object, **__: object) -> tuple[bytes, bytes]:
            self.kill()
            return super().communicate()

    with monkeypatch.context() as patched:
        patched.setattr(subprocess, "Popen", Killed)
        with pytest.raises(PageImagesBusy, match="ended by the system; try again"):
            images.png(document, 1)
    monkeypatch.undo()
    assert images.png(document, 1).is_file()
