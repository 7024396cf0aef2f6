"""`findings withdraw`: takes words back that were published; id, day and reason stay."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import click

from cli.support.printing import counted, note, result
from cli.support.progress import IndexProgress
from indexer.build.ocr import load_ocr_list
from indexer.build.pipeline import index_corpus, limits_of
from indexer.withdrawing.traces import find_traces
from indexer.withdrawing.withdrawals import Withdrawal, add_withdrawal, load_withdrawals
from search.engines.registry import open_generations
from search.errors import DocumentNotFound, PassageNotFound, UsageProblem
from search.room import ReadingRoom
from search.settings import Settings

STILL_THERE = 3  # exit status: the words stand somewhere yet


@click.command(
    epilog="""\b
Examples:
  findings withdraw reports-2019 --reason "published by mistake"
  findings withdraw reports-2019/k3f9x2ab7q --reason "names a minor"
  findings withdraw --check "the words that must not stand anywhere"
docs/withdrawing.md says what is kept and what is not."""
)
@click.argument("what", required=False)
@click.option("--reason", help="Why, as readers are shown it in the place of the words.")
@click.option("--keep-file", is_flag=True, help="Leave the file of a document in the corpus folder.")
@click.option("--check", "words", help="Only say where these words still stand; change nothing.")
@click.pass_obj
def withdraw(
    settings: Settings, what: str | None, reason: str | None, keep_file: bool, words: str | None
) -> None:
    """Take WHAT, a document or a passage, out of everything that is published or kept."""
    if words is not None:
        if what is not None or reason is not None:
            raise UsageProblem("--check stands alone: give the words, and neither an id nor a reason")
        _check(settings, words)
        return
    said = _readable(reason or "")
    if what is None or not said:
        raise UsageProblem("give the id of a document or passage, and --reason TEXT")
    withdrawal = Withdrawal(_named(what), datetime.now(UTC).date().isoformat(), said)
    path = _path_of(settings, withdrawal)
    if path is not None and not withdrawal.is_passage:
        withdrawal = replace(withdrawal, file=path)
    with open_generations(settings).writing():  # what builds now has not heard of it
        if withdrawal.withdrawn_id not in load_withdrawals(settings.corpus).ids:
            add_withdrawal(settings.corpus, withdrawal)
    _publish(settings)
    result(
        f"withdrawn: {withdrawal.withdrawn_id}; links to it answer with the reason, and `findings undo` does not lead behind this"
    )
    if path is not None and not withdrawal.is_passage and not keep_file:
        (settings.corpus / path).unlink(missing_ok=True)
        result(f"removed {settings.corpus / path}")
    elif path is not None:
        note(f"{settings.corpus / path} still holds the words: put a file without them in its place")
    note('`findings withdraw --check "…"` says where given words still stand')


def _named(what: str) -> str:
    """The id in a permanent link, or what was typed: an id is not repaired here, for the wrong one would be lost."""
    try:
        path = urlsplit(what).path
    except ValueError:  # brackets that hold no address; no id has them either
        return what
    return path[3:] if path.startswith(("/p/", "/d/")) else what


def _readable(reason: str) -> str:
    """A reason in one line, without what no page can show."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in reason).split())


def _path_of(settings: Settings, withdrawal: Withdrawal) -> str | None:
    """The file of what is withdrawn; None where it is not published any more. Raises what looking up an unknown id raises."""
    document_id = withdrawal.withdrawn_id.partition("/")[0]
    with closing(ReadingRoom(settings)) as room:
        if withdrawal.is_passage:
            state = room.passage_state(withdrawal.withdrawn_id)
            if state.state == "moved" and state.passage is not None:
                raise PassageNotFound(f"{withdrawal.withdrawn_id}, which is {state.passage.passage_id} now")
        document = room.document_state(document_id).document
        if document is not None and document.document_id != document_id and not withdrawal.is_passage:
            raise DocumentNotFound(f"{document_id}, whose words are in {document.document_id} now")
        return document.path if document else None


def _publish(settings: Settings) -> None:
    """A generation without the words, and nothing left of the others."""
    progress = IndexProgress()
    try:
        index_corpus(settings, progress)
    finally:
        progress.close()


def _check(settings: Settings, words: str) -> None:
    """Prints every place; the exit status says whether there is one."""
    found = find_traces(words, settings, limits_of(settings), load_ocr_list(settings.index))
    for trace in found:
        result(f"{trace.place}: {trace.remedy}")
    if found:
        result(f"the words stand in {counted(len(found), 'place')}")
        sys.exit(STILL_THERE)
    result("the words stand nowhere: neither in a passage, nor in any file of the index or the corpus")
