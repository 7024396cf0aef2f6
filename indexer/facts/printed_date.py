"""The date printed on a document: below "Distr.", on the cover, in a dateline, in the imprint; never that of an event.

Every line that states a date says by what else stands in it how far that is the document's own; the surest one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.facts.date_grammar import FoundDate, find_dates, find_years
from indexer.facts.front import COVER_LINES, first_page, lines_on, unspaced
from indexer.facts.symbols import SYMBOL
from indexer.reading.reading import Front, FrontLine

# How sure a date is that stands so; a page further back costs BACK, a coarser date COARSE for each part it lacks.
DISTRIBUTED, LABELLED, DATELINE, ALONE, COPYRIGHT, ENDING = 120, 100, 90, 80, 40, 30
BACK, LAST_BACK, COARSE = 8, 42, 3
_DISTR = re.compile(r"\bdistr(?:\.|ibution)?\b", re.IGNORECASE)
_BELOW = 7.0  # lines of type between "Distr." and the date below it
_LABEL = re.compile(
    r"(?:\bfor (?:immediate )?release\b|\breleased?\b(?: date| on)?|\bpublish(?:ed|ing)?\b(?: date| on| in)?|\bpublication(?: date)?\b|"
    r"\b(?:date of )?(?:issue|publication)\b|\bissued?\b(?: date| on)?|\bposted\b(?: on)?|\bdated?\b\s*:|^date\b|\brevised\b|\bversion\b|"
    r"\bdate de publication\b|\bpubli[ée]e? le\b|\bparu le\b|\bfecha(?: de publicaci[oó]n)?\b|\bpublicado(?: el)?\b|\bstand\b\s*:?|"
    r"\berscheinungsdatum\b|\bver[öo]ffentlicht(?: am)?\b|\bdatum\b|\bdata\b\s*:|\bпубликация\b|\bдата\b)",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\b(?:received|accepted|submitted|accessed|retrieved|visited|updated?|modified|last|due|expires?|deadline|valid|effective|"
    r"as of|as at|ended|ending|held|session|meeting|dated|adopted|since|until|through|born|died|resolution|letter|see|period|"
    r"consult[ée]e?|mise? [àa] jour|actualizado|abgerufen|aktualisiert|tenue?|celebrad[oa]|downloaded|printed on|convened|conference|"
    r"reissued|corrected|embargo(?:ed)? until|approved|amended|entered|copyright act|act|law|treaty|convention|agreement|directive)\b",
    re.IGNORECASE,
)
_SEASON = r"\b(?:spring|summer|autumn|fall|winter|printemps|été|automne|hiver|primavera|verano|otoño|invierno|frühjahr|sommer|herbst)\b"
_COPYRIGHT = re.compile(r"©|\(c\)\s|\bcopyright\b|\ball rights reserved\b", re.IGNORECASE)
_AROUND = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:mon|tue|wed|thu|fri|sat|sun)\b|\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|"
    r"\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|montag|dienstag|"
    r"mittwoch|donnerstag|freitag|samstag|sonntag|original|english|french|spanish|general|english only|gmt|utc|le|den|on|the|am)\b|"
    rf"{_SEASON}|"
    r"\b(?:no|nr|n°|vol|volume|issue|number|nº|version)\b\.?\s*[\d.]+|\[[\w.]+\]|\b[Vv]\.?\d[\d.]*[a-z]?\b|\+\d{4}",
    re.IGNORECASE,
)
# A place before or behind a date: "Geneva, 15 July 2025", "22 September 2009, New York".
_PLACE = r"[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,3}(?:, ?[\w.’' -]{2,25})?"
_PLACE_BEFORE, _PLACE_BEHIND = (
    re.compile(rf"^\W*{_PLACE}\s*[,•·|:–—(-]?\W*$"),
    re.compile(rf"^\W*[,•·|–—-]\s*{_PLACE}\W*$"),
)
_OPENING = re.compile(rf"^\W*(?P<place>{_PLACE})\s*[,(:–—-]\s*$")
_FEW_LETTERS, _SHORT_LINE, _ENDING_LINE = 3, 110, 160
_AS_DIGIT = re.compile(r"(?<!\w)[lI|](?=\d\s)")  # how OCR reads a 1 in typewritten days
_EDGE = 0.12  # of the height of a page: above and below stand running heads and feet


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that may be the document's own: ISO 8601 at its printed precision, and how sure that is."""

    iso: str
    weight: float


def find_printed_date(front: Front, language: str | None = None) -> str | None:
    """Return the date printed at the `front` as the document's own, as ISO 8601; None where none is."""
    start = first_page(front)
    best: Dated | None = None
    for line in front.lines:
        for dated in _weighed(line, front, language):
            back = LAST_BACK if line.page == front.last else BACK * (line.page - start)
            weight = dated.weight - back - COARSE * (10 - len(dated.iso)) / 3
            if best is None or weight > best.weight:
                best = Dated(dated.iso, weight)
    return best.iso if best else None


def _weighed(line: FrontLine, front: Front, language: str | None) -> Iterator[Dated]:
    """The dates of a line with how sure they are."""
    text = _AS_DIGIT.sub("1", unspaced(line.text))
    dates = find_dates(text, language)
    only_events = all(found.is_range for found in dates) and _COPYRIGHT.search(text)
    for found in find_years(text) if not dates or only_events else dates:
        weight = 0 if found.is_range else _weight(found, text, line, front)
        if weight:
            yield Dated(found.iso, weight)


def _weight(found: FoundDate, text: str, line: FrontLine, front: Front) -> int:
    """How sure it is that this date is the document's own; 0 for one that is not."""
    before, behind = text[: found.start], text[found.end :]
    rest = _AROUND.sub(" ", SYMBOL.sub(" ", f"{before} {behind}"))
    is_year = len(found.iso) == 4
    if _COPYRIGHT.search(text):
        return COPYRIGHT if is_year or _is_bare(rest) else 0
    if (_DISTR.search(before) and len(text) <= _SHORT_LINE) or (
        _is_bare(rest) and not is_year and _stands_below_distr(line, front)
    ):
        return DISTRIBUTED
    if _NOT_OURS.search(rest):
        return 0
    label = _LABEL.search(before) or _LABEL.search(behind[:30])
    if label and len(_LABEL.sub("", rest).split()) <= 6 and len(text) <= _SHORT_LINE:
        return LABELLED
    if text.rstrip().endswith(",") or _AROUND.sub("", SYMBOL.sub("", before)).lstrip()[:1].islower():
        return 0  # a sentence goes on
    if _stands_in_text(line, front):
        return 0
    if _is_bare(rest):
        return ALONE if not is_year or _is_cover_line(line, front) else 0
    if (
        len(text) <= _SHORT_LINE
        and not text.rstrip().endswith(".")
        and _has_place(before, behind)
        and (not is_year or _is_cover_line(line, front))
    ):
        return ALONE - 2
    if (
        not is_year
        and _OPENING.match(before)
        and before[:1].isupper()
        and len(before) < 50
        and len(found.iso) == 10
    ):
        return DATELINE
    ends = not behind.strip(" *)") and len(text) <= _ENDING_LINE and not front.height and len(found.iso) == 10
    return ENDING if ends else 0


def _is_bare(rest: str) -> bool:
    """Hardly any letter stands beside the date."""
    return (
        sum(char.isalpha() for char in rest) <= _FEW_LETTERS
        and sum(char.isdigit() for char in rest) <= _FEW_LETTERS
    )


def _has_place(before: str, behind: str) -> bool:
    """Beside the date stands a place and nothing else."""
    names = [part for part in (before, behind) if any(map(str.isalpha, part))]
    if len(names) != 1 or not any(word[:1].isupper() for word in names[0].split()):
        return False
    return bool(_PLACE_BEFORE.match(before) if names[0] is before else _PLACE_BEHIND.match(behind))


def _is_cover_line(line: FrontLine, front: Front) -> bool:
    """Whether a bare year may date the document: on a page of few lines, as on a cover or a title page."""
    if not front.height:
        return False
    of_issue = re.search(rf"(?i)\b(?:no|nr|n°|vol|volume|issue|nº)\b\.? ?\d|{_SEASON}", line.text)
    return bool(of_issue) or sum(other.page == line.page for other in front.lines) <= COVER_LINES


def _stands_in_text(line: FrontLine, front: Front) -> bool:
    """Whether a line stands amid the text of a page behind the first, all in figures or among more dates: those of tables and lists."""
    if not front.height or line.page in (first_page(front), front.last):
        return False
    amid = _EDGE * front.height < line.y0 and line.y1 < (1 - _EDGE) * front.height
    others = lines_on(front, line.page) if amid else []
    if len(others) <= COVER_LINES:
        return False
    own = {found.iso for found in find_dates(line.text)}
    return not any(map(str.isalpha, line.text)) or any(
        found.iso not in own for other in others for found in find_dates(other.text)
    )


def _stands_below_distr(line: FrontLine, front: Front) -> bool:
    """Whether "Distr." stands a few lines above, at about the same left edge or in the same column."""
    return any(
        other.page == line.page
        and 0 <= line.y0 - other.y0 <= _BELOW * max(line.size, 6.0)
        and other.x1 > line.x0 - 20
        and _DISTR.search(other.text)
        for other in _above(front.lines, line)
    )


def _above(lines: Sequence[FrontLine], line: FrontLine) -> Iterator[FrontLine]:
    """The lines of a page that begin above a line."""
    return (other for other in lines if other.page == line.page and other.y0 < line.y0)
