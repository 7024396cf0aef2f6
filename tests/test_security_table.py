"""`docs/security.md`: every test that it names is there, and every requirement stands once."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line.strip("| \n").split(" | ") for line in TABLE.splitlines() if re.match(r"\| \d", line)]
SOURCES = [
    path for room in ("cli", "indexer", "search", "webapp") for path in sorted((ROOT / room).rglob("*.py"))
]
DANGEROUS = re.compile(
    r"\b(?:eval|exec)\(|shell=True|os\.system\(|\bpickle\.|\bmarshal\.|yaml\.load\(|__import__\("
)


def test_every_test_that_is_named_is_there() -> None:
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    named = set(re.findall(r"`(test_\w+)`", TABLE))
    assert named
    assert named - there == set()


def test_every_requirement_stands_once_and_says_how_it_is_met() -> None:
    numbers = [number for row in ROWS for number in re.findall(r"\d+\.\d+(?:\.\d+)?", row[0])]
    assert len(numbers) > 80
    assert len(numbers) == len(set(numbers))
    assert all(len(row) >= 3 and row[2].strip() for row in ROWS)


def test_what_has_no_test_says_why() -> None:
    bare = [row for row in ROWS if not re.search(r"`test_\w+`", row[-1])]
    said = re.compile(
        r"Operator|Not met|none|neither|no |nobody|above|are not installed|see |SECURITY|there are"
    )
    assert [row for row in bare if not said.search(row[2])] == []


def test_nothing_is_run_that_a_text_could_write() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in SOURCES
        for match in DANGEROUS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_library_is_pinned_by_digest() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) > 20
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
