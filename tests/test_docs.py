"""The documents say what the code does: commands, settings, query examples, rooms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import click
import pytest

from cli.main import COMMANDS, findings
from indexer.extraction import draft as draft_files
from indexer.readers.shared.zip_package import MOST_MARKUP, MOST_PARTS
from indexer.reading.limits import ReadingLimits
from search.basket.basket import LONGEST_NOTE, MOST_ITEMS
from search.query import tree
from search.query.parser import FIELDS, parse_query
from search.settings import PREFIX, Settings
from webapp.app import LARGEST_BODY
from webapp.many_questions.handed_in import LARGEST_TABLE, MOST_QUESTIONS
from webapp.query_examples import EXAMPLES
from webapp.views.basket import LARGEST_EXPORT
from webapp.views.quote import LARGEST_UPLOAD, LONGEST_DRAFT, MOST_QUOTATIONS

ROOT = Path(__file__).parent.parent


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def all_commands() -> dict[str, click.Command]:
    """Every command by the words that call it."""
    context = click.Context(findings, info_name="findings")
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = findings.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found.update({f"{name} {inner}": made for inner, made in command.commands.items()})
        else:
            found[name] = command
    return found


@pytest.mark.parametrize("name", all_commands())
def test_command_is_documented_with_all_its_options(name: str) -> None:
    section = read("docs/commands.md").partition(f"## `findings {name}`")[2].partition("\n## ")[0]
    assert section, f"docs/commands.md has no section for {name}"
    options = [option for p in all_commands()[name].params for option in p.opts if option.startswith("--")]
    assert [option for option in options if f"`{option}`" not in section] == []


def test_no_command_is_documented_that_is_not_there() -> None:
    documented = re.findall(r"^## `findings ([^`]+)`", read("docs/commands.md"), re.MULTILINE)
    assert sorted(documented) == sorted(all_commands())


@pytest.mark.parametrize("name", all_commands())
def test_command_shows_an_example_in_its_help(name: str) -> None:
    command = all_commands()[name]
    if name not in ("status", "undo"):
        assert "findings" in (command.epilog or ""), f"{name} has no example"


@pytest.mark.parametrize("item", fields(Settings), ids=lambda item: item.name)
def test_setting_is_documented(item: object) -> None:
    name = PREFIX + item.name.upper()  # type: ignore[attr-defined]
    row = next(line for line in read("docs/configuration.md").splitlines() if line.startswith(f"| `{name}`"))
    metadata = item.metadata  # type: ignore[attr-defined]
    assert metadata["about"] in row
    assert metadata["wanted"] in row


def test_no_setting_is_documented_that_is_not_there() -> None:
    documented = set(re.findall(rf"`({PREFIX}[A-Z_]+)`", read("docs/configuration.md")))
    assert documented == {PREFIX + item.name.upper() for item in fields(Settings)}


def test_limits_of_files_are_those_of_the_code() -> None:
    section = read("docs/configuration.md").partition("## Limits of files")[2].partition("\n## ")[0]
    rows = {
        cells[0]: cells[1:]
        for line in section.splitlines()
        if line.startswith("| ") and (cells := [cell.strip() for cell in line.strip("|").split("|")])
    }
    corpus, draft = ReadingLimits(), draft_files.LIMITS
    packed = f"{MOST_PARTS:,}, {MOST_MARKUP >> 20} MB"
    assert (corpus.seconds_per_page, draft.seconds_per_page, draft.seconds) == (0.5, 0.5, 20)
    assert rows == {
        "limit": ["documents of the corpus", "drafts (`findings check`, `/check`)"],
        "size of the file, and unpacked": [
            f"{corpus.max_mb} MB (`FINDINGS_MAX_MB`)",
            f"{draft.max_mb} MB; handed in at `/check` {LARGEST_UPLOAD // 1_000_000} MB",
        ],
        "pages or slides": [f"{corpus.max_pages:,}", f"{draft.max_pages}"],
        "characters of text": [f"{corpus.max_characters:,}", f"{draft.max_characters:,}"],
        "seconds": [
            f"{corpus.seconds:g} (`FINDINGS_READ_SECONDS`) and half a second a page, {corpus.max_seconds:g} at most",
            f"{draft.seconds:g} and half a second a page, {draft.max_seconds:g} at most",
        ],
        "memory": [f"{corpus.memory_mb:,} MB (`FINDINGS_READ_MB`)", f"{draft.memory_mb:,} MB"],
        "parts of an Office file, and size of one that is XML": [packed, packed],
        "handed in": ["at most"],
        "text pasted at `/check`": [
            f"{LONGEST_DRAFT:,} characters; {MOST_QUOTATIONS} quotations of a draft are looked up"
        ],
        "an export at `/basket`": [
            f"{LARGEST_EXPORT // 1_000_000} MB; a basket holds {MOST_ITEMS} passages, a note {LONGEST_NOTE} characters"
        ],
        "questions at `/batch` and `/batch/report`": [
            f"{LARGEST_TABLE // 1_000} kB, {MOST_QUESTIONS} rows; `findings batch` takes any number"
        ],
        "anything else": [f"{LARGEST_BODY // 1_000} kB"],
    }


def query_examples() -> list[str]:
    """The first cells of the table of the query language."""
    rows = [line for line in read("docs/query-syntax.md").splitlines() if line.startswith("| `")]
    return [match[1] for row in rows if (match := re.match(r"\| `([^`]+)`", row))]


@pytest.mark.parametrize("example", query_examples())
def test_example_of_the_query_language_can_be_read(example: str) -> None:
    parse_query(example)


def test_every_field_of_the_query_language_has_an_example() -> None:
    assert [field for field in FIELDS if not any(e.startswith(f"{field}:") for e in query_examples())] == []


FORMS = (
    tree.Word,
    tree.Phrase,
    tree.Prefix,
    tree.Fuzzy,
    tree.Field,
    tree.Dates,
    tree.Loose,
    tree.And,
    tree.Or,
    tree.Not,
)


def help_examples() -> list[str]:
    return [example.query for _, listed in EXAMPLES for example in listed]


@pytest.mark.parametrize("page", [query_examples, help_examples])
def test_every_form_of_the_query_language_has_an_example_on_both_pages(page: Callable[[], list[str]]) -> None:
    shown = [part for example in page() for part in parts_of(parse_query(example))]
    assert [form.__name__ for form in FORMS if not any(isinstance(part, form) for part in shown)] == []
    assert any(isinstance(part, tree.Phrase) and part.slop for part in shown)


def test_the_help_page_has_every_field_but_those_that_name_one_thing() -> None:
    """`document:` and `organisation:` need a name that an index may not have; the help page links every example."""
    shown = {example.partition(":")[0] for example in help_examples()}
    assert set(FIELDS) - shown == {"document", "organisation"}


def parts_of(query: tree.Query) -> list[tree.Query]:
    """A query and all its parts."""
    inner = getattr(query, "parts", None) or ([query.part] if isinstance(query, tree.Not) else [])
    return [query, *(part for each in inner for part in parts_of(each))]


@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "docs/commands.md", "docs/configuration.md"]
)
def test_links_between_the_documents_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", read(name))
    assert [target for target in targets if not (ROOT / name).parent.joinpath(target).exists()] == []


def test_changelog_has_the_version_that_is_built() -> None:
    version = re.search(r'^version = "([^"]+)"', read("pyproject.toml"), re.MULTILINE)
    assert version is not None
    assert f"## {version[1]}" in read("CHANGELOG.md")
