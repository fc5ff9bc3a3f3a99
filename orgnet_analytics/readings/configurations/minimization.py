"""Boolean minimization: the prime implicants around each row.

A combination is a row of levels, with `ANY` where it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.readings.configurations.expressions import ANY

Ints = NDArray[np.int_]
Bools = NDArray[np.bool_]

LARGEST = 2**16
"""Rows of the largest truth table: 16 two-valued conditions."""


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
    within = _within(allowed, wanted)
    prime = within.copy()
    for axis in range(allowed.ndim):
        held, left_open = (one.reshape(2**axis, 2, -1) for one in (prime, within))
        held[:, 0] &= ~left_open[:, 1]
    choice, row = np.divmod(np.flatnonzero(prime), len(wanted))
    left_open = choice[:, None] >> np.arange(allowed.ndim)[::-1] & 1 == 1
    found = _distinct(np.where(left_open, ANY, wanted[row]), allowed.shape)
    return found[np.lexsort(_order(found))]


def _within(allowed: Bools, wanted: Ints) -> Bools:
    """Say which conditions may be left open around each row: a row per choice of them, a column per row.

    The choices are counted in two's, 1 for a condition left open, the last condition first.
    """
    count = len(wanted)
    corners = np.zeros((1, count), dtype=np.intp)
    for axis, levels in enumerate(allowed.shape):
        own_first = (wanted[:, axis] + np.arange(levels)[:, None]) % levels
        corners = (corners[:, None] * levels + own_first).reshape(-1, count)
    within = allowed.ravel()[corners]
    for axis, levels in enumerate(allowed.shape):
        places = within.reshape(2**axis, levels, -1)
        every = np.logical_and.reduce(places, axis=1, keepdims=True)
        within = np.concatenate([places[:, :1], every], axis=1)
    return within.reshape(-1, count)


def _distinct(combinations: Ints, levels: tuple[int, ...]) -> Ints:
    """Return each combination once."""
    sizes = tuple(size + 1 for size in levels)
    numbers = np.unique(np.ravel_multi_index(tuple(combinations.T - ANY), sizes))
    return np.column_stack(np.unravel_index(numbers, sizes)) + ANY


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


def cells(combination: Iterable[int]) -> tuple[int | slice, ...]:
    """Return where in the grid of all rows of the truth table a combination holds.

    Examples
    --------
    >>> grid = np.arange(12).reshape(2, 2, 3)
    >>> grid[cells([1, ANY, 2])].tolist()
    [8, 11]
    """
    return tuple(slice(None) if level == ANY else level for level in combination)
