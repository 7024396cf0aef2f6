"""A finding that a digest reports is never shown as if its words were the source's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from search.model import Finding, FindingType
from webapp.pages.presenters import finding_tag

FOUND = Finding(FindingType.LESSON, "lesson", "lessons were drawn")


@pytest.mark.parametrize(("finding", "said"), [(FOUND, False), (replace(FOUND, reported=True), True)])
def test_the_sign_of_a_reported_finding_says_so(app: Flask, finding: Finding, said: bool) -> None:
    with app.test_request_context("/"):
        sign = str(app.jinja_env.get_template("macros.html").module.finding_sign(finding_tag(finding)))  # type: ignore[attr-defined]
    assert "Lesson" in sign
    assert ("reported, in our words" in sign) is said
