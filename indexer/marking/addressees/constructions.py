"""The constructions by which a text asks somebody to act: "urges X to", "X should", "it is for X to", "to be done by X"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from indexer.marking.addressees.actors import LEADING, can_act, can_be_asked
from search.analysis.words import sentences

NAME = r"(?P<who>[^.;:()]{2,160}?)"
GOING_ON = r"(?= (?:not |also |fully |jointly |urgently )*to (?!(?:the|an?|this|that|our|its|their|these|those|all)\b)[a-z])"
ITSELF = (
    r"(?:^\W*|\b(?:I|[Ww]e|[Tt]hey|and) (?:(?:\w+ly|also|therefore|again|must|would|can only|hereby|do|further|once) )*)"
    r"(?:[Uu]rge|[Ee]ncourage|[Ii]nvite|[Rr]equest|[Aa]dvise|[Ii]mplore|[Ee]xhort|[Pp]ress|[Cc]all (?:up)?on|[Aa]ppeal to|"
    r"[Ii]nstruct|need|want|[Aa]sk|expect|would like)"
)
"""Who writes asks: "we urge", "Encourage"; not whom the text tells to encourage somebody."""

OTHERS = (
    r"\b(?:[Uu]rg(?:es|ed|ing)|[Cc]all(?:s|ed|ing) (?:up)?on|[Ee]ncourag(?:es|ed|ing)|[Ii]nvit(?:es|ed|ing)|[Rr]equest(?:s|ed|ing)|"
    r"[Aa]ppeal(?:s|ed|ing) to|[Aa]dvis(?:es|ed)|implores|exhorts|press(?:es|ed)|(?:[Cc]all|[Aa]ppeal)(?:s|ed)? for|"
    r"[Ii]nstruct(?:s|ed)|asks|asked|asking)"
)
ASKED = (
    re.compile(rf"(?:{ITSELF}|{OTHERS}) {NAME}(?:,[^.;:]{{2,90}},)?{GOING_ON}"),
    re.compile(r"\bfor consideration by (?P<who>[^.;:()]{2,200}?)(?=[:.;]|$)"),
    re.compile(
        r"\b(?:[Ii]t|[Tt]his) (?:is|was|will be|would be|remains?|becomes) (?:\w+ly )?(?:important|essential|crucial|vital|"
        r"critical|imperative|necessary|incumbent|time|up|high time|key|paramount|better|best|wise|advisable|right)"
        rf" (?:for|(?:up)?on|(?<=up )to) {NAME}{GOING_ON}"
    ),
    re.compile(
        rf"\b[Ii]t is (?P<who>[^.;:(),]{{2,80}}?)[’']s? (?:\w+ )?(?:chance|task|job|duty|responsibility|turn|time|role){GOING_ON}"
    ),
    re.compile(rf"\b(?:need|time|call|duty|obligation|responsibility|opportunity) for {NAME}{GOING_ON}"),
    re.compile(
        r"\b(?:recommend(?:s|ed)?|suggest(?:s|ed)?|propos(?:es|ed?)|ask(?:s|ed)?|demand(?:s|ed)?|insist(?:s|ed)?)(?: to \w+)? "
        rf"that {NAME}(?= (?:should |must |not |also )*[a-z]+\b|:)"
    ),
    re.compile(
        r"\b(?:important|essential|crucial|vital|critical|imperative|necessary) that "
        rf"{NAME}(?= (?:should |must |not |also |all )*(?:{{verbs}})\b)".replace(
            "{verbs}",
            "be|act|take|play|do|have|give|make|ensure|work|continue|remain|keep|find|support|provide|develop|build|"
            "return|engage|refrain|respect|cease|share|join|lead|begin|start|put|reach|pursue|avoid|consider|focus|adopt|implement|address|agree|show|use|respond|invest|increase|maintain|strengthen|come|stand|recogni[sz]e",
        )
    ),
    re.compile(
        r"\b(?:onus|burden|responsibility) (?:is|lies|rests|falls) (?:up)?(?:on|with) (?P<who>[^.;:(),]{2,80})"
    ),
)
"""Somebody stands between the words that ask and what is asked."""

ASKED_BEFORE_LIST = re.compile(
    r"\b(?:urges?|call(?:s|ed)? (?:up)?on|encourages?|invites?|requests?|appeals? to) "
    r"(?P<who>(?:all |the )?(?:[A-Z][\w’'-]+|of|and|the|States|parties|stakeholders)(?: (?:[A-Z][\w’'-]+|of|and|the|"
    r"States|parties|stakeholders|concerned))*)(?: to)?:?$"
)
STRONG = r"cannot afford(?: not)? to|should|must|shall|needs? to|will need to|ought to|has to|have to|has got to|have got to|had better"
WEAK = (
    r"could|can|may|might|would (?:do well|be wise|be well advised) to|is well placed to|are well placed to"
)
ADVERBS = r"(?:(?:also|therefore|now|thus|still|then|urgently|both|all|each|really|always|first|can and|(?!(?:ass|fam|all|supp)\w*ly )[a-z]+ly) )*"
TOLD = re.compile(
    rf"\s{ADVERBS}(?:(?P<modal>{STRONG})|(?:is|are|was|were) (?:\w+ly )?(?:encouraged|urged|invited|requested|"
    r"called upon|advised|asked|expected|required|obliged)(?: to\b|:))(?P<rest>[^.;]{0,60})"
)
MIGHT = re.compile(rf"\s{ADVERBS}(?P<modal>{WEAK})\b(?P<rest>[^.;]{{0,60}})")
"""What stands behind somebody who is told to act, and what might be done."""

DONE_TO = re.compile(
    r"^ (?:(?:not|also|now|only|therefore|thus|\w+ly) )*(?:(?:receive|benefit|gain|obtain|the|their|its|an?|it|they|any)\b|"
    r"be (?:(?:also|not|further|better|fully|more|\w+ly) )*"
    r"(?!(?:prepared|committed|concerned|reminded|encouraged|urged|invited|determined|united|engaged|involved|allowed|"
    r"advised|open|even)\b)(?:\w{2,}(?:ed|en|wn|ught)|held|made|built|kept|set|put|met|led|found|paid|spent|left|done|"
    r"sent|lost|cut|read|seen|told|understood|won|sold)\b)"
)
"""What is done to the subject, or given to it: "plans should be drawn up" asks no plan, "should the talks fail" nobody."""

DONE_BY = re.compile(
    r"\b(?:should|must|needs? to|shall|to) be [^.;:]{2,90}? by (?P<who>(?:the |all |each |an? )?[^.;:(),]{2,60})"
)

SAID = re.compile(
    r".*\b(?:that|believes?|implies|means|says|said|argues?|argued|insists?|thinks?|feels?|suggests?|recommends?|hopes?|"
    r"agrees?|notes?|stress(?:es)?|if|then|what|why|how|because|where|when|whether|so|until|unless|until|than)\s",
    re.I,
)
"""What stands before a clause of its own: "The report argues that NATO" names NATO."""

RELATIVE = re.compile(
    r"^(?P<who>(?:[Aa]ll|[Tt]hose|[Tt]he|[Aa]ny|[A-Z])[^,]{0,60}?) (?:that|who|which|whose) "
    r"(?:have|has|had|are|is|were|was|do|does|did|can|could|will|wish|want|work|seek|remain|may|hold|live)\b"
)
"""A name with a clause that says which: "States that have not yet done so"."""

ONLY_WITH_CLAUSE = re.compile(r"^(?:all |any )?(?:those|anyone|anybody|everyone|people)\b", re.I)
OTHER_NOUN = re.compile(
    r"^.*?\b(?!(?:of|and|or|in|with|for|at|on|by|to|from|between|across|both|all|than|as)\b)[a-z]{2,} (?P<article>(?:the|an?) )"
)
"""A noun and the article of the next one, with "that" left out: "the role | the agencies should play"."""

DANGLING = re.compile(r"\b(?:the|an?|no|any|their|its|our|this|that|urgent|of|for|to)\s*$", re.I)
"""What ends no name: "the need to act" is a noun, and asks nobody."""

CONJUNCTION = re.compile(
    r"^(?:(?:and|but|so|yet|then|thus|also|both|what|now|for|as|perhaps|still|again|indeed|hence|therefore|rather)\s+)+",
    re.I,
)
FOR_WHOM = re.compile(
    r"(?i)\b(?:recommendations?|proposals|next steps|priorities|actions?|agenda|advice|suggestions|tasks) (?:for|to) "
    r"(?P<who>[^:;.()]{2,80})$"
)
NAMED_FIRST = re.compile(r"^(?P<who>[A-Z][^.:;()]{1,60}): (?:should |must |to )?(?=[A-Z]?[a-z]+\b)")
"""A name before a colon and what it is asked: "Donors: Pool your contributions"."""

BARE_VERB = re.compile(
    r"^(?:That )?(?P<who>(?:[Tt]he |[Ee]ach |[Ee]very )?[A-Z][\w-]+(?: (?:of |for |and )*[A-Z][\w-]+){0,3}?(?<!s)) (?:not |also |urgently )?"
    r"(?:accelerate|adapt|adopt|allocate|assess|avoid|clarify|conduct|consider|continue|coordinate|create|define|deliver|"
    r"develop|engage|enhance|ensure|establish|examine|expand|explore|facilitate|identify|implement|improve|increase|"
    r"integrate|invest|maintain|make|prepare|prioriti[sz]e|promote|provide|publish|pursue|reduce|report|review|revise|"
    r"strengthen|support|take|undertake|update)\b"
)
"""Somebody in the singular and a verb without -s: "the Ministry publish its plans"."""

OPENS_LIST = re.compile(
    r"(?:\b(?:to|should|must|that|consider|need|by|on)|\b(?:following|steps|actions|measures|recommendations|reforms|things|"
    r"priorities|ways|options|tasks|points)\b(?: \w+){0,6})\s*:$"
)
"""How a line ends whose items are what is asked."""

PRONOUN = re.compile(r"(?:^|.*[\s,])(?:it|they)$", re.I | re.S)
ITEM_MARK = re.compile(r"^\s*(?:[•▪‣·*–—-]|\(?[a-zA-Z0-9]{1,4}[.)])\s+")
ASIDE = re.compile(r"(?<=\w)\s*\([^)]*\)")
"""What is put in brackets: "the Federal Trade Commission (FTC) to act"."""

OWNER = re.compile(
    r"^(?:(?i:the|an?|any|every|future|new|current|more|its) )*(?P<who>(?:[A-Z][\w.-]+ ){0,3}[A-Z][\w.-]+(?=[’']s? )|(?:[A-Z]\.){2,}|[A-Z]{2,}\b)"
    r"(?:[’']s?)? (?:[\w-]+ ){0,3}(?:strateg(?:y|ies)|polic(?:y|ies)|approach|efforts?|engagement|plans?|support|diplomacy|assistance|"
    r"programmes?|programs?|posture|doctrine|planning|exercises?|training|messaging|outreach|investments?)$"
)
"""Whose policy should change: "NATO's policy should", "a U.S. strategy must"."""

OPENING = re.compile(
    r"^(?:[A-Z]\w+ly, |[^,]{0,80}, )?(?P<who>(?:[Tt]he )?[A-Z]?[\w’'.-]+(?: (?:of |the |and )*[A-Z]?[\w’'-]+){0,4}?) (?:is|are|has|have|was|were|will|can|cannot|could|would|\w+s|\w+ed)\b"
)
"""Who a sentence is about, before its verb."""


def find_addressee(text: str, earlier: str = "") -> str | None:
    """Return who is asked, as printed; several are joined by "; "; None where nobody is named. Words that ask somebody go before
    what somebody should do, and that before what he might do; then the first one counts. What stands `earlier` in the
    passage tells whom "it" and "they" mean."""
    bare = ASIDE.sub("", ITEM_MARK.sub("", text))
    found = _asked(bare)
    if found:
        return "; ".join(found)
    earlier = ASIDE.sub("", earlier)
    known = [earlier[start:end].strip() for start, end in sentences(earlier)]
    parts = [*known, *(bare[start:end].strip() for start, end in sentences(bare))]
    ways: tuple[Callable[[Sequence[str], int], str | None], ...] = (
        _told,
        _done_by,
        _named_first,
        _owner,
        _might,
    )
    for way in ways:
        told = (way(parts, number) for number in range(len(known), len(parts)))
        first = next((who for who in told if who), None)
        if first:
            return first
    return None


def find_addressee_in_heading(heading: str) -> str | None:
    """Return who a section of recommendations is for ("Recommendations for donors"), as printed; None where it does not say."""
    match = FOR_WHOM.search(heading)
    return match["who"].strip() if match and can_act(match["who"].strip()) else None


@lru_cache(maxsize=256)
def opens_request(line: str) -> bool:
    """Return whether a `line` that opens a list asks somebody for what its items say: "We urge Allies to:". What a law
    commands ("the Secretary shall:") is decided and not recommended."""
    last = _last_sentence(line)
    if not OPENS_LIST.search(last) or re.search(r"\bshall\b|\binclud\w+ the following", last):
        return False
    return _asked_by_list(last) is not None


@lru_cache(maxsize=256)
def find_addressee_of_list(line: str) -> str | None:
    """Return who is asked by the `line` that opens a list, as printed: by its last sentence, else by what stands before."""
    return (_asked_by_list(_last_sentence(line)) or find_addressee(line)) if line else None


def _last_sentence(line: str) -> str:
    """The sentence that opens the list, without what stands in brackets."""
    spans = sentences(line)
    return ASIDE.sub("", line[slice(*spans[-1])]).strip() if spans else ""


def _asked_by_list(sentence: str) -> str | None:
    """Who is asked by a sentence that stops before what is asked: "We urge Allies to:"."""
    asking = re.sub(r"\s*:$", " act", sentence)
    return "; ".join(_asked(asking)) or _told([asking], 0)


def _asked(text: str) -> list[str]:
    """Who is asked in so many words."""
    for pattern in (*ASKED, ASKED_BEFORE_LIST):
        named = (match["who"].strip(' ,“”"') for match in pattern.finditer(text))
        somebody = can_be_asked if pattern is ASKED[0] else can_act
        found = list(dict.fromkeys(who for who in named if can_act(who) or somebody(who)))
        if found:
            return found
    return []


def _told(parts: Sequence[str], number: int) -> str | None:
    """Who stands before the first "should" of a sentence; a pronoun for whom the sentences before are about."""
    return _subject(parts, number, TOLD)


def _might(parts: Sequence[str], number: int) -> str | None:
    """Who stands before the first "could"."""
    return _subject(parts, number, MIGHT)


def _subject(parts: Sequence[str], number: int, pattern: re.Pattern[str]) -> str | None:
    """Who stands before one of the words of `pattern` and is to act; the first such."""
    sentence = parts[number]
    for bound in pattern.finditer(sentence):
        if DONE_TO.match(bound["rest"]) and bound["modal"]:
            continue
        before = re.split(r"[;:()]|\s[–—-]\s|—", sentence[: bound.start()])[-1].strip(' “”"`')
        if PRONOUN.match(before) and number:
            return _meant(parts[:number])
        if re.search(r"\band$", before):  # "Norway has few ships and should"
            return _opening(parts[number])
        before = re.sub(r",? who$", "", before)
        who = None if DANGLING.search(before) else _name_at_end(before)
        if who:
            return who
    return None


def _owner(parts: Sequence[str], number: int) -> str | None:
    """Whose policy, plan or effort should change."""
    bound = TOLD.search(parts[number])
    clause = SAID.sub("", parts[number][: bound.start()]).split(", ")[-1].strip() if bound else ""
    match = OWNER.match(clause)
    return match["who"] if match and can_act(match["who"]) else None


def _meant(before: Sequence[str]) -> str | None:
    """Whom a pronoun means: who the nearest sentence before is about, if that is somebody."""
    found = (_told(before, number) or _opening(before[number]) for number in range(len(before) - 1, -1, -1))
    return next((who for who in found if who), None)


def _opening(sentence: str) -> str | None:
    """Who a sentence is about, if that is somebody."""
    match = OPENING.match(sentence)
    return match["who"] if match and can_act(match["who"]) else None


def _name_at_end(before: str) -> str | None:
    """The name that ends the words `before` a verb, without those that lead up to it."""
    clause = SAID.sub("", before).strip(' “”"`')
    relative = RELATIVE.match(CONJUNCTION.sub("", before.rsplit(", ", maxsplit=1)[-1]))
    if relative and can_act(relative["who"]):
        return relative.string if ONLY_WITH_CLAUSE.match(relative["who"]) else relative["who"]
    pieces = [piece for piece in clause.split(", ") if piece.strip(" ,")]
    if clause.endswith(",") and len(pieces) > 1 and not re.match(r"(?:and|or)\b", pieces[-1]):
        pieces = pieces[:-1]  # what is put in behind the name
    while len(pieces) > 1 and LEADING.match(pieces[0]):
        pieces = pieces[1:]
    listed = len(pieces) > 1 and re.match(r"(?:and|or|as well as)\b", pieces[-1])
    for kept in (pieces, pieces[-1:]) if listed else (pieces[-1:],):
        who = CONJUNCTION.sub("", ", ".join(kept)).strip(' ,“”"`')
        who = who[start.start("article") :] if (start := OTHER_NOUN.match(who)) else who
        if can_act(who):
            return who
    return None


def _done_by(parts: Sequence[str], number: int) -> str | None:
    """Who is to do it: "plans should be drawn up by the ministries"."""
    match = DONE_BY.search(parts[number])
    who = match["who"].strip() if match else ""
    return who if who and can_act(who) else None


def _named_first(parts: Sequence[str], number: int) -> str | None:
    """Who is named before a colon, or before a bare verb."""
    for pattern in (NAMED_FIRST, BARE_VERB):
        match = pattern.match(parts[number])
        if match and can_act(match["who"]):
            return match["who"]
    return None
