"""Passages for measurements of searching: real ones of published reports and speeches, then recombined ones.

The shared data folder gives some ten thousand passages. A larger corpus goes on with passages that are put
together from sentences of real passages, each as many sentences long as a real one: words, their frequencies and the
lengths stay those of real texts, while what stands together across sentences is chance.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.extraction.sandbox import read_files
from indexer.readers import load_readers
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading
from search.analysis import words as text
from search.engines import IndexEntry

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("SHARED_DATA") or ROOT.parent / "shared" / "data")
KEPT = ROOT / "build" / "benchmarks" / "passages.json"  # what was read once; delete it to read anew
SEED = 20181122
THEMES = 32  # as many as a reading room of this kind has
PER_DOCUMENT = 60  # recombined passages of one document
_Passage = tuple[str, str]  # document and text


def find_reason_to_skip() -> str | None:
    """Return why nothing can be measured here, or None."""
    if KEPT.exists() or (SHARED / "speeches").is_dir():
        return None
    return f"no real texts: {SHARED} has no speeches (SHARED_DATA names another folder)"


def load_entries(count: int) -> list[IndexEntry]:
    """Return so many entries, always the same for the same texts."""
    chosen = list(_first(count, _real_passages()))
    exact = [tuple(text.forms(words)) for _, words in chosen]
    stems = [tuple(text.stem(form) for form in forms) for forms in exact]
    themes = _themes(stems)
    ordinals: Counter[str] = Counter()
    entries = []
    for (document, _), forms, stemmed in zip(chosen, exact, stems, strict=True):
        ordinals[document] += 1
        facets = {
            "document": (document,),
            "kind": (document.split("-")[0],),
            "edition": (f"edition-{len(document) % 7}",),
            "theme": tuple(sorted(themes.intersection(stemmed))),
        }
        entries.append(
            IndexEntry(
                passage_id=f"{document}/{ordinals[document]}",
                document_id=document,
                ordinal=ordinals[document],
                exact=forms,
                stems=stemmed,
                title=tuple(text.stem(form) for form in text.forms(document)),
                facets=facets,
                day=20180101 + len(document),
            )
        )
    return entries


def _themes(stems: Sequence[Sequence[str]]) -> frozenset[str]:
    """Stems of the texts that stand for themes: as frequent as labels of themes are, in 2 to 5 % of the passages."""
    having = Counter(stem for words in stems for stem in set(words) if stem.isalpha())
    fitting = [stem for stem, count in having.most_common() if 0.02 <= count / len(stems) <= 0.05]
    return frozenset(fitting[:THEMES])


def _first(count: int, real: Sequence[_Passage]) -> Iterator[_Passage]:
    """Real passages in a fixed random order, then recombined ones."""
    chance = random.Random(SEED)
    shuffled = list(real)
    chance.shuffle(shuffled)
    yield from shuffled[:count]
    if count <= len(real):
        return
    sentences = [[words[start:end] for start, end in text.sentences(words)] for _, words in real]
    pool = [sentence for passage in sentences for sentence in passage]
    for number in range(count - len(real)):
        like = chance.choice(sentences)
        yield f"recombined-{number // PER_DOCUMENT}", " ".join(chance.choices(pool, k=len(like)))


def _real_passages() -> list[_Passage]:
    """All real passages of the shared data, read once and kept."""
    if not KEPT.exists():
        read = list(_read_passages())
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps(read), encoding="utf-8")
    return [(document, words) for document, words in json.loads(KEPT.read_text(encoding="utf-8"))]


def _read_passages() -> Iterator[_Passage]:
    """(document, text) of every passage of at least eight words."""
    load_readers()
    files = sorted([*SHARED.glob("reports/**/*.pdf"), *SHARED.glob("speeches/**/*.txt")])
    outcomes = dict(read_files(files, ReadingLimits(), os.cpu_count() or 1))
    for number, file in enumerate(files):
        outcome = outcomes[file]
        if isinstance(outcome, Reading):
            for draft in outcome.passages:
                if len(text.forms(draft.text)) >= 8:
                    yield f"{file.relative_to(SHARED).parts[0]}-{number}", draft.text
