"""Staff's word is last: corrections by passage id, kept when words change, refused when bad, cheap to apply."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.build.pipeline import index_corpus
from indexer.build.report import IndexReport
from indexer.corpus.corrections import load_corrections
from search.errors import BadFile
from search.model import Passage, Theme, Themes
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generations
from tests.indexer.corpora import NOTE, SPEECH, THEMES, Recorder

KNOWN = Themes.of((Theme("trust-funds", "Trust Funds"), Theme("exercises", "Exercises")))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "note.md").write_text(NOTE, encoding="utf-8")
    (corpus / "speech.txt").write_text(SPEECH, encoding="utf-8")
    (corpus / "themes.toml").write_text(THEMES, encoding="utf-8")
    return Settings(corpus=corpus, index=tmp_path / "index", workers=1)


def _index(settings: Settings) -> IndexReport:
    return index_corpus(settings, Recorder())


def _passage(settings: Settings, words: str) -> Passage:
    with closing(Catalog(Generations(settings.index).current().catalog_path)) as catalog:
        return next(p for p in catalog.all_passages() if words in p.text)


def _correct(settings: Settings, passage_id: str, lines: str) -> None:
    text = f'[[corrections]]\npassage = "{passage_id}"\n{lines}\n'
    (settings.corpus / "corrections.toml").write_text(text, encoding="utf-8")


def test_staff_take_a_finding_away_change_its_type_and_add_and_remove_themes(settings: Settings) -> None:
    _index(settings)
    advice = _passage(settings, "five years ahead")
    assert advice.finding is not None
    _correct(settings, advice.passage_id, 'finding = "none"\nadd_themes = ["trust-funds"]\nnote = "asked"')
    _index(settings)
    changed = _passage(settings, "five years ahead")
    assert changed.finding is None
    assert [(mark.theme_id, mark.because) for mark in changed.themes] == [("trust-funds", ("staff: asked",))]
    _correct(settings, advice.passage_id, 'finding = "lesson"')
    _index(settings)
    lesson = _passage(settings, "five years ahead").finding
    assert lesson is not None and (lesson.type, lesson.rule) == ("lesson", "staff")
    fund = _passage(settings, "Trust Fund pays")
    _correct(settings, fund.passage_id, 'remove_themes = ["trust-funds"]')
    _index(settings)
    assert _passage(settings, "Trust Fund pays").themes == ()


def test_only_the_document_of_a_correction_is_made_again_and_taking_it_out_restores_the_rules(
    settings: Settings,
) -> None:
    _index(settings)
    before = _passage(settings, "five years ahead")
    _correct(settings, before.passage_id, 'finding = "none"')
    report = _index(settings)
    assert [(c.path, c.because) for c in report.changed] == [("note.md", "corrections")]
    (settings.corpus / "corrections.toml").unlink()
    _index(settings)
    assert _passage(settings, "five years ahead") == before


def test_a_correction_goes_along_when_the_words_change(settings: Settings) -> None:
    _index(settings)
    _correct(settings, _passage(settings, "five years ahead").passage_id, 'finding = "none"')
    _index(settings)
    reworded = NOTE.replace("five years ahead", "six years ahead")
    (settings.corpus / "note.md").write_text(reworded, encoding="utf-8")
    assert _index(settings).notes == ()
    assert _passage(settings, "six years ahead").finding is None
    (settings.corpus / "themes.toml").write_text(THEMES + 'scope = "money"\n', encoding="utf-8")
    _index(settings)
    assert _passage(settings, "six years ahead").finding is None


def test_a_correction_without_its_passage_is_reported_with_its_line(settings: Settings) -> None:
    _correct(settings, "note/aaaaaaaaaa", 'finding = "none"')
    (note,) = _index(settings).notes
    assert note.startswith("corrections.toml, line 1: no passage note/aaaaaaaaaa")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ('passage = "x"\nfinding = "none"', "line 3: passage 'x' is no passage id"),
        ('passage = "n/aaaaaaaaaa"', "line 2: corrects nothing"),
        ('passage = "n/aaaaaaaaaa"\nfinding = "wish"', "finding 'wish' is none of recommendation"),
        ('passage = "n/aaaaaaaaaa"\nfindings = "none"', "did you mean 'finding'?"),
        ('passage = "n/aaaaaaaaaa"\nadd_themes = ["trust-fund"]', "did you mean 'trust-funds'?"),
        ('passage = "n/aaaaaaaaaa"\nadd_themes = "exercises"', "add_themes must be a list"),
        (
            'passage = "n/aaaaaaaaaa"\nadd_themes = ["exercises"]\nremove_themes = ["exercises"]',
            "'exercises' is added and removed",
        ),
        ("passage = 3", "passage must be a text"),
        ("passage = ", "not valid TOML"),
    ],
)
def test_a_bad_correction_is_refused_with_its_line_and_the_reason(
    tmp_path: Path, lines: str, reason: str
) -> None:
    (tmp_path / "corrections.toml").write_text(f"\n[[corrections]]\n{lines}\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_corrections(tmp_path, KNOWN)
    assert reason in str(caught.value)


def test_a_passage_that_is_corrected_twice_is_refused(tmp_path: Path) -> None:
    one = '[[corrections]]\npassage = "n/aaaaaaaaaa"\nfinding = "none"\n'
    (tmp_path / "corrections.toml").write_text(one + one, encoding="utf-8")
    with pytest.raises(BadFile, match=r"line 4: .* corrected in line 1 already"):
        load_corrections(tmp_path, KNOWN)


def test_all_mistakes_of_the_corrections_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    wrong = """
[[corrections]]
passage = "x"
finding = "wish"
add_themes = ["trust-fund", "nothing"]

[[corrections]]
passage = "n/aaaaaaaaaa"
findings = "none"

[[corrections]]
passage = "n/aaaaaaaaaa"
finding = "none"
"""
    (tmp_path / "corrections.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_corrections(tmp_path, KNOWN)
    told = str(caught.value)
    for said in (
        "line 3: passage 'x' is no passage id",
        "line 4: finding 'wish'",
        "line 5: no theme 'trust-fund'; did you mean 'trust-funds'?",
        "line 5: no theme 'nothing'",
        "line 9: unknown key 'findings'",
        "line 11: passage 'n/aaaaaaaaaa' is corrected in line 7 already",
    ):
        assert said in told, told
