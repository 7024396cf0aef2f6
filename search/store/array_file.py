"""One flat file of named arrays, memory-mapped for reading: what an engine can use without reading it first.

    8 bytes    magic, with the version of the format
    8 bytes    length of the head, little-endian
    4 bytes    CRC-32 of the head
    head       JSON: {"size": bytes of the file, "arrays": {name: [dtype, length, offset]}, "facts": anything}
    arrays     each from an offset that is a multiple of 64

The head is checksummed and the size compared, so a file that was cut, swapped or never finished does not open. The
arrays themselves are not read when a file is opened.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_MAGIC = b"FNDARR01"
_START = struct.Struct("<8sQI")
_ALIGNED = 64  # bytes; a line of the processor's cache


@dataclass(frozen=True, slots=True)
class ArrayFile:
    """The content of a file. The arrays are read-only and flat; they stay valid after the file was unlinked."""

    arrays: Mapping[str, Array]
    facts: Any

    def words(self, name: str) -> list[str]:
        """Return an array that `packed` made, as strings again."""
        return self.arrays[name].tobytes().decode("utf-8").split("\n")[:-1]


def packed(words: Sequence[str]) -> Array:
    """Return strings as one array of bytes. None of them may hold a line feed."""
    return np.frombuffer("".join(word + "\n" for word in words).encode("utf-8"), dtype=np.uint8)


def narrowed(numbers: Array) -> Array:
    """Return the same whole numbers, none negative, in the smallest type that holds them."""
    most = int(numbers.max()) if len(numbers) else 0
    return numbers.astype(np.min_scalar_type(most))


def write_arrays(path: Path, arrays: Mapping[str, Array], facts: Any) -> None:
    """Write a file. `facts` is anything that JSON holds."""
    table: dict[str, tuple[str, int, int]] = {}
    offset = 0
    for name, array in arrays.items():
        table[name] = (array.dtype.str, len(array), offset)
        offset += _aligned(array.nbytes)
    head = _head(table, facts, offset)
    with path.open("wb") as file:
        file.write(_START.pack(_MAGIC, len(head), zlib.crc32(head)))
        _pad(file, head)
        for array in arrays.values():
            _pad(file, np.ascontiguousarray(array).tobytes())


def _aligned(size: int) -> int:
    """The size with what is missing to a multiple of 64."""
    return -(-size // _ALIGNED) * _ALIGNED


def _head(table: Mapping[str, tuple[str, int, int]], facts: Any, size: int) -> bytes:
    """The head. Offsets count from the end of the head, so that its own length does not matter."""
    return json.dumps({"size": size, "arrays": table, "facts": facts}).encode("utf-8")


def _pad(file: BinaryIO, data: bytes) -> None:
    """Writes bytes and goes on to the next aligned place."""
    file.write(data)
    file.write(b"\0" * (_aligned(file.tell()) - file.tell()))


def open_arrays(path: Path) -> ArrayFile:
    """Open a file. Raises OSError when it cannot be read, ValueError when it is not what was written."""
    with path.open("rb") as file:
        magic, length, checksum = _START.unpack(file.read(_START.size).ljust(_START.size, b"\0"))
        if magic != _MAGIC:
            raise ValueError(f"{path.name} is no file of arrays of this version")
        head = file.read(length)
    if zlib.crc32(head) != checksum:
        raise ValueError(f"the head of {path.name} is damaged")
    known = json.loads(head)
    start = _aligned(_START.size + length)
    if path.stat().st_size != start + known["size"]:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes instead of {start + known['size']}")
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    arrays = {name: _view(mapped, start, *place) for name, place in known["arrays"].items()}
    return ArrayFile(arrays, known["facts"])


def _view(mapped: Array, start: int, kind: str, length: int, offset: int) -> Array:
    """One array of a mapped file, as a plain array: np.memmap's own slices are slower to make."""
    dtype = np.dtype(kind)
    first = start + offset
    return np.asarray(mapped)[first : first + length * dtype.itemsize].view(dtype)
