"""The examples of the help page, which a test asks one by one: none may have a mistake."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question as typed, and what it asks for."""

    query: str
    meaning: str


EXAMPLES: tuple[tuple[str, tuple[Example, ...]], ...] = (
    (
        "Words and phrases",
        (
            Example("trust funds", "both words, in any form: fund, funds, funding"),
            Example('"trust fund"', "these words next to each other, exactly in these forms"),
            Example('"capacity building"~3', "the two words with up to three others between them"),
            Example("interoperab*", "all words that begin so"),
            Example("resiliance~", "one letter may be wrong, missing or too many; ~2 allows two"),
            Example("AJP-3.4", "codes and numbers as they are written; hyphens do not matter"),
        ),
    ),
    (
        "All, any, none",
        (
            Example(
                "women AND peace NOT gender", "both words, and not the third; the operators are in capitals"
            ),
            Example("Berlin OR Chania", "either word, or both"),
            Example("(training OR education) AND partners", "brackets group"),
            Example("partners -report", "a minus is the same as NOT"),
        ),
    ),
    (
        "Where it stands",
        (
            Example("theme:trust-funds", "passages on a theme; its name in quotation marks works too"),
            Example("edition:2019 partners", "one symposium, by year, town or id"),
            Example("kind:press", "report, speech, press, background or digest"),
            Example(
                "finding:conclusion", "strong findings: recommendation, conclusion, lesson or commitment"
            ),
            Example("statement:lesson", "findings, opinions in passing included"),
            Example(
                "mentions:ukraine",
                "passages that name a country or an international organisation, under any of its names",
            ),
            Example("addressee:allies", "whom a finding addresses, by words of the name"),
            Example("touches:interoperability", "passages that are about a theme or only touch it"),
            Example("speaker:minister", "words of a speaker's name"),
            Example("title:symposium", "words of a document's title"),
            Example("heading:sources", "words of the headings above a passage"),
            Example("page:12", "passages on a page, as printed or by its place in the PDF"),
            Example("para:2", "paragraphs by their printed number, or by their place where none is printed"),
            Example("lang:en", "documents in a language"),
            Example("date:2019..2022", "documents dated from 2019 to 2022; months and days work too"),
            Example("year:2019", "documents of a year"),
            Example("since:2019", "documents from a year, month or day on"),
            Example("until:2022-06", "documents up to a year, month or day"),
            Example("date:2022..", "from 2022 on; date:..2019 is up to 2019"),
        ),
    ),
)
