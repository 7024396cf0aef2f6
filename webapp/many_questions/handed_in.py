"""Questions that came with a form: pasted or uploaded, refused with the reason where they cannot be asked."""

from __future__ import annotations

from flask import request

from search.answering.batch import Asked, is_table, read_lines, read_table
from search.errors import BadFile, UsageProblem
from search.query.parser import LONGEST_QUERY

MOST_QUESTIONS = 200
LARGEST_TABLE = 250_000  # bytes; 200 questions are 20,000 as a rule


def handed_in() -> tuple[str, str]:
    """Return the text of the file, else what was pasted, with its name for messages. Raises BadFile where it is no UTF-8."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return request.form.get("questions", ""), "the questions"
    try:
        return file.read().decode("utf-8-sig"), file.filename
    except UnicodeDecodeError as error:
        raise BadFile(file.filename, "not UTF-8; save it as UTF-8") from error


def read_handed_in(text: str, name: str) -> list[Asked]:
    """Return the questions of a text, of which some may be empty. Raises UsageProblem for none, too many, or one too long."""
    table = is_table(text) or name.lower().endswith(".csv")
    asked = list(read_table(text, name) if table else read_lines(text))
    empty = sum(not one.text.strip() for one in asked)
    if len(asked) == empty:
        raise UsageProblem("no question: write one a line, or choose a table (CSV) with a column named query")
    if len(asked) > MOST_QUESTIONS:
        of_them = f" ({empty:,} of them empty)" if empty else ""
        raise UsageProblem(
            f"{len(asked):,} questions{of_them}; at most {MOST_QUESTIONS} can be asked here at once: hand them in in parts, "
            "or use `findings batch`, which has no limit"
        )
    for one in asked:
        if len(one.text) > LONGEST_QUERY:
            raise BadFile(
                name, f"a question may have {LONGEST_QUERY} characters, not {len(one.text):,}", one.line
            )
    return asked
