"""Hypothesis strategies: small corpora and questions over a vocabulary in which words really meet."""

from __future__ import annotations

from hypothesis import strategies as st

from search.analysis import words as text
from search.engines import IndexEntry
from search.query import tree
from search.query.parser import FILTER_FIELDS, TEXT_FIELDS
from search.query.terms import (
    AllOf,
    AnyOf,
    DateRange,
    Everything,
    Filter,
    MostOf,
    NoneOf,
    OneOf,
    Term,
    TermField,
    TermFuzzy,
    TermPhrase,
    TermPrefix,
    TermQuery,
)

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
    "organisation": ("Alliance", "A centre"),
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
                    strength=draw(st.sampled_from((0, 0, 1200, 2700))),
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
        (
            "date:2018",
            "date:2019..",
            "date:..2022-07",
            "date:2018..2022",
            "speaker:geoana",
            "lang:en",
            "organisation:Alliance",
        )
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


_forms = st.sampled_from(sorted({form for word in WORDS for form in text.forms(word)} | {"unknown", "fu"}))
_words: st.SearchStrategy[Term] = _forms.map(lambda form: Term(TermField.STEM, text.stem(form), form))
_ways: st.SearchStrategy[Term | TermPhrase] = st.one_of(
    st.builds(Term, st.sampled_from((TermField.STEM, TermField.EXACT)), _forms),
    st.builds(TermPhrase, st.lists(_forms, min_size=2, max_size=3).map(tuple)),
)
_several = st.lists(_ways, max_size=2).map(tuple)
_term_leaves: st.SearchStrategy[TermQuery] = st.one_of(
    st.builds(OneOf, st.one_of(_words, _ways), _several, _several),
    st.builds(Term, st.sampled_from(TermField), _forms.map(text.stem)),
    st.builds(Term, st.just(TermField.EXACT), _forms),
    _forms.map(lambda form: Term(TermField.STEM, text.stem(form), form)),
    st.builds(TermPhrase, st.lists(_forms, min_size=1, max_size=4).map(tuple), st.integers(0, 4)),
    st.builds(TermPrefix, _forms.flatmap(lambda form: st.integers(1, len(form)).map(lambda n: form[:n]))),
    st.builds(TermFuzzy, _forms, st.integers(0, 2)),
    st.sampled_from(sorted(_FACETS)).flatmap(
        lambda name: st.builds(
            Filter, st.just(name), st.lists(st.sampled_from(_FACETS[name]), max_size=2).map(tuple)
        )
    ),
    st.builds(DateRange, st.sampled_from((0, 20180101, 20190101)), st.sampled_from((20180101, 99991231))),
    st.just(Everything()),
)


def _joined(inner: st.SearchStrategy[TermQuery]) -> st.SearchStrategy[TermQuery]:
    """All, any or none of some queries; all and any of no query too."""
    several = st.lists(inner, max_size=3).map(tuple)
    weighed = st.lists(st.tuples(inner, st.sampled_from((0.0, 0.2, 0.5))), min_size=1, max_size=3)
    most = weighed.map(
        lambda pairs: MostOf(tuple(part for part, _ in pairs), tuple(weight for _, weight in pairs), 0.6)
    )
    return st.one_of(st.builds(AllOf, several), st.builds(AnyOf, several), most, st.builds(NoneOf, inner))


term_queries = st.recursive(_term_leaves, _joined, max_leaves=8)
"""Every kind of query that an engine may be given, in any nesting."""


# --- trees, as the parser can give them ---------------------------------------------------------------------

_days = st.sampled_from((None, "2018", "2019-06", "2022-07-11"))
_tree_leaves: st.SearchStrategy[tree.Query] = st.one_of(
    words.map(tree.Word),
    st.builds(tree.Phrase, sentences, st.integers(0, 99)),
    st.builds(tree.Prefix, st.sampled_from(("trus", "1325", "geoană"))),
    st.builds(tree.Fuzzy, st.sampled_from(("truts", "fundz")), st.integers(1, 2)),
    st.builds(
        tree.Field,
        st.sampled_from(FILTER_FIELDS + TEXT_FIELDS),
        st.one_of(words, sentences, st.sampled_from(("AND", "a:b", "x (y)", "-x", "*"))),
    ),
    st.tuples(_days, _days)
    .filter(lambda days: any(days) and (not all(days) or str(days[0]) <= str(days[1])))
    .map(lambda days: tree.Dates(*days)),
)


_JOINS: tuple[type[tree.Loose] | type[tree.And] | type[tree.Or], ...] = (tree.Loose, tree.And, tree.Or)


def _grown(inner: st.SearchStrategy[tree.Query]) -> st.SearchStrategy[tree.Query]:
    """Trees of trees. Parts joined in the same way are joined once, as the parser does."""
    parts = st.lists(inner, min_size=2, max_size=3)
    joined = (parts.map(lambda found, join=join: tree.joined(join, found)) for join in _JOINS)  # type: ignore[misc]
    return st.one_of(inner.map(tree.Not), *joined)


trees = st.recursive(_tree_leaves, _grown, max_leaves=8)
