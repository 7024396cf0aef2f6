"""What stands with a quotation in a draft and says where it is from: notes, brackets, links, keys, and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from search.drafts.quotations import Block, Quotation, attribution_place
from search.drafts.stated_keys import named_entries
from search.drafts.stated_parts import Cited, read_cited

_END = re.compile(
    r"(?<!\bp)(?<!\bpp)(?<!\bpara)(?<!\bparas)(?<!\bNo)(?<!\bNos)(?<!\bvol)(?<!\bch)(?<!\bart)(?<!\bsec)(?<!\bcf)(?<!\bed)"
    r"(?<!\bibid)(?<!\bIbid)(?<!\bcit)(?<!\bop)(?<!\bal)(?<!\bAdd)(?<!\bRev)(?<!\bCorr)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bS)"
    r"(?<!\bAbs)(?<!\bNr)(?<!\bpág)(?<!\bpárr)(?<!\b[A-Z])[.!?][\"'”’»)\]]*\s+(?=[\"“„«(\[]?[^\W\da-z_])"
)
_ATTACHED = re.compile(
    r"[\s.,;:!?…”\"’»]*(?:[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]]|[\u2012-\u2015]{1,2}\s*[^\n]+)"
)
_SOURCE_LINE = re.compile(r"\s*(?:[\u2012-\u2015]|--?|Source|Quelle|Fuente|\()", re.IGNORECASE)
_ENTRY_HEADING = re.compile(
    r"(?:list of )?(?:references|bibliography|works cited|sources|literature|literatur(?:verzeichnis)?|quellen|bibliographie"
    r"|bibliografía|referencias|références|литература|источники)\W*",
    re.IGNORECASE,
)
_NOTES_HEADING = re.compile(
    r"(?:foot|end)?notes?\W*|anmerkungen\W*|fußnoten\W*|notas\W*|примечания\W*", re.IGNORECASE
)
_NUMBERED = re.compile(r"\[?(\d{1,3})[\].)]?\s+(?=\S)")
_SIGN = re.compile(r"\[(\d{1,3})(?:,\s*([^\]]{2,40}))?\]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LONGEST_SOURCE_LINE = 60  # words of a paragraph behind a block quotation that says where it is from


@dataclass(frozen=True, slots=True)
class Stated:
    """What is stated with a quotation. `near` is attached to it, `before` stands in the sentence before it."""

    near: tuple[Cited, ...] = ()
    before: tuple[Cited, ...] = ()


@dataclass(slots=True)
class References:
    """The notes of a draft by key and in order, the entries of its list of references, and those of lists beside it."""

    notes: dict[str, str] = field(default_factory=dict)
    note_links: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    entries: list[str] = field(default_factory=list)
    keys: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, blocks: Sequence[Block], keys: Mapping[str, str]) -> References:
        """Return those of a draft."""
        found = cls(keys=keys)
        section = ""
        for block in blocks:
            if block.heading or len(block.text.split()) <= 3:
                section = _section(block.text) or ("" if block.heading else section)
            key = block.note
            if key is None and section and (numbered := _NUMBERED.match(block.text)):
                key = numbered[1]
            if key is not None:
                text = (
                    _NUMBERED.sub("", block.text, count=1) if section and block.note is None else block.text
                )
                found.notes[key] = f"{found.notes.get(key, '')} {text}".strip()
                found.note_links.setdefault(key, []).extend(pointer.target for pointer in block.links)
                found.numbers.setdefault(str(len(found.notes)), key)
            elif section == "entries" and not block.heading:
                found.entries.append(block.text)
        return found

    def cited_by_note(self, key: str) -> list[Cited]:
        """Return the references of a note."""
        text = self.notes.get(key)
        if text is None:
            return []
        return [*read_cited(text, self.note_links.get(key, ())), *self.cited_by_keys(text)]

    def cited_by_keys(self, text: str) -> list[Cited]:
        """Return the references that a text names by keys, with the place that it states."""
        found = []
        for place, entry in named_entries(text, self.keys):
            made = read_cited(entry.replace(";", ",")) or [Cited(entry)]
            places = tuple(p for cited in read_cited(place) for p in cited.places)
            found.append(replace(made[0], places=places, text=f"{entry}, {place}".strip(", ")))
        return found


def _section(text: str) -> str:
    """What a heading opens: "entries", "notes", or nothing of the kind."""
    bare = text.strip()
    return "entries" if _ENTRY_HEADING.fullmatch(bare) else "notes" if _NOTES_HEADING.fullmatch(bare) else ""


def find_stated(
    quotation: Quotation, everything: Sequence[Quotation], blocks: Sequence[Block], references: References
) -> Stated:
    """Return what stands with a quotation. `everything` are all quotations of the draft."""
    if quotation.marks == "block":
        return _with_block(quotation, everything, blocks, references)
    block = blocks[quotation.paragraph - 1]
    others = [other for other in everything if other.paragraph == quotation.paragraph]
    following = sorted(other.start for other in others if other.start >= quotation.end)
    ends = [*following, len(block.text)]
    near: list[Cited] = []
    for number, end in enumerate(ends):
        begin = quotation.end if not number else following[number - 1]
        stop = _sentence_end(block.text, begin, end)
        near = _between(
            block, quotation.end if not number else begin, stop, references, inside=quotation.start
        )
        if any(cited.says_something for cited in near) or stop < end:
            break
    if quotation.goes_on and not any(cited.says_something for cited in near):
        rest = next((other for other in everything if other.paragraph == quotation.paragraph + 1), None)
        if rest is not None:
            near = list(find_stated(rest, everything, blocks, references).near)
    return Stated(tuple(near), tuple(_before(quotation, others, block, references)))


def _sentence_end(text: str, begin: int, end: int) -> int:
    """Where the sentence ends in which a place is; what is attached in brackets behind its full stop belongs to it."""
    attached = _ATTACHED.match(text, begin, end)
    start = attached.end() if attached else begin
    found = _END.search(text, max(begin, start - 2), end)
    stop = found.end() if found else end
    behind = _ATTACHED.match(text, stop, end) if found and text[stop : stop + 1] in "([" else None
    return behind.end() if behind else max(stop, start)


def _between(block: Block, begin: int, stop: int, references: References, inside: int) -> list[Cited]:
    """The references in a stretch of a block: its notes first, then its own words. Signs inside the quotation count, too."""
    text = block.text[begin:stop]
    found = [
        cited
        for pointer in block.notes
        if inside < pointer.place <= stop
        for cited in references.cited_by_note(pointer.target)
    ]
    for sign in _SIGN.finditer(text):
        key = (sign[1] or sign[3]).translate(_RAISED)
        stated = read_cited(sign[2] or "")
        for cited in references.cited_by_note(key):
            found.append(replace(cited, places=stated[0].places) if stated and stated[0].places else cited)
    found += references.cited_by_keys(text)
    links = [pointer.target for pointer in block.links if inside < pointer.place <= stop]
    attached = _ATTACHED.match(text)
    said = text[: attached.end()] if attached else ""
    rest = [
        replace(cited, prose=True) for cited in read_cited(text[len(said) :].strip(), [] if said else links)
    ]
    return [*found, *(read_cited(said, links) if said else ()), *rest]


def _before(
    quotation: Quotation, others: Sequence[Quotation], block: Block, references: References
) -> Iterator[Cited]:
    """The references of the sentence in which a quotation begins."""
    first = max((other.end for other in others if other.end <= quotation.start), default=0)
    text = block.text[first : quotation.start]
    ends = [match.end() for match in _END.finditer(text)]
    begin = first + (ends[-1] if ends else 0)
    links = [pointer.target for pointer in block.links if begin < pointer.place <= quotation.start]
    yield from references.cited_by_keys(block.text[begin : quotation.start])
    for cited in read_cited(block.text[begin : quotation.start].strip(), links):
        yield replace(cited, prose=True)


def _with_block(
    quotation: Quotation, everything: Sequence[Quotation], blocks: Sequence[Block], references: References
) -> Stated:
    """What stands with a block quotation: in its last line, in the paragraph behind it, and in the one before."""
    at = quotation.paragraph - 1
    block = blocks[at]
    near = _between(block, quotation.end, len(block.text), references, inside=-1)
    last = at
    while last + 1 < len(blocks) and blocks[last + 1].quoted:
        last += 1
        if not any(cited.says_something for cited in near):
            near += _between(
                blocks[last],
                attribution_place(blocks[last].text),
                len(blocks[last].text),
                references,
                inside=-1,
            )
    behind = blocks[last + 1] if last + 1 < len(blocks) else None
    if behind is not None and not any(cited.says_something for cited in near):
        short = len(behind.text.split()) <= LONGEST_SOURCE_LINE
        if _SOURCE_LINE.match(behind.text) and short:
            near += _between(behind, 0, len(behind.text), references, inside=-1)
    first = at
    while first and blocks[first - 1].quoted:
        first -= 1
    before = blocks[first - 1] if first and not blocks[first - 1].heading else None
    if before is None:
        return Stated(tuple(near))
    said = [other.end for other in everything if other.paragraph == first]  # of the block before
    begin = max((match.end() for match in _END.finditer(before.text)), default=0)
    if any(end >= begin for end in said):
        return Stated(tuple(near))
    lead = _between(before, begin, len(before.text), references, inside=begin - 1)
    return Stated(tuple(near), tuple(lead))
