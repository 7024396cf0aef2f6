"""Where the words of a quotation stand in a source, and how they differ where they do not quite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LEFT_OUT = 200  # words an ellipsis may stand for; more is two quotations
NEGATIONS = frozenset(
    {"not", "no", "never", "nor", "neither", "none", "cannot", "without", "nothing", "nobody", "nowhere"}
    | {"hardly", "scarcely", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "wouldnt"}
    | {"cant", "couldnt", "shouldnt", "mustnt", "hasnt", "havent", "hadnt"}
)


class DifferenceKind(StrEnum):
    """What a difference does to the words; a number or a negation changes what is said."""

    WORD = "word"
    NUMBER = "number"
    NEGATION = "negation"
    OMISSION = "omission"  # the source has more
    ADDITION = "addition"  # the quotation has more


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of the quotation against words of the source, as half-open ranges of word positions."""

    quoted: tuple[int, int]
    source: tuple[int, int]
    kind: DifferenceKind


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch of source words a quotation is nearest to; `score` is 1 - edits / words of the quotation."""

    start: int
    end: int
    score: float
    edits: tuple[Edit, ...]


def find_segments(parts: Sequence[Sequence[str]], source: Sequence[str]) -> list[tuple[int, int]] | None:
    """Half-open ranges of the source where the parts stand word for word, in order; None where they do not."""
    for start in _starts(parts[0], source, 0, len(source)):
        ranges = [(start, start + len(parts[0]))]
        for part in parts[1:]:
            after = ranges[-1][1]
            following = next(iter(_starts(part, source, after, after + MOST_LEFT_OUT)), None)
            if following is None:
                break
            ranges.append((following, following + len(part)))
        else:
            return ranges
    return None


def _starts(part: Sequence[str], source: Sequence[str], first: int, last: int) -> list[int]:
    """Positions from `first` to `last` at which a part stands."""
    wanted, count = list(part), len(part)
    ends = min(last, len(source) - count)
    return [
        i for i in range(first, ends + 1) if source[i] == wanted[0] and list(source[i : i + count]) == wanted
    ]


def align(quoted: Sequence[str], source: Sequence[str]) -> Alignment:
    """The nearest stretch of the source (edit distance over words, free ends in the source; Sellers 1980)."""
    rows = [[0] * (len(source) + 1)]
    for i, word in enumerate(quoted, 1):
        above, row = rows[-1], [i]
        for j, other in enumerate(source, 1):
            row.append(min(above[j - 1] + (word != other), above[j] + 1, row[j - 1] + 1))
        rows.append(row)
    end = min(
        range(len(source) + 1), key=lambda j: (rows[-1][j], _apart(quoted[-1], source[j - 1] if j else ""))
    )
    start, steps = _trace(rows, quoted, source, end)
    score = 1 - rows[-1][end] / len(quoted)
    return Alignment(start, end, score, tuple(_edits(steps, quoted, source)))


def _apart(quoted: str, source: str) -> int:
    """How ill two last words fit: the same word, a number for a number, anything else."""
    if quoted == source:
        return 0
    return 1 if _has_digit(quoted) and _has_digit(source) else 2


def _has_digit(word: str) -> bool:
    return any(char.isdigit() for char in word)


_Step = tuple[int, int, bool, bool]  # position in the quotation and in the source; whether each moves on


def _trace(
    rows: Sequence[Sequence[int]], quoted: Sequence[str], source: Sequence[str], end: int
) -> tuple[int, list[_Step]]:
    """The start of the stretch, and the steps that are edits, first to last.

    Of equally short ways it takes the one with more words in common: "shall go" beside "shall not go" has lost a
    "not", and did not add a "go".
    """
    i, j = len(quoted), end
    steps: list[_Step] = []
    while i > 0:
        if j > 0 and quoted[i - 1] == source[j - 1]:
            i, j = i - 1, j - 1
        elif j > 0 and rows[i][j] == rows[i][j - 1] + 1:
            steps.append((i, j - 1, False, True))
            j -= 1
        elif j > 0 and rows[i][j] == rows[i - 1][j - 1] + 1:
            steps.append((i - 1, j - 1, True, True))
            i, j = i - 1, j - 1
        else:
            steps.append((i - 1, j, True, False))
            i -= 1
    return j, steps[::-1]


def _edits(steps: Sequence[_Step], quoted: Sequence[str], source: Sequence[str]) -> list[Edit]:
    """Neighbouring steps as one edit each, with its kind."""
    runs: list[list[int]] = []
    for i, j, in_quote, in_source in steps:
        if runs and runs[-1][1] == i and runs[-1][3] == j:
            runs[-1][1], runs[-1][3] = i + in_quote, j + in_source
        else:
            runs.append([i, i + in_quote, j, j + in_source])
    return [Edit((a, b), (c, d), _kind(quoted[a:b], source[c:d])) for a, b, c, d in runs]


def _kind(quoted: Sequence[str], source: Sequence[str]) -> DifferenceKind:
    """What a difference does; a number or a negation on either side goes before all else."""
    if any(_has_digit(word) for word in (*quoted, *source)):
        return DifferenceKind.NUMBER
    if (NEGATIONS & set(quoted)) != (NEGATIONS & set(source)):
        return DifferenceKind.NEGATION
    if not quoted:
        return DifferenceKind.OMISSION
    return DifferenceKind.WORD if source else DifferenceKind.ADDITION
