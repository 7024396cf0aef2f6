"""A site on the loopback address and a corpus that is fetched from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search.settings import Settings
from tests.indexer.fetching.site import Desk, Site, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as site:
        yield site


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Settings(corpus=tmp_path / "corpus", index=tmp_path / "index"))
