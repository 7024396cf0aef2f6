"""What stands with a quotation as its source: right, another page, another document, unknown, or nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from search.drafts.checking import Checked, check_draft
from search.drafts.plain_text import blocks_of
from search.drafts.quotations import Draft
from search.drafts.references import ReferenceVerdict
from search.room import ReadingRoom
from search.settings import Settings
from tests.factories import make_document, make_passages, publish

WORDS = "the masters of both towns met forty times without a single quarrel"
OTHER = "The lamp on the outer mole was lit for the first time in a hundred years."
MINUTES = (
    f"It is recorded that {WORDS} over berths.",
    "The dues were raised by a third in the spring of that year.",
)

Check = Callable[..., Checked]


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """Checks a draft of one quotation against minutes (page 212, paragraph 7) and a chronicle (page 5)."""
    folder: Path = tmp_path_factory.mktemp("references")
    minutes = make_passages("minutes", MINUTES[:1], page=3, page_end=3, page_label="212", number="7")
    chronicle = make_passages("chronicle", [OTHER], page=5, page_end=5, page_label="5")
    publish(
        folder,
        [
            (
                make_document(
                    "minutes", path="reports/H_12_7.pdf", title="Minutes of the harbour board of both towns"
                ),
                minutes,
            ),
            (
                make_document("chronicle", path="reports/c.pdf", title="Chronicle of the lamps and moles"),
                chronicle,
            ),
        ],
    )
    opened = ReadingRoom(Settings(index=folder)).opened
    ids = {"{right}": minutes[0].passage_id, "{other}": chronicle[0].passage_id}

    def look(text: str, keys: Mapping[str, str] | None = None) -> Checked:
        for name, passage_id in ids.items():
            text = text.replace(name, passage_id)
        draft = Draft("draft.md", blocks_of(text), keys=keys or {})
        return check_draft(draft, opened.quoted, {}, "g").checked[0]

    return look


@pytest.mark.parametrize(
    "stated",
    [
        "“{q}” (Minutes of the harbour board of both towns, p. 212).",
        "“{q}”.[^1]\n\n[^1]: See *Minutes of the harbour board of both towns*, pp. 211–13.",
        "“{q}” (Minutes, para. 7).",
        "“{q}” (H/12/7, para. 7).",
        "“{q}” (p. 212).",
        "On page 212 of the Minutes of the harbour board of both towns we read: “{q}”.",
        "“{q}” (https://x.example/p/{right}).",
        "“{q}” (https://x.example/P/{right}/).".replace("/P/", "/p/"),
        "“{q}” [@board, p. 212].",
        "Thus:\n\n> {q}\n>\n> — Minutes of the harbour board of both towns, p. 212",
        "“{q}”.[^1] More.[^2]\n\n[^1]: Board, *Minutes of the harbour board of both towns* (Port, 1907), 212.\n[^2]: Ibid., 4.",
    ],
)
def test_a_right_reference_is_right_in_every_form(check: Check, stated: str) -> None:
    found = check(stated.replace("{q}", WORDS), {"board": "Minutes of the harbour board of both towns, 1907"})
    assert found.reference.verdict is ReferenceVerdict.RIGHT
    assert found.right is None


@pytest.mark.parametrize(
    "stated",
    [
        "“{q}” (Minutes of the harbour board of both towns, p. 387).",
        "“{q}”.[^1]\n\n[^1]: *Minutes of the harbour board of both towns*, pp. 214–16.",
        "“{q}” (Minutes, para. 8).",
        "“{q}” (p. 3).",
        "On page 90 of the Minutes of the harbour board of both towns we read: “{q}”.",
        "“{q}”.[^1]\n\n[^1]: Board, *Minutes of the harbour board of both towns* (Port, 1907), 12.",
    ],
)
def test_another_page_or_paragraph_is_named_with_the_right_one(check: Check, stated: str) -> None:
    found = check(stated.replace("{q}", WORDS))
    assert found.reference.verdict is ReferenceVerdict.WRONG_PAGE
    assert "p. 212, para. 7" in (found.right or "")
    assert not found.is_right


@pytest.mark.parametrize(
    "stated",
    [
        "“{q}” (Chronicle of the lamps and moles, p. 5).",
        "“{q}” (https://x.example/p/{other}).",
        "“{q}” [@lamps, p. 5].",
    ],
)
def test_another_document_is_named_with_the_right_one(check: Check, stated: str) -> None:
    found = check(stated.replace("{q}", WORDS), {"lamps": "Chronicle of the lamps and moles, 1907"})
    assert found.reference.verdict is ReferenceVerdict.WRONG_DOCUMENT
    assert "Minutes" in (found.right or "")


def test_what_the_collection_does_not_know_is_unknown_and_no_fault(check: Check) -> None:
    found = check(f"“{WORDS}” (Annals of a distant island, p. 9).")
    assert found.reference.verdict is ReferenceVerdict.UNKNOWN
    assert found.is_right


def test_a_quotation_without_a_reference_has_none(check: Check) -> None:
    found = check(f"It was said that “{WORDS}”, as everybody knows who lived there.")
    assert found.reference.verdict is ReferenceVerdict.NONE
