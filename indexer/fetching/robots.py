"""What a site's robots.txt allows us, as RFC 9309 has it: the longest rule counts, `*` and `$` have their meaning.

`urllib.robotparser` takes the first rule that fits and knows no wildcards: `Disallow: /*.pdf$` would be overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

OUR_NAME = "findings"
LARGEST = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB
LONGEST_DELAY = 60.0  # seconds; a site that wishes more is asked once a minute
_UNRESERVED = "/%:@!$&'()*+,;=~-._?"


@dataclass(frozen=True, slots=True)
class Rule:
    """One `Allow` or `Disallow`."""

    pattern: str
    allows: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules that are meant for us. `delay` is the wished time between two requests, in seconds."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, path: str) -> bool:
        """Whether a path (with its query) may be fetched: the longest rule that fits counts, `Allow` wins a tie."""
        if path == "/robots.txt":
            return True
        wanted = _plain(path)
        fitting = [rule for rule in self.rules if _fits(rule.pattern, wanted)]
        return max(fitting, key=lambda rule: (len(rule.pattern), rule.allows), default=Rule("", True)).allows


def parse_robots(text: str, name: str = OUR_NAME) -> Robots:
    """The rules for a program of this name, else those for all (`*`). Lines that nobody understands are left out."""
    groups = list(_groups(text))
    ours = [group for group in groups if name in group.names] or [g for g in groups if "*" in g.names]
    rules = tuple(rule for group in ours for rule in group.rules)
    return Robots(rules, max((group.delay for group in ours), default=0.0))


@dataclass(frozen=True, slots=True)
class _Group:
    """The programs that a part of the file speaks to, and its rules."""

    names: frozenset[str]
    rules: tuple[Rule, ...]
    delay: float


def _groups(text: str) -> Iterator[_Group]:
    """The parts of a file: each begins with `User-agent` lines."""
    names: set[str] = set()
    said: list[tuple[str, str]] = []
    for key, value in _lines(text):
        if key == "user-agent":
            if said:
                yield _group(names, said)
                names, said = set(), []
            names.add(_name(value))
        elif names and key in ("allow", "disallow", "crawl-delay"):
            said.append((key, value))
    if names:
        yield _group(names, said)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Key in small letters and value of each line, without comments."""
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield key.strip().lower(), value.strip()


def _name(value: str) -> str:
    """The product token of a `User-agent` line, `*` for all."""
    if value.startswith("*"):
        return "*"
    found = re.match(r"[A-Za-z_-]+", value)
    return found[0].lower() if found else ""


def _group(names: set[str], said: Iterable[tuple[str, str]]) -> _Group:
    """One part. A rule without a path says nothing."""
    pairs = list(said)
    rules = tuple(
        Rule(_plain(value), key == "allow") for key, value in pairs if key != "crawl-delay" and value
    )
    delays = [_seconds(value) for key, value in pairs if key == "crawl-delay"]
    return _Group(frozenset(names), rules, max(delays, default=0.0))


def _seconds(value: str) -> float:
    """A delay within its bound; 0 where it is no number."""
    return min(float(value), LONGEST_DELAY) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value) else 0.0


def _plain(path: str) -> str:
    """A path or pattern in one spelling: `%41` is `A`, `é` is `%C3%A9`; what has a meaning stays quoted."""
    spelt = re.sub(r"%([0-9A-Fa-f]{2})", _unquoted, path)
    return quote(spelt, safe=_UNRESERVED)


def _unquoted(found: re.Match[str]) -> str:
    """A quoted letter or figure without its quoting, all else with capitals."""
    letter = unquote_to_bytes(found[0])
    return letter.decode("ascii") if letter.isalnum() or letter in b"-._~" else found[0].upper()


def _fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits the beginning of a path, or all of it with a final `$`. Takes linear time."""
    ends = pattern.endswith("$")
    first, *others = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    if not others:
        return not ends or at == len(path)
    *inner, last = others
    for piece in inner:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return path.find(last, at) >= 0 if not ends else path.endswith(last) and len(path) - len(last) >= at
