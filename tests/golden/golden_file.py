"""Comparing what comes out with what is written down, or writing it down anew."""

from __future__ import annotations

from pathlib import Path


def assert_golden(path: Path, actual: str, *, update: bool) -> None:
    """Assert that the file `path` holds `actual`; with `update`, write it instead."""
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(actual, encoding="utf-8")
        return
    expected = path.read_text(encoding="utf-8") if path.exists() else ""
    assert actual == expected, (
        f"{path.name} differs; if that is wanted: pytest --update-golden, and look at it"
    )
