"""Who speaks and with which verbs: the parts from which the rules of `finding_rules.py` are put together.

All are pieces of regular expressions without groups of their own that count, to be joined by single blanks.
"""

from __future__ import annotations

ADVERBS = r"(?:(?:strongly|further|also|again|once again|therefore|hereby|once more|particularly|now|respectfully) )*"

URGE = r"(?:urge|call (?:up)?on|encourage|recommend|appeal to|invite|request|implore|exhort|call for|propose|advise)"
URGES = r"(?:urges|calls (?:up)?on|encourages|recommends|appeals to|invites|requests|exhorts|calls for|proposes|advises)"
"""Verbs that ask somebody to act, of the first and of the third person."""

PEOPLE = (
    r"(?:[Pp]articipants?|[Ss]peakers?|[Pp]anel(?:l?ists?)?|[Dd]elegat(?:es|ions?)|[Mm]embers?|[Ee]xperts?|"
    r"[Aa]ttendees|[Mm]oderators?|[Aa]llies|[Pp]artners?|[Dd]iscussants?|[Cc]ontributors|[Rr]epresentatives?|"
    r"[Oo]fficials|[Aa]nalysts|[Oo]bservers|[Tt]he (?:[\w-]+ ){0,2}(?i:group|panel|session|workshop|symposium|"
    r"conference|meeting|forum|committee|inspectors?|commission|board|council|report|audit|evaluation|review|study|"
    r"assembly|chair(?:person|man|woman)?|rapporteur))"
)
"""Those whose views a conference report tells."""

SPOKE = (
    r"(?:noted|stressed|agreed|underlined|underscored|emphasi[sz]ed|highlighted|pointed (?:out|to)|argued|concluded|"
    r"observed|acknowledged|recogni[sz]ed|felt|considered|reaffirmed|affirmed|warned|maintained|remarked|believed|"
    r"shared the view|were of the view|expressed (?:concern|the view|regret|satisfaction)|welcomed|"
    r"remained (?:convinced|concerned)|said|called attention to|found)"
)
SPEAKS = (
    r"(?:notes?|stress(?:es)?|agrees?|underlines?|underscores?|emphasi[sz]es?|highlights?|argues?|concludes?|"
    r"observes?|acknowledges?|recogni[sz]es?|believes?|considers?|finds?|indicates?|shows?|demonstrates?|says?|"
    r"holds? that)"
)
"""Verbs of saying and judging, past and present."""

PREAMBLE = (
    r"(?:[Rr]ecogni[sz](?:ing|es)|[Nn]ot(?:ing|es)|[Ee]xpress(?:ing|es)|[Ww]elcom(?:ing|es)|[Rr]eaffirm(?:ing|s)|"
    r"[Ss]tress(?:ing|es)|[Ee]mphasi[sz](?:ing|es)|[Hh]ighlight(?:ing|s)|[Aa]cknowledg(?:ing|es)|"
    r"[Rr]eiterat(?:ing|es)|[Aa]ffirm(?:ing|s)|[Uu]nderlin(?:ing|es)|[Uu]nderscor(?:ing|es)|[Cc]oncerned|"
    r"[Tt]ak(?:ing|es) (?:note|into consideration)|[Cc]onvinced|[Rr]egrett(?:ing|s)|[Aa]ware|[Mm]indful|"
    r"[Cc]onsidering|[Aa]ppreciat(?:ing|es)|[Oo]bserv(?:ing|es))"
)
"""How the clauses of a resolution begin that judge and do not ask; "Recalling" only cites and is left out."""

PROMISED = (
    r"(?:agree(?:d|ing)|decided|pledged|undert(?:ook|aken)|committed (?:itself|themselves|ourselves)|plans|resolved|"
    r"promised)"
)

ACTOR = (
    r"(?:[Ww]e|I|NATO|[Tt]he (?:[\w-]+ ){0,4}(?:[Gg]overnment|Nations|[Mm]ission|[Aa]dministration|Alliance|"
    r"[Cc]ommittee|[Cc]ommission|[Cc]ouncil|[Ss]ecretariat|[Tt]eam|[Dd]ivision|[Oo]ffice|[Cc]ommand|[Mm]inistry|"
    r"[Uu]niversity|[Pp]arties|[Dd]irectorate|Union|[Aa]gency|[Bb]oard|Organi[sz]ation|Force)|"
    r"[Bb]oth (?:sides|parties)|Allies|[Pp]artners|[Pp]articipants|"
    r"(?:[Mm]y|[Oo]ur) (?:country|[Gg]overnment|delegation|office)|"
    r"(?!(?:This|That|These|Those|It|They|There|Such|However|Climate|In|The|He|She|What|Which|Who)\b)"
    r"[A-Z]\w+(?: [A-Z]\w+)*)"
)
"""Those who can promise something, or be told what they should do: by kind, or by a proper name."""

ADDRESSED = (
    r"(?:(?:all|both|many|most|other|our|these|those|such|developed|developing|national|local|public|private|member|"
    r"partner|allied|donor|international|the|The|All|Member) ){0,3}"
    r"(?:[Gg]overnments?|[Ss]tates?|[Cc]ountries|[Cc]ompanies|[Nn]ations|[Aa]uthorities|[Ss]takeholders|[Ll]eaders|"
    r"[Oo]rgani[sz]ations|[Ii]nstitutions|[Aa]llies|[Pp]artners|[Mm]inistries|[Pp]arliaments|[Dd]onors|[Pp]arties|"
    r"[Bb]usinesses|[Cc]ommunity|[Aa]rmed [Ff]orces|[Pp]olicymakers|[Pp]ractitioners|[Cc]ommanders|[Uu]niversities)"
)
"""Those whom recommendations address."""

WEIGHTY = (
    r"(?:important|essential|crucial|vital|critical|imperative|necessary|evident|clear|obvious|key|paramount|urgent|"
    r"indispensable|fundamental|central)"
)
"""What makes "it is ..." a judgement."""
