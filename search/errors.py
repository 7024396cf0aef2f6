"""Every error of the project, in one tree.

A class takes data and builds its message, which names the file or the position, the reason and the remedy.
`cli/main.py` is the one place that prints such a message and exits with `exit_code`; `webapp/errors.py` the one
that makes it a page with `http_status`.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

_LISTED = 12  # values that a message lists; of more, the nearest is named


class FindingsError(Exception):
    """Base of all errors that a person can act on."""

    exit_code = 1
    http_status = 500


class BelowFloor(FindingsError):
    """A measured figure is lower than the floor that was asked for."""

    def __init__(self, figure: str, value: float, floor: float) -> None:
        super().__init__(f"{figure} is {value:.3f}, below the floor of {floor}; the sentences above say why")


# --- configuration and usage -----------------------------------------------------------------------------


class UsageProblem(FindingsError):
    """A value given on the command line, in a file of questions or in the environment cannot be used."""

    exit_code = 2
    http_status = 400


class UnknownSetting(UsageProblem):
    """An environment variable `FINDINGS_*` that no setting has."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, list(known), n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        super().__init__(f"unknown setting {name}{meant} (docs/configuration.md lists all)")


class BadSetting(UsageProblem):
    """A setting with a value that it cannot have."""

    def __init__(self, name: str, value: str, wanted: str) -> None:
        super().__init__(f"{name}={value!r}: wanted is {wanted}")


class UnknownValue(UsageProblem):
    """A filter names something that does not exist, such as a theme or an edition."""

    def __init__(self, name: str, value: str, known: Iterable[str]) -> None:
        listed = list(known)
        near = get_close_matches(value, listed, n=1, cutoff=0.5)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        self.name, self.value = name, value
        if len(listed) > _LISTED:
            super().__init__(f"no {name} {value!r}{meant} (there are {len(listed)})")
        else:
            super().__init__(f"no {name} {value!r}{meant} (there are: {', '.join(listed) or 'none'})")


class BadFile(UsageProblem):
    """A file that staff or a user wrote (TOML, JSON lines, CSV) is not as it has to be."""

    def __init__(self, path: Path | str, problem: str, line: int | None = None) -> None:
        place = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{place}: {problem}")


class LedgerReadOnly(UsageProblem):
    """The link ledger has to grow and cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: links would break, because the link ledger cannot be written ({reason}); "
            "nothing was published: make the corpus folder writable and run `findings index` again"
        )


class CorpusMissing(UsageProblem):
    """The corpus folder does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no such corpus folder; name it with --corpus or FINDINGS_CORPUS")


class NoSource(UsageProblem):
    """`findings fetch` has nothing to fetch: the file of sources names nothing, or nothing that was asked for."""

    def __init__(self, path: Path, only: str) -> None:
        if only:
            super().__init__(f"{path}: no source with {only!r} in its address, path or title")
        else:
            super().__init__(f"{path}: names no source; add one as [[sources]] with url and path")


class OcrMissing(UsageProblem):
    """The program that reads pictures of pages is not there."""

    def __init__(self, program: str) -> None:
        super().__init__(
            f"OCR needs the program `{program}`, which is not on this machine: install it (Debian: apt-get install "
            f"{program}-ocr) and run again, or give up what OCR read with `findings index --no-ocr`; nothing was changed"
        )


class OcrLanguageMissing(UsageProblem):
    """The OCR program is there, but not a language that the settings want."""

    def __init__(self, language: str) -> None:
        super().__init__(
            f"OCR cannot read the language {language!r}: install it (Debian: apt-get install tesseract-ocr-{language}) "
            "or name others in FINDINGS_OCR_LANGUAGES; nothing was changed"
        )


class QuerySyntaxError(UsageProblem):
    """A question that cannot be read as it stands.

    `position` counts characters of `query_text` from 0; `proposal` is a nearby question that can be read, or None.
    """

    def __init__(self, query_text: str, position: int, problem: str, proposal: str | None = None) -> None:
        self.query_text, self.position = query_text, position
        self.problem, self.proposal = problem, proposal
        meant = f"; try {proposal}" if proposal else ""
        super().__init__(f"{problem} at character {position + 1} of {query_text!r}{meant}")

    def caret(self) -> str:
        """Return the question and below it a caret at the position."""
        return f"{self.query_text}\n{' ' * self.position}^"


# --- not there -------------------------------------------------------------------------------------------


class NotFound(UsageProblem):
    """Something asked for by id is not in the index."""

    http_status = 404
    what = "thing"
    remedy = "`findings search` finds what there is"

    def __init__(self, wanted: str) -> None:
        self.wanted = wanted
        super().__init__(f"no {self.what} {wanted!r}; {self.remedy}")


class PassageNotFound(NotFound):
    """An id that was never published."""

    what = "passage"


class DocumentNotFound(NotFound):
    """No document has this id."""

    what = "document"
    remedy = "`findings export documents` lists all"


class EditionNotFound(NotFound):
    """No edition has this id."""

    what = "edition"
    remedy = "corpus/catalogue.toml lists all"


class ThemeNotFound(NotFound):
    """No theme has this id."""

    what = "theme"
    remedy = "`findings export themes` lists all"


class PageNotFound(NotFound):
    """A document has no such page, or none that can be shown."""

    what = "page"
    remedy = "the document's own page says how many it has"


class ParagraphNotFound(NotFound):
    """A document has no paragraph with such a number."""

    what = "paragraph"
    remedy = "the document's own page shows its paragraphs with their numbers"


class NothingToShow(FindingsError):
    """Base of what is missing for reasons of one document: its file, or a picture of a page; the message says why."""

    http_status = 404


class PageImageMissing(NothingToShow):
    """No picture of a page can be shown."""


class OriginalMissing(NothingToShow):
    """The file of a document cannot be had, so no picture of its pages can be made either."""


class OriginalWithheld(FindingsError):
    """Staff do not offer the file of a document."""

    http_status = 403


class PageImagesBusy(FindingsError):
    """Too many pages are being drawn; a later try may succeed."""

    http_status = 503


class PageImagesUnkept(FindingsError):
    """Pictures of pages cannot be kept, because the disk is full or can only be read; everything else goes on."""

    http_status = 503

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"no picture of a page can be drawn at this moment: {folder}: {reason}; make room there, or make it writable. "
            "Everything else goes on"
        )


class DiskProblem(UsageProblem):
    """A disk took no more, or could only be read, while an index was written; the published index stays."""

    def __init__(self, folder: Path | str, reason: str) -> None:
        super().__init__(
            f"{folder}: {reason}; nothing was published, and what was published before stays: make room on that disk, or "
            "make the folder writable, and run the command again"
        )


# --- the index -------------------------------------------------------------------------------------------


class IndexUnavailable(FindingsError):
    """The index cannot be used as it stands."""

    exit_code = 4
    http_status = 503


class IndexMissing(IndexUnavailable):
    """Nothing was ever published here."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no index yet; run `findings index`")


class IndexDamaged(IndexUnavailable):
    """A published generation cannot be opened."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: cannot be opened ({reason}); run `findings undo`, or delete it and run `findings index`"
        )


class IndexIncompatible(IndexUnavailable):
    """The index was written by a version whose format this one cannot read."""

    def __init__(self, path: Path, found: object, wanted: int) -> None:
        super().__init__(
            f"{path}: index format {found}, this version reads {wanted}; run `findings index` to build it anew"
        )


class IndexLocked(IndexUnavailable):
    """Another `findings index` or `undo` is at work."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: another `findings index` is running on this index; wait for it to end")


class NothingToUndo(UsageProblem):
    """There is no earlier generation."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: no earlier generation to go back to; `findings status` shows what is kept")
