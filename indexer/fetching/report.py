"""What a fetching run did, or would do: every source is in exactly one of its lists."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from indexer.fetching.reasons import REFUSALS, REMEDIES, NotFetched, Reason


class State(StrEnum):
    """What became of a source; `planned` in a dry run only."""

    PLANNED = "planned"
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One source. Sizes in bytes; `final_url` is where redirects led; `reason` only where nothing was taken."""

    path: str
    url: str
    state: State
    size: int | None = None
    size_before: int | None = None
    final_url: str = ""
    reason: Reason | None = None
    detail: str = ""

    @property
    def remedy(self) -> str:
        """What a person can do; empty where nothing is to be done."""
        return REMEDIES[self.reason] if self.reason else ""

    def to_json(self) -> dict[str, Any]:
        """Return the object of docs/commands.md: keys that say nothing here are left out."""
        values = {
            "path": self.path,
            "url": self.url,
            "final_url": self.final_url if self.final_url != self.url else "",
            "bytes": self.size,
            "bytes_before": self.size_before,
            "reason": self.reason.value if self.reason else None,
            "detail": self.detail,
            "remedy": self.remedy,
        }
        return {key: value for key, value in values.items() if value not in (None, "")}


def not_fetched(path: str, url: str, failure: NotFetched) -> Outcome:
    """Return the outcome of a failure: refused by us, or failed outside."""
    state = State.REFUSED if failure.reason in REFUSALS else State.FAILED
    return Outcome(path, url, state, reason=failure.reason, detail=failure.detail)


@dataclass(frozen=True, slots=True)
class FetchReport:
    """The account of a run, in the order of sources.toml."""

    outcomes: tuple[Outcome, ...]
    dry_run: bool
    seconds: float

    def of(self, state: State) -> tuple[Outcome, ...]:
        """Return the sources of which this became."""
        return tuple(outcome for outcome in self.outcomes if outcome.state is state)

    @property
    def brought(self) -> bool:
        """Whether the corpus has changed."""
        return bool(self.of(State.NEW) or self.of(State.CHANGED))

    @property
    def is_complete(self) -> bool:
        """Whether every source could be fetched."""
        return not self.of(State.FAILED) and not self.of(State.REFUSED)

    def to_json(self) -> dict[str, Any]:
        """Return the object of docs/commands.md."""
        lists = {state.value: [outcome.to_json() for outcome in self.of(state)] for state in State}
        return {**lists, "dry_run": self.dry_run, "seconds": round(self.seconds, 3)}
