"""What the readers of Word and OpenDocument files leave out and a draft needs: paragraphs in a style for quotations, and
where links lead. Read from the parts of the file, which its reader has checked before.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree  # the readers have refused what they do not trust

_QUOTING = re.compile(
    r"quot|zitat|cita(?:tion|do|cion|zione|at)?\b|citaat|block\s?text|extract|блок|цитат", re.IGNORECASE
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_WORD_PARTS = ("document", "footnotes", "endnotes")


@dataclass(frozen=True, slots=True)
class OfficeMarks:
    """Texts of paragraphs that are quotations, and for each link the words it is on and its address."""

    quoted: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def read_office_marks(path: Path) -> OfficeMarks:
    """Return the marks of a .docx or .odt file; none for a file of another kind."""
    suffix = path.suffix.lower()
    if suffix not in (".docx", ".odt"):
        return OfficeMarks()
    with zipfile.ZipFile(path) as package:
        return _word_marks(package) if suffix == ".docx" else _open_document_marks(package)


def _part(package: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    """A part of the file; None where it has no such part."""
    return ElementTree.fromstring(package.read(name)) if name in package.namelist() else None  # noqa: S314


def _word_marks(package: zipfile.ZipFile) -> OfficeMarks:
    """The marks of a Word file."""
    styles = _part(package, "word/styles.xml")
    names = {
        style.get(f"{_W}styleId", ""): name.get(f"{_W}val", "")
        for style in (styles.iter(f"{_W}style") if styles is not None else ())
        if (name := style.find(f"{_W}name")) is not None
    }
    quoted: list[str] = []
    links: list[tuple[str, str]] = []
    for part in _WORD_PARTS:
        root = _part(package, f"word/{part}.xml")
        targets = _part(package, f"word/_rels/{part}.xml.rels")
        addresses = {r.get("Id"): r.get("Target", "") for r in targets} if targets is not None else {}
        for paragraph in root.iter(f"{_W}p") if root is not None else ():
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            style_id = style.get(f"{_W}val", "") if style is not None else ""
            if _QUOTING.search(names.get(style_id, style_id)):
                quoted.append(_words(paragraph, f"{_W}t"))
            links += [
                (_words(link, f"{_W}t"), addresses.get(link.get(f"{_R}id"), ""))
                for link in paragraph.iter(f"{_W}hyperlink")
            ]
    return OfficeMarks(tuple(quoted), tuple(links))


def _words(element: ElementTree.Element, tag: str) -> str:
    """The words below an element."""
    return "".join(part.text or "" for part in element.iter(tag))


def _open_document_marks(package: zipfile.ZipFile) -> OfficeMarks:
    """The marks of an OpenDocument file."""
    parts = [root for name in ("content.xml", "styles.xml") if (root := _part(package, name)) is not None]
    parents = {
        style.get(f"{_STYLE}name", ""): style.get(f"{_STYLE}parent-style-name", "")
        for root in parts
        for style in root.iter(f"{_STYLE}style")
    }
    body = parts[0] if parts else ElementTree.Element("none")
    quoted = [
        "".join(p.itertext())
        for p in body.iter(f"{_TEXT}p")
        if any(_QUOTING.search(name) for name in _styles_of(p.get(f"{_TEXT}style-name", ""), parents))
    ]
    links = [("".join(a.itertext()), a.get(f"{_XLINK}href", "")) for a in body.iter(f"{_TEXT}a")]
    return OfficeMarks(tuple(quoted), tuple(links))


def _styles_of(name: str, parents: dict[str, str]) -> Iterator[str]:
    """A style and those it is made from."""
    seen: set[str] = set()
    while name and name not in seen:
        seen.add(name)
        yield name
        name = parents.get(name, "")
