"""The tables of what is withdrawn: read with their mistakes, written beside what stands there, and what they take out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.corpus.corrections import load_corrections
from indexer.withdrawing.withdrawals import (
    Withdrawal,
    Withdrawals,
    add_withdrawal,
    load_withdrawals,
    take_out,
)
from search.errors import BadFile
from search.model import NoteSign, Themes
from tests.factories import make_document, make_passages

ONE = Withdrawal("report", "2026-11-27", 'it names "a minor"')
OTHER = Withdrawal("speech/aaaaaaaaaa", "2026-11-28", "by order")


def test_what_is_added_is_loaded_and_what_stood_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "corrections.toml"
    written = '# ours\n[[corrections]]\npassage = "d/aaaaaaaaaa"\nfinding = "none"'
    file.write_text(written, encoding="utf-8")
    add_withdrawal(tmp_path, ONE)
    add_withdrawal(tmp_path, OTHER)
    assert list(load_withdrawals(tmp_path)) == [ONE, OTHER]
    assert file.read_text(encoding="utf-8").startswith(written)
    assert [c.passage_id for c in load_corrections(tmp_path, Themes.of(()))] == ["d/aaaaaaaaaa"]


def test_without_a_file_nothing_is_withdrawn(tmp_path: Path) -> None:
    assert not load_withdrawals(tmp_path)
    add_withdrawal(tmp_path, ONE)
    assert load_withdrawals(tmp_path).ids == {"report"}


@pytest.mark.parametrize(
    ("table", "line", "problem"),
    [
        ('id = "a"\non = 2026-11-27\nreason = "x"\nwhy = 1', 5, "unknown key 'why'"),
        ('id = "a/b"\non = 2026-11-27\nreason = "x"', 2, "neither a document nor a passage"),
        ('id = "a"\non = "yesterday"\nreason = "x"', 3, "on must be the day"),
        ('id = "a"\nreason = "x"', 1, "on must be the day"),
        ('id = "a"\non = 2026-11-27\nreason = " "', 4, "reason must say"),
    ],
)
def test_a_mistake_is_refused_with_its_line(tmp_path: Path, table: str, line: int, problem: str) -> None:
    (tmp_path / "corrections.toml").write_text(f"[[withdrawn]]\n{table}\n", encoding="utf-8")
    with pytest.raises(BadFile, match=problem) as caught:
        load_withdrawals(tmp_path)
    assert f"line {line}:" in str(caught.value)


def test_the_ledger_loses_the_words_of_what_was_withdrawn_and_of_its_earlier_wordings() -> None:
    def entry(passage_id: str, successor: str | None = None) -> dict[str, object]:
        document_id = passage_id.partition("/")[0]
        return {
            "passage_id": passage_id,
            "document_id": document_id,
            "text": "secret",
            "since": "2020",
            "successor": successor,
        }

    ledger = {
        "report/bbbbbbbbbb": entry("report/bbbbbbbbbb"),
        "speech/cccccccccc": entry("speech/cccccccccc", "speech/aaaaaaaaaa"),
        "speech/dddddddddd": entry("speech/dddddddddd", "speech/eeeeeeeeee"),
    }
    erased = Withdrawals([ONE, OTHER]).erase(ledger)
    assert [erased[passage_id]["text"] for passage_id in ledger] == ["", "", "secret"]
    assert erased["report/bbbbbbbbbb"]["reason"] == ONE.reason
    assert erased["speech/cccccccccc"]["successor"] is None


def test_taking_out_a_passage_leaves_nothing_that_repeats_or_leads_to_it() -> None:
    head, text, note = make_passages("d", ["A secret heading", "Words with a note.", "1 The note."])
    head = replace(head, page=2, page_end=3)
    text = replace(
        text,
        page=3,
        heading_path=("Part one", head.text),
        footnotes=(NoteSign("1", 5, note.passage_id),),
    )
    note = replace(note, note_of=(text.passage_id,))
    document, kept = take_out(make_document("d", passages=3), (head, text, note), [head.passage_id])
    assert [p.passage_id for p in kept] == [text.passage_id, note.passage_id]
    assert kept[0].heading_path == ("Part one",)
    assert (document.passages, document.withheld_pages) == (2, (2, 3))
    assert document.file_withheld
    _, kept = take_out(document, (head, text, note), [note.passage_id])
    assert kept[1].footnotes[0].passage_id is None
    _, kept = take_out(document, (head, text, note), [text.passage_id])
    assert kept[1].note_of == ()
