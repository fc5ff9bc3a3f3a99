"""Square sheets of dyads: networks and matrices on the same actors, in sparse form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.frames import square_cells
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork

DENSE_UP_TO = 2_000
LOOKED_UP = 100_000  # at once: what a processor keeps near


@dataclass(frozen=True)
class Cells:
    """Some cells of a sheet of n by n: positions and values, the rest being 0."""

    n: int
    rows: IntArray
    columns: IntArray
    values: FloatArray

    @cached_property
    def _flat(self) -> tuple[IntArray, FloatArray]:
        keys = self.rows * self.n + self.columns
        order = np.argsort(keys)
        return keys[order], self.values[order]

    @cached_property
    def dense(self) -> FloatArray:
        """The whole sheet, row after row."""
        flat = np.zeros(self.n * self.n)
        flat[self.rows * self.n + self.columns] = self.values
        return flat

    def at(self, keys: IntArray) -> FloatArray:
        """Return the values at ``row * n + column``."""
        if self.n <= DENSE_UP_TO:
            return self.dense.take(keys)
        known, values = self._flat
        if not len(known):
            return np.zeros(keys.shape)
        place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        return np.where(known[place] == keys, values[place], 0.0)

    def upper(self) -> Cells:
        """Return the cells above the diagonal only."""
        keep = self.rows < self.columns
        return Cells(self.n, self.rows[keep], self.columns[keep], self.values[keep])

    def ones(self) -> Cells:
        """Return a 1 for each of these cells."""
        return Cells(self.n, self.rows, self.columns, np.ones(len(self.rows)))


@dataclass(frozen=True)
class Sheet:
    """What is known of every dyad: the cells other than 0, and the unknown ones."""

    known: Cells
    gaps: Cells
    symmetric: bool


def sheets(
    items: dict[str, OrgNetwork | pd.DataFrame], ids: pd.Index | None = None
) -> tuple[pd.Index, dict[str, Sheet]]:
    """Return the actors, and each network or matrix as a sheet in their order."""
    if ids is None:
        first = next(iter(items.values()))
        ids = first.actors.index if isinstance(first, OrgNetwork) else square_cells(first, None)[0]
    found: list[Issue] = []
    for name, item in items.items():
        own = item.actors.index if isinstance(item, OrgNetwork) else None
        if own is not None and set(own) != set(ids):
            found += [
                Issue(name, "not among the actors", i, "", i, nearest(i, ids))
                for i in own.difference(ids)
            ] + [Issue(name, "the actor is missing", i, "", i) for i in ids.difference(own)]
    if found:
        raise DataError(found)
    return ids, {name: _sheet(item, ids) for name, item in items.items()}


def _sheet(item: OrgNetwork | pd.DataFrame, ids: pd.Index) -> Sheet:
    n = len(ids)
    if isinstance(item, OrgNetwork):
        place, gaps = ids.get_indexer(item.actors.index), item.gaps
        known = Cells(n, place[item.arcs.source], place[item.arcs.target], item.arcs.weight)
        unknown = Cells(n, place[gaps.source], place[gaps.target], np.ones(len(gaps.source)))
        if item.directed:
            return Sheet(known, unknown, False)
        return Sheet(_both_ways(known), _both_ways(unknown), True)
    _, cells, found = square_cells(item, ids)
    if found:
        raise DataError(found)
    np.fill_diagonal(cells := cells.copy(), 0)
    symmetric = np.array_equal(cells, cells.T, equal_nan=True)
    rows, columns = np.nonzero(np.nan_to_num(cells))
    dark_rows, dark_columns = np.nonzero(np.isnan(cells))
    known = Cells(n, rows, columns, cells[rows, columns])
    return Sheet(known, Cells(n, dark_rows, dark_columns, np.ones(len(dark_rows))), symmetric)


def _both_ways(cells: Cells) -> Cells:
    return Cells(
        cells.n,
        np.concatenate([cells.rows, cells.columns]),
        np.concatenate([cells.columns, cells.rows]),
        np.concatenate([cells.values, cells.values]),
    )


def crossed(one: Cells, others: Sequence[Cells], orders: IntArray) -> FloatArray:
    """Return the sums of ``one[i, j] * other[p(i), p(j)]``: a row per order p, a column per other.

    The cost per order is that of the cells of ``one``, not of all dyads.
    """
    found = np.zeros((len(orders), len(others)))
    filled = [column for column, other in enumerate(others) if len(other.rows)]
    if not filled or not len(one.rows):
        return found
    step = max(1, LOOKED_UP // len(one.rows))
    for start in range(0, len(orders), step):
        # An actor a row: its places in all orders lie together, and are fetched together.
        places = np.ascontiguousarray(orders[start : start + step].T)
        keys = (places * one.n).take(one.rows, axis=0)
        keys += places.take(one.columns, axis=0)
        for column in filled:
            found[start : start + step, column] = one.values @ others[column].at(keys)
    return found


def shuffles(rng: np.random.Generator, count: int, n: int) -> IntArray:
    """Return ``count`` random orders of n actors, one a row."""
    return rng.permuted(np.tile(np.arange(n), (count, 1)), axis=1)


def same(net: OrgNetwork, *, by: str) -> pd.DataFrame:
    """Whether two organizations have the same value: a matrix to explain ties with.

    Parameters
    ----------
    net : OrgNetwork
        Any number of relations.
    by : str
        Column of ``actors``.

    Returns
    -------
    pandas.DataFrame
        Actors by actors: 1 the same, 0 not, NaN where either value is missing; the diagonal is 0.

    Examples
    --------
    >>> actors = pd.DataFrame({"sector": ["care", "care", "police"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> same(net, by="sector").loc["a"].tolist()
    [0.0, 1.0, 0.0]
    """
    values = net.column(by)
    codes = values.astype("category").cat.codes.to_numpy()
    return _of_pairs(net, np.equal.outer(codes, codes).astype(float), values.isna().to_numpy())


def difference(net: OrgNetwork, *, by: str, absolute: bool = True) -> pd.DataFrame:
    """How far apart two organizations are on a number: a matrix to explain ties with.

    Parameters
    ----------
    net : OrgNetwork
        Any number of relations.
    by : str
        Column of ``actors`` with numbers.
    absolute : bool
        The distance; where False, sender minus receiver.

    Returns
    -------
    pandas.DataFrame
        Actors by actors; NaN where either value is missing; the diagonal is 0.

    Raises
    ------
    DataError
        Where the column holds something else than numbers.

    Examples
    --------
    >>> actors = pd.DataFrame({"rank": [1, 4]}, index=["a", "b"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> difference(net, by="rank", absolute=False).loc["a"].tolist()
    [0.0, -3.0]
    """
    column = net.column(by)
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    wrong = column[numbers.isna() & column.notna()]
    if len(wrong):
        raise DataError(Issue("actors", "wanted a number", i, by, v) for i, v in wrong.items())
    values = numbers.to_numpy()
    gaps = np.subtract.outer(values, values)
    return _of_pairs(net, np.abs(gaps) if absolute else gaps, np.isnan(values))


def _of_pairs(net: OrgNetwork, cells: FloatArray, missing: FloatArray) -> pd.DataFrame:
    cells[missing, :] = cells[:, missing] = np.nan
    np.fill_diagonal(cells, 0.0)
    return pd.DataFrame(cells, index=net.actors.index, columns=net.actors.index)
