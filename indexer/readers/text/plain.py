"""The reader of plain text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from indexer.layout.flowing.plain_text import prose_passages
from indexer.layout.words.line_patterns import ends_clause
from indexer.readers.shared.dates import is_date_line
from indexer.readers.shared.encoding import Decoded, decode
from indexer.readers.shared.failure import ReadingFailed
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import DraftPassage, FoundMetadata, Reading, Reason
from search.model import DocumentQuality, PassageKind

MEDIA_TYPE = "text/plain"
# The title and the date of a text stand in its first paragraphs, and a title has at most so many words and letters.
HEAD, TITLE_WORDS, TITLE_LETTERS = 8, 25, 160


def read_plain(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """Return the reading of a text file. Raises `ReadingFailed`."""
    decoded = checked_text(path, limits)
    passages = prose_passages(decoded.text)
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits in the file")
    return titled_reading(MEDIA_TYPE, passages, decoded.doubts)


def titled_reading(
    media_type: str, passages: Sequence[DraftPassage], doubts: tuple[str, ...] = ()
) -> Reading:
    """Return the reading of a text without styles: its title and date are those that its first `passages` show.

    `doubts` say why its words may be misread.
    """
    place = _title_place(passages)
    found = FoundMetadata(title=passages[place].text if place is not None else None)
    quality = DocumentQuality(reasons=doubts)
    return Reading(media_type, found, _with_title(passages, place), quality=quality)


def checked_text(path: Path, limits: ReadingLimits) -> Decoded:
    """Return the text of a file within the limit of characters. Raises `ReadingFailed`."""
    decoded = decode(path.read_bytes())
    if len(decoded.text) > limits.max_characters:
        raise ReadingFailed(
            Reason.TOO_LARGE, f"{len(decoded.text)} characters, the limit is {limits.max_characters}"
        )
    return decoded


def _title_place(passages: Sequence[DraftPassage]) -> int | None:
    """Where the title stands: before a line with the date, else in the first line when that is clearly a title."""
    head = passages[:HEAD]
    dated = next((place for place, draft in enumerate(head) if is_date_line(draft.text)), 0)
    if dated and _may_be_title(head[dated - 1]):
        return dated - 1
    return 0 if len(passages) > 1 and _may_be_title(head[0]) else None


def _may_be_title(draft: DraftPassage) -> bool:
    """Short, no sentence, no address to the audience."""
    text = draft.text
    short = len(text.split()) <= TITLE_WORDS and len(text) <= TITLE_LETTERS
    return (
        short
        and draft.speaker is None
        and not ends_clause(text)
        and not text.endswith(",")
        and text[0].isupper()
    )


def _with_title(passages: Sequence[DraftPassage], place: int | None) -> tuple[DraftPassage, ...]:
    """The passages, the title being a heading."""
    if place is None:
        return tuple(passages)
    titled = replace(passages[place], kind=PassageKind.HEADING, heading_path=())
    return (*passages[:place], titled, *passages[place + 1 :])
