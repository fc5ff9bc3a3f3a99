"""Key players: the few organizations whose loss would hurt most, or who together reach most others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import OrgNetwork

FloatArray = NDArray[np.float64]
Positions = tuple[int, ...]
Score = Callable[[Positions], float]
ENUMERATE_UP_TO = 200_000
SAME = 1e-12


@dataclass(frozen=True)
class KeyPlayers:
    """A best set of actors, how good it is, and the other sets that are exactly as good.

    ``exact`` says whether every set was looked at; if not, a better one may exist, and ``alternatives`` holds
    those the search met.
    """

    actors: tuple[str, ...]
    value: float
    alternatives: tuple[tuple[str, ...], ...]
    exact: bool


def key_players(
    net: OrgNetwork,
    *,
    k: int,
    goal: Literal["disrupt", "reach"] = "disrupt",
    steps: int | None = None,
) -> KeyPlayers:
    r"""Find the k organizations whose loss would break the network most, or who reach most of it.

    ``disrupt`` maximizes the fragmentation of what is left, ``reach`` the closeness to everybody:

    .. math:: F = 1 - \frac{2 \sum_{i>j} 1/d_{ij}}{n (n - 1)},\qquad R = \frac1n \sum_j \frac1{d_{Kj}}

    over the n actors left (F), or over all (R), where members of the set count 1. With ``steps`` 1/d
    becomes 1 within that many steps and 0 beyond; ``steps=n`` counts who can reach whom at all.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.
    k : int
        How many actors, at least 1 and fewer than there are.
    goal : {"disrupt", "reach"}
        What the set is for.
    steps : int, optional
        Count by steps rather than by distance.

    Returns
    -------
    KeyPlayers
        ``actors``, ``value`` from 0 to 1 (high: much would break, or much is reached), ``alternatives``
        that are as good, and ``exact``. Up to 200,000 sets are all looked at; beyond, a greedy start is
        improved by swapping members until no swap helps.

    Raises
    ------
    UndefinedError
        For another goal, or k or steps out of range.

    Notes
    -----
    Source: known from Borgatti (2006). Checked against exhaustive values for the Knoke bureaucracies.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> key_players(path, k=1).actors
    ('b',)
    """
    n = len(net)
    if goal not in ("disrupt", "reach"):
        raise UndefinedError(f"There is no goal {goal!r}; there are 'disrupt' and 'reach'.")
    if not 1 <= k < n:
        raise UndefinedError(f"k must be from 1 to {n - 1} among {n} actors; it is {k}.")
    if steps is not None and steps < 1:
        raise UndefinedError(f"steps must be at least 1; it is {steps}.")
    score = _breaking(net, steps) if goal == "disrupt" else _reaching(net, steps)
    exact = comb(n, k) <= ENUMERATE_UP_TO
    found = _best(combinations(range(n), k), score) if exact else _searched(n, k, score)
    value, sets = found
    names = [tuple(net.actors.index[list(members)]) for members in sets]
    return KeyPlayers(names[0], value, tuple(names[1:]), exact)


def _near(distances: FloatArray, steps: int | None) -> FloatArray:
    """Return how near each distance is: 1/d, or 1 within the steps; 1 at distance 0."""
    if steps is not None:
        return (distances <= steps).astype(float)
    near: FloatArray = 1 / np.maximum(distances, 1)
    return near


def _reaching(net: OrgNetwork, steps: int | None) -> Score:
    near = _near(np.array(underlying(net).distances(), dtype=float), steps)
    return lambda members: float(near[list(members)].max(axis=0).mean())


def _breaking(net: OrgNetwork, steps: int | None) -> Score:
    graph, n = underlying(net), len(net)

    def broken(members: Positions) -> float:
        left = graph.copy()
        left.delete_vertices(list(members))
        size = n - len(members)
        if size < 2:
            return float("nan")
        if steps is None:
            return float(1 - np.mean(left.harmonic_centrality()))
        near = _near(np.array(left.distances(), dtype=float), steps)
        return float(1 - (near.sum() - size) / (size * (size - 1)))

    return broken


def _best(sets: Iterable[Positions], score: Score) -> tuple[float, list[Positions]]:
    best, kept = -np.inf, []
    for members in sets:
        value = score(members)
        if np.isnan(value):
            value = -np.inf
        if value > best + SAME:
            best, kept = value, [members]
        elif value >= best - SAME:
            kept.append(members)
    return (best if np.isfinite(best) else float("nan")), kept


def _searched(n: int, k: int, score: Score) -> tuple[float, list[Positions]]:
    """Return the best set that adding one at a time and then swapping members leads to."""
    members: Positions = ()
    for _ in range(k):
        members = _best(((*members, new) for new in range(n) if new not in members), score)[1][0]
    best, kept = score(members), [tuple(sorted(members))]
    while True:
        swaps = (
            tuple(sorted({*members} - {out} | {new}))
            for out in members
            for new in range(n)
            if new not in members
        )
        value, sets = _best(swaps, score)
        if value <= best + SAME:
            equal = sets if value >= best - SAME else []
            return best, [*kept, *(one for one in dict.fromkeys(equal) if one not in kept)]
        best, members, kept = value, sets[0], [sets[0]]
