"""The web app: one function that puts it together. Nothing happens when this file is imported."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from search.basket.basket import MOST_ITEMS
from search.citations.item import bare_label
from search.citations.references import locator
from search.model import note_words
from search.room import ReadingRoom
from search.settings import Settings
from search.store.generations import PAGE_PICTURES
from search.unread_pages import unread_sentence
from webapp.api.feeds import feeds
from webapp.api.health import health
from webapp.api.suggest import suggesting
from webapp.api.views import api
from webapp.context import AROUND_A_FILE, EXTENSION, DraftReader, Services
from webapp.errors import add_error_pages
from webapp.http.caching import add_freshness, code_version
from webapp.http.compression import add_compression
from webapp.http.security import add_security
from webapp.http.serialising import take_turns
from webapp.many_questions.answers import batch
from webapp.many_questions.handed_in import LARGEST_TABLE
from webapp.many_questions.term_report import term_reports
from webapp.page_images.cache import PageImages
from webapp.pages.dates import written_date, written_span
from webapp.pages.presenters import (
    LINKS,
    beginning,
    counted,
    document_facts,
    ending,
    headings_above,
    letters_of,
)
from webapp.views.about import about
from webapp.views.basket import LONGEST_ADDRESS, basket
from webapp.views.documents import documents
from webapp.views.editions import editions
from webapp.views.findings import findings
from webapp.views.home import home
from webapp.views.passage_forms import passage_forms
from webapp.views.passages import passages, similar_places
from webapp.views.quote import quoting
from webapp.views.search import searching
from webapp.views.themes import themes
from webapp.views.versions import versions

GROUPS = (
    home,
    searching,
    suggesting,
    batch,
    term_reports,
    documents,
    versions,
    passage_forms,
    passages,
    basket,
    quoting,
    themes,
    findings,
    editions,
    about,
    feeds,
    health,
    api,
)
LARGEST_BODY = LARGEST_TABLE + AROUND_A_FILE  # bytes; `/check` and `/basket` alone take more


def create_app(
    settings: Settings, room: ReadingRoom | None = None, read_draft: DraftReader | None = None
) -> Flask:
    """Return the app on an index. The index is opened by the first request, so the app starts without one.

    Without `read_draft`, drafts can be pasted but no files be uploaded.
    """
    version = code_version(Path(__file__).parent)
    app = Flask(__name__, static_url_path=f"/static/{version}")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the default provider has it
    open_room = room or ReadingRoom(settings)
    images = PageImages(settings.corpus.resolve(), settings.index.resolve() / PAGE_PICTURES)
    app.extensions[EXTENSION] = services = Services(settings, open_room, images, read_draft)
    app.jinja_env.globals["original_path"] = services.original
    for group in GROUPS:
        app.register_blueprint(group)
    add_compression(app)  # first of those that work on answers, so that it is done last
    add_error_pages(app)
    add_freshness(app, open_room.generations, version)
    add_security(app, settings.site_url)
    _equip_templates(app, version)
    take_turns(app)
    app.jinja_env.globals["similar_to"] = lambda passage: similar_places(open_room, passage)
    return app


def _equip_templates(app: Flask, version: str) -> None:
    """What every template may use."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(LINKS, version=version, counted=counted, document_facts=document_facts)
    app.jinja_env.globals["most_in_basket"] = MOST_ITEMS
    app.jinja_env.globals["longest_basket_address"] = LONGEST_ADDRESS
    app.jinja_env.globals["headings_above"] = headings_above
    app.jinja_env.globals["unread_sentence"] = unread_sentence
    app.jinja_env.filters.update(
        date=written_date, letters=letters_of, ending=ending, beginning=beginning, note_words=note_words
    )
    app.jinja_env.filters.update(
        locator=locator, bare_label=bare_label, capfirst=lambda text: text[:1].upper() + text[1:]
    )
    app.jinja_env.globals["span"] = written_span
