"""What has to be done to bring an index up to its corpus. Pure: compares digests, reads no document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import PurePosixPath

from indexer.corpus.catalogue import Catalogue, Entry
from indexer.corpus.hints import hints_for
from indexer.corpus.inventory import SourceFile
from indexer.reading.hints import NO_HINTS, ReadingHints

NOTHING_CORRECTED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Job:
    """A document to be made, and the digest of all that makes it."""

    source: SourceFile
    document_id: str
    entry: Entry
    digest: str
    ocr: str = ""
    """Languages in which OCR reads its pages without text; "" when OCR does not."""
    hints: ReadingHints = NO_HINTS
    """What the catalogue says of how to read it."""

    @property
    def content(self) -> tuple[str, str]:
        """What its reading is kept by: the content, the ending, how OCR reads it, and the hints."""
        return self.source.sha256, self.suffix

    @property
    def suffix(self) -> str:
        """The ending of the file, which says the format, with the languages of OCR and the hints where there are some."""
        ending = PurePosixPath(self.source.path).suffix.lower()
        hinted = f"{ending} hints {self.hints.digest}" if self.hints.digest else ending
        return f"{hinted} ocr {self.ocr}" if self.ocr else hinted


@dataclass(frozen=True, slots=True)
class Digest:
    """Digests of the parts that make a document, kept as one text so that a change can be named."""

    content: str
    catalogue: str
    themes: str
    software: str
    corrections: str = "none"
    ocr: str = "none"

    def __str__(self) -> str:
        return " ".join(getattr(self, item.name) for item in fields(self))

    @staticmethod
    def difference(old: str, new: str) -> str:
        """Return which parts differ, in words."""
        pairs = zip(fields(Digest), old.split(" "), new.split(" "), strict=False)
        return ", ".join(item.name for item, before, after in pairs if before != after) or "software"


@dataclass(frozen=True, slots=True)
class Plan:
    """Documents to be made, for new and for known paths, paths to be removed, and how many stay as they are."""

    added: tuple[Job, ...]
    changed: tuple[Job, ...]
    removed: tuple[str, ...]
    unchanged: int


def make_jobs(
    sources: Sequence[SourceFile],
    catalogue: Catalogue,
    themes_digest: str,
    software: str,
    corrections: Mapping[str, str] = NOTHING_CORRECTED,
    *,
    ids: Mapping[str, str],
) -> list[Job]:
    """Return a job for every source, in the order of paths. `corrections` has a digest for each document that has some, `ids` the id
    of the document at each path."""
    jobs = []
    for source in sources:
        entry = catalogue.entries.get(source.path, Entry(source.path))
        hints = hints_for(entry, catalogue)
        said = short_digest({**asdict(entry), "id": ids[source.path], "hints": hints.digest})
        corrected = corrections.get(ids[source.path], "none")
        digest = Digest(source.sha256[:16], said, themes_digest, software, corrected)
        jobs.append(Job(source, ids[source.path], entry, str(digest), hints=hints))
    return jobs


def with_ocr(jobs: Sequence[Job], languages: Mapping[str, str]) -> list[Job]:
    """Return the jobs, those whose content (sha256) is named to be read by OCR in its languages."""
    return [
        replace(job, ocr=said, digest=" ".join([*job.digest.split(" ")[:-1], said]))
        if (said := languages.get(job.source.sha256, ""))
        else job
        for job in jobs
    ]


def compare(jobs: Sequence[Job], known: Mapping[str, tuple[str, str]]) -> Plan:
    """Return the plan, given path to (document id, digest) of what is indexed."""
    paths = {job.source.path for job in jobs}
    return Plan(
        added=tuple(job for job in jobs if job.source.path not in known),
        changed=tuple(
            job for job in jobs if job.source.path in known and known[job.source.path][1] != job.digest
        ),
        removed=tuple(sorted(path for path in known if path not in paths)),
        unchanged=sum(job.source.path in known and known[job.source.path][1] == job.digest for job in jobs),
    )


def short_digest(value: object) -> str:
    """Return sixteen hexadecimal digits for a JSON value."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:16]
