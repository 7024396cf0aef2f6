"""Plain and Markdown text as the blocks of a draft: paragraphs, items, block quotations, footnotes, and where links lead.

Marks of emphasis go, links and signs of notes leave the words and are kept with their places, so that a quotation holds
nothing but the quoted words. It is no reader of Markdown in full: what it does not know stays as it is typed.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from search.drafts.quotations import Block, Pointer

_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,3}[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+|[ \t]{0,3}(?:```|~~~)")
_QUOTED_LINE = re.compile(r"[ \t]{0,3}((?:>[ \t]?)+)(.*)")
_NOTE_LINE = re.compile(r"[ \t]{0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")
_ADDRESS_LINE = re.compile(r"[ \t]{0,3}\[([^\]^][^\]]*)\]:[ \t]*<?(\S+?)>?(?:[ \t]+[\"'(].*)?[ \t]*")
_NUMBERED_NOTE = re.compile(r"[ \t]*(?:\[(\d{1,3})\]|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))[ \t]*(?=\S)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_INLINE = re.compile(
    r"(?P<escaped>\\[!-/:-@\[-`{-~])"
    r"|(?P<note>\[\^(?P<key>[^\]\s]+)\])"
    r"|(?P<link>!?\[(?P<shown>[^\[\]]*)\]\((?P<url><[^>]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+[\"'][^\"']*[\"'])?\))"
    r"|(?P<named>\[(?P<words>[^\[\]]+)\]\[(?P<name>[^\[\]]*)\])"
    r"|(?P<bare><(?P<address>https?://[^\s<>]+)>)"
    r"|<sup[^>]*>\s*(?:<a[^>]*>)?\s*\[?(?P<raised>\w{1,4})\]?\s*(?:</a>)?\s*</sup>"
    r"|<a\s[^>]*href=[\"'](?P<href>[^\"']+)[\"'][^>]*>"
    r"|(?P<quoted></?q>)"
    r"|(?P<tag></?[a-zA-Z][^<>]*>)"
    r"|(?P<entity>&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]+);)"
    r"|(?P<latex>``|(?<!')''(?!'))"
    r"|(?P<strong>(?<![\w*])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![\w*])|(?<!\w)_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?!\w)|\*\*)"
    r"|(?P<code>`+)"
)


@dataclass(frozen=True, slots=True)
class _Raw:
    """Lines of one block as they are typed. `note` is the key of the footnote that they are."""

    lines: tuple[str, ...]
    quoted: bool = False
    note: str | None = None


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return plain or Markdown text as blocks."""
    lines = re.sub(r"\r\n?|\f", "\n", text).split("\n")
    addresses = {m[1].casefold(): m[2] for line in lines if (m := _ADDRESS_LINE.fullmatch(line))}
    kept = [line for line in lines if not _ADDRESS_LINE.fullmatch(line)]
    blocks = [_block(raw, addresses) for raw in _raw_blocks(kept)]
    return tuple(block for block in blocks if block.text)


def _raw_blocks(lines: Sequence[str]) -> Iterator[_Raw]:
    """The blocks of some lines. A line behind a quoted one belongs to it, as CommonMark has it (5.1, laziness)."""
    run: list[str] = []
    quoted, note = False, None
    for line in [*lines, ""]:
        match = _QUOTED_LINE.fullmatch(line)
        words, begins = (match[2], not quoted) if match else (line, _begins(line))
        if run and (not words.strip() or begins):
            yield _Raw(tuple(run), quoted, note)
            run, note = [], None
            quoted = bool(match)
        if not run:
            quoted = bool(match)
        if not words.strip():
            continue
        key, words = _note_key(words)
        if key is not None:
            if run:
                yield _Raw(tuple(run), quoted, note)
                run = []
            note = key
        run.append(words)


def _note_key(line: str) -> tuple[str | None, str]:
    """The key of the footnote that begins with a line, and the line without it; None for another line."""
    if defined := _NOTE_LINE.fullmatch(line):
        return defined[1], defined[2]
    if numbered := _NUMBERED_NOTE.match(line):
        return (numbered[1] or numbered[2]).translate(_RAISED), line[numbered.end() :]
    return None, line


def _begins(line: str) -> bool:
    """Whether a line begins a block of its own: an item, a heading, a row of a table."""
    return bool(_ITEM.match(line) or _HEADING.match(line) or line.lstrip().startswith("|"))


def _block(raw: _Raw, addresses: dict[str, str]) -> Block:
    """A block with its marks read."""
    text = "\n".join(line.strip() for line in raw.lines).strip()
    heading = _HEADING.match(text)
    text = text[heading.end() :].rstrip(" #") if heading else text
    return replace(read_marks(text, addresses), quoted=raw.quoted, note=raw.note, heading=bool(heading))


def read_marks(text: str, addresses: dict[str, str] | None = None) -> Block:
    """Return a text without its marks, and where its links and signs of notes stood."""
    parts: list[str] = []
    notes: list[Pointer] = []
    links: list[Pointer] = []
    length = reached = 0
    for match in _INLINE.finditer(text):
        shown, note, link = _read_mark(match, addresses or {})
        parts += [text[reached : match.start()], shown]
        length += match.start() - reached + len(shown)
        reached = match.end()
        if note:
            notes.append(Pointer(length, note))
        if link:
            links.append(Pointer(length, link))
    return Block("".join([*parts, text[reached:]]), notes=tuple(notes), links=tuple(links))


def _read_mark(match: re.Match[str], addresses: dict[str, str]) -> tuple[str, str | None, str | None]:
    """What a mark shows, the key of the note and the address it leads to."""
    found = match.groupdict()
    if found["escaped"]:
        return match.group()[1], None, None
    if found["note"] or found["raised"]:
        return "", found["key"] or found["raised"], None
    if found["link"]:
        return read_marks(found["shown"]).text, None, found["url"].strip("<>")
    if found["named"]:
        url = addresses.get((found["name"] or found["words"]).casefold())
        return (found["words"], None, url) if url else (match.group(), None, None)
    if found["bare"] or found["href"]:
        return "", None, found["address"] or found["href"]
    if found["quoted"]:
        return ("”" if "/" in match.group() else "“"), None, None
    if found["entity"]:
        return html.unescape(match.group()), None, None
    if found["latex"]:
        return ("“" if match.group() == "``" else "”"), None, None
    return "", None, None
