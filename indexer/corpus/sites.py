"""`[[sites]]` of the catalogue: where text, title, date and speaker stand on the pages of one web site, as CSS selectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import soupsieve

from indexer.reading.hints import Site
from search.errors import BadFile

_SELECTORS = ("body", "title", "date", "speaker")
_KEYS = frozenset(("host", "path", "drop", *_SELECTORS))


def sites_for(path: str, address: str | None, sites: Sequence[Site]) -> tuple[Site, ...]:
    """Return the sites that a file may be a page of: the one that its path or its known address tells, else all with a host."""
    for site in sites:
        if (site.path and path.startswith(site.path)) or (address and site.serves(address)):
            return (Site(**{**_fields(site), "host": "", "path": site.name}),)
    return tuple(site for site in sites if site.host)


def _fields(site: Site) -> dict[str, Any]:
    """The values of a site by their names."""
    return {name: getattr(site, name) for name in _KEYS}


def parse_site(file: Path, table: Mapping[str, Any]) -> Site:
    """Return one `[[sites]]`. Raises BadFile with the name of the site."""
    name = f"site {table.get('host') or table.get('path') or '(unnamed)'}"
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise BadFile(file, f"{name}: unknown key {unknown[0]!r} (there are: {', '.join(sorted(_KEYS))})")
    for key, value in table.items():
        if key == "drop":
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise BadFile(file, f'{name}: drop is a list of CSS selectors, such as [".share", "nav"]')
        elif not isinstance(value, str):
            raise BadFile(file, f"{name}: {key} is a text in quotation marks")
    site = Site(**{**table, "drop": tuple(table.get("drop", ()))})
    _check(file, name, site)
    return Site(**{**_fields(site), "host": site.host.lower()})


def _check(file: Path, name: str, site: Site) -> None:
    """Raises BadFile for a site that no page can belong to, or whose selectors are no CSS."""
    if not site.name or "/" in site.host:
        raise BadFile(file, f'{name}: wanted is host = "www.example.org" or path = "press/example/"')
    for selector in (*(getattr(site, key) for key in _SELECTORS), *site.drop):
        try:
            if selector:
                soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, NotImplementedError, ValueError) as failure:
            first = str(failure).splitlines()[0]
            raise BadFile(file, f"{name}: {selector!r} is no CSS selector: {first}") from failure
