"""What views need of the app: the settings, the reading room, the page images; one for each app."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from flask import current_app, request

from search.citations.references import Citation
from search.drafts.quotations import Draft
from search.errors import UsageProblem
from search.model import Document, Passage
from search.quotes.lookup import QuoteAnswer, find_quote
from search.room import ReadingRoom
from search.settings import Settings
from webapp.holdings import Holdings, count_holdings
from webapp.originals import original_link
from webapp.page_images.cache import PageImages

DraftReader = Callable[[bytes, str], Draft]
"""Reads an uploaded file, given its content and its name. Raises BadFile. The web app has no reader of its own."""
EXTENSION = "findings"  # the key in Flask's table of extensions
LONGEST_QUOTE = 6_000  # characters of an address
AROUND_A_FILE = 6_000  # bytes of a form beside the file that is handed in with it


@dataclass(slots=True)
class Services:
    """What a view needs of the world."""

    settings: Settings
    room: ReadingRoom
    images: PageImages
    read_draft: DraftReader | None = None
    _holdings: Holdings | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def holdings(self) -> Holdings:
        """The counts of the published generation; counted once for each."""
        published = self.room.opened.meta.generation
        with self._lock:
            if self._holdings is None or self._holdings.meta.generation != published:
                self._holdings = count_holdings(self.room)
            return self._holdings

    @property
    def site_url(self) -> str:
        """The public address without the last slash: as set, else as the reader called it."""
        return self.settings.site_url or request.host_url.rstrip("/")

    def original(self, document: Document, page: int | None = None) -> str | None:
        """Return the path of a document's file, at a `page` of a PDF; None where readers cannot open it."""
        return original_link(self.settings.corpus, document, page)

    def citation(self, document: Document, passage: Passage | None) -> Citation:
        """Return what is needed to cite a passage or a document."""
        return Citation(
            document, self.room.opened.editions.get(document.edition or ""), passage, self.site_url
        )

    def look_up_quote(self, text: str) -> QuoteAnswer:
        """Look up words that came in an address. Raises UsageProblem when `text` is longer than LONGEST_QUOTE."""
        if len(text) > LONGEST_QUOTE:
            raise UsageProblem(
                f"{len(text):,} characters; a quotation may have {LONGEST_QUOTE:,} here: check longer texts at /check"
            )
        return find_quote(text, self.room.opened.quoted)


def services() -> Services:
    """Return what views need of the running app."""
    return cast(Services, current_app.extensions[EXTENSION])
