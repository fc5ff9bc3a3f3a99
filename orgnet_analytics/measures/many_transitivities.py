"""Transitivity of many networks at once: whom each actor sends to and receives from, as rows of bits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.network import FloatArray, IntArray
from orgnet_analytics.redrawn import Beside

Bits = NDArray[np.uint64]
AT_ONCE = 300_000  # dyads: what a processor keeps near


def transitivities(many: Beside) -> FloatArray:
    """Return what `net_transitivity` is in each of the networks, NaN where it has no two-path to close."""
    step = max(1, AT_ONCE // max(many.n, 1) ** 2)
    parts = [
        _some(many, start, min(start + step, many.draws)) for start in range(0, many.draws, step)
    ]
    return np.concatenate(parts)


def _some(many: Beside, start: int, stop: int) -> FloatArray:
    mine = slice(*np.searchsorted(many.net, [start, stop]))
    net, n, count = many.net[mine] - start, many.n, stop - start
    source, target = many.source[mine], many.target[mine]
    if not many.directed:  # each way is a tie; all counts are double those of pairs
        net = np.tile(net, 2)
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    sends, row_of_sender = _rows(net, source, target, n, count)
    receives, row_of_receiver = _rows(net, target, source, n, count)
    paths = (_held(sends) * _held(receives)).reshape(count, n).sum(axis=1)
    there_and_back = _held(sends & receives).reshape(count, n).sum(axis=1)
    between = _held(sends[row_of_sender] & receives[row_of_receiver])
    closed = np.bincount(net, between, minlength=count)
    told = paths - there_and_back - _unknown(many, sends, receives, count)
    shares: FloatArray = np.divide(closed, told, out=np.full(count, np.nan), where=told > 0)
    return shares


def _rows(
    net: IntArray, actor: IntArray, other: IntArray, n: int, count: int
) -> tuple[Bits, IntArray]:
    """Return a row per actor of each network, a bit for each other it is tied to; and each tie's row."""
    row = net * n + actor
    tied = np.zeros((count * n, max(-(-n // 64), 1) * 64), dtype=bool)
    tied[row, other] = True
    return np.packbits(tied, axis=1).view(np.uint64), row


def _held(rows: Bits) -> IntArray:
    held: IntArray = np.bitwise_count(rows).sum(axis=1, dtype=np.int64)
    return held


def _unknown(many: Beside, sends: Bits, receives: Bits, count: int) -> IntArray:
    """Return per network the two-paths between actors of whom nobody reported whether they are tied."""
    first, last = (np.add.outer(np.arange(count) * many.n, end) for end in many.gaps)
    between = _held(sends[first.ravel()] & receives[last.ravel()]).reshape(first.shape)
    unknown: IntArray = between.sum(axis=1) * (1 if many.directed else 2)
    return unknown
