"""The forward pass of the sentence model in NumPy: ids of word pieces to vectors of unit length.

A BERT of six layers (Devlin et al., 2019; Wang et al., "MiniLM", 2020), the mean over the pieces of a text, brought to
length 1. Weights come as int8 rows with a scale each and are multiplied as float32.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Array = npt.NDArray[np.generic]

DIMENSIONS = 384
LAYERS, HEADS = 6, 12
TOKENS_AT_ONCE = 512  # of one batch: what is worked on then stays in the processor's cache
_EPSILON = 1e-12  # of the layer norms, as in the model's configuration
_HEAD_SIZE = DIMENSIONS // HEADS


class Layer(NamedTuple):
    """The weights of one layer; matrices are (inputs, outputs)."""

    attention: Floats  # queries, keys and values side by side
    attention_bias: Floats
    joined: Floats
    joined_bias: Floats
    attention_norm: tuple[Floats, Floats]
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    output_norm: tuple[Floats, Floats]


class Encoder:
    """Runs the model. `weights` are named as in the published file; matrices are int8 with scales beside them."""

    def __init__(self, weights: Mapping[str, Array]) -> None:
        self._words = weights["embeddings.word_embeddings.weight"].reshape(-1, DIMENSIONS)
        self._word_scales = weights["embeddings.word_embeddings.weight.scale"].astype(np.float32)
        kind = _matrix(weights, "embeddings.token_type_embeddings.weight")[0]
        self._places = _matrix(weights, "embeddings.position_embeddings.weight") + kind
        self._norm = _norm_of(weights, "embeddings.LayerNorm")
        self._layers = [_layer(weights, f"encoder.layer.{number}") for number in range(LAYERS)]

    @property
    def longest(self) -> int:
        """Pieces of a text that the model can take."""
        return len(self._places)

    def encode(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return the vectors, (n, 384), of texts given as ids of pieces, none of them empty."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for batch in batches([len(ids) for ids in texts]):
            vectors[batch] = self._encode_batch([texts[place] for place in batch])
        return vectors

    def pieces(self, ids: Sequence[int]) -> Floats:
        """Return the rows of `ids` in the table of pieces, (n, 384), each of unit length."""
        rows = self._words[np.array(ids, dtype=np.intp)].astype(np.float32)
        unit: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def _encode_batch(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The vectors of some texts of nearly the same length."""
        lengths = np.array([len(ids) for ids in texts])
        size = int(lengths.max())
        ids = np.zeros((len(texts), size), dtype=np.intp)
        for row, text in zip(ids, texts, strict=True):
            row[: len(text)] = text
        there = np.arange(size) < lengths[:, None]
        state = self._words[ids].astype(np.float32) * self._word_scales[ids][..., None] + self._places[:size]
        state = _normed(state.reshape(-1, DIMENSIONS), self._norm)
        barred = None if there.all() else np.where(there, 0, -1e4).astype(np.float32)[:, None, None, :]
        for layer in self._layers:
            state = _run(layer, state, (len(texts), size), barred)
        weighted = state.reshape(len(texts), size, DIMENSIONS) * there[..., None]
        mean = weighted.sum(axis=1, dtype=np.float32)
        unit: Floats = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return unit


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Return the places of texts in groups of like length, each of at most TOKENS_AT_ONCE pieces, or of one text."""
    found: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lengths.__getitem__):
        if not found or (len(found[-1]) + 1) * lengths[place] > TOKENS_AT_ONCE:
            found.append([])
        found[-1].append(place)
    return found


def _run(layer: Layer, state: Floats, shape: tuple[int, int], barred: Floats | None) -> Floats:
    """One layer over the pieces of a batch, shape (texts, pieces)."""
    mixed = state @ layer.attention
    mixed += layer.attention_bias
    parted = mixed.reshape(*shape, 3, HEADS, _HEAD_SIZE).transpose(2, 0, 3, 1, 4)
    likeness = parted[0] @ parted[1].transpose(0, 1, 3, 2)
    if barred is not None:
        likeness += barred
    likeness -= likeness.max(axis=-1, keepdims=True)
    np.exp(likeness, out=likeness)
    likeness /= likeness.sum(axis=-1, keepdims=True)
    seen = (likeness @ parted[2]).transpose(0, 2, 1, 3).reshape(-1, DIMENSIONS)
    attended = seen @ layer.joined
    attended += layer.joined_bias
    attended += state
    attended = _normed(attended, layer.attention_norm)
    wide = attended @ layer.wide
    wide += layer.wide_bias
    narrow = _gelu(wide) @ layer.narrow
    narrow += layer.narrow_bias
    narrow += attended
    return _normed(narrow, layer.output_norm)


def _gelu(values: Floats) -> Floats:
    """The Gaussian error linear unit, by the approximation with tanh of Hendrycks and Gimpel (2016): off by < .0005."""
    inner = values * values
    inner *= np.float32(0.044715)
    inner += np.float32(1.0)
    inner *= values
    inner *= np.float32(0.7978845608028654)
    np.tanh(inner, out=inner)
    inner += np.float32(1.0)
    inner *= values
    inner *= np.float32(0.5)
    return inner


def _normed(values: Floats, norm: tuple[Floats, Floats]) -> Floats:
    """Layer normalisation of each row."""
    values = values - values.mean(axis=-1, keepdims=True)
    spread = np.einsum("ij,ij->i", values, values)[:, None] / np.float32(DIMENSIONS)
    values /= np.sqrt(spread + np.float32(_EPSILON))
    values *= norm[0]
    values += norm[1]
    return values


def _matrix(weights: Mapping[str, Array], name: str) -> Floats:
    """A matrix with its scales multiplied in, (outputs, inputs) as published."""
    scales = weights[f"{name}.scale"].astype(np.float32)
    return weights[name].reshape(len(scales), -1).astype(np.float32) * scales[:, None]


def _linear(weights: Mapping[str, Array], name: str) -> tuple[Floats, Floats]:
    """A matrix to multiply from the right, and its bias."""
    matrix = np.ascontiguousarray(_matrix(weights, f"{name}.weight").T)
    return matrix, weights[f"{name}.bias"].astype(np.float32)


def _norm_of(weights: Mapping[str, Array], name: str) -> tuple[Floats, Floats]:
    """Scale and shift of a layer norm."""
    return weights[f"{name}.weight"].astype(np.float32), weights[f"{name}.bias"].astype(np.float32)


def _layer(weights: Mapping[str, Array], name: str) -> Layer:
    """One layer. The scale of the dot products, one over the root of the head's size, is in the queries."""
    parts = [_linear(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
    scale = np.float32(_HEAD_SIZE**-0.5)
    parts[0] = (parts[0][0] * scale, parts[0][1] * scale)
    joined, joined_bias = _linear(weights, f"{name}.attention.output.dense")
    wide, wide_bias = _linear(weights, f"{name}.intermediate.dense")
    narrow, narrow_bias = _linear(weights, f"{name}.output.dense")
    return Layer(
        np.concatenate([matrix for matrix, _ in parts], axis=1),
        np.concatenate([bias for _, bias in parts]),
        joined,
        joined_bias,
        _norm_of(weights, f"{name}.attention.output.LayerNorm"),
        wide,
        wide_bias,
        narrow,
        narrow_bias,
        _norm_of(weights, f"{name}.output.LayerNorm"),
    )
