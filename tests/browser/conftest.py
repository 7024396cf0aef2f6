"""A browser and a server for the tests of pages as people see them; all are skipped where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Look, find_chromium, open_browser, window
from tests.browser.serving import serving
from tests.webapp.library import Library, build_library


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return build_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def site(library: Library) -> Iterator[str]:
    with serving(library.settings) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with open_browser(program) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, site: str, look: Look) -> Iterator[Page]:
    """An empty window, looked at in the way that the test is given as its parameter `look`."""
    with window(browser, look, site) as opened:
        yield opened
