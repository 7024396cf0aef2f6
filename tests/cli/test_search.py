"""`findings search`, `batch` and `show`: answers for people, for programs, and for trec_eval."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from search.permalinks import passage_ids
from tests.cli.conftest import Run
from tests.indexer.corpora import Desk

HIT_KEYS = {
    "rank", "score", "passage_id", "document_id", "path", "title", "edition", "date", "kind", "page",
    "page_label", "heading_path", "finding", "themes", "snippet", "url",
}  # fmt: skip


# --- search ----------------------------------------------------------------------------------------------


def test_search_shows_where_the_words_stand_and_their_id(findings: Run, library: Desk) -> None:
    ran = findings("search", "officers")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("1 passage in 1 document for officers\n")
    assert "1. =Opening speech, para. " in ran.out
    assert "The Trust Fund pays for the training of officers in partner countries." in ran.out
    assert "\x1b" not in ran.out
    (passage_id,) = passage_ids(
        "opening", ["The Trust Fund pays for the training of officers in partner countries."]
    )
    assert passage_id in ran.out


def test_the_json_of_search_has_the_keys_of_the_contract(findings: Run, library: Desk) -> None:
    ran = findings("search", "officers", "training", "--json")
    answer = ran.json
    assert ran.out.count("\n") == 1
    assert ran.err == ""
    assert set(answer) >= {
        "query", "understood", "match", "total", "documents", "hits", "facets", "did_you_mean", "generation",
        "took_ms",
    }  # fmt: skip
    assert (answer["query"], answer["understood"], answer["match"]) == (
        "officers training", "officers AND training", "all",
    )  # fmt: skip
    assert (answer["total"], answer["documents"], answer["did_you_mean"]) == (1, 1, None)
    (hit,) = answer["hits"]
    assert set(hit) >= HIT_KEYS
    assert (hit["rank"], hit["document_id"], hit["path"]) == (1, "opening", "speeches/opening.txt")
    assert (hit["edition"], hit["date"], hit["kind"]) == ("p360-2022", "2022-07-11", "speech")
    assert [theme["id"] for theme in hit["themes"]] == ["trust-funds"]
    text = hit["snippet"]["text"]
    assert [text[start:end] for start, end, _ in hit["snippet"]["marks"]] == ["training", "officers"]
    assert {"id": "trust-funds", "label": "Trust Funds", "count": 1, "chosen": False} in answer["facets"][
        "theme"
    ]


@pytest.mark.parametrize(
    ("options", "total"),
    [
        ((), 11),
        (("--theme", "Trust Funds"), 1),
        (("--edition", "2022"), 3),
        (("--edition", "geneva", "--theme", "trust-funds"), 1),
        (("--kind", "speech", "--kind", "background"), 8),
        (("--since", "2022"), 3),
        (("--until", "2021"), 0),
        (("--finding", "lesson"), 0),
    ],
)
def test_options_narrow_the_search(findings: Run, options: tuple[str, ...], total: int) -> None:
    assert findings("search", "", "--json", *options).json["total"] == total


def test_match_and_by_and_limit_do_what_they_say(findings: Run) -> None:
    both = ("search", "officers", "exercises", "--json")
    assert findings(*both).json["match"] == "any"
    assert findings(*both, "--match", "all").json["total"] == 0
    assert findings(*both, "--match", "any", "--limit", "1").json["hits"][0]["rank"] == 1
    by_document = findings("search", "exercises", "--by", "document", "--json").json
    assert [hit["document_id"] for hit in by_document["hits"]] == ["background-note"]
    assert by_document["hits"][0]["in_document"] == by_document["total"] == 3


def test_what_was_done_beside_the_question_is_noted_on_stderr(findings: Run) -> None:
    ran = findings("search", "the", "officers", "exercises")
    assert ran.err == (
        "not looked for: the\nall words: 0; *any of the words: 4\n"
        "no passage has all words; these have some of them\n"
    )


def test_a_mistake_is_shown_with_a_caret_and_the_plain_words_are_searched(findings: Run) -> None:
    ran = findings("search", 'officers "of')
    assert ran.code == 0
    assert ran.err.startswith(
        'officers "of\n         ^\na quotation mark that is not closed; searched as: officers'
    )
    assert findings("search", 'officers "of', "--json").json["mistake"]["position"] == 9


def test_nothing_found_says_what_was_searched_and_proposes_a_word(findings: Run) -> None:
    ran = findings("search", "exercices")
    assert ran.code == 0
    assert (
        "searched were 11 passages of 4 documents, dated 2022-07-11 to 2022-07-11; 1 file could not be read"
        in ran.out
    )
    assert "did you mean: exercises" in ran.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--theme", "trust-fonds"), "findings: no theme 'trust-fonds'; did you mean 'trust-funds'?"),
        (("--edition", "2019"), "findings: no edition '2019' (there are: p360-2022)"),
        (("--kind", "speach"), "findings: no kind 'speach'; did you mean 'speech'?"),
        (("--since", "June"), "'June' is no date; write 2019, 2019-06 or 2019-06-12"),
        (("--until", "2019-13"), "is no date"),
        (("--limit", "many"), "not a valid integer"),
        (("--match", "some"), "'some' is not one of"),
    ],
)
def test_a_value_that_cannot_be_used_ends_with_2(
    findings: Run, options: tuple[str, ...], message: str
) -> None:
    ran = findings("search", "peace", "--json", *options)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


# --- batch -----------------------------------------------------------------------------------------------


def asked(folder: Path, text: str | bytes, name: str = "q.jsonl") -> str:
    """A file of questions."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(file)


def test_batch_gives_one_search_object_a_line_with_its_id(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '{"id": "a", "text": "officers"}\n\n{"id": 7, "text": "zebra"}\n')
    ran = findings("batch", file)
    assert (ran.code, ran.err) == (0, "")
    assert [(row["id"], row["query"], row["total"]) for row in ran.lines] == [
        ("a", "officers", 1), ("7", "zebra", 0),
    ]  # fmt: skip
    assert set(ran.lines[0]["hits"][0]) >= HIT_KEYS


def test_texts_of_a_batch_are_plain_words(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '{"id": "a", "text": "NOT officers (training\\" theme:nothing"}\n')
    (row,) = findings("batch", file).lines
    assert row["mistake"] is None
    assert row["total"] >= 1


def test_line_separators_inside_a_text_are_no_new_lines(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '\ufeff{"id": "a", "text": "officers\u2028training"}\r\n')
    (row,) = findings("batch", file).lines
    assert row["total"] == 1


def test_half_a_character_is_no_reason_to_fail(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '{"id": "\\ud800", "text": "officers \\udfff"}\n')
    (row,) = findings("batch", file).lines
    assert (row["id"], row["total"]) == ("\ud800", 1)
    assert findings("batch", file, "--format", "trec").out.startswith("? Q0 opening/")
    assert findings("search", "officers", "\udcff").code == 0


def test_batch_takes_a_table_with_a_query_column(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '\ufeffid,query\nx,officers\n,"training,\nofficers"\n', "q.csv")
    assert [(row["id"], row["total"]) for row in findings("batch", file).lines] == [("x", 1), ("2", 1)]


def test_batch_writes_a_table_that_no_spreadsheet_runs(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, "query\n=officers()\n", "q.csv")
    rows = list(csv.DictReader(io.StringIO(findings("batch", file, "--format", "csv").out)))
    (row,) = rows
    assert (row["id"], row["query"], row["title"]) == ("1", "'=officers()", "'=Opening speech")
    assert (row["rank"], row["document_id"], row["date"]) == ("1", "opening", "2022-07-11")
    assert row["text"] == "The Trust Fund pays for the training of officers in partner countries."


def test_batch_writes_runs_for_trec_eval(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '{"id": "q1", "text": "exercises"}\n')
    passages = [line.split(" ") for line in findings("batch", file, "--format", "trec").out.splitlines()]
    assert [row[:2] + row[3:4] + row[5:] for row in passages] == [
        ["q1", "Q0", str(n), "findings"] for n in (1, 2, 3)
    ]
    assert all(row[2].startswith("background-note/") for row in passages)
    scores = [float(row[4]) for row in passages]
    assert scores == sorted(scores, reverse=True)
    documents = findings("batch", file, "--format", "trec", "--by", "document").out.split(" ")
    assert documents[2] == "background-note"


def test_batch_limits_the_hits_of_each_question(findings: Run, tmp_path: Path) -> None:
    file = asked(tmp_path, '{"id": 1, "text": "exercises"}\n{"id": 2, "text": "partners"}\n')
    assert [len(row["hits"]) for row in findings("batch", file, "--limit", "1").lines] == [1, 1]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "q.jsonl",
            '{"id": 1, "text": "x"}\n{"id": 1}\n',
            'line 2: wanted is a JSON object with "id" and "text"',
        ),
        ("q.jsonl", "{\n", "line 1: wanted is a JSON object"),
        ("q.jsonl", '["x"]\n', "line 1: wanted is a JSON object"),
        ("q.jsonl", '{"id": 1, "text": null}\n', 'line 1: "text" must be a text'),
        ("q.jsonl", '{"id": 1, "text": ["x"]}\n', 'line 1: "text" must be a text'),
        (
            "q.jsonl",
            '{"id": null, "text": "x"}\n',
            'line 1: "text" must be a text, and "id" a text or a number',
        ),
        ("q.jsonl", b'{"id": 1, "text": "\xff"}\n', "not UTF-8; save it as UTF-8"),
        ("q.csv", "question\nx\n", "line 1: no column 'query' (there are: question)"),
        ("q.csv", "", "line 1: no column 'query' (there are: none)"),
        ("q.csv", b"query\n\xff\n", "not UTF-8"),
        ("q.csv", 'query\n"' + "x" * 200_000 + '"\n', "not a table of comma-separated values"),
    ],
)
def test_a_bad_file_of_questions_ends_with_2_and_names_the_line(
    findings: Run, tmp_path: Path, name: str, text: str | bytes, message: str
) -> None:
    file = asked(tmp_path, text, name)
    ran = findings("batch", file)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"findings: {file}")
    assert message in ran.err


def test_a_missing_file_of_questions_ends_with_2(findings: Run, tmp_path: Path) -> None:
    ran = findings("batch", str(tmp_path / "none.jsonl"))
    assert ran.code == 2
    assert "none.jsonl" in ran.err


# --- show ------------------------------------------------------------------------------------------------

SAME = ("opening", "The Trust Fund pays for the training of officers in partner countries.")
REWORDED = ("background-note", "Participants recommended that exercises be planned five years ahead.")
MOVED = ("background-old", "These words will move to another file of the corpus.")
WITHDRAWN = ("opening", "We must never forget that partners come first in all that we do together.")


def passage_id(document_id: str, text: str) -> str:
    """The id of words in a document."""
    return passage_ids(document_id, [text])[0]


def test_show_gives_a_passage_with_its_citation(findings: Run) -> None:
    ran = findings("show", passage_id(*SAME))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"{SAME[1]}\n\n")
    assert (
        f"Ms Ana: =Opening speech, Geneva, Switzerland, 2022-07-11, para. 2. /p/{passage_id(*SAME)}"
        in ran.out
    )


@pytest.mark.parametrize(
    ("words", "state", "now"),
    [
        (SAME, "same", SAME[1]),
        (MOVED, "moved", MOVED[1]),
        (REWORDED, "reworded", REWORDED[1].replace("five", "six")),
        (WITHDRAWN, "withdrawn", None),
    ],
)
def test_show_answers_for_every_id_ever_published(
    findings: Run, words: tuple[str, str], state: str, now: str | None
) -> None:
    ran = findings("show", passage_id(*words), "--json")
    shown = ran.json
    assert ran.code == 0
    assert set(shown) >= {"passage_id", "state", "passage", "since", "history"}
    assert (shown["passage_id"], shown["state"]) == (passage_id(*words), state)
    assert (shown["passage"] and shown["passage"]["text"]) == now
    assert (shown["since"] is None) == (state == "same")
    assert [item["state"] for item in shown["history"]] == ([] if state == "same" else [state])


def test_show_tells_people_what_became_of_an_id(findings: Run) -> None:
    ran = findings("show", passage_id(*WITHDRAWN))
    assert ran.code == 0
    assert ran.out.startswith("withdrawn on 20")
    assert ran.out.rstrip().endswith(f"it said: {WITHDRAWN[1]}")
    assert findings("show", passage_id(*MOVED)).out.startswith("moved on 20")


def test_the_passage_of_show_has_the_keys_of_the_contract(findings: Run) -> None:
    passage = findings("show", passage_id(*SAME), "--json").json["passage"]
    assert set(passage) >= {
        "passage_id", "document_id", "path", "ordinal", "kind", "page", "page_end", "page_label", "heading_path",
        "text", "finding", "themes", "speaker", "boxes",
    }  # fmt: skip
    assert (passage["path"], passage["page"], passage["boxes"]) == ("speeches/opening.txt", None, [])
    (theme,) = passage["themes"]
    assert (theme["id"], theme["because"][0], theme["grade"]) == ("trust-funds", "Trust Fund", 2)


@pytest.mark.parametrize(
    "unknown", ["opening/aaaaaaaaaa", "opening", "../../etc/passwd", "", "a\nb", "a\udcff/aaaaaaaaaa"]
)
def test_an_id_that_was_never_published_ends_with_2(findings: Run, unknown: str) -> None:
    ran = findings("show", unknown, "--json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"findings: no passage {unknown!r}; ")
