"""What has to be done: added, changed with the reason, removed, unchanged, from digests alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.build.plan import Digest, Job, compare, make_jobs, short_digest
from indexer.corpus.catalogue import Catalogue, Entry
from indexer.corpus.identity import document_ids
from indexer.corpus.inventory import SourceFile


def jobs(contents: dict[str, str], catalogue: Catalogue | None = None, **more: str) -> list[Job]:
    """Jobs for path to digest of the content."""
    sources = [SourceFile(path, Path(path), content * 8) for path, content in sorted(contents.items())]
    catalogue = catalogue or Catalogue()
    ids = document_ids(contents, catalogue.entries)
    return make_jobs(sources, catalogue, more.get("themes", "themes"), more.get("software", "s"), ids=ids)


def known(listed: list[Job]) -> dict[str, tuple[str, str]]:
    """What an index of these jobs knows."""
    return {job.source.path: (job.document_id, job.digest) for job in listed}


def test_the_first_time_everything_is_added() -> None:
    plan = compare(jobs({"a.txt": "1", "b.txt": "2"}), {})
    assert [job.source.path for job in plan.added] == ["a.txt", "b.txt"]
    assert (plan.changed, plan.removed, plan.unchanged) == ((), (), 0)


def test_added_changed_removed_and_unchanged_are_told_apart() -> None:
    before = known(jobs({"same.txt": "1", "changed.txt": "1", "gone.txt": "1"}))
    plan = compare(jobs({"same.txt": "1", "changed.txt": "2", "new.txt": "1"}), before)
    assert [job.source.path for job in plan.added] == ["new.txt"]
    assert [job.source.path for job in plan.changed] == ["changed.txt"]
    assert plan.removed == ("gone.txt",)
    assert plan.unchanged == 1


@pytest.mark.parametrize(
    ("after", "because"),
    [
        (jobs({"a.txt": "2"}), "content"),
        (jobs({"a.txt": "1"}, Catalogue((), {"a.txt": Entry("a.txt", title="T")})), "catalogue"),
        (jobs({"a.txt": "1"}, Catalogue((), {"a.txt": Entry("a.txt", id="other")})), "catalogue"),
        (jobs({"a.txt": "1"}, themes="others"), "themes"),
        (jobs({"a.txt": "1"}, software="new"), "software"),
        (jobs({"a.txt": "2"}, themes="others"), "content, themes"),
    ],
)
def test_a_change_names_what_made_it(after: list[Job], because: str) -> None:
    before = known(jobs({"a.txt": "1"}))
    (job,) = compare(after, before).changed
    assert Digest.difference(before["a.txt"][1], job.digest) == because


def test_a_digest_of_an_older_form_counts_as_a_change_of_software() -> None:
    assert Digest.difference("", "c k t s").startswith("content")
    assert Digest.difference("c k t s", "c k t s") == "software"


def test_an_entry_for_one_file_changes_no_other() -> None:
    before = known(jobs({"a.txt": "1", "b.txt": "1"}))
    plan = compare(
        jobs({"a.txt": "1", "b.txt": "1"}, Catalogue((), {"a.txt": Entry("a.txt", title="T")})), before
    )
    assert [job.source.path for job in plan.changed] == ["a.txt"]


def test_an_id_taken_over_by_the_catalogue_changes_the_file_that_had_it() -> None:
    before = known(jobs({"a.txt": "1", "b.txt": "1"}))
    plan = compare(
        jobs({"a.txt": "1", "b.txt": "1"}, Catalogue((), {"b.txt": Entry("b.txt", id="a")})), before
    )
    assert {job.source.path: job.document_id for job in plan.changed} == {"a.txt": "a-txt", "b.txt": "a"}


def test_the_ending_and_the_content_are_what_a_reading_is_kept_by() -> None:
    (job,) = jobs({"Reports/A.PDF": "1"})
    assert job.content == ("1" * 8, ".pdf")


contents = st.dictionaries(st.sampled_from(["a.txt", "b.md", "c.pdf", "d.html"]), st.sampled_from("12"))


@given(contents, contents)
def test_every_path_is_in_exactly_one_part_of_a_plan(before: dict[str, str], after: dict[str, str]) -> None:
    plan = compare(jobs(after), known(jobs(before)))
    named = [job.source.path for job in (*plan.added, *plan.changed)] + list(plan.removed)
    assert len(named) == len(set(named))
    assert len(named) + plan.unchanged == len(set(before) | set(after))
    assert compare(jobs(after), known(jobs(after))).unchanged == len(after)


def test_a_short_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert short_digest({"a": 1, "b": "é"}) == short_digest({"b": "é", "a": 1})
    assert len(short_digest(None)) == 16
