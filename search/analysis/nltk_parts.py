"""The parts of nltk that are used: stemmer, sentence splitter, collocations.

The package loads all of itself, and with it scipy and scikit-learn where they are installed: 1.5 seconds of each process, for parts
that nobody here calls. While it loads they are hidden, so that it goes on as on a machine without them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_OPTIONAL = ("scipy", "sklearn")


@contextmanager
def _hidden(names: tuple[str, ...]) -> Iterator[None]:
    """Importing one of these packages fails inside, unless somebody has loaded it already."""
    absent = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(absent))  # type: ignore[arg-type]  # None says that there is no such module
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]


with _hidden(_OPTIONAL):
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
    from nltk.stem.snowball import SnowballStemmer
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

__all__ = [
    "BigramAssocMeasures",
    "BigramCollocationFinder",
    "PunktParameters",
    "PunktSentenceTokenizer",
    "SnowballStemmer",
]
