"""Answers as plain JSON objects, one shape for the command line, the API and the exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from search.answering.answer import DATE, Answer, Hit, Nothing, PassageState, Relaxed
from search.answering.similar import Similar
from search.model import Document, Passage
from search.permalinks import passage_path
from search.places.finding import place_record
from search.query.expansion import Expansion
from search.store.catalog import Catalog
from search.store.records import Record, finding_record, passage_record, theme_mark_record


def answer_record(answer: Answer) -> Record:
    """Return a search as JSON."""
    question = answer.question
    return {
        "query": question.text,
        "understood": answer.understood,
        "match": answer.match.value,
        "total": answer.total,
        "documents": answer.documents,
        "hits": [hit_record(hit) for hit in answer.hits],
        "facets": {
            name: [
                {
                    "id": v.value_id,
                    "label": v.label,
                    "count": v.count,
                    "chosen": v.chosen,
                    **({"excluded": True} if v.excluded else {}),
                }
                for v in values
            ]
            for name, values in answer.facets.items()
        },
        "did_you_mean": answer.did_you_mean,
        "fell_back": answer.fell_back,
        "places": [place_record(place) for place in answer.places],
        "related_themes": [
            {"id": r.theme_id, "label": r.label, "typed": r.typed, "count": r.count} for r in answer.related
        ],
        "tiers": [
            {"match": t.match.value, "label": t.label, "count": t.count, "shown": t.shown}
            for t in answer.tiers
        ],
        "complete": answer.complete,
        "exact": question.exact,
        "meaning": answer.meaning.value,
        "by_meaning": answer.by_meaning,
        "counts": asdict(answer.counts) if answer.counts else None,
        "also_searched": [expansion_record(e) for e in answer.expansions],
        "switched_off": [expansion_record(e) for e in answer.switched_off],
        "left_out": list(answer.left_out),
        "mistake": mistake_record(answer),
        "searched": {
            "documents": answer.searched.documents,
            "passages": answer.searched.passages,
            "unread_files": answer.searched.unread_files,
            "unread_pages": answer.searched.unread_pages,
            "first_date": answer.searched.first_date,
            "last_date": answer.searched.last_date,
        },
        "undated": answer.undated,
        "unknown": {unknown.fact: unknown.count for unknown in answer.unknown if unknown.fact != DATE},
        "older_versions": answer.older.count if answer.older else 0,
        "nothing": nothing_record(answer.nothing) if answer.nothing else None,
        "generation": answer.generation,
        "took_ms": answer.took_ms,
    }


def expansion_record(expansion: Expansion) -> Record:
    """Return what was also searched; `key` switches it off."""
    return {
        "key": expansion.key,
        "kind": expansion.kind,
        "typed": expansion.typed,
        "label": expansion.label,
    }


def nothing_record(nothing: Nothing) -> Record:
    """Return what can be said where nothing was found: texts of questions with the number of passages they find."""
    return {
        "words": [{"words": word.words, "count": word.count} for word in nothing.words],
        "spellings": [_relaxed_record(relaxed) for relaxed in nothing.spellings],
        "relaxed": [_relaxed_record(relaxed) for relaxed in nothing.relaxed],
    }


def _relaxed_record(relaxed: Relaxed) -> Record:
    """A question that asks for less, whole, so that it can be asked as it stands."""
    question = relaxed.question
    return {
        "change": relaxed.change,
        "count": relaxed.count,
        "query": question.text,
        "match": question.match.value,
        "exact": question.exact,
        "filters": {name: list(values) for name, values in question.filters},
        "excluded": {name: list(values) for name, values in question.excluded},
        "since": question.since,
        "until": question.until,
    }


def mistake_record(answer: Answer) -> Record | None:
    """Return what could not be read in the question: problem, position (from 0), proposal."""
    mistake = answer.mistake
    if mistake is None:
        return None
    return {"problem": mistake.problem, "position": mistake.position, "proposal": mistake.proposal}


def hit_record(hit: Hit) -> Record:
    """Return one hit as JSON. `kind` is the document's; the passage's own stands as `passage_kind`."""
    passage, document = hit.passage, hit.document
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "passage_id": passage.passage_id,
        "document_id": document.document_id,
        "path": document.path,
        "title": document.title,
        "edition": document.edition,
        "date": document.published,
        "kind": document.kind,
        "passage_kind": passage.kind.value,
        "page": passage.page,
        "page_label": passage.page_label,
        "heading_path": list(passage.heading_path),
        "speaker": passage.speaker,
        "finding": finding_record(passage.finding),
        "themes": [theme_mark_record(mark) for mark in passage.themes],
        "snippet": {
            "text": hit.snippet.text,
            "marks": [[mark.start, mark.end, mark.reason.value] for mark in hit.snippet.marks],
        },
        "why": [{"reason": why.reason, "words": list(why.words)} for why in hit.why],
        "in_document": hit.in_document,
        "by": "meaning" if hit.by_meaning else "words",
        "nearest": list(hit.nearest) if hit.nearest else None,
        "url": passage_path(passage.passage_id),
    }


def similar_record(similar: Similar) -> Record:
    """Return a place that says nearly the same; `share` is of the words of the passage that was asked for."""
    return {
        **exported_passage(similar.passage, similar.document),
        "title": similar.document.title,
        "share": round(similar.share, 3),
        "same_document": similar.same_document,
    }


def exported_passage(passage: Passage, document: Document) -> Record:
    """Return a passage as exports and `show` give it: with the path of its document and its permanent link."""
    return {**passage_record(passage), "path": document.path, "url": passage_path(passage.passage_id)}


def finding_records(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Record]:
    """Yield all passages that conclude something, with the ids of earlier ones that said the same."""
    before = earlier_findings(catalog)
    for passage in catalog.all_passages():
        if passage.finding:
            yield recurring_record(passage, documents[passage.document_id], before)


def earlier_findings(catalog: Catalog) -> dict[str, list[str]]:
    """Return for each finding that says again what earlier ones said, their ids."""
    before: dict[str, list[str]] = {}
    for pair in catalog.recurrences():
        before.setdefault(pair.later, []).append(pair.earlier)
    return before


def recurring_record(passage: Passage, document: Document, before: Mapping[str, list[str]]) -> Record:
    """Return a finding as exports give it, with `said_before`."""
    return {**exported_passage(passage, document), "said_before": before.get(passage.passage_id, [])}


def state_record(state: PassageState, document: Document | None) -> Record:
    """Return what became of an id, as `show` gives it."""
    found = state.passage and document
    return {
        "passage_id": state.passage_id,
        "state": state.state,
        "passage": exported_passage(state.passage, document)
        if state.passage and found and document
        else None,
        "words": state.words,
        "since": state.since,
        "history": list(state.history),
        "reason": state.reason or None,
        "emptied": state.emptied or None,
    }
