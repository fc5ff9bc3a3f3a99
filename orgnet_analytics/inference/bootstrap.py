"""Bootstrap: how far could a number be off, had other organizations of this kind been in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.inference.engine import Work, middle, run
from orgnet_analytics.network import Arcs, FloatArray, OrgNetwork
from orgnet_analytics.progress import advance
from orgnet_analytics.redrawn import Measure, number, redrawn, silent, states

Method = Literal["snijders_borgatti", "node"]


@dataclass(frozen=True, eq=False, repr=False)
class Bootstrap:
    """A measure with its standard error.

    Attributes
    ----------
    name : str
        The measure.
    estimate, error : float
        The measure of the network, and the standard deviation of the draws.
    interval : tuple of float
        The estimate, 1.96 standard errors down and up.
    percentiles : tuple of float
        Where the middle 95 % of the draws lie; off the estimate where drawing twice shifts the measure.
    draws : numpy.ndarray
        The measure in each draw, NaN where it was not defined.
    seed : int
        Makes the same draws again.
    """

    name: str
    estimate: float
    error: float
    interval: tuple[float, float]
    percentiles: tuple[float, float]
    draws: FloatArray
    seed: int

    def __repr__(self) -> str:
        low, high = self.interval
        return (
            f"<Bootstrap {self.name}: {self.estimate:.4g}, standard error {self.error:.4g}, "
            f"95 % interval {low:.4g} to {high:.4g} ({len(self.draws):,} draws)>"
        )


@dataclass(frozen=True)
class Resampled:
    """A measure of networks whose actors are drawn from those of ``net``, some of them twice."""

    net: OrgNetwork
    measure: Measure
    method: Method

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws."""
        net, n = self.net, len(self.net)
        cells = net.to_matrix().to_numpy(copy=True)
        np.fill_diagonal(cells, np.nan)
        known = states(net)[2]
        known = known[~np.isnan(known)]
        ids = pd.Index([f"{i}" for i in range(n)], dtype="str")
        return np.array([self._one(rng, cells, known, ids) for _ in range(count)])

    def _one(
        self, rng: np.random.Generator, cells: FloatArray, known: FloatArray, ids: pd.Index
    ) -> float:
        n = len(ids)
        drawn = rng.integers(0, n, n)
        rows, columns = np.nonzero(
            ~np.eye(n, dtype=bool) if self.net.directed else np.triu(np.ones((n, n), dtype=bool), 1)
        )
        weight = cells[drawn[rows], drawn[columns]]
        twice = drawn[rows] == drawn[columns]
        if self.method == "snijders_borgatti" and len(known):
            weight[twice] = rng.choice(known, twice.sum())
        actors = self.net.actors.iloc[drawn].set_axis(ids)
        told = (weight != 0) | silent(self.net, drawn[rows], drawn[columns])
        dyads = Arcs(rows[told], columns[told], weight[told])
        value = number(self.measure, redrawn(self.net, actors, dyads))
        advance()
        return value


def bootstrap(
    net: OrgNetwork,
    measure: Measure,
    *,
    method: Method = "snijders_borgatti",
    draws: int = 1000,
    seed: int | None = None,
    workers: int = 1,
    client: Any = None,
) -> Bootstrap:
    """How precise a measure of the whole network is: a standard error from drawing organizations anew.

    Organizations are drawn with replacement, as many as there are; two of them are tied as their originals
    are. What to say of an organization and its own double is the ``method``.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    measure : callable
        Takes a network, answers with one number.
    method : {"snijders_borgatti", "node"}
        The dyad of doubles gets the state of a dyad of the network drawn at random (Snijders & Borgatti
        1999), or stays unknown.
    draws : int
        How many networks are drawn.
    seed : int, optional
        Makes the same draws again, whatever the number of workers.
    workers, client
        As in `cug`.

    Returns
    -------
    Bootstrap
        ``error`` small against the difference you want to speak of (between two waves, say): the difference
        does not hang on a few organizations. Use ``interval``; the draws themselves may be shifted, as
        doubles share their partners.

    Raises
    ------
    UndefinedError
        Where there is no such method; where the measure cannot be sent to other processes.
    DataError
        Where the measure answers with something else than one number.

    Notes
    -----
    A bounded, complete network is no sample; read the error as what other organizations of the same kind
    might have made of it. Checked: mean and variance of the density follow from the formula for drawn dyads.

    Examples
    --------
    >>> from orgnet_analytics.datasets import load_knoke
    >>> from orgnet_analytics.measures.cohesion import net_density
    >>> found = bootstrap(load_knoke().relation("information"), net_density, draws=200, seed=1)
    >>> 0.04 < found.error < 0.12
    True
    """
    if method not in ("snijders_borgatti", "node"):
        raise UndefinedError(
            f"There is no method {method!r}; there is 'snijders_borgatti', 'node'."
        )
    estimate = number(measure, net)
    task = Resampled(net, measure, method)
    found, used = run(task, Work(draws, seed, workers, client, "bootstrap"))
    defined = found[np.isfinite(found)]
    error = float(defined.std(ddof=1)) if len(defined) > 1 else float("nan")
    interval = (estimate - 1.96 * error, estimate + 1.96 * error)
    name = getattr(measure, "__name__", "measure")
    return Bootstrap(name, estimate, error, interval, middle(found), found, used)
