"""Pages that could not be read, and how that is said everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def ranges(numbers: Iterable[int]) -> str:
    """Return "3-5, 9" for ascending numbers."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def unread_sentence(numbers: Sequence[int]) -> str:
    """Return "Pages 3-7 could not be read", "Page 3 could not be read"."""
    return f"{'Page' if len(numbers) == 1 else 'Pages'} {ranges(numbers)} could not be read"
