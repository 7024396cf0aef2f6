"""Words that staff take for the same: read from a file, refused with the line, searched, announced, switched off."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.enrichment.synonyms import load_synonyms
from search.answering.answer import Question
from search.errors import BadFile
from search.room import ReadingRoom
from tests.indexer.corpora import small_desk

GROUP = '[[synonyms]]\nwords = ["partner", "associate"]\n'


def test_groups_are_read_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.toml"
    assert load_synonyms(path) == ()
    path.write_text(GROUP + '[[synonyms]]\nwords = ["a truce", "cessation of hostilities"]\n')
    assert load_synonyms(path) == (("partner", "associate"), ("a truce", "cessation of hostilities"))


@pytest.mark.parametrize(
    ("more", "problem", "line"),
    [
        ('[[synonyms]]\nwords = ["alone"]\n', "two wordings", 4),
        ('[[synonyms]]\nwords = ["Partner", "ally"]\n', "stands twice", 4),
        ('[[synonyms]]\nwords = ["?", "ally"]\n', "no wording", 4),
        ('[[synonyms]]\nword = ["ally", "friend"]\n', "nothing else", 3),
        ("[other]\nwords = 3\n", "tables", 1),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, more: str, problem: str, line: int) -> None:
    path = tmp_path / "synonyms.toml"
    path.write_text(GROUP + more)
    with pytest.raises(BadFile, match=problem) as refused:
        load_synonyms(path)
    assert f"line {line}:" in str(refused.value)


def test_a_synonym_is_searched_announced_counted_and_switched_off(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    desk.run()
    room = ReadingRoom(desk.settings)
    assert room.ask(Question("collaborators")).total == 0
    before = room.ask(Question("exercises")).total
    (desk.corpus / "synonyms.toml").write_text('[[synonyms]]\nwords = ["collaborators", "exercises"]\n')
    assert desk.run().published  # without any document read anew
    answer = room.ask(Question("collaborators"))
    assert (answer.total, [(e.key, e.label) for e in answer.expansions]) == (
        before,
        [("synonym:collaborators", "exercises")],
    )
    assert answer.counts is not None
    assert (answer.counts.exact, answer.counts.synonym) == (0, before)
    assert {why.reason for hit in answer.hits for why in hit.why} == {"synonym"}
    assert room.ask(Question("collaborators", without=("synonym:collaborators",))).total == 0
    room.close()
