"""Where the words of a quotation stand in a source, and how they differ where they do not quite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MOST_LEFT_OUT = 200  # words an ellipsis may stand for; more is two quotations
ALIKE = 4  # first letters that a word and its other form have in common
NEGATIONS = frozenset(
    {"not", "no", "never", "nor", "neither", "none", "cannot", "without", "nothing", "nobody", "nowhere"}
    | {"hardly", "scarcely", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont", "wouldnt"}
    | {"cant", "couldnt", "shouldnt", "mustnt", "hasnt", "havent", "hadnt", "neednt", "aint"}
    | {
        "nicht",
        "kein",
        "keine",
        "keinen",
        "keiner",
        "keinem",
        "keines",
        "nie",
        "niemals",
        "nichts",
        "ohne",
        "weder",
    }
    | {
        "ne",
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "rien",
        "sans",
        "nullement",
        "nunca",
        "jamas",
        "ningun",
        "ninguna",
    }
    | {
        "nada",
        "sin",
        "tampoco",
        "nao",
        "nem",
        "sem",
        "nenhum",
        "nenhuma",
        "non",
        "nessun",
        "nessuna",
        "senza",
        "niet",
        "geen",
    }
    | {"nooit", "inte", "ikke", "ingen", "aldrig", "не", "нет", "ни", "никогда", "без", "нельзя"}
)
"""Words that deny, folded; of the languages that documents of the kind are quoted in."""


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

    @property
    def cost(self) -> int:
        """Single edits in it."""
        return max(self.quoted[1] - self.quoted[0], self.source[1] - self.source[0])

    def shifted(self, quoted: int, source: int) -> Edit:
        """Return the same edit where quotation and source begin so many words earlier."""
        (a, b), (c, d) = self.quoted, self.source
        return Edit((a + quoted, b + quoted), (c + source, d + source), self.kind)


@dataclass(frozen=True, slots=True)
class Alignment:
    """The stretch of source words a quotation is nearest to; `score` is 1 - edits / words of the quotation."""

    start: int
    end: int
    score: float
    edits: tuple[Edit, ...]


def align_parts(parts: Sequence[Sequence[str]], source: Sequence[str]) -> list[Alignment]:
    """Return one alignment for each part of a quotation with ellipses, in order and without overlap.

    The longest part is put into its place first, for it tells most; the others are looked for before and after it,
    at most MOST_LEFT_OUT words away. Edits count words of their own part, and of the whole source.
    """
    anchor = max(range(len(parts)), key=lambda i: len(parts[i]))
    found = {anchor: align(parts[anchor], source)}
    for i in range(anchor - 1, -1, -1):
        reached = found[i + 1].start
        found[i] = _align_between(parts[i], source, max(0, reached - MOST_LEFT_OUT - len(parts[i])), reached)
    for i in range(anchor + 1, len(parts)):
        reached = found[i - 1].end
        found[i] = _align_between(parts[i], source, reached, reached + MOST_LEFT_OUT + len(parts[i]))
    return [found[i] for i in range(len(parts))]


def _align_between(part: Sequence[str], source: Sequence[str], first: int, last: int) -> Alignment:
    """The alignment within a half-open range of the source."""
    found = align(part, source[first:last])
    edits = tuple(edit.shifted(0, first) for edit in found.edits)
    return Alignment(found.start + first, found.end + first, found.score, edits)


def align(quoted: Sequence[str], source: Sequence[str]) -> Alignment:
    """Return the nearest stretch of the source (edit distance over words, free ends in the source; Sellers 1980)."""
    rows = [[0] * (len(source) + 1)]
    for i, word in enumerate(quoted, 1):
        above, row = rows[-1], [i]
        left = i
        for j, other in enumerate(source):
            least = above[j] if word == other else above[j] + 1
            up = above[j + 1] + 1
            least = min(least, up)
            if left >= least:
                left = least
            else:
                left += 1
            row.append(left)
        rows.append(row)
    end = min(
        range(len(source) + 1), key=lambda j: (rows[-1][j], _apart(quoted[-1], source[j - 1] if j else ""))
    )
    start, steps = _trace(rows, quoted, source, end)
    score = 1 - rows[-1][end] / len(quoted)
    return Alignment(start, end, score, tuple(_edits(steps, quoted, source)))


def _apart(quoted: str, source: str) -> int:
    """How ill two last words fit: the same word, a number for a number or words that begin alike, anything else."""
    if quoted == source:
        return 0
    if _has_digit(quoted) and _has_digit(source):
        return 1
    return 1 if quoted[:ALIKE] == source[:ALIKE] else 2


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
