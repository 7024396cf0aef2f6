"""Reading catalogue.toml: what staff may write of editions and documents, and how a mistake is refused."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from indexer.corpus.catalogue import Catalogue, Entry, load_catalogue, with_paths_as_stored
from search.errors import BadFile
from search.model import Edition
from tests.indexer.corpora import SHIPPED

EDITION = '[[editions]]\nid = "p360-2019"\ntitle = "Second"\nplace = "Chania, Greece"\n'
DOCUMENT = '[[documents]]\npath = "a.pdf"\n'


def load(folder: Path, text: str | bytes) -> Catalogue:
    """The catalogue of a corpus with this file."""
    (folder / "catalogue.toml").write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_catalogue(folder)


def refusal(folder: Path, text: str | bytes) -> str:
    """The message with which a file is refused."""
    with pytest.raises(BadFile) as caught:
        load(folder, text)
    assert str(caught.value).startswith(str(folder / "catalogue.toml"))
    return str(caught.value)


def test_without_a_file_the_catalogue_is_empty(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path) == Catalogue()


def test_an_empty_file_is_an_empty_catalogue(tmp_path: Path) -> None:
    assert load(tmp_path, "# nothing yet\n") == Catalogue()


def test_the_shipped_catalogue_names_files_that_are_there() -> None:
    catalogue = load_catalogue(SHIPPED)
    assert catalogue.editions
    assert [path for path in catalogue.entries if not (SHIPPED / path).is_file()] == []


def test_all_keys_are_read(tmp_path: Path) -> None:
    catalogue = load(
        tmp_path,
        EDITION
        + 'start = 2019-06-11\nend = "2019-06"\nmotto = "M"\nhosts = ["H"]\nattendance = "120"\nsources = ["S"]\n'
        + DOCUMENT
        + 'id = "doc"\ntitle = "T"\nkind = "report"\nedition = "p360-2019"\ndate = 2019-06-11\nauthors = ["A"]\n'
        + 'speakers = ["B"]\nlanguage = "en"\npublisher = "P"\nsource_url = "https://x"\nrights = "R"\nfile = "withheld"\n',
    )
    assert catalogue.editions == (
        Edition("p360-2019", "Second", "Chania, Greece", "2019-06-11", "2019-06", "M", ("H",), "120", ("S",)),
    )
    assert catalogue.entries == {
        "a.pdf": Entry(
            "a.pdf", "doc", "T", "report", "p360-2019", "2019-06-11", ("A",), ("B",), "en", "P", "https://x", "R",
            file="withheld",
        )
    }  # fmt: skip


def test_a_date_with_a_time_is_its_day(tmp_path: Path) -> None:
    assert load(tmp_path, f"{DOCUMENT}date = 2019-06-11T10:00:00Z\n").entries["a.pdf"].date == "2019-06-11"


@pytest.mark.parametrize("date", ["2019", "2019-06", "2019-06-11"])
def test_a_date_may_be_a_year_a_month_or_a_day(tmp_path: Path, date: str) -> None:
    assert load(tmp_path, f'{DOCUMENT}date = "{date}"\n').entries["a.pdf"].date == date


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[[editions]\n", "not valid TOML"),
        (b'title = "\xff"\n', "line 1: is not UTF-8 text (byte 9); save it as UTF-8"),
        ('[[edition]]\nid = "x"\n', "unknown key 'edition' (there are: documents, editions, sites)"),
        ('editions = "x"\n', "editions are written as [[editions]]"),
        ('documents = ["x"]\n', "documents are written as [[documents]]"),
        (EDITION + 'colour = "red"\n', "edition p360-2019: unknown key 'colour'"),
        (DOCUMENT + 'titel = "x"\n', "document a.pdf: unknown key 'titel'"),
        ('[[editions]]\ntitle = "x"\nplace = "y"\n', "an edition without id"),
        ('[[editions]]\nid = "x"\nplace = "y"\n', "an edition without title"),
        ('[[editions]]\nid = "x"\ntitle = "y"\n', "an edition without place"),
        ('[[documents]]\nid = "x"\n', "a document without path"),
        (DOCUMENT + 'authors = "One"\n', "document a.pdf: authors is a list of texts"),
        (DOCUMENT + "authors = [1]\n", "authors is a list of texts"),
        (DOCUMENT + "title = 3\n", "title is a text in quotation marks"),
        (DOCUMENT + 'date = "June 2019"\n', "date = 'June 2019' is no date (2019, 2019-06 or 2019-06-12)"),
        (DOCUMENT + 'date = "2019-13"\n', "is no date"),
        (DOCUMENT + "date = true\n", "is no date"),
        (DOCUMENT + 'date = "2019-02-30"\n', "date = '2019-02-30' is no date: that month has no such day"),
        (DOCUMENT + 'kind = "Speach"\n', "did you mean 'speech'?"),
        (DOCUMENT + 'language = "English"\n', "language 'English' is no language code"),
        (DOCUMENT + 'source_url = "www.port.example"\n', "is no address; it begins with https://"),
        (DOCUMENT + 'file = "hidden"\n', "file = 'hidden': the one value is \"withheld\""),
        (DOCUMENT + 'id = "My Id"\n', "id 'My Id' of a.pdf: wanted is 'my-id'"),
        (DOCUMENT + 'edition = "p360-2020"\n', "a.pdf: no edition 'p360-2020' (there are: )"),
        (DOCUMENT + DOCUMENT, "document path 'a.pdf' stands twice"),
        (EDITION + EDITION, "edition id 'p360-2019' stands twice"),
        (
            DOCUMENT + 'id = "x"\n' + DOCUMENT.replace("a.pdf", "b.pdf") + 'id = "x"\n',
            "document id 'x' stands twice",
        ),
    ],
)
def test_a_mistake_is_refused_with_the_reason(tmp_path: Path, text: str | bytes, reason: str) -> None:
    assert reason in refusal(tmp_path, text)


def test_all_mistakes_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    text = f'{EDITION}mottto = "x"\n\n{DOCUMENT}date = "2019-13"\nlanguage = "xx"\n[[documents]]\nid = "x"\n'
    told = refusal(tmp_path, text).splitlines()
    assert told[0].startswith(
        f"{tmp_path / 'catalogue.toml'}, line 5: edition p360-2019: unknown key 'mottto'"
    )
    assert [line.strip().partition(":")[0] for line in told[1:]] == ["line 9", "line 10", "line 11"]
    assert "did you mean 'motto'?" in told[0]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_saved_with_a_mark_of_byte_order_is_read(tmp_path: Path, end: str) -> None:
    text = "\ufeff" + (DOCUMENT + 'title = "T"\n').replace("\n", end)
    assert load(tmp_path, text).entries["a.pdf"].title == "T"


def test_a_file_saved_as_utf_16_is_refused_with_the_remedy(tmp_path: Path) -> None:
    assert "save it as UTF-8" in refusal(tmp_path, DOCUMENT.encode("utf-16"))


@pytest.mark.parametrize("composed", [True, False])
def test_a_name_is_the_same_however_a_system_composes_its_letters(tmp_path: Path, composed: bool) -> None:
    forms = [unicodedata.normalize("NFC", "Fährgeld-é.txt"), unicodedata.normalize("NFD", "Fährgeld-é.txt")]
    typed, stored = forms if composed else forms[::-1]
    catalogue = load(tmp_path, f'[[documents]]\npath = "{typed}"\ntitle = "T"\n')
    entries = with_paths_as_stored(catalogue, [stored]).entries
    assert {path: (entry.path, entry.title) for path, entry in entries.items()} == {stored: (stored, "T")}
