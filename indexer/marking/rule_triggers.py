"""Letters without which a rule cannot fire: looking for them first spares nine in ten searches by regular expression.

Small letters, parts of words; one of them stands in every sentence that the rule matches. A rule without any is always tried.
"""

from __future__ import annotations

from collections.abc import Mapping

ASKS = (
    "urge", "call", "encourag", "recommend", "appeal", "invit", "request", "implor", "exhort", "propos", "advis",
)  # fmt: skip
WEIGHTY = (
    "important", "essential", "crucial", "vital", "critical", "imperative", "necessary", "evident", "clear", "obvious",
    "key", "paramount", "urgent", "indispensable", "fundamental", "central",
)  # fmt: skip
TROUBLES = ("concern", "insufficient", "severe", "problem", "challenge", "priority", "threat", "obstacle")
SPOKE = (
    "noted", "stress", "agree", "under", "emphasi", "highlight", "pointed ", "argue", "conclude", "observe",
    "acknowledge", "recogni", "felt", "consider", "affirm", "warned", "maintained", "remarked", "believe", "the view",
    "expressed", "welcomed", "remained", "said", "called attention", "found",
)  # fmt: skip
SPEAKS = (
    "note", "stress", "agree", "under", "emphasi", "highlight", "argue", "conclude", "observe", "acknowledge", "recogni",
    "believe", "consider", "find", "indicate", "show", "demonstrate", "say", "hold",
)  # fmt: skip
WEIGHS = (
    "lack of", "absence of", "required", "hamper", "undermin", "insufficient", "inadequate", "significant", "effective",
    "crucial", "essential", "challeng", "however", "nevertheless", "despite", "although", "while", "limited", "progress",
    "improv", "help", "contribut", "can", "could", "may", "critical", "serious", "benefit",
)  # fmt: skip

TRIGGERS: Mapping[str, tuple[str, ...]] = {
    "urges": ASKS,
    "reiterates its call": ("reiterate", "repeat", "renew"),
    "operative verb": ASKS,
    "body urges": ASKS,
    "is urged to": ASKS,
    "it is recommended": ("recommended", "suggested", "proposed"),
    "people urged": ("recommended", "urged", "called", "suggested", "proposed", "advised"),
    "it is imperative that they": WEIGHTY,
    "somebody should": ("should", "must", "ought to", "need"),
    "consideration should be given": ("consideration",),
    "it is necessary to": ("necessary", "imperative"),
    "should": ("should", "must", "ought to"),
    "needs to act": ("need", "has to", "have to"),
    "let us": ("let us",),
    "asks": (" ask ",),
    "could be better": ("could be ",),
    "we reaffirm our commitment": ("affirm",),
    "reaffirms commitment": ("reaffirm",),
    "will": ("will", "shall"),
    "committed to": ("committed", "determined", "resolved", "dedicated", "ready", "prepared"),
    "agreed to": ("agree", "decided", "pledged", "undert", "committed", "plans", "resolved", "promised"),
    "signed": ("sign",),
    "announced": ("announce", "pledged"),
    "plans to": ("plan", "intend"),
    "action will be taken": ("will ",),
    "lesson": ("lesson",),
    "lesson learned": ("lesson", "experience", "learn"),
    "good practice": ("practice", "proved"),
    "first person judges": ("i ", "we "),
    "people said": SPOKE,
    "body says": SPEAKS,
    "name said": ("said", "say", "argue", "believe", "warned", "stressed", "of the view", "insists", "called it"),
    "it is important": ("it is", "it was", "it remains", "it became", "it has become"),
    "is essential": (*WEIGHTY, *TROUBLES),
    "remains a challenge": ("remain", "pose", "constitut", "present"),
    "need for": ("need", "necessity", "importance", "relevance", "urgency"),
    "is needed": ("needed", "lacking", "require"),
    "role to play": ("role", "part", "key driver", "key finding"),
    "shows that": (
        "underscor", "underlin", "demonstrat", "illustrat", "highlight", "reveal", "suggest", "confirm", "indicat", "show",
    ),
    "weighs on": ("affect", "compromis", "undermin", "constrain", "hamper", "limit", "weaken", "imped", "rais", "concern"),
    "it appears": ("it is", "it was", "it seems", "it appears", "it remains", "seem"),
    "weighs": WEIGHS,
}  # fmt: skip
