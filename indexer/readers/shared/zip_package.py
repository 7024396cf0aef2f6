"""Documents that are zipped folders (DOCX, ODT): what is checked before any library opens one.

The sizes in a zip's directory bound what can be unpacked: Python's zipfile stops at them and then misses the checksum.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from indexer.readers.shared.failure import ReadingFailed
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reason

# Old Word files, and new ones with a password, are OLE containers (MS-CFB, section 2.2); the latter hold a stream of
# this name (MS-OFFCRYPTO, section 2.3.4.4), written in UTF-16.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_ENTITY = b"<!ENTITY"  # no word processor writes one; entities that hold others grow without end
_ENCRYPTED_FLAG = 0x1  # of a zip entry (APPNOTE 4.4.4)
# A long report has a few hundred parts (one for each picture, header and footer).
MOST_PARTS = 20_000
# Parsed markup takes several times its length in memory; a report of 400 paragraphs has about 0.2 MB of it.
MOST_MARKUP = 100 * 1_048_576
_HEAD = 64
ZIP_FAILURES = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def check_package(path: Path, limits: ReadingLimits, main_part: str) -> None:
    """Raise ReadingFailed unless the file is a zip within the limits that has the part."""
    _check_beginning(path)
    try:
        with zipfile.ZipFile(path) as package:
            _check_sizes(package, limits)
            if main_part not in package.namelist():
                raise ReadingFailed(Reason.NOT_THIS_FORMAT, f"the zip has no {main_part}")
            for part in package.infolist():
                _check_part(package, part)
    except ZIP_FAILURES as failure:
        raise ReadingFailed(Reason.DAMAGED, f"the zip cannot be unpacked ({failure})") from failure


def _check_beginning(path: Path) -> None:
    """The first bytes: a zip, or an OLE container with or without a password."""
    with path.open("rb") as file:
        head = file.read(len(_OLE))
        if head == _OLE:
            if _LOCKED_STREAM in file.read():
                raise ReadingFailed(Reason.ENCRYPTED, "the file opens with a password only")
            raise ReadingFailed(Reason.NOT_THIS_FORMAT, "an OLE container, as old Office programs write them")
    if not head.startswith(_ZIP):
        raise ReadingFailed(Reason.NOT_THIS_FORMAT, "the file is no zip")


def _check_sizes(package: zipfile.ZipFile, limits: ReadingLimits) -> None:
    """Number and unpacked size of the parts, before anything is unpacked."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise ReadingFailed(Reason.TOO_LARGE, f"{len(parts)} parts, the limit is {MOST_PARTS}")
    unpacked = sum(part.file_size for part in parts) / 1_048_576
    if unpacked > limits.max_mb:
        raise ReadingFailed(
            Reason.TOO_LARGE, f"{unpacked:.0f} MB when unpacked, the limit is {limits.max_mb} MB"
        )
    if any(part.flag_bits & _ENCRYPTED_FLAG for part in parts):
        raise ReadingFailed(Reason.ENCRYPTED, "parts of the file open with a password only")


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A part that is XML is not too long and declares no entities; others are not looked at."""
    with package.open(part) as file:
        head = file.read(_HEAD)
        if not head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
            return
        if part.file_size > MOST_MARKUP:
            raise ReadingFailed(
                Reason.TOO_LARGE,
                f"{part.filename} has {part.file_size >> 20} MB, the limit is {MOST_MARKUP >> 20} MB",
            )
        if _ENTITY in (head + file.read()).replace(b"\0", b""):
            raise ReadingFailed(Reason.DAMAGED, f"{part.filename} declares XML entities")
