"""Every triangle of a network, listed with numpy: of each pair, the end with fewer partners is the corner.

Two pairs of one corner make a triangle where their other ends are a pair too. No hub is the corner of many
pairs, so there are few candidates, at every size and however uneven the network is.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.text_codes import SPREAD

IntArray = NDArray[np.int64]
AT_ONCE = 1_000_000


def triangle_sides(first: IntArray, second: IntArray, n: int) -> IntArray:
    """Return a column per triangle: the rows of its three sides, ascending, among pairs in order.

    ``first < second`` are places among ``n`` actors, sorted by ``first``, then ``second``.
    """
    partners = np.bincount(first, minlength=n) + np.bincount(second, minlength=n)
    turned = partners[first] > partners[second]
    corner, other = np.where(turned, second, first), np.where(turned, first, second)
    row = in_order(corner, n)  # so the other ends at one corner ascend
    other, pairs = other[row], _Pairs.of(first * n + second)
    found = [np.empty((3, 0), dtype=np.int64)]
    for one, two in _at_one_corner(np.bincount(corner, minlength=n)):
        closed, third = pairs.find(other[one] * n + other[two])
        found.append(np.stack([row[one[closed]], row[two[closed]], third]))
    sides = np.concatenate(found, axis=1)
    low, high = sides.min(axis=0), sides.max(axis=0)
    return np.stack([low, sides.sum(axis=0) - low - high, high])


def in_order(keys: IntArray, below: int) -> IntArray:
    """Return what puts keys from 0 to ``below`` in order, equal ones as they stand.

    Numbers of 16 bits are sorted in linear time, so longer ones are put in order 16 bits at a time.
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    for shift in range(16, below.bit_length(), 16):
        part = (keys >> shift).astype(np.uint16)
        order = order[np.argsort(part[order], kind="stable")]
    return order


def _at_one_corner(held: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Yield every two positions at one corner, some million at a time; ``held`` counts them per corner."""
    later = np.repeat(np.cumsum(held), held) - np.arange(1, held.sum() + 1)
    so_far = np.cumsum(later)
    cuts = np.searchsorted(so_far, np.arange(0, so_far[-1:].sum(), AT_ONCE))
    for start, stop in pairwise([*cuts.tolist(), len(later)]):
        count, place = later[start:stop], np.arange(start, stop)
        one = np.repeat(place, count)
        yield one, np.arange(len(one)) + np.repeat(place + 1 + count - np.cumsum(count), count)


class _Pairs(NamedTuple):
    """The keys of all pairs, in order, and a sieve that lets them through and few others."""

    keys: IntArray
    sieve: NDArray[np.bool_]
    shift: np.uint64

    @classmethod
    def of(cls, keys: IntArray) -> _Pairs:
        """Return the pairs with a sieve of some twenty places per key."""
        size = max(16 * len(keys), 2).bit_length()
        pairs = cls(keys, np.zeros(1 << size, dtype=bool), np.uint64(64 - size))
        pairs.sieve[pairs.place(keys)] = True
        return pairs

    def place(self, keys: IntArray) -> NDArray[np.uint64]:
        """Return where each key falls in the sieve."""
        return (keys.view(np.uint64) * SPREAD) >> self.shift

    def find(self, wanted: IntArray) -> tuple[IntArray, IntArray]:
        """Return which of ``wanted`` are pairs, and the rows of those."""
        likely = np.flatnonzero(self.sieve[self.place(wanted)])
        below = int(self.keys.max(initial=0)) + 1
        likely = likely[in_order(wanted[likely], below)]  # so that memory is read in order
        row = np.searchsorted(self.keys, wanted[likely])
        there = self.keys.take(row, mode="clip") == wanted[likely]
        return likely[there], row[there]
