"""What every test may use: the switch that renews golden files, and the shipped corpus, indexed once a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings as hypothesis_settings

from indexer.build.pipeline import index_corpus
from search.meaning import loading
from search.settings import Settings
from tests.indexer.corpora import SHIPPED, Recorder

# A shared machine is no stop watch: an example that takes long is no counterexample.
hypothesis_settings.register_profile("findings", deadline=None)
hypothesis_settings.load_profile("findings")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the golden files below tests/golden anew; look at the difference before it is committed",
    )


@pytest.fixture(scope="session", autouse=True)
def _without_the_model() -> Iterator[None]:
    """No model in this process nor in the commands that tests start, so that results do not hang on it; tests about meaning put one in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINDINGS_MEANING", "off")
        patch.setattr(loading, "_opened", lambda _folder: (None, "tests run without it"))
        yield


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def shipped_index(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of a copy of the corpus that ships with the project, built once a run."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copytree(SHIPPED, folder / "corpus", ignore=shutil.ignore_patterns("official"))
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    index_corpus(settings, Recorder())
    return settings
