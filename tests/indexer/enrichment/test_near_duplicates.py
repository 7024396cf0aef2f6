"""Documents that hold nearly the same words: found whatever their order, and told from those that only share a form."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.enrichment.near_duplicates import MOST_KEPT, find_look_alikes, make_sketch
from search.model import Document
from search.near_duplicates import LookAlike, Relation, once_a_pair
from tests.factories import make_document
from tests.indexer.corpora import Desk, small_desk


def words(count: int, seed: int) -> list[str]:
    """Words of a document that shares no run with those of other seeds."""
    chosen = random.Random(seed)
    return [f"w{chosen.randrange(4000)}" for _ in range(count)]


def reworded(text: list[str], every: int) -> list[str]:
    """The text with one word in `every` changed."""
    return [f"x{place}" if place % every == 0 else word for place, word in enumerate(text)]


def found(*documents: tuple[Document, list[str]]) -> list[LookAlike]:
    sketches = {document.document_id: make_sketch(text) for document, text in documents}
    return find_look_alikes([document for document, _ in documents], sketches)


def named(name: str, **changes: object) -> Document:
    return make_document(name, **{"sha256": name * 8, "date": None, **changes})


@pytest.mark.parametrize("count", [300, 5_000, 60_000])
def test_a_text_with_a_few_changed_words_is_nearly_the_same(count: int) -> None:
    text = words(count, 1)
    facts = found((named("a"), text), (named("b"), reworded(text, 100)), (named("c"), words(count, 2)))
    assert [(f.document_id, f.other_id, f.relation) for f in facts] == [
        ("a", "b", Relation.SAME_WORDS),
        ("b", "a", Relation.SAME_WORDS),
    ]
    assert facts[0].share == pytest.approx(0.95, abs=0.03)  # five runs of a hundred hold the changed word
    assert len(once_a_pair(facts)) == 1


def test_yearly_reports_with_the_same_frame_are_two_documents() -> None:
    text = words(3000, 1)
    assert found((named("a"), text), (named("b"), [*text[:2200], *words(800, 3)])) == []


def test_a_part_of_a_long_report_is_no_version_of_it() -> None:
    text = words(9000, 1)
    assert found((named("a"), text), (named("b"), text[:2000])) == []


def test_short_texts_are_not_compared() -> None:
    assert found((named("a"), words(40, 1)), (named("b"), words(40, 1))) == []


def test_the_same_file_twice_is_said_so_whatever_its_length() -> None:
    one, two = named("a", sha256="f" * 64), named("b", sha256="f" * 64)
    facts = found((one, words(10, 1)), (two, words(10, 1)))
    assert [f.relation for f in facts] == [Relation.SAME_FILE] * 2
    assert facts[0].sentence("x.pdf", "y.pdf") == "x.pdf is the same file as y.pdf"


def test_a_revision_in_the_name_makes_a_newer_version() -> None:
    text = words(2000, 1)
    facts = found((named("a", path="E_3.pdf"), text), (named("b", path="E_3_Rev.1.pdf"), reworded(text, 200)))
    assert [(f.document_id, f.relation) for f in facts] == [("a", Relation.OLDER), ("b", Relation.NEWER)]
    assert "looks like a newer version of E_3.pdf (revision 1 by name; 9" in facts[1].sentence(
        "new", "E_3.pdf"
    )


def test_dates_make_a_newer_version_only_under_the_same_title() -> None:
    text = words(2000, 1)

    def relations(**changes: object) -> set[Relation]:
        newer = named("b", **{"title": "Fog", "date": "2024-05-02", **changes})
        return {f.relation for f in found((named("a", title="Fog", date="2024"), text), (newer, text))}

    assert relations(date="2025-01-01") == {Relation.NEWER, Relation.OLDER}
    assert relations() == {Relation.SAME_WORDS}  # 2024 may be the same day
    assert relations(date="2025-01-01", title="Storms") == {Relation.SAME_WORDS}


def test_a_sketch_stays_small() -> None:
    assert len(make_sketch(words(200_000, 1))) <= 1 + 8 * MOST_KEPT


@given(st.lists(st.sampled_from("abcdefg"), max_size=60))
def test_a_sketch_depends_on_the_words_alone(text: list[str]) -> None:
    assert make_sketch(text) == make_sketch(list(text))


def test_the_facts_do_not_depend_on_the_order() -> None:
    text = words(2000, 1)
    shelf = [(named("a"), text), (named("b"), reworded(text, 90)), (named("c"), reworded(text, 70))]
    assert found(*shelf) == found(*reversed(shelf))
    assert len(found(*shelf)) == 6


# --- through the pipeline --------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A corpus with a paper of 400 words, indexed."""
    desk = small_desk(tmp_path)
    desk.write("reports/paper.txt", lines(words(400, 1)))
    desk.run()
    return desk


def lines(text: list[str]) -> str:
    """Words as paragraphs of forty."""
    return "\n\n".join(
        " ".join(text[start : start + 40]).capitalize() + "." for start in range(0, len(text), 40)
    )


def test_a_new_version_is_reported_once_and_leaves_with_its_file(desk: Desk) -> None:
    desk.write("reports/paper-rev2.txt", lines(reworded(words(400, 1), 150)))
    report = desk.run()
    assert len(report.look_alikes) == 1
    assert report.look_alikes[0].startswith(
        "reports/paper-rev2.txt looks like a newer version of reports/paper.txt (revision 2"
    )
    looks = {
        d["document_id"]: [look["other_id"] for look in d["look_alikes"]] for d in desk.holds()["documents"]
    }
    assert looks["reports-paper"] == ["reports-paper-rev2"]
    assert looks["reports-paper-rev2"] == ["reports-paper"]
    assert looks["background-note"] == []
    assert desk.holds() == desk.afresh()
    assert desk.run().look_alikes == ()
    (desk.corpus / "reports/paper-rev2.txt").unlink()
    desk.run()
    assert all(document["look_alikes"] == [] for document in desk.holds()["documents"])


def test_a_copy_under_another_name_is_said_to_be_the_same_file(desk: Desk) -> None:
    desk.write("reports/again.txt", (desk.corpus / "reports/paper.txt").read_bytes())
    assert desk.run().look_alikes == ("reports/paper.txt is the same file as reports/again.txt",)
    assert desk.holds() == desk.afresh()
