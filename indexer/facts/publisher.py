"""The body that issued a document: by its imprint, by the beginning of its symbol, by the copyright line, by its name on the cover."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.facts.bodies import body_of_symbol, is_body, is_known_body
from indexer.facts.front import COVER_LINES, first_page, folded, lines_on, unspaced
from indexer.facts.title import CITE_AS
from indexer.reading.reading import Front

_IMPRINT = re.compile(
    r"^\W*(?:(?:(?:this|the) (?:\w+ )?(?:report|publication|document|study|paper|guide|booklet|brochure|volume) (?:was|is|has been) )?"
    r"(?:(?:co-?)?(?:published|produced|issued) by|publication by|publisher\s?:|publi[ée]e? par|[ée]diteur\s?:|herausgegeben von|"
    r"herausgeber(?:in)?\s?:|publicado por|editado por|editor responsable\s?:|edito da|uitgegeven door))\s*:?\s*(?P<name>.*)$",
    re.IGNORECASE,
)
_PREPARED = re.compile(
    r"^\W*(?:prepared|submitted|compiled|commissioned|created) (?:by|for)\s*:?\s*(?P<name>.*)$", re.IGNORECASE
)
_PRESS = re.compile(
    r"(?:^|[ap]m\s|\d{4}\s)\W*(?:(?:press|news|media) (?:release|statement)s?|speech|statement)\s?(?:[:–—]|by|from)\s*(?P<name>[A-Z][^:|;]{2,80}?)\s*$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)[\s©,:]*(?:(?:19|20)\d\d[\s\d,–-]*)?(?:by\s+)?(?P<name>[A-Z][\w&’'.-]*(?: [\w&’'/.-]+){0,9}?)"
    r"(?=\s*(?:[,.;|]|$|\(?(?:19|20)\d\d|all rights|this (?:work|publication)))",
    re.IGNORECASE,
)
_PERSON_OR_PART = re.compile(
    r"^(?:the )?(?:authors?|editors?|contributors?|all|act|cover|photo|shutterstock|istock|getty|rights|notice|law|and)\b",
    re.I,
)
_ARTICLE = re.compile(r"^the ", re.IGNORECASE)
_ABSTRACT = re.compile(r"^(?:abstract|summary|résumé|resumen|zusammenfassung|keywords?)\b", re.IGNORECASE)
_LEAST = 3  # letters of a name


def find_publisher(front: Front, identifiers: Sequence[str], title: str | None) -> str | None:
    """Return the body that issued a document, as printed at its `front` or told by its first symbol; None where neither tells it."""
    symbols = [body for symbol in identifiers if (body := body_of_symbol(symbol))]
    chosen = next(_named(front, _IMPRINT), None) or next(iter(symbols), None) or _by_press(front)
    if chosen:
        return chosen
    skipped = folded(title or "")
    return (
        _on_cover(front, skipped)
        or _by_citation(front)
        or _by_copyright(front)
        or _running_body(front, skipped)
        or next(_named(front, _PREPARED), None)
    )


def _named(front: Front, label: re.Pattern[str]) -> Iterator[str]:
    """The names of bodies behind a label, in its line or in the next one."""
    lines = front.lines if front.height else ()
    for place, line in enumerate(lines):
        match = label.match(line.text)
        if not match:
            continue
        below = next((other.text for other in lines[place + 1 :] if other.page == line.page), "")
        name = _ARTICLE.sub("", _tidy(match["name"] or below))
        if is_body(name) or (
            label is _IMPRINT and name[:1].isupper() and len(name.split()) <= 8 and _is_name(name)
        ):
            yield in_title_case(name)


def _by_press(front: Front) -> str | None:
    """The body whose press release a short text is, by its own words."""
    for line in front.lines:
        match = _PRESS.search(line.text)
        if match and _is_name(match["name"]) and len(match["name"].split()) <= 9:
            return _tidy(match["name"])
    return None


def _by_citation(front: Front) -> str | None:
    """The body with which the citation begins that a document asks for."""
    for place, line in enumerate(front.lines[:-1]):
        if CITE_AS.match(line.text):
            name = re.split(r",|\.\s|\(|\d{4}", front.lines[place + 1].text, maxsplit=1)[0].strip()
            if is_body(name):
                return name
    return None


def _by_copyright(front: Front) -> str | None:
    """Who holds the rights, where a line of the first or last pages says so and it is no person or sentence."""
    for line in front.lines:
        match = _COPYRIGHT.search(line.text)
        name = _tidy(match["name"]) if match else ""
        if name[:1].isupper() and _is_name(name) and (is_body(name) or is_known_body(name)):
            return in_title_case(name)
    return None


def _on_cover(front: Front, title: str) -> str | None:
    """The first name of a body that stands alone in a line of the first page; the known ones before others."""
    if not front.height:
        return None
    lines = [line.text for line in lines_on(front, first_page(front)) if not line.slanted]
    named = [text for text in lines if is_body(unspaced(text)) and folded(text) not in title]
    known = [text for text in named if is_known_body(text)]
    if any(map(_ABSTRACT.match, lines)) and len(lines) > COVER_LINES:
        named = known  # others are where the authors work
    return next((in_title_case(_tidy(text)) for text in known or named), None)


def _running_body(front: Front, title: str) -> str | None:
    """A body named at the head or foot of several pages."""
    pages: dict[str, set[int]] = {}
    shown: dict[str, str] = {}
    for line in front.lines:
        edge = front.height and (line.y0 < 0.12 * front.height or line.y1 > 0.88 * front.height)
        text = _tidy(line.text)
        if edge and is_body(text) and folded(text) not in title:
            pages.setdefault(folded(text), set()).add(line.page)
            shown[folded(text)] = text
    return next((in_title_case(shown[name]) for name, where in pages.items() if len(where) > 1), None)


def _tidy(name: str) -> str:
    """A name without what stands around it."""
    return re.sub(r"\s+", " ", name).strip(" *,.|•·–-:[]()")


def _is_name(name: str) -> bool:
    """Letters enough, and no person or part of a sentence."""
    return sum(map(str.isalpha, name)) >= _LEAST and not _PERSON_OR_PART.match(name)


def in_title_case(name: str) -> str:
    """Return a name that is printed in capitals alone with small letters, acronyms of up to five letters as they are.

    >>> in_title_case("PEW RESEARCH CENTER"), in_title_case("OECD")
    ('Pew Research Center', 'OECD')
    """
    if not name.isupper() or len(name.split()) < 2:
        return name
    small = {
        "of",
        "the",
        "and",
        "for",
        "on",
        "in",
        "to",
        "de",
        "la",
        "et",
        "des",
        "du",
        "del",
        "der",
        "für",
        "y",
    }
    words = [word.casefold() if word.casefold() in small else word.capitalize() for word in name.split()]
    return " ".join([words[0].capitalize(), *words[1:]])
