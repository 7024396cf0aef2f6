"""The second look of `search/engines/rescoring.py` by its definition, passage by passage: the oracle's side of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from search.engines import IndexEntry
from search.engines.rescoring import BEST_HITS, FEEDBACK_WORDS, LEVEL, READ, SHARED_BY, may_count
from search.engines.scoring import Formula, saturation
from search.query.terms import TermQuery, has_alternatives, leaves, side_by_side, typed_words

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the oracle knows of all passages: the idf of a form and of a stem, and counts set against lengths."""

    form_idf: Callable[[str], float]
    stem_idf: Callable[[str], float]
    per_length: Callable[[int, IndexEntry], float]


def rescore(
    hits: Sequence[IndexEntry], first: Scores, query: TermQuery, corpus: Corpus, formula: Formula
) -> dict[str, float]:
    """Return the scores of these hits, best first by their `first` scores, after a second look."""
    scores = {entry.passage_id: first[entry.passage_id] for entry in hits}
    for pair in side_by_side(leaves(query)):
        rarity = formula.pair * sum(corpus.form_idf(form) for form in pair)
        for entry in hits:
            met = corpus.per_length(_meetings(entry.exact, pair), entry)
            scores[entry.passage_id] += rarity * entry.weight * saturation(met, formula)
    typed = typed_words(leaves(query))
    feedback = len(typed) > 1 and has_alternatives(query)
    weights = _weights(hits, scores, set(typed), corpus, formula) if feedback else {}
    for entry in hits:
        fed_back = sum(weights[stem] * _score_of(stem, entry, corpus, formula) for stem in weights)
        scores[entry.passage_id] += formula.feedback * entry.weight * fed_back
    return scores


def _meetings(forms: Sequence[str], pair: tuple[str, str]) -> int:
    """How often the second form follows the first one, at once or after one other word."""
    places = [place for place, form in enumerate(forms) if form == pair[0]]
    return sum(forms[place + 1 : place + 3].count(pair[1]) for place in places)


def _weights(
    hits: Sequence[IndexEntry], scores: Scores, typed: set[str], corpus: Corpus, formula: Formula
) -> dict[str, float]:
    """The weights of the stems that count, the strongest of which has 1."""
    best = sorted(hits, key=lambda entry: -round(scores[entry.passage_id], 6))[:BEST_HITS]
    best = [entry for entry in best if scores[entry.passage_id] > 0]
    having = Counter(stem for entry in best for stem in _read(entry))
    words = [stem for stem, count in having.items() if count >= SHARED_BY and stem not in typed]
    weights: dict[str, float] = defaultdict(float)
    for entry in best:
        for stem in words:
            weights[stem] += scores[entry.passage_id] * _score_of(stem, entry, corpus, formula)
    strongest = max(weights.values(), default=1.0)
    weights = {stem: value / strongest for stem, value in weights.items()}
    last = min(sorted(weights.values(), reverse=True)[:FEEDBACK_WORDS], default=0.0)
    return {stem: value for stem, value in weights.items() if value > last - LEVEL}


def _read(entry: IndexEntry) -> list[str]:
    """The first different stems of a passage that may count."""
    return list(dict.fromkeys(stem for stem in entry.stems if may_count(stem)))[:READ]


def _score_of(stem: str, entry: IndexEntry, corpus: Corpus, formula: Formula) -> float:
    """BM25 of a stem in the text of a passage, if it is read there."""
    if stem not in _read(entry):
        return 0.0
    return corpus.stem_idf(stem) * saturation(corpus.per_length(entry.stems.count(stem), entry), formula)
