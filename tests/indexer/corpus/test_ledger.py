"""The link ledger: every id once published answers for ever, and never with a guess between look-alikes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.ledger import former_states, gone_entries, load_ledger, merge_ledger, write_ledger
from search.errors import BadFile, LedgerReadOnly
from search.model import Passage
from tests.factories import make_passages

LONG = "The Trust Fund pays for the training of officers in partner countries every year"
OTHER = "Nothing in this sentence has anything to do with money or with schools at all"


def gone(old: list[str], new: list[str]) -> dict[str, str | None]:
    """Old words that went to the words that they became."""
    before, after = make_passages("d", old), make_passages("d", new)
    words = {passage.passage_id: passage.text for passage in after}
    return {
        entry["text"]: words.get(entry["successor"]) for entry in gone_entries(before, after, "2024-05-01")
    }


def entry(passage: Passage, successor: str | None = None, since: str = "2024-05-01") -> dict[str, Any]:
    """A line of the ledger for a passage that went."""
    return {
        "passage_id": passage.passage_id, "document_id": passage.document_id, "ordinal": passage.ordinal,
        "text": passage.text, "since": since, "successor": successor,
    }  # fmt: skip


def ledger(*entries: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Entries by id."""
    return {one["passage_id"]: one for one in entries}


# --- what became of words --------------------------------------------------------------------------------


def test_words_that_stand_on_are_not_gone() -> None:
    assert gone([LONG, OTHER], [OTHER, LONG]) == {}
    assert gone([LONG], [LONG.upper() + "!"]) == {}


def test_a_passage_with_a_few_other_words_was_reworded() -> None:
    assert gone([LONG, OTHER], [OTHER, f"{LONG} from now on"]) == {LONG: f"{LONG} from now on"}


def test_a_passage_without_anything_like_it_is_gone_for_good() -> None:
    assert gone([LONG], [OTHER]) == {LONG: None}
    assert gone([LONG], []) == {LONG: None}


def test_between_look_alikes_nothing_is_chosen() -> None:
    assert gone([LONG], [f"{LONG} in Geneva", f"{LONG} in Berlin"]) == {LONG: None}


def test_a_clearly_nearer_one_is_chosen() -> None:
    farther = "The Trust Fund pays for the schooling of young people in other countries each time"
    assert gone([LONG], [f"{LONG} again", farther]) == {LONG: f"{LONG} again"}


def test_what_stood_before_cannot_be_what_another_became() -> None:
    near = f"{LONG} in Geneva"
    assert gone([LONG, near], [near]) == {LONG: None}


def test_a_repeat_that_goes_leaves_the_other() -> None:
    before, after = make_passages("d", [LONG, LONG, LONG]), make_passages("d", [LONG, LONG])
    (only,) = gone_entries(before, after, "2024-05-01")
    assert only["passage_id"] == before[2].passage_id


@given(st.lists(st.sampled_from([LONG, OTHER, f"{LONG} again", "Short.", "…", ""]), max_size=5), st.data())
def test_every_id_that_went_has_one_entry_and_leads_to_a_new_one_or_nowhere(
    old: list[str], data: st.DataObject
) -> None:
    new = data.draw(st.lists(st.sampled_from([OTHER, f"{LONG} now", "Short.", ""]), max_size=5))
    before, after = make_passages("d", old), make_passages("d", new)
    entries = gone_entries(before, after, "2024-05-01")
    old_ids, new_ids = {p.passage_id for p in before}, {p.passage_id for p in after}
    assert [one["passage_id"] for one in entries] == [
        p.passage_id for p in before if p.passage_id not in new_ids
    ]
    assert {one["successor"] for one in entries} - {None} <= new_ids - old_ids


# --- what an id answers ----------------------------------------------------------------------------------

A, B, C = make_passages("d", ["First words.", "Second words.", "Third words."])


def test_the_same_words_elsewhere_mean_moved() -> None:
    (there,) = make_passages("other", ["First words!"])
    state = former_states(ledger(entry(A)), [there.passage_id])[A.passage_id]
    assert (state["state"], state["successor"]) == ("moved", there.passage_id)
    assert state["history"] == [{"at": "2024-05-01", "state": "moved"}]


def test_the_same_words_in_the_same_document_go_before_those_elsewhere() -> None:
    at_home = f"{A.passage_id}-2"
    (there,) = make_passages("other", [A.text])
    states = former_states(ledger(entry(A)), [at_home, there.passage_id])
    assert states[A.passage_id]["successor"] == at_home


def test_the_same_words_in_two_places_are_look_alikes() -> None:
    places = [make_passages(name, [A.text])[0].passage_id for name in ("x", "y")]
    state = former_states(ledger(entry(A)), places)[A.passage_id]
    assert (state["state"], state["successor"]) == ("withdrawn", None)


def test_a_recorded_successor_means_reworded() -> None:
    state = former_states(ledger(entry(A, B.passage_id)), [B.passage_id])[A.passage_id]
    assert (state["state"], state["successor"], state["text"], state["since"]) == (
        "reworded", B.passage_id, "First words.", "2024-05-01",
    )  # fmt: skip


def test_a_chain_of_rewordings_is_followed_to_its_end() -> None:
    chain = ledger(entry(A, B.passage_id), entry(B, C.passage_id, "2025-06-02"))
    state = former_states(chain, [C.passage_id])[A.passage_id]
    assert (state["state"], state["successor"]) == ("reworded", C.passage_id)
    assert state["history"] == [
        {"at": "2024-05-01", "state": "reworded"}, {"at": "2025-06-02", "state": "reworded"},
    ]  # fmt: skip


def test_a_chain_that_ends_in_nothing_means_withdrawn() -> None:
    chain = ledger(entry(A, B.passage_id), entry(B, None))
    assert former_states(chain, [])[A.passage_id]["state"] == "withdrawn"
    assert former_states(ledger(entry(A, "lost/aaaaaaaaaa")), [])[A.passage_id]["state"] == "withdrawn"


def test_a_circle_ends_as_withdrawn() -> None:
    circle = ledger(entry(A, B.passage_id), entry(B, A.passage_id), entry(C, C.passage_id))
    states = former_states(circle, [])
    assert {state["state"] for state in states.values()} == {"withdrawn"}
    assert len(states) == 3


def test_words_that_came_back_are_no_longer_former() -> None:
    assert former_states(ledger(entry(A), entry(B)), [A.passage_id]).keys() == {B.passage_id}


# --- the file --------------------------------------------------------------------------------------------


def test_without_a_file_nothing_was_ever_lost(tmp_path: Path) -> None:
    assert load_ledger(tmp_path) == {}


def test_what_was_written_is_loaded_sorted_and_merged(tmp_path: Path) -> None:
    write_ledger(tmp_path, merge_ledger({}, [entry(B), entry(A)]))
    first = load_ledger(tmp_path)
    assert first == ledger(entry(A), entry(B))
    write_ledger(tmp_path, merge_ledger(first, [entry(B, C.passage_id)]))
    assert load_ledger(tmp_path) == ledger(entry(A), entry(B, C.passage_id))
    ids = [json.loads(line)["passage_id"] for line in (tmp_path / "ledger.jsonl").read_text().splitlines()]
    assert ids == sorted(ids)
    assert [file.name for file in tmp_path.iterdir()] == ["ledger.jsonl"]


def test_nothing_gone_writes_nothing(tmp_path: Path) -> None:
    write_ledger(tmp_path, {})
    assert list(tmp_path.iterdir()) == []
    write_ledger(tmp_path, ledger(entry(A)))
    before = (tmp_path / "ledger.jsonl").stat()
    write_ledger(tmp_path, ledger(entry(A)))
    assert (tmp_path / "ledger.jsonl").stat() == before


def test_a_later_line_goes_before_an_earlier_one_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    lines = [json.dumps(entry(A)), "", json.dumps(entry(A, B.passage_id)), "  "]
    (tmp_path / "ledger.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert load_ledger(tmp_path)[A.passage_id]["successor"] == B.passage_id


def test_line_separators_inside_words_are_no_new_lines(tmp_path: Path) -> None:
    (odd,) = make_passages("d", ["One\u2028two\x85three."])
    write_ledger(tmp_path, merge_ledger({}, [entry(odd)]))
    assert load_ledger(tmp_path)[odd.passage_id]["text"] == odd.text


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("<<<<<<< HEAD", "not JSON"),
        ('{"passage_id": "d/aaaaaaaaaa"}', "an entry needs document_id, ordinal"),
        ('["a"]', "an entry needs"),
        ("null", "an entry needs"),
        (b'{"text": "\xff"}', "not JSON"),
        (json.dumps({**entry(A), "text": 3}), "a value of the entry is no text"),
        (json.dumps({**entry(A), "successor": ["x"]}), "a value of the entry is no text"),
        (json.dumps({**entry(A), "passage_id": None}), "a value of the entry is no text"),
    ],
)
def test_a_damaged_line_is_refused_with_its_number(tmp_path: Path, line: str | bytes, reason: str) -> None:
    damaged = line if isinstance(line, bytes) else line.encode()
    (tmp_path / "ledger.jsonl").write_bytes(json.dumps(entry(B)).encode() + b"\n" + damaged + b"\n")
    with pytest.raises(BadFile, match=r"ledger\.jsonl, line 2: ") as caught:
        load_ledger(tmp_path)
    assert reason in str(caught.value)


def test_a_ledger_that_cannot_be_written_is_an_error_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl.new").mkdir()
    with pytest.raises(LedgerReadOnly, match="make the corpus folder writable"):
        write_ledger(tmp_path, merge_ledger({}, [entry(A)]))
    assert not (tmp_path / "ledger.jsonl").exists()
