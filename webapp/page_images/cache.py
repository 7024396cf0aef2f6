"""Pages of PDFs as images, drawn by a program that can be killed (`webapp.page_images.render_page`) and kept on disk.

    index/cache/pages/<sha256>/<n>.png         one page
                               small-<n>.png   the same, small
                               sizes.json      width and height of all pages, in points

A picture is made only of the file that was indexed: below the corpus folder, and with the sha256 of the catalog.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from search.errors import PageImageMissing, PageImagesBusy, PageImagesUnkept, PageNotFound
from search.model import Document, Passage
from search.store.disks import find_problem
from webapp.originals import find_indexed_file

SECONDS = 25  # to draw one page; the slowest of the real reports takes 2
STRIP = 24  # small pictures drawn by one program: as many as a reader sees at once
AT_ONCE = 2  # drawings at the same time; more would take the processor from the searches
PATIENCE = 15  # seconds that a request waits for its turn
MOST_BYTES = 500_000_000  # of pictures on disk: about 3,000 pages
NEEDED = 1_000_000  # bytes that a large picture of a page may take
PDF = "application/pdf"
DRAW, MARK = "webapp.page_images.render_page", "webapp.page_images.mark_pages"  # the programs


@dataclass(slots=True)
class PageImages:
    """Draws and keeps pictures. Safe to share between threads."""

    corpus: Path
    folder: Path
    _turns: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(AT_ONCE))
    _strip: threading.Lock = field(default_factory=threading.Lock)
    _failed: dict[tuple[str, int, str], str] = field(default_factory=dict)

    def sizes(self, document: Document) -> tuple[tuple[float, float], ...]:
        """Return width and height of every page in points. Raises NothingToShow or PageImagesBusy."""
        kept = self.folder / document.sha256 / "sizes.json"
        source = self.source(document)
        known = _read_sizes(kept)
        if known is None:
            measured = self._run(document, 0, ["sizes", str(source)])
            with suppress(OSError):  # a disk that takes nothing costs the time of measuring them again
                _write_whole(kept, measured)
            known = tuple((width, height) for width, height in json.loads(measured))
        return known

    def png(self, document: Document, page: int) -> Path:
        """Return the picture of a page (from 1). Raises PageNotFound, NothingToShow, PageImagesBusy or PageImagesUnkept."""
        _refuse_other(document, page)
        kept = self.folder / document.sha256 / f"{page}.png"
        source = self.source(document)
        if not _is_whole(kept):
            with self._drawing(kept.parent) as folder:
                drawn = folder / kept.name
                self._run(document, page, ["draw", str(source), str(page), str(drawn)])
                self._keep(drawn, kept)
            trim(self.folder, MOST_BYTES)
        return kept

    @contextmanager
    def _drawing(self, place: Path) -> Iterator[Path]:
        """A folder to draw in, beside where the pictures go. Raises PageImagesUnkept where the disk takes nothing."""
        with _writing(self.folder):
            place.mkdir(parents=True, exist_ok=True)
            made = tempfile.TemporaryDirectory(dir=place, prefix=".drawing-", ignore_cleanup_errors=True)
        with made as folder:
            yield Path(folder)

    def _keep(self, drawn: Path, kept: Path) -> None:
        """Puts a picture where it is looked for. Raises PageImagesUnkept where the disk does not take it."""
        with _writing(self.folder):
            drawn.replace(kept)

    def small_png(self, document: Document, page: int) -> Path:
        """Return a small picture of a page (from 1), drawn together with its neighbours. Raises what `png` raises."""
        _refuse_other(document, page)
        kept = self.folder / document.sha256 / f"small-{page}.png"
        source = self.source(document)
        if not _is_whole(kept):
            if not self._strip.acquire(timeout=PATIENCE):
                raise PageImagesBusy("too many pages are being drawn at this moment; try again in a minute")
            try:
                if not _is_whole(
                    kept
                ):  # (whoever drew the neighbours while we waited has drawn this one, too)
                    self._draw_strip(document, source, page)
            finally:
                self._strip.release()
        return kept

    def _draw_strip(self, document: Document, source: Path, page: int) -> None:
        """Draws a page small, and those of its strip that are not there yet. Raises PageImageMissing when this one cannot be drawn."""
        first = (page - 1) // STRIP * STRIP + 1
        here = self.folder / document.sha256
        near = range(first, min(first + STRIP, (document.pages or 0) + 1))
        strip = [page, *(number for number in near if number not in document.withheld_pages)]
        wanted = [number for number in dict.fromkeys(strip) if not _is_whole(here / f"small-{number}.png")]
        with self._drawing(here) as folder:
            self._run(document, page, ["small", str(source), str(folder), *map(str, wanted)])
            for drawn in folder.iterdir():
                self._keep(drawn, here / f"small-{drawn.name}")
        trim(self.folder, MOST_BYTES)
        if not (here / f"small-{page}.png").is_file():
            raise PageImageMissing(f"{document.path}: page {page} cannot be drawn")

    def marked_pdf(self, document: Document, passage: Passage, note: str) -> bytes:
        """Return the pages of a passage as a PDF with its words highlighted; made anew each time, without any disk.

        `note` is what the highlight says when it is opened. Raises PageImageMissing for texts without pages, and what
        `png` raises but for PageImagesUnkept.
        """
        if passage.page is None:
            raise PageImageMissing(f"{document.path} has no pages to mark words on")
        pages = range(passage.page, (passage.page_end or passage.page) + 1)
        for page in pages:
            _refuse_other(document, page)
        order = {"title": document.title, "note": note, "pages": [_marks(passage, page) for page in pages]}
        source = self.source(document)
        return self._run(document, passage.page, [str(source)], MARK, json.dumps(order).encode())

    def marked_png(self, document: Document, passage: Passage) -> Path:
        """Return the picture of the first page of a passage with its words highlighted. Raises what `marked_pdf` and `png` raise."""
        letters = passage.passage_id.rpartition("/")[2]
        places = sha256(repr(passage.boxes).encode()).hexdigest()[:8]
        kept = self.folder / document.sha256 / f"marked-{letters}-{places}.png"
        if not _is_whole(kept):
            with self._drawing(kept.parent) as folder:
                marked, drawn = folder / "marked.pdf", folder / "marked.png"
                content = self.marked_pdf(document, passage, "")
                with _writing(self.folder):
                    marked.write_bytes(content)
                self._run(document, passage.page or 0, ["draw", str(marked), "1", str(drawn)])
                self._keep(drawn, kept)
            trim(self.folder, MOST_BYTES)
        return kept

    def source(self, document: Document) -> Path:
        """Return the file of a document, if it is still the one that was indexed.

        Raises PageImageMissing for a text, OriginalMissing.
        """
        if document.media_type != PDF:
            raise PageImageMissing(f"{document.path} has no pages to draw: it is not a PDF")
        return find_indexed_file(self.corpus, document)

    def _run(
        self,
        document: Document,
        page: int,
        arguments: Sequence[str],
        program: str = DRAW,
        order: bytes = b"",
    ) -> bytes:
        """What the drawing program prints. A failure is remembered, so that a bad page costs its time once."""
        reason = self._failed.get((document.sha256, page, program))
        if reason is None:
            if not self._turns.acquire(timeout=PATIENCE):
                raise PageImagesBusy("too many pages are being drawn at this moment; try again in a minute")
            try:
                return run_limited(arguments, program=program, order=order)
            except PageImageMissing as error:
                if program == DRAW and (problem := find_problem(self.folder, NEEDED)):
                    # says nothing of the page: it is tried again when there is room
                    raise PageImagesUnkept(self.folder, problem) from error
                reason = str(error)
                if len(self._failed) < 10_000:
                    self._failed[document.sha256, page, program] = reason
            finally:
                self._turns.release()
        raise PageImageMissing(
            f"{document.path}: {'page ' + str(page) if page else 'it'} cannot be drawn ({reason})"
        )


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Raises PageImagesUnkept with `folder` and the reason where something cannot be written there."""
    try:
        yield
    except OSError as error:
        raise PageImagesUnkept(folder, error.strerror or str(error)) from error


def _is_whole(path: Path) -> bool:
    """Whether a file is there and holds something; a crash of the machine may leave one that is empty."""
    try:
        return path.stat().st_size > 0
    except OSError:  # none, or another thread has just made room
        return False


def _read_sizes(path: Path) -> tuple[tuple[float, float], ...] | None:
    """The sizes that are kept; None where there are none, or what is kept is damaged."""
    try:
        return tuple((float(width), float(height)) for width, height in json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _refuse_other(document: Document, page: int) -> None:
    """Raises PageNotFound for a page that there is not, PageImageMissing for one that staff withdrew a passage from."""
    if not 1 <= page <= (document.pages or 0):
        raise PageNotFound(f"{document.document_id}, page {page}")
    if page in document.withheld_pages:
        raise PageImageMissing(f"page {page} is not shown: a passage of it was withdrawn")


def run_limited(
    arguments: Sequence[str], seconds: float = SECONDS, *, program: str = DRAW, order: bytes = b""
) -> bytes:
    """Run a program of pages in a process group of its own, killed as a whole after `seconds`.

    `order` is what it reads. Returns its output. Raises PageImageMissing with the reason, PageImagesBusy where it says
    nothing of the page.
    """
    with _started([sys.executable, "-m", program, *arguments]) as process:
        try:
            output, complaint = process.communicate(order, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            os.killpg(process.pid, signal.SIGKILL)
            raise PageImageMissing(f"it took more than {seconds:g} seconds") from error
    if process.returncode == -signal.SIGXCPU:  # at the limit that it set itself
        raise PageImageMissing("it took too much time of the processor")
    if process.returncode == -signal.SIGKILL:  # by the system, for want of memory: says nothing of the page
        raise PageImagesBusy("the program that draws pages was ended by the system; try again in a minute")
    if process.returncode:
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise PageImageMissing(last[0] if last else f"the drawing program ended with {process.returncode}")
    return output


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """A program at work. Raises PageImagesBusy where the system has no room for another."""
    try:
        return subprocess.Popen(  # noqa: S603 - our own program; the path is a checked one below the corpus
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        reason = error.strerror or str(error)
        raise PageImagesBusy(
            f"the program that draws pages cannot be started ({reason}); try again in a minute"
        ) from error


def _marks(passage: Passage, page: int) -> dict[str, object]:
    """What to mark on one page of a passage; the printed label is known of its first page."""
    boxes = [[box.x0, box.y0, box.x1, box.y1] for box in passage.boxes if box.page == page]
    return {"page": page, "label": passage.page_label if page == passage.page else None, "boxes": boxes}


def _write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".drawing-") as folder:
        whole = Path(folder) / path.name
        whole.write_bytes(content)
        whole.replace(path)


def trim(folder: Path, most_bytes: int) -> None:
    """Delete the oldest pictures until the rest has at most `most_bytes`."""
    pictures = sorted(_pictures(folder), reverse=True)
    total = 0
    for _, size, path in pictures:
        total += size
        if total > most_bytes:
            path.unlink(missing_ok=True)


def _pictures(folder: Path) -> Iterable[tuple[float, int, Path]]:
    """Time, size and path of every picture."""
    for path in folder.glob("*/*.png"):
        try:
            state = path.stat()
        except FileNotFoundError:  # another thread was quicker
            continue
        yield state.st_mtime, state.st_size, path
