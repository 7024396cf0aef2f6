"""Whatever is asked, and however: an answer or a message, never a defect."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

QUESTIONS = (
    " ", '"', '""', '"""', "“", "“”", "(", ")", "()", "((((", "))))", "AND", "OR", "NOT", "AND AND", "NOT NOT x",
    "a AND", "OR b", "-", "--", "-a", "- a", "*", "**", "a*", "*a", "a*b", "~", "a~", "a~9", "a~2", '"a b"~', '"a b"~999999',
    ":", "theme:", "theme:nothing", ":x", "nofield:x", "theme:(a b)", 'theme:"', "date:", "date:..", "date:2019..", "date:x",
    "date:2022..2019", "date:2019-99", "page:-1", "page:x", "lang:xx", "speaker:*", "title:", "heading:-",
    "the", "the of and", "?", "!", "...", "…", "\\", "\\\\", "/", "//", "%", "%%", "%00", "\x00", "a\x00b", "\x01\x02\x1b[31m",
    "\r\nSet-Cookie: a=b", "\t", "\u200b", "\u202eabc", "\ufeff", "🦄", "é", "e\u0301", "ﬁnance", "ＴＲＵＳＴ", "信任 基金", "доверие", "ثقة",
    "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "${7*7}", "../../etc/passwd", "=cmd()|'x'", "a" * 10_000, "a " * 5_000,
    '"' * 5_000, "(" * 3_000, "a OR " * 400, "NOT " * 200 + "x", "x~ " * 90, "a* b* c*", "[a TO z]", "a^2", "+a", "a&&b", "a||b", "1,325",
    "U.S.", "AJP-3.4", "counter-terrorism", "don't", "‘trust’", "trust fund" + " " * 3000,
)  # fmt: skip
QUERY_STRINGS = (
    "q=%", "q=%ff%fe", "q=%C0%80", "q", "q=&q=x", "&&&&", "=", "==", "q=x&theme=", "q=x&theme=nothing", "q=x&theme=%00",
    "q=x&theme=a&theme=b", "q=x&edition=1999", "q=x&kind=", "q=x&kind=<b>", "q=x&finding=everything", "q=x&speaker=%00",
    "q=x&speaker=nobody", "q=x&document=../..", "q=x&document=nothing", "q=x&lang=%F0%9F%A6%84", "page=-1", "page=0", "page=1e9",
    "page=1000000000", "page=9999999999999999999999", "page=10000", "page=", "page=+1", "page=%201", "sort=", "sort=x", "sort=NEWEST",
    "match=x", "match=ANY", "since=x", "since=2019-02-31", "since=9999", "since=0000", "until=0000-01-01", "since=-1", "since=2022&until=2019",
    "beside=nothing", "beside=%00", "beside=../../x", "format=x", "format=csv&q=%22", "format=atom&q=%00%01", "format=json&page=-1", "unknown=1",
    "q[]=x", "q=x;theme=y", "q=x&q=y&q=z", "theme=trust-funds&" * 300, "document=report&page=400",
)  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: repr(q[:24]))
def test_any_question_gets_a_page(client: FlaskClient, question: str) -> None:
    for path in ("/search", "/api/v1/search"):
        response = client.get(path, query_string={"q": question})
        assert response.status_code in (200, 400), response.text
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("query", QUERY_STRINGS, ids=lambda q: q[:30])
def test_any_query_string_gets_a_page(client: FlaskClient, query: str) -> None:
    for path in (
        "/search",
        "/api/v1/search",
        "/documents/",
        "/d/report",
        "/d/report/page/2",
        "/themes/",
        "/help",
    ):
        assert client.get(f"{path}?{query}").status_code in (200, 400, 404)


@pytest.mark.parametrize("query", QUERY_STRINGS, ids=lambda q: q[:30])
def test_a_permanent_link_answers_whatever_hangs_on_it(client: FlaskClient, query: str) -> None:
    assert client.get(f"/p/report/h7hynrhjt6?{query}").status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_any_text_anywhere_is_no_defect(client: FlaskClient, question: str, value: str, name: str) -> None:
    def part(text: str) -> str:
        return quote(text.encode("utf-8", "surrogatepass"), safe="")

    for address in (
        f"/search?q={part(question)}&theme={part(value)}",
        f"/search?q={part(question)}&{part(name)}={part(value)}",
        f"/d/{part(value)}",
        f"/p/{part(value)}/{part(name)}",
        f"/themes/{part(name)}",
        f"/{part(name)}",
    ):
        assert client.get(address).status_code < 500
