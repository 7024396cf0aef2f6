"""The house rules, measured: which way dependencies point, which file imports which library, how long things are."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("search", "indexer", "webapp", "cli")
MAY_IMPORT = {
    "search": {"search"},
    "indexer": {"indexer", "search"},
    "webapp": {"webapp", "search"},
    "cli": {"cli", "indexer", "webapp", "search"},
}
ONLY_IN = {  # library: where it may be imported, as beginnings of paths
    "whoosh": ("search/engines/whoosh_engine",),
    "sqlite3": ("search/store/catalog.py",),
    "nltk": ("search/analysis/words.py",),
    "flask": ("webapp/",),
    "werkzeug": ("webapp/",),
    "waitress": ("webapp/serve.py",),
    "brotli": ("webapp/http/compression.py",),
    "pypdf": ("indexer/readers/pdf", "webapp/page_images/mark_pages.py"),  # the second marks words on pages
    "pypdfium2": ("indexer/readers/pdf", "webapp/page_images/render_page.py"),
    "bs4": ("indexer/readers/html",),
    "soupsieve": ("indexer/corpus/sites.py",),
    "trafilatura": ("indexer/readers/html/reader.py",),
    "citeproc": ("search/citations/styles.py",),
    "docx": ("indexer/readers/docx", "search/basket/docx_file.py"),
    "odfdo": ("indexer/readers/odt.py",),
    "markdown_it": ("indexer/readers/text/markdown.py",),
    "rdflib": ("search/themes/skos.py",),
    "urllib3": ("indexer/fetching/client.py",),
    "rich": ("cli/",),
    "click": ("cli/",),
    "fcntl": ("search/store/generations.py",),
}
LONGEST_FUNCTION, LONGEST_FILE, MEDIAN_FUNCTION = 60, 400, 12
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def sources() -> Iterator[tuple[str, ast.Module, int]]:
    """(path, tree, lines) of every file of the four rooms."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            yield file.relative_to(ROOT).as_posix(), ast.parse(text), text.count("\n")


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            yield node.module or ""


def functions() -> Iterator[tuple[str, int]]:
    """(name with path, lines) of every function."""
    for path, tree, _ in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                yield f"{path}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_dependencies_point_one_way() -> None:
    wrong = [
        f"{path} imports {module}"
        for path, tree, _ in sources()
        for module in imported(tree)
        if module.split(".")[0] in ROOMS and module.split(".")[0] not in MAY_IMPORT[path.split("/")[0]]
    ]
    assert wrong == []


def test_each_library_is_imported_where_it_belongs() -> None:
    wrong = [
        f"{path} imports {module}"
        for path, tree, _ in sources()
        for module in imported(tree)
        if not path.startswith(ONLY_IN.get(module.split(".")[0], ("",)))
    ]
    assert wrong == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_rule_about_a_library_is_about_one_that_is_used(library: str) -> None:
    assert any(module.split(".")[0] == library for _, tree, _ in sources() for module in imported(tree))


def test_no_function_is_too_long() -> None:
    assert [name for name, lines in functions() if lines > LONGEST_FUNCTION] == []


def test_functions_are_short_in_the_median() -> None:
    assert statistics.median(lines for _, lines in functions()) <= MEDIAN_FUNCTION


def test_no_file_is_too_long() -> None:
    assert [path for path, _, lines in sources() if lines > LONGEST_FILE] == []


def test_files_are_named_by_what_they_hold() -> None:
    assert [path for path, _, _ in sources() if set(Path(path).with_suffix("").parts) & FORBIDDEN_NAMES] == []


def test_every_module_says_why_it_is_there() -> None:
    assert [path for path, tree, _ in sources() if not ast.get_docstring(tree)] == []


def test_only_settings_read_the_environment() -> None:
    """`cli/main.py` hands the environment to `Settings.from_env`; nothing else looks at it."""
    readers = [
        path
        for path, tree, _ in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert set(readers) <= {"cli/main.py", "webapp/page_images/cache.py"}, readers
