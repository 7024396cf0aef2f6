"""Word and OpenDocument files for the tests, made with the libraries or with a few parts changed by hand."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import docx
import odfdo
import pptx
from docx.oxml.parser import parse_xml

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NAMESPACES = (
    f'{W} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def write_docx(path: Path, *blocks: tuple[str, str]) -> Path:
    """A Word file of (style, text); the style "xml" takes `w:` markup as it is."""
    document = docx.Document()
    body = document.element.body
    for style, text in blocks:
        if style == "xml":
            for element in parse_xml(f"<w:body {_NAMESPACES}>{text}</w:body>"):
                body.insert(len(body) - 1, element)
        else:
            document.add_paragraph(text, style=style)
    document.save(str(path))
    return path


def write_odt(path: Path, *blocks: str) -> Path:
    """An OpenDocument text of elements written as XML, such as `<text:p>words</text:p>`."""
    document = odfdo.Document("odt")
    document.body.clear()
    for block in blocks:
        document.body.append(odfdo.Element.from_tag(block))
    document.save(str(path))
    return path


def write_pptx(path: Path, *slides: tuple[str, Sequence[str]], notes: str = "") -> Path:
    """A presentation of (title, paragraphs) a slide; the last slide has the notes, if there are any."""
    deck = pptx.Presentation()
    for title, paragraphs in slides:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text = "\n".join(paragraphs)
        if notes and title == slides[-1][0]:
            slide.notes_slide.notes_text_frame.text = notes
    deck.save(str(path))
    return path


def with_parts(path: Path, parts: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """The zip with some parts changed or added; a part that is new is made from b""."""
    with zipfile.ZipFile(path) as package:
        held = {part.filename: package.read(part) for part in package.infolist()}
    for name, change in parts.items():
        held[name] = change(held.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            package.writestr(name, data)
    return path


def p(text: str, properties: str = "") -> str:
    """A `w:p` with one run."""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
