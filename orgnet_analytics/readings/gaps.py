"""What unknown dyads, silent members and chance do to a reading."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.inference import Test
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import IntArray, OrgNetwork
from orgnet_analytics.readings.reading import UNDETERMINED
from orgnet_analytics.response import bounds, symmetrize
from orgnet_analytics.response.limits import Measure

Floats = NDArray[np.float64]
# So many ways to fill the unknown dyads are tried.
FILLINGS = 20


def pair_density(net: OrgNetwork) -> float:
    """Return the share of tied pairs, among those whose both sides are known; NaN without any.

    A pair of which one side is silent is known only where the other side names it. To count those would
    make a network the denser, the fewer answer.

    Examples
    --------
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> pair_density(OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["c"]})))
    0.0
    """
    cells = net.to_matrix().to_numpy()
    pairs = np.triu(~np.isnan(cells + cells.T), 1)
    tied = (cells > 0) | (cells.T > 0)
    return float(tied[pairs].mean()) if pairs.any() else float("nan")


def headline_bounds(
    net: OrgNetwork, measures: Mapping[str, Measure], *, draws: int = 50
) -> pd.DataFrame:
    """Return density and the measures, as known, between their bounds over the unknown dyads.

    All are those of the underlying network; density as known is `pair_density`. ``exact`` says whether the
    bounds are; others are sampled, and may be wider.

    Examples
    --------
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> headline_bounds(net, {}).loc["density", ["lowest", "known", "highest"]].tolist()
    [0.3333333333333333, 1.0, 1.0]
    """
    plain = symmetrize(net)
    found = {
        name: bounds(plain, one, draws=draws, seed=0)
        for name, one in ({"density": cohesion.net_density} | dict(measures)).items()
    }
    rows = {name: (b.lowest, b.known, b.highest, b.exact) for name, b in found.items()}
    columns = ["lowest", "known", "highest", "exact"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("measure")
    table.at["density", "known"] = pair_density(net)
    return table


def answered(net: OrgNetwork) -> float:
    """Return which part of a network is known: of its members who answered, or of its dyads if that is less.

    A member that answered may have left cells empty, which are as unknown as those of who was silent.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": [*"aab"], "target": [*"bca"], "weight": [1, None, None]})
    >>> answered(OrgNetwork.from_ties(ties)).__round__(2)
    0.67
    """
    members, dyads = _answered(net)
    return min(members, dyads)


def _answered(net: OrgNetwork) -> tuple[float, float]:
    """Return the share of the members that answered, and of the dyads that are known."""
    n, kinds = len(net), len(net.relations)
    asked = n * (n - 1) * max(kinds, 1) / (1 if net.directed else 2)
    unknown = len(net.unknown) if kinds > 1 else len(net.gaps.source)
    return float(net.responded.mean()), (asked - unknown) / asked if asked else 1.0


def enough(net: OrgNetwork, limits: Mapping[str, float]) -> bool:
    """Say whether so many take part, and so much of it is known, that there may be a verdict.

    Examples
    --------
    >>> three = OrgNetwork(pd.DataFrame(index=["a", "b", "c"]), pd.DataFrame({"source": [], "target": []}))
    >>> enough(three, {"response_withheld": 0.5, "members_withheld": 5})
    False
    """
    return answered(net) >= limits["response_withheld"] and len(net) >= limits["members_withheld"]


def response_caveats(net: OrgNetwork, limits: Mapping[str, float]) -> Iterator[str]:
    """Yield what to say along with a reading of which too few members answered, or too few dyads are known.

    Examples
    --------
    >>> actors = pd.DataFrame({"responded": [True, False]}, index=["a", "b"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": [], "target": []}))
    >>> list(response_caveats(net, {"response_flagged": 0.7, "response_withheld": 0.5}))
    ['Only 50% of the members answered.']
    """
    members, dyads = _answered(net)
    if members < limits["response_flagged"]:
        yield f"Only {members:.0%} of the members answered."
    if dyads < limits["response_flagged"] and dyads < members:
        yield f"Only {dyads:.0%} of the dyads are known."
    if min(members, dyads) < limits["response_withheld"]:
        yield f"Below {limits['response_withheld']:.0%} the verdict is withheld."


def thin_caveats(net: OrgNetwork, limits: Mapping[str, float]) -> Iterator[str]:
    """Yield what to say along with a reading of which one tie makes another, or of which little is known.

    Examples
    --------
    >>> three = OrgNetwork(pd.DataFrame(index=["a", "b", "c"]), pd.DataFrame({"source": [], "target": []}))
    >>> limits = {"members_withheld": 5, "response_flagged": 0.7, "response_withheld": 0.5}
    >>> list(thin_caveats(three, limits))
    ['With 3 organizations a single tie turns the verdict: it is withheld.']
    """
    if len(net) < limits["members_withheld"]:
        yield f"With {len(net)} organizations a single tie turns the verdict: it is withheld."
    yield from response_caveats(net, limits)


@dataclass(frozen=True)
class Odds:
    """How likely a dyad is a tie, told by the dyads that are known.

    Attributes
    ----------
    any, returned, alone : Floats
        Sender by receiver: where nothing else is known, where the other side is a tie, and where it is none.
    """

    any: Floats
    returned: Floats
    alone: Floats

    @classmethod
    def of(cls, net: OrgNetwork) -> Odds:
        """Return the odds of a network: those silent name the others as often as those who answered do.

        How often a tie is returned is counted where both sides are known, drawn towards density by one dyad.
        """
        cells, density = net.to_matrix().to_numpy(), cohesion.net_density(net)
        off = ~np.eye(len(cells), dtype=bool)
        known = ~np.isnan(cells) & off
        named = ((cells > 0).sum(axis=0) + density) / (known.sum(axis=0) + 1)
        more = named / density if density else np.ones(len(named))
        if not net.directed:
            return cls(np.clip(density * np.outer(more, more), 0, 1), off * 1.0, off * 0.0)
        both = known & known.T
        tied, back = cells[both] > 0, cells.T[both] > 0

        def to_each(rate: float) -> Floats:
            return np.clip(off * rate * more, 0, 1)

        rates = [(tied[some].sum() + density) / (some.sum() + 1) for some in (back, ~back)]
        return cls(to_each(density), *map(to_each, rates))

    def of_pairs(self, net: OrgNetwork, first: IntArray, second: IntArray) -> Floats:
        """Return how likely each of these pairs is tied, of which no known side says so."""
        cells = net.to_matrix().to_numpy()
        there, back = np.isnan(cells[first, second]), np.isnan(cells[second, first])
        forth = np.where(back, self.any[first, second], self.alone[first, second])
        none = np.where(there, 1 - forth, 1) * np.where(back, 1 - self.alone[second, first], 1)
        return np.asarray(1 - none)


def fillings(net: OrgNetwork, *, seed: int = 0) -> Iterator[OrgNetwork]:
    """Yield the network with its unknown dyads filled at random, each as often with a tie as `Odds` says.

    Examples
    --------
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": [*"aabb"], "target": [*"bcac"]}))
    >>> [len(one.known) for one in fillings(net)][:3]
    [6, 6, 6]
    """
    cells, odds = net.to_matrix().to_numpy(), Odds.of(net)
    chance = np.random.default_rng(seed)
    actors = net.actors.drop(columns="responded", errors="ignore")
    for _ in range(FILLINGS):
        full = cells.copy()
        for side in (np.triu, np.tril):
            gaps = side(np.isnan(full))
            other = np.where(full.T > 0, odds.returned, odds.alone)
            likely = np.where(np.isnan(full.T), odds.any, other)
            full[gaps] = chance.random(int(gaps.sum())) < likely[gaps]
        yield OrgNetwork.from_matrix(full, actors, directed=net.directed)


def standing(
    net: OrgNetwork, verdict: str, again: Callable[[OrgNetwork], str], limits: Mapping[str, float]
) -> tuple[str, pd.Series]:
    """Return the verdict, withheld where the unknown dyads could turn it, and how often each one comes out.

    ``again`` gives the verdict on a network without unknown dyads. Nothing is tried, and the answer is empty,
    where nothing is unknown or the verdict is undetermined as it is.
    """
    if verdict == UNDETERMINED or not len(net.gaps.source):
        return verdict, pd.Series(dtype=float, name="share")
    said = pd.Series([again(one) for one in fillings(net)])
    ways = said.value_counts(normalize=True).rename("share")
    return verdict if stands(verdict, ways, limits) else UNDETERMINED, ways


def stands(verdict: str, ways: pd.Series, limits: Mapping[str, float]) -> bool:
    """Say whether the verdict comes out in nearly all ways to fill the unknown dyads."""
    return bool(ways.empty or ways.get(verdict, 0.0) >= limits["certain"])


def told_ways(verdict: str, ways: pd.Series, limits: Mapping[str, float]) -> tuple[str, ...]:
    """Return in a sentence how often each verdict comes out, where the unknown dyads could turn this one.

    Examples
    --------
    >>> told_ways("star", pd.Series({"star": 0.75, "camps": 0.25}), {"certain": 0.9})
    ('more answers: filling the unknown dyads at random gives star in 75%, camps in 25% of the ways',)
    """
    if stands(verdict, ways, limits):
        return ()
    shares = ", ".join(f"{one} in {share:.0%}" for one, share in ways.items())
    return (f"more answers: filling the unknown dyads at random gives {shares} of the ways",)


def against_chance(test: Test, limit: float) -> tuple[float, str]:
    """Return the smaller p of a test, and in words whether the value is more or less than chance gives."""
    p = float(np.fmin(test.greater, test.less))
    if np.isnan(test.estimate):
        return p, "not defined"
    side = "more" if test.greater <= test.less else "less"
    told = f"{side} than chance" if p < limit else "no more than chance"
    return p, f"{told} gives (p = {p:.3f})"
