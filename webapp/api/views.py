"""The JSON API: the same questions, answered in the shapes of the command line's `--json`.

`webapp/api/openapi.json` describes it. A parameter that is not described there is refused here, and one that stands twice: a
filter that is silently ignored would give a wider answer than was asked for.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from enum import StrEnum

from flask import Blueprint, Response, jsonify, request

from search.answering.answer import Question
from search.answering.autocomplete import MOST as MOST_SUGGESTED
from search.answering.records import (
    answer_record,
    earlier_findings,
    exported_passage,
    recurring_record,
    similar_record,
    state_record,
)
from search.engines.request import Sort
from search.errors import IndexUnavailable, ThemeNotFound, UsageProblem
from search.model import PassageKind
from search.permalinks import document_path
from search.quotes.records import quote_record
from search.store.records import document_record
from webapp.addresses import (
    LAST_PAGE,
    read_choice,
    read_filters,
    read_flag,
    read_number,
    read_question,
    refuse_unknown,
)
from webapp.api.openapi import described_path, query_parameters, with_examples
from webapp.api.suggest import suggestion_href
from webapp.context import services
from webapp.http.paging import link_pages
from webapp.pages.presenters import FINDING_TYPES, references

api = Blueprint("api", __name__, url_prefix="/api/v1")
MOST = 1000  # documents or passages in one answer
MOST_HITS = 100
LOOKED_AT = 20  # passages at the beginning of a document, among which there is an example


class By(StrEnum):
    """What a search pages by: passages, or documents with their best three passages."""

    PASSAGE = "passage"
    DOCUMENT = "document"


@api.before_request
def refuse_what_is_not_described() -> None:
    """Raise UsageProblem for a parameter that the document does not have, or that it has once and the address twice."""
    known = query_parameters(described_path(str(request.url_rule)))
    refuse_unknown(request.args, known)
    for name, values in request.args.lists():
        if len(values) > 1 and not known[name].repeatable:
            raise UsageProblem(f"{name} stands {len(values)} times: it has one value")


@api.get("/openapi.json")
def describe() -> Response:
    """Return the API as an OpenAPI document, whose examples are published here. Answers before there is an index, too."""
    return jsonify(with_examples(published_examples()))


def published_examples() -> dict[str, str]:
    """Return ids for examples: of a theme, and of a passage long enough to resemble another; none without an index."""
    try:
        holdings, catalog = services().holdings, services().room.opened.catalog
    except IndexUnavailable:
        return {}
    ids = {"theme_id": holdings.themes.all[0].theme_id} if holdings.themes.all else {}
    for document in holdings.documents:
        for found in catalog.passages_of(document.document_id, 1, LOOKED_AT):
            if found.kind is PassageKind.PARAGRAPH:
                letters = found.passage_id.rpartition("/")[2]
                return ids | {"document_id": document.document_id, "letters": letters}
    return ids


@api.get("/search")
def search() -> Response:
    """Search. `by=document` pages by documents with their best three passages, else by passages."""
    question = read_question(request.args)
    limit = read_number(request.args, "limit", 20, MOST_HITS)
    page = read_number(request.args, "page", 1, LAST_PAGE)
    per_document = 3 if read_choice(request.args, "by", By.PASSAGE) is By.DOCUMENT else 0
    wanted = replace(question, limit=limit, offset=(page - 1) * limit, per_document=per_document)
    answer = services().room.ask(wanted)
    response = jsonify({**answer_record(answer), "page": page, "limit": limit})
    return link_pages(response, page, limit, answer.documents if per_document else answer.total)


@api.get("/suggest")
def suggest() -> Response:
    """Return what a reader may be about to type: names with a word that begins with `q`, the best first."""
    limit = read_number(request.args, "limit", MOST_SUGGESTED, MOST_HITS)
    typed = request.args.get("q", "").strip()
    found = services().room.opened.suggestions.find(typed, limit)
    listed = [
        {"kind": name.kind, "label": name.label, "query": name.query, "url": suggestion_href(name)}
        for name in found
    ]
    return jsonify(q=typed, suggestions=listed)


@api.get("/quote")
def quote() -> Response:
    """Return where the words of `text` stand."""
    return jsonify(quote_record(services().look_up_quote(request.args.get("text", ""))))


@api.get("/passages/<document_id>/<letters>")
def passage(document_id: str, letters: str) -> Response:
    """Return what an id names, or what became of it, with its citation in every style."""
    room = services().room
    state = room.passage_state(f"{document_id}/{letters}")
    found = state.passage
    document = room.opened.catalog.get_document(found.document_id) if found else None
    citations = {}
    if found and document:
        edition = room.opened.editions.get(document.edition or "")
        listed = references(document, edition, found, services().site_url)
        citations = {reference.style: reference.text for reference in listed}
    return jsonify({**state_record(state, document), "citations": citations})


@api.get("/passages/<document_id>/<letters>/similar")
def similar(document_id: str, letters: str) -> Response:
    """Return other places that say nearly the same, with the share of the passage's words that stand there, too."""
    passage_id = f"{document_id}/{letters}"
    found = [similar_record(place) for place in services().room.similar(passage_id)]
    return jsonify(passage_id=passage_id, similar=found)


@api.get("/documents")
def documents() -> Response:
    """Return all documents, newest first; filters `kind` and `edition`. Older versions come with `versions=1`, last."""
    holdings = services().holdings
    every = holdings.every_version if read_flag(request.args, "versions") else holdings.documents
    chosen = {name: holdings.names.values(name, values) for name, values in read_filters(request.args)}
    listed = [
        document_record(document)
        for document in every
        if all(getattr(document, name) in values for name, values in chosen.items())
    ]
    return _listed("documents", listed)


@api.get("/documents/<document_id>")
def document(document_id: str) -> Response:
    """Return one document."""
    found = services().room.opened.catalog.get_document(document_id)
    return jsonify({**document_record(found), "url": document_path(document_id)})


@api.get("/documents/<document_id>/passages")
def passages(document_id: str) -> Response:
    """Return the passages of a document in reading order."""
    catalog = services().room.opened.catalog
    found = catalog.get_document(document_id)
    return _listed("passages", [exported_passage(p, found) for p in catalog.passages_of(document_id)])


@api.get("/themes")
def themes() -> Response:
    """Return all themes with the number of their passages."""
    holdings = services().holdings
    listed = [{**asdict(t), "passages": holdings.count("theme", t.theme_id)} for t in holdings.themes.all]
    return _listed("themes", listed, MOST)


@api.get("/themes/<theme_id>")
def theme(theme_id: str) -> Response:
    """Return one theme with the number of its passages and findings, in all and in each edition."""
    holdings = services().holdings
    found = holdings.themes.by_id.get(theme_id)
    if found is None:
        raise ThemeNotFound(theme_id)
    wanted = Question(filters=(("finding", FINDING_TYPES), ("theme", (theme_id,))), limit=1)
    answer = services().room.ask(wanted)
    editions = {value.value_id: value.count for value in answer.facets.get("edition", ())}
    counts = {"passages": holdings.count("theme", theme_id), "findings": answer.total}
    return jsonify({**asdict(found), **counts, "findings_by_edition": editions})


@api.get("/findings")
def findings() -> Response:
    """Return all findings by document and in reading order, each with the ids of earlier ones that said the same."""
    limit, page = _asked_part(100)
    question = Question(filters=(("finding", FINDING_TYPES),), sort=Sort.READING)
    answer = services().room.ask(replace(question, limit=limit, offset=(page - 1) * limit))
    before = earlier_findings(services().room.opened.catalog)
    part = [recurring_record(hit.passage, hit.document, before) for hit in answer.hits]
    return _part("findings", part, page, limit, answer.total)


@api.get("/editions")
def editions() -> Response:
    """Return all editions with the number of their documents and passages."""
    holdings = services().holdings
    listed = [
        {**asdict(e), "documents": len(holdings.of_edition(key)), "passages": holdings.count("edition", key)}
        for key, e in holdings.editions.items()
    ]
    return _listed("editions", listed, MOST)


def _listed(name: str, records: list[dict[str, object]], usual: int = 100) -> Response:
    """One page of a list that is there as a whole."""
    limit, page = _asked_part(usual)
    return _part(name, records[(page - 1) * limit : page * limit], page, limit, len(records))


def _asked_part(usual: int) -> tuple[int, int]:
    """How many records are wanted, and which page of them, from 1."""
    return read_number(request.args, "limit", usual, MOST), read_number(request.args, "page", 1, LAST_PAGE)


def _part(name: str, records: list[dict[str, object]], page: int, limit: int, total: int) -> Response:
    """One page of a list, with links to those before and after it."""
    response = jsonify({"total": total, "page": page, "limit": limit, name: records})
    return link_pages(response, page, limit, total)
