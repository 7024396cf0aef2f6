"""The text of one paragraph of a word processor, gathered run by run: words, raised and lowered runs, signs of notes."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.layout.words.raised import lowered, raised, read_raised
from indexer.reading.reading import DraftMark


@dataclass(slots=True)
class InlineText:
    """Takes the runs of a paragraph in their order. Raised runs that follow one another are one sign ("1" and "2": note 12)."""

    parts: list[str] = field(default_factory=list)
    marks: list[DraftMark] = field(default_factory=list)
    _lifted: str = ""

    @property
    def length(self) -> int:
        """How many characters were gathered."""
        return sum(map(len, self.parts))

    def say(self, words: str) -> None:
        """Add words to the line."""
        if words:
            self._settle(words)
            self.parts.append(words)

    def lift(self, words: str) -> None:
        """Add a raised run: what it is shows in the words behind it."""
        self._lifted += words

    def lower(self, words: str) -> None:
        """Add a lowered run, an index."""
        self.say(lowered(words))

    def sign(self, sign: str, note: str | None) -> None:
        """Add the sign of a note that the file knows as one; `note` is its key, None where the note stands nowhere."""
        self._settle("")
        self.marks.append(DraftMark(sign, self.length, note=note))

    def whole(self) -> str:
        """Return the text, all runs in it."""
        self._settle("")
        return "".join(self.parts)

    def _settle(self, after: str) -> None:
        """The raised run before `after` becomes part of the words, or the sign of a note beside them."""
        if not self._lifted:
            return
        lifted, self._lifted = self._lifted, ""
        before = "".join(self.parts[-4:])
        found = read_raised(before, lifted, after)
        if not found.mark:
            self.parts.append(found.text)
        elif not before.strip():  # the sign that a typed note begins with
            self.parts.append(f"{raised(found.mark)} ")
        else:
            self.marks.append(DraftMark(found.mark, self.length))
