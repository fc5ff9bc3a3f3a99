"""UCINET's own files: a header ``.##h`` beside the numbers in ``.##d``.

The versions of the header (V6404 and V6405 by their name, older ones by the kind of their labels) and the
kinds of number are those of Borgatti's own reader, the R package xucinet. A cell of 1e37 or more is missing.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.graph_parts import Parts, as_ids, check_size, matrix_ties
from orgnet_analytics.network import FloatArray

MISSING = 1e37
LETTERS = {"DATE:": "h", "V6404": "i", "V6405": "i"}
FIXED, ASCII, UNICODE = 1, 2, 3
KINDS = {1: "u1", 2: "u1", 3: "i1", 4: "<u2", 5: "<i2", 6: "<i4", 7: "<f4", 9: "<f8", 17: "<i4"}
"""What each kind of number is called in the header, as numpy calls it."""


class _Bytes:
    """The header, read from front to back."""

    def __init__(self, path: Path) -> None:
        self.path, self.raw, self.at = path, path.read_bytes(), 0

    def number(self, letter: str) -> int:
        size = struct.calcsize(letter)
        if self.at + size > len(self.raw):
            raise DataError(Issue(self.path.name, "the header ends too soon"))
        value: int = struct.unpack_from("<" + letter, self.raw, self.at)[0]
        self.at += size
        return value

    def text(self, size: int, encoding: str) -> str:
        if size < 0 or self.at + size > len(self.raw):
            raise DataError(Issue(self.path.name, "the header ends too soon"))
        self.at += size
        return self.raw[self.at - size : self.at].decode(encoding, errors="replace")


def read_ucinet(path: Path) -> Parts:
    """Return the network of a .##h and .##d pair; several levels become relations."""
    header = path.with_suffix(".##h")
    numbers = path.with_suffix(".##d")
    for file in (header, numbers):
        if not file.is_file():
            raise DataError(Issue(file.name, "no such file: a UCINET network is a pair of two"))
    source = _Bytes(header)
    version = source.text(source.number("B"), "latin-1")
    if version not in LETTERS:
        raise DataError(Issue(header.name, "not a UCINET header", value=version[:20]))
    *_, written = (source.number("h") for _ in range(5))
    kind = source.number("B")
    if written not in (FIXED, ASCII, UNICODE) or kind not in KINDS:
        raise DataError(Issue(header.name, "a kind of UCINET file this cannot read", value=kind))
    sides = source.number("h")
    if sides not in (2, 3):
        raise DataError(Issue(header.name, "wanted 2 or 3 dimensions", value=sides))
    columns, rows, *levels = (source.number(LETTERS[version]) for _ in range(sides))
    depth = levels[0] if levels else 1
    if min(rows, columns, depth) < 0:
        raise DataError(Issue(header.name, "a size below 0"))
    check_size(rows * columns * depth, header)
    title = source.text(source.number("B"), "latin-1")
    told = [bool(source.number("B")) for _ in range(sides)]
    names = [
        [_label(source, written) for _ in range(size)] if has else None
        for size, has in zip((columns, rows, *levels), told, strict=True)
    ]
    cells = _cells(numbers, KINDS[kind], (depth, rows, columns))
    return _parts(cells, names, title)


def _label(source: _Bytes, written: int) -> str:
    if written == FIXED:
        length = source.number("B")
        return source.text(19, "latin-1")[:length]
    encoding = "utf-16-le" if written == UNICODE else "latin-1"
    return source.text(source.number("H"), encoding).rstrip("\0")


def _cells(file: Path, kind: str, sizes: tuple[int, int, int]) -> FloatArray:
    wanted = np.dtype(kind).itemsize * int(np.prod(sizes))
    if file.stat().st_size != wanted:
        problem = f"wanted {wanted} bytes for the size in the header"
        raise DataError(Issue(file.name, problem, value=file.stat().st_size))
    cells: FloatArray = np.fromfile(file, dtype=kind).astype(float).reshape(sizes)
    cells[~np.isfinite(cells) | (np.abs(cells) > MISSING)] = np.nan
    return cells


def _parts(cells: FloatArray, names: list[list[str] | None], title: str) -> Parts:
    depth, rows, columns = cells.shape
    notes: list[str] = []
    two = rows != columns or (None not in names[:2] and names[0] != names[1])
    first = as_ids(names[1] or names[0] or [str(at + 1) for at in range(rows)], notes)
    second = first
    if two:
        second = as_ids(names[0] or [f"c{at + 1}" for at in range(columns)], notes, first)
    kinds = (names[2] if len(names) > 2 else None) or [str(level + 1) for level in range(depth)]
    if two and depth > 1:
        raise DataError("several two-mode matrices in one UCINET file: give each its own")
    parts = [
        matrix_ties(cells[at], first, second).assign(relation=kinds[at]) for at in range(depth)
    ]
    ties = (
        pd.concat(parts, ignore_index=True) if parts else pd.DataFrame({"source": [], "target": []})
    )
    if depth == 1:
        ties = ties.drop(columns="relation")
    events = pd.DataFrame(index=second) if two else None
    return Parts(pd.DataFrame(index=first), ties, True, title, events, notes)
