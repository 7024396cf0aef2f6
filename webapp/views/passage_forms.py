"""A permanent link in other forms: for reference managers, as a W3C annotation, and as the page itself with the words marked."""

from __future__ import annotations

import json

from flask import Blueprint, Response, send_file

from search.answering.answer import PassageInContext, PassageState
from search.answering.records import state_record
from search.citations.reference_managers import FORMATS, Reference
from search.citations.references import Citation, cite, locator
from search.citations.selectors import annotation
from search.errors import DocumentNotFound
from search.formats import SUFFIXES
from search.permalinks import document_path, passage_path
from webapp.context import services
from webapp.originals import PDF, find_offered_file, suffix_of
from webapp.views.passages import redirect_with_query

passage_forms = Blueprint("passage_forms", __name__)
FORMS = {"ris": "ris", "bib": "bibtex", "json": "csl"}
"""Endings of addresses, and the formats of references behind them."""


@passage_forms.get("/p/<document_id>/<letters>.<any(ris,bib,json,jsonld,pdf,png):form>")
def passage_form(document_id: str, letters: str, form: str) -> Response:
    """Return the passage in a form; 301 and 410 as its page has them."""
    state = services().room.passage_state(f"{document_id}/{letters}")
    if state.state == "same":
        return _formed(services().room.in_context(state.passage_id), form)
    if state.state == "moved" and state.passage is not None:
        return Response(status=301, headers={"Location": f"{passage_path(state.passage.passage_id)}.{form}"})
    return _gone(state)


def _gone(state: PassageState) -> Response:
    """What became of a passage, for programs."""
    found = state.passage
    document = services().room.opened.catalog.get_document(found.document_id) if found else None
    body = json.dumps(state_record(state, document), ensure_ascii=False)
    return Response(body, 410, mimetype="application/json")


def _formed(context: PassageInContext, form: str) -> Response:
    """A passage that stands, in a form."""
    citation = Citation(context.document, context.edition, context.passage, services().site_url)
    if form in FORMS:
        return reference_file(Reference(citation, locator(context.passage)), form)
    if form == "jsonld":
        return _annotation(context, citation)
    images = services().images
    if form == "png":
        return send_file(images.marked_png(context.document, context.passage), mimetype="image/png")
    body = images.marked_pdf(context.document, context.passage, cite(citation))
    response = Response(body, mimetype="application/pdf")
    name = context.passage.passage_id.replace("/", "-")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


def _annotation(context: PassageInContext, citation: Citation) -> Response:
    """The W3C annotation of a passage."""
    found = context.passage
    earlier = services().room.opened.catalog.passages_of(found.document_id, 1, found.ordinal - 1)
    start = sum(len(passage.text) + 1 for passage in earlier) if found.ordinal > 1 else 0
    made = annotation(citation, found, context.before, context.after, start)
    return Response(json.dumps(made, ensure_ascii=False, indent=1), mimetype="application/ld+json")


@passage_forms.get("/d/<document_id>.<any(ris,bib,json):form>")
def document_form(document_id: str, form: str) -> Response:
    """Return the reference to a whole document."""
    opened = services().room.opened
    found = opened.catalog.get_document(document_id)
    edition = opened.editions.get(found.edition or "")
    return reference_file(Reference(Citation(found, edition, None, services().site_url)), form)


@passage_forms.get(f"/d/<document_id>.<any({','.join(suffix[1:] for suffix in SUFFIXES)}):form>")
def original(document_id: str, form: str) -> Response:
    """Answer 200 with the file of a document, or 206 with a range of it; 301 to the page that says what became of it.

    A PDF opens in the browser, at `#page=`; all else is saved, so that nothing in a file acts on behalf of this site.
    Raises OriginalWithheld, OriginalMissing, or DocumentNotFound, also for another ending than that of the file.
    """
    state = services().room.document_state(document_id)
    found = state.document
    if found is None or found.document_id != document_id:
        return redirect_with_query(document_path(document_id))
    if suffix_of(found) != f".{form}":
        raise DocumentNotFound(f"{document_id}.{form}")
    path = find_offered_file(services().settings.corpus, found)
    return send_file(
        path,
        mimetype=found.media_type,
        as_attachment=found.media_type != PDF,
        download_name=path.name,
        etag=found.sha256,
        conditional=True,
    )


def reference_file(reference: Reference, form: str) -> Response:
    """Return one reference as a file that reference managers open."""
    kind, suffix, write = FORMATS[FORMS[form]]
    passage = reference.citation.passage
    name = passage.passage_id.replace("/", "-") if passage else reference.citation.document.document_id
    response = Response(write([reference]), mimetype=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response
