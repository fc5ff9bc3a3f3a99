"""Boolean minimization: prime implicants around each row, and every smallest set of them that covers.

A combination is a row of levels, with `ANY` where it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from math import ceil
from operator import or_

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.readings.configurations.expressions import ANY

Ints = NDArray[np.int_]
Bools = NDArray[np.bool_]

LARGEST = 2**16
"""Rows of the largest truth table: 16 two-valued conditions."""
EASY, STEPS = 100, 300_000
"""Steps up to which a search is easy, and after which it gives up: some seconds."""


def primes(allowed: Bools, wanted: Ints) -> Ints:
    """Return the shortest combinations within ``allowed`` that cover something wanted, in order.

    Parameters
    ----------
    allowed : numpy.ndarray of bool
        One axis per condition: the rows of the truth table that a combination may cover.
    wanted : numpy.ndarray
        The rows to be covered, one per row, as levels.

    Returns
    -------
    numpy.ndarray
        One combination per row: nothing can be left out of any of them without covering a row that is not
        allowed.

    Examples
    --------
    >>> primes(np.array([[False, True], [True, True]]), np.array([[1, 1]]))
    array([[ 1, -1],
           [-1,  1]])
    """
    found = np.unique(np.concatenate([_around(allowed, row) for row in wanted]), axis=0)
    return found[np.lexsort(_order(found))]


def _around(allowed: Bools, row: Ints) -> Ints:
    """Return the prime implicants that cover this row.

    ``within`` has two places per condition: held at the level of the row, and left open.
    """
    within = allowed
    for axis, level in enumerate(row):
        within = np.stack([within.take(level, axis), within.all(axis)], axis)
    prime = within.copy()
    for axis in range(within.ndim):
        held, left_open = (np.index_exp[:] * axis + np.index_exp[at] for at in (0, 1))
        prime[held] &= ~within[left_open]
    return np.where(np.argwhere(prime).astype(bool), ANY, row)


def _order(rows: Ints) -> Ints:
    """Return the keys to sort combinations by: the shortest first, then by the conditions they name."""
    named = rows != ANY
    keys = [named.sum(axis=1), *(~named).T, *(-rows).T]
    return np.array(keys[::-1])


def covering(combinations: Ints, rows: Ints) -> Bools:
    """Say which combination covers which row."""
    covers = np.ones((len(combinations), len(rows)), dtype=bool)
    for one, row in zip(combinations.T, rows.T, strict=True):
        covers &= (one[:, None] == ANY) | (one[:, None] == row)
    return covers


def cells(combination: Ints, levels: Sequence[int]) -> Ints:
    """Return the numbers of all rows of the truth table a combination covers, counted from 0."""
    spans = [range(n) if at == ANY else [at] for at, n in zip(combination, levels, strict=True)]
    return np.ravel_multi_index(np.ix_(*spans), tuple(levels)).ravel()


@dataclass(frozen=True)
class Covers:
    """The smallest covers.

    Attributes
    ----------
    chosen : list of tuple of int
        Each cover, as the positions of its prime implicants.
    complete : bool
        Whether these are all of them.
    """

    chosen: list[tuple[int, ...]]
    complete: bool


def smallest_covers(chart: Bools, most: int) -> Covers:
    """Return every smallest choice of rows of ``chart`` that together cover all its columns, up to ``most``.

    Rows that cover the same columns are searched as one and told apart at the end.

    Raises
    ------
    UndefinedError
        Where not even the size of the smallest covers is found in `STEPS`.

    Examples
    --------
    >>> smallest_covers(np.array([[True, False], [False, True], [False, True]]), 10)
    Covers(chosen=[(0, 1), (0, 2)], complete=True)
    """
    patterns, group = np.unique(chart, axis=0, return_inverse=True)
    alike = [np.flatnonzero(group.ravel() == at) for at in range(len(patterns))]
    search = _Search(patterns)
    found: list[tuple[int, ...]] = []
    try:
        for cover in search.covers():
            for choice in product(*(alike[at] for at in cover)):
                if len(found) == most:
                    return Covers(sorted(found), complete=False)
                found.append(tuple(sorted(map(int, choice))))
    except _GaveUpError:
        if not found:
            raise UndefinedError(
                "No smallest set of combinations was found: the outcome follows the conditions too loosely. "
                "Leave conditions out, or ask for more cases per combination (n_cut)."
            ) from None
        return Covers(sorted(found), complete=False)
    return Covers(sorted(found), complete=True)


class _GaveUpError(Exception):
    """The search took more than `STEPS`."""


class _Search:
    """Covers by branching on the open column that the fewest rows cover; what fails is remembered.

    A set of columns is a whole number with a bit per column, the rarest column at the lowest bit.
    """

    def __init__(self, patterns: Bools) -> None:
        order = np.argsort(patterns.sum(axis=0), kind="stable")
        self.masks = [
            sum(1 << int(bit) for bit in np.flatnonzero(row)) for row in patterns[:, order]
        ]
        columns = range(patterns.shape[1])
        self.all = (1 << len(columns)) - 1
        self.holders = [
            [at for at, mask in enumerate(self.masks) if mask >> one & 1] for one in columns
        ]
        self.near = [reduce(or_, (self.masks[at] for at in held)) for held in self.holders]
        self.patterns = patterns[:, order]
        self.enough: dict[int, int] = {}
        self.too_few: dict[int, int] = {}
        self.steps = 0

    @cached_property
    def weights(self) -> list[list[float]]:
        """The weights of the columns; they cost a linear program, which an easy search does without."""
        return _weights(self.patterns)

    def covers(self) -> Iterator[tuple[int, ...]]:
        """Yield every smallest cover once."""
        size = 1
        while not self._possible(self.all, size):
            size += 1
        return self._extend(self.all, size, frozenset())

    def _extend(self, need: int, left: int, barred: frozenset[int]) -> Iterator[tuple[int, ...]]:
        if not need:
            yield ()
            return
        for one in self.holders[_lowest(need)]:
            rest = need & ~self.masks[one]
            if one not in barred and self._possible(rest, left - 1):
                for others in self._extend(rest, left - 1, barred):
                    yield (one, *others)
                barred |= {one}

    def _possible(self, need: int, left: int) -> bool:
        """Say whether so many rows can cover what is still open."""
        self.steps += 1
        if self.steps > STEPS:
            raise _GaveUpError
        if not need or left >= self.enough.get(need, left + 1):
            return True
        if left <= self.too_few.get(need, 0) or self._at_least(need) > left:
            return False
        for met in min((self._best(need, one) for one in self._apart(need)), key=len):
            if self._possible(need & ~met, left - 1):
                self.enough[need] = left
                return True
        self.too_few[need] = left
        return False

    def _at_least(self, need: int) -> int:
        """Return how many rows at least are needed: no row covers any two of the columns counted."""
        apart = sum(1 for _ in self._apart(need))
        if self.steps < EASY:
            return apart
        heavy = sum(table[need >> 8 * at & 255] for at, table in enumerate(self.weights))
        return max(ceil(heavy - 1e-6), apart)

    def _apart(self, need: int) -> Iterator[int]:
        """Yield open columns no two of which are covered by one row, the rarest first."""
        while need:
            one = _lowest(need)
            yield one
            need &= ~self.near[one]

    def _best(self, need: int, column: int) -> list[int]:
        """Return what the rows for this column meet of the open ones, without what another meets as well."""
        meets = {self.masks[at] & need for at in self.holders[column]}
        kept: list[int] = []
        for met in sorted(meets, key=int.bit_count, reverse=True):
            if not any(met & ~other == 0 for other in kept):
                kept.append(met)
        return kept


def _weights(patterns: Bools) -> list[list[float]]:
    """Return weights of the columns of which no row covers more than 1: their sum bounds the rows needed.

    They are summed up beforehand for every choice among eight columns in a row.
    """
    rows, columns = patterns.shape
    best = linprog(-np.ones(columns), A_ub=patterns, b_ub=np.ones(rows), method="highs")
    weights = np.maximum(best.x, 0) / max(1.0, float((patterns @ best.x).max()))
    eight = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, ::-1].astype(float)
    padded = np.pad(weights, (0, -columns % 8)).reshape(-1, 8)
    return [list(map(float, eight @ part)) for part in padded]


def _lowest(columns: int) -> int:
    return (columns & -columns).bit_length() - 1
