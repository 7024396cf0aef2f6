"""Training on labelled passages: the same weights from the same labels, joined with their documents, or a reason why not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from indexer.marking import DocumentText, LearnedMarker, TextUnit
from indexer.marking.learned.blocks import save_weights
from indexer.marking.training import linear
from indexer.marking.training.labels import LabelledPassage, join, load_labels, stated_sentences
from indexer.marking.training.measures import average_precision, weighted_kappa
from indexer.marking.training.run import TooFewLabels, Trained, label_of_correction, train
from search.errors import BadFile
from search.meaning import Model
from search.model import Passage, PassageKind
from tests.factories import THEMES
from tests.search.meaning.toy_model import ToyModel

PLACES = ("harbour", "school", "bridge", "market", "library", "station", "bakery", "theatre")
P = PassageKind.PARAGRAPH


def _labels() -> list[LabelledPassage]:
    """Labels of eight documents, a third recommendations, a third pledges, a third nothing; every one by itself."""
    made: list[LabelledPassage] = []
    for place in PLACES:
        for year in range(2001, 2005):
            texts = (
                (
                    f"In {year} the {place} had many visitors. The council should repair the {place} soon.",
                    "recommendation",
                    2,
                ),
                (f"We will give the {place} a trust fund in {year}. It is open to all.", "commitment", 2),
                (f"The {place} opened in {year}. It stands near the river.", "none", 0),
            )
            for text, finding, grade in texts:
                themes = {"trust-funds": 2} if "trust fund" in text else {}
                stated = tuple(
                    f"{part.rstrip('.')}." for part in text.split(". ") if "should" in part or "fund" in part
                )
                made.append(
                    LabelledPassage(
                        len(made) + 1, place, text, finding=finding, grade=grade, stated=stated, themes=themes
                    )
                )
    return made


@pytest.fixture(scope="module")
def trained() -> Trained:
    """What the labels teach."""
    pytest.importorskip("sklearn")
    return train(_labels(), {}, THEMES, folds=4)


def test_what_was_learned_holds_on_documents_held_out(trained: Trained) -> None:
    assert (trained.labels, trained.documents) == (96, 8)
    assert trained.figures["held_out"]["strong_f1"] > 0.9
    assert trained.figures["held_out"]["type_acc"] > 0.9
    assert trained.figures["held_out"]["theme_f1"] > 0.9


def test_the_weights_mark_another_document(trained: Trained) -> None:
    marker = LearnedMarker(THEMES, trained.weights)
    text = "In 2010 the museum had many visitors. The council should repair the museum soon."
    ((finding, _),) = marker.mark(DocumentText("", (TextUnit(P, text),)))
    assert finding is not None
    assert (finding.type.value, finding.grade) == ("recommendation", 2)
    assert text[finding.spans[0][0] : finding.spans[0][1]] == "The council should repair the museum soon."


def test_the_same_labels_give_the_same_bytes(trained: Trained, tmp_path: Path) -> None:
    save_weights(tmp_path / "one.npz", trained.weights)
    save_weights(tmp_path / "two.npz", train(_labels(), {}, THEMES, folds=4).weights)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_weights_by_meaning_are_used_with_their_own_model_alone() -> None:
    pytest.importorskip("sklearn")
    model = cast(Model, ToyModel())
    made = train(_labels(), {}, THEMES, folds=4, model=model)
    assert made.weights.model == "toy/1"
    assert made.weights.by_meaning is not None
    assert set(made.figures) == {"held_out", "held_out_by_words"}
    text = "In 2010 the museum had many visitors. The council should repair the museum soon."
    document = DocumentText("", (TextUnit(P, text),))
    by_words = LearnedMarker(THEMES, made.weights).mark(document)
    by_meaning = LearnedMarker(THEMES, made.weights, model).mark(document)
    other = ToyModel()
    other.name = "another/1"
    assert LearnedMarker(THEMES, made.weights, cast(Model, other)).mark(document) == by_words
    assert by_meaning != by_words
    finding = by_meaning[0][0]
    assert finding is not None
    assert finding.type.value == "recommendation"


def test_too_few_labels_say_how_many_are_needed() -> None:
    pytest.importorskip("sklearn")
    with pytest.raises(TooFewLabels, match="3 labelled passages of 1 document"):
        train(_labels()[:3], {}, THEMES, folds=4)


def test_without_the_library_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linear, "find_spec", lambda _name: None)
    with pytest.raises(linear.LibraryMissing, match="pip install scikit-learn"):
        train(_labels(), {}, THEMES, folds=4)


def test_a_label_finds_its_passage_by_its_words_and_else_stands_alone() -> None:
    units = (
        TextUnit(P, "First things came first in this town."),
        TextUnit(P, "The council should repair the old bridge soon, it said."),
    )
    document = DocumentText("Town", units)
    there = LabelledPassage(1, "town.txt", "The council should repair the old bridge soon.")
    gone = replace(there, text="Nothing of this stands in the document at all.")
    first, second = join([there, gone], {"reports/town.txt": document})
    assert (first.document, first.number) == (document, 1)
    assert (second.document.units[0].text, second.number) == (gone.text, 0)


def test_stated_sentences_are_found_where_they_are_cut_otherwise() -> None:
    text = "It rained. Dr. Lee said that we must act now."
    spans = [(0, 10), (11, len(text))]
    assert stated_sentences(text, spans, ("Lee said that we must act now.",)) == [False, True]


def test_a_correction_says_nothing_of_what_it_does_not_name() -> None:
    passage = Passage("d/aaaaaaaaaa", "d", 1, P, "Words of the passage.")
    label = label_of_correction(passage, "d.txt", None, ("trust-funds",), ("exercises",), 4)
    assert (label.finding, label.all_themes, dict(label.themes)) == (
        None,
        False,
        {"trust-funds": 2, "exercises": 0},
    )
    assert label_of_correction(passage, "d.txt", "lesson", (), (), 4).grade == 2


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"finding": "none"}, "with a text"),
        ({"text": "x", "finding": "wish"}, "'wish' is none of"),
        ({"text": "x", "grade": 3}, "grade must be 0, 1 or 2"),
        ({"text": "x", "sentences": ["x"], "stated": [2]}, "numbers of sentences"),
    ],
)
def test_a_mistake_in_a_label_is_named_with_its_line(
    tmp_path: Path, row: dict[str, object], problem: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "fine"}\n' + json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(BadFile, match=f"line 2: .*{problem}"):
        load_labels(path)


def test_average_precision_takes_ties_in_the_mean_of_their_orders() -> None:
    assert average_precision(np.array([3.0, 2.0, 1.0]), np.array([True, False, True])) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert average_precision(np.array([1.0, 1.0]), np.array([True, False])) == pytest.approx(0.75)


def test_kappa_is_1_for_the_same_grades_and_0_for_chance() -> None:
    grades = np.array([0, 1, 2, 0, 1, 2])
    assert weighted_kappa(grades, grades) == pytest.approx(1)
    assert weighted_kappa(grades, np.array([1] * 6)) == pytest.approx(0)
