"""In how many documents each rule of reading fires: a pattern that is found, a question that is answered with yes.

    python -m benchmarks.rules FOLDER... [--cases FOLDER...] [--below 3] [--table]

Reads every file below the folders in this process, with its layout and facts, and prints the rules that fire in fewer
documents than `--below`, the rarest first, with two of the documents. A rule that few documents need has to be
worth its place otherwise: `docs/reading-rules.md` says what for, or it goes. The files below `--cases` were made to show
one thing each; they are counted apart. `--table` prints rows for that page, with what is written there of a rule already.
"""

from __future__ import annotations

import argparse
import ast
import functools
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from indexer.build.assembly import find_kind
from indexer.facts.settling import find_facts
from indexer.readers import ReadingFailed, load_readers, read
from indexer.reading.limits import ReadingLimits
from search.formats import SUFFIXES

ROOMS = ("indexer.layout", "indexer.facts", "indexer.readers")
QUESTIONS = ("bool", "re.Match[str] | None")
"""What a function returns that is a rule of its own."""
PAGE = Path(__file__).parent.parent / "docs" / "reading-rules.md"


class Row(NamedTuple):
    """What the page says of a rule: in how many documents and cases it fired, its kind (a, b or c), and why it stays."""

    rule: str
    documents: str
    cases: str
    kind: str
    reason: str


class Count:
    """The documents, or the cases, in which each rule fired; `document` is the one that is read now."""

    def __init__(self) -> None:
        self.fired: dict[str, set[str]] = defaultdict(set)
        self.in_cases: dict[str, set[str]] = defaultdict(set)
        self.document, self.is_case = "", False

    def tell(self, rule: str, answer: object) -> None:
        """Count `rule` for this document when its `answer` is yes."""
        if answer:
            (self.in_cases if self.is_case else self.fired)[rule].add(self.document)


class CountedPattern:
    """A compiled pattern that tells `count` when it is found."""

    def __init__(self, rule: str, pattern: re.Pattern[str], count: Count) -> None:
        self._rule, self._inner, self._count = rule, pattern, count

    def __getattr__(self, name: str) -> Any:
        """Return a method of the pattern that counts what it finds, or one of its other attributes."""
        found = getattr(self._inner, name)
        return functools.partial(self._call, name) if callable(found) else found

    def _call(self, name: str, *arguments: Any, **named: Any) -> Any:
        """What the pattern's method gives; an iterator is read to its end first."""
        if name == "sub":
            text, times = self._inner.subn(*arguments, **named)
            self._count.tell(self._rule, times)
            return text
        answer = getattr(self._inner, name)(*arguments, **named)
        if name == "finditer":
            answer = iter(matches := list(answer))
            self._count.tell(self._rule, matches)
        else:
            self._count.tell(self._rule, len(answer) > 1 if name == "split" else answer)
        return answer


def main() -> None:
    """Print the rules that fire in few documents."""
    parser = argparse.ArgumentParser(description="In how many documents each rule of reading fires.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--cases", nargs="+", type=Path, default=[], help="folders of small files, counted apart"
    )
    parser.add_argument("--below", type=int, default=3, help="print rules that fire in fewer documents")
    parser.add_argument("--table", action="store_true", help=f"print rows for {PAGE.name}")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    load_readers()
    count = Count()
    rules = instrument(count)
    documents, cases = _read_all(options.folders, count), _read_all(options.cases, count, are_cases=True)
    if not documents:
        sys.exit("no readable document there")
    rare = [
        rule
        for rule in sorted(rules, key=lambda name: (len(count.fired[name]), name))
        if len(count.fired[rule]) < options.below
    ]
    if options.table:
        print("\n".join(_rows(rare, count)))
        return
    print(f"{documents} documents, {cases} cases, {len(rules)} rules")
    for rule in rare:
        where = [*sorted(count.fired[rule]), *sorted(count.in_cases[rule])]
        print(
            f"{len(count.fired[rule]):4} {len(count.in_cases[rule]):4}  {rule}  {', '.join(where[:2])}".rstrip()
        )


def _rows(rules: Iterable[str], count: Count) -> Iterator[str]:
    """A row of the page for each rule, its kind and reason as they are written there; empty for a rule that is new."""
    known = {row.rule: row for row in read_page()}
    for rule in sorted(rules):
        row = known.get(rule, Row(rule, "", "", "", ""))
        documents, cases = str(len(count.fired[rule])), str(len(count.in_cases[rule]))
        yield f"| `{rule}` | {documents} | {cases} | {row.kind} | {row.reason} |"


def read_page() -> Iterator[Row]:
    """Yield the rows of the page of rules that stand apart."""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            rule, *rest = (cell.strip(" `") for cell in line.strip("|").split(" | "))
            yield Row(rule, *rest)


def _read_all(folders: Iterable[Path], count: Count, *, are_cases: bool = False) -> int:
    """Read all files below the folders; how many could be read."""
    count.is_case = are_cases
    return sum(_read_one(file, folder, count) for folder in folders for file in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder that a reader is there for."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix.lower() in SUFFIXES)


def _read_one(file: Path, folder: Path, count: Count) -> bool:
    """Read a file with its facts; whether it could be read."""
    count.document = file.relative_to(folder.parent).as_posix()
    try:
        reading = read(file, ReadingLimits())
    except ReadingFailed as failure:
        print(f"left out: {count.document}: {failure}", file=sys.stderr)
        return False
    kind = find_kind(reading.found.kind, bool(reading.found.speakers), count.document)
    find_facts(reading, count.document, kind)
    return True


def instrument(count: Count) -> set[str]:
    """Put counting patterns and functions in the place of those of the rooms; return the names of all rules."""
    found = find_rules()
    _replace({rule: (value, _counting(rule, value, count)) for rule, value in found.items()})
    return set(found)


def find_rules() -> dict[str, Any]:
    """Return the rules of the rooms by name: patterns, and functions that answer yes or no."""
    return {
        f"{module.__name__.removeprefix('indexer.')}.{name}": value
        for module in list(_modules())
        for name in _defined_in(module)
        if _is_rule(value := getattr(module, name), module)
    }


def _modules() -> Iterator[ModuleType]:
    """The modules of the rooms whose rules are counted."""
    for room in ROOMS:
        yield from (
            import_module(info.name) for info in walk_packages(import_module(room).__path__, f"{room}.")
        )


def _defined_in(module: ModuleType) -> Iterator[str]:
    """The names that a module itself gives to values and functions, not those that it imports."""
    for node in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id


def _is_rule(value: object, module: ModuleType) -> bool:
    """A pattern, or a function of the module itself that answers yes or no."""
    if isinstance(value, FunctionType):
        return value.__module__ == module.__name__ and str(value.__annotations__.get("return")) in QUESTIONS
    return isinstance(value, re.Pattern) and isinstance(value.pattern, str)


def _counting(rule: str, value: Any, count: Count) -> Any:
    """What counts in the place of a rule."""
    return CountedPattern(rule, value, count) if isinstance(value, re.Pattern) else _told(rule, value, count)


def _told(rule: str, function: Callable[..., Any], count: Count) -> Callable[..., Any]:
    """The function, telling `count` of each yes."""

    @functools.wraps(function)
    def told(*arguments: Any, **named: Any) -> Any:
        answer = function(*arguments, **named)
        count.tell(rule, answer)
        return answer

    return told


def _replace(counting: Mapping[str, tuple[Any, Any]]) -> None:
    """Put each counting object wherever a module has the rule, imported names included.

    Two rules with the same pattern are one object: each is known by its own name first.
    """
    by_value = {id(value): substitute for value, substitute in counting.values()}
    for name, module in list(sys.modules.items()):
        if name.startswith("indexer."):
            for key, value in list(vars(module).items()):
                own = counting.get(f"{name.removeprefix('indexer.')}.{key}")
                if own or id(value) in by_value:
                    setattr(module, key, own[1] if own else by_value[id(value)])


if __name__ == "__main__":
    main()
