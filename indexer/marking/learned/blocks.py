"""Blocks of weights: named features with what each adds to some outputs, as NumPy arrays, kept in one small file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from search.errors import BadFile
from search.meaning import Model

Array = NDArray[np.float32]

WEIGHTS_FORMAT = 2
"""Raised when weights of another format could be misread."""


@dataclass(frozen=True, slots=True)
class Block:
    """Features that are there or not. `values` is what one that is there counts, `weights` (features x outputs) what
    it then adds. In a `unit` block the values of a passage are scaled to length 1, so that long ones do not count more."""

    numbers: Mapping[str, int]
    values: Array
    weights: Array
    unit: bool

    def score(self, rows: Sequence[Collection[str]]) -> Array:
        """Return what each of `rows` (the features that are there) adds to the outputs: rows x outputs."""
        return self.sums([self.known(row) for row in rows])

    def known(self, features: Collection[str]) -> list[int]:
        """Return the numbers of those `features` that have weights, ascending, so that sums are always the same."""
        return sorted(self.numbers[feature] for feature in features if feature in self.numbers)

    def sums(self, rows: Sequence[Sequence[int]]) -> Array:
        """Return the sums of weights over `rows` of feature numbers: rows x outputs."""
        found = np.zeros((len(rows), self.weights.shape[1]), dtype=np.float32)
        filled = [number for number, row in enumerate(rows) if row]
        if not filled:
            return found
        flat = np.concatenate([np.asarray(rows[number], dtype=np.int64) for number in filled])
        starts = np.cumsum([0, *(len(rows[number]) for number in filled)])[:-1]
        values = self.values[flat]
        summed = np.add.reduceat(self.weights[flat] * values[:, None], starts, axis=0)
        if self.unit:
            summed /= np.sqrt(np.add.reduceat(values * values, starts))[:, None]
        found[filled] = summed
        return found

    def shares(self, features: Collection[str], output: int) -> dict[str, float]:
        """Return what each of `features` adds to one `output`, for reasons."""
        known = [feature for feature in features if feature in self.numbers]
        at = [self.numbers[feature] for feature in known]
        values = self.values[at]
        length = float(np.sqrt((values * values).sum())) if self.unit and known else 1.0
        added = values * self.weights[at, output] / length
        return dict(zip(known, added.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Weights:
    """All that was learned: `blocks` by name, `vectors` of further numbers by name, `themes` with weights of their own."""

    blocks: Mapping[str, Block]
    vectors: Mapping[str, Array]
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeightSets:
    """Weights that go by words alone, and those for machines with the sentence `model` (its name), None where none were
    made."""

    by_words: Weights
    by_meaning: Weights | None = None
    model: str = ""

    def fit(self, model: Model | None) -> bool:
        """Return whether weights were made with this `model`, so that meaning can be gone by."""
        return model is not None and self.by_meaning is not None and self.model == model.name


def save_weights(path: Path, sets: WeightSets) -> None:
    """Write `sets` to `path`: half-precision numbers, names as lines of text; the same weights give the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {"format": np.array([WEIGHTS_FORMAT], dtype=np.int32)}
    arrays["model"] = _as_bytes((sets.model,))
    arrays.update(_arrays("words/", sets.by_words))
    if sets.by_meaning is not None:
        arrays.update(_arrays("meaning/", sets.by_meaning))
    with path.open("wb") as file:
        np.savez_compressed(file, **arrays)  # type: ignore[arg-type]  # NumPy declares allow_pickle among the names


def _arrays(prefix: str, weights: Weights) -> dict[str, NDArray[np.generic]]:
    """Weights as arrays whose names begin with `prefix`."""
    arrays: dict[str, NDArray[np.generic]] = {f"{prefix}themes": _as_bytes(weights.themes)}
    for name, block in weights.blocks.items():
        arrays[f"{prefix}names/{name}"] = _as_bytes(tuple(block.numbers))
        arrays[f"{prefix}values/{name}"] = block.values.astype(np.float16)
        arrays[f"{prefix}weights/{name}"] = block.weights.astype(np.float16)
        arrays[f"{prefix}unit/{name}"] = np.array([block.unit])
    for name, vector in weights.vectors.items():
        arrays[f"{prefix}vector/{name}"] = vector.astype(np.float32)
    return arrays


def load_weights(path: Path) -> WeightSets:
    """Load the weights of `path`. Raises BadFile for a file that is not one of `save_weights`."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError) as error:
        raise BadFile(path, f"holds no weights of a marker: {error}") from error
    if "format" not in arrays or int(arrays["format"][0]) != WEIGHTS_FORMAT:
        raise BadFile(path, "holds weights of another format; make them anew with: findings train")
    by_meaning = _weights("meaning/", arrays) if "meaning/themes" in arrays else None
    return WeightSets(_weights("words/", arrays), by_meaning, arrays["model"].tobytes().decode())


def _weights(prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> Weights:
    """The weights of a file whose names begin with `prefix`."""
    own = {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
    names = [name.removeprefix("names/") for name in own if name.startswith("names/")]
    vectors = {n.removeprefix("vector/"): own[n].astype(np.float32) for n in own if n.startswith("vector/")}
    return Weights({name: _block(name, own) for name in names}, vectors, _as_lines(own["themes"]))


def _block(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> Block:
    """One block of a file."""
    numbers = {feature: number for number, feature in enumerate(_as_lines(arrays[f"names/{name}"]))}
    values = arrays[f"values/{name}"].astype(np.float32)
    return Block(
        numbers, values, arrays[f"weights/{name}"].astype(np.float32), bool(arrays[f"unit/{name}"][0])
    )


def _as_bytes(lines: Sequence[str]) -> NDArray[np.uint8]:
    """Texts without line ends as one array."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _as_lines(array: NDArray[np.generic]) -> tuple[str, ...]:
    """The texts of `_as_bytes`."""
    text = array.tobytes().decode()
    return tuple(text.split("\n")) if text else ()
