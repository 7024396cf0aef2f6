"""Which addresses may be asked: public ones, by http or https. Checked before every request, redirects included."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from indexer.fetching.reasons import NotFetched, Reason

Resolver: TypeAlias = Callable[[str, int], Sequence[str]]
"""Host and port to IP addresses as texts, the preferred first. Raises OSError when there are none."""

PORTS = {"http": 80, "https": 443}
LONGEST_URL = 2_000  # characters; what common servers and browsers take
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
_PATH_SAFE = "/%:@!$&'()*+,;=~-._"
"""RFC 3986, pchar; `%` stays: an address is already quoted where it has to be."""
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?|[0-9a-f:.]+")  # a name, or a literal IPv6 address


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: what to connect to, and what to ask for there (path and query, quoted)."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.authority}"

    @property
    def authority(self) -> str:
        """The host as the `Host` header has it: the port only where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse_target(url: str) -> Target:
    """Return an address taken apart. Raises NotFetched (NOT_AN_ADDRESS) for all but plain http and https addresses."""
    if len(url) > LONGEST_URL or "\\" in url or any(letter <= " " or letter == "\x7f" for letter in url):
        raise NotFetched(Reason.NOT_AN_ADDRESS, "too long, or with spaces, control characters or backslashes")
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except (ValueError, UnicodeError) as error:
        raise NotFetched(Reason.NOT_AN_ADDRESS, str(error)) from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise NotFetched(Reason.NOT_AN_ADDRESS, f"the scheme is {scheme or 'missing'}")
    if parts.username is not None or parts.password is not None:
        raise NotFetched(Reason.NOT_AN_ADDRESS, "it holds a name or a password")
    if not _HOST.fullmatch(host) or port == 0:
        raise NotFetched(Reason.NOT_AN_ADDRESS, "no host, or none that can be")
    query = f"?{quote(parts.query, safe=_PATH_SAFE + '?')}" if parts.query else ""
    path = quote(parts.path or "/", safe=_PATH_SAFE) + query
    return Target(url.partition("#")[0], scheme, host, port or PORTS[scheme], path)


def _host(parts: SplitResult) -> str:
    """The host in ASCII and small letters. Raises UnicodeError for a name that cannot be."""
    host = parts.hostname or ""
    return host if host.isascii() else host.encode("idna").decode("ascii")


def redirect_target(target: Target, location: str) -> Target:
    """Return where a `Location` header leads. Raises NotFetched, also for the step down from https to http.

    Header values come as Latin-1; servers that send other letters mean UTF-8.
    """
    try:
        url = urljoin(target.url, quote(location.strip().encode("latin-1"), safe=_PATH_SAFE + "?#[]"))
    except ValueError as error:
        raise NotFetched(Reason.NOT_AN_ADDRESS, f"redirected to {location[:100]!r}") from error
    try:
        following = parse_target(url)
    except NotFetched as failure:
        raise NotFetched(failure.reason, f"redirected to {url[:200]}: {failure.detail}") from failure
    if target.scheme == "https" and following.scheme == "http":
        raise NotFetched(Reason.DOWNGRADE, f"redirected to {url[:200]}")
    return following


def system_resolver(host: str, port: int) -> list[str]:
    """Return the system's answer. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def checked_addresses(target: Target, resolver: Resolver, *, allow_loopback: bool = False) -> tuple[str, ...]:
    """Return the IP addresses of a target's host: connect to one of these, never to the name again (DNS rebinding).

    Raises NotFetched: UNKNOWN_HOST, and PRIVATE when any one address is not public. `allow_loopback` is for tests.
    """
    try:
        found = [str(ip_address(target.host))]
    except ValueError:
        found = _resolved(target, resolver)
    for text in found:
        if not _may_be_asked(text, allow_loopback=allow_loopback):
            raise NotFetched(Reason.PRIVATE, f"{target.host} is {text}")
    return tuple(found)


def _resolved(target: Target, resolver: Resolver) -> list[str]:
    """The addresses of a name. Raises NotFetched (UNKNOWN_HOST)."""
    try:
        found = list(resolver(target.host, target.port))
    except (OSError, UnicodeError) as error:
        raise NotFetched(
            Reason.UNKNOWN_HOST, f"{target.host}: {getattr(error, 'strerror', None) or error}"
        ) from error
    if not found:
        raise NotFetched(Reason.UNKNOWN_HOST, target.host)
    return found


def _may_be_asked(text: str, *, allow_loopback: bool) -> bool:
    """Whether an address, and the IPv4 address that it may carry, is public."""
    try:
        outer = ip_address(text)
    except ValueError:
        return False
    address = _carried(outer) or outer
    return (allow_loopback and address.is_loopback) or _is_public(address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    """Globally reachable by the registries of RFC 6890, and none of the special kinds."""
    special = (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )
    return address.is_global and not special


def _carried(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside a mapped, 6to4, Teredo or NAT64 address."""
    if isinstance(address, IPv4Address):
        return None
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo
