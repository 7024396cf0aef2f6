"""Ids of documents and passages, and the paths made from them.

`passage_id` is `<document_id>/<10 letters>`: base 32 (RFC 4648, lower case) of the SHA-256 of the normalised words,
50 bits. The words are normalised so that an id survives what does not change what is said: case, white space,
quotation marks, dashes, hyphenation and punctuation. It holds no page and no ordinal, so a passage that moves
keeps its id; a repeat of the same words in one document gets `-2`, `-3` in reading order. Among 100,000
passages of *one* document the chance of any collision is 4e-6 (birthday bound); across documents there is none.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from search.analysis.letters import fold

DIGEST_LETTERS = 10
LONGEST_SLUG = 80  # characters of a document id made from a path
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_BEHIND_LINKS = ".,;:!?)]}>/\\\"'`*_\u2019\u201d\u201c\u00bb\u203a\u2026\u3002\u3001\u300d\uff09"
"""Signs that texts and mail programs leave at the end of an address; no id ends with one."""
_PASSAGE_ID = re.compile(r"(?P<document>[^/\s]+)/(?P<letters>[a-z2-7]{10}(?:-\d+)?)")


def slug(text: str) -> str:
    """Return a text as a part of an address: "Reports/Été 2019" is "reports-ete-2019"."""
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode("ascii")
    words = _NOT_WORD.sub("-", plain).strip("-")
    if len(words) > LONGEST_SLUG or not words:
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        return f"{words[: LONGEST_SLUG - 9].rstrip('-')}-{digest}".lstrip("-")
    return words


def word_letters(text: str) -> str:
    """Return the normalised words of a text as one run of letters and digits: what a passage's id stands for."""
    return "".join(char for char in fold(text) if char.isalnum())


def words_digest(text: str) -> str:
    """Return ten letters for the words of a text."""
    digest = hashlib.sha256((word_letters(text) or text).encode("utf-8")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:DIGEST_LETTERS]


def passage_ids(document_id: str, texts: Iterable[str]) -> list[str]:
    """Return the ids of a document's passages in reading order."""
    seen: dict[str, int] = {}
    ids = []
    for text in texts:
        digest = words_digest(text)
        seen[digest] = seen.get(digest, 0) + 1
        repeat = f"-{seen[digest]}" if seen[digest] > 1 else ""
        ids.append(f"{document_id}/{digest}{repeat}")
    return ids


def document_of(passage_id: str) -> str | None:
    """Return the document id within a passage id; None when this is no passage id at all."""
    match = _PASSAGE_ID.fullmatch(passage_id)
    return match["document"] if match else None


def repaired_id(written: str) -> str:
    """Return an id of a passage or document as it was made, from how a text or a mail program left it: signs behind it go, and
    capitals are written small.

    >>> repaired_id("REPORT-2019/ABCDEFGHIJ).")
    'report-2019/abcdefghij'
    """
    return written.strip().rstrip(_BEHIND_LINKS + " ").lower()


def changes_path(newer_id: str, older_id: str) -> str:
    """Return the path of the page that shows what changed from one version of a document to a newer one."""
    return f"{document_path(newer_id)}/changes/{quote(older_id, safe='')}"


def passage_path(passage_id: str) -> str:
    """Return the path that always answers for a passage."""
    return f"/p/{quote(passage_id)}"


def document_path(document_id: str) -> str:
    """Return the path of a document's page."""
    return f"/d/{quote(document_id)}"


def page_path(document_id: str, page: int) -> str:
    """Return the path of one page of a document (1-based in the PDF)."""
    return f"{document_path(document_id)}/page/{page}"
