"""CUG: is this more than any network of this size, or density, would have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.inference.engine import Test, Work, run, tested
from orgnet_analytics.network import Arcs, FloatArray, IntArray, OrgNetwork
from orgnet_analytics.redrawn import Measure, number, numbers, states

AT_ONCE = 1_000_000
Given = Literal["size", "density", "dyads"]


@dataclass(frozen=True)
class Chance:
    """A measure of random networks that share something with the network at hand."""

    net: OrgNetwork
    measure: Measure
    given: Given

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws."""
        dyads = Arcs(*states(self.net))
        drawn = {"size": _by_size, "density": _by_density, "dyads": _by_dyads}[self.given]
        found = np.empty(count)
        step = max(1, AT_ONCE // max(len(dyads.weight), 1))
        for start in range(0, count, step):
            stop = min(start + step, count)
            strengths = np.array([drawn(rng, *dyads) for _ in range(start, stop)])
            found[start:stop] = numbers(self.measure, self.net, dyads, strengths)
        return found


def _by_size(
    rng: np.random.Generator, rows: IntArray, columns: IntArray, strength: FloatArray
) -> FloatArray:
    known = ~np.isnan(strength)
    found = strength.copy()
    found[known] = rng.random(known.sum()) < 0.5
    return found


def _by_density(
    rng: np.random.Generator, rows: IntArray, columns: IntArray, strength: FloatArray
) -> FloatArray:
    known = ~np.isnan(strength)
    found = strength.copy()
    found[known] = rng.permutation(strength[known])
    return found


def _by_dyads(
    rng: np.random.Generator, rows: IntArray, columns: IntArray, strength: FloatArray
) -> FloatArray:
    """Shuffle whole pairs: those known from both sides, and those known from one side apart."""
    n = int(rows.max(initial=0)) + 1
    cells = np.full((n, n), np.nan)
    cells[rows, columns] = strength
    first, second = np.nonzero(np.triu(np.ones((n, n), dtype=bool), 1))
    turned = rng.random(len(first)) < 0.5
    first, second = np.where(turned, second, first), np.where(turned, first, second)
    sides = (~np.isnan(cells[first, second])).astype(int), ~np.isnan(cells[second, first])
    both = np.flatnonzero(sides[0] & sides[1])
    other = rng.permutation(both)
    found = cells.copy()
    found[first[both], second[both]] = cells[first[other], second[other]]
    found[second[both], first[both]] = cells[second[other], first[other]]
    one = np.argwhere(~np.isnan(cells) & np.isnan(cells.T))
    found[one[:, 0], one[:, 1]] = rng.permutation(cells[one[:, 0], one[:, 1]])
    return found[rows, columns]


def cug(
    net: OrgNetwork,
    measure: Measure,
    *,
    given: Given = "density",
    draws: int = 1000,
    seed: int | None = None,
    workers: int = 1,
    client: Any = None,
) -> Test:
    """Whether a network has more, or less, of something than its size or density alone gives.

    A conditional uniform graph test: the measure of the network against that of random networks that are the
    same in what is ``given`` and otherwise as likely as each other.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    measure : callable
        Takes a network, answers with one number: ``closure.net_transitivity``.
    given : {"size", "density", "dyads"}
        - ``size``: every network of so many actors (each tie there with chance one half, strength 1).
        - ``density``: every network with so many ties; their strengths are dealt out anew.
        - ``dyads``: every network with so many mutual, one-sided and absent pairs. Without direction this
          is ``density``.
    draws : int
        How many random networks.
    seed : int, optional
        Makes the same networks again, whatever the number of workers.
    workers, client
        As in `qap_correlation`; the measure must then be one that can be imported (no lambda).

    Returns
    -------
    Test
        ``greater`` small: more than chance gives at this size, density or dyad census. ``interval``: what
        chance gives. Attributes stay with the actors. Dyads nobody reported on stay unknown in every draw.

    Raises
    ------
    UndefinedError
        Where ``given`` is none of these; where the measure cannot be sent to other processes.
    DataError
        Where the measure answers with something else than one number.

    Notes
    -----
    Known from Anderson, Butts & Carley (1999). Checked: every draw keeps what is given; on three actors the
    draws follow the full list of networks; means against R's sna (cug.test).

    Examples
    --------
    >>> from orgnet_analytics.datasets import load_knoke
    >>> from orgnet_analytics.measures.closure import net_reciprocity
    >>> cug(load_knoke().relation("information"), net_reciprocity, draws=200, seed=1).greater < 0.05
    True
    """
    choices = ("size", "density", "dyads")
    if given not in choices:
        raise UndefinedError(
            f"There is no given {given!r}; there is {', '.join(map(repr, choices))}."
        )
    estimate = number(measure, net)
    task = Chance(net, measure, given if net.directed or given == "size" else "density")
    found, used = run(task, Work(draws, seed, workers, client, f"CUG given {given}"))
    name = getattr(measure, "__name__", "measure")
    return tested(f"{name} given {given}", estimate, found, used)
