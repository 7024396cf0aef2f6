"""In how many documents each rule of reading fires: a pattern that is found, a question that is answered with yes.

    python -m benchmarks.rules FOLDER... [--below 3]

Reads every file below the folders in this process, with its layout and facts, and prints the rules that fire in fewer
documents than `--below`, the rarest first, with two of the documents. A rule that few documents need has to be
worth its place otherwise: a test shows what it is for, or it goes.
"""

from __future__ import annotations

import argparse
import ast
import functools
import logging
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path, PurePosixPath
from pkgutil import walk_packages
from types import FunctionType, ModuleType
from typing import Any

from indexer.facts.settling import find_facts
from indexer.readers import ReadingFailed, load_readers, read
from indexer.reading.limits import ReadingLimits
from search.formats import SUFFIXES

ROOMS = ("indexer.layout", "indexer.facts", "indexer.readers")
QUESTIONS = ("bool", "re.Match[str] | None")
"""What a function returns that is a rule of its own."""


class Count:
    """The documents in which each rule fired; `document` is the one that is read now."""

    def __init__(self) -> None:
        self.fired: dict[str, set[str]] = defaultdict(set)
        self.document = ""

    def tell(self, rule: str, answer: object) -> None:
        """Count `rule` for this document when its `answer` is yes."""
        if answer:
            self.fired[rule].add(self.document)


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
    parser.add_argument("--below", type=int, default=3, help="print rules that fire in fewer documents")
    options = parser.parse_args()
    logging.disable(logging.WARNING)
    load_readers()
    count = Count()
    rules = instrument(count)
    documents = sum(_read_one(file, folder, count) for folder in options.folders for file in _files(folder))
    if not documents:
        sys.exit("no readable document there")
    print(f"{documents} documents, {len(rules)} rules")
    for rule in sorted(rules, key=lambda name: (len(count.fired[name]), name)):
        if len(where := sorted(count.fired[rule])) < options.below:
            print(f"{len(where):4}  {rule}  {', '.join(where[:2])}".rstrip())


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder that a reader is there for."""
    return (file for file in sorted(folder.rglob("*")) if file.is_file() and file.suffix.lower() in SUFFIXES)


def _read_one(file: Path, folder: Path, count: Count) -> bool:
    """Read a file with its facts; whether it could be read."""
    count.document = file.relative_to(folder).as_posix()
    try:
        reading = read(file, ReadingLimits())
    except ReadingFailed as failure:
        print(f"left out: {count.document}: {failure}", file=sys.stderr)
        return False
    find_facts(reading, PurePosixPath(count.document).as_posix(), "report")
    return True


def instrument(count: Count) -> set[str]:
    """Put counting patterns and functions in the place of those of the rooms; return the names of all rules."""
    counted: dict[int, Any] = {}
    names: set[str] = set()
    for module in list(_modules()):
        for name, value in ((name, getattr(module, name)) for name in _defined_in(module)):
            rule = f"{module.__name__.removeprefix('indexer.')}.{name}"
            substitute = _counting(rule, value, module, count)
            if substitute is not None:
                counted[id(value)] = substitute
                names.add(rule)
    _replace(counted)
    return names


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


def _counting(rule: str, value: object, module: ModuleType, count: Count) -> Any:
    """What counts in the place of a pattern or of a function that answers yes or no; None for all else."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        return CountedPattern(rule, value, count)
    is_own = isinstance(value, FunctionType) and value.__module__ == module.__name__
    if isinstance(value, FunctionType) and is_own and str(value.__annotations__.get("return")) in QUESTIONS:
        return _told(rule, value, count)
    return None


def _told(rule: str, function: Callable[..., Any], count: Count) -> Callable[..., Any]:
    """The function, telling `count` of each yes."""

    @functools.wraps(function)
    def told(*arguments: Any, **named: Any) -> Any:
        answer = function(*arguments, **named)
        count.tell(rule, answer)
        return answer

    return told


def _replace(counted: dict[int, Any]) -> None:
    """Put each counting object wherever a module has the other one, imported names included."""
    for name, module in list(sys.modules.items()):
        if name.startswith("indexer."):
            for key, value in list(vars(module).items()):
                if id(value) in counted:
                    setattr(module, key, counted[id(value)])


if __name__ == "__main__":
    main()
