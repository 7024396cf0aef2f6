"""Bodies that issue documents: those known by name, by the beginning of their symbols, or by a word such as "Institute"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.facts.front import folded

_UN = "United Nations"
_GA, _SC = f"{_UN} General Assembly", f"{_UN} Security Council"
_ECOSOC = f"{_UN} Economic and Social Council"
BODY_OF_SYMBOL: Mapping[str, str] = {
    "A": _GA,
    "S": _SC,
    "E": _ECOSOC,
    "T": f"{_UN} Trusteeship Council",
    "ST": f"{_UN} Secretariat",
    "A/HRC": f"{_UN} General Assembly, Human Rights Council",
    "E/ICEF": f"{_UN} Children's Fund (UNICEF), {_ECOSOC}",
    "E/ECE": f"{_UN} Economic and Social Council, Economic Commission for Europe",
    "ECE": f"{_UN} Economic Commission for Europe",
    "E/ESCAP": f"{_UN} Economic and Social Commission for Asia and the Pacific",
    "LC": f"{_UN} Economic Commission for Latin America and the Caribbean",
    "DP": f"Executive Board of the {_UN} Development Programme, the {_UN} Population Fund and the {_UN} Office for Project Services",
    "DP/FPA": f"Executive Board of the {_UN} Development Programme, the {_UN} Population Fund and the {_UN} Office for Project Services",
    "FCCC": f"{_UN} Framework Convention on Climate Change",
    "JIU": f"Joint Inspection Unit of the {_UN} system",
    "TD": f"{_UN} Conference on Trade and Development",
    "UNEP": f"{_UN} Environment Programme",
    "HSP": f"{_UN} Human Settlements Programme",
    "CCPR": f"{_UN} Human Rights Committee",
    "CEDAW": f"{_UN} Committee on the Elimination of Discrimination against Women",
    "CERD": f"{_UN} Committee on the Elimination of Racial Discrimination",
    "CRC": f"{_UN} Committee on the Rights of the Child",
    "CAT": f"{_UN} Committee against Torture",
    "CRPD": f"{_UN} Committee on the Rights of Persons with Disabilities",
    "CD": "Conference on Disarmament",
    "CTOC": f"Conference of the Parties to the {_UN} Convention against Transnational Organized Crime",
    "CAC": f"Conference of the States Parties to the {_UN} Convention against Corruption",
    "PBC": f"{_UN} Peacebuilding Commission",
    "ICCD": f"{_UN} Convention to Combat Desertification",
    "UNW": f"{_UN} Entity for Gender Equality and the Empowerment of Women (UN-Women)",
    "WT": "World Trade Organization",
    "INFCIRC": "International Atomic Energy Agency",
    "COM": "European Commission",
    "SWD": "European Commission",
    "SEC": "European Commission",
    "JOIN": "European Commission, High Representative of the Union for Foreign Affairs and Security Policy",
    "CDL": "European Commission for Democracy through Law (Venice Commission), Council of Europe",
    "CM": "Council of Europe, Committee of Ministers",
    "AJP": "North Atlantic Treaty Organization (NATO), NATO Standardization Office",
    "STANAG": "North Atlantic Treaty Organization (NATO), NATO Standardization Office",
    "C-M": "North Atlantic Treaty Organization (NATO), North Atlantic Council",
    "MC": "North Atlantic Treaty Organization (NATO), Military Committee",
    "GAO": "United States Government Accountability Office",
    "arXiv": "arXiv",
}
"""The body whose symbols begin so, by its own list of symbols; the longest beginning counts."""

_KNOWN = (
    "General Assembly", "Security Council", "Economic and Social Council", "Trusteeship Council", "International Court of Justice",
    "Human Rights Council", "Executive Board", "Joint Inspection Unit", "Conference on Disarmament", "United Nations",
    "North Atlantic Treaty Organization", "NATO", "NATO Parliamentary Assembly", "North Atlantic Council", "Military Committee",
    "NATO Standardization Office", "European Commission", "European Parliament", "Council of the European Union", "European Council",
    "European Court of Auditors", "European External Action Service", "European Union", "European Central Bank", "Council of Europe",
    "Organization for Security and Co-operation in Europe", "OSCE", "OECD", "Organisation for Economic Co-operation and Development",
    "World Bank", "World Bank Group", "International Monetary Fund", "World Trade Organization", "World Health Organization",
    "International Labour Organization", "UNESCO", "UNICEF", "UNHCR", "UNDP", "UNODC", "UN Women", "African Union", "Amnesty International",
    "Human Rights Watch", "International Committee of the Red Cross", "Chatham House", "RAND Corporation", "Transparency International",
    "Congressional Research Service", "House of Commons", "House of Lords", "Bundestag", "Deutscher Bundestag", "Bundesregierung",
    "House of Representatives", "United States Senate", "Assemblée nationale", "Assemblée générale", "Conseil de sécurité", "Conseil économique et social", "Nations Unies",
    "Fonds des Nations Unies pour l'enfance", "Asamblea General", "Consejo de Seguridad", "Naciones Unidas", "Commission européenne",
)  # fmt: skip
_KNOWN_FOLDED = frozenset(map(folded, (*_KNOWN, *BODY_OF_SYMBOL.values())))
_HEAD_NOUNS = (
    r"universit(?:y|é|ät|at|à|eit)|universidad|institut(?:e|ion|o)?|cent(?:er|re)|centro|zentrum|department|département|departamento|minist(?:ry|ère|erio|erium)|"
    r"ministère|ministerium|agency|agence|agencia|agentur|council|conseil|consejo|commission|comisión|kommission|committee|comité|office|bureau|"
    r"authority|administration|foundation|fondation|fundación|stiftung|association|asociación|society|organi[sz]ation|federation|"
    r"bank|banque|banco|fund|secretariat|programme|corporation|company|limited|inc|ltd|llc|gmbh|ag|party|parliament|parlement|parlamento|"
    r"government|gobierno|gouvernement|court|tribunal|academy|college|school|laborator(?:y|ies)|museum|service|union|"
    r"network|group|alliance|league|chamber|board|directorate|assembly|institute|subcommittee|programs?|consortium|coalition|inspectorate|"
    r"observatory|initiative|division|\w*ministerium|\w*bundesamt"
)
_HEAD_NOUN = re.compile(rf"\b(?:{_HEAD_NOUNS})\b", re.IGNORECASE)
_SMALL = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "on",
        "in",
        "to",
        "de",
        "la",
        "le",
        "les",
        "des",
        "du",
        "del",
        "der",
        "die",
        "das",
        "und",
        "et",
        "y",
        "für",
        "pour",
        "para",
        "e",
        "&",
        "a",
        "an",
        "at",
        "von",
        "zur",
        "zum",
        "l",
        "d",
        "with",
        "against",
    ]
)
_PREPOSITION = re.compile(
    r"\s(?:of|for|on|in|to|at|against|with|under|de|du|des|del|della|di|da|do|d[’']|der|für|von|zur?|zum|pour|para|sur|sobre|voor)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|le|la|l[’']|el|il|das|die|der)\s*", re.IGNORECASE)
_SENTENCE = re.compile(r"[“”\"]|[.!?;:]\s|\?$|\b(?:is|are|was|were|has|have|will|shall|should|how|why|what|by|from|report|review|letter|towards|strategy|plan|"
                       r"implementation|guide|analysis|study|assessment|annual|dated|statement|address|speech|remarks)\b", re.IGNORECASE)  # fmt: skip
MOST_WORDS = 14


def is_body(text: str) -> bool:
    """Tell whether a whole line is the name of a body: one that is known, or a name whose kind opens or ends it.

    The kind stands before the first preposition, "Institute of Quays"; words with a body behind one are about it.

    >>> is_body("GENERAL ASSEMBLY"), is_body("Furman Center for Real Estate & Urban Policy"), is_body("The centre cannot hold")
    (True, True, False)
    >>> is_body("Defence of the Harbour Bank"), is_body("Professor of Lamps in the Harbour College"), is_body("Committee on")
    (False, False, False)
    """
    text = text.strip(" *,.|•-–")
    if folded(text) in _KNOWN_FOLDED:
        return True
    words = re.findall(r"[\w’'.&-]+", text)
    if not 2 <= len(words) <= MOST_WORDS or _SENTENCE.search(text) or not _names_its_kind(text):
        return False
    return all(word[:1].isupper() or word.casefold() in _SMALL or not word[:1].isalpha() for word in words)


def _names_its_kind(text: str) -> bool:
    """Whether a word such as "Institute" opens or ends what stands before the first preposition of a name that is whole."""
    if hangs(text):
        return False
    first = _PREPOSITION.split(_ARTICLE.sub("", re.sub(r"\([^)]*\)", "", text)), maxsplit=1)[0]
    words = re.findall(r"[\w’'&-]+", first)
    return any(_HEAD_NOUN.fullmatch(word) for word in (*words[:1], *words[-1:]))


def hangs(text: str) -> bool:
    """Tell whether a line ends with a word that joins it to the next: "Committee on".

    >>> hangs("THE IMPACTS OF SALT ON"), hangs("Lamps at sea")
    (True, False)
    """
    last = text.split()[-1:]
    return bool(last) and last[0].casefold() in _SMALL - {"a", "e", "l", "d"}


def opens_body(text: str) -> bool:
    """Tell whether a line is the beginning of a name that goes on in the next: "COMMITTEE ON".

    >>> opens_body("COMMITTEE ON"), opens_body("BEFORE THE")
    (True, False)
    """
    return hangs(text) and is_body(f"{text} Quays")


def is_known_body(text: str) -> bool:
    """Tell whether a whole text is a name in the list of known bodies."""
    return folded(text) in _KNOWN_FOLDED


def body_of_symbol(symbol: str) -> str | None:
    """Return the body that names its documents so, None for a beginning that no list has.

    >>> body_of_symbol("S/2025/389"), body_of_symbol("COM(2020) 605 final"), body_of_symbol("X/1")
    ('United Nations Security Council', 'European Commission', None)
    """
    parts = re.split(r"[/(\s:]|-(?=\d)", symbol)
    for length in (2, 1):
        found = BODY_OF_SYMBOL.get("/".join(parts[:length]))
        if found:
            return found
    return None
