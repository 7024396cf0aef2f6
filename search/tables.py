"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make spreadsheets take a cell for a formula (OWASP, CSV injection)."""


def safe_cell(value: object) -> object:
    """A cell that no spreadsheet runs as a formula: an apostrophe goes before a text that would begin one."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS_FORMULA) else value
