"""The words of a quotation found word for word in a source, whether compounds are closed up, hyphenated or apart.

Both texts become one run of letters each, so that finding is a search for a string. Where two words meet, and where a
hyphen was, is kept beside: a hyphen equals a space, and it equals nothing ("trust-fund" is "trust fund", "co-operation" is
"cooperation"), but a space never equals nothing ("not able" is not "notable").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.quotes.alignment import MOST_LEFT_OUT
from search.quotes.words import QuoteWord

Range = tuple[int, int]  # half-open, of word positions


@dataclass(frozen=True, slots=True)
class Letters:
    """A run of letters; `ends` maps the end of each word in it to the word's number, `joints` are places of hyphens."""

    run: str
    starts: dict[int, int]
    ends: dict[int, int]
    joints: frozenset[int]

    @classmethod
    def of(cls, words: Sequence[QuoteWord]) -> Letters:
        """Return the letters of some words."""
        starts, ends, joints, reached = {}, {}, set[int](), 0
        for number, word in enumerate(words):
            starts[reached] = number
            joints.update(reached + joint for joint in word.joints)
            reached += len(word.form)
            ends[reached] = number
        return cls("".join(word.form for word in words), starts, ends, frozenset(joints))

    def find(self, part: Letters, first: int, last: int) -> Iterator[Range]:
        """Yield where another run of words stands in this one, beginning at letters from `first` to `last`."""
        at = self.run.find(part.run, first)
        while 0 <= at <= last:
            end = at + len(part.run)
            if at in self.starts and end in self.ends and self._meet_alike(part, at, end):
                yield self.starts[at], self.ends[end] + 1
            at = self.run.find(part.run, at + 1)

    def _meet_alike(self, part: Letters, at: int, end: int) -> bool:
        """Whether words meet where words or hyphens are on the other side, too."""
        ours = {place - at for place in self.starts if at < place < end}
        theirs = part.starts.keys() - {0}
        our_joints = {place - at for place in self.joints if at < place < end}
        return ours <= theirs | part.joints and theirs <= ours | our_joints


def same_letters(first: Sequence[QuoteWord], second: Sequence[QuoteWord]) -> bool:
    """Return whether two runs of words differ in nothing but how their compounds are written."""
    if not first or not second:
        return False
    whole = (0, len(first))
    return whole in Letters.of(first).find(Letters.of(second), 0, 0)


def find_segments(parts: Sequence[Sequence[QuoteWord]], source: Sequence[QuoteWord]) -> Iterator[list[Range]]:
    """Yield every place in the source where the parts stand word for word and in order, as half-open ranges of words."""
    letters = Letters.of(source)
    places = [*letters.starts, len(letters.run)]
    wanted = [Letters.of(part) for part in parts]
    for first in letters.find(wanted[0], 0, len(letters.run)):
        ranges = [first]
        for part in wanted[1:]:
            after = ranges[-1][1]
            most = min(after + MOST_LEFT_OUT, len(source))
            following = next(letters.find(part, places[after], places[most]), None)
            if following is None:
                break
            ranges.append(following)
        else:
            yield ranges
