"""What helps to read one file: its password, and the selectors of the web site that it may come from. Values only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of a host, or the files below a folder of the corpus, and the selectors that hold there; "" for none."""

    host: str = ""
    path: str = ""
    body: str = ""
    drop: tuple[str, ...] = ()
    title: str = ""
    date: str = ""
    speaker: str = ""

    @property
    def name(self) -> str:
        """What notes and messages call it."""
        return self.host or self.path

    def serves(self, address: str) -> bool:
        """Return the address is on the host, `www.` before it or not.

        >>> Site(host="example.org").serves("https://www.example.org/speeches/1")
        True
        """
        return bool(self.host) and _host(address) == self.host.removeprefix("www.")


def _host(address: str) -> str:
    """The host of an address without `www.`, "" where there is none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def find_site(sites: Sequence[Site], addresses: Sequence[str]) -> Site | None:
    """Return the site of a page that states these addresses; one without a host was told by the path already."""
    return next(
        (site for site in sites if not site.host or any(site.serves(address) for address in addresses)), None
    )


@dataclass(frozen=True, slots=True)
class ReadingHints:
    """For one file. The password is never shown, not even by `repr`."""

    password: str | None = field(default=None, repr=False)
    sites: tuple[Site, ...] = ()

    @property
    def digest(self) -> str:
        """A short text that differs where reading may differ; "" when there are no hints."""
        if self == NO_HINTS:
            return ""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:16]


NO_HINTS = ReadingHints()
