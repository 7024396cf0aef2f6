"""Labelled passages, joined with the passages of the documents that they were taken from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from indexer.marking.learned.document_text import DocumentText, TextUnit
from search.analysis.words import forms
from search.errors import BadFile
from search.model import FindingType, PassageKind

NO_FINDING = "none"
HELD = 0.9
"""Share of words, in any order, from which a passage is the labelled one: a few words may be read otherwise."""


@dataclass(frozen=True, slots=True)
class LabelledPassage:
    """What people say of one passage. `finding` is a type, NO_FINDING, or None where they say nothing of it; `stated`
    are the sentences that state it. `themes` are grades by id; where `all_themes`, every other theme has grade 0.
    `group` is what is held out together ("": the document)."""

    line: int
    document: str
    text: str
    heading_path: tuple[str, ...] = ()
    kind: str = "paragraph"
    finding: str | None = None
    grade: int = 0
    stated: tuple[str, ...] = ()
    themes: Mapping[str, int] = field(default_factory=dict)
    all_themes: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled passage and where it stands: the document as the marker sees it, and the number of its unit."""

    label: LabelledPassage
    document: DocumentText
    number: int

    @property
    def unit(self) -> TextUnit:
        """The passage itself."""
        return self.document.units[self.number]


def load_labels(path: Path, group: str = "") -> tuple[LabelledPassage, ...]:
    """Load labelled passages from JSON lines: text, doc, heading or heading_path, kind, finding, grade, sentences with
    stated (numbers from 1), themes (a list of ids or grades by id). `group` names the key that is held out together.

    Raises BadFile with the line for what is no JSON object, has no text, or labels with unknown words.
    """
    found = []
    with path.open(encoding="utf-8") as file:
        for line, text in enumerate(file, 1):
            if text.strip():
                found.append(_read(path, line, text, group))
    return tuple(found)


def _read(path: Path, line: int, text: str, group: str) -> LabelledPassage:
    """One line."""
    try:
        row = json.loads(text)
    except ValueError as error:
        raise BadFile(path, f"is no JSON: {error}", line) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadFile(path, "each line must be a JSON object with a text", line)
    finding = row.get("finding") or NO_FINDING
    if finding not in (*FindingType, NO_FINDING):
        raise BadFile(path, f"finding {finding!r} is none of {', '.join([*FindingType, NO_FINDING])}", line)
    grade = row.get("grade", 0 if finding == NO_FINDING else 2)
    if grade not in (0, 1, 2):
        raise BadFile(path, f"grade must be 0, 1 or 2 and is {grade!r}", line)
    themes = row.get("themes") or {}
    return LabelledPassage(
        line=line,
        document=str(row.get("doc") or ""),
        text=row["text"],
        heading_path=tuple(row.get("heading_path") or ([row["heading"]] if row.get("heading") else [])),
        kind=str(row.get("kind") or "paragraph"),
        finding=finding,
        grade=grade,
        stated=_stated(path, line, row),
        themes=dict(themes) if isinstance(themes, dict) else dict.fromkeys(themes, 2),
        group=str(row.get(group) or "") if group else "",
    )


def _stated(path: Path, line: int, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The sentences that state the finding, in words."""
    sentences, numbers = row.get("sentences") or [], row.get("stated") or []
    if any(not isinstance(n, int) or not 1 <= n <= len(sentences) for n in numbers):
        raise BadFile(path, "stated must hold numbers of sentences, from 1", line)
    return tuple(sentences[n - 1] for n in numbers)


def join(labels: Iterable[LabelledPassage], documents: Mapping[str, DocumentText]) -> tuple[Example, ...]:
    """Join `labels` with the passages of `documents` (by path in the corpus; the end of the path is enough). A label
    whose document or passage is not there stands for itself, without the document around it. Headings, tables and notes
    are passed over, for they are never marked by what was learned."""
    by_name = {PurePosixPath(path).name: path for path in documents}
    readers: dict[str, _Words] = {}
    found = []
    for label in labels:
        path = (
            label.document if label.document in documents else by_name.get(PurePosixPath(label.document).name)
        )
        if path is not None and path not in readers:
            readers[path] = _Words(documents[path])
        number = readers[path].find(label.text) if path is not None else None
        if path is not None and number is not None:
            found.append(Example(label, documents[path], number))
        elif label.kind in (PassageKind.PARAGRAPH, PassageKind.LIST_ITEM):
            unit = TextUnit(PassageKind(label.kind), label.text, label.heading_path)
            found.append(Example(label, DocumentText("", (unit,)), 0))
    return tuple(found)


class _Words:
    """The words of each passage of a document."""

    def __init__(self, document: DocumentText) -> None:
        self._counts = [
            Counter(forms(unit.text)) if unit.is_running else Counter() for unit in document.units
        ]
        self._totals = [sum(count.values()) for count in self._counts]

    def find(self, text: str) -> int | None:
        """Return the passage that holds the words of `text`, or that they hold; of several the one nearest in length."""
        wanted = Counter(forms(text))
        total = sum(wanted.values())
        held = []
        for number, (count, size) in enumerate(zip(self._counts, self._totals, strict=True)):
            least = min(total, size)
            if least > 3 or least == total:
                shared = (wanted & count).total()
                if shared and shared >= HELD * least:
                    held.append((abs(size - total), number))
        return min(held)[1] if held else None


def stated_sentences(text: str, spans: Sequence[tuple[int, int]], stated: Sequence[str]) -> list[bool]:
    """Return for each sentence of a `text` (its `spans`) whether it is one of the `stated` ones, most words shared."""
    wanted = [Counter(forms(sentence)) for sentence in stated]
    found = []
    for start, end in spans:
        words = Counter(forms(text[start:end]))
        shares = [(words & other).total() / max(1, min(words.total(), other.total())) for other in wanted]
        found.append(words.total() > 2 and max(shares, default=0.0) >= HELD)
    return found
