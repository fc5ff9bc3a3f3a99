"""How far one set lies within another: inclusion, coverage, PRI and relevance, for necessity and sufficiency.

Sets are memberships from 0 to 1 with the cases along the first axis: one set, or a table with a set per
column. Sufficiency of x for y reads `inclusion(x, y)`, `pri(x, y)` and `coverage(x, y)`. Necessity exchanges
the roles, `inclusion(y, x)` and `coverage(y, x)`, and adds `ron(x, y)`. Every answer is an array: a single
number for one set, one per column for a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from orgnet_analytics.errors import DataError, Issue, nearest

Values = NDArray[np.float64]


def inclusion(x: ArrayLike, y: ArrayLike) -> Values:
    r"""How much of x lies within y (consistency).

    .. math:: \sum \min(x, y) / \sum x

    Parameters
    ----------
    x, y : array-like
        Memberships, cases along the first axis.

    Returns
    -------
    numpy.ndarray
        0 to 1; 1: x is a subset of y. NaN where no case belongs to x at all.

    Notes
    -----
    Source: Ragin (2006), as R's QCA computes it. Checked against QCA 3.25.1 on Lipset's data.

    Examples
    --------
    >>> float(inclusion([0.4, 0.6], [0.5, 0.3]))
    0.7
    """
    both, x, _ = _meeting(x, y)
    return _share(both.sum(axis=0), x.sum(axis=0))


def coverage(x: ArrayLike, y: ArrayLike) -> Values:
    r"""How much of y is reached by x.

    .. math:: \sum \min(x, y) / \sum y

    Parameters
    ----------
    x, y : array-like
        Memberships, cases along the first axis.

    Returns
    -------
    numpy.ndarray
        0 to 1; 1: all of y lies within x. NaN where no case belongs to y at all.

    Notes
    -----
    Source: Ragin (2006), as R's QCA computes it. Checked against QCA 3.25.1 on Lipset's data.

    Examples
    --------
    >>> float(coverage([0.4, 0.6], [0.5, 0.5]))
    0.9
    """
    both, _, y = _meeting(x, y)
    return _share(both.sum(axis=0), y.sum(axis=0))


def pri(x: ArrayLike, y: ArrayLike) -> Values:
    r"""How much of x lies within y and not at the same time within its negation.

    .. math:: \frac{\sum \min(x, y) - \sum \min(x, y, 1-y)}{\sum x - \sum \min(x, y, 1-y)}

    The proportional reduction in inconsistency. Far below `inclusion`: x is about as much a subset of not-y.

    Parameters
    ----------
    x, y : array-like
        Memberships, cases along the first axis.

    Returns
    -------
    numpy.ndarray
        At most 1; equal to `inclusion` for crisp sets. NaN where nothing of x is left to judge by.

    Notes
    -----
    As R's QCA computes it. Checked against QCA 3.25.1 on Lipset's data.

    Examples
    --------
    >>> float(inclusion([0.4, 0.6], [0.4, 0.3])), float(pri([0.4, 0.6], [0.4, 0.3]).round(3))
    (0.7, 0.0)
    """
    both, x, y = _meeting(x, y)
    neither = np.minimum(both, 1 - y).sum(axis=0)
    return _share(both.sum(axis=0) - neither, x.sum(axis=0) - neither)


def ron(x: ArrayLike, y: ArrayLike) -> Values:
    r"""How relevant x is as a necessary condition of y: near 0 where x holds in every case anyway.

    .. math:: \sum (1 - x) / \sum (1 - \min(x, y))

    Parameters
    ----------
    x, y : array-like
        Memberships, cases along the first axis.

    Returns
    -------
    numpy.ndarray
        0 to 1. High: x varies, so that being necessary says something. Low: trivial. NaN where both hold
        fully in every case.

    Notes
    -----
    Relevance of necessity, as R's QCA computes it. Checked against QCA 3.25.1 on Lipset's data.

    Examples
    --------
    >>> float(ron([1.0, 1.0], [1.0, 0.0])), float(ron([1.0, 0.0], [1.0, 0.0]))
    (0.0, 1.0)
    """
    both, x, _ = _meeting(x, y)
    return _share((1 - x).sum(axis=0), (1 - both).sum(axis=0))


def _meeting(x: ArrayLike, y: ArrayLike) -> tuple[Values, Values, Values]:
    """Return where x and y meet, and both, a single set beside a table as a column."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    deep = max(x.ndim, y.ndim)
    x, y = (a if a.ndim == deep else a[:, None] for a in (x, y))
    return np.minimum(x, y), x, y


def _share(part: Values, whole: Values) -> Values:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(whole == 0, np.nan, part / whole)


def memberships(frame: pd.DataFrame, columns: Sequence[str], *, highest: float = 1) -> pd.DataFrame:
    """Return these columns as numbers, checked to be memberships.

    Raises
    ------
    DataError
        Listing every column that is not there and every value that is missing, no number, or outside
        0 to ``highest``.

    Examples
    --------
    >>> table = pd.DataFrame({"trust": [0.2, 3]}, index=["Ghent", "Bruges"])
    >>> memberships(table, ["trust"])
    Traceback (most recent call last):
        ...
    orgnet_analytics.errors.DataError: 1 problem in the data:
      sets, row Bruges, column 'trust': wanted a membership from 0 to 1: 3.0 -> calibrate it first
    """
    need_table(frame)
    absent = [
        Issue("sets", "has no such column", column=str(one), suggestion=nearest(str(one), map(str, frame)))
        for one in columns
        if one not in frame
    ]  # fmt: skip
    if absent:
        raise DataError(absent)
    found = [issue for one in columns for issue in _outside(frame[one], highest)]
    if found:
        raise DataError(found)
    return frame[list(columns)].astype(float)


def need_table(frame: object) -> None:
    """Raise where this is no table."""
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"wanted a table of sets, got {type(frame).__name__}")


def _outside(column: pd.Series, highest: float) -> Iterator[Issue]:
    numbers = pd.to_numeric(column, errors="coerce").astype(float)
    wrong = ~numbers.between(0, highest)
    wanted = "from 0 to 1" if highest == 1 else "from 0 to 1, or a level from 0"
    for case, value, number in zip(column.index[wrong], column[wrong], numbers[wrong], strict=True):
        if pd.isna(value):
            yield Issue("sets", "is missing", case, str(column.name),
                        suggestion="leave the case out, or find the value")  # fmt: skip
        else:
            yield Issue("sets", f"wanted a membership {wanted}", case, str(column.name),
                        value if pd.isna(number) else float(number), "calibrate it first")  # fmt: skip
