"""Disks that are full or can only be read, told apart from defects: whatever was being written, the message is the same."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search.errors import DiskProblem, FindingsError

OF_THE_MACHINE = frozenset((errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO))
"""What a person can mend where something is written."""
_OF_SQLITE = (
    "database or disk is full",
    "readonly database",
    "disk I/O error",
    "unable to open database file",
)
_PROBE = 65_536  # bytes; less than any step of a build writes


@contextmanager
def telling_of_disks(folder: Path) -> Iterator[None]:
    """Raise DiskProblem with `folder` and the reason for what went wrong because of the disk; everything else passes."""
    try:
        yield
    except FindingsError:
        raise
    except Exception as error:
        reason = disk_reason(error) or find_problem(folder)
        if reason is None:
            raise
        raise DiskProblem(_place(error, folder), reason) from error


def disk_reason(error: BaseException) -> str | None:
    """Return what the disk did, where an error or what it came from says so; None where none does."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, OSError) and at.errno in OF_THE_MACHINE:
            return at.strerror or str(at)
        if any(words in str(at) for words in _OF_SQLITE):
            return str(at)
        at = at.__cause__ or at.__context__
    return None


def find_problem(folder: Path, size: int = _PROBE) -> str | None:
    """Return why `size` bytes cannot be written to a folder at this moment; None where they can.

    Of a folder that is not there yet, the nearest above it that is there tells.
    """
    place = next(there for there in (folder, *folder.absolute().parents) if there.exists())
    try:
        with tempfile.TemporaryFile(dir=place) as file:
            file.write(bytes(size))
    except OSError as error:
        return error.strerror or str(error)
    return None


def _place(error: Exception, folder: Path) -> str | Path:
    """The file that could not be written, where the error names it, else the folder."""
    named = error.filename if isinstance(error, OSError) else None
    return named if isinstance(named, str) else folder
