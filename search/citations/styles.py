"""References in the styles of `search/data/styles`, through citeproc-py. The only file that imports it.

Each style is a CSL file of our own. A reference with a place in it is the style's citation (a note, or the words in
brackets); without one it is the style's entry in a list of references, where it has such entries.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source import Locator
from citeproc.source.json import CiteProcJSON

_STOPS = re.compile(r"(?<!\.)([.?!])(?: ?\.)(?!\.)")  # an ellipsis stays


@cache
def _style(name: str) -> CitationStylesStyle:
    """A style, read once."""
    with as_file(files("search.data") / "styles" / f"{name}.csl") as path:
        return CitationStylesStyle(str(path), locale="en-US", validate=False)


def render_cited(item: Mapping[str, Any], style: str, place: str | None) -> str:
    """Return the style's citation of a CSL-JSON item, with the place in it if one is given."""
    made, cited = _bibliography(item, style, place)
    return _plain(made.cite(cited, lambda _: None))


def render_entry(item: Mapping[str, Any], style: str) -> str:
    """Return the style's entry for a CSL-JSON item in a list of references."""
    made, _ = _bibliography(item, style, None)
    return _plain(made.bibliography()[0])


def _bibliography(
    item: Mapping[str, Any], style: str, place: str | None
) -> tuple[CitationStylesBibliography, Citation]:
    """A bibliography of one item."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of each field that it does not know
        source = CiteProcJSON([item])
    made = CitationStylesBibliography(_style(style), source, formatter.plain)
    locator = {} if place is None else {"locator": Locator("page", place)}
    cited = Citation([CitationItem(item["id"], **locator)])
    made.register(cited)
    return made, cited


def _plain(rendered: object) -> str:
    """Plain text with single spaces, and with one full stop where two meet."""
    return _STOPS.sub(r"\1", " ".join(str(rendered).split()))
