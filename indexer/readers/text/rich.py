"""The reader of Rich Text Format (.rtf), through striprtf, which gives the words without styles and pictures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from striprtf.striprtf import rtf_to_text

from indexer.layout.flowing.plain_text import prose_passages
from indexer.readers.shared.failure import ReadingFailed
from indexer.readers.text.plain import titled_reading
from indexer.reading.hints import ReadingHints
from indexer.reading.limits import ReadingLimits
from indexer.reading.reading import Reading, Reason

MEDIA_TYPE = "application/rtf"
_MARK = b"{\\rtf"  # RTF 1.9.1, "Contents of an RTF file": the whole file is one group that begins so


def read_rtf(
    path: Path,
    limits: ReadingLimits,
    report_pages: Callable[[int], None],  # noqa: ARG001
    hints: ReadingHints,  # noqa: ARG001
) -> Reading:
    """Read an RTF file. Raises `ReadingFailed`."""
    content = path.read_bytes()
    if not content.lstrip().startswith(_MARK):
        raise ReadingFailed(Reason.NOT_THIS_FORMAT, "it does not begin with {\\rtf")
    try:
        # RTF is 7-bit; what stands above is of the code page that the file names, which striprtf applies to escapes only
        text = rtf_to_text(content.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except (
        ValueError,
        LookupError,
        IndexError,
        AttributeError,
    ) as failure:  # striprtf has no error of its own
        raise ReadingFailed(
            Reason.DAMAGED, f"no RTF text ({type(failure).__name__}: {failure})"[:200]
        ) from failure
    if len(text) > limits.max_characters:
        raise ReadingFailed(Reason.TOO_LARGE, f"{len(text)} characters, the limit is {limits.max_characters}")
    # a line of the text is a paragraph of the file: blank lines between them keep them apart
    passages = prose_passages("\n\n".join(line for line in text.splitlines() if line.strip()))
    if not passages:
        raise ReadingFailed(Reason.NO_TEXT, "no letters or digits in the file")
    return titled_reading(MEDIA_TYPE, passages)
