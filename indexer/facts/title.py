"""The title printed on the cover or above the text: found by the size and weight of its type and by its place.

What a house prints on all its documents (its own name, "Distr.", session, agenda item, running heads) is no title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.facts.bodies import hangs, is_body, is_known_body, opens_body
from indexer.facts.date_grammar import find_dates
from indexer.facts.front import COVER_LINES, first_page, folded, lines_on, running_lines
from indexer.facts.symbols import SYMBOL
from indexer.reading.reading import Front, FrontLine

LONGEST = 400  # characters
_PAGES = 3  # pages on which a title may stand, from the first with letters
_SAME_SIZE = 0.06  # share by which the type of the lines of a title may differ
_LARGE, _NEARLY = (
    1.25,
    0.7,
)  # times the body: type of titles; times the title's: type of a part set smaller below it
_PITCH, _COVER_PITCH = (
    1.75,
    2.6,
)  # type sizes from line to line within a title, the second on pages of few lines
_PART_OF_BODY = 0.6  # times the type of the body's name
_FEW_LINES = 14  # of a first page on which parts of a title may stand apart in smaller type
_HANGING_SIZE, _HANGING_PITCH = 0.35, 1.2
"""Times the type of a title: a part of its sentence set smaller above or below it, and the gap between; covers put key words large."""
_JOINING = re.compile(
    r"(?i)^(?:in|of|for|on|and|to|with|from|within|between|among|through|towards?|the|de|du|des|del|en|et|y|für|und|im|in der|zur?)\s"
)
_LOW, _NOT_MUCH_SMALLER = 0.5, 0.75
"""Of the height of a page of text: below it stands a heading, where there is a group not much smaller above."""
_PROSE_WORDS = 12  # with a full stop behind them: the first paragraph below a heading, no part of a title
CITE_AS = re.compile(
    r"^\W*(?:recommended|suggested|preferred) citation\b|^\W*(?:please )?cite (?:this \w+ )?as\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"](?P<title>[^“”\"]{12,300}?)[,.]?[”\"]")
_LINES_CITED = 6
_OFF_CENTRE = 0.04  # of the width of the page
_SECTION = re.compile(
    r"^(?:contents|table of contents|(?:executive )?summary|abstract|introduction|foreword|preface|acknowledge?ments?|annex(?:es)?|"
    r"appendix|background|key (?:points|messages|findings)|highlights|overview|about .*|note|disclaimer|sommaire|table des matières|"
    r"résumé|avant-propos|índice|resumen|prólogo|inhalt(?:sverzeichnis)?|zusammenfassung|vorwort|page|abbreviations|chapter \w+|part \w+)"
    r"[\s.:]*$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^(?:[IVXLC]+\.|\d+(?:\.\d+)*\.?|[A-Z]\.|Article \d+|\([a-z\d]+\))\s")
_MASTHEAD = re.compile(
    r"^(?:distr(?:\.|ibution)|original\s?:|english|french|spanish|united nations$|nations unies$|naciones unidas$|"
    r"official records|documents officiels|supplement no|.{3,40} session$|.{3,25} year$|(?:provisional )?agenda items?\b|items? \d+.*|"
    r"points? \d+.*ordre du jour.*|session de \d{4}|\d{4} (?:substantive |annual |regular |session).*|\*?\d{6,8}\*?$|"
    r"for (?:immediate )?release|press release|news release|embargo|restricted|unclassified|confidential|limited|"
    r"www\.|https?:|isbn|issn|doi|©|copyright|volume \d|vol\.|no\. ?\d|issue \d|draft$|final$|version [\d.]+$|(?-i:(?:[Bb]y|BY) [A-Z][a-z])|page \d|"
    r"\d{1,2}[:.]\d\d\s?[ap]\.?\s?m\b|(?:mark-?up|hearings?)$|please recycle|advance .*version|corrigendum$|addendum$|(?:annual )?report$|rapporteurs?:|nato standard$|nato unclassified|allied joint publication$|unterrichtung$|antrag$|drucksache\b|.{1,6}wahlperiode|general$|date\s?:|place\s?:)",
    re.IGNORECASE,
)
_GENRE = re.compile(
    r"^(?:(?:policy|issue|research|briefing|working|discussion|occasional|position|white|green|technical|fact|press|news|conference|annual|final|"
    r"progress|summary|country|special)[\s-]*)?(?:brief|paper|report|note|memo|bulletin|newsletter|release|series|sheet|review|letter)s?"
    r"(?:\s*(?:\||no\.?|#)?\s*[\d/,. -]*)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TitleGroup:
    """Lines of one type that stand below each other: their words, the height of the type, where they begin and end."""

    text: str
    size: float
    bold: bool
    page: int
    top: float
    bottom: float
    lines: tuple[str, ...]
    centre: float = 0.0


def find_printed_title(front: Front) -> TitleGroup | None:
    """Return the title printed at the `front` of a paged document; None where no type sets one apart."""
    if not front.height:
        return None
    start = first_page(front)
    running = running_lines(front)
    for page in range(start, start + _PAGES):
        if page > start and (cited := _cited(front)):
            return cited
        lines = [
            line for line in lines_on(front, page) if not line.slanted and any(map(str.isalpha, line.text))
        ]
        best = _best(list(_groups(lines, running)), front, len(lines))
        if best:
            return best
    lines = [line for line in lines_on(front, start) if not line.slanted]
    return _running_title(list(_groups(lines, set())), running) or _last_resort(lines)


def is_one_of_several(group: TitleGroup, front: Front) -> bool:
    """Tell whether lines in the type of a `group` stand on later pages of the `front`, too: it is a heading, no title set apart."""
    words = folded(group.text)
    return any(
        line.page > group.page
        and line.bold == group.bold
        and abs(line.size - group.size) <= 0.1
        and line.size >= _LARGE * front.body_size
        and folded(line.text) not in words
        for line in front.lines
    )


def _running_title(groups: Sequence[TitleGroup], running: set[str]) -> TitleGroup | None:
    """A title that stands at the head of the pages: bold or in capitals there, three words and more."""
    heads = (g for g in groups if folded(g.text, digits=False) in running and _may_be_title(g))
    return next((g for g in heads if (g.bold or g.text.isupper()) and len(g.text.split()) >= 3), None)


def _last_resort(lines: Sequence[FrontLine]) -> TitleGroup | None:
    """What a house prints on many documents, "Annual Report 2021", where it is the largest on a cover that has no other title."""
    if len(lines) > _FEW_LINES:
        return None
    groups = [group for group in _groups(lines, set()) if _GENRE.match(group.text) and group.size > 1]
    largest = max((line.size for line in lines), default=0)
    return next((group for group in groups if group.size >= _NEARLY * largest and len(group.text) > 6), None)


def _cited(front: Front) -> TitleGroup | None:
    """The title between quotation marks below "Recommended citation"."""
    for place, line in enumerate(front.lines):
        if CITE_AS.match(line.text):
            words = " ".join(other.text for other in front.lines[place : place + _LINES_CITED])
            match = _QUOTED.search(words)
            if match:
                return TitleGroup(match["title"], line.size, False, line.page, line.y0, line.y1, (line.text,))
    return None


def _best(groups: Sequence[TitleGroup], front: Front, lines: int) -> TitleGroup | None:
    """The group in the largest type; of several in about the same type the first that is no label."""
    fitting = [group for group in groups if _may_be_title(group)]
    set_apart = [
        g
        for g in fitting
        if g.size >= _LARGE * front.body_size or (g.bold and g.size >= 1.08 * front.body_size)
    ]
    if not set_apart:
        return _in_capitals(fitting, front)
    largest = max(group.size for group in set_apart)
    same = [group for group in set_apart if group.size >= (1 - _SAME_SIZE) * largest]
    if lines > COVER_LINES and same[0].top > _LOW * front.height:
        above = (g for g in set_apart if g.bottom < same[0].top and g.size >= _NOT_MUCH_SMALLER * largest)
        same = [*above, *same]
    chosen = _with_report_of_body(same[0], fitting)
    if lines > _FEW_LINES:
        return chosen
    return _with_smaller_part(_with_hanging_parts(chosen, fitting), fitting)


def _with_hanging_parts(group: TitleGroup, groups: Sequence[TitleGroup]) -> TitleGroup:
    """A title whose sentence begins or goes on in smaller type: "THE IMPACTS OF SALT ON" above "HUMAN HEALTH", "IN THE PORT" below it."""
    size = group.size
    for other in reversed(groups):
        near = 0 <= group.top - other.bottom <= _HANGING_PITCH * size
        if near and other.size >= _HANGING_SIZE * size and hangs(other.text):
            lines = other.lines + group.lines
            group = replace(group, text=f"{other.text} {group.text}", top=other.top, lines=lines)
    for other in groups:
        near = 0 <= other.top - group.bottom <= _HANGING_PITCH * size
        goes_on = hangs(group.text) or (
            _JOINING.match(other.text) and other.text.isupper() == group.text.isupper()
        )
        if near and _HANGING_SIZE * size <= other.size and goes_on and not find_dates(other.text):
            lines = group.lines + other.lines
            text = f"{group.text} {other.text}"
            group = replace(group, text=text, size=other.size, bottom=other.bottom, lines=lines)
    return group


def _with_report_of_body(group: TitleGroup, groups: Sequence[TitleGroup]) -> TitleGroup:
    """A title that is the name of a body alone, with what is set a little smaller right below it: the body's report."""
    if not is_body(group.text):
        return group
    below = [g for g in groups if g.top >= group.bottom and g.size >= _PART_OF_BODY * group.size]
    if not below or below[0].top - group.bottom > _COVER_PITCH * group.size:
        return group
    text = f"{group.text}: {below[0].text}"
    return replace(group, text=text, bottom=below[0].bottom, lines=group.lines + below[0].lines)


def _in_capitals(groups: Sequence[TitleGroup], front: Front) -> TitleGroup | None:
    """Of typewritten pages, and of those that set titles bold in the size of the text: the first in capitals or bold."""
    upper = [g for g in groups if g.top < 0.6 * front.height and len(g.text.split()) >= 3]
    told = [group for group in upper if group.bold or group.text.isupper()]
    centred = [group for group in told if abs(group.centre - front.width / 2) <= _OFF_CENTRE * front.width]
    return next(iter(centred or told), None)


def _with_smaller_part(group: TitleGroup, groups: Sequence[TitleGroup]) -> TitleGroup:
    """The title of a cover with the parts set a little smaller right below it."""
    for other in groups:
        near = 0 <= other.top - group.bottom <= _COVER_PITCH * group.size
        prose = other.text.endswith(".") and len(other.text.split()) >= _PROSE_WORDS
        smaller = _NEARLY * group.size <= other.size <= group.size
        if near and smaller and not prose and not find_dates(other.text):
            text = f"{group.text} {other.text}"
            lines = group.lines + other.lines
            group = replace(group, text=text, size=other.size, bottom=other.bottom, lines=lines)
    return group


def _groups(lines: Sequence[FrontLine], running: set[str]) -> Iterator[TitleGroup]:
    """Lines of the same type below each other, from the top; running heads apart from the rest are left out."""
    pitch = _COVER_PITCH if len(lines) <= _FEW_LINES else _PITCH
    open_groups: list[list[FrontLine]] = []
    for line in lines:
        if folded(line.text, digits=False) in running and line.size < 12:
            continue
        fitting = (group for group in reversed(open_groups) if _continues(group[-1], line, pitch))
        group = next(fitting, None)
        if group is None:
            open_groups.append([line])
        else:
            group.append(line)
    yield from map(_group, open_groups)


def _continues(last: FrontLine, line: FrontLine, pitch: float) -> bool:
    """Whether a line goes on below another: the same type, near, and not beside it."""
    alike = abs(line.size - last.size) <= _SAME_SIZE * last.size + 0.1 and line.bold == last.bold
    step = line.y1 - last.y1
    overlaps = min(line.x1, last.x1) - max(line.x0, last.x0) > 0
    labels = _MASTHEAD.match(line.text) or _GENRE.match(last.text)
    pitch = max(pitch, _COVER_PITCH) if hangs(last.text) else pitch
    labelled = labels and not _GENRE.match(f"{last.text} {line.text}")  # "ANNUAL" above "REPORT"
    return alike and overlaps and 0.4 * last.size < step <= pitch * last.size and not labelled


def _group(lines: Sequence[FrontLine]) -> TitleGroup:
    """Lines as one text."""
    text = " ".join(line.text.strip() for line in lines).strip()
    text = re.sub(r"(?<=\w)- (?=[a-z])", "", text).rstrip("*∗†‡ ")
    first, last = lines[0], lines[-1]
    centre = (min(line.x0 for line in lines) + max(line.x1 for line in lines)) / 2
    return TitleGroup(
        text,
        first.size,
        first.bold,
        first.page,
        first.y0,
        last.y1,
        tuple(line.text for line in lines),
        centre,
    )


def _may_be_title(group: TitleGroup) -> bool:
    """No label, no name of a body, no heading of a section, no paragraph of the text."""
    text = group.text
    letters = sum(map(str.isalpha, text))
    if text.endswith(":") or not 4 <= letters <= LONGEST or len(text) > LONGEST or (len(group.lines) > 8):
        return False
    if _SECTION.match(text) or _NUMBERED.match(text) or _MASTHEAD.match(text) or _GENRE.match(text):
        return False
    rest = SYMBOL.sub("", text)
    for found in reversed(find_dates(rest)):
        rest = rest[: found.start] + rest[found.end :]
    return sum(map(str.isalpha, rest)) > 3 and not _names_bodies(group)


def _names_bodies(group: TitleGroup) -> bool:
    """Whether all lines are names of bodies, those that go on in the next one with it; in several lines a title may name one."""
    if len(group.lines) == 1 or is_known_body(group.text):
        return is_body(group.text)
    names: list[str] = []
    for line in group.lines:
        if names and opens_body(names[-1]):
            names[-1] = f"{names[-1]} {line}"
        else:
            names.append(line)
    return all(map(is_body, names)) and (len(names) > 1 or opens_body(group.lines[0]))
