"""What was fetched from where, in `index/cache/fetch.json`: a cache that may be lost, but saves downloads."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]{0,500}"')  # RFC 9110, 8.8.3; the length is ours
_HTTP_DATE = re.compile(r"[A-Za-z0-9 ,:+-]{10,60}")


@dataclass(frozen=True, slots=True)
class Kept:
    """One fetched file: `url` as it is in sources.toml, `final_url` after redirects, validators as the server gave them."""

    url: str
    final_url: str
    sha256: str
    etag: str = ""
    last_modified: str = ""

    def validators(self, url: str) -> dict[str, str]:
        """Return the headers that ask "only if it has changed", for the address that gave the file and no other."""
        if url != self.final_url:
            return {}
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in pairs.items() if value}


def kept_from(url: str, final_url: str, sha256: str, headers: Mapping[str, str]) -> Kept:
    """Return what to remember of an answer; validators that are not in their form are left out."""
    etag, modified = headers.get("etag", ""), headers.get("last-modified", "")
    return Kept(
        url=url,
        final_url=final_url,
        sha256=sha256,
        etag=etag if _ETAG.fullmatch(etag) else "",
        last_modified=modified if _HTTP_DATE.fullmatch(modified) else "",
    )


class FetchState:
    """The files that were fetched, by their paths below the corpus."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = _load(file)

    def find(self, path: str) -> Kept | None:
        """Return what is known of a path, or None."""
        return self._kept.get(path)

    def remember(self, path: str, kept: Kept) -> None:
        """Keep it on disk at once, so that a killed run loses nothing; write only what is new. Raises OSError."""
        if self._kept.get(path) == kept:
            return
        self._kept[path] = kept
        files = {name: asdict(item) for name, item in sorted(self._kept.items())}
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        fresh.write_text(json.dumps({"format": FORMAT, "files": files}, indent=1), encoding="utf-8")
        fresh.replace(self._file)


def _load(file: Path) -> dict[str, Kept]:
    """What was kept; nothing where the file is missing, damaged or of another version."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            return {}
        return {path: _kept(item) for path, item in data["files"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _kept(item: Mapping[str, object]) -> Kept:
    """One entry. Raises TypeError for what we never wrote."""
    if not all(isinstance(value, str) for value in item.values()):
        raise TypeError(item)
    return Kept(**{name: str(value) for name, value in item.items()})
