"""One reading room for all tests of the web app."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search.room import ReadingRoom
from tests.webapp.library import Library, build_library
from webapp.app import create_app


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return build_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def app(library: Library) -> Iterator[Flask]:
    room = ReadingRoom(library.settings)
    yield create_app(library.settings, room)
    room.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
