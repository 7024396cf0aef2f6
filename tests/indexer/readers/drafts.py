"""Drafts with planted quotations, made from a seed in any format: in the text, in notes, asides and blocks, over paragraphs,
in every kind of marks, and with what writers put into quotations.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.indexer.readers.office_files import W, with_parts, write_docx, write_odt

MARKS = {
    "curly": ("“", "”"),
    "straight": ('"', '"'),
    "German": ("„", "“"),
    "French": ("« ", " »"),
    "curly single": ("‘", "’"),
    "Swedish": ("”", "”"),
    "Japanese": ("「", "」"),
}
PLACES = ("text", "note", "aside", "block", "paragraphs")
EDITS = ("plain", "sic", "emphasis", "bracket", "omission", "unseen", "negation")
OVER_PARAGRAPHS = ("curly", "German", "French")  # marks that are opened anew in each paragraph
_SUBJECTS = ["Harbour masters", "Lantern keepers", "Orchard wardens", "Bridge tollmen", "Windmill owners", "Ferry pilots", "Glass blowers", "Salt traders"]  # fmt: skip
_TOWNS = ["Northhaven", "Eastmere", "Saltwick", "Oldbridge", "Fenborough", "Highmoor", "Clayport", "Ashford"]
_DOINGS = ["counted the lanterns", "mended the ledgers", "painted the barrels", "measured the orchards", "moved the anchors", "weighed the apples"]  # fmt: skip
_WHENS = ["before each spring tide", "after the autumn fair", "during every long winter", "between two harvests", "on market mornings"]  # fmt: skip
_ENDS = ["and wrote them into blue registers", "while the council looked on", "so that strangers could follow", "because bells had fallen silent"]  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A quotation of a draft: how it is marked, where it stands, what was done to it; its pieces are one a paragraph."""

    marks: str
    place: str
    edit: str
    pieces: tuple[str, ...]


def sentences(chosen: random.Random, many: int) -> list[str]:
    """Different sentences that nobody else has written."""
    known: dict[str, None] = {}
    while len(known) < many:
        subject, town, doing, when, end = map(chosen.choice, (_SUBJECTS, _TOWNS, _DOINGS, _WHENS, _ENDS))
        will = "will not have" if len(known) % 3 == 0 else "have always"
        known.setdefault(f"{subject} of {town} {will} {doing} {when} {end}.")
    return list(known)


def plant(seed: int, many: int) -> tuple[list[str], list[Planted]]:
    """(the paragraphs of the source, so many quotations of it)."""
    chosen = random.Random(seed)
    source = sentences(chosen, 2 * many)
    planted = []
    for number in range(many):
        first, second = source[2 * number], source[2 * number + 1]
        place, edit = PLACES[number % len(PLACES)], EDITS[number % len(EDITS)]
        marks = chosen.choice(OVER_PARAGRAPHS if place == "paragraphs" else list(MARKS))
        if place == "paragraphs":
            planted.append(Planted(marks, place, "plain", (first, second)))
            continue
        denied = next((words for words in (first, second) if " not " in words), "")
        words = denied or first if edit == "negation" else first
        edit = "plain" if edit == "negation" and not denied else edit
        planted.append(Planted(marks, place, edit, (edited(words, edit),)))
    return source, planted


def edited(words: str, edit: str) -> str:
    """The words as a writer quotes them."""
    listed = words.removesuffix(".").split()
    if edit == "sic":
        listed.insert(4, "[sic]")
    elif edit == "emphasis":
        listed.append("[emphasis added]")
    elif edit == "bracket":
        listed[0] = f"[{words[0].lower()}]{listed[0][1:]}"
    elif edit == "omission":
        listed[8:10] = ["[…]"]
    elif edit == "unseen":
        listed[-1] = f"{listed[-1][:3]}\u00ad{listed[-1][3:]}\u2060"
    elif edit == "negation":
        listed = listed[listed.index("not") + 1 :] if "not" in listed else listed
    return " ".join(listed)


Shown = tuple[str, str]
"""A paragraph of a draft: what it is ("text", "note", "aside" or "block"), and its words."""


def paragraphs(planted: Sequence[Planted], *, blocks: bool) -> Iterator[Shown]:
    """The paragraphs of a draft; where there are no `blocks`, marks stand around what would be one."""
    for number, one in enumerate(planted, 1):
        opening, closing = MARKS[one.marks]
        if one.place == "block" and blocks:
            yield "text", f"The record of meeting {number} puts it like this:"
            yield "block", one.pieces[0]
        elif one.place == "paragraphs":
            *before, last = one.pieces
            yield from (("text", opening + piece) for piece in before)
            yield "text", f"{opening}{last}{closing}"
        else:
            place = one.place if one.place in ("note", "aside") else "text"
            yield place, f"In point {number} one reads {opening}{one.pieces[0]}{closing} among other things."


def write_markdown(path: Path, planted: Sequence[Planted]) -> Path:
    """Markdown, with footnotes and `>` blocks; an aside stands in brackets."""
    body = ["# A draft"]
    notes: list[str] = []
    for place, words in paragraphs(planted, blocks=True):
        if place == "note":
            notes.append(f"[^{len(notes) + 1}]: {words}")
            body.append(f"A remark on the side.[^{len(notes)}]")
        else:
            body.append({"block": f"> {words}", "aside": f"({words})"}.get(place, words))
    path.write_text("\n\n".join([*body, *notes]) + "\n", encoding="utf-8")
    return path


def write_html(path: Path, planted: Sequence[Planted]) -> Path:
    """A page, with `blockquote`, `aside` and a list of notes."""
    body = ["<h1>A draft</h1>"]
    notes: list[str] = []
    for place, words in paragraphs(planted, blocks=True):
        shown = html.escape(words, quote=False)
        if place == "note":
            key = f"fn{len(notes) + 1}"
            notes.append(f'<li id="{key}"><p>{shown}</p></li>')
            body.append(f'<p>A remark on the side.<sup><a href="#{key}">{len(notes)}</a></sup></p>')
        else:
            tag = {"block": "blockquote", "aside": "aside"}.get(place, "p")
            body.append(
                f"<{tag}>{shown}</{tag}>" if tag != "blockquote" else f"<{tag}><p>{shown}</p></{tag}>"
            )
    text = f"<!doctype html><meta charset=utf-8><title>A draft</title><body>{''.join(body)}<ol>{''.join(notes)}</ol>"
    path.write_text(text, encoding="utf-8")
    return path


def write_word(path: Path, planted: Sequence[Planted]) -> Path:
    """A Word file, with footnotes, the style Quote, and asides in text boxes."""
    blocks = [("Heading 1", "A draft")]
    notes: list[str] = []
    for place, words in paragraphs(planted, blocks=True):
        shown = html.escape(words, quote=False)
        if place == "note":
            notes.append(_word_note(len(notes) + 2, shown))
            reference = f'<w:r><w:footnoteReference w:id="{len(notes) + 1}"/></w:r>'
            blocks.append(("xml", f"<w:p><w:r><w:t>A remark on the side.</w:t></w:r>{reference}</w:p>"))
        elif place == "aside":
            box = f'<v:textbox><w:txbxContent><w:p><w:r><w:t xml:space="preserve">{shown}</w:t></w:r></w:p></w:txbxContent></v:textbox>'
            blocks.append(
                ("xml", f"<w:p><w:r><w:t>Beside it:</w:t></w:r><w:r><w:pict>{box}</w:pict></w:r></w:p>")
            )
        else:
            blocks.append(("Quote" if place == "block" else "Normal", words))
    write_docx(path, *blocks)
    return with_parts(path, _note_parts(f"<w:footnotes {W}>{''.join(notes)}</w:footnotes>"))


def _word_note(number: int, shown: str) -> str:
    """A footnote of a Word file."""
    run = f'<w:r><w:t xml:space="preserve">{shown}</w:t></w:r>'
    return f'<w:footnote w:id="{number}"><w:p>{run}</w:p></w:footnote>'


def _note_parts(notes: str) -> Mapping[str, Callable[[bytes], bytes]]:
    """What changes in a Word file that gets footnotes."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    part = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    link = f'<Relationship Id="rId99" Type="{relation}" Target="footnotes.xml"/></Relationships>'
    return {
        "word/footnotes.xml": lambda _: notes.encode(),
        "[Content_Types].xml": lambda data: data.replace(b"</Types>", part.encode()),
        "word/_rels/document.xml.rels": lambda data: data.replace(b"</Relationships>", link.encode()),
    }


def write_open_document(path: Path, planted: Sequence[Planted]) -> Path:
    """An OpenDocument text, with notes, the style Quotations, and asides in frames."""
    blocks, notes = ['<text:h text:outline-level="1">A draft</text:h>'], 0
    for place, words in paragraphs(planted, blocks=True):
        shown = html.escape(words, quote=False)
        if place == "note":
            notes += 1
            note = (
                f"<text:note><text:note-citation>{notes}</text:note-citation>"
                f"<text:note-body><text:p>{shown}</text:p></text:note-body></text:note>"
            )
            blocks.append(f"<text:p>A remark on the side.{note}</text:p>")
        elif place == "aside":
            frame = f"<draw:frame><draw:text-box><text:p>{shown}</text:p></draw:text-box></draw:frame>"
            blocks.append(f"<text:p>Beside it:{frame}</text:p>")
        else:
            style = ' text:style-name="Quotations"' if place == "block" else ""
            blocks.append(f"<text:p{style}>{shown}</text:p>")
    return write_odt(path, *blocks)


def write_pdf(path: Path, planted: Sequence[Planted]) -> Path:
    """A PDF in which lines are broken and notes stand small at the foot of the page; it has no styles and few signs."""
    folder = Path(reportlab.__path__[0]) / "fonts"
    pdfmetrics.registerFont(TTFont("Vera", str(folder / "Vera.ttf")))
    canvas, top, foot = Canvas(str(path), pagesize=(595, 842), invariant=True), 770.0, 70.0
    for place, words in paragraphs(list(map(_printable, planted)), blocks=False):
        if top < 330:
            canvas.showPage()
            top, foot = 770.0, 70.0
        if place == "note":
            foot = _draw(canvas, f"{1} {words}", foot + 30, 7) - 4 + 34
            continue
        top = _draw(canvas, words, top, 11) - 16
    canvas.save()
    return path


def _printable(one: Planted) -> Planted:
    """A quotation as the font can show it."""
    marks = "curly" if one.marks == "Japanese" else one.marks
    pieces = tuple(piece.replace("\u00ad", "").replace("\u2060", "") for piece in one.pieces)
    return Planted(marks, one.place, one.edit, pieces)


def _draw(canvas: Canvas, words: str, top: float, size: float) -> float:
    """Draws a paragraph of broken lines; returns where the next one may begin, in points from the foot of the page."""
    canvas.setFont("Vera", size)
    line = ""
    for word in words.split():
        if pdfmetrics.stringWidth(f"{line} {word}", "Vera", size) > 440:
            canvas.drawString(70, top, line)
            line, top = word, top - 1.3 * size
        else:
            line = f"{line} {word}".strip()
    canvas.drawString(70, top, line)
    return top - 1.3 * size


WRITERS = {
    ".md": write_markdown,
    ".html": write_html,
    ".docx": write_word,
    ".odt": write_open_document,
    ".pdf": write_pdf,
}
