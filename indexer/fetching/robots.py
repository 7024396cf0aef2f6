"""What a site's robots.txt allows us, as RFC 9309 has it, through protego: the longest rule counts, `*` and `$` have their meaning.

`urllib.robotparser` takes the first rule that fits and knows no wildcards: `Disallow: /*.pdf$` would be overlooked.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

OUR_NAME = "findings"
LARGEST = 512 * 1024  # bytes; RFC 9309 asks for at least 500 KiB
LONGEST_DELAY = 60.0  # seconds; a site that wishes more is asked once a minute


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one site; without `rules` all is allowed. `name` is the program that they are asked for."""

    rules: Protego | None = None
    name: str = OUR_NAME

    def allows(self, path: str) -> bool:
        """Return whether `path` (with its query) may be fetched: the longest rule that fits counts, `Allow` wins a tie."""
        if self.rules is None or path == "/robots.txt":
            return True
        return bool(self.rules.can_fetch(path, self.name))

    @property
    def delay(self) -> float:
        """The wished time between two requests in seconds, at most LONGEST_DELAY; 0 where none is wished."""
        wished = self.rules.crawl_delay(self.name) if self.rules is not None else None
        return min(max(wished or 0.0, 0.0), LONGEST_DELAY)


def parse_robots(text: str, name: str = OUR_NAME) -> Robots:
    """Read the rules for the program `name`, else those for all (`*`). Lines that nobody understands are left out."""
    return Robots(Protego.parse(text.removeprefix("\ufeff")), name)
