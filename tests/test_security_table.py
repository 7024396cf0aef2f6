"""`docs/security.md`: every test that it names is there, and every requirement stands once."""

from __future__ import annotations

import ast
import re
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).parent.parent
TABLE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = [line.strip("| \n").split(" | ") for line in TABLE.splitlines() if re.match(r"\| \d", line)]
SOURCES = [
    path for room in ("cli", "indexer", "search", "webapp") for path in sorted((ROOT / room).rglob("*.py"))
]


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
    """Nothing of the kind is there, somebody else does it, it stands elsewhere, or it is not met; anything else has a test."""
    said = re.compile(r"none of them\b|Operator\b|\*\*Not met|See ")
    bare = [row for row in ROWS if not re.search(r"`test_\w+`", row[-1])]
    assert [row for row in bare if not said.match(row[2])] == []


def test_nothing_is_run_that_a_text_could_write() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:60]}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _runs_texts(node)
    ]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "eval(text)", "exec(text)", "__import__(text)", "os.system(text)", "os.popen(text)", "from os import system", "import pickle as p",
        "from marshal import loads", "yaml.load(text)", "subprocess.run(text, shell=True)", "Popen(text, shell=wanted)",
    ],
)  # fmt: skip
def test_what_would_run_a_text_is_found(code: str) -> None:
    assert any(_runs_texts(node) for node in ast.walk(ast.parse(code)))


def _runs_texts(node: ast.AST) -> TypeGuard[ast.expr | ast.stmt]:
    """Whether a part of a program could run what a text says, or builds objects that a text names."""
    match node:
        case ast.Call(func=ast.Name(id="eval" | "exec" | "compile" | "__import__")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="os"), attr="system" | "popen")):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="yaml"), attr="load")):
            return True
        case ast.Call(keywords=keywords):
            return any(named.arg == "shell" and ast.unparse(named.value) != "False" for named in keywords)
        case ast.ImportFrom(module="os", names=names):
            return any(alias.name in ("system", "popen") for alias in names)
        case ast.ImportFrom(module="pickle" | "marshal" | "shelve"):
            return True
        case ast.Import(names=names):
            return any(alias.name in ("pickle", "marshal", "shelve") for alias in names)
    return False


def test_no_script_listens_to_other_windows() -> None:
    scripts = sorted((ROOT / "webapp" / "static").glob("*.js"))
    assert scripts
    listening = re.compile(r"onmessage|postMessage|[\"'`]message[\"'`]")
    assert [script.name for script in scripts if listening.search(script.read_text(encoding="utf-8"))] == []


def test_nothing_for_development_is_installed() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted = tomllib.load(file)["tool"]["setuptools"]["packages"]["find"]["include"]
    rooms = [path.parent.name for path in ROOT.glob("*/__init__.py")]
    assert {"tests", "benchmarks", "search"} <= set(rooms)
    installed = [room for room in rooms if any(fnmatch(room, pattern) for pattern in wanted)]
    assert sorted(installed) == ["cli", "indexer", "search", "webapp"]


def test_every_library_is_pinned_by_digest() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    assert len(lines) > 20
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
