"""Answers as plain JSON objects, one shape for the command line, the API and the exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.answers import Answer, Hit, PassageState
from search.catalog import Catalog
from search.model import Document, Passage
from search.permalinks import passage_path
from search.records import Record, finding_record, passage_record


def answer_record(answer: Answer) -> Record:
    """A search as JSON."""
    question = answer.question
    return {
        "query": question.text,
        "understood": answer.understood,
        "match": answer.match.value,
        "total": answer.total,
        "documents": answer.documents,
        "hits": [hit_record(hit) for hit in answer.hits],
        "facets": {
            name: [{"id": v.value_id, "label": v.label, "count": v.count, "chosen": v.chosen} for v in values]
            for name, values in answer.facets.items()
        },
        "did_you_mean": answer.did_you_mean,
        "left_out": list(answer.left_out),
        "mistake": mistake_record(answer),
        "searched": {
            "documents": answer.searched.documents,
            "passages": answer.searched.passages,
            "unread_files": answer.searched.unread_files,
            "unread_pages": answer.searched.unread_pages,
        },
        "generation": answer.generation,
        "took_ms": answer.took_ms,
    }


def mistake_record(answer: Answer) -> Record | None:
    """What could not be read in the question: problem, position (from 0), proposal."""
    mistake = answer.mistake
    if mistake is None:
        return None
    return {"problem": mistake.problem, "position": mistake.position, "proposal": mistake.proposal}


def hit_record(hit: Hit) -> Record:
    """One hit as JSON. `kind` is the document's; the passage's own stands as `passage_kind`."""
    passage, document = hit.passage, hit.document
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "passage_id": passage.passage_id,
        "document_id": document.document_id,
        "path": document.path,
        "title": document.title,
        "edition": document.edition,
        "date": document.date,
        "kind": document.kind,
        "passage_kind": passage.kind.value,
        "page": passage.page,
        "page_label": passage.page_label,
        "heading_path": list(passage.heading_path),
        "speaker": passage.speaker,
        "finding": finding_record(passage.finding),
        "themes": [{"id": mark.theme_id, "because": list(mark.because)} for mark in passage.themes],
        "snippet": {
            "text": hit.snippet.text,
            "marks": [[mark.start, mark.end, mark.reason.value] for mark in hit.snippet.marks],
        },
        "in_document": hit.in_document,
        "url": passage_path(passage.passage_id),
    }


def exported_passage(passage: Passage, document: Document) -> Record:
    """A passage as exports and `show` give it: with the path of its document and its permanent link."""
    return {**passage_record(passage), "path": document.path, "url": passage_path(passage.passage_id)}


def finding_records(catalog: Catalog, documents: Mapping[str, Document]) -> Iterator[Record]:
    """All passages that conclude something, with the ids of earlier ones that said the same."""
    before: dict[str, list[str]] = {}
    for pair in catalog.recurrences():
        before.setdefault(pair.later, []).append(pair.earlier)
    for passage in catalog.all_passages():
        if passage.finding:
            record = exported_passage(passage, documents[passage.document_id])
            yield {**record, "said_before": before.get(passage.passage_id, [])}


def state_record(state: PassageState, document: Document | None) -> Record:
    """What became of an id, as `show` gives it."""
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
    }
