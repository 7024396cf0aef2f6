"""How a run of a Word file is printed: hidden, raised or lowered, in which font; by itself or by the styles it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from indexer.readers.docx.styles import WORD, switched, value_of

_SHIFTS = {"superscript": "sup", "subscript": "sub", "baseline": ""}
_HIDDEN = ("vanish", "specVanish")
_WHITE = "FFFFFF"
_PAPER = ("", "auto", _WHITE)
_LIFTED = 4  # half-points above the line (w:position) from which a run is raised; spacing tricks use 1 or 2
# What the fonts Symbol and Wingdings show, by the last byte of a character: files hold U+F020 to U+F0FF for it. The order
# is that of the fonts' own encoding, from the exclamation mark on.
_SYMBOL = dict(
    zip(
        (*range(0x21, 0x7F), *range(0xA1, 0xFF)),
        "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧ∆ΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|―↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=True,
    )
)
_WINGDINGS = {0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "→", 0xF0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
              0xA7: "▪", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0xA8: "□", 0xD8: "➢", 0x76: "❖", 0x9F: "•", 0x22: "✂"}  # fmt: skip
_FONTS: Mapping[str, Mapping[int, str]] = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run is printed; None where nothing is said. `shift` is sup, sub or "" for on the line."""

    hidden: bool | None = None
    shift: str | None = None
    white: bool | None = None
    font: str | None = None

    def over(self, other: RunLook) -> RunLook:
        """Return this look, with what it leaves open from the other."""
        return RunLook(
            other.hidden if self.hidden is None else self.hidden,
            other.shift if self.shift is None else self.shift,
            other.white if self.white is None else self.white,
            other.font if self.font is None else self.font,
        )


@dataclass(frozen=True, slots=True)
class RunStyles:
    """The looks that styles of either kind, by their ids, give to runs."""

    by_id: Mapping[str, RunLook] = field(default_factory=dict)

    def look(self, run: Any, paragraph_style: str = "") -> RunLook:
        """Return how a `w:r` is printed in a paragraph of a style."""
        properties = run.find(f"{WORD}rPr")
        own, named = RunLook(), RunLook()
        if properties is not None:
            own = _stated(properties)
            named = self.by_id.get(value_of(properties.find(f"{WORD}rStyle")), RunLook())
        return own.over(named).over(self.by_id.get(paragraph_style, RunLook()))


def read_run_styles(element: Any) -> RunStyles:
    """Return the looks of the `w:styles` element."""
    raw = {style.get(f"{WORD}styleId", ""): style for style in element.iter(f"{WORD}style")}
    return RunStyles({name: _style(name, raw) for name in raw})


def _style(name: str, raw: Mapping[str, Any]) -> RunLook:
    """The look of one style; what it leaves open is looked for in those it is based on, which may run in a circle."""
    look, seen = RunLook(), set[str]()
    while name in raw and name not in seen:
        seen.add(name)
        properties = raw[name].find(f"{WORD}rPr")
        look = look.over(_stated(properties)) if properties is not None else look
        name = value_of(raw[name].find(f"{WORD}basedOn"))
    return look


def _stated(properties: Any) -> RunLook:
    """What a `w:rPr` states."""
    hiding = [mark for name in _HIDDEN if (mark := properties.find(f"{WORD}{name}")) is not None]
    color, fonts = properties.find(f"{WORD}color"), properties.find(f"{WORD}rFonts")
    return RunLook(
        hidden=any(map(switched, hiding)) if hiding else None,
        shift=_shift(properties),
        white=None if color is None else value_of(color).upper() == _WHITE and not _has_paper(properties),
        font=None if fonts is None else (fonts.get(f"{WORD}ascii") or fonts.get(f"{WORD}hAnsi")),
    )


def _shift(properties: Any) -> str | None:
    """Raised or lowered by name, or by so much above the line."""
    named = _SHIFTS.get(value_of(properties.find(f"{WORD}vertAlign")))
    lifted = value_of(properties.find(f"{WORD}position"))
    if named is None and lifted.lstrip("-").isdigit() and abs(int(lifted)) >= _LIFTED:
        return "sup" if int(lifted) > 0 else "sub"
    return named


def _has_paper(properties: Any) -> bool:
    """A colour behind the words."""
    shade, highlight = properties.find(f"{WORD}shd"), properties.find(f"{WORD}highlight")
    return highlight is not None or (shade is not None and shade.get(f"{WORD}fill", "") not in _PAPER)


def is_on_white(paragraph: Any) -> bool:
    """Return white words in this `w:p` cannot be seen: no colour stands behind it, and it is in no table, box or shape that may have one."""
    properties = paragraph.find(f"{WORD}pPr")
    if properties is not None and _has_paper(properties):
        return False
    return not any(holder.tag in (f"{WORD}tc", f"{WORD}txbxContent") for holder in paragraph.iterancestors())


def sign_of(symbol: Any) -> str:
    """Return what a `w:sym` shows; U+FFFD where its font is none that is known."""
    code = symbol.get(f"{WORD}char", "")
    table = _table_of(symbol.get(f"{WORD}font", ""))
    number = int(code, 16) if code and all(char in "0123456789abcdefABCDEF" for char in code) else 0
    if number in _PRIVATE or number < 0x100:
        return table.get(number & 0xFF, "\ufffd") if table is not None else "\ufffd"
    return chr(number)


def in_font(words: str, font: str | None) -> str:
    """Return words with the private characters of the fonts Symbol and Wingdings as the signs that they show.

    >>> in_font("\uf0b3 2", "Symbol")
    '≥ 2'
    """
    table = _table_of(font or "")
    return "".join(_shown(words, table)) if table is not None else words


def _shown(words: str, table: Mapping[int, str]) -> Iterator[str]:
    """Each character as the font of a table shows it; letters outside of the private range are usual ones."""
    for char in words:
        yield table.get(ord(char) & 0xFF, char) if ord(char) in _PRIVATE else char


def _table_of(font: str) -> Mapping[int, str] | None:
    """The signs of a font, None for fonts of letters."""
    return _FONTS.get(font.casefold().partition(" ")[0])
