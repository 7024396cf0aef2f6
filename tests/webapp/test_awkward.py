"""Whatever is asked, and however: an answer or a message, never a defect."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.webapp.markup import read_page

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
    # quotation marks and brackets that do not fit
    'trust "fund', 'trust" fund', '"trust "fund" x', "„trust", "»trust«", "«trust“", "'trust", "`trust`", '"trust" "', '""""', '"-"', '"*"~2',
    "(trust", "trust)", ")(", "(()", "())", "( ( trust )", "(trust OR", "trust AND (", "((trust)(fund))", "[trust]", "{trust}", "(-)", '("")', "(AND)",
    # operators without their words, and in the wrong places
    "AND trust", "trust OR", "OR OR", "NOT", "NOT AND", "trust NOT", "trust AND NOT", "- -", "-(", "-()", "-theme:", "--trust", "---", "NOT (NOT (NOT x))",
    "and or not", "trust AND AND fund", "trust OR AND fund", "NOT trust", "-trust -fund", "-*", "-~", "NOT NOT", "trust NEAR fund", "+trust -", "|", "& |",
    # fields without values, with wrong ones, and twice
    "theme:x", "edition:", "kind:", "finding:", "speaker:", "organisation:", "organisation:nobody", "organisation:*", "document:", "document:../x", "title:",
    "heading:", "lang:", "page:", "page:0", "page:99999999999", "date:2019..2018", "date:2019-2022", "date:0000", "date:9999..", "date:2019-02-30..",
    "date:..", "date:...", "date:2019....2020", "date:٢٠١٩", "theme:theme:x", "theme:-x", "theme:AND", 'theme:""', "theme:*", "kind:speech kind:report",
    "title:the", "speaker:the", "THEME:trust-funds", "thème:x", "http://example.org/?q=a&b=c", "a:b:c", "::", "12:30", "c:\\x",
    # stars, tildes, and patterns of other languages
    "***", "*?*", "tr?st", "tr*st*", "trust**", "*trust*", "trust~~", "~trust", "trust~0", "trust~3", '"trust"~', '"trust"~0', '"trust fund"~-1', "a~ b~ c~",
    "counter-terror*", "AJP-3.4*", "1325*", "1325~", ".*", ".+", "^trust$", "(?i)trust", "[a-z]+", "trust|fund", "\\btrust\\b", "(a+)+$", "%s%n", "${jndi:x}",
    "/trust.*/", "a{1,99999}", "<b>trust</b>", "<!--", "-->", "]]>", "&lt;", "&#0;", "</mark>", "<svg/onload=alert(1)>", "javascript:alert(1)", "'; DROP TABLE x;--",
    # characters that are hard to see, to fold or to hold
    "\x7f", "\x85", "\u2028", "\u2029", "\u00ad", "tru\u00adst", "tr\u200bust", "\u200d", "\u202e", "\ufffe", "\uffff", "\U0010ffff", "\x00\x00", "trust\x00fund",
    "İstanbul", "ß", "ﬀ", "Ⅷ", "①", "½", "２０１９", "Straße", "ΣΊΣΥΦΟΣ", "ǅ", "हिन्दी", "ไทย", "한국어", "日本語 信託基金", "עברית", "العربية", "Ελλάδα", "e\u0301" * 500, "👩\u200d👩\u200d👧",
    # too much of anything
    "trust " * 101, "a*" * 100, "a* " * 100, "-a " * 100, '"' + "a " * 900 + '"', "theme:x " * 100, "(" * 31 + "a" + ")" * 31, "NOT " * 99 + "a", "x" * 2_000, "x" * 2_001,
    "trust\n" * 200, "\t" * 1_999, "中" * 1_000, "a-b-c-" * 300, "a.b." * 400, "1,2" * 600, "\u0301" * 1_000, "~" * 2_000, "-" * 2_000, ":" * 2_000,
    # nothing to look for
    "the and of to", "a", "I", "of", '"the"', "...", "—", "…", "§ 5", "€", "100%", "#", "@", "_", "__", "no. 5", "i.e.", "e.g.,", "¿?", "、。",
)  # fmt: skip
QUERY_STRINGS = (
    "q=%", "q=%ff%fe", "q=%C0%80", "q", "q=&q=x", "&&&&", "=", "==", "q=x&theme=", "q=x&theme=nothing", "q=x&theme=%00",
    "q=x&theme=a&theme=b", "q=x&edition=1999", "q=x&kind=", "q=x&kind=<b>", "q=x&finding=everything", "q=x&speaker=%00",
    "q=x&speaker=nobody", "q=x&document=../..", "q=x&document=nothing", "q=x&lang=%F0%9F%A6%84", "page=-1", "page=0", "page=1e9",
    "page=1000000000", "page=9999999999999999999999", "page=10000", "page=", "page=+1", "page=%201", "sort=", "sort=x", "sort=NEWEST",
    "match=x", "match=ANY", "since=x", "since=2019-02-31", "since=9999", "since=0000", "until=0000-01-01", "since=-1", "since=2022&until=2019",
    "beside=nothing", "beside=%00", "beside=../../x", "format=x", "format=csv&q=%22", "format=atom&q=%00%01", "format=json&page=-1", "unknown=1",
    "exact=1", "exact=x", "q=trust&exact=1&match=any", "not-theme=", "not-theme=nothing", "not-theme=trust-funds&theme=trust-funds", "not-kind=%00",
    "not-speaker=x&not-speaker=x", "without=", "without=all&q=trust+funds", "without=%00", "without=acronym:%3Cb%3E&q=wps", "sort=oldest", "q=x&not-x=1",
    "q[]=x", "q=x;theme=y", "q=x&q=y&q=z", "theme=trust-funds&" * 300, "document=report&page=400",
)  # fmt: skip


WAYS_ON = ("/search?", "/help", "/themes/")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: repr(q[:24]))
def test_any_question_gets_a_page_that_helps(client: FlaskClient, question: str) -> None:
    """200 with hits, or with what was searched and ways on; 400 only for a name that nothing here has."""
    response = client.get("/search", query_string={"q": question})
    assert "Set-Cookie" not in response.headers
    assert "<svg/onload" not in response.text
    page = read_page(response.text)
    if response.status_code == 400:
        assert page.texts("h1")[0].startswith("No ")
    else:
        assert response.status_code == 200
        assert "match" in page.texts("h1")[0] or "collection" in page.texts("h1")[0]
    if "Nothing matches" in page.text:
        assert "Looked through 662 passages" in " ".join(page.text.split())
    assert any(link.startswith(WAYS_ON) for link in page.links)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: repr(q[:24]))
def test_any_question_gets_an_answer_of_the_api_that_agrees(client: FlaskClient, question: str) -> None:
    response = client.get("/api/v1/search", query_string={"q": question})
    assert response.status_code == client.get("/search", query_string={"q": question}).status_code
    record = response.get_json()
    if response.status_code == 400:
        assert record["detail"]
        return
    if record["mistake"] is not None:
        assert record["mistake"]["problem"]
        assert 0 <= record["mistake"]["position"] <= len(question)
    if not record["total"]:
        assert record["nothing"] is not None
    for hit in record["hits"]:
        assert hit["why"]
        for start, end, _ in hit["snippet"]["marks"]:
            assert 0 <= start < end <= len(hit["snippet"]["text"])


def test_there_are_two_hundred_different_awkward_questions() -> None:
    assert len(set(QUESTIONS)) >= 200


@pytest.mark.parametrize("half", [b"%ED%A0%80", b"trust%ED%BF%BFfund", b"%FF", b"%C3", b"%F8%88%80%80%80"])
@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/suggest", "/api/v1/suggest"])
def test_halves_of_characters_are_no_defect(client: FlaskClient, path: str, half: bytes) -> None:
    assert client.get(f"{path}?q={half.decode()}").status_code in (200, 400)


@pytest.mark.parametrize("question", QUESTIONS[::3], ids=lambda q: repr(q[:24]))
def test_any_beginning_gets_suggestions_or_none(client: FlaskClient, question: str) -> None:
    for path in ("/suggest", "/api/v1/suggest"):
        assert client.get(path, query_string={"q": question}).status_code == 200


@pytest.mark.parametrize("query", QUERY_STRINGS, ids=lambda q: q[:30])
def test_any_query_string_gets_a_page_with_a_second_mistake_too(client: FlaskClient, query: str) -> None:
    for path in (
        "/search",
        "/api/v1/search",
        "/documents/",
        "/findings/",
        "/d/report",
        "/d/report/page/2",
        "/themes/",
        "/help",
    ):
        for second in ("", "&kind=nothing", "&versions=x"):
            answer = client.get(f"{path}?{query}{second}")
            assert answer.status_code in (200, 400, 404), f"{path}?{query[:80]}{second}"


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
