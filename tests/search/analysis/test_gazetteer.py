"""Countries and organisations are found under their names, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.gazetteer import find_mentions, mention_labels, mention_names

NAMED = [
    ("The Allies thanked Ukraine, Georgia and the Republic of Moldova.", ("UA", "GE", "MD")),
    ("Papua New Guinea and Equatorial Guinea are two; so is Guinea-Bissau.", ("PG", "GQ", "GW")),
    ("Niger, Nigeria, Sudan and South Sudan", ("NE", "NG", "SD", "SS")),
    ("the Republic of Korea and the Democratic People's Republic of Korea", ("KR", "KP")),
    ("Türkiye, Turkey’s neighbour", ("TR",)),
    ("BOSNIA AND HERZEGOVINA AND KOSOVO", ("BA", "XK")),
    ("Côte d’Ivoire is the Ivory Coast", ("CI",)),
    ("la Macédoine du Nord et les États-Unis", ("MK", "US")),
    ("The EU, the OSCE and the Organization for Security and Co-operation in Europe", ("european-union", "osce")),
    ("The UN Security Council met the African Union.", ("security-council", "african-union")),
]  # fmt: skip
NOT_NAMED = [
    "a Ukrainian officer and Georgian troops",
    "turkey was served; we ask us and who can",
    "the Gulf of Guinea and New Mexico",
    "USAID and EUCOM, a non-EU body, and UNIQUE",
]


@pytest.mark.parametrize(("text", "ids"), NAMED)
def test_every_name_is_found_the_longest_first(text: str, ids: tuple[str, ...]) -> None:
    assert find_mentions(text) == ids


@pytest.mark.parametrize("text", NOT_NAMED)
def test_adjectives_and_other_words_name_nobody(text: str) -> None:
    assert find_mentions(text) == ()


@given(st.sampled_from(sorted(mention_names())), st.sampled_from(sorted(mention_names())))
def test_any_name_is_found_in_a_sentence(one: tuple[str, str], two: tuple[str, str]) -> None:
    found = find_mentions(f"They met {one[0]}; {two[0]} answered.")
    first = {value for name, value in mention_names() if name == one[0]}
    second = {value for name, value in mention_names() if name == two[0]}
    assert set(found) <= first | second and set(found) & first and set(found) & second


def test_all_have_a_label_that_can_stand_in_a_sentence() -> None:
    labels = mention_labels()
    assert {value for _, value in mention_names()} <= labels.keys()
    assert labels["BA"] == "Bosnia and Herzegovina" and (labels["osce"], labels["united-nations"]) == (
        "OSCE",
        "United Nations",
    )


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert set(find_mentions(text)) <= mention_labels().keys()
