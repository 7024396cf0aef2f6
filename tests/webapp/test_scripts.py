"""The browser's scripts: small, typed in their comments, and only what the pages load."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import webapp

ROOT = Path(__file__).parents[2]
STATIC = Path(webapp.__path__[0]) / "static"
COMPILER = ROOT / "build" / "typescript" / "package" / "lib" / "tsc.js"
SCRIPTS = sorted(STATIC.glob("*.js"))
MOST_BYTES = 36_000


def test_all_scripts_together_stay_small() -> None:
    assert 0 < sum(script.stat().st_size for script in SCRIPTS) < MOST_BYTES


def test_every_script_is_reached_from_the_one_that_pages_load() -> None:
    reached, waiting = set(), {"room.js"}
    while waiting:
        name = waiting.pop()
        reached.add(name)
        text = (STATIC / name).read_text(encoding="utf-8")
        waiting |= set(re.findall(r'(?:import|from) "\./([\w.]+)"', text)) - reached
    assert reached == {script.name for script in SCRIPTS}


@pytest.mark.skipif(
    not COMPILER.is_file() or shutil.which("node") is None, reason="needs node and `make scripts`"
)
def test_the_types_in_the_comments_hold() -> None:
    command = ["node", str(COMPILER), "-p", str(ROOT / "jsconfig.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
