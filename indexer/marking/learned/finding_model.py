"""From features to findings: how sure, how strong, of which type, stated by which sentences, because of which words."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from indexer.marking.addressees import (
    find_addressee,
    find_addressee_in_heading,
    find_addressee_of_list,
    opens_request,
)
from indexer.marking.finding_rules import ORDER
from indexer.marking.findings import IMPERATIVE, ITEM_MARK
from indexer.marking.learned.blocks import Array, Weights
from indexer.marking.learned.document_text import TextUnit
from indexer.marking.learned.finding_features import NAME, NUMBER, FindingFeatures, SentenceFeatures
from indexer.marking.learned.word_vectors import ALL, centred, stack
from search.analysis.words import stop_words
from search.model import Finding, FindingType

SENTENCE_OUTPUTS = ("sentence", *ORDER)
PASSAGE_OUTPUTS = ("strong", "any", *ORDER)
"""What the blocks of sentences and of passages add to."""

MOST_SPANS = 2
"""Sentences shown as stating a finding; in the labelled passages one in twenty has a third."""

SPAN_STEP, SPAN_FLOOR = 2.0, -1.5
"""A second sentence states it too when its logit is at most so far below the first one's and not lower than this. Chosen
by five folds of documents: letters F1 .71 against .62 with the first sentence alone and .64 with the whole passage."""

ADDRESSEE_LEAST = 0.25
"""From this probability of a recommendation on somebody who is asked to act is named, whatever type won."""

MOST_WORDS, LEAST_SHARE = 4, 0.03
"""Words given as the reason, and what one must add to the logit for that."""

REQUESTS = frozenset(
    f"rule {name}"
    for name in (
        "urges",
        "reiterates its call",
        "body urges",
        "is urged to",
        "it is recommended",
        "people urged",
        "operative verb",
        "consideration should be given",
    )
)
"""Signs of a sentence that asks in so many words ("it was recommended that"): a recommendation whatever else it is like."""

COURTESY = re.compile(
    r"\b(?:I|[Ww]e) (?:should|would) (?:also |again |first |therefore |be )*(?:like to (?:\w+ ){0,6}?(?:thank|congratulate|"
    r"pay tribute|express my|express our|convey|welcome you)|(?:most |very )?(?:grateful|obliged))\b"
    r"|\btake this opportunity to (?:thank|congratulate|express|convey|pay)\b|\b(?:issued|circulated) as a document of\b"
)
"""Sentences of politeness in which "should" asks for nothing that is found, promised or recommended: never strong."""

SAYING = frozenset(("must", "should", "need", "needs", "will", "shall", "not", "cannot"))
"""Of the words too common to tell anything, those that do tell why something is a finding."""

LEARNED = "learned"
"""The rule of a finding that no rule found."""


def score_sentences(rows: Sequence[FindingFeatures], weights: Weights) -> Array:
    """Return for every sentence of `rows`, one after the other, what it adds to SENTENCE_OUTPUTS, with the constants."""
    found = [sentence for row in rows for sentence in row.sentences]
    words = weights.blocks["sentence words"].score([sentence.words for sentence in found])
    signs = weights.blocks["sentence signs"].score([sentence.signs for sentence in found])
    scores: Array = words + signs + weights.vectors["sentence bias"]
    table = (
        stack([sentence.sums for sentence in found], ALL) if "sentence meaning" in weights.vectors else None
    )
    if table is not None:
        scores = scores + centred(table, weights.vectors["centre"]) @ weights.vectors["sentence meaning"]
    return scores


def sentence_numbers(logits: Sequence[float]) -> tuple[float, float, float]:
    """Sum up the logits of the sentences of a passage: the largest, how many are likely, and their share."""
    if not logits:
        return -3.0, 0.0, 0.0
    likely = sum(1 / (1 + math.exp(-logit)) for logit in logits)
    return max(logits) / 2, math.log1p(likely), likely / len(logits)


def _score(rows: Sequence[FindingFeatures], numbers: Array, weights: Weights) -> tuple[list[Array], Array]:
    """Sentences x SENTENCE_OUTPUTS of each row, and rows x PASSAGE_OUTPUTS, the types with those of the best sentence."""
    sentences = score_sentences(rows, weights)
    parts = np.split(sentences, np.cumsum([len(row.sentences) for row in rows])[:-1])
    summed = np.array([sentence_numbers(part[:, 0].tolist()) for part in parts], dtype=np.float32)
    found: Array = weights.blocks["passage words"].score([row.words for row in rows])
    found = found + weights.blocks["passage signs"].score([row.signs for row in rows])
    numbered = np.concatenate([summed, numbers], axis=1) @ weights.vectors["passage numbers"]
    found = np.asarray(found + numbered + weights.vectors["passage bias"], dtype=np.float32)
    table = stack([row.sums for row in rows], ALL) if "passage meaning" in weights.vectors else None
    if table is not None:
        found += centred(table, weights.vectors["centre"]) @ weights.vectors["passage meaning"]
    for number, part in enumerate(parts):
        if len(part):
            found[number, 2:] += part[int(part[:, 0].argmax()), 1:]
    return parts, found


def passage_scores(
    rows: Sequence[FindingFeatures], numbers: Array, weights: Weights
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the logit of each of `rows` (`numbers`: rows x those of its document), and the number of its type in ORDER."""
    _, found = _score(rows, numbers, weights)
    logits: NDArray[np.float64] = found[:, :2].astype(np.float64).mean(axis=1)
    return logits, found[:, 2:].argmax(axis=1)


class FindingModel:
    """Marks the passages of one document at a time."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._strong, self._weak = (float(bar) for bar in weights.vectors["finding bars"])

    def mark(
        self, units: Sequence[TextUnit], rows: Sequence[FindingFeatures], document: Sequence[float]
    ) -> list[Finding | None]:
        """Return the finding of each of `units`, whose features are `rows`; `document` are the document's numbers."""
        if not rows:
            return []
        numbers = np.tile(np.asarray(document, np.float32), (len(rows), 1))
        parts, passages = _score(rows, numbers, self._weights)
        found = [
            self._finding(unit, row, part, passage)
            for unit, row, part, passage in zip(units, rows, parts, passages, strict=True)
        ]
        return _with_addressees_of_section(units, found)

    def _finding(self, unit: TextUnit, row: FindingFeatures, part: Array, passage: Array) -> Finding | None:
        """One finding; None where the passage is too unlikely to state any."""
        logit = float(passage[0] + passage[1]) / 2
        listed = bool(unit.lead_in) and opens_request(unit.lead_in)
        logit = max(logit, self._strong) if listed else logit
        asks = listed or _asks(row)
        if not row.sentences or (logit < self._weak and not asks):
            return None
        chosen = _choose(part[:, 0])
        best = row.sentences[int(part[:, 0].argmax())]
        types = passage[2:]
        asks = listed or bool(best.signs & REQUESTS) or (asks and logit < self._weak)
        kind = FindingType.RECOMMENDATION if asks else ORDER[int(types.argmax())]
        because = self._reasons(unit.text, best)
        polite = bool(COURTESY.search(unit.text[best.start : best.end]))
        made = Finding(
            type=kind,
            rule=LEARNED,
            cue=because[0] if because else unit.text[best.start : best.end][:80],
            grade=2 if logit >= self._strong and not polite else 1,
            score=round(1 / (1 + math.exp(self._strong - logit)), 4),
            spans=tuple((row.sentences[n].start, row.sentences[n].end) for n in chosen),
            lead_in=unit.lead_in or None,
            because=because,
        )
        asked = kind is FindingType.RECOMMENDATION or _share(types, 0) >= ADDRESSEE_LEAST
        addressee = _addressee(unit, made.spans) if asked else None
        if row.ruled and row.ruled.type is kind:
            made = replace(made, rule=row.ruled.rule, cue=row.ruled.cue)
        return replace(made, addressee=addressee)

    def _reasons(self, text: str, sentence: SentenceFeatures) -> tuple[str, ...]:
        """The words of a sentence that add most to its being a finding, as printed."""
        shares = self._weights.blocks["sentence words"].shares(sentence.words, 0)
        ranked = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))
        printed: list[str] = []
        for feature, share in ranked:
            if share < LEAST_SHARE or len(printed) == MOST_WORDS:
                break
            words = _printed(text[sentence.start : sentence.end], feature)
            if words and not any(words in other or other in words for other in printed):
                printed.append(words)
        return tuple(printed)


def _asks(row: FindingFeatures) -> bool:
    """Whether a passage asks in so many words, so that the rules call it a recommendation: at least a weak one."""
    ruled = row.ruled is not None and row.ruled.type is FindingType.RECOMMENDATION
    return ruled and any(sentence.signs & REQUESTS for sentence in row.sentences)


def _choose(logits: Array) -> list[int]:
    """The sentences that state it, in reading order."""
    ranked = np.argsort(-logits, kind="stable")
    best = float(logits[ranked[0]])
    more = [int(n) for n in ranked[1:MOST_SPANS] if logits[n] >= max(best - SPAN_STEP, SPAN_FLOOR)]
    return sorted([int(ranked[0]), *more])


def _with_addressees_of_section(
    units: Sequence[TextUnit], found: Sequence[Finding | None]
) -> list[Finding | None]:
    """The findings, with those that ask without a subject ("Create a pool.") addressed to whom the section asked last."""
    asked: str | None = None
    section: tuple[str, ...] = ()
    named: list[Finding | None] = []
    for unit, finding in zip(units, found, strict=True):
        if unit.heading_path != section:
            asked, section = None, unit.heading_path
        if finding is not None and finding.type is FindingType.RECOMMENDATION:
            if finding.addressee:
                asked = finding.addressee
            elif asked and IMPERATIVE.match(ITEM_MARK.sub("", unit.text)):
                finding = replace(finding, addressee=asked)  # noqa: PLW2901
        named.append(finding)
    return named


def _share(logits: Array, number: int) -> float:
    """The probability of one type."""
    powers = np.exp(logits - logits.max())
    return float(powers[number] / powers.sum())


def _addressee(unit: TextUnit, spans: Sequence[tuple[int, int]]) -> str | None:
    """Who is asked: by a line that opens a list and asks, the stating sentences, another such line, the passage, a heading."""
    asked = find_addressee_of_list(unit.lead_in)
    if asked and opens_request(unit.lead_in):
        return asked
    for start, end in spans:
        found = find_addressee(unit.text[start:end], unit.text[:start])
        if found:
            return found
    found = asked or find_addressee(unit.text)
    headings = (find_addressee_in_heading(heading) for heading in reversed(unit.heading_path))
    return found or next((who for who in headings if who), None)


def _printed(sentence: str, feature: str) -> str:
    """The words of a feature as they stand in a sentence; "" for one that is no words ("< we", "Aa will")."""
    parts = [part for part in feature.split(" ") if part not in ("<", ">", NAME, NUMBER)]
    parts = [part for part in parts if part[0].isalpha() and len(part) > 1]
    if not set(parts) - (stop_words() - SAYING):
        return ""
    lowered = sentence.lower().replace("’", "'")
    at = lowered.find(" ".join(parts))
    return sentence[at : at + len(" ".join(parts))] if at >= 0 else ""
