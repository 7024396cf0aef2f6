"""Hypothesis strategies: small corpora and questions over a vocabulary in which words really meet."""

from __future__ import annotations

from hypothesis import strategies as st

from search import text
from search.engines import IndexEntry
from search.query.terms import Filter

WORDS = (
    "trust", "fund", "funds", "funding", "defence", "institution", "building", "women", "peace", "security",
    "gender", "exercise", "exercises", "partner", "partners", "partnership", "the", "of", "and", "not", "1325",
    "AJP-3.4", "Geoană", "co-operation", "U.S.", "naïve", "x",
)  # fmt: skip
_FACETS = {
    "theme": ("trust-funds", "interoperability", "exercises"),
    "edition": ("p360-2018", "p360-2022"),
    "kind": ("report", "speech"),
    "finding": ("lesson", "conclusion"),
    "lang": ("en",),
}

words = st.sampled_from(WORDS)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)


@st.composite
def entries(draw: st.DrawFn) -> list[IndexEntry]:
    """Up to five documents of up to four passages each."""
    made = []
    for number in range(draw(st.integers(1, 5))):
        day = draw(st.sampled_from((0, 20180101, 20220711, 20231114)))
        for ordinal in range(1, draw(st.integers(1, 4)) + 1):
            exact = tuple(text.forms(draw(sentences)))
            facets = {
                name: tuple(draw(st.sets(st.sampled_from(values), max_size=2)))
                for name, values in _FACETS.items()
            }
            facets["document"] = (f"d{number}",)
            made.append(
                IndexEntry(
                    passage_id=f"d{number}/p{ordinal}",
                    document_id=f"d{number}",
                    ordinal=ordinal,
                    exact=exact,
                    stems=tuple(text.stem(form) for form in exact),
                    heading=tuple(text.stem(form) for form in text.forms(draw(sentences))),
                    title=tuple(text.stem(form) for form in text.forms(draw(words))),
                    speaker=tuple(text.forms(draw(words))),
                    facets=facets,
                    day=day,
                    weight=draw(st.sampled_from((1.0, 0.5))),
                )
            )
    return made


filters = st.lists(
    st.sampled_from([Filter(name, values[:1]) for name, values in _FACETS.items()]),
    max_size=2,
    unique_by=lambda f: f.name,
).map(tuple)

_leaves = st.one_of(
    words,
    sentences.map('"{}"'.format),
    st.tuples(sentences, st.integers(1, 4)).map(lambda pair: f'"{pair[0]}"~{pair[1]}'),
    st.sampled_from(("trus*", "exerc*", "p*", "truts~", "fundz~2", "partnr~")),
    st.sampled_from(
        ("theme:trust-funds", "edition:p360-2018", "kind:speech", "heading:peace", "title:trust")
    ),
    st.sampled_from(
        ("date:2018", "date:2019..", "date:..2022-07", "date:2018..2022", "speaker:geoana", "lang:en")
    ),
)


def _combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Two or three questions joined, one negated, or one in brackets."""
    joined = st.tuples(st.sampled_from((" ", " AND ", " OR ")), st.lists(inner, min_size=2, max_size=3))
    return st.one_of(
        joined.map(lambda pair: pair[0].join(pair[1])),
        inner.map("({})".format),
        inner.map("NOT ({})".format),
        _leaves.map("-{}".format),
    )


questions = st.recursive(_leaves, _combined, max_leaves=6)
