"""`findings search`: one question, and its answer for people or as JSON."""

from __future__ import annotations

from contextlib import closing

import click

from cli.support.options import MATCH, read_date
from cli.support.printing import counted, marked, note, result, result_json
from search.answering.answer import MEANING, Answer, Hit, Question, Why
from search.answering.records import answer_record
from search.citations.references import locator
from search.meaning.context import MeaningState
from search.places.finding import CitedPlace
from search.query.terms import Match
from search.room import ReadingRoom
from search.settings import Settings
from search.unread_pages import unread_sentence


@click.command(
    epilog="""\b
Examples:
  findings search '"trust fund"'                         these words, exactly
  findings search interoperability exercises             both words, in any form
  findings search 'theme:defence-institution-building'   all passages of a theme
  findings search 'women AND peace NOT gender' --edition p360-2022
  findings search partnership --finding recommendation --by document
  findings search DIB --without acronym:DIB --exact
docs/query-syntax.md has the whole query language."""
)
@click.argument("query", nargs=-1, required=True)
@click.option("--theme", multiple=True, help="Only this theme (repeatable: any of them).")
@click.option("--edition", multiple=True, help="Only this edition, such as p360-2019 or 2019.")
@click.option(
    "--kind", multiple=True, help="Only this kind of document: report, speech, press, background, digest."
)
@click.option("--finding", multiple=True, help="Only recommendation, conclusion, lesson or commitment.")
@click.option("--not-theme", multiple=True, help="Nothing on this theme (repeatable).")
@click.option("--exact", is_flag=True, help="Words only in the very forms that were typed.")
@click.option("--versions", is_flag=True, help="Older versions of documents, too.")
@click.option(
    "--without",
    multiple=True,
    help="Switch off what is also searched, by its key (by meaning: meaning); all of it: all.",
)
@click.option("--since", callback=read_date, help="Documents from this year, month or day.")
@click.option("--until", callback=read_date, help="Documents up to this year, month or day.")
@click.option(
    "--match",
    type=MATCH,
    default=Match.AUTO.value,
    show_default=True,
    help="Words side by side: all or any.",
)
@click.option("--by", type=click.Choice(["passage", "document"]), default="passage", help="What a hit is.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Most hits.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def search(
    settings: Settings,
    /,
    query: tuple[str, ...],
    not_theme: tuple[str, ...],
    exact: bool,
    versions: bool,
    without: tuple[str, ...],
    since: str | None,
    until: str | None,
    match: str,
    by: str,
    limit: int,
    as_json: bool,
    **facets: tuple[str, ...],
) -> None:
    """Search the passages. Several QUERY words are taken as one question."""
    question = Question(
        text=" ".join(query),
        match=Match(match),
        filters=tuple((name, values) for name, values in facets.items() if values),
        since=since,
        until=until,
        limit=limit,
        per_document=1 if by == "document" else 0,
        exact=exact,
        excluded=(("theme", not_theme),) if not_theme else (),
        without=without,
        versions=versions,
    )
    with closing(ReadingRoom(settings)) as room:
        answer = room.ask(question)
    if as_json:
        result_json(answer_record(answer))
    else:
        _print_answer(answer)


def _print_answer(answer: Answer) -> None:
    """An answer, for people."""
    for place in answer.places:
        _print_place(place)
    if not answer.complete:
        note("time ran out: there may be more matches, counts are the least there is")
    if answer.mistake is not None:
        note(
            f"{answer.mistake.caret()}\n{answer.mistake.problem}; searched as: {answer.understood or 'nothing'}"
        )
    if answer.left_out:
        note(f"not looked for: {', '.join(answer.left_out)}")
    _print_reading(answer)
    what = f"{counted(answer.total, 'passage')} in {counted(answer.documents, 'document')}"
    result(f"{what} for {answer.understood or 'everything'}{_classes(answer)}")
    if answer.by_meaning:
        result(f"and {answer.more_by_meaning} (off: --without meaning)")
    elif answer.meaning is MeaningState.LANGUAGE:
        note("looked for by its words only: finding by meaning knows English")
    for hit in answer.hits:
        _print_hit(hit)
    for document in {hit.document.document_id: hit.document for hit in answer.hits}.values():
        if document.unread_pages:
            note(f"{unread_sentence(document.unread_pages)} in {document.title}")
    for unknown in answer.unknown:
        note(f"{counted(unknown.count, 'passage')} without a known {unknown.label} left out")
    if answer.older:
        note(f"{counted(answer.older.count, 'passage')} of older versions left out (with them: --versions)")
    if not answer.total:
        _print_nothing(answer)


def _print_reading(answer: Answer) -> None:
    """How the words were read; below a place that was cited that would be noise."""
    if not answer.places:
        _print_tiers(answer)
        _print_beside(answer)


def _print_beside(answer: Answer) -> None:
    """What was also searched, and the themes that were not."""
    for expansion in answer.expansions:
        note(f"also searched: {expansion.label} (off: --without {expansion.key})")
    for theme in answer.related:
        note(f"related theme: {theme.label} ({theme.count:,}; theme:{theme.theme_id})")


def _print_place(place: CitedPlace) -> None:
    """The place that a typed citation names, before everything else."""
    where = ", ".join(part for part in (place.document.title, place.locator) if part)
    missing = f" (it has no {place.missing})" if place.missing else ""
    result(f"-> {where}{missing}: {place.path}")


def _classes(answer: Answer) -> str:
    """How the passages are counted, where there is more than one way: " (12 as typed, 3 by word form)"."""
    counts = answer.counts
    if counts is None or counts.exact == answer.total:
        return ""
    listed = {
        "as typed": counts.exact,
        "by word form": counts.form,
        "by spelling": counts.spelling,
        "by acronym": counts.acronym,
        "by synonym": counts.synonym,
        "by theme label": counts.theme,
    }
    return f" ({', '.join(f'{number} {name}' for name, number in listed.items() if number)})"


def _print_hit(hit: Hit) -> None:
    """One hit: where it stands, the words, the link."""
    finding = f"  [{hit.passage.finding.type.value}]" if hit.passage.finding else ""
    result()
    result(f"{hit.rank}. {hit.document.title}, {locator(hit.passage)}{finding}")
    if hit.passage.heading_path:
        result(f"   {' › '.join(hit.passage.heading_path)}")
    cut = ("… " if hit.snippet.before else "", " …" if hit.snippet.after else "")
    result(f"   {cut[0]}{marked(hit.snippet.text, hit.snippet.marks)}{cut[1]}")
    result(f"   {'; '.join(_reason(why) for why in hit.why)}")
    result(f"   {hit.passage.passage_id}")


def _reason(why: Why) -> str:
    """One reason of a hit."""
    words = ", ".join(" ".join(word.split()) for word in why.words)
    separator = " " if why.reason == MEANING else ": "
    return f"{why.label}{separator}{words}" if words else why.label


def _print_tiers(answer: Answer) -> None:
    """The readings between all words and any, the one that is shown with a star, and what to say of it."""
    if answer.tiers:
        note("; ".join(f"{'*' if t.shown else ''}{t.label}: {t.count}" for t in answer.tiers))
    if answer.fell_back:
        _print_fallback(answer)


def _print_fallback(answer: Answer) -> None:
    """That no passage has all words, which words none has, and what they may have been."""
    note("no passage has all words; these have some of them")
    if answer.nothing is None:
        return
    for word in answer.nothing.words:
        if not word.count:
            note(f"no passage has {word.words}")
    for spelling in answer.nothing.spellings:
        note(f"did you mean: {spelling.change} ({counted(spelling.count, 'passage')})")


def _print_nothing(answer: Answer) -> None:
    """What was searched, when nothing was found and no place cited."""
    if answer.places:
        return
    searched = answer.searched
    where = f"{counted(searched.passages, 'passage')} of {counted(searched.documents, 'document')}"
    dates = f", dated {searched.first_date} to {searched.last_date}" if searched.first_date else ""
    listed = [
        counted(number, thing)
        for number, thing in ((searched.unread_files, "file"), (searched.unread_pages, "page"))
        if number
    ]
    unread = f"; {' and '.join(listed)} could not be read" if listed else ""
    result(f"searched were {where}{dates}{unread}")
    if answer.nothing is None:
        return
    for word in answer.nothing.words:
        result(f"  {word.words} alone: {counted(word.count, 'passage')}")
    for spelling in answer.nothing.spellings:
        result(f"did you mean: {spelling.change} ({counted(spelling.count, 'passage')})")
    for way in answer.nothing.relaxed:
        result(f"  {way.change}: {counted(way.count, 'passage')} for {way.question.text or 'everything'}")
