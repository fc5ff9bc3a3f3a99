"""CUG: is this more than any network of this size, or density, would have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.inference.engine import Test, Work, run, tested
from orgnet_analytics.network import Arcs, FloatArray, IntArray, OrgNetwork
from orgnet_analytics.redrawn import Dealt, Measure, number, numbers, states

AT_ONCE = 3_000_000
Given = Literal["size", "density", "dyads"]
Deal = Callable[[np.random.Generator], tuple[IntArray, FloatArray]]


@dataclass(frozen=True)
class Chance:
    """A measure of random networks that share something with the network at hand."""

    net: OrgNetwork
    measure: Measure
    given: Given

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws."""
        dyads = Arcs(*states(self.net))
        deal = {"size": _by_size, "density": _by_density, "dyads": _by_dyads}[self.given](dyads)
        found = np.empty(count)
        step = max(1, AT_ONCE // max(len(dyads.weight), 1))
        for start in range(0, count, step):
            hands = [deal(rng) for _ in range(start, min(start + step, count))]
            net = np.repeat(np.arange(len(hands)), [len(place) for place, _ in hands])
            dealt = Dealt(net, *(np.concatenate(part) for part in zip(*hands, strict=True)))
            found[start : start + step] = numbers(self.measure, self.net, dyads, dealt, len(hands))
        return found


def _by_size(dyads: Arcs) -> Deal:
    """Toss a coin for each dyad that is known."""
    known = np.flatnonzero(~np.isnan(dyads.weight))

    def deal(rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
        place = known[rng.random(len(known)) < 0.5]
        return place, np.ones(len(place))

    return deal


def _by_density(dyads: Arcs) -> Deal:
    """Draw a place for each tie among the dyads that are known: only the places of ties cost time."""
    known, strength = np.flatnonzero(~np.isnan(dyads.weight)), dyads.weight[dyads.weight > 0]

    def deal(rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
        return known[rng.choice(len(known), len(strength), replace=False)], strength

    return deal


def _by_dyads(dyads: Arcs) -> Deal:
    """Draw a place for each whole pair, either way round; those known from one side only apart."""
    source, target, weight = dyads
    n = int(source.max(initial=0)) + 1
    place = np.zeros((n, n), dtype=np.int64)
    place[source, target] = np.arange(len(source))
    back, known = place[target, source], ~np.isnan(weight)
    pairs = np.flatnonzero(known & known[back] & (source < target))
    tied = pairs[(weight[pairs] > 0) | (weight[back[pairs]] > 0)]
    forth, returned = weight[tied] > 0, weight[back[tied]] > 0
    alone = np.flatnonzero(known & ~known[back])
    single = alone[weight[alone] > 0]
    strength = weight[np.concatenate([tied[forth], back[tied][returned], single])]

    def deal(rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
        pair = pairs[rng.choice(len(pairs), len(tied), replace=False)]
        turned = rng.random(len(tied)) < 0.5
        one, other = np.where(turned, back[pair], pair), np.where(turned, pair, back[pair])
        elsewhere = alone[rng.choice(len(alone), len(single), replace=False)]
        return np.concatenate([one[forth], other[returned], elsewhere]), strength

    return deal


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
    Known from Anderson, Butts & Carley (1999). Checked: every draw keeps what is given; on four actors, some
    dyads unknown, each network of the full list is drawn as often; means against R's sna (cug.test).

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
