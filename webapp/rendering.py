"""Pages as frozen values: one class for each template, whose fields are all that the template may use.

`tests/webapp/test_pages.py` compares the fields with the names in the template, both ways.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import ClassVar

from flask import render_template


@dataclass(frozen=True, slots=True)
class Page:
    """What a template shows. A subclass names its template and has a field for each name that the template uses."""

    TEMPLATE: ClassVar[str]


def values_of(page: Page) -> dict[str, object]:
    """Return the fields of `page` by name."""
    return {field.name: getattr(page, field.name) for field in fields(page)}


def render(page: Page) -> str:
    """Return `page` as its template writes it."""
    return render_template(page.TEMPLATE, **values_of(page))
