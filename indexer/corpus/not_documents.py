"""Files that programs leave beside documents and that are none: locks, unfinished downloads, backups, parts of saved pages.

And what staff leave out themselves: `corpus/.findingsignore` has patterns as `.gitignore` has them, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pathspec import GitIgnoreSpec

from search.errors import BadFile

IGNORE_NAME = ".findingsignore"

_KINDS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("lock of an open document", r"~\$.*|\.~lock\..*#|~wr[a-z]\d+\.tmp|.*\.(?:laccdb|ldb)"),
        ("unfinished download", r".*\.(?:crdownload|part|partial|download|opdownload|filepart|!ut|aria2)|unconfirmed \d+.*"),
        ("backup of an editor", r".*~|.*\.(?:bak|backup|swp|swo|orig|sav|old|tmp|temp)|#.*#|\.#.*|backup of .*|.*\.asd"),
        ("file of the operating system", r"thumbs\.db|ehthumbs.*\.db|desktop\.ini|\.ds_store|\._.*|icon\r?|\.directory|\.fuse_hidden.*|\.nfs.*"),
    )
)  # fmt: skip
_ARCHIVE_FOLDER = "__MACOSX"
# The folder in which browsers put pictures and scripts of a page that was saved whole, by the languages they speak.
_PARTS = re.compile(
    r"^(?P<page>.+?)(?:_files|-Dateien|_fichiers|_archivos|_bestanden|_file|\.files|-filer|_pliki|_soubory)$"
)
_PAGES = (".html", ".htm", ".xhtml", ".mht")


@dataclass(frozen=True, slots=True)
class Ignored:
    """What staff leave out of a corpus by `.findingsignore`."""

    patterns: GitIgnoreSpec

    def covers(self, path: str, *, folder: bool = False) -> bool:
        """Return a path below the corpus is left out; `folder` says that it is one."""
        return bool(self.patterns.match_file(f"{path}/" if folder else path))


def load_ignored(corpus: Path) -> Ignored:
    """Return the patterns of `.findingsignore`; none where there is no such file. Raises BadFile, with the line of a bad pattern."""
    path = corpus / IGNORE_NAME
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        lines = []
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, f"cannot be read: {error}") from error
    for number, line in enumerate(lines, start=1):
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError as error:
            raise BadFile(
                path, f"{line!r} is no pattern ({error}); write them as in .gitignore", number
            ) from error
    return Ignored(GitIgnoreSpec.from_lines(lines))


def leftover_kind(name: str) -> str | None:
    """Return what kind of leftover a file of this `name` is; None for one that may be a document.

    >>> leftover_kind("~$report.docx"), leftover_kind("report.pdf.crdownload"), leftover_kind("report.docx")
    ('lock of an open document', 'unfinished download', None)
    """
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(name)), None)


def folder_kind(folder: Path) -> str | None:
    """Return what a folder holds instead of documents: the parts of a page saved beside it, or what archives of a Mac add."""
    if folder.name == _ARCHIVE_FOLDER:
        return "file of the operating system"
    match = _PARTS.match(folder.name)
    pages = (
        (folder.with_name(PurePosixPath(match["page"]).name + ending) for ending in _PAGES) if match else ()
    )
    page = next((page for page in pages if page.is_file()), None)
    return f"parts of the saved page {page.name}" if page is not None else None
