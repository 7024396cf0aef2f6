"""Document ids: the catalogue's, else made from the path, and the same whatever came first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.corpus.catalogue import Entry
from indexer.corpus.identity import document_ids

PATHS = (
    "a/x.pdf",
    "a/x.html",
    "a/x.md",
    "a-x.txt",
    "A/X.txt",
    "b.txt",
    "é.txt",
    "e.txt",
    "日本.txt",
    "c d.md",
)


def test_an_id_is_the_path_without_its_ending() -> None:
    assert document_ids(["Reports/Été 2019.pdf"], {}) == {"Reports/Été 2019.pdf": "reports-ete-2019"}


def test_the_catalogue_s_id_goes_before_the_path() -> None:
    assert document_ids(["a.pdf"], {"a.pdf": Entry("a.pdf", id="p360-2019")}) == {"a.pdf": "p360-2019"}


def test_an_entry_without_an_id_leaves_it_to_the_path() -> None:
    assert document_ids(["a.pdf"], {"a.pdf": Entry("a.pdf", title="A")}) == {"a.pdf": "a"}


def test_beside_a_pdf_the_page_carries_its_ending() -> None:
    assert document_ids(["r.html", "r.md", "r.pdf"], {}) == {"r.pdf": "r", "r.html": "r-html", "r.md": "r-md"}


def test_an_id_of_the_catalogue_is_never_given_to_another_file() -> None:
    ids = document_ids(["a.pdf", "b.pdf"], {"b.pdf": Entry("b.pdf", id="a")})
    assert ids == {"b.pdf": "a", "a.pdf": "a-pdf"}


def test_names_that_differ_only_in_case_or_accents_get_numbers() -> None:
    ids = document_ids(["É.txt", "é.txt", "e.txt"], {})
    assert ids == {"e.txt": "e", "É.txt": "e-txt", "é.txt": "e-txt-2"}


@pytest.mark.parametrize("path", ["日本.txt", "…/…", "\n.md", f"{'long/' * 60}x.txt"])
def test_a_path_of_any_letters_gives_a_short_id_for_addresses(path: str) -> None:
    (document_id,) = document_ids([path], {}).values()
    assert document_id.isascii()
    assert 0 < len(document_id) <= 80
    assert not set(document_id) & set(" /%\n.")


@given(st.lists(st.sampled_from(PATHS), unique=True), st.randoms(use_true_random=False))
def test_ids_are_unique_and_do_not_depend_on_the_order(paths: list[str], chance: random.Random) -> None:
    entries = {"b.txt": Entry("b.txt", id="a-x")}
    ids = document_ids(paths, entries)
    assert len(set(ids.values())) == len(paths)
    shuffled = list(paths)
    chance.shuffle(shuffled)
    assert document_ids(shuffled, entries) == ids
