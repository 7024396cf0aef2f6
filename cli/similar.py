"""The command that compares passages: similar."""

from __future__ import annotations

from contextlib import closing

import click

from cli.support.printing import result, result_json
from search.answering.records import similar_record
from search.citations.references import locator
from search.room import ReadingRoom
from search.settings import Settings


@click.command(
    epilog="""\b
Example:
  findings similar p360-2022-digest/k3f9x2ab7q"""
)
@click.argument("passage_id")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def similar(settings: Settings, passage_id: str, as_json: bool) -> None:
    """List other places that say nearly the same as a passage, with the share of its words that stand there."""
    with closing(ReadingRoom(settings)) as room:
        places = room.similar(passage_id)
    if as_json:
        result_json({"passage_id": passage_id, "similar": [similar_record(place) for place in places]})
        return
    if not places:
        result("no other passage says nearly this")
    for place in places:
        repeated = ", repeated in the same document" if place.same_document else ""
        result(f"{place.share:.0%} of its words{repeated}: {place.document.title}, {locator(place.passage)}")
        result(f"   {place.passage.text}")
        result(f"   {place.passage.passage_id}")
