"""Other places that say nearly this, for the passage page: none where no engine opens, for a passage needs none."""

from __future__ import annotations

from search.answering.similar import Similar
from search.errors import IndexDamaged
from search.model import Passage
from search.room import ReadingRoom


def similar_places(room: ReadingRoom, passage: Passage) -> tuple[Similar, ...]:
    """What `ReadingRoom.similar` finds."""
    try:
        return room.similar(passage.passage_id)
    except IndexDamaged:
        return ()
