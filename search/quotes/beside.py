"""Negations that stand right beside a quotation and are left out of it: "will not | be dredged" says the contrary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest

from search.quotes.alignment import NEGATIONS
from search.quotes.words import quote_words

NEAR_WORDS = {"before": 3, "after": 2}
"""Words on each side that are looked at: in "will no longer be used" the "no" is three words before "used"."""
BESIDE = NEGATIONS | {
    "barely", "rarely", "seldom", "failed", "fails", "fail", "failing", "refused", "refuses", "refuse", "refusing", "unable",
    "declined", "declines", "cease", "ceased", "ceases", "kaum", "guere", "apenas",
}  # fmt: skip
"""Words that turn what stands beside them into its contrary; those of alignments, and verbs that do the same."""
HARMLESS = frozenset(
    {
        "only",
        "just",
        "merely",
        "simply",
        "least",
        "later",
        "fewer",
        "less",
        "doubt",
        "nur",
        "seulement",
        "solo",
        "solamente",
    }
)
"""Words behind a negation that make it none: "not only", "no later than"."""
_CLAUSE_END = {"before": re.compile(r"[.!?;:\n\u2026]"), "after": re.compile(r"[.,!?;:\n\u2026]")}
SHOWN = 60  # characters of what is shown of a side


@dataclass(frozen=True, slots=True)
class Beside:
    """Words of the source that a quotation leaves out beside a negation; `side` is "before" or "after"."""

    side: str
    words: str


def find_beside(text: str, start: int, end: int) -> tuple[Beside, ...]:
    """Return the negations beside a half-open span of a source, within its sentence."""
    before = _CLAUSE_END["before"].split(text[max(0, start - SHOWN) : start])[-1]
    if start > SHOWN:
        before = before.partition(" ")[2] if len(before) == SHOWN else before
    after = _CLAUSE_END["after"].split(text[end : end + SHOWN])[0]
    found = [_negated("before", before), _negated("after", after)]
    return tuple(side for side in found if side is not None)


def _negated(side: str, words: str) -> Beside | None:
    """What is left out on one side, from the negation on; None without one."""
    listed = quote_words(words)
    near = listed[-NEAR_WORDS[side] :] if side == "before" else listed[: NEAR_WORDS[side]]
    denying = [
        word
        for word, following in zip_longest(near, near[1:])
        if word.form in BESIDE and (following is None or following.form not in HARMLESS)
    ]
    if not denying:
        return None
    shown = words[denying[0].start :] if side == "before" else words[: denying[-1].end]
    return Beside(side, shown.strip())
