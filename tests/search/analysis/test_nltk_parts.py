"""Loading nltk costs no more where scipy and scikit-learn are installed, and hides neither from those who want them."""

from __future__ import annotations

import subprocess
import sys

import pytest


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout


def test_loading_the_analysis_loads_no_scientific_libraries() -> None:
    code = "import sys, search.analysis.words; print([n for n in ('scipy', 'sklearn') if n in sys.modules])"
    assert run(code).strip() == "[]"


def test_the_libraries_can_be_loaded_afterwards() -> None:
    pytest.importorskip("sklearn")
    assert run("import search.analysis.words, sklearn, scipy.stats; print(scipy.stats.__name__)").strip()


def test_a_library_that_is_loaded_already_stays_loaded() -> None:
    pytest.importorskip("scipy")
    assert (
        run("import sys, scipy; import search.analysis.words; print('scipy' in sys.modules)").strip()
        == "True"
    )
