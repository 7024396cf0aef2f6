"""Whom a text asks to act: constructions that name somebody, things that cannot act, lists and headings."""

from __future__ import annotations

import pytest

from indexer.marking.addressees import (
    find_addressee,
    find_addressee_in_heading,
    find_addressee_of_list,
    opens_request,
)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("We urge all parties to the talks to return to the table.", "all parties to the talks"),
        ("We call upon the Council to act.", "the Council"),
        ("The panel is asking parliaments to ratify soon.", "parliaments"),
        ("The mission urges the Road Safety Board (RSB) to report.", "the Road Safety Board"),
        ("Participants recommended that the Alliance set up a cell.", "the Alliance"),
        ("It is essential for donors to pool their money.", "donors"),
        ("It is important that the mission keep its records.", "the mission"),
        ("It is up to the host nation to keep the road open.", "the host nation"),
        ("It is the council's task to publish the list.", "the council"),
        ("The onus is on the contributing nations.", "the contributing nations"),
        ("The report calls for member states to share costs.", "member states"),
        ("Partners are encouraged to send observers.", "Partners"),
        ("Calls upon all States, in building the new order, to take steps.", "all States"),
        ("Requests the Secretary-General to submit a report.", "the Secretary-General"),
        ("It is imperative that the crews return to the quay.", "the crews"),
        ("Recommends the following for consideration by the harbour board:", "the harbour board"),
        ("Plans should be drawn up by the national authorities.", "the national authorities"),
    ],
)
def test_who_is_asked_in_so_many_words_is_named(text: str, who: str) -> None:
    assert find_addressee(text) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The ministries of defence should publish their plans.", "The ministries of defence"),
        ("Each country must decide for itself.", "Each country"),
        ("Therefore the EU should also be ready to help.", "the EU"),
        ("Small states cannot afford to wait.", "Small states"),
        ("If trust is to grow, NATO and its partners must talk earlier.", "NATO and its partners"),
        (
            "To keep the lanes open, coastal states, shipping firms, and insurers should share reports.",
            "coastal states, shipping firms, and insurers",
        ),
        ("Roads are few, and the ministry should count them.", "the ministry"),
        ("The committee, working with the mission, should report each year.", "The committee"),
        ("States that have not yet done so should ratify the treaty.", "States"),
        ("Those who hold the records should open them.", "Those who hold the records"),
        ("The factors that states should weigh are many.", "states"),
        ("The role the agencies should play is open.", "the agencies"),
        ("Norway has few ships and should lease more.", "Norway"),
        ("The mission has few staff. It should ask for more.", "The mission"),
        ("A future EU strategy must name a budget.", "EU"),
        ("NATO’s training policy should change.", "NATO"),
        ("Italy needs to lead.", "Italy"),
        ("The Assembly should, at its next session, elect a chair.", "The Assembly"),
        ("Cities, for example, can encourage firms to recycle.", "Cities"),
        ("Donors: Pool your contributions.", "Donors"),
        ("The Ministry publish its plans each year.", "The Ministry"),
        ("The Secretary General could convene a meeting.", "The Secretary General"),
    ],
)
def test_who_should_act_is_named_without_the_words_that_lead_up_to_it(text: str, who: str) -> None:
    assert find_addressee(text) == who


@pytest.mark.parametrize(
    "text",
    [
        "Conflict must be prevented early.",
        "The Security Fund should be used more.",
        "The training should focus on doctrine.",
        "Efforts must continue.",
        "Trust funds should involve small nations.",
        "Gender advisers must be given a seat.",
        "Private firms should receive more help.",
        "The mission would suffer should the talks fail.",
        "There should be a review.",
        "This need to act is plain.",
        "We should do more.",
        "It is important to buy ships with care to save money.",
    ],
)
def test_what_cannot_act_and_what_is_done_to_somebody_names_nobody(text: str) -> None:
    assert find_addressee(text) is None


def test_the_sentences_before_tell_whom_a_pronoun_means() -> None:
    assert find_addressee("It should ask for more.", "The mission has few staff. ") == "The mission"
    assert find_addressee("It should ask for more.") is None


def test_the_last_sentence_before_a_list_tells_who_is_asked_for_its_items() -> None:
    line = "The council should meet in May. To keep the road open, we urge the city (and its firms) to:"
    assert opens_request(line)
    assert find_addressee_of_list(line) == "the city"


@pytest.mark.parametrize(
    "line",
    [
        "The following nations took part:",
        "The Secretary shall take the following steps:",
        "What states should weigh includes the following:",
        "The mission should be judged with care. Three facts matter:",
    ],
)
def test_a_list_that_tells_commands_or_describes_asks_nobody(line: str) -> None:
    assert not opens_request(line)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I urge the Council to act and call upon all parties to stop.", "the Council; all parties"),
        ("The Agency recommends that Freedonia establish two offices.", "Freedonia"),
        ("The Executive Director should approve the plan by May.", "The Executive Director"),
        ("87. I encourage Member States:", "Member States"),
        ("(a) Governments are encouraged to publish their plans.", "Governments"),
        ("Sound rules need to be written down.", None),
        ("Building on what was learned, the Agency should train advisers.", "the Agency"),
        ("Third, Freedonia must publish its accounts.", "Freedonia"),
        ("The report argues that donors need to pay in time.", "donors"),
        ("Ports, insurers, and regulators should share their data.", "Ports, insurers, and regulators"),
        ("The President is calling on Congress to suspend the tax.", "Congress"),
        ("Including Sylvania early should remain the aim.", None),
        ("Participants also highlighted the need to act soon.", None),
    ],
)
def test_whom_numbered_introduced_and_listed_sentences_ask_is_named_as_printed_or_not_at_all(
    text: str, who: str | None
) -> None:
    assert find_addressee(text) == who


@pytest.mark.parametrize(
    ("heading", "who"),
    [
        ("Recommendations for donor governments", "donor governments"),
        ("3. Next steps for the Secretariat of Freedonia", "the Secretariat of Freedonia"),
        ("Recommendations for better roads", None),
        ("Recommendations", None),
    ],
)
def test_a_heading_may_name_whom_its_recommendations_address(heading: str, who: str | None) -> None:
    assert find_addressee_in_heading(heading) == who
