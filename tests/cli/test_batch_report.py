"""`findings batch --report`: counts for people and programs, and clear refusals."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def queries(tmp_path: Path) -> str:
    file = tmp_path / "queries.txt"
    file.write_text("peace OR trust\n\ntrust AND NOT peace\n", encoding="utf-8")
    return str(file)


def test_a_report_is_one_object_with_counts_and_what_was_searched(findings: Run, queries: str) -> None:
    ran = findings("batch", queries, "--report")
    assert ran.code == 0
    assert [one["query"] for one in ran.json["queries"]] == ["peace OR trust", "trust AND NOT peace"]
    assert ran.json["any"]["passages"] == ran.json["queries"][0]["passages"] > 0
    assert ran.json["record"]["generation"]


def test_a_report_is_written_in_the_form_of_its_file(findings: Run, queries: str, tmp_path: Path) -> None:
    book, table = tmp_path / "report.xlsx", tmp_path / "report.csv"
    assert findings("batch", queries, "--report", "--output", str(book)).code == 0
    assert findings("batch", queries, "--report", "--output", str(table)).code == 0
    assert "xl/workbook.xml" in zipfile.ZipFile(book).namelist()
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [row["query"] for row in rows if row["part"] == "query"] == [
        "peace OR trust",
        "trust AND NOT peace",
    ]


def test_a_query_that_cannot_be_read_is_named_with_its_line(findings: Run, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text('peace\n"peace\n', encoding="utf-8")
    ran = findings("batch", str(file), "--report")
    assert ran.code == 3
    assert "line 2" in ran.err
    assert ran.json["queries"][0]["passages"] > 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--report", "--format", "xlsx"), "--output"),
        (("--report", "--format", "trec"), "json, csv, xlsx"),
        (("--format", "xlsx"), "--report"),
        (("--since", "2019"), "--report"),
        (("--report", "--theme", "nonsense"), "nonsense"),
        (("--report", "--limit", "10"), "--limit"),
        (("--report", "--by", "document", "--limit", "3"), "--by and --limit"),
        (("--report", "--match", "most"), "--match most"),
        (("--report", "--format", "csv", "--output", "report.xlsx"), "--format csv and --output report.xlsx"),
        (("--report", "--output", "/nonexistent/x"), "there is no folder /nonexistent"),
        (("--report", "--output", "/proc/x.csv"), "/proc/x.csv: "),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    findings: Run, queries: str, options: tuple[str, ...], said: str
) -> None:
    ran = findings("batch", queries, *options)
    assert ran.code == 2
    assert said in ran.err
    assert not ran.out
