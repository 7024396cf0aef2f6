"""Why a document was not fetched: reasons, each with what a person can do about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """Why nothing was taken. The first group is our refusal, the second what went wrong outside."""

    NOT_AN_ADDRESS = "not an address that is fetched"
    PRIVATE = "address inside a private network"
    DOWNGRADE = "redirected from https to http"
    ROBOTS = "robots.txt does not allow it"
    OCCUPIED = "another file is in its place"
    OUTSIDE = "the path leads out of the corpus"

    UNKNOWN_HOST = "host name not found"
    UNREACHABLE = "no connection"
    TLS = "TLS certificate not trusted"
    TOO_SLOW = "took too long"
    BROKEN_OFF = "the download broke off"
    NOT_HTTP = "not a valid HTTP response"
    NOT_THERE = "no longer at this address"
    FORBIDDEN = "access denied by the server (401 or 403)"
    BUSY = "server busy (429 or 503)"
    SERVER = "server error (5xx)"
    STATUS = "unexpected status"
    ROBOTS_UNKNOWN = "robots.txt could not be fetched"
    REDIRECTS = "too many redirects"
    TOO_LARGE = "larger than the limit"
    EMPTY = "empty response"
    WRONG_TYPE = "not what the path says"
    NOT_WRITTEN = "it could not be written"


REFUSALS = frozenset(
    {Reason.NOT_AN_ADDRESS, Reason.PRIVATE, Reason.DOWNGRADE, Reason.ROBOTS, Reason.OCCUPIED, Reason.OUTSIDE}
)

_MEND = "open the address in a browser and correct `url` in corpus/sources.toml"
_LATER = "run `findings fetch` again later"
REMEDIES: Mapping[Reason, str] = {
    Reason.NOT_AN_ADDRESS: "write `url` as http:// or https:// and a public host, without a name and password",
    Reason.PRIVATE: "only public addresses are fetched: copy the file into the corpus by hand",
    Reason.DOWNGRADE: _MEND,
    Reason.ROBOTS: "its owner does not want it fetched by programs: save it by hand, if its terms allow that",
    Reason.OCCUPIED: "compare the two; to take the fetched one, move or delete the file and fetch again",
    Reason.OUTSIDE: "a folder on the way is a link: name a path in corpus/sources.toml that stays below the corpus",
    Reason.UNKNOWN_HOST: "check the network and the spelling of the host",
    Reason.UNREACHABLE: f"check the network, or {_LATER}",
    Reason.TLS: "check this machine's clock and certificates, and the address in a browser",
    Reason.TOO_SLOW: f"{_LATER}, or save it by hand",
    Reason.BROKEN_OFF: _LATER,
    Reason.NOT_HTTP: _MEND,
    Reason.NOT_THERE: _MEND,
    Reason.FORBIDDEN: "open the address in a browser; if it shows there, save it by hand",
    Reason.BUSY: _LATER,
    Reason.SERVER: _LATER,
    Reason.STATUS: _MEND,
    Reason.ROBOTS_UNKNOWN: _LATER,
    Reason.REDIRECTS: _MEND,
    Reason.TOO_LARGE: "raise FINDINGS_MAX_MB, or leave it out of corpus/sources.toml",
    Reason.EMPTY: _LATER,
    Reason.WRONG_TYPE: "open the address in a browser; correct `url`, or the ending of `path`, in corpus/sources.toml",
    Reason.NOT_WRITTEN: "check the space on the disk, and the permissions of the corpus and index folders",
}


class NotFetched(Exception):
    """One document, or one request, gave nothing. Stays inside this package, which makes an outcome of it."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason, self.detail = reason, detail
