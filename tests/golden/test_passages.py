"""Golden passages: ids, kinds, pages, headings, themes and findings of every shipped document.

Passage ids are public links. `conditions.json` names the versions of reading, assembling and marking, so that passages
cannot change while every version stays the same: then indexes out there would keep the old ones.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from indexer.build.assembly import ASSEMBLY_VERSION
from indexer.marking import MARKING_VERSION
from indexer.readers import STEP_VERSIONS
from search.model import Document, Passage
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generations
from search.store.records import passage_record
from tests.golden.golden_file import assert_golden

FOLDER = Path(__file__).parent / "passages"
CONDITIONS = FOLDER / "conditions.json"
STAFF_FILES = ("catalogue.toml", "themes.toml", "corrections.toml")
PINNED = (
    "passage_id",
    "kind",
    "page",
    "page_end",
    "page_label",
    "heading_path",
    "speaker",
    "themes",
    "finding",
)


def conditions(corpus: Path) -> dict[str, Any]:
    """What else passages depend on beside the file: the versions of the steps, and what staff say in their files."""
    steps = {**STEP_VERSIONS, "assembly": ASSEMBLY_VERSION, "marking": MARKING_VERSION}
    return {
        "versions": dict(sorted(steps.items())),
        "staff_files": _digest(*(corpus / name for name in STAFF_FILES)),
    }


def _digest(*paths: Path) -> str:
    content = b"".join(path.read_bytes() for path in paths if path.exists())
    return hashlib.sha256(content).hexdigest()[:16]


def _pinned(passage: Passage) -> dict[str, Any]:
    """What of a passage others rely on, and the beginning of its words so that a person can read the file."""
    record = passage_record(passage)
    return {**{key: record[key] for key in PINNED if record.get(key)}, "begins": passage.text[:60]}


def written(document: Document, passages: list[Passage], corpus: Path) -> str:
    """A document's golden file: which content it is of, then a line a passage."""
    head = {"document": document.document_id, "content": _digest(corpus / document.path)}
    rows = [head, *(_pinned(passage) for passage in passages)]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def refuse_silent_change(old: str, new: str, *, same_conditions: bool) -> None:
    """Refuse that the same file gives other passages under the same conditions."""
    if not old or not same_conditions:
        return
    (was, *old_rows), (now, *new_rows) = old.splitlines(), new.splitlines()
    if old_rows != new_rows and was == now:
        pytest.fail(
            f"{json.loads(now)['document']}: the same file gives other passages. Raise the version constant of the step that "
            "changed (STEP_VERSIONS, ASSEMBLY_VERSION or MARKING_VERSION), then write the golden files anew."
        )


@pytest.fixture(scope="module")
def golden(shipped_index: Settings) -> dict[str, str]:
    """The golden text of every shipped document, by id."""
    with closing(Catalog(Generations(shipped_index.index).current().catalog_path)) as catalog:
        return {
            document.document_id: written(
                document, list(catalog.passages_of(document.document_id)), shipped_index.corpus
            )
            for document in catalog.documents()
        }


def test_passages_are_those_that_are_written_down(
    golden: dict[str, str], shipped_index: Settings, update_golden: bool
) -> None:
    now = json.dumps(conditions(shipped_index.corpus), indent=1) + "\n"
    same_conditions = CONDITIONS.exists() and CONDITIONS.read_text(encoding="utf-8") == now
    for document_id, text in golden.items():
        path = FOLDER / f"{document_id}.jsonl"
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        refuse_silent_change(old, text, same_conditions=same_conditions)
        assert_golden(path, text, update=update_golden)
    assert_golden(CONDITIONS, now, update=update_golden)


def test_every_golden_file_belongs_to_a_shipped_document(golden: dict[str, str]) -> None:
    assert {path.stem for path in FOLDER.glob("*.jsonl")} == set(golden)


def test_other_passages_under_the_same_conditions_are_refused() -> None:
    head = json.dumps({"document": "report", "content": "1"})
    with pytest.raises(pytest.fail.Exception, match="Raise the version constant"):
        refuse_silent_change(f"{head}\n{{}}\n", f'{head}\n{{"kind": "heading"}}\n', same_conditions=True)


def test_other_passages_under_another_version_or_of_another_file_are_a_change_like_any_other() -> None:
    old, new = (json.dumps({"document": "report", "content": content}) for content in "12")
    refuse_silent_change(f"{old}\n{{}}\n", f'{old}\n{{"kind": "heading"}}\n', same_conditions=False)
    refuse_silent_change(f"{old}\n{{}}\n", f'{new}\n{{"kind": "heading"}}\n', same_conditions=True)


def test_every_pinned_field_is_one_of_a_passage() -> None:
    assert set(PINNED) <= {field.name for field in fields(Passage)}
