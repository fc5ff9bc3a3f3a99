"""What remains of a network as more and more organizations leave, in one order or another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from orgnet_analytics.errors import DataError, Issue, UndefinedError, not_whole
from orgnet_analytics.inference.engine import seeded
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork
from orgnet_analytics.progress import watched
from orgnet_analytics.readings.given import a_network
from orgnet_analytics.readings.rulebook import is_number

Choose = Callable[[igraph.Graph], FloatArray]
STEPS = 20
# Only ties of equal rank make a targeted order a matter of chance: few draws show how much.
MOST_TIE_DRAWS = 20
# Actors and links of the networks that are looked at side by side.
MOST_AT_ONCE = 2_000_000


def _degree(graph: igraph.Graph) -> FloatArray:
    return np.array(graph.degree(), dtype=float)


def _betweenness(graph: igraph.Graph) -> FloatArray:
    return np.array(graph.betweenness(), dtype=float).round(9)


TARGETED: dict[str, Choose] = {"targeted": _degree, "brokers_first": _betweenness}
ORDERS: dict[str, Choose | None] = {"random": None, **TARGETED}


@dataclass(frozen=True, eq=False)
class Curves:
    """What remains as organizations leave.

    Attributes
    ----------
    remaining : pandas.DataFrame
        Index the share of organizations that left, a column per order: of the pairs among those who stay,
        the share that can still reach each other; the mean of the draws.
    lowest, highest : pandas.DataFrame
        Between which values the middle 90 % of the draws lie.
    seed : int
        Makes the same draws again.
    """

    remaining: pd.DataFrame
    lowest: pd.DataFrame
    highest: pd.DataFrame
    seed: int

    @property
    def robustness(self) -> pd.Series:
        """Return the mean of each curve: 1 where those who stay can always reach each other."""
        return self.remaining.mean().rename("robustness")

    def at(self, lost: float) -> pd.Series:
        """Return what remains in each order when this share has left, between steps along the line."""
        x = self.remaining.index.to_numpy(dtype=float)
        values = [float(np.interp(lost, x, self.remaining[order])) for order in self.remaining]
        return pd.Series(values, index=self.remaining.columns, name=lost)

    def __repr__(self) -> str:
        said = ", ".join(f"{order} {value:.2f}" for order, value in self.robustness.items())
        return f"<Curves up to {self.remaining.index[-1]:.0%} lost; mean that remains: {said}>"


def curves(
    net: OrgNetwork, *, upto: float = 0.5, draws: int = 200, seed: int | None = None
) -> Curves:
    """Return what remains as organizations leave: at random, the most tied first, or the brokers first.

    Remains = of the pairs among those who stay, the share that can reach each other, directly or through
    others. In the targeted orders whoever has most links (``targeted``) or most betweenness
    (``brokers_first``) at that moment leaves next.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.
    upto : float
        Up to which share of the organizations, more than 0 and less than 1.
    draws : int
        How many random orders; where organizations share a rank, up to 20 of a targeted order.
    seed : int, optional
        Makes the same draws again.

    Returns
    -------
    Curves
        ``remaining``, with a band of the middle 90 % of the draws; the band of a targeted order is what
        equal ranks leave open. A targeted line far below the random one: the network stands by a few. Lines
        that stay near 1: whoever leaves, the others still reach each other.

    Raises
    ------
    UndefinedError
        With fewer than three organizations.
    DataError
        Where ``upto`` or ``draws`` is out of range.

    Notes
    -----
    There are at most twenty steps, and ranks are worked out anew at every step; of many organizations several
    leave at one. Only known ties count.
    Source: what remains is 1 less the fragmentation of Borgatti (2006). Checked against networkx, taking out
    one at a time, and against the exact mean over all orders of a small network.

    Examples
    --------
    >>> star = pd.DataFrame({"source": list("hhhhh"), "target": list("abcde")})
    >>> curves(OrgNetwork.from_ties(star), upto=0.4, seed=1).remaining["targeted"].round(2).tolist()
    [1.0, 0.0, 0.0]
    """
    _checked(net, upto, draws)
    graph, gone = underlying(net), counts(len(net), upto)
    root = seeded(seed)
    seeds = root.spawn(len(ORDERS))
    drawn = {
        order: _drawn(graph, gone, choose, draws, np.random.default_rng(one), order)
        for (order, choose), one in zip(ORDERS.items(), seeds, strict=True)
    }
    lost = pd.Index(gone / len(net), name="lost")
    mean = {order: values.mean(axis=0) for order, values in drawn.items()}
    low, high = (
        {order: np.quantile(values, end, axis=0) for order, values in drawn.items()}
        for end in (0.05, 0.95)
    )
    remaining, lowest, highest = (pd.DataFrame(one, index=lost) for one in (mean, low, high))
    return Curves(remaining, lowest, highest, int(str(root.entropy)))


def _checked(net: OrgNetwork, upto: float, draws: int) -> None:
    if len(a_network(net)) < 3:
        raise UndefinedError(f"A network has three organizations or more; this one has {len(net)}.")
    found = not_whole(draws, "draws")
    if not is_number(upto) or not 0 < upto < 1:
        found.append(Issue("upto", "wanted more than 0 and less than 1", value=upto))
    if found:
        raise DataError(found)


def counts(n: int, upto: float) -> IntArray:
    """Return how many have left at each step, none first; two always stay."""
    most = min(max(round(n * upto), 1), n - 2)
    return np.unique(np.linspace(0, most, min(STEPS, most) + 1).round().astype(np.int64))


def _drawn(
    graph: igraph.Graph,
    gone: IntArray,
    choose: Choose | None,
    draws: int,
    rng: np.random.Generator,
    order: str,
) -> FloatArray:
    """Return the curve of each draw; of a targeted order without equal ranks one is enough."""
    if choose is None:
        at_once = max(1, MOST_AT_ONCE // ((graph.vcount() + graph.ecount()) * len(gone)))
        parts = [min(at_once, draws - start) for start in range(0, draws, at_once)]
        told = watched(parts, f"losses, {order}", total=draws, size=int)
        return np.concatenate([_by_chance(graph, gone, part, rng) for part in told])
    first, open_ = course(graph, gone, choose, rng)
    more = min(draws, MOST_TIE_DRAWS) - 1 if open_ else 0
    draws_left = watched(range(more), f"losses, {order}")
    return np.array([first, *(course(graph, gone, choose, rng)[0] for _ in draws_left)])


def _by_chance(
    graph: igraph.Graph, gone: IntArray, draws: int, rng: np.random.Generator
) -> FloatArray:
    """Return a curve per draw of random losses: all draws and all steps side by side in one graph.

    Who left is alone there, and connects nobody.
    """
    n, steps = graph.vcount(), len(gone)
    leaves = _leaving(n, gone, draws, rng)
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    first = leaves[:, ends].min(axis=2)
    draw, step, edge = np.nonzero(first[:, None] > np.arange(steps)[:, None])
    pairs = (ends[edge] + ((draw * steps + step) * n)[:, None]).T
    size = draws * steps * n
    beside = coo_array((np.ones(len(edge), dtype=bool), tuple(pairs)), shape=(size, size))
    part = connected_components(beside, directed=False)[1]
    others = (np.bincount(part) - 1)[part].reshape(draws, steps, n).sum(axis=2)
    left: FloatArray = others / ((n - gone) * (n - gone - 1))
    return left


def _leaving(n: int, gone: IntArray, draws: int, rng: np.random.Generator) -> IntArray:
    """Return the step at which each actor leaves, a row per draw; who stays leaves after the last."""
    leaves = np.full((draws, n), len(gone))
    stays = np.broadcast_to(np.arange(n), (draws, n))
    sizes = n - gone[:-1]
    chance = np.split(rng.random((draws, sizes.sum())), np.cumsum(sizes)[:-1], axis=1)
    for step, (now, drawn) in enumerate(zip(np.diff(gone), chance, strict=True), 1):
        rank = drawn.argsort(axis=1).argsort(axis=1)
        np.put_along_axis(leaves, stays[rank < now].reshape(draws, now), step, axis=1)
        stays = stays[rank >= now].reshape(draws, -1)
    return leaves


def course(
    graph: igraph.Graph, gone: IntArray, choose: Choose, rng: np.random.Generator
) -> tuple[FloatArray, bool]:
    """Return what remains after each count of losses, and whether chance chose among equals."""
    left, found, open_ = graph.copy(), [connected_share(graph)], False
    for now in np.diff(gone).tolist():
        ranks = choose(left)
        order = np.lexsort([rng.random(len(ranks)), -ranks])
        open_ |= now < len(order) and ranks[order[now - 1]] == ranks[order[now]]
        left.delete_vertices(order[:now].tolist())
        found.append(connected_share(left))
    return np.array(found), bool(open_)


def connected_share(graph: igraph.Graph) -> float:
    """Return the share of pairs that can reach each other; NaN below two."""
    n = graph.vcount()
    if n < 2:
        return float("nan")
    sizes = np.bincount(igraph.GraphBase.connected_components(graph))
    return float((sizes * (sizes - 1)).sum() / (n * (n - 1)))
