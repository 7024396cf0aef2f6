"""The command that learns to mark from labelled passages: train."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from cli.support.options import refuse_unwritable
from cli.support.printing import counted, result, result_json
from indexer.corpus.corrections import load_corrections
from indexer.corpus.themes import load_themes
from indexer.marking.learned.blocks import save_weights
from indexer.marking.learned.document_text import DocumentText, TextUnit, find_lead_ins
from indexer.marking.learned.marker import OWN_WEIGHTS
from indexer.marking.training.labels import LabelledPassage, load_labels
from indexer.marking.training.run import Trained, label_of_correction
from indexer.marking.training.run import train as train_weights
from search.meaning import load_model
from search.model import Document, Themes
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generations


@click.command(
    epilog="""\b
Examples:
  findings train gold.jsonl
  findings train gold.jsonl --by publisher --output weights.npz"""
)
@click.argument("gold", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--corrections/--no-corrections",
    default=True,
    show_default=True,
    help="Learn from corrections.toml, too.",
)
@click.option(
    "--folds", type=click.IntRange(2, 20), default=5, show_default=True, help="Parts held out in turn."
)
@click.option(
    "--by", default="", metavar="KEY", help="A key of GOLD that is held out together, such as publisher."
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: marker.npz in the corpus."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def train(
    settings: Settings,
    gold: Path,
    corrections: bool,
    folds: int,
    by: str,
    output: Path | None,
    as_json: bool,
) -> None:
    """Learn from labelled passages how to mark findings and themes.

    GOLD has one JSON object a line: text, doc (a path in the corpus, or its end), finding, grade (0 to 2), sentences with
    stated (numbers from 1), themes (ids, or grades by id). Passages are looked up in the index, so that the marker sees
    what stands around them. The next `findings index` marks all documents anew with what was learned. Needs scikit-learn;
    where the sentence model is there, weights with and without it are made.
    """
    path = output or settings.corpus / OWN_WEIGHTS
    refuse_unwritable(path)
    themes = load_themes(settings.corpus / "themes.toml")
    labels = list(load_labels(gold, by))
    with closing(Catalog(Generations(settings.index).current().catalog_path)) as catalog:
        listed = catalog.documents()
        documents = {document.path: _text(catalog, document) for document in listed}
        if corrections:
            labels.extend(_corrected(settings, themes, catalog, listed))
    trained = train_weights(labels, documents, themes, folds, _report, load_model(settings))
    save_weights(path, trained.weights)
    record = {"weights": str(path), "labels": trained.labels, "documents": trained.documents}
    if as_json:
        result_json({**record, **{name: dict(values) for name, values in trained.figures.items()}})
    else:
        _print(trained, path)


def _text(catalog: Catalog, document: Document) -> DocumentText:
    """A document as the marker sees it."""
    passages = catalog.passages_of(document.document_id)
    lead_ins = find_lead_ins((passage.kind, passage.text) for passage in passages)
    units = (
        TextUnit(passage.kind, passage.text, passage.heading_path, passage.speaker, lead_in)
        for passage, lead_in in zip(passages, lead_ins, strict=True)
    )
    return DocumentText(document.title, tuple(units))


def _corrected(
    settings: Settings, themes: Themes, catalog: Catalog, listed: list[Document]
) -> Iterator[LabelledPassage]:
    """What staff say of single passages, of those that stand in the index."""
    paths = {document.document_id: document.path for document in listed}
    for correction in load_corrections(settings.corpus, themes):
        passage = catalog.find_passage(correction.passage_id)
        if passage is not None:
            said = correction.finding, correction.add_themes, correction.remove_themes
            yield label_of_correction(passage, paths[passage.document_id], *said, correction.line)


def _report(done: int, all_: int) -> None:
    """A line for each part that was held out."""
    print(f"held out: {done} of {all_}", file=sys.stderr, flush=True)  # noqa: T201 - stderr


def _print(trained: Trained, path: Path) -> None:
    """The figures for people."""
    result(
        f"{counted(trained.labels, 'labelled passage')} of {counted(trained.documents, 'document')}: {path}"
    )
    names = [name.replace("_", " ") for name in trained.figures]
    result(f"{'':<16}" + "".join(f"{name:>28}" for name in names))
    for name in next(iter(trained.figures.values())):
        result(f"{name:<16}" + "".join(f"{values[name]:>28.3f}" for values in trained.figures.values()))
