"""The house rules, measured: which way dependencies point, which file imports which library, how long things are."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from functools import cache
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
    "whoosh": ("search/engines/arrays/",),
    "sqlite3": ("search/store/catalog.py",),
    "nltk": ("search/analysis/nltk_parts.py",),
    "rapidfuzz": ("search/analysis/edit_distances.py",),
    "threadpoolctl": ("search/meaning/loading.py",),
    "flask": ("webapp/",),
    "werkzeug": ("webapp/",),
    "waitress": ("webapp/serve.py",),
    "brotli": ("webapp/http/compression.py",),
    "pypdf": ("indexer/readers/pdf/", "webapp/page_images/"),  # the second marks words on pages
    "pypdfium2": ("indexer/readers/pdf/", "webapp/page_images/"),
    "bs4": ("indexer/readers/html/",),
    "soupsieve": ("indexer/corpus/sites.py", "indexer/readers/html/shown.py"),
    "chardet": ("indexer/readers/shared/encoding.py",),
    "webencodings": ("indexer/readers/shared/encoding.py",),
    "pathspec": ("indexer/corpus/not_documents.py",),
    "trafilatura": ("indexer/readers/html/",),
    "citeproc": ("search/citations/styles.py",),
    "docx": ("indexer/readers/docx/", "search/basket/docx_file.py"),
    "odfdo": ("indexer/readers/odt.py",),
    "pptx": ("indexer/readers/pptx.py",),
    "striprtf": ("indexer/readers/text/rich.py",),
    "markdown_it": ("indexer/readers/text/markdown.py",),
    "mdit_py_plugins": ("indexer/readers/text/markdown.py",),
    "rdflib": ("search/themes/skos.py",),
    "protego": ("indexer/fetching/robots.py",),
    "babel": ("indexer/facts/date_grammar.py", "search/analysis/gazetteer.py"),
    "py3langid": ("indexer/facts/language.py",),
    "urllib3": ("indexer/fetching/client.py",),
    "sklearn": ("indexer/marking/training/linear.py",),
    "scipy": ("indexer/marking/training/linear.py",),
    "xlsxwriter": ("search/term_reports/workbook.py",),
    "rich": ("cli/",),
    "click": ("cli/",),
    "fcntl": ("search/store/generations.py",),
}
MOST_MODULES = 12  # in a room, without its __init__
LONGEST_FUNCTION, LONGEST_FILE, MEDIAN_FUNCTION = 60, 400, 12
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


@cache
def sources() -> tuple[tuple[str, ast.Module, int], ...]:
    """(path, tree, lines) of every file of the four rooms."""
    found = []
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            found.append((file.relative_to(ROOT).as_posix(), ast.parse(text), text.count("\n")))
    return tuple(found)


@cache
def imported(tree: ast.Module) -> tuple[str, ...]:
    """Every module that a file imports, wherever in it."""
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            found.append(node.module or "")
    return tuple(found)


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


def test_only_one_file_writes_comma_separated_values() -> None:
    """So that no table is without its guard against formulas."""
    writers = [
        path
        for path, tree, _ in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("csv.writer", "csv.DictWriter")
    ]
    assert writers == ["search/tables.py"]


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


NO_VERBS = frozenset(
    [
        "a",
        "an",
        "the",
        "all",
        "any",
        "every",
        "each",
        "one",
        "no",
        "two",
        "ten",
        "what",
        "whether",
        "where",
        "which",
        "who",
        "when",
        "how",
        "why",
        "this",
        "that",
        "these",
        "those",
        "other",
        "without",
    ]
)


_THIRD_PERSON = re.compile(
    r"(?:;|,? and|,? or) (?:returns|yields|writes|reads|replaces|removes|frees|leaves|keeps|seals|publishes|says|compares|prints|exits|raises|"
    r"gives|takes|adds|makes)\b|(?:;|,? and|,? or) marks (?:all|each|every|the)\b"
)
"""A second verb that does not stand in the imperative, as far as no noun is written so."""


def test_public_functions_say_with_a_verb_what_they_do() -> None:
    """The imperative, as PEP 257 asks; properties are things and named as such."""
    wrong = [f"{path}:{node.lineno}" for path, node, text in _docstrings() if not _begins_with_a_verb(text)]
    assert wrong == []


def test_further_verbs_of_what_functions_do_are_imperatives_too() -> None:
    wrong = [
        f"{path}:{node.lineno}: {found[0]}"
        for path, node, text in _docstrings()
        if (found := _THIRD_PERSON.search(re.split(r"\.(?:\s|$)", text)[0].replace("\n", " ")))
    ]
    assert wrong == []


def test_only_what_yields_says_so() -> None:
    """A generator does not say Return; Yield says only what hands out one after the other."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, node, text in _docstrings()
        if (text.startswith("Return ") and _is_generator(node))
        or (text.startswith("Yield ") and not _is_generator(node) and "Iterator" not in ast.unparse(node))
    ]
    assert wrong == []


def _is_generator(node: ast.FunctionDef) -> bool:
    """Whether a function yields, not one inside of it; context managers yield once and hand out one thing."""
    if any("contextmanager" in ast.unparse(wrapper) for wrapper in node.decorator_list):
        return False
    inside: list[ast.AST] = [*node.body]
    for part in inside:
        if isinstance(part, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(part, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            inside.extend(ast.iter_child_nodes(part))
    return False


def _docstrings() -> Iterator[tuple[str, ast.FunctionDef, str]]:
    """Path, function and docstring of public functions that are no properties, nor the program itself, which has a name."""
    for path, tree, _ in sources():
        for node in ast.walk(tree):
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.name == "findings":
                continue
            text = ast.get_docstring(node)
            if text and not any("property" in ast.unparse(wrapper) for wrapper in node.decorator_list):
                yield path, node, text


def _begins_with_a_verb(text: str) -> bool:
    """Whether the first word may be an imperative: no article or pronoun, no third person, no value."""
    first = text.split(maxsplit=1)[0].rstrip(",.:;")
    third = first.endswith("s") and not first.endswith("ss")
    return first.isalpha() and first[0].isupper() and first.lower() not in NO_VERBS and not third


def test_only_settings_read_the_environment() -> None:
    """`cli/main.py` hands the environment to `Settings.from_env`; nothing else looks at it."""
    readers = [
        path
        for path, tree, _ in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert set(readers) <= {"cli/main.py", "webapp/page_images/cache.py"}, readers


# --- rooms -----------------------------------------------------------------------------------------------


def _is_room(folder: Path) -> bool:
    """Whether a folder holds modules and no further rooms: its modules are one thing to the outside."""
    return not any((inner / "__init__.py").exists() for inner in folder.iterdir() if inner.is_dir())


def unit_of(path: str) -> str:
    """The room that a module stands in; a module beside rooms is a unit of its own."""
    file = Path(path)
    return file.parent.as_posix() if _is_room(ROOT / file.parent) else file.with_suffix("").as_posix()


def _file_of(module: str) -> str | None:
    """The path of a module or package of ours, None for others' modules and for names inside modules."""
    path = ROOT.joinpath(*module.split("."))
    if path.with_suffix(".py").exists():
        return path.with_suffix(".py").relative_to(ROOT).as_posix()
    init = path / "__init__.py"
    return init.relative_to(ROOT).as_posix() if init.exists() else None


def _imported_files(tree: ast.Module) -> Iterator[str]:
    """The files of ours that a file imports, `from package import module` taken for the module."""
    for node in ast.walk(tree):
        modules = []
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name if _file_of(name) else node.module for name in inner]
        yield from (path for module in modules if (path := _file_of(module)) is not None)


def arrows() -> dict[str, set[str]]:
    """Which unit imports which others."""
    graph: dict[str, set[str]] = {}
    for path, tree, _ in sources():
        unit = unit_of(path)
        graph.setdefault(unit, set()).update(unit_of(file) for file in _imported_files(tree))
        graph[unit].discard(unit)
    return graph


def find_circle(graph: dict[str, set[str]]) -> list[str]:
    """Units that import each other in a circle, empty where there is none: what is left when floors are taken off."""
    left = dict(graph)
    while free := [unit for unit, below in left.items() if not below & left.keys()]:
        for unit in free:
            del left[unit]
    return sorted(left)


def test_rooms_import_each_other_in_one_direction() -> None:
    assert find_circle(arrows()) == []


def test_a_circle_of_rooms_is_found() -> None:
    assert find_circle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


def test_rooms_have_at_most_a_dozen_modules_and_one_level_of_rooms_inside() -> None:
    rooms: dict[str, int] = {}
    for path, _, _ in sources():
        if not path.endswith("__init__.py"):
            folder = path.rpartition("/")[0]
            rooms[folder] = rooms.get(folder, 0) + 1
    assert {room: count for room, count in rooms.items() if count > MOST_MODULES} == {}
    assert [room for room in rooms if room.count("/") > 2] == []


def test_architecture_names_every_room_and_no_other() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `((?:search|indexer|webapp|cli)/[a-z_/]*)` \|", text, re.MULTILINE))
    there = {f"{path.rpartition('/')[0]}/" for path, _, _ in sources()}
    assert named == there - {"search/data/"}


def test_architecture_stays_at_the_level_of_rooms() -> None:
    assert (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").count("\n") <= 250


def test_every_module_that_the_architecture_names_is_there() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:search|indexer|webapp|cli|tests)/[a-z_/]+\.(?:py|toml|json))`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []
