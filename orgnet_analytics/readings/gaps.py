"""What unknown dyads, silent members and chance do to a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from orgnet_analytics.inference import Test
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.response import bounds, symmetrize
from orgnet_analytics.response.limits import Measure


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
    """Say whether so many take part, and so much of what they were asked is known, that there may be a verdict.

    Examples
    --------
    >>> three = OrgNetwork(pd.DataFrame(index=["a", "b", "c"]), pd.DataFrame({"source": [], "target": []}))
    >>> enough(three, {"response_withheld": 0.5, "members_withheld": 5})
    False
    """
    return answered(net) >= limits["response_withheld"] and len(net) >= limits["members_withheld"]


def size_caveats(net: OrgNetwork, limits: Mapping[str, float]) -> Iterator[str]:
    """Yield what to say along with a reading of a network of which one tie makes another.

    Examples
    --------
    >>> three = OrgNetwork(pd.DataFrame(index=["a", "b", "c"]), pd.DataFrame({"source": [], "target": []}))
    >>> list(size_caveats(three, {"members_withheld": 5}))
    ['With 3 organizations a single tie turns the verdict: it is withheld.']
    """
    if len(net) < limits["members_withheld"]:
        yield f"With {len(net)} organizations a single tie turns the verdict: it is withheld."


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


def against_chance(test: Test, limit: float) -> tuple[float, str]:
    """Return the smaller p of a test, and in words whether the value is more or less than chance gives."""
    p = float(np.fmin(test.greater, test.less))
    if np.isnan(test.estimate):
        return p, "not defined"
    side = "more" if test.greater <= test.less else "less"
    told = f"{side} than chance" if p < limit else "no more than chance"
    return p, f"{told} gives (p = {p:.3f})"
