"""Findings that recur, as pages show them: in which year and document something was said, and how the wording changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search.citations.references import locator
from search.model import Document, Passage
from search.store.catalog import Catalog
from webapp.pages.presenters import Change, difference


@dataclass(frozen=True, slots=True)
class Said:
    """The same finding in another document. `changes` lead from the earlier wording to the later one."""

    passage: Passage
    document: Document
    year: str
    where: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SaidTimes:
    """When a finding was said before and after, oldest first."""

    before: tuple[Said, ...] = ()
    after: tuple[Said, ...] = ()

    @property
    def years(self) -> str:
        """The years before, in words: "2019 and 2022"."""
        return written_years(said.year for said in self.before)


def said_times(passage: Passage, catalog: Catalog) -> SaidTimes:
    """Return the other times that a finding was said."""
    pairs = catalog.recurrences_of(passage.passage_id) if passage.finding else []
    earlier = catalog.passages([pair.earlier for pair in pairs if pair.later == passage.passage_id])
    later = catalog.passages([pair.later for pair in pairs if pair.earlier == passage.passage_id])
    before = [_said(other, difference(other.text, passage.text), catalog) for other in earlier]
    after = [_said(other, difference(passage.text, other.text), catalog) for other in later]
    return SaidTimes(_in_time(before), _in_time(after))


def _said(other: Passage, changes: list[Change], catalog: Catalog) -> Said:
    """One other time."""
    document = catalog.get_document(other.document_id)
    return Said(other, document, (document.published or "")[:4], locator(other), tuple(changes))


def _in_time(listed: list[Said]) -> tuple[Said, ...]:
    """Oldest first."""
    return tuple(sorted(listed, key=lambda said: (said.document.published or "", said.passage.passage_id)))


def years_before(passages: Iterable[Passage], catalog: Catalog) -> dict[str, str]:
    """Return for each finding that was said before the years, in words."""
    times = {p.passage_id: said_times(p, catalog).years for p in passages if p.finding}
    return {passage_id: years for passage_id, years in times.items() if years}


def written_years(years: Iterable[str]) -> str:
    """Return years as people list them, each once: "2018, 2019 and 2022"."""
    listed = sorted(set(years) - {""})
    return " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
