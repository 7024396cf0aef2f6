"""`findings show`: one passage with its citation, or what became of its id."""

from __future__ import annotations

from contextlib import closing

import click

from cli.support.printing import result, result_json
from search.answering.records import state_record
from search.citations.references import Citation, cite
from search.model import footnote_ids, note_words
from search.room import ReadingRoom
from search.settings import Settings


@click.command(
    epilog="""\b
Example:
  findings show p360-2022-digest/k3f9x2ab7q"""
)
@click.argument("passage_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def show(settings: Settings, passage_id: str, as_json: bool) -> None:
    """Show a passage with its citation, or what became of an id that was once published."""
    with closing(ReadingRoom(settings)) as room:
        state = room.passage_state(passage_id)
        opened = room.opened
        document = opened.catalog.get_document(state.passage.document_id) if state.passage else None
        if as_json:
            result_json(state_record(state, document))
            return
        if state.state != "same":
            said = (
                f"; it said: {state.words}"
                if state.words
                else f": {state.reason or f'its words were let go on {state.emptied}'}"
            )
            result(f"{state.state} on {state.since}{said}")
        if state.passage is not None and document is not None:
            edition = opened.editions.get(document.edition or "")
            result(state.passage.text)
            for note in opened.catalog.passages(footnote_ids(state.passage)):
                result(f"Footnote {note.mark or ''}: {note_words(note)}")
            result()
            result(cite(Citation(document, edition, state.passage, settings.site_url)))
