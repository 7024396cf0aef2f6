"""Who can be asked to act: names, offices, groups of people; no plans, efforts or conflicts."""

from __future__ import annotations

import re

from search.analysis.words import stop_words

MOST_WORDS = 12
"""A longer stretch before the verb is a clause and no name, unless it is a list, which may have twice as many: of 91
hand-labelled addressees 89 have at most 9 words, the other two 13 and 19."""

ACTING = re.compile(
    r"(?i)^(?:governments?|states?|countr(?:y|ies)|compan(?:y|ies)|nations?|authorit(?:y|ies)|stakeholders?|leaders?|"
    r"organi[sz]ations?|institut(?:ions?|es?)|all(?:y|ies)|partners?|ministr(?:y|ies)|parliaments?|part(?:y|ies)|"
    r"business(?:es)?|communit(?:y|ies)|forces|universit(?:y|ies)|members?|entit(?:y|ies)|groups?|councils?|"
    r"committees?|agenc(?:y|ies)|departments?|components|teams?|staffs?|presidents?|ministers?|secretar(?:y|ies)|"
    r"directors?|directorates?|commissions?|commissioners?|congress|senate|house|participants|delegations?|"
    r"administrations?|alliances?|coalitions?|unions?|federations?|associations?|corporations?|assembl(?:y|ies)|"
    r"bod(?:y|ies)|boards?|bureaus?|offices?|units?|centres?|centers?|courts?|foundations?|people|persons|individuals|"
    r"citizens|women|men|youth|parents|everyone|everybody|anybody|nobody|police|military|army|navy|judiciary|media|press|"
    r"industry|industries|sectors?|public|society|societies|academia|west|czar|chiefs?|heads?|chairs?|spouses|"
    r"defen[cs]e|secretariats?|embass(?:y|ies)|missions?|services|operators|cabinet|republic|kingdom|ngos?|cities|regions|"
    r"municipalit(?:y|ies)|city|province|provinces|families|schools|banks?|firms?|donors?|envoys?|heroes|adversaries|"
    r"philanthropies|contingents?|troops|battalions?|crews?|brigades?|headquarters|presidency|presidencies|workforce|"
    r"scholars|nationals|professionals|officials|users?|generals?|executives|representatives?|signator(?:y|ies)|"
    r"(?!(?:numb|ord|fact|sect|bord|pap|pow|consum|hundr|oth|matt|lett|err|cent|quart|chapt|transf|trigg|barri|numb|off|"
    r"comput|corrid|indicat|vect|mirr|fav|hono|lab|behavi|flav|hum|rum|tum|terr|horr|empl|charact|disast|wat|weath|wint|"
    r"summ|shelt|fib|lay|pill|tow|draw|driv|fing|newslett|regist|semest|clust|fost|ord|met|sensors?|react|react|mot|doct|"
    r"vess|carri|prim|posters?|danger|dang|manner|mann|corn|dollar|timber|timb|remaind|bann|answ|silv|murd|laser|radar)"
    r"(?:er|or)s?$)[a-z]{3,}(?:[eo]rs?|ists?|ians?|eers?|ees))$"
)
"""Nouns of those who act, or of many of them by their ending ("planners", "economists"): the head of an addressee."""

THINGS = re.compile(
    r"(?i)^(?!(?:france|beijing)$)(?:conflicts?|united|wars?|funds?|polic(?:y|ies)|strateg(?:y|ies)|plans?|programmes?|programs?|projects?|efforts?|"
    r"approach(?:es)?|frameworks?|systems?|process(?:es)?|measures?|reports?|laws?|bills?|rules?|standards?|exercises?|"
    r"budgets?|models?|tools?|focus|goals?|aims?|objectives?|priorit(?:y|ies)|support|aid|works?|steps?|issues?|"
    r"challenges?|threats?|questions?|answers?|actions?|effects?|costs?|rates?|changes?|results?|resources?|roles?|"
    r"talks|data|research|texts?|treat(?:y|ies)|resolutions?|charter|guidelines?|reforms?|trade|peace|security|"
    r"risks?|practices?|activit(?:y|ies)|capabilit(?:y|ies)|opportunit(?:y|ies)|responsibilit(?:y|ies)|dialogue|"
    r"weapons?|missiles?|platforms?|networks?|technolog(?:y|ies)|products?|sanctions?|force|law|cases?|time|year|"
    r"article|section|chapter|paragraph|annex|figure|table|page|day|things?|way|part|world|future|past|need|"
    r"\w{2,}(?:ment|ness|ism|ship|hood|ance|ence|ure|sis|cy|dom|ity|ing|ings|tions?|sions?|ments|ances|ences|ures))$"
)
"""Nouns of what does not act by itself; those that do are found by ACTING first ("institution", "government")."""

NOBODY = re.compile(
    r"(?i)^(?:we|i|you|it|this|that|these|there|they|he|she|such|which|who|what|one|the more|the less|measures?|efforts?|consideration|"
    r"attention|more|priority|the need|its|recruitment|in|for|to|because|while|if|as|when|nothing|none|them|me)\b"
)
"""How no addressee begins."""

LEADING = re.compile(
    r"(?i)^(?:in|to|by|as|at|on|under|with|without|for|from|of|given|since|while|although|though|if|when|once|after|before|"
    r"beyond|despite|during|through|throughout|rather|similar|like|unlike|because|where|whether|amid|against|among|alongside|"
    r"instead|first|second|third|fourth|fifth|finally|lastly|next|here|but|and|so|yet|then|also|too|more|most|moreover|"
    r"however|therefore|thus|hence|meanwhile|nevertheless|now|today|ultimately|not|even|only|just|(?!italy|assembly|ally|family|beijing)\w+(?:ly|ing)|"
    r"(?:based|led|run|taken|combined|compared|coupled|faced|seen|supported|known|guided|working|together) )\b"
)
"""How a piece before a comma begins that only leads up to the name or is put in behind it: "Building on this, NATO"."""

VERB = re.compile(
    r"^(?!.*\b(?:who|that|which)\b).*\b(?:is|are|was|were|has|have|had|would|will|can|cannot|could|should|must|does|do)\b"
)
"""A clause, and not one that says which."""

ALL_WHO = re.compile(
    r"(?i)^(?:all of (?:us|you|them|our|the|its|these|those)|those|anyone|everyone|everybody|each of|every one)\b"
)

PIECE = re.compile(r"\s*(?:,| and | or | as well as )\s*(?:and |or )?")
BEHIND = re.compile(
    r"\s(?:of|in|on|for|from|with|at|across|within|to|that|who|whose|which|under|between|among|concerned|involved|"
    r"responsible|present|committed|based|affected|engaged|seeking|alike|itself|themselves|including|together)\b"
)
"""What follows the head of a name: "Leaders | in Washington"."""


def can_act(who: str) -> bool:
    """Return whether `who` is somebody, and no clause, plan or effort."""
    pieces = _pieces(who)
    if not pieces or _is_thing(_head(pieces[0])):
        return False
    return _acts(pieces[-1]) or bool(ACTING.match(_head(pieces[0])))


def can_be_asked(who: str) -> bool:
    """Return whether `who` can be who is asked in so many words: no clause, and no thing as far as is known."""
    heads = [_head(piece) for piece in _pieces(who)]
    return bool(heads) and all(
        head and not _is_thing(head) and head.lower() not in stop_words() for head in heads
    )


def _pieces(who: str) -> list[str]:
    """The names in `who`; none where it is a clause or leads up to one."""
    most = MOST_WORDS * (2 if ", " in who or " and " in who else 1)
    if NOBODY.match(who) or LEADING.match(who) or VERB.search(who) or not 1 <= len(who.split()) <= most:
        return []
    return [piece for piece in PIECE.split(who) if piece]


def _head(name: str) -> str:
    """The noun that a name turns on: "leaders" of "Leaders in Washington"."""
    words = BEHIND.split(name, maxsplit=1)[0].split()
    if not words:
        return ""
    return words[-1].strip("’'“”\"`").removesuffix("’s").removesuffix("'s").split("-")[-1]


def _is_thing(head: str) -> bool:
    """Whether a noun is of what does not act by itself."""
    return bool(THINGS.match(head)) and not ACTING.match(head)


def _acts(name: str) -> bool:
    """Whether one name, without others beside it, is of somebody."""
    head = _head(name)
    if ACTING.match(head) or ALL_WHO.match(name):
        return True
    return head[:1].isupper() and len(head) > 1 and head.lower() not in stop_words() and not _is_thing(head)
