"""Rules of reading are counted by document, and those that few documents need are told on a page that is true."""

from __future__ import annotations

import re

from benchmarks.rules import PAGE, Count, CountedPattern, find_rules, read_page

KINDS = ("format", "seen", "guard")


def test_every_rule_that_stands_apart_is_there_and_says_why() -> None:
    rows = list(read_page())
    rules = find_rules()
    assert rows
    assert not [row.rule for row in rows if row.rule not in rules]
    assert not [row.rule for row in rows if row.kind not in KINDS or not row.reason]
    assert len({row.rule for row in rows}) == len(rows)


def test_the_page_counts_its_rules() -> None:
    kinds = [row.kind for row in read_page()]
    told = re.findall(r"^- \*\*(\w+)\*\* \((\d+)\)", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [(kind, str(kinds.count(kind))) for kind in KINDS] == told


def test_a_rule_counts_once_for_each_document_in_which_it_is_found() -> None:
    count = Count()
    pattern = CountedPattern("words.LAMP", re.compile("lamp"), count)
    for count.document, text in (("one", "a lamp and a lamp"), ("two", "a pier"), ("three", "lamps")):
        assert pattern.sub("light", text) == text.replace("lamp", "light")
        assert [match[0] for match in pattern.finditer(text)] == re.findall("lamp", text)
        assert pattern.split(text) == text.split("lamp")
        assert bool(pattern.match(text)) == text.startswith("lamp")
    assert count.fired == {"words.LAMP": {"one", "three"}}


def test_cases_are_counted_apart_from_documents() -> None:
    count = Count()
    count.document, count.is_case = "case", True
    count.tell("words.LAMP", answer=True)
    assert count.in_cases == {"words.LAMP": {"case"}} and not count.fired


def test_rules_are_patterns_and_questions_of_the_rooms_themselves() -> None:
    rules = find_rules()
    assert {"facts.bodies.is_body", "facts.symbols.SYMBOL"} <= set(rules)
    assert "facts.title.SYMBOL" not in rules  # imported from symbols
