from __future__ import annotations

import pytest

from search.engines.addressees import addressee_names


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (None, ()),
        ("NATO", ("NATO",)),
        ("the Allies and all partner countries", ("Allies", "Partner countries")),
        ("member states", ("Member States",)),
        ("All Member States", ("Member States",)),
        ("the Ministry; the Parliament", ("Ministry", "Parliament")),
        ("donors, companies, and the Allies and their partners", ("Donors", "Companies", "Allies")),
        ("we", ()),
        ("whoever in one of the countries may one day read this", ()),
    ],
)
def test_an_addressee_as_printed_gives_its_names(printed: str | None, names: tuple[str, ...]) -> None:
    assert addressee_names(printed) == names
