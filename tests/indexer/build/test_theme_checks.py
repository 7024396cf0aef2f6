"""The themes file is checked by every run: its examples, and labels that mark nearly everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build.theme_checks import LEAST_DOCUMENTS, LEAST_PASSAGES, example_notes
from indexer.corpus.themes import load_themes
from search.errors import BadFile
from tests.indexer.corpora import SHIPPED, Desk, small_desk

MISSED = "The harbour was dredged in spring."
WRONG = 'A trust fund is what "nobody" wanted here.'
EXAMPLES = f"""[[themes]]
id = "dikes"
label = "Dikes"
examples = ["The dikes were raised by a foot."]

[[themes]]
id = "trust-funds"
label = "Trust Funds"
labels = ["trust fund"]
examples = [
    "A trust fund pays for it.",
    "{MISSED}",
]
counterexamples = [
    "The ferry was late.",
    'A trust fund is what "nobody" wanted here.',
]
"""


def test_an_example_without_its_theme_and_a_counterexample_with_it_are_told_with_line_and_text(
    tmp_path: Path,
) -> None:
    desk = small_desk(tmp_path)
    desk.write("themes.toml", EXAMPLES)
    plan = desk.run(plan_only=True).notes
    report = desk.run()
    assert report.published and plan == report.notes
    missed, wrong = report.notes
    assert missed == f"themes.toml, line 12: an example of trust-funds is not marked with it: {MISSED!r}"
    assert wrong.startswith(
        "themes.toml, line 16: a counterexample of trust-funds is marked with it because of trust fund"
    )
    assert WRONG in wrong
    assert desk.run().notes == report.notes, "told as long as it is so"
    desk.write("themes.toml", EXAMPLES.replace(MISSED, "Trust funds grow.").replace(WRONG, "The ferry left."))
    assert desk.run().notes == ()


def test_the_shipped_themes_mark_their_own_examples() -> None:
    path = SHIPPED / "themes.toml"
    assert example_notes(path, load_themes(path)) == ()


def many(desk: Desk, passages: int, word: str, documents: int) -> None:
    """Texts in which each other passage has a word; all together have so many passages."""
    for number in range(documents):
        lines = [
            f"Boat {n} of the {word} fleet was painted and left harbour {number} for the islands at dawn."
            if n % 2
            else f"Crew {n} of ship {number} mended its nets, ate some bread and slept until the evening came."
            for n in range(passages // documents)
        ]
        desk.write(f"background/boats{number}.txt", "\n\n".join(["Boats of the bay", *lines]))


def test_a_label_that_marks_more_than_a_third_of_all_passages_is_refused_with_its_reason(
    tmp_path: Path,
) -> None:
    desk = small_desk(tmp_path)
    many(desk, LEAST_PASSAGES, "quokka", LEAST_DOCUMENTS + 1)
    good = '[[themes]]\nid = "fleets"\nlabel = "Fleets of old"\nlabels = ["old fleet"]\n'
    desk.write("themes.toml", good)
    first = desk.run()
    assert first.published
    desk.write("themes.toml", good.replace('"old fleet"', '"old fleet",\n  "quokka fleet"'))
    for plan_only in (True, False):
        with pytest.raises(BadFile, match="more than a third") as refused:
            desk.run(plan_only=plan_only)
        assert "themes.toml, line 5: the label 'quokka fleet' of fleets marks 48 of" in str(refused.value)
    assert desk.found("quokka") != [], "what was published stays"
    desk.write("themes.toml", good)
    assert desk.run().unchanged == 7


def test_a_small_collection_on_one_subject_may_have_its_label_everywhere(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    many(desk, LEAST_PASSAGES // 2, "quokka", LEAST_DOCUMENTS + 1)
    desk.write("themes.toml", '[[themes]]\nid = "fleets"\nlabel = "Quokka fleet"\n')
    assert desk.run().published


def test_one_long_report_on_one_subject_may_have_its_label_everywhere(tmp_path: Path) -> None:
    desk = small_desk(tmp_path)
    many(desk, 2 * LEAST_PASSAGES, "quokka", 1)
    desk.write("themes.toml", '[[themes]]\nid = "fleets"\nlabel = "Quokka fleet"\n')
    assert desk.run().published
