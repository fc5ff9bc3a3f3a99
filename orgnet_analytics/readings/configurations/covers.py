"""Every smallest choice of prime implicants that covers what suffices, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import compress, count, islice, product
from math import ceil, prod
from operator import or_

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, linprog, milp

from orgnet_analytics.errors import UndefinedError

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Choice = tuple[int, ...]

EASY, STEPS, NODES = 100, 200_000, 10_000
"""Steps up to which a search is easy, and steps and nodes after which it gives up: some seconds."""


@dataclass(frozen=True)
class Covers:
    """The smallest covers.

    Attributes
    ----------
    chosen : list of tuple of int
        Each cover, as the positions of its prime implicants.
    count : int or None
        How many there are, listed or not; None where the search gave up before it knew.
    """

    chosen: list[Choice]
    count: int | None

    @property
    def complete(self) -> bool:
        """Whether all of them are listed."""
        return self.count == len(self.chosen)


def smallest_covers(chart: Bools, most: int, *, count_all: bool = True) -> Covers:
    """Return every smallest choice of rows of ``chart`` that together cover all its columns, up to ``most``.

    Without ``count_all`` the search stops at so many, and how many more there are stays unknown.

    Parts of the chart that no row ties together are searched apart: each cover is a choice of one per part.
    Rows that cover the same columns are searched as one and told apart at the end.

    Raises
    ------
    UndefinedError
        Where not even the size of the smallest covers is found in `STEPS`.

    Examples
    --------
    >>> smallest_covers(np.array([[True, False], [False, True], [False, True]]), 10)
    Covers(chosen=[(0, 1), (0, 2)], count=2)
    """
    alike = _alike(_needed(chart))
    search = _Search(alike)
    enough = None if count_all else most
    found = [_covers_of(part, search, alike, most, enough) for part in _parts(alike)]
    listed = islice(product(*(one.chosen for one in found)), most)
    chosen = sorted(tuple(sorted(at for part in cover for at in part)) for cover in listed)
    known = [one.count for one in found if one.count is not None]
    return Covers(chosen, prod(known) if len(known) == len(found) else None)


def _needed(chart: Bools) -> Bools:
    """Return the columns that are not covered as soon as some other is."""
    held = chart.astype(np.float32)
    both, alone = held.T @ held, held.sum(axis=0)
    implies = both == alone[:, None]
    sooner = (alone[:, None] < alone) | np.triu(np.ones_like(implies), 1)
    needed: Bools = chart[:, ~(implies & sooner).any(axis=0)]
    return needed


def _alike(chart: Bools) -> dict[int, list[int]]:
    """Return the rows of the chart by what they cover: a number with a bit per column, the rarest lowest."""
    order = np.argsort(chart.sum(axis=0), kind="stable")
    bits = np.packbits(chart[:, order], axis=1, bitorder="little")
    alike: dict[int, list[int]] = {}
    for at, row in enumerate(bits):
        alike.setdefault(int.from_bytes(row.tobytes(), "little"), []).append(at)
    alike.pop(0, None)
    return dict(sorted(alike.items()))


def _parts(masks: Iterable[int]) -> list[int]:
    """Return the sets of columns that rows tie together."""
    parts: list[int] = []
    for mask in masks:
        tied = [part for part in parts if part & mask]
        parts = [part for part in parts if not part & mask] + [reduce(or_, tied, mask)]
    return sorted(parts)


def _covers_of(
    part: int, search: _Search, alike: dict[int, list[int]], most: int, enough: int | None
) -> Covers:
    """Return the smallest covers of one part of the chart; with more than enough of them, stop."""
    chosen: list[Choice] = []
    number = 0
    try:
        for cover in search.covers(part):
            rows = [alike[mask] for mask in cover]
            chosen += islice(product(*rows), most - len(chosen))
            number += prod(map(len, rows))
            if enough is not None and number > enough:
                return Covers(chosen, None)
    except _GaveUpError:
        if not chosen:
            raise UndefinedError(
                "No smallest set of combinations was found: the outcome follows the conditions too loosely. "
                "Leave conditions out, or ask for more cases per combination (n_cut)."
            ) from None
        return Covers(chosen, None)
    return Covers(chosen, number)


class _GaveUpError(Exception):
    """The search took too many steps."""


class _Search:
    """Covers by branching on the open column that the fewest rows cover; what fails is remembered."""

    def __init__(self, masks: Iterable[int]) -> None:
        self.enough: dict[int, int] = {}
        self.too_few: dict[int, int] = {}
        self.steps, self.most = 0, EASY
        self._use(masks)

    def _use(self, masks: Iterable[int]) -> None:
        """Search among these rows, those that cover most first."""
        self.masks = sorted(masks, key=int.bit_count, reverse=True)
        self.columns = reduce(or_, self.masks).bit_length()
        self.holders = [
            [mask for mask in self.masks if mask >> one & 1] for one in range(self.columns)
        ]
        self.near = [reduce(or_, held) for held in self.holders]

    @cached_property
    def weights(self) -> Floats:
        """The weights of the columns; they cost a linear program, which an easy search does without."""
        return _weights(_chart(self.masks, self.columns))

    @cached_property
    def summed(self) -> list[list[float]]:
        """The weights summed up for every choice among eight columns in a row."""
        bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, ::-1]
        padded = np.pad(self.weights, (0, -self.columns % 8)).reshape(-1, 8)
        return [list(map(float, bits @ part)) for part in padded]

    def covers(self, need: int) -> Iterator[Choice]:
        """Yield every smallest cover of these columns once."""
        self.most = self.steps + EASY
        try:
            size = next(size for size in count(1) if self._possible(need, size))
        except _GaveUpError:
            size = self._hard_size(need)
        self.most = self.steps + STEPS
        return self._extend(need, size, frozenset())

    def _hard_size(self, need: int) -> int:
        """Return the size of the smallest covers by an integer program, and drop the rows no such cover has.

        A cover has at least the weight of all columns in rows, and as much more as each of its rows weighs
        less than 1.
        """
        ours = [mask for mask in self.masks if mask & need]
        size = _fewest(_chart(ours, self.columns)[:, _bits(need, self.columns)])
        slack = size - float(self.weights[_bits(need, self.columns)].sum())
        light = 1 - _chart(ours, self.columns) @ self.weights > slack + 1e-6
        self._use(set(self.masks) - set(compress(ours, light)))
        return size

    def _extend(self, need: int, left: int, barred: frozenset[int]) -> Iterator[Choice]:
        if not need:
            yield ()
            return
        choices = (self._open(need, left, barred, one) for one in self._apart(need))
        for one in min(choices, key=len):
            rest = need & ~one
            if self._possible(rest, left - 1):
                for others in self._extend(rest, left - 1, barred):
                    yield (one, *others)
                barred |= {one}

    def _open(self, need: int, left: int, barred: frozenset[int], column: int) -> list[int]:
        """Return the rows for this column after which the rest does not weigh too much."""
        return [
            one
            for one in self.holders[column]
            if one not in barred and self._weight(need & ~one) < left
        ]

    def _possible(self, need: int, left: int) -> bool:
        """Say whether so many rows can cover what is still open."""
        self.steps += 1
        if self.steps > self.most:
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
        """Return how many rows at least are needed: no row covers any two of those apart."""
        return max(self._weight(need), sum(1 for _ in self._apart(need)))

    def _weight(self, need: int) -> int:
        """Return how many rows at least these columns weigh; an easy search does not ask."""
        if self.steps < EASY:
            return 0
        heavy = sum(table[need >> 8 * at & 255] for at, table in enumerate(self.summed))
        return ceil(heavy - 1e-6)

    def _apart(self, need: int) -> Iterator[int]:
        """Yield open columns no two of which are covered by one row, the rarest first."""
        while need:
            one = _lowest(need)
            yield one
            need &= ~self.near[one]

    def _best(self, need: int, column: int) -> list[int]:
        """Return what the rows for this column meet of the open ones, without what another meets as well."""
        meets = {mask & need for mask in self.holders[column]}
        kept: list[int] = []
        for met in sorted(meets, key=int.bit_count, reverse=True):
            if not any(met & ~other == 0 for other in kept):
                kept.append(met)
        return kept


def _chart(masks: Sequence[int], columns: int) -> Bools:
    return np.array([_bits(mask, columns) for mask in masks])


def _bits(mask: int, columns: int) -> Bools:
    return np.array([mask >> one & 1 for one in range(columns)], dtype=bool)


def _weights(chart: Bools) -> Floats:
    """Return weights of the columns of which no row covers more than 1: their sum bounds the rows needed."""
    rows, columns = chart.shape
    best = linprog(-np.ones(columns), A_ub=chart, b_ub=np.ones(rows), method="highs")
    weights: Floats = np.maximum(best.x, 0) / max(1.0, float((chart @ best.x).max()))
    return weights


def _fewest(chart: Bools) -> int:
    """Return how many rows a smallest cover has."""
    found = milp(
        np.ones(len(chart)),
        constraints=LinearConstraint(chart.T.astype(float), lb=1),
        integrality=1,
        bounds=(0, 1),
        options={"node_limit": NODES},
    )
    if not found.success:
        raise _GaveUpError
    size: int = round(found.fun)
    return size


def _lowest(columns: int) -> int:
    return (columns & -columns).bit_length() - 1
