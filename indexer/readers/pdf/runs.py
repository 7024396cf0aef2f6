"""Runs of characters to printed lines: split at jumps, described by their type, with raised figures and cells told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from indexer.layout.blocks import ASCENT, BROKEN_WORD, DESCENT, Cell, Line, NoteMark, Page
from indexer.layout.page.initials import with_initials
from indexer.layout.words.note_marks import (
    RAISED_BY,
    RAISED_SIZE,
    find_figures,
    marks_in,
    place_after,
    plain_mark,
    with_marks_placed,
)
from indexer.readers.pdf.form_fields import Forms, with_fields
from indexer.readers.pdf.glyph_names import NO_FACTS, TextFacts
from indexer.readers.pdf.lines import CELL_GAP, HYPHEN_GAP, changed, joined_lines, undoubled
from indexer.readers.pdf.tags import read_tags
from indexer.readers.pdf.text_layer import BLANKS, BROKEN_END, Char, TextLayer

_BASELINE = attrgetter("y")
_HYPHENS = frozenset((0x2D, 0xAD, 0x2010))
_SOFT_HYPHEN, _HYPHEN, _BLANK = 0xAD, 0x2D, 0x20
# A letter at the end of a word; "e" and "o" end ordinals behind figures ("2e", "1o").
_END_LETTER = re.compile(r"(?<=[^\W\d_]|[\d)])[a-z](?![\w-])(?<!\d[eo])")
# Tags count on pages where they cover at least this share of the letters; running heads and feet have none.
COVERED = 0.85
# Fonts in which a letter shows a bullet or an arrow.
_DINGBATS = re.compile(r"dingbat|wingding|webding", re.IGNORECASE)
_LONE_LETTER = re.compile(r"^[A-Za-z] \S")
_GLUED_MARK = re.compile(r"(?:\d{1,3}|[*†‡§]{1,3})(?=[^\W\d_])")
_BRACKETED_MARK = re.compile(r"\((\d{1,3}|[⁰¹²³⁴-⁹]{1,3})\)\s*(?=\S)")
_SAMPLES = 4  # characters of a line whose type is looked at; more changed no figure and cost time
# A lowered figure stands this share of the type size below its line: the subscripts of common writers 0.08 to 0.3.
_LOWERED_BY = 0.07
_FIRST_LEFTWARD = 0x590
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
# Letter-spaced type: five single letters and more, as in `indexer.layout.words.cleaning`. The gap between two words is at least
# half as wide again as that between two letters: writers put two blanks or more there.
_SPACED_OUT = re.compile(r"\w(?:\s\w){4,}")
_WORD_GAP = 1.5
_NUMBER_LETTER = re.compile(r"(?:(?<=^[nN])|(?<=\W[nN]))o(?=\s+\d|\s*$)|^o(?=\s+\d)")
_NUMBER_SIGN = 0xBA
# A blank takes a quarter of the type size, a sixth in tight lines; letters of one word stand closer than this share of it.
NO_ROOM, OVERLAP = 0.03, 0.3  # boxes of slanted and of kerned letters reach into the next


def read_page(page: Any, number: int, facts: TextFacts = NO_FACTS, forms: Forms | None = None) -> Page:
    """Read all lines of an open pdfium `page` in stream order; `number` is its 1-based position.

    `facts` are what the file says of its text, `forms` what is filled into its forms. A page whose letters mostly stand sideways is turned: its lines are those
    of the turned page, `Page.turned` tells by how much.
    """
    tags = read_tags(page, number)
    layer = TextLayer(page, tags, facts)
    try:
        turned = layer.turn()
        if turned:
            layer.close()
            pdfium.FPDFPage_SetRotation(page, (pdfium.FPDFPage_GetRotation(page) + turned) % 4)
            layer = TextLayer(page, tags, facts)
        whole = with_initials(tuple(page_lines(layer, number)))
        if forms:
            whole = tuple(
                with_fields(whole, [_placed_field(layer, *field) for field in forms.texts(page)], number)
            )
        lines = _trusted(with_marks_placed(tuple(joined_lines(iter(whole)))))
        width, height = layer.frame.size
        return Page(number, width, height, lines, turned=turned)
    finally:
        layer.close()


def _placed_field(
    layer: TextLayer, text: str, box: Sequence[float]
) -> tuple[str, tuple[float, float, float, float]]:
    """What is filled in, with its box on the page as shown."""
    (ax, ay), (bx, by) = layer.frame.point(box[0], box[1]), layer.frame.point(box[2], box[3])
    return text, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _trusted(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines, without their tags where these do not cover the page."""
    letters = sum(len(line.text) for line in lines)
    covered = sum(len(line.text) for line in lines if line.tag)
    if covered < COVERED * letters:
        return tuple(changed(line, tag=None) for line in lines)
    return lines


def page_lines(layer: TextLayer, number: int) -> Iterator[Line]:
    """Yield the lines as pdfium parts them, split further where a word broken at a line end hides the line end."""
    for run, broken in _runs(layer):
        chars = layer.shown(list(_placed(layer, layer.composed(run))))
        for part in _on_one_baseline(layer, chars):
            line = _line(layer, part, number)
            if line:
                yield _with_mark(line) if broken and part[-1] is chars[-1] else line


def _placed(layer: TextLayer, run: list[tuple[int, int]]) -> Iterator[Char]:
    """The characters with their places; only both ends of a word are measured, the rest stand at its beginning.

    Asking pdfium for every character takes three quarters of the time of a page.
    """
    inner: Char | None = None
    for (code, index), (following, _) in zip(run, (*run[1:], (_BLANK, 0)), strict=True):
        if code in BLANKS:
            inner = None
            yield Char(code, index, 0.0, 0.0, 0.0)
        elif inner is None or following in BLANKS:
            char = layer.char(code, index)
            if char:
                inner = char
                yield char
        else:
            yield Char(code, index, *inner[2:])


def _with_mark(line: Line) -> Line:
    """The line ending with the mark of a broken word."""
    return changed(line, text=line.text.rstrip("-\u00ad\u2010") + BROKEN_WORD)


def _runs(layer: TextLayer) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """(characters with their index, ends in a broken word) of each line of pdfium's."""
    run: list[tuple[int, int]] = []
    for code, index in layer.characters():
        if code >= 0:
            run.append((code, index))
        elif run:
            yield run, code == BROKEN_END
            run = []
    if run:
        yield run, False


def _on_one_baseline(layer: TextLayer, chars: list[Char]) -> Iterator[list[Char]]:
    """Parts of a line between jumps to another baseline or back to the left."""
    letters = [char for char in chars if char.code not in BLANKS]
    if not letters:
        return
    size, upright = layer.size(letters[len(letters) // 2].at)
    if not upright:
        yield chars
        return
    size = max(size, 1.0)
    leftward = any(char.code >= _FIRST_LEFTWARD for char in letters) and (
        sum(bool(_RIGHT_TO_LEFT.match(chr(char.code))) for char in letters) * 2 > len(letters)
    )
    start, (_, _, last_x0, _, last_y) = 0, letters[0]
    for place, (code, _, x0, _, y) in enumerate(chars):
        if code in BLANKS:
            continue
        if abs(y - last_y) > 0.8 * size or (x0 < last_x0 - 3 * size and not leftward):
            yield chars[start:place]
            start = place
        last_x0, last_y = x0, y
    yield chars[start:]


def _line(layer: TextLayer, chars: list[Char], number: int) -> Line | None:
    """One line with its type and cells; None when nothing is printed."""
    letters = [char for char in chars if char.code not in BLANKS]
    if not letters:
        return None
    size, bold, italic, font, upright = _type(layer, letters)
    baseline = round(Counter(map(_BASELINE, letters)).most_common(1)[0][0], 1) if upright else letters[-1].y
    text, cells, marks = _text(layer, chars, size, baseline)
    if not text:
        return None
    if _LONE_LETTER.match(text) and _DINGBATS.search(layer.font(letters[0].at)[0]):
        text, cells = "•" + text[1:], ()
    text = undoubled(text)
    note = _is_note(layer, letters, size, baseline) if upright else False
    if (
        upright
        and (bracketed := _BRACKETED_MARK.match(text))
        and _is_note(layer, letters[1:], size, baseline)
    ):
        note, text, marks = True, f"{plain_mark(bracketed[1])} {text[bracketed.end() :]}", ()
    if note and (
        glued := _GLUED_MARK.match(text)
    ):  # "1Resources": the note's own sign, raised, and its first word
        text, marks = f"{glued[0]} {text[glued.end() :]}", tuple(map(_moved_on, marks))
    x0, x1 = min(char.x0 for char in letters), max(char.x1 for char in letters)
    if not upright:
        ys = [char.y for char in letters]
        return Line(
            number, text, x0, min(ys) - size, x1, max(ys) + size, size, bold, italic, font, cells, True
        )
    return Line(
        number, text, x0, baseline - ASCENT * size, x1, baseline + DESCENT * size, size, bold, italic, font, cells,
        marked=note,
        tag=layer.tag(letters),
        marks=marks,
    )  # fmt: skip


def _moved_on(mark: NoteMark) -> NoteMark:
    """The mark one place further."""
    return NoteMark(mark.place + 1, mark.text)


def _is_note(layer: TextLayer, letters: list[Char], size: float, baseline: float) -> bool:
    """The line begins with a small raised mark, as footnotes do."""
    first = letters[0]
    if not (chr(first.code).isdigit() or chr(first.code) in "*†‡§"):
        return False
    return baseline - first.y > RAISED_BY * size and layer.size(first.at)[0] < RAISED_SIZE * size


def _type(layer: TextLayer, letters: list[Char]) -> tuple[float, bool, bool, str, bool]:
    """(size, heavy, italic, font, upright) of the line, from a few of its letters and digits."""
    wordy = [char for char in letters if chr(char.code).isalnum()] or letters
    step = max(1, len(wordy) // _SAMPLES)
    looked = [(layer.size(char.at), layer.font(char.at)) for char in wordy[::step][: _SAMPLES + 1]]
    size = max(
        Counter(round(size, 2) for (size, _), _ in looked).items(), key=lambda item: (item[1], item[0])
    )[0]
    bold, italic = (all(font[place] for _, font in looked) for place in (1, 2))
    font = Counter(font[0] for _, font in looked).most_common(1)[0][0]
    upright = sum(upright for (_, upright), _ in looked) * 2 > len(looked)
    return max(size, 0.5), bold, italic, font, upright


def _text(
    layer: TextLayer, chars: list[Char], size: float, baseline: float
) -> tuple[str, tuple[Cell, ...], tuple[NoteMark, ...]]:
    """The text without signs of notes, its cells when it has several, and the signs with their places in the text."""
    chars = _spaced_closed(layer, _without_narrow_blanks(layer, _with_soft_hyphens(layer, chars), size))
    chars = _with_number_signs(layer, chars, size, baseline)
    text = "".join(chr(char.code) for char in chars)
    found = list(find_figures(text, lambda place: _height(layer, chars[place], size, baseline)))
    signs = [(figure.start, figure.end) for figure in found if figure.text is None]
    signs += _raised_letters(layer, text, chars, size, baseline)
    gone = {place for span in signs for place in range(*span)}
    printed = list(chars)
    for figure in found:
        for place, sign in enumerate(figure.text or "", figure.start):
            printed[place] = Char(ord(sign), *chars[place][1:])
    kept = _with_hyphen_closed([char for place, char in enumerate(printed) if place not in gone], size)
    cells = _cells(kept, size)
    whole = " ".join(cell.text for cell in cells).strip()
    marks = [
        mark
        for start, end in sorted(signs)
        for mark in marks_in(text[start:end], place_after(whole, _printed(chars[:start], gone)))
    ]
    return whole, tuple(cells) if len(cells) > 1 else (), tuple(marks)


def _with_number_signs(layer: TextLayer, chars: list[Char], size: float, baseline: float) -> list[Char]:
    """A raised "o" behind a lone "n", or before a number where pdfium parts the line there, as the sign of a number."""
    text = "".join(chr(char.code) for char in chars)
    raised = [
        match.start()
        for match in _NUMBER_LETTER.finditer(text)
        if _height(layer, chars[match.start()], size, baseline) > 0
    ]
    return (
        [Char(_NUMBER_SIGN, *char[1:]) if place in raised else char for place, char in enumerate(chars)]
        if raised
        else chars
    )


def _printed(chars: list[Char], gone: set[int]) -> int:
    """How many characters are kept and no blanks."""
    return sum(char.code not in BLANKS and place not in gone for place, char in enumerate(chars))


def _with_soft_hyphens(layer: TextLayer, chars: list[Char]) -> list[Char]:
    """Soft hyphens inside of a line as the hyphens that are printed for them; those without width are not printed."""
    last = max((place for place, char in enumerate(chars) if char.code not in BLANKS), default=0)
    return [
        Char(_HYPHEN, *char[1:]) if char.code == _SOFT_HYPHEN and place < last else char
        for place, char in enumerate(chars)
        if char.code != _SOFT_HYPHEN or place == last or layer.has_width(char.at)
    ]


def _without_narrow_blanks(layer: TextLayer, chars: list[Char], size: float) -> list[Char]:
    """Without blanks for which there is no room between their letters: writers move back over them ("NO TE").

    The letters touch, and the second begins where the blank does: in type whose letters are set tight, they only touch.
    """
    narrow = {
        place
        for place in range(1, len(chars) - 1)
        if chars[place].code in BLANKS
        and _touch(chars[place - 1], chars[place + 1], size)
        and layer.advance(chars[place].at, chars[place + 1].at) < NO_ROOM * size
    }
    return [char for place, char in enumerate(chars) if place not in narrow] if narrow else chars


def _touch(left: Char, right: Char, size: float) -> bool:
    """Two letters on one baseline, the second to the right of the first, with no more between them than inside of words."""
    if left.code in BLANKS or right.code in BLANKS or abs(left.y - right.y) > 0.1 * size:
        return False
    return -OVERLAP * size < right.x0 - left.x1 < NO_ROOM * size and right.x0 > left.x0


def _spaced_closed(layer: TextLayer, chars: list[Char]) -> list[Char]:
    """Letter-spaced type without the blanks between its letters; those between its words are known by their width."""
    text = "".join(chr(char.code) for char in chars)
    if not _SPACED_OUT.fullmatch(text.strip()):
        return chars
    letters = [layer.char(char.code, char.at) or char for char in chars if char.code not in BLANKS]
    gaps = [second.x0 - first.x1 for first, second in pairwise(letters)]
    wide = _WORD_GAP * median(gaps)
    spaced = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        spaced.extend([Char(_BLANK, letter.at, 0.0, 0.0, 0.0)] if gap > wide else [])
        spaced.append(letter)
    return spaced


def _raised_letters(
    layer: TextLayer, text: str, chars: list[Char], size: float, baseline: float
) -> list[tuple[int, int]]:
    """The spans of single raised letters at the ends of words: signs of notes, but for the endings of ordinals."""
    return [
        match.span()
        for match in _END_LETTER.finditer(text)
        if baseline - chars[match.start()].y > RAISED_BY * size
        and _height(layer, chars[match.start()], size, baseline) > 0
        and _height(layer, chars[match.start() - 1], size, baseline) == 0
    ]


def _cells(kept: list[Char], size: float) -> list[Cell]:
    """The parts between wide gaps; [] when nothing is printed."""
    cells, start, last = [], 0, None
    for place, char in enumerate(kept):
        if char.code in BLANKS:
            continue
        behind_blank = place > 0 and kept[place - 1].code in BLANKS
        if last is not None and behind_blank and char.x0 - last.x1 > CELL_GAP * size:
            cells.append(_cell(kept[start:place]))
            start = place
        last = char
    if last is None:
        return []
    return [*cells, _cell(kept[start:])]


def _with_hyphen_closed(chars: list[Char], size: float) -> list[Char]:
    """Without the blank that pdfium puts before a hyphen at the end of a widely spaced line."""
    end = len(chars)
    while end and chars[end - 1].code in BLANKS:
        end -= 1
    if end < 3 or chars[end - 1].code not in _HYPHENS or chars[end - 2].code not in BLANKS:
        return chars
    before = chars[end - 3]
    near = chars[end - 1].x0 - before.x1 < HYPHEN_GAP * size
    return [*chars[: end - 2], chars[end - 1]] if near and chr(before.code).isalpha() else chars


def _cell(chars: list[Char]) -> Cell:
    """The cell that these characters make."""
    letters = [char for char in chars if char.code not in BLANKS]
    text = "".join(chr(char.code) for char in chars)
    return Cell(" ".join(text.split(" ")).strip(), letters[0].x0, letters[-1].x1)


def _height(layer: TextLayer, char: Char, size: float, baseline: float) -> int:
    """1 for a character that is small and stands higher than its line, -1 for a lowered one, else 0."""
    measured = layer.char(char.code, char.at) or char
    up = baseline - measured.y
    if (
        not (up > RAISED_BY * size or up < -_LOWERED_BY * size)
        or layer.size(char.at)[0] >= RAISED_SIZE * size
    ):
        return 0
    return 1 if up > 0 else -1
