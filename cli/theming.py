"""Commands about themes: themes test."""

from __future__ import annotations

from pathlib import Path

import click

from cli.printing import counted, result, result_json
from indexer.marking.quality import Mistake, Score, ThemesQuality, load_gold, measure_themes
from indexer.themes import load_themes
from search.settings import Settings


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def test(settings: Settings, gold: Path, worst: int, as_json: bool) -> None:
    """Measure precision and recall of every theme against labelled passages.

    GOLD has one JSON object a line, with text, themes (a list of ids) and, as far as known, heading_path.
    """
    quality = measure_themes(load_gold(gold), load_themes(settings.corpus / "themes.toml"), worst)
    if as_json:
        result_json(_record(quality))
        return
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
