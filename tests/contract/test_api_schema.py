"""The server against its own description: Schemathesis asks what `openapi.json` allows, and what it does not allow.

It runs its phases one after the other: the examples, the edges of every parameter (one unknown, twice, too long, of
another type, other methods), generated requests, and chains of them. Each answer is checked for a defect, for a status,
a content type, headers and a body that are described, and for what had to be refused and what not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

from tests.browser.serving import serving
from tests.webapp.conftest import app, library  # noqa: F401 - the reading room of the web app's tests
from tests.webapp.library import Library
from webapp.api.openapi import openapi_document

GENERATED = 40  # requests for each operation, of either kind, beside examples and edges
PHASES = {"examples", "coverage", "fuzzing", "stateful"}
DATES = {"since": ["2018", "2019-06", "2019-06-12"], "until": ["2022", "2023-12", "2024-01-31"]}


@dataclass
class Run:
    """What was asked, and what was wrong."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    phases: set[str] = field(default_factory=set)

    def note(self, event: events.EngineEvent) -> None:
        """Takes over what an event of the engine says."""
        if isinstance(event, events.FatalError):
            self.faults.append(str(event.exception))
        elif isinstance(event, events.NonFatalError):
            self.faults.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.ScenarioFinished):
            self.phases.add(event.phase.value)
            for key, done in event.recorder.interactions.items():
                label = event.recorder.cases[key].value.operation.label
                assert done.response is not None, label
                self.answers[label, done.response.status_code] += 1
            for checks in event.recorder.checks.values():
                self.faults += [
                    f"{check.name}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
                    for check in checks
                    if check.failure_info
                ]


def run(schema: BaseSchema) -> Run:
    """All phases, with all checks."""
    done = Run()
    for event in from_schema(schema).execute():
        done.note(event)
    return done


def config(generated: int) -> SchemathesisConfig:
    """The same requests each time, so that a fault that was found is found again."""
    generation = {"deterministic": True, "max-examples": generated}
    plain = {"Accept-Encoding": "identity"}  # what asks the app without a network undoes no compression
    return SchemathesisConfig.from_dict({"seed": 360, "generation": generation, "headers": plain})


def narrowed(document: dict[str, Any], client: FlaskClient) -> dict[str, Any]:
    """The description with the values that filters have in this library.

    No description can list them, for they change with the collection. Without them, nearly every generated search would be
    refused for a theme that there is not, and none be held to the rule that what is allowed is answered.
    """
    parameters = document["components"]["parameters"]
    facets = client.get("/api/v1/search").get_json()["facets"]
    dates = [document["date"] for document in client.get("/api/v1/documents").get_json()["documents"]]
    years = [{"id": year} for year in sorted({date[:4] for date in dates if date} | {"undated"})]
    # filters without a list of their own in an answer
    facets |= {"statement": facets["finding"], "touches": facets["theme"], "year": years}
    for name, values in facets.items():
        if name == "speaker":
            continue  # any name may be asked for: it may have none of the answers
        for written in (name, f"not-{name}"):
            known = [value["id"] for value in values]
            parameters[written]["schema"]["items"]["enum"] = [*known, ""]
            parameters[written].pop("example", None)
            if name in ("theme", "edition"):
                parameters[written]["example"] = known[:1]
    for name, values in DATES.items():
        parameters[name]["schema"] = {"type": "string", "enum": values}
        parameters[name]["example"] = values[0]
    return document


@pytest.fixture(scope="module")
def whole(app: Flask) -> Run:  # noqa: F811
    client = app.test_client()
    document = narrowed(client.get("/api/v1/openapi.json").get_json(), client)
    schema = schemathesis.openapi.from_dict(document, config=config(GENERATED))
    schema.app = app
    return run(schema)


@pytest.fixture(scope="module")
def over_the_wire(library: Library) -> Iterator[Run]:  # noqa: F811
    with serving(library.settings) as site:
        schema = schemathesis.openapi.from_url(f"{site}/api/v1/openapi.json", config=config(1))
        schema.config.phases.stateful.enabled = False
        schema.config.checks.positive_data_acceptance.enabled = False  # filters are not narrowed here
        yield run(schema)


def labels() -> list[str]:
    return [f"GET {path}" for path in openapi_document()["paths"]]


def test_the_server_keeps_what_it_describes(whole: Run) -> None:
    assert not whole.faults, "\n\n".join(whole.faults[:10])


def test_every_phase_was_run(whole: Run) -> None:
    assert whole.phases >= PHASES
    assert whole.answers.total() > 1_000


@pytest.mark.parametrize("label", labels())
def test_every_operation_was_answered(whole: Run, label: str) -> None:
    statuses = {status for found, status in whole.answers if found == label}
    assert 200 in statuses
    assert 405 in statuses, "other methods were not tried"
    assert not [status for status in statuses if status >= 500]


def test_a_real_server_keeps_it_too(over_the_wire: Run) -> None:
    assert not over_the_wire.faults, "\n\n".join(over_the_wire.faults[:10])
    answered = {label for label, status in over_the_wire.answers if status == 200}
    assert answered == set(labels()) - {"GET /api/v1/openapi.json"}, (
        "it was asked for first, and is not asked again"
    )
