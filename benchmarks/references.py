"""Checks how many planted faults in the references of drafts are named, and how many right references are called wrong.

    python -m benchmarks.references [--index DIR] [--drafts N] [--seed N] [--show N]

Makes drafts in Markdown, text and HTML from passages of a published index. Each quotation is a stretch of one passage that
stands nowhere else, with a reference in one of the FORMS that writers use; half of the references are right, the others
state another page, another paragraph, another document or a link to another passage. Prints the share of faults that are
named, with the kind that was planted; the share of right references that are called wrong, or not called right; and both
for each form. `--show` prints the first references that went amiss.
"""

from __future__ import annotations

import argparse
import html
import os
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.extraction.draft_html import html_blocks
from search.citations.item import bare_label
from search.citations.references import Citation, cite
from search.drafts.checking import Checked, check_draft
from search.drafts.plain_text import blocks_of
from search.drafts.quotations import Block, Draft
from search.model import Document, Passage, PassageKind
from search.permalinks import passage_path
from search.quotes.lookup import QuoteMatch, Verdict, find_quote
from search.quotes.words import quote_words
from search.room import OpenGeneration, ReadingRoom
from search.settings import Settings

SEED = 20191127
SITE = "https://findings.example.org"
QUOTATIONS = 8  # of a draft
TRIES = 1000  # for each of them, before the index is said to be too small
SHORTEST, LONGEST = 9, 24  # words of a quotation
LEADS = (
    "The text puts it plainly", "One sentence deserves to be read twice", "In the words of the authors", "It is said there",
    "Nobody should overlook this", "What follows is telling", "A reader will note this",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """A document, a place in it and a passage, as a reference states them; they need not be those of the words."""

    document: Document
    page: str | None
    number: str | None
    passage: Passage

    @property
    def place(self) -> str:
        """The page, else the paragraph."""
        return f"p. {self.page}" if self.page else f"para. {self.number}"

    @property
    def bare(self) -> str:
        """The page as Chicago's notes have it."""
        return self.page.partition("/")[0] if self.page else f"para. {self.number}"


@dataclass(frozen=True, slots=True)
class Planted:
    """A quotation, what is stated with it, and the verdict that it deserves."""

    words: str
    stated: Source
    form: str
    expected: str
    fault: str


def footnote(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a footnote behind the closing mark."""
    return f"“{words}”.[^{number}]", f"[^{number}]: {_name(source)}, {source.place}."


def see_footnote(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a footnote before the full stop, with an introduction."""
    return (
        f"“{words}”[^{number}], as one reads.",
        f"[^{number}]: See {_name(source)}, {source.place}, on this point.",
    )


def brackets(words: str, source: Source, number: int) -> tuple[str, str]:
    """Plant brackets in the sentence."""
    del number
    return f"“{words}” ({_name(source)}, {source.place}).", ""


def brackets_behind(words: str, source: Source, number: int) -> tuple[str, str]:
    """Plant brackets behind the full stop."""
    del number
    return f"“{words}.” ({_name(source)}, {source.place}) More follows below.", ""


def chicago(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a note as the Chicago Manual has it."""
    year = (source.document.date or "2019")[:4]
    note = f"{source.document.publisher or 'The office'}, *{source.document.title}* (Geneva, {year}), {source.bare}."
    return f"“{words}.”[^{number}]", f"[^{number}]: {note}"


def before(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return the sentence in front of the quotation."""
    del number
    where = f"page {source.page}" if source.page else f"paragraph {source.number}"
    return f"On {where} of *{source.document.title}* one reads: “{words}”.", ""


def link(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a permanent link."""
    del number
    return f"“{words}” ({SITE}{passage_path(source.passage.passage_id)}).", ""


def link_words(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a permanent link on words."""
    del number
    return f"“{words}” ([the place]({SITE}{passage_path(source.passage.passage_id)})).", ""


def key(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a key of a list of references."""
    del number
    return f"“{words}” [@{_key(source.document)}, {source.place}].", ""


def block(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return a block quotation with a source line."""
    del number
    return f"it runs so:\n\n> {words}\n>\n> — {_name(source)}, {source.place}", ""


def ours(words: str, source: Source, number: int) -> tuple[str, str]:
    """Return the reference that we print ourselves."""
    made = cite(Citation(source.document, None, source.passage, SITE))
    return f"“{words}”.[^{number}]", f"[^{number}]: {made}"


FORMS: Mapping[str, Callable[[str, Source, int], tuple[str, str]]] = {
    made.__name__: made
    for made in (
        footnote, see_footnote, brackets, brackets_behind, chicago, before, link, link_words, key, block, ours,
    )
}  # fmt: skip
LINKS = frozenset(("link", "link_words", "ours"))


def _name(source: Source) -> str:
    """The symbol of a document where it has one, else its title."""
    symbols = source.document.identifiers
    return symbols[0] if symbols else f"*{source.document.title}*"


def _key(document: Document) -> str:
    """A key of a list of references."""
    return f"ref{document.document_id.replace('-', '')}"


def main() -> None:
    """Plant, check and print."""
    options = _options()
    settings = replace(Settings.from_env(os.environ), index=options.index)
    with closing(ReadingRoom(settings)) as room:
        pool = _Pool(room.opened, random.Random(options.seed))
        results: list[tuple[Planted, Checked | None]] = []
        for number in range(options.drafts):
            planted = pool.draft()
            results += _checked(planted, ("md", "txt", "html")[number % 3], room.opened)
    _print(results, options.show)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--index", type=Path, default=Path("index"), help="a published index")
    parser.add_argument("--drafts", type=int, default=60, help="drafts of eight quotations (default: 60)")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--show", type=int, default=0, help="references that went amiss to print")
    return parser.parse_args()


class _Pool:
    """Passages to quote from, and other places to state instead of the right one."""

    def __init__(self, opened: OpenGeneration, chance: random.Random) -> None:
        self._opened, self._chance = opened, chance
        self._documents = {document.document_id: document for document in opened.catalog.documents()}
        titles = Counter(document.title for document in self._documents.values())
        clear = {name for name, document in self._documents.items() if titles[document.title] == 1}
        self._passages = [
            passage
            for passage in opened.catalog.all_passages()
            if passage.document_id in clear
            and passage.kind is PassageKind.PARAGRAPH
            and len(passage.text.split()) > LONGEST
            and (passage.page_label or passage.number)
        ]
        if not self._passages:
            raise SystemExit("the index has no passages with printed pages or paragraphs to quote from")

    def draft(self) -> list[Planted]:
        """Return the quotations of one draft."""
        made: list[Planted] = []
        for _ in range(TRIES * QUOTATIONS):
            planted = self._planted()
            if planted is not None:
                made.append(planted)
            if len(made) == QUOTATIONS:
                return made
        raise SystemExit("the index has too few passages whose words stand nowhere else")

    def _planted(self) -> Planted | None:
        """One quotation with a right or a wrong reference; None where the words stand in several places."""
        passage = self._chance.choice(self._passages)
        words = self._stretch(passage)
        found = find_quote(words, self._opened.quoted) if words else None
        if found is None or found.verdict is not Verdict.EXACT or len(found.matches) != 1:
            return None
        form = self._chance.choice(list(FORMS))
        fault = self._chance.choice(["", "", "", "page", "document", "link" if form in LINKS else "page"])
        right = self._right(found.matches[0])
        if form in LINKS and fault == "page":
            fault = "link"
        stated = self._other(right, fault) if fault else right
        if stated is None or _is_right(stated, right, form) != (not fault):
            return None
        other_document = stated.document.document_id != right.document.document_id
        expected = "right" if not fault else "wrong_document" if other_document else "wrong_page"
        return Planted(words, stated, form, expected, fault)

    def _stretch(self, passage: Passage) -> str:
        """Some words of a passage that hold no sentence end and no mark of quotation."""
        words = passage.text.split()
        size = self._chance.randint(SHORTEST, LONGEST)
        start = self._chance.randrange(len(words) - size + 1)
        text = " ".join(words[start : start + size])
        plain = (
            all(sign not in text for sign in '“”"«»„[]()*_<>&^|@#`\\') and len(quote_words(text)) >= SHORTEST
        )
        return text.strip(".,;:") if plain else ""

    def _right(self, match: QuoteMatch) -> Source:
        """The place of a match."""
        passage = match.passages[0]
        by_number = passage.number is not None and (match.page_label is None or self._chance.random() < 0.5)
        page = None if by_number or match.page_label is None else bare_label(match.page_label)
        return Source(match.document, page, passage.number, passage)

    def _other(self, right: Source, fault: str) -> Source | None:
        """A place that is not the right one."""
        same = fault == "page" or (fault == "link" and self._chance.random() < 0.5)
        pool = [p for p in self._passages if (p.document_id == right.document.document_id) == same]
        if not pool:
            return None
        other = self._chance.choice(pool)
        page = bare_label(other.page_label) if right.page and other.page_label else None
        if page is None and other.number is None:
            return None
        return Source(self._documents[other.document_id], page, other.number, other)


def _is_right(stated: Source, right: Source, form: str) -> bool:
    """Whether what a form tells of a source is right."""
    if stated.document.document_id != right.document.document_id:
        return False
    if form in LINKS:
        return stated.passage.passage_id == right.passage.passage_id
    return stated.place == right.place


def _checked(
    planted: Sequence[Planted], form: str, opened: OpenGeneration
) -> Iterator[tuple[Planted, Checked | None]]:
    """Each quotation with what the check says of it, None where it was not found."""
    draft = Draft(f"draft.{form}", _blocks(planted, form), keys=_keys(planted))
    report = check_draft(draft, opened.quoted, opened.editions, opened.meta.generation)
    by_words = {"".join(filter(str.isalnum, checked.quotation.text)): checked for checked in report.checked}
    for one in planted:
        yield one, by_words.get("".join(filter(str.isalnum, one.words)))


def _keys(planted: Sequence[Planted]) -> dict[str, str]:
    """The entries of the list of references beside a draft."""
    documents = (one.stated.document for one in planted)
    return {_key(document): f"{document.title}, {(document.date or '')[:4]}" for document in documents}


def _blocks(planted: Sequence[Planted], form: str) -> tuple[Block, ...]:
    """The blocks of a draft in a format."""
    paragraphs, notes = ["# A draft"], []
    for number, one in enumerate(planted, 1):
        text, note = FORMS[one.form](one.words, one.stated, number)
        paragraphs.append(text if one.form == "before" else f"{LEADS[number % len(LEADS)]}: {text}")
        notes.append(note)
    body = "\n\n".join([*paragraphs, *(note for note in notes if note)])
    if form == "html":
        return html_blocks(_as_html(paragraphs, notes))
    return blocks_of(body.replace("*", "") if form == "txt" else body)


def _as_html(paragraphs: Sequence[str], notes: Sequence[str]) -> str:
    """The draft as HTML, with notes as word processors save them."""
    body = []
    for paragraph in paragraphs:
        for part in paragraph.split("\n\n"):
            quoted = part.startswith(">")
            text = html.escape(part.replace("\n>", "\n").lstrip("> "), quote=False).replace("*", "")
            text = _anchors(text)
            body += [
                f"<p>{line}</p>" if not quoted else f"<blockquote><p>{line}</p></blockquote>"
                for line in text.split("\n\n")
            ]
    for number, note in enumerate(notes, 1):
        if note:
            text = html.escape(note.partition("]: ")[2], quote=False).replace("*", "")
            body.append(f'<p id="fn{number}">{text} <a href="#r{number}">↩</a></p>')
    return f"<html><body>{''.join(body)}</body></html>"


def _anchors(text: str) -> str:
    """Signs of notes and links of Markdown as elements."""
    while "[^" in text:
        head, _, rest = text.partition("[^")
        number, _, tail = rest.partition("]")
        text = f'{head}<sup><a href="#fn{number}" id="r{number}">{number}</a></sup>{tail}'
    while "](" in text:
        head, _, rest = text.partition("](")
        url, _, tail = rest.partition(")")
        start, _, words = head.rpartition("[")
        text = f'{start}<a href="{url}">{words}</a>{tail}'
    return text


def _print(results: Sequence[tuple[Planted, Checked | None]], show: int) -> None:
    """The table."""
    print(
        f"{len(results)} quotations, {sum(checked is None for _, checked in results)} not found in their drafts"
    )
    print(f"{'form':<18}{'right':>7}{'alarms':>8}{'doubts':>8}{'wrong':>7}{'named':>8}{'as such':>9}")
    for form in (*FORMS, "all"):
        chosen = [(one, checked) for one, checked in results if form in (one.form, "all")]
        print(f"{form:<18}{_row(chosen)}")
    amiss = [(one, checked) for one, checked in results if _verdict(checked) != one.expected]
    for one, checked in amiss[:show]:
        said = checked.reference.stated if checked else "(not found)"
        print(f"\n{one.form} {one.fault or 'right'}: wanted {one.expected}, got {_verdict(checked)}")
        print(f"  “{one.words}”\n  written: {FORMS[one.form]('…', one.stated, 1)}\n  read: {said}")
        print(f"  right: {checked.right if checked else ''}")


def _verdict(checked: Checked | None) -> str:
    return checked.reference.verdict.value if checked else "not found"


def _row(chosen: Sequence[tuple[Planted, Checked | None]]) -> str:
    """Counts and shares of some results."""
    right = [_verdict(checked) for one, checked in chosen if one.expected == "right"]
    wrong = [(one.expected, _verdict(checked)) for one, checked in chosen if one.expected != "right"]
    alarms = sum(verdict.startswith("wrong") for verdict in right)
    doubts = sum(verdict != "right" for verdict in right)
    named = sum(verdict.startswith("wrong") for _, verdict in wrong)
    as_such = sum(expected == verdict for expected, verdict in wrong)
    a, b = max(len(right), 1), max(len(wrong), 1)
    return f"{len(right):>7}{alarms / a:>8.3f}{doubts / a:>8.3f}{len(wrong):>7}{named / b:>8.3f}{as_such / b:>9.3f}"


if __name__ == "__main__":
    main()
