"""Core and periphery: does the network have one dense heart, and who belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.network import FloatArray, OrgNetwork

EXHAUSTIVE = 18
STARTS = 5


@dataclass(frozen=True, eq=False)
class CorePeriphery:
    """Who is in the core, and how well the network fits the picture.

    Attributes
    ----------
    core : pandas.Series
        True or false per actor; in the continuous model its coreness, largest = 1.
    fit : float
        The correlation between the ties and the ideal picture, at most 1; NaN where it is not defined.
    exact : bool
        Whether this is the best of all possible cores, or the best found by searching.
    """

    core: pd.Series = OwnFrame()
    fit: float = float("nan")
    exact: bool = False


def core_periphery(
    net: OrgNetwork,
    *,
    model: Literal["discrete", "continuous"] = "discrete",
    across: Literal["left_out", "tied"] = "left_out",
    weighted: bool = False,
) -> CorePeriphery:
    r"""Who forms the core of the network, and whether it has a core at all.

    .. math:: \max_c \; r(a_{ij}, \delta_{ij}),\qquad
              \delta_{ij} = 1 \text{ within the core}, 0 \text{ within the periphery}

    over the pairs within the core and within the periphery; those across are left out, or should be tied as
    those within the core. In the continuous model c minimizes the squared differences of a_ij and c_i c_j
    over all pairs (MINRES), and the fit is their correlation. A pair has a tie if either side has one (with
    weights: the stronger).

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    model : {"discrete", "continuous"}
        A core and a periphery, or a degree of coreness for each actor.
    across : {"left_out", "tied"}
        What the discrete model makes of the pairs of a core actor and another: nothing, or that they should
        have a tie.
    weighted : bool
        Whether the strength of ties counts.

    Returns
    -------
    CorePeriphery
        ``core`` (per actor), ``fit`` (-1 to 1) and ``exact``. High fit: a heart that holds together and a rim
        tied to it only. Low: several hearts, or none. Fit is NaN, and nobody in the core, below four actors
        or where all pairs are alike. To 18 actors the discrete model tries every core; of equally good ones
        it takes the smallest, then that of the first actors. Beyond, it searches.

    Notes
    -----
    Source: Borgatti & Everett (2000). Checked against the exhaustive optimum for the Knoke bureaucracies
    (.671 and .734, with the cores; .485 and .393 with ``across="tied"``), and every subset one by one in
    random networks.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "a", "b", "a", "b"], "target": ["b", "c", "c", "d", "e"]})
    >>> found = core_periphery(OrgNetwork.from_ties(ties))
    >>> found.core[found.core].index.tolist(), round(found.fit, 3)
    (['a', 'b'], 1.0)
    """
    if model not in ("discrete", "continuous"):
        raise UndefinedError(f"There is no model {model!r}; there are 'discrete' and 'continuous'.")
    if across not in ("left_out", "tied"):
        raise UndefinedError(f"There is no across {across!r}; there are 'left_out' and 'tied'.")
    cells = _union(net, weighted)
    n = len(net)
    if n < 4 or np.ptp(cells[np.triu_indices(n, 1)]) == 0:
        nobody = np.zeros(n) if model == "continuous" else np.zeros(n, dtype=bool)
        return CorePeriphery(net.per_actor(nobody, "core"), exact=True)
    if model == "continuous":
        coreness, fit = _continuous(cells)
        return CorePeriphery(net.per_actor(coreness, "core"), fit)
    search = _every_core if n <= EXHAUSTIVE else _best_found
    core, fit = search(cells, across == "tied")
    if np.isinf(fit):
        return CorePeriphery(net.per_actor(np.zeros(n, dtype=bool), "core"), exact=True)
    return CorePeriphery(net.per_actor(core, "core"), fit, n <= EXHAUSTIVE)


def _union(net: OrgNetwork, weighted: bool) -> FloatArray:
    first, second, forth, back = net.dyads
    cells = np.zeros((len(net), len(net)))
    value = np.maximum(forth, back) if weighted else np.ones(len(first))
    cells[first, second] = cells[second, first] = value
    return cells


def _fit(k: Any, cells: FloatArray, inside: Any, outside: Any, squares: Any, tied: bool) -> Any:
    """Return the correlation for cores of k: sums of ties in core and periphery, of squares in both."""
    n = len(cells)
    ones, zeros = k * (k - 1) / 2, (n - k) * (n - k - 1) / 2
    if tied:
        ones, inside, squares = ones + k * (n - k), cells.sum() / 2 - outside, (cells**2).sum() / 2
    pairs = np.maximum(ones + zeros, 1)
    mean = (inside + outside) / pairs
    covariance = inside / pairs - mean * ones / pairs
    spread = (squares / pairs - mean**2) * ones * zeros / pairs**2
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(spread > 1e-14, covariance / np.sqrt(np.maximum(spread, 1e-300)), -np.inf)


def _fits(cores: NDArray[np.bool_], cells: FloatArray, tied: bool) -> FloatArray:
    """Return the fit of each row of cores."""
    core, rim = cores.astype(float), (~cores).astype(float)
    inside, outside = (((side @ cells) * side).sum(axis=1) / 2 for side in (core, rim))
    squares = (((core @ cells**2) * core) + ((rim @ cells**2) * rim)).sum(axis=1) / 2
    fits: FloatArray = _fit(core.sum(axis=1), cells, inside, outside, squares, tied)
    return fits


def _every_core(cells: FloatArray, tied: bool) -> tuple[NDArray[np.bool_], float]:
    n = len(cells)
    best, core = -np.inf, np.zeros(n, dtype=bool)
    for start in range(0, 2**n, 2**15):
        numbers = np.arange(start, min(start + 2**15, 2**n))
        cores = (numbers[:, None] >> np.arange(n)[::-1]) & 1 == 1
        fits = _fits(cores, cells, tied)
        for row in np.flatnonzero(fits >= max(fits.max(), best) - 1e-10):
            smaller = (cores[row].sum(), *~cores[row]) < (core.sum(), *~core)
            if fits[row] > best + 1e-10 or (fits[row] > best - 1e-10 and smaller):
                best, core = float(fits[row]), cores[row]
    return core, best


def leading_fit(net: OrgNetwork) -> float:
    """Return the best fit of a core of those with most ties; NaN where none is defined.

    It is at most the fit of `core_periphery` and found in a moment, so it is what tests against chance use.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "a", "b", "a", "b"], "target": ["b", "c", "c", "d", "e"]})
    >>> round(leading_fit(OrgNetwork.from_ties(ties)), 3)
    1.0
    """
    cells = _union(net, weighted=False)
    if len(net) < 4 or np.ptp(cells[np.triu_indices(len(net), 1)]) == 0:
        return float("nan")
    fit = float(_fits(_leading(cells), cells, tied=False).max())
    return float("nan") if np.isinf(fit) else fit


def _leading(cells: FloatArray) -> NDArray[np.bool_]:
    """Return the cores that hold the actors with most ties, a row each, from one to all but two."""
    n = len(cells)
    place = np.empty(n, dtype=int)
    place[np.argsort(-cells.sum(axis=1), kind="stable")] = np.arange(n)
    return np.asarray(place < np.arange(1, n - 1)[:, None])


def _best_found(cells: FloatArray, tied: bool) -> tuple[NDArray[np.bool_], float]:
    """Climb from the best cores that hold the actors with most ties."""
    prefixes = _leading(cells)
    promising = np.argsort(-_fits(prefixes, cells, tied), kind="stable")[:STARTS]
    climbed = [_climb(prefixes[row], cells, tied) for row in promising]
    return max(climbed, key=lambda found: found[1])


def _climb(
    core: NDArray[np.bool_], cells: FloatArray, tied: bool
) -> tuple[NDArray[np.bool_], float]:
    fit = float(_fits(core[None, :], cells, tied)[0])
    while True:
        flips = _fits(core ^ np.eye(len(core), dtype=bool), cells, tied)
        swaps, outs, ins = _swap_fits(core, cells, tied)
        if max(flips.max(), swaps.max()) <= fit + 1e-12:
            return core, fit
        core = core.copy()
        if flips.max() >= swaps.max():
            core[flips.argmax()] ^= True
        else:
            out, into = np.unravel_index(swaps.argmax(), swaps.shape)
            core[outs[out]], core[ins[into]] = False, True
        fit = float(max(flips.max(), swaps.max()))


def _swap_fits(
    core: NDArray[np.bool_], cells: FloatArray, tied: bool
) -> tuple[FloatArray, Any, Any]:
    """Return the fit after every exchange of one core actor for one of the periphery."""
    outs, ins = np.flatnonzero(core), np.flatnonzero(~core)
    sums = []
    for values in (cells, cells**2):
        to_core, to_rim = values @ core, values @ ~core
        between = values[np.ix_(outs, ins)]
        inside = to_core[outs].sum() / 2 - to_core[outs][:, None] + to_core[ins] - between
        outside = to_rim[ins].sum() / 2 - to_rim[ins] + to_rim[outs][:, None] - between
        sums.append((inside, outside))
    (inside, outside), squares = sums[0], sums[1][0] + sums[1][1]
    return _fit(len(outs), cells, inside, outside, squares, tied), outs, ins


def _continuous(cells: FloatArray) -> tuple[FloatArray, float]:
    """Return the coreness whose products come nearest to the ties, and their correlation with them."""
    from scipy.optimize import minimize

    rows, columns = np.triu_indices(len(cells), 1)
    ties, n = cells[rows, columns], len(cells)

    def loss(c: FloatArray) -> tuple[float, FloatArray]:
        off = np.outer(c, c) - cells
        off[np.arange(n), np.arange(n)] = 0
        return float((off**2).sum()) / 2, 2 * off @ c

    starts = (np.abs(np.linalg.eigh(cells)[1][:, -1]), cells.sum(axis=1) / cells.sum() ** 0.5)
    bounds = [(0, None)] * n
    exactly = {"ftol": 1e-15, "gtol": 1e-11, "maxiter": 5000}
    solved = [
        minimize(loss, c + 0.01, jac=True, method="L-BFGS-B", bounds=bounds, options=exactly)
        for c in starts
    ]
    c = min(solved, key=lambda one: float(one.fun)).x
    ideal = c[rows] * c[columns]
    fit = float(np.corrcoef(ties, ideal)[0, 1]) if np.ptp(ideal) > 1e-12 else float("nan")
    return np.asarray(c / c.max(), dtype=float), fit
