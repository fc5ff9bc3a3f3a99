"""QAP: do two networks on the same organizations go together more than chance would have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.inference.engine import Test, Work, run, tested
from orgnet_analytics.inference.sheets import Cells, Sheet, crossed, sheets, shuffles
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork


@dataclass(frozen=True)
class Correlation:
    """The correlation of two sheets, the second with its actors in another order."""

    first: Sheet
    second: Sheet

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws."""
        return self.at(shuffles(rng, count, self.first.known.n))

    def at(self, orders: IntArray) -> FloatArray:
        """Return the correlation for each order, over the dyads known on both sheets."""
        symmetric = self.first.symmetric and self.second.symmetric
        x, dark_x = self.first.known, self.first.gaps
        y, dark_y = self.second.known, self.second.gaps
        n = x.n
        dyads = n * (n - 1) / (2 if symmetric else 1)
        if symmetric:
            x, dark_x = x.upper(), dark_x.upper()
        half = 2 if symmetric else 1
        lost_x = crossed(x, [dark_y], orders)[:, 0], crossed(_squared(x), [dark_y], orders)[:, 0]
        lost_y = crossed(dark_x, [y, _squared(y), dark_y], orders)
        number = dyads - len(dark_x.rows) - len(dark_y.rows) / half + lost_y[:, 2]
        sums = x.values.sum() - lost_x[0], y.values.sum() / half - lost_y[:, 0]
        squares = (x.values**2).sum() - lost_x[1], (y.values**2).sum() / half - lost_y[:, 1]
        product = crossed(x, [y], orders)[:, 0]
        with np.errstate(invalid="ignore", divide="ignore"):
            spread = (number * squares[0] - sums[0] ** 2) * (number * squares[1] - sums[1] ** 2)
            found = (number * product - sums[0] * sums[1]) / np.sqrt(np.maximum(spread, 0))
        return np.where(spread > 1e-9 * number**2, found, np.nan)


def _squared(cells: Cells) -> Cells:
    return Cells(cells.n, cells.rows, cells.columns, cells.values**2)


def qap_correlation(
    a: OrgNetwork | pd.DataFrame,
    b: OrgNetwork | pd.DataFrame,
    *,
    permutations: int = 10_000,
    seed: int | None = None,
    workers: int = 1,
    client: Any = None,
) -> Test:
    """Whether two networks on the same organizations overlap more, or less, than chance.

    The correlation of the two tie strengths over all dyads, against the same correlation with the
    organizations of the second network in random order: who has many ties keeps many ties, so that the
    dependence between the dyads of one organization is in the comparison.

    Parameters
    ----------
    a, b : OrgNetwork or pandas.DataFrame
        The same actors, in any order; one relation each. A table is read as a square matrix, NaN is unknown.
    permutations : int
        How many random orders.
    seed : int, optional
        Makes the same orders again, whatever the number of workers.
    workers : int
        Processes to spread the work over; worth it from some seconds of work on.
    client : dask.distributed.Client, optional
        Spread the work over a cluster instead.

    Returns
    -------
    Test
        ``estimate`` between -1 and 1. High: who does the one also does the other. ``interval`` is what chance
        gives. A dyad unknown in either is left out, in the data and in each order. NaN where either network
        has no variation.

    Raises
    ------
    DataError
        Where the actors differ.

    Notes
    -----
    Each order costs as many look-ups as ``a`` has ties. Known from Krackhardt (1988). Checked against numpy
    on every order of small networks, with and without unknown dyads, and against R's sna.

    Examples
    --------
    >>> from orgnet_analytics.datasets import load_knoke
    >>> net = load_knoke()
    >>> test = qap_correlation(net.relation("information"), net.relation("money"), seed=1)
    >>> round(test.estimate, 4), 0.7 < test.greater < 0.75
    (-0.0508, True)
    """
    _, found = sheets({"a": a, "b": b})
    task = Correlation(found["a"], found["b"])
    estimate = float(task.at(np.arange(found["a"].known.n)[None, :])[0])
    draws, used = run(task, Work(permutations, seed, workers, client, "QAP"))
    return tested("QAP correlation", estimate, draws, used)
