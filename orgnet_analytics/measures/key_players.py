"""Key players: the few organizations whose loss would hurt most, or who together reach most others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations, islice
from math import comb
from typing import Literal

import numpy as np

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.spread import Score, closeness_to_all, fragmentation_without
from orgnet_analytics.network import IntArray, OrgNetwork
from orgnet_analytics.progress import watched

ENUMERATE_UP_TO = 200_000
AT_ONCE = 512
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
    directed: bool = False,
    weighted: bool = False,
) -> KeyPlayers:
    r"""Find the k organizations whose loss would break the network most, or who reach most of it.

    ``disrupt`` maximizes the fragmentation of what is left, ``reach`` the closeness to everybody:

    .. math:: F = 1 - \frac{\sum_{i \ne j} 1/d_{ij}}{n (n - 1)},\qquad R = \frac1n \sum_j \frac1{d_{Kj}}

    over the n actors left (F), or over all (R), where members of the set count 1. With ``steps`` 1/d
    becomes 1 within that many steps and 0 beyond; ``steps=n`` counts who can reach whom at all.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    k : int
        How many actors, at least 1 and fewer than there are.
    goal : {"disrupt", "reach"}
        What the set is for.
    steps : int, optional
        Count by steps rather than by distance.
    directed : bool
        Whether ways follow the direction of ties: who can send to whom. By default a tie leads both ways.
    weighted : bool
        Whether a tie is shorter the stronger it is: its length is the strongest tie's strength over its own.
        Without direction a pair is as strong as the stronger of its two ties.

    Returns
    -------
    KeyPlayers
        ``actors``, ``value`` from 0 to 1 (high: much would break, or much is reached), ``alternatives``
        that are as good, and ``exact``. Up to 200,000 sets are all looked at; beyond, a greedy start is
        improved by swapping members until no swap helps.

    Raises
    ------
    UndefinedError
        For another goal, k or steps out of range, or steps together with weights.

    Notes
    -----
    Source: known from Borgatti (2006). Checked against exhaustive values for the Knoke bureaucracies, and
    (directed, weighted) against R's keyplayer 1.0.4 on its example of five actors.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> key_players(path, k=1).actors
    ('b',)
    """
    _check(len(net), k, goal, steps, weighted)
    scoring = fragmentation_without if goal == "disrupt" else closeness_to_all
    score = scoring(net, directed=directed, weighted=weighted, steps=steps)
    exact = comb(len(net), k) <= ENUMERATE_UP_TO
    value, sets = _listed(len(net), k, score) if exact else _searched(len(net), k, score)
    ids = net.actors.index.tolist()
    names = [tuple(ids[member] for member in members) for members in sets.tolist()]
    return KeyPlayers(names[0], value, tuple(names[1:]), exact)


def _check(n: int, k: int, goal: str, steps: int | None, weighted: bool) -> None:
    if goal not in ("disrupt", "reach"):
        raise UndefinedError(f"There is no goal {goal!r}; there are 'disrupt' and 'reach'.")
    if not 1 <= k < n:
        raise UndefinedError(f"k must be from 1 to {n - 1} among {n} actors; it is {k}.")
    if steps is not None and steps < 1:
        raise UndefinedError(f"steps must be at least 1; it is {steps}.")
    if steps is not None and weighted:
        raise UndefinedError("Choose steps or weighted: a count of steps knows no strength.")


def _listed(n: int, k: int, score: Score) -> tuple[float, IntArray]:
    """Return the best of all sets, and those as good."""
    every = watched(_all_sets(n, k), "sets of key players", total=comb(n, k), size=len)
    return _best(every, score)


def _all_sets(n: int, k: int) -> Iterator[IntArray]:
    """Yield every set of k of n positions, some hundred at a time."""
    every = combinations(range(n), k)
    while some := list(islice(every, AT_ONCE)):
        yield np.fromiter(chain.from_iterable(some), np.int64, len(some) * k).reshape(-1, k)


def _best(batches: Iterable[IntArray], score: Score) -> tuple[float, IntArray]:
    """Return the highest score and all sets that have it; where no set can be scored, NaN and all sets."""
    best = -np.inf
    kept: list[IntArray] = []
    for sets in batches:
        values = np.nan_to_num(score(sets), nan=-np.inf)
        if values.max() > best + SAME:
            best, kept = float(values.max()), []
        kept.append(sets[values >= best - SAME])
    return (best if np.isfinite(best) else float("nan")), np.concatenate(kept)


def _searched(n: int, k: int, score: Score) -> tuple[float, IntArray]:
    """Return the best set that adding one at a time and then swapping members leads to."""
    members = np.empty(0, dtype=np.int64)
    for _ in range(k):
        members = _best(_with_one_of(_others(members, n), members), score)[1][0]
    best, kept = float(score(members[None])[0]), np.sort(members)[None]
    while True:
        swaps = watched(_swaps(kept[0], n), "swaps of key players", total=k * (n - k), size=len)
        value, sets = _best(swaps, score)
        sets = np.unique(np.sort(sets, axis=1), axis=0)
        if value <= best + SAME:
            return best, np.concatenate([kept, sets if value >= best - SAME else sets[:0]])
        best, kept = value, sets[:1]


def _others(members: IntArray, n: int) -> IntArray:
    return np.setdiff1d(np.arange(n), members)


def _with_one_of(others: IntArray, members: IntArray) -> Iterator[IntArray]:
    """Yield the set with each of the others added, some hundred at a time."""
    for some in np.array_split(others, -(-len(others) // AT_ONCE)):
        yield np.column_stack([np.tile(members, (len(some), 1)), some])


def _swaps(members: IntArray, n: int) -> Iterator[IntArray]:
    """Yield the set with each member exchanged for each other actor."""
    for out in members:
        yield from _with_one_of(_others(members, n), members[members != out])
