"""Names of authors as references want them: persons in family and given names, groups as one.

A name is taken for a person's only when nothing speaks against it: a group that is printed as "Programme, U. N. D." is a
worse fault than a person whose name stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_GROUP_WORDS = frozenset(
    [
        "academy",
        "administration",
        "agency",
        "alliance",
        "armed",
        "assembly",
        "association",
        "authority",
        "bank",
        "board",
        "branch",
        "bureau",
        "cell",
        "center",
        "centre",
        "chamber",
        "club",
        "college",
        "command",
        "commission",
        "committee",
        "community",
        "company",
        "confederation",
        "conference",
        "congress",
        "consortium",
        "convention",
        "cooperation",
        "corporation",
        "corps",
        "council",
        "court",
        "delegation",
        "department",
        "development",
        "directorate",
        "division",
        "embassy",
        "federation",
        "force",
        "forces",
        "forum",
        "foundation",
        "fund",
        "government",
        "group",
        "headquarters",
        "house",
        "initiative",
        "inspectorate",
        "institute",
        "institution",
        "kingdom",
        "league",
        "library",
        "ministry",
        "mission",
        "museum",
        "nations",
        "navy",
        "network",
        "newspaper",
        "observatory",
        "office",
        "organisation",
        "organization",
        "parliament",
        "partnership",
        "party",
        "police",
        "press",
        "programme",
        "program",
        "project",
        "publishers",
        "publishing",
        "republic",
        "research",
        "review",
        "school",
        "secretariat",
        "secretary-general",
        "section",
        "senate",
        "service",
        "services",
        "society",
        "staff",
        "states",
        "international",
        "global",
        "world",
        "watch",
        "rights",
        "national",
        "federal",
        "royal",
        "taskforce",
        "team",
        "trust",
        "tribunal",
        "union",
        "unit",
        "university",
        "workshop",
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "plc",
        "amt",
        "anstalt",
        "behörde",
        "bund",
        "bundesamt",
        "gesellschaft",
        "institut",
        "ministerium",
        "rat",
        "stiftung",
        "universität",
        "verband",
        "verein",
        "verlag",
        "agence",
        "banque",
        "bureau",
        "centre",
        "comité",
        "conseil",
        "direction",
        "fondation",
        "ministère",
        "organisation",
        "société",
        "université",
        "agencia",
        "banco",
        "comisión",
        "comité",
        "consejo",
        "fundación",
        "ministerio",
        "organización",
        "universidad",
        "министерство",
        "комитет",
        "совет",
        "институт",
        "комиссия",
        "организация",
    ]
)
"""Words that no person's name has and names of groups have."""
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "vom",
        "zu",
        "zur",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "do",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "el",
        "al",
        "af",
        "av",
        "bin",
        "ibn",
        "ben",
        "ter",
        "ten",
        "y",
        "e",
    ]
)
_TITLES = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sir|Dame|Lord|Lady|Gen|Lt|Col|Maj|Capt|Cdr|Adm|Amb|Rev|Hon|H\.\s?E|Frau|Herr|Mme)\.?"
    r"|(?:Professor|General|Admiral|Ambassador|Minister|President|Colonel|Major|Captain|Commander|Lieutenant|Brigadier"
    r"|Excellency|Secretary|Madame|Monsieur|His|Her|Their))\s+(?=\S)"
)
_BEHIND = re.compile(
    r"\s*\([^()]*\)\s*$|,\s*(?:Ph\.?\s?D\.?|M\.?D\.?|MBE|OBE|CBE|KCMG|Esq\.?|Chair(?:man|woman|person)?)$"
)
_SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV)$")
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-])*")
MOST_WORDS = 5  # of a person's name; longer ones are groups or lists
CSLName = dict[str, str]


def parse_name(name: str) -> CSLName:
    """Return a name as CSL-JSON has it: {"family", "given", "suffix"} of a person, {"literal"} of a group or of one word.

    >>> parse_name("Jory A. Ash"), parse_name("van Dijk, Ada")
    ({'family': 'Ash', 'given': 'Jory A.'}, {'family': 'van Dijk', 'given': 'Ada'})
    >>> parse_name("Rowing Club"), parse_name("NATO")
    ({'literal': 'Rowing Club'}, {'literal': 'NATO'})
    """
    whole = " ".join(name.split())
    bare = _BEHIND.sub("", whole)
    while match := _TITLES.match(bare):
        bare = bare[match.end() :]
    suffix = _SUFFIX.search(bare)
    bare = bare[: suffix.start()] if suffix else bare
    parts = _split(bare)
    if parts is None:
        return {"literal": whole}
    family, given = parts
    return {"family": family, "given": given} | ({"suffix": suffix[1]} if suffix else {})


def _split(bare: str) -> tuple[str, str] | None:
    """Family and given names; None where this is no person's name in two parts."""
    before, comma, behind = (part.strip() for part in bare.partition(","))
    words = bare.replace(",", " ").split()
    if not 2 <= len(words) <= MOST_WORDS or bare.count(",") > 1 or not all(map(_may_be_personal, words)):
        return None
    if comma:
        return (before, behind) if before and behind else None
    capitals = [word for word in words if len(word) > 2 and word.isupper() and "." not in word]
    if capitals and len(capitals) < len(words):  # "António GUTERRES", as the United Nations print names
        given = [word for word in words if word not in capitals]
        return " ".join(word.title() for word in capitals), " ".join(given)
    if capitals or words[0].lower() in _PARTICLES:
        return None
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in _PARTICLES and words[at - 1].islower():
        at -= 1
    return " ".join(words[at:]), " ".join(words[:at])


def _may_be_personal(word: str) -> bool:
    """Whether a word may be a part of a person's name."""
    if not _WORD.fullmatch(word) or word.casefold().strip(".") in _GROUP_WORDS:
        return False
    return word[0].isupper() or word in _PARTICLES


def name_words(name: Mapping[str, str]) -> str:
    """Return a name in the order in which it is spoken."""
    if "literal" in name:
        return name["literal"]
    return " ".join(part for part in (name["given"], name["family"], name.get("suffix")) if part)


def sorted_name(name: Mapping[str, str]) -> str:
    """Return a name in the order of lists: "Ash, Jory A."; groups as they are."""
    if "literal" in name:
        return name["literal"]
    return ", ".join(part for part in (name["family"], name.get("suffix"), name["given"]) if part)
