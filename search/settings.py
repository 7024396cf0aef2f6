"""All settings of the project, in one frozen value. `from_env` is the only reader of the environment."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from search.errors import BadSetting, UnknownSetting

PREFIX = "FINDINGS_"


def _setting(default: object, parse: Callable[[str], object], wanted: str, about: str) -> Any:
    """A field with the words that `docs/configuration.md` shows."""
    return field(default=default, metadata={"parse": parse, "wanted": wanted, "about": about})


def _positive(value: str) -> int:
    """A whole number from 1."""
    number = int(value)
    if number < 1:
        raise ValueError(value)
    return number


def _port(value: str) -> int:
    """A port number; 0 lets the system choose one."""
    number = int(value)
    if not 0 <= number <= 65_535:
        raise ValueError(value)
    return number


def _address(value: str) -> str:
    """An http(s) address without the last slash."""
    if not value.startswith(("http://", "https://")):
        raise ValueError(value)
    return value.rstrip("/")


def _switch(value: str) -> bool:
    """on or off."""
    return {"on": True, "off": False}[value.lower()]


def _languages(value: str) -> str:
    """Languages of tesseract, joined by plus signs."""
    if not re.fullmatch(r"[A-Za-z_]+(\+[A-Za-z_]+)*", value):
        raise ValueError(value)
    return value


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings with their defaults; each is `FINDINGS_` and its name in capitals in the environment."""

    corpus: Path = _setting(Path("corpus"), Path, "a folder", "where the documents are")
    index: Path = _setting(Path("index"), Path, "a folder", "where the index is built")
    engine: str = _setting(
        "whoosh", str, "the name of an engine", "the search engine of new indexes: whoosh or memory"
    )
    host: str = _setting("127.0.0.1", str, "a host name or address", "where `findings serve` listens")
    port: int = _setting(8360, _port, "a port from 0 to 65535", "the port of `findings serve`")
    site_url: str = _setting(
        "",
        _address,
        "an address that begins with http:// or https://",
        "the public address, for links in exports; where it begins with https://, browsers are told to ask by https alone for a year",
    )
    workers: int = _setting(
        os.cpu_count() or 1, _positive, "a whole number from 1", "documents that are read at the same time"
    )
    read_seconds: int = _setting(
        20, _positive, "seconds, from 1", "time to read one document, beside half a second a page"
    )
    read_mb: int = _setting(1500, _positive, "megabytes, from 1", "memory to read one document")
    max_mb: int = _setting(200, _positive, "megabytes, from 1", "the largest file that is read")
    deleted_days: int = _setting(
        365,
        _positive,
        "days, from 1",
        "how long the words of a document are kept that was deleted from the corpus",
    )
    ocr_languages: str = _setting(
        "eng",
        _languages,
        "languages as `tesseract -l` takes them, such as eng or eng+fra",
        "what `findings index --ocr` can read",
    )

    meaning: bool = _setting(
        True, _switch, "on or off", "whether passages are also found by meaning, where the model is there"
    )
    model: Path = _setting(
        Path(sys.prefix, "share", "findings"), Path, "a folder", "where the sentence model is"
    )

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Settings:
        """Return the settings of an environment. Raises UnknownSetting and BadSetting; empty values count as not set."""
        known = {PREFIX + item.name.upper(): item for item in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in environment.items():
            if not name.startswith(PREFIX) or not value:
                continue
            if name not in known:
                raise UnknownSetting(name, known)
            item = known[name]
            try:
                values[item.name] = item.metadata["parse"](value)
            except (ValueError, KeyError) as error:
                raise BadSetting(name, value, item.metadata["wanted"]) from error
        return cls(**values)
