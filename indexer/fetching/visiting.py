"""A polite visit to an address: each hop checked, robots.txt asked, pauses kept, redirects followed."""

from __future__ import annotations

import io
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import IO

from indexer.fetching.addresses import (
    Resolver,
    Target,
    checked_addresses,
    parse_target,
    redirect_target,
    system_resolver,
)
from indexer.fetching.client import OK, Answer, Limits, request
from indexer.fetching.reasons import NotFetched, Reason
from indexer.fetching.robots import LARGEST, Robots, parse_robots

PAUSE_SECONDS = 2.0
"""Between two requests to one host: slower than a person who reads on, and nobody waits for us."""
MOST_REDIRECTS = 5
"""As many as RFC 9309 asks for; a published page needs two (http to https, host to www.host)."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FORBIDDEN, _GONE, _BUSY = frozenset({401, 403, 451}), frozenset({404, 410}), frozenset({429, 503})
_OF_THE_NETWORK = frozenset({Reason.PRIVATE, Reason.UNKNOWN_HOST, Reason.UNREACHABLE, Reason.TLS})


@dataclass(frozen=True, slots=True)
class Network:
    """What a visit goes through; tests hand in their own. `allow_loopback` is theirs alone."""

    resolver: Resolver = system_resolver
    sleep: Callable[[float], None] = time.sleep
    pause: float = PAUSE_SECONDS
    allow_loopback: bool = False
    tls: ssl.SSLContext | None = None


@dataclass(slots=True)
class Visitor:
    """Visits addresses one after the other, and remembers each site's robots.txt and the time of its last answer."""

    network: Network
    limits: Limits
    _robots: dict[str, Robots | NotFetched] = field(default_factory=dict)
    _answered: dict[str, float] = field(default_factory=dict)

    def visit(self, url: str, headers: Callable[[Target], Mapping[str, str]], body: IO[bytes]) -> Answer:
        """Return the answer, 200 (with its body in `body`) or 304. `headers` gives what is sent to a target beside our own.

        Raises NotFetched.
        """
        target = parse_target(url)
        answer = self._follow(target, headers, self.limits, body, self._check_robots)
        _check_status(answer)
        if answer.target.path == "/" != target.path:
            raise NotFetched(Reason.NOT_THERE, f"it leads to the front page, {answer.target.url}")
        return answer

    def _follow(
        self,
        target: Target,
        headers: Callable[[Target], Mapping[str, str]],
        limits: Limits,
        body: IO[bytes],
        check: Callable[[Target], float],
    ) -> Answer:
        """The first answer that is no redirect. `check` raises, or gives the pause that a site wishes."""
        for _ in range(MOST_REDIRECTS + 1):
            addresses = checked_addresses(
                target, self.network.resolver, allow_loopback=self.network.allow_loopback
            )
            self._wait(target, check(target))
            try:
                answer = request(target, addresses, headers(target), limits, body, self.network.tls)
            finally:
                self._answered[target.host] = time.monotonic()
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            target = redirect_target(target, location)
        raise NotFetched(Reason.REDIRECTS, f"more than {MOST_REDIRECTS}, the last one to {target.url[:200]}")

    def _wait(self, target: Target, wished: float) -> None:
        """Keeps the pause since the host's last answer."""
        if target.host in self._answered:
            since = time.monotonic() - self._answered[target.host]
            pause = max(self.network.pause, wished) - since
            if pause > 0:
                self.network.sleep(pause)

    # --- robots.txt --------------------------------------------------------------------------------------

    def _check_robots(self, target: Target) -> float:
        """The pause that a site wishes, in seconds. Raises NotFetched where it does not want the path fetched."""
        if target.origin not in self._robots:
            self._robots[target.origin] = self._ask_robots(target)
        robots = self._robots[target.origin]
        if isinstance(robots, NotFetched):
            raise NotFetched(robots.reason, robots.detail)
        if not robots.allows(target.path):
            raise NotFetched(Reason.ROBOTS, f"{target.origin}/robots.txt, about {target.path[:200]}")
        return robots.delay

    def _ask_robots(self, target: Target) -> Robots | NotFetched:
        """A site's rules; none where it has no robots.txt; the failure where that cannot be known now."""
        body = io.BytesIO()
        limits = Limits(LARGEST, self.limits.seconds, self.limits.silence)
        address = f"{target.origin}/robots.txt"
        try:
            answer = self._follow(parse_target(address), lambda _: {}, limits, body, lambda _: 0.0)
        except NotFetched as failure:
            if failure.reason in _OF_THE_NETWORK:
                return failure
            return NotFetched(Reason.ROBOTS_UNKNOWN, f"{address}: {failure}")
        if answer.status == OK:
            return parse_robots(body.getvalue().decode("utf-8", "replace"))
        if 400 <= answer.status < 500 and answer.status not in _BUSY:
            return Robots()
        return NotFetched(Reason.ROBOTS_UNKNOWN, f"{address}: {_said(answer)}")


def _check_status(answer: Answer) -> None:
    """Raises NotFetched for all but 200 and 304."""
    status = answer.status
    if status in (OK, HTTPStatus.NOT_MODIFIED):
        return
    if status in _GONE:
        reason = Reason.NOT_THERE
    elif status in _FORBIDDEN:
        reason = Reason.FORBIDDEN
    elif status in _BUSY:
        reason = Reason.BUSY
    else:
        reason = Reason.SERVER if status >= 500 else Reason.STATUS
    raise NotFetched(reason, _said(answer))


def _said(answer: Answer) -> str:
    """The status in words, and when to come again, as the server says it."""
    known = {item.value: item.phrase for item in HTTPStatus}
    later = answer.headers.get("retry-after", "")[:60]
    said = f"{answer.status} {known.get(answer.status, '')}".strip()
    return f"{said}, Retry-After: {later}" if later and later.isprintable() else said
