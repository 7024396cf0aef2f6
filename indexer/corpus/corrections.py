"""`corpus/corrections.toml`: the last word of staff on single passages. It goes before every rule, and survives rewording.

    [[corrections]]
    passage = "report-2019/kqzjwmvatb"    # the id, as it stands in the permanent link
    finding = "lesson"                    # recommendation, conclusion, lesson, commitment, or "none"
    add_themes = ["trust-funds"]
    remove_themes = ["exercises"]
    note = "why"                          # shown as the cause

When the words of a passage change, the ledger says what became of it, and the correction goes along; where
the ledger refuses to guess, the correction is reported and waits.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from indexer.corpus.catalogue_values import Mistakes, unknown_key
from indexer.corpus.toml_files import read_toml
from search.errors import BadFile
from search.model import BY_STAFF, Finding, FindingType, Passage, ThemeMark, Themes

FILE_NAME = "corrections.toml"
WITHDRAWN = "withdrawn"
"""The name of the tables of what is withdrawn, which stand in the same file: see `indexer.withdrawing.withdrawals`."""
NO_FINDING = "none"
LISTS = ("add_themes", "remove_themes")
KEYS = ("passage", "finding", *LISTS, "note")
PASSAGE_ID = re.compile(r"[^\s/]+/[a-z2-7]{10}(?:-\d+)?")
DEFAULT_NOTE = "corrected in corrections.toml"


@dataclass(frozen=True, slots=True)
class Correction:
    """What staff say of one passage. `finding` is a type, NO_FINDING, or None where they say nothing of it."""

    passage_id: str
    finding: str | None = None
    add_themes: tuple[str, ...] = ()
    remove_themes: tuple[str, ...] = ()
    note: str = ""
    line: int = 0


def load_corrections(corpus: Path, themes: Themes) -> tuple[Correction, ...]:
    """Return the corrections in the order of the file; none without a file.

    Raises BadFile, with all mistakes and their lines, for text that is not TOML, unknown keys and values, a passage named
    twice, themes that do not exist, and a correction that corrects nothing.
    """
    path = corpus / FILE_NAME
    file = read_toml(path)
    if file is None:
        return ()
    data = dict(file.data)
    tables = data.pop("corrections", [])
    data.pop(WITHDRAWN, None)
    if data or not isinstance(tables, list):
        raise BadFile(path, f"only [[corrections]] and [[{WITHDRAWN}]] tables stand here", 1)
    heads = file.heads("corrections")
    if len(heads) != len(tables):
        raise BadFile(path, "each correction must be written as a [[corrections]] table", 1)
    mistakes = Mistakes(path, file)
    for number, table in enumerate(tables):
        for key, problem in _problems(table, themes):
            mistakes.add(problem, ("corrections", number), key)
    _note_repeats(mistakes, [(line, table.get("passage")) for line, table in zip(heads, tables, strict=True)])
    mistakes.refuse()
    return tuple(_read(line, table) for line, table in zip(heads, tables, strict=True))


def _read(line: int, table: Mapping[str, Any]) -> Correction:
    """One correction without mistakes."""
    lists = {key: tuple(table.get(key, ())) for key in LISTS}
    return Correction(table["passage"], table.get("finding"), note=table.get("note", ""), line=line, **lists)


def _problems(table: Mapping[str, Any], themes: Themes) -> Iterator[tuple[str, str]]:
    """What is wrong with a table: each key, and what is wrong with its value."""
    known = {key: value for key, value in table.items() if key in KEYS}
    yield from ((key, unknown_key(key, set(KEYS))) for key in table if key not in KEYS)
    wrong = {key: problem for key, value in known.items() if (problem := _wrong_kind(key, value))}
    yield from wrong.items()
    sound = {key: value for key, value in known.items() if key not in wrong}
    if "passage" not in wrong and not PASSAGE_ID.fullmatch(sound.get("passage", "")):
        said = repr(sound.get("passage", ""))
        yield "passage", f"passage {said} is no passage id; copy it from the permanent link, without /p/"
    types = [*FindingType, NO_FINDING]
    if sound.get("finding", NO_FINDING) not in types:
        yield "finding", f"finding {sound['finding']!r} is none of {', '.join(types)}"
    yield from _wrong_themes(sound, themes)
    if not wrong and not ("finding" in table or any(table.get(key) for key in LISTS)):
        yield "", "corrects nothing: give finding, add_themes or remove_themes"


def _wrong_kind(key: str, value: object) -> str:
    """What is wrong with the kind of a value; "" for nothing."""
    if key in LISTS:
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        return "" if texts else f"{key} must be a list of theme ids"
    return "" if isinstance(value, str) else f"{key} must be a text in quotation marks"


def _wrong_themes(table: Mapping[str, Any], themes: Themes) -> Iterator[tuple[str, str]]:
    """Themes that there are none of, and themes that are added and removed."""
    for key in LISTS:
        for theme_id in table.get(key, ()):
            if theme_id not in themes.by_id:
                near = get_close_matches(theme_id, list(themes.by_id), n=1)
                yield key, f"no theme {theme_id!r}" + (f"; did you mean {near[0]!r}?" if near else "")
    for theme_id in sorted(set(table.get("add_themes", ())) & set(table.get("remove_themes", ()))):
        yield "remove_themes", f"theme {theme_id!r} is added and removed"


def _note_repeats(mistakes: Mistakes, named: Iterable[tuple[int, object]]) -> None:
    """A passage has one correction, so that none hides another; `named` are lines and passages."""
    seen: dict[object, int] = {}
    for number, (line, passage) in enumerate(named):
        first = seen.setdefault(passage, line)
        if passage is not None and first != line:
            problem = f"passage {passage!r} is corrected in line {first} already; join the two"
            mistakes.add(problem, ("corrections", number))


def anchor(
    passage_id: str, ledger: Mapping[str, Mapping[str, Any]], stands: Callable[[str], bool]
) -> str | None:
    """Return the id under which the passage stands now: its own, or what the ledger says became of it; None if nothing."""
    seen: set[str] = set()
    now: str | None = passage_id
    while now is not None and now not in seen:
        if stands(now):
            return now
        seen.add(now)
        now = ledger[now]["successor"] if now in ledger else None
    return None


def by_document(
    corrections: Iterable[Correction], ledger: Mapping[str, Mapping[str, Any]]
) -> dict[str, tuple[Correction, ...]]:
    """Return the corrections of each document, by the ids as the ledger leads on; what changed in one re-marks only it."""
    found: dict[str, tuple[Correction, ...]] = defaultdict(tuple)
    for correction in corrections:
        at = correction.passage_id
        seen = {at}
        while at in ledger and ledger[at]["successor"] and ledger[at]["successor"] not in seen:
            at = ledger[at]["successor"]
            seen.add(at)
        for document_id in dict.fromkeys((correction.passage_id.rpartition("/")[0], at.rpartition("/")[0])):
            found[document_id] = (*found[document_id], correction)
    return dict(found)


def said(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Return the corrections as JSON for a digest; where they stand in the file changes nothing."""
    return [{**asdict(correction), "line": 0} for correction in corrections]


def correct(
    passages: Sequence[Passage], corrections: Sequence[Correction], ledger: Mapping[str, Mapping[str, Any]]
) -> tuple[Passage, ...]:
    """Return the passages with the last word of staff on them."""
    standing = {passage.passage_id for passage in passages}
    wanted = {anchor(c.passage_id, ledger, standing.__contains__): c for c in corrections}
    return tuple(
        _corrected(passage, wanted[passage.passage_id]) if passage.passage_id in wanted else passage
        for passage in passages
    )


def _corrected(passage: Passage, correction: Correction) -> Passage:
    """One passage as staff want it. A finding of the same type keeps its rule, cue and addressee."""
    note = correction.note or DEFAULT_NOTE
    finding = passage.finding
    if correction.finding == NO_FINDING:
        finding = None
    elif correction.finding and (finding is None or finding.type != correction.finding):
        addressee = finding.addressee if finding else None
        finding = Finding(FindingType(correction.finding), "staff", note, addressee)
    kept = [mark for mark in passage.themes if mark.theme_id not in correction.remove_themes]
    given = {mark.theme_id for mark in kept}
    added = [ThemeMark(t, (BY_STAFF + note,)) for t in correction.add_themes if t not in given]
    return replace(passage, finding=finding, themes=(*kept, *added))


def unanchored(
    corrections: Iterable[Correction], ledger: Mapping[str, Mapping[str, Any]], stands: Callable[[str], bool]
) -> tuple[str, ...]:
    """Return a sentence for each correction whose passage is nowhere to be found."""
    return tuple(
        f"{FILE_NAME}, line {c.line}: no passage {c.passage_id}, and the ledger does not say what became of it; "
        "give the id that it has now, or take the correction out"
        for c in corrections
        if anchor(c.passage_id, ledger, stands) is None
    )
