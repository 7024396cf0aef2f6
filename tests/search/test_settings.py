"""Settings from the environment: defaults, values, and refusals that say what is wanted."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from search.errors import BadSetting, UnknownSetting
from search.settings import PREFIX, Settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_env({}) == Settings()
    assert (Settings().corpus, Settings().index, Settings().engine) == (
        Path("corpus"),
        Path("index"),
        "whoosh",
    )


def test_every_setting_can_stand_in_the_environment() -> None:
    given = {
        "FINDINGS_CORPUS": "/c",
        "FINDINGS_INDEX": "/i",
        "FINDINGS_ENGINE": "memory",
        "FINDINGS_HOST": "0.0.0.0",
        "FINDINGS_PORT": "0",
        "FINDINGS_SITE_URL": "https://findings.example/",
        "FINDINGS_WORKERS": "3",
        "FINDINGS_READ_SECONDS": "4",
        "FINDINGS_READ_MB": "5",
        "FINDINGS_MAX_MB": "6",
        "FINDINGS_MEANING": "off",
        "FINDINGS_MODEL": "/m",
    }
    assert set(given) <= {PREFIX + item.name.upper() for item in fields(Settings)}
    assert Settings.from_env(given) == Settings(
        corpus=Path("/c"),
        index=Path("/i"),
        engine="memory",
        host="0.0.0.0",
        port=0,
        site_url="https://findings.example",
        workers=3,
        read_seconds=4,
        read_mb=5,
        max_mb=6,
        meaning=False,
        model=Path("/m"),
    )


def test_other_names_are_none_of_ours() -> None:
    assert Settings.from_env({"PATH": "/bin", "FINDING_PORT": "x", "findings_port": "x"}) == Settings()


def test_an_empty_value_counts_as_not_set() -> None:
    assert Settings.from_env({"FINDINGS_PORT": ""}).port == 8360


def test_an_unknown_name_is_refused_with_the_nearest_known_one() -> None:
    with pytest.raises(UnknownSetting, match=r"FINDINGS_CORPSE; did you mean FINDINGS_CORPUS\?"):
        Settings.from_env({"FINDINGS_CORPSE": "x"})


def test_an_unknown_name_that_is_near_to_nothing_is_refused_without_a_guess() -> None:
    with pytest.raises(UnknownSetting) as caught:
        Settings.from_env({"FINDINGS_QQQQQQQQQQQQQQQQ": "x"})
    assert "did you mean" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("FINDINGS_PORT", "65536", "a port from 0 to 65535"),
        ("FINDINGS_PORT", "-1", "a port from 0 to 65535"),
        ("FINDINGS_PORT", "http", "a port from 0 to 65535"),
        ("FINDINGS_WORKERS", "0", "a whole number from 1"),
        ("FINDINGS_READ_SECONDS", "1.5", "seconds, from 1"),
        ("FINDINGS_READ_MB", "many", "megabytes, from 1"),
        ("FINDINGS_MAX_MB", "-3", "megabytes, from 1"),
        ("FINDINGS_SITE_URL", "findings.example", "begins with http:// or https://"),
        ("FINDINGS_SITE_URL", "javascript:alert(1)", "begins with http:// or https://"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_what_is_wanted(name: str, value: str, wanted: str) -> None:
    with pytest.raises(BadSetting) as caught:
        Settings.from_env({name: value})
    assert f"{name}={value!r}" in str(caught.value)
    assert wanted in str(caught.value)
    assert caught.value.exit_code == 2


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_every_setting_says_what_it_is_for() -> None:
    assert all(item.metadata["about"] and item.metadata["wanted"] for item in fields(Settings))
