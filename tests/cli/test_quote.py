"""`findings quote`: one quotation or a file of them, for people and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.permalinks import passage_ids
from tests.cli.conftest import Run

SOURCE = "The Trust Fund pays for the training of officers in partner countries."


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("pays for the training of officers", "exact"),
        ("the trust fund pays […] of officers", "folded"),
        ("pays for the training of civilians in partner countries", "near"),
        ("zebras graze quietly upon distant hillsides", "not_found"),
    ],
)
def test_each_verdict_is_said_and_ends_with_0(findings: Run, text: str, verdict: str) -> None:
    ran = findings("quote", text, "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    assert (ran.json["text"], ran.json["verdict"]) == (text, verdict)
    people = findings("quote", text)
    assert people.out.startswith(f"{verdict.replace('_', ' ')}: {text}\n")


def test_the_json_of_quote_has_the_keys_of_the_contract(findings: Run) -> None:
    record = findings("quote", "training of 12 officers in partner countries", "--json").json
    assert set(record) == {"id", "text", "verdict", "matches"}
    (match,) = record["matches"]
    assert set(match) >= {
        "passage_ids", "document_id", "path", "page", "page_label", "source_text", "score", "folded",
        "differences", "url",
    }  # fmt: skip
    assert match["passage_ids"] == passage_ids("opening", [SOURCE])
    assert (match["document_id"], match["path"]) == ("opening", "speeches/opening.txt")
    assert match["source_text"] == "training of officers in partner countries"
    assert match["differences"] == [{"quoted": "12", "source": "", "kind": "number"}]
    assert match["url"] == f"/p/{match['passage_ids'][0]}"


def test_people_see_the_differences_and_the_place(findings: Run) -> None:
    out = findings("quote", "pays for the training of civilians in partner countries").out
    assert "  =Opening speech, para. 2 (0.89)\n" in out
    assert "    word: civilians / officers\n" in out


def test_a_batch_gives_one_object_a_line_with_its_id(findings: Run, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    lines = ['{"id": "a", "text": "training of officers"}', "", '{"id": 2, "text": "zebra giraffe"}']
    file.write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    ran = findings("quote", "--batch", str(file), "--json")
    assert [(row["id"], row["verdict"]) for row in ran.lines] == [("a", "exact"), ("2", "not_found")]
    assert findings("quote", "--batch", str(file)).out.startswith("exact: training of officers\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"id": 1, "text": "x"}\n{"id": 2}\n', "line 2: wanted is a JSON object"),
        (b'{"id": 1, "text": null}\n', 'line 1: "text" must be a text'),
        (b'{"id": 1, "text": "\xff"}\n', "not UTF-8"),
        (b'\n{"id": 1, "text": "..."}\n', "line 2: no words to look up"),
    ],
)
def test_a_bad_file_of_quotations_ends_with_2_and_names_the_line(
    findings: Run, tmp_path: Path, content: bytes, message: str
) -> None:
    file = tmp_path / "q.jsonl"
    file.write_bytes(content)
    ran = findings("quote", "--batch", str(file), "--json")
    assert ran.code == 2
    assert ran.err.startswith(f"findings: {file}")
    assert message in ran.err


@pytest.mark.parametrize("arguments", [(), ("words", "--batch", "{file}")])
def test_either_words_or_a_file_are_wanted(findings: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text('{"id": 1, "text": "x"}\n', encoding="utf-8")
    ran = findings("quote", *(argument.format(file=file) for argument in arguments))
    assert (ran.code, ran.err) == (2, "findings: give either the words or --batch FILE\n")


def test_a_quotation_without_words_ends_with_2(findings: Run) -> None:
    assert findings("quote", "…").err == "findings: no words to look up in '…'\n"
