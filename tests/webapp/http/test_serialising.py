from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from webapp.http import serialising as turns
from webapp.http.serialising import take_turns


class Counted:
    """An app whose pages take a moment and note how many were made at once."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.now, self.most, self.lock = seconds, 0, 0, threading.Lock()
        self.app = Flask("counted", static_folder=None)
        self.app.add_url_rule("/<path:path>", "page", self.page, methods=["GET", "POST"])
        take_turns(self.app)

    def page(self, path: str) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(self.seconds)
        with self.lock:
            self.now -= 1
        return path

    def ask(self, path: str, method: str = "GET") -> int:
        return self.app.test_client().open(path, method=method).status_code

    def ask_at_once(self, path: str, method: str = "GET", readers: int = 4) -> None:
        with ThreadPoolExecutor(readers) as pool:
            assert list(pool.map(lambda _: self.ask(path, method), range(readers))) == [200] * readers


def test_pages_are_made_one_after_the_other() -> None:
    counted = Counted(seconds=0.02)
    counted.ask_at_once("/search")
    assert counted.most == 1


@pytest.mark.parametrize(
    ("path", "method"), [("/d/x/page/1.png", "GET"), ("/static/room.css", "GET"), ("/check", "POST")]
)
def test_what_waits_for_others_keeps_nobody_waiting(path: str, method: str) -> None:
    counted = Counted(seconds=0.1)
    counted.ask_at_once(path, method)
    assert counted.most > 1


def test_nobody_waits_for_the_end_of_a_long_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    counted = Counted(seconds=0.3)
    counted.ask_at_once("/search", readers=3)
    assert counted.most > 1
    monkeypatch.undo()
    assert counted.ask("/search") == 200  # the turn was given back


def failing_page(path: str) -> str:
    raise ZeroDivisionError(path)


def test_a_page_that_fails_gives_its_turn_back() -> None:
    app = Flask("failing")
    app.add_url_rule("/<path:path>", "page", failing_page)
    take_turns(app)
    for _ in range(3):
        started = time.monotonic()
        assert app.test_client().get("/x").status_code == 500
        assert time.monotonic() - started < turns.PATIENCE
