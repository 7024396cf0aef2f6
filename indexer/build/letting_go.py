"""Words that are not kept any more: which are due, what is told of them, and taking them out of what earlier builds left."""

from __future__ import annotations

from datetime import UTC, datetime

from indexer.build.generation_builder import Corpus
from indexer.corpus.ledger import load_ledger
from indexer.withdrawing.deleted import Deleted
from indexer.withdrawing.erasing import erase_traces, forget_taken_back, is_pending, what_must_go
from search.settings import Settings
from search.store.catalog import Catalog
from search.store.generations import Generations

LISTED = 10  # documents that are named


def find_due(corpus: Corpus, settings: Settings, catalog: Catalog | None) -> tuple[str, ...]:
    """Return the ids of documents that were deleted so long ago that their words are kept no more; `catalog` is the published one."""
    if catalog is None:
        return ()
    today = datetime.now(UTC).date().isoformat()
    deleted = Deleted(today, settings.deleted_days, {job.document_id for job in corpus.jobs})
    ledger = load_ledger(settings.corpus)
    due = deleted.find_due(ledger, catalog.passage_ids())
    return tuple(sorted({ledger[passage_id]["document_id"] for passage_id in due}))


def due_notes(due: tuple[str, ...], settings: Settings, *, planned: bool) -> tuple[str, ...]:
    """Return what is told of the documents `due` (ids), whose words were let go, or will be by a plan; nothing of none."""
    if not due:
        return ()
    what = "a deleted document" if len(due) == 1 else f"{len(due)} deleted documents"
    listed = ", ".join(due[:LISTED]) + (", …" if len(due) > LISTED else "")
    return (
        f"the words of {what} {'would be' if planned else 'were'} let go after {settings.deleted_days} days "
        f"(FINDINGS_DELETED_DAYS): {listed}; ids, titles and days stay, and `findings undo` does not lead behind this",
    )


def erase(corpus: Corpus, settings: Settings, generations: Generations, *, anew: bool) -> None:
    """Take what must not be kept out of what earlier builds left, where the one just published was built `anew`. Call while writing."""
    wanted = what_must_go(corpus.withdrawals, load_ledger(settings.corpus))
    forget_taken_back(settings.index, wanted)
    if anew and is_pending(settings.index, wanted):
        erase_traces(generations, corpus.cache, [job.content for job in corpus.jobs], wanted)
