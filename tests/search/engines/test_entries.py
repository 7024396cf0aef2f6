"""What a passage weighs: running text before tables and headings that say the same, and those before lists of sources."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search.engines.entries import index_entries
from search.model import Passage, PassageKind
from tests.factories import make_document, make_passages

WORDS = "Trust funds pay for the training of officers."


def weight_of(**changes: object) -> float:
    passage: Passage = replace(make_passages("report", [WORDS])[0], **changes)  # type: ignore[arg-type]
    (entry,) = index_entries([passage], make_document())
    return entry.weight


@pytest.mark.parametrize(
    ("kind", "at_most"), [(PassageKind.TABLE, 0.5), (PassageKind.CAPTION, 0.7), (PassageKind.FOOTNOTE, 0.8)]
)
def test_what_stands_beside_the_text_weighs_less_than_the_text(kind: PassageKind, at_most: float) -> None:
    assert 0 < weight_of(kind=kind) <= at_most < weight_of()


def test_an_entry_of_a_list_of_sources_weighs_less_than_half() -> None:
    assert weight_of(heading_path=("Sources",)) <= 0.4 < weight_of(heading_path=("Findings",))
