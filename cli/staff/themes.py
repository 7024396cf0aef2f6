"""Commands about themes: themes test, themes import."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.support.printing import counted, result, result_json
from indexer.corpus.themes import load_themes
from indexer.corpus.themes_text import themes_text
from indexer.marking import RUNNING
from indexer.marking.evaluation import Mistake, Score, ThemesQuality, load_gold, measure_themes
from indexer.marking.label_evaluation import (
    LabelScore,
    Proposal,
    measure_labels,
    propose_labels,
    worst_wordings,
)
from search.errors import BelowFloor
from search.settings import Settings
from search.themes.skos import load_skos


@click.group()
def themes() -> None:
    """Work on the themes of corpus/themes.toml."""


@themes.command(
    "test",
    epilog="""\b
Example:
  findings themes test gold.jsonl --worst 20""",
)
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--worst", type=click.IntRange(0, 1000), default=10, show_default=True, help="Mistakes to name."
)
@click.option(
    "--floor", type=click.FloatRange(0, 1), help="Exit with 1 when F1 of all themes together is lower."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def test(settings: Settings, gold: Path, worst: int, floor: float | None, as_json: bool) -> None:
    """Measure precision and recall of every theme and label against labelled passages.

    Names the worst sentences, labels that are wrong more often than right, and words that could become labels.
    GOLD has one JSON object a line, with text, themes (a list of ids) and, as far as known, heading_path and doc.
    Headings, tables and notes are passed over.
    """
    passages = tuple(passage for passage in load_gold(gold) if passage.kind in RUNNING)
    known = load_themes(settings.corpus / "themes.toml")
    quality = measure_themes(passages, known, worst)
    labels, proposals = measure_labels(passages, known), propose_labels(passages, known)
    if as_json:
        listed = {"labels": [asdict(score) for score in labels], "proposals": [asdict(p) for p in proposals]}
        result_json({**_record(quality), **listed})
    else:
        _print(quality, worst_wordings(labels, worst), proposals)
    if floor is not None and quality.micro.f1 < floor:
        raise BelowFloor("F1 of all themes together", quality.micro.f1, floor)


@themes.command(
    "import",
    epilog="""\b
Example:
  findings themes import thesaurus.ttl > corpus/themes.toml""",
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def import_(file: Path) -> None:
    """Print a SKOS thesaurus as the text of a themes.toml.

    FILE is Turtle (.ttl), JSON-LD (.jsonld, .json), RDF/XML (.rdf) or N-Triples (.nt). Nothing is written but to
    standard output: look at it, then put it in place.
    """
    result(themes_text(load_skos(file)).rstrip())


def _print(quality: ThemesQuality, labels: tuple[LabelScore, ...], proposals: tuple[Proposal, ...]) -> None:
    """The measurement for people."""
    result(f"{'theme':<32} precision  recall    F1  labelled")
    for theme_id, score in quality.by_theme.items():
        result(_row(theme_id, score))
    result(_row("all together (micro)", quality.micro))
    if quality.macro is not None:
        result(f"{'mean of the themes (macro F1)':<50}{quality.macro:>6.2f}")
    for theme_id, count in quality.unknown.items():
        result(f"labelled but not in themes.toml: {theme_id} ({counted(count, 'passage')})")
    for mistake in quality.worst:
        result(_sentence(mistake))
    for label in labels:
        result(f"label {label.wording!r} of {label.theme_id}: right {label.right}, wrong {label.wrong}")
    for p in proposals:
        where = f"in {counted(p.missed, 'missed passage')}, {p.elsewhere} elsewhere"
        result(f"perhaps a label of {p.theme_id}: {p.wording!r} ({where})")


def _row(name: str, score: Score) -> str:
    """One line of the table; a dash where nothing was given or labelled."""
    given = score.right + score.wrong
    precision = f"{score.precision:.2f}" if given else "-"
    recall = f"{score.recall:.2f}" if score.support else "-"
    f1 = f"{score.f1:.2f}" if score.support or given else "-"
    return f"{name:<32}{precision:>10}{recall:>8}{f1:>6}{score.support:>10}"


def _sentence(mistake: Mistake) -> str:
    """One mistake with the words that caused it."""
    what = "missed" if mistake.missed else f"wrong because of {', '.join(mistake.because)}"
    return f"\nline {mistake.line}: {mistake.theme_id} {what}\n  {mistake.text[:300]}"


def _record(quality: ThemesQuality) -> dict[str, object]:
    """The measurement as JSON."""
    return {
        "passages": quality.passages,
        "themes": {theme_id: _score(score) for theme_id, score in quality.by_theme.items()},
        "micro": _score(quality.micro),
        "macro_f1": quality.macro,
        "unknown": quality.unknown,
        "worst": [
            {
                "line": m.line,
                "theme": m.theme_id,
                "missed": m.missed,
                "because": list(m.because),
                "text": m.text,
            }
            for m in quality.worst
        ],
    }


def _score(score: Score) -> dict[str, float]:
    """Precision, recall, F1 and support."""
    return {"precision": score.precision, "recall": score.recall, "f1": score.f1, "support": score.support}
