"""Opening the model that the settings name, once a process, and saying why it is not there."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from threadpoolctl import threadpool_limits

from search.meaning.model_file import Model, open_model
from search.settings import Settings

REMEDY = "`findings model` fetches it, as `make run` and `make test` do"


def load_model(settings: Settings) -> Model | None:
    """Return the model below `settings.model`; None where it is switched off or not there (`why_absent` says which)."""
    return _opened(settings.model)[0] if settings.meaning else None


def why_absent(settings: Settings) -> str:
    """Return why `load_model` gives none, as a sentence; "" where it gives one."""
    if not settings.meaning:
        return "finding by meaning is switched off (FINDINGS_MEANING=off)"
    return _opened(settings.model)[1]


@cache
def _opened(folder: Path) -> tuple[Model | None, str]:
    """The model of a folder, or why there is none.

    The products of small batches are too small to be shared by threads: where two cores were busy, threads of the BLAS that
    waited for each other made encoding five times as dear.
    """
    try:
        model = open_model(folder)
    except FileNotFoundError:
        return None, f"the sentence model is not in {folder}; {REMEDY}"
    except (OSError, ValueError, KeyError) as error:
        return None, f"the sentence model in {folder} cannot be read ({error}); {REMEDY}"
    threadpool_limits(limits=1, user_api="blas")
    return model, ""
