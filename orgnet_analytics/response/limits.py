"""Between which values a measure lies, whatever the unknown dyads turn out to be."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import Arcs, OrgNetwork
from orgnet_analytics.progress import watched
from orgnet_analytics.redrawn import redrawn, silent, states
from orgnet_analytics.response.treatment import Method, treat

Measure = Callable[[OrgNetwork], "float | pd.Series"]
Way = NDArray[np.float64]
How = Literal["complete", "monotone", "enumerated", "sampled"]

MONOTONE = frozenset(
    {"degree", "strength", "harmonic", "reach", "coreness", "net_density", "net_compactness",
     "net_connectedness", "net_components", "net_fragmentation"}
)  # fmt: skip
TREATMENTS: tuple[Method, ...] = ("drop", "reconstruct", "zero")


@dataclass(frozen=True, eq=False)
class Bounds:
    """Between which values a measure lies over everything the unknown dyads could be.

    Attributes
    ----------
    measure : str
        The name of the measure.
    known : float or pandas.Series
        Its value on the network as known; a Series for a measure per actor.
    lowest, highest : float or pandas.Series
        The bounds.
    how : {"complete", "monotone", "enumerated", "sampled"}
        Nothing is unknown; the measure only rises or only falls with each tie, so the extremes are the
        emptiest and the fullest network; every way to fill the gaps was tried; a sample of ways was.
    unknown, draws : int
        How many dyads are unknown, and how many networks were measured.
    """

    measure: str
    known: Any
    lowest: Any
    highest: Any
    how: How
    unknown: int
    draws: int

    @property
    def exact(self) -> bool:
        """Whether no value outside the bounds is possible; sampled bounds may be too narrow."""
        return self.how != "sampled"

    @property
    def table(self) -> pd.DataFrame:
        """The bounds per actor, or in one row: columns ``lowest, known, highest``."""
        columns = {"lowest": self.lowest, "known": self.known, "highest": self.highest}
        if isinstance(self.known, pd.Series):
            return pd.DataFrame(columns)
        return pd.DataFrame(columns, index=[self.measure])

    def __repr__(self) -> str:
        said = self.how if self.exact else f"sampled, {self.draws} draws: may be wider"
        gaps = f"{self.unknown} unknown {'dyad' if self.unknown == 1 else 'dyads'}"
        if isinstance(self.known, pd.Series):
            return f"<Bounds {self.measure!r} of {len(self.known)} actors; {gaps}; {said}>"
        span = f"{self.lowest:.4g} to {self.highest:.4g}, known {self.known:.4g}"
        return f"<Bounds {self.measure!r}: {span}; {gaps}; {said}>"


def bounds(
    net: OrgNetwork,
    measure: Measure,
    *,
    monotone: bool | None = None,
    draws: int = 1000,
    seed: int | None = None,
) -> Bounds:
    """How low and how high a measure can be, whatever the unknown dyads turn out to be.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    measure : callable
        Takes a network, answers with a number or a Series: ``cohesion.net_density``, or
        ``functools.partial(centrality.degree, mode="in")``.
    monotone : bool, optional
        Whether each added tie can only raise, or only lower, the measure. By default this is known for
        the library's own degree, strength, harmonic, reach, coreness, density, compactness, connectedness,
        components and fragmentation, and taken to be false for everything else.
    draws : int
        How many ways to fill the gaps are tried where not all of them can be.
    seed : int, optional
        Makes the sample the same again.

    Returns
    -------
    Bounds
        ``known``, ``lowest``, ``highest``, and whether they are ``exact``. Exact for a monotone measure, and
        for any other where trying all 2^unknown ways takes no more than ``draws`` networks and all known ties
        are of one strength. Else sampled: fillings of every density from none to all, with the emptiest, the
        fullest and the mirror image of what is known; for a number then a search up and down from the best
        of these. The true bounds may be wider.

    Raises
    ------
    DataError
        Where the measure answers with something else than numbers, or per tie.

    Notes
    -----
    A gap that is filled gets the largest strength known, so bounds of a weighted measure are those "as long
    as no missing tie is stronger than the strongest known". Checked by trying every way on small networks.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.measures.cohesion import net_density
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> bounds(OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]})), net_density)
    <Bounds 'net_density': 0.1667 to 0.5, known 0.25; 2 unknown dyads; monotone>
    """
    name, known = measure_name(measure), _measured(net, measure)
    gaps = net.unknown
    if gaps.empty:
        return Bounds(name, known, known, known, "complete", 0, 1)
    sure = _is_monotone(measure) if monotone is None else monotone
    how = _way(sure, len(gaps), draws, net.known["weight"].nunique() < 2)
    search = Search(net, measure, np.random.default_rng(seed))
    ways = search.fillings(how, draws)
    values = [search.value(way) for way in watched(ways, f"bounds of {name}")]
    if how == "sampled" and not isinstance(known, pd.Series):
        values += [value for sign in (-1, 1) for value in search.climb(ways, values, sign)]
    lowest, highest = _span(values, known)
    return Bounds(name, known, lowest, highest, how, len(gaps), len(values))


def measure_name(measure: Callable[..., Any]) -> str:
    """Return what a measure is called, also when some of its arguments are filled in."""
    measure = _bare(measure)
    return str(getattr(measure, "__name__", type(measure).__name__))


def _is_monotone(measure: Callable[..., Any]) -> bool:
    """Return whether this is one of our monotone measures, not a namesake the user wrote."""
    ours = str(getattr(_bare(measure), "__module__", "")).startswith("orgnet_analytics.measures.")
    return ours and measure_name(measure) in MONOTONE


def _bare(measure: Callable[..., Any]) -> Callable[..., Any]:
    while isinstance(measure, functools.partial):
        measure = measure.func
    return measure


def _measured(net: OrgNetwork, measure: Measure) -> float | pd.Series:
    found = measure(net)
    if isinstance(found, pd.Series):
        return found.astype(float)
    if isinstance(found, (bool, int, float, np.number)):
        return float(found)
    raise DataError(Issue("measure", "wanted a number or a Series", value=type(found).__name__))


def _way(monotone: bool, gaps: int, draws: int, one_strength: bool) -> How:
    if monotone:
        return "monotone"
    return "enumerated" if one_strength and gaps < 31 and 2**gaps <= draws else "sampled"


class Search:
    """The networks that the unknown dyads could make, and what they measure."""

    def __init__(self, net: OrgNetwork, measure: Measure, rng: np.random.Generator) -> None:
        self.net, self.measure, self.rng, self.actors = net, measure, rng, net.actors
        rows, columns, state = states(net)
        told = (state != 0) | silent(net, rows, columns)
        self.dyads = Arcs(rows[told], columns[told], state[told])
        self.gaps = np.flatnonzero(np.isnan(self.dyads.weight))
        self.strength = float(net.known["weight"].max()) if len(net.known) else 1.0

    def value(self, way: Way) -> float | pd.Series:
        """Return the measure with the gaps filled: 1 a tie, 0 none."""
        weight = self.dyads.weight.copy()
        weight[self.gaps] = way * self.strength
        made = redrawn(self.net, self.actors, self.dyads._replace(weight=weight))
        return _measured(made, self.measure)

    def fillings(self, how: How, draws: int) -> list[Way]:
        """Return ways to fill the gaps: all, the extremes, or a sample of every density."""
        count = len(self.gaps)
        if how == "enumerated":
            return [np.array(way, dtype=float) for way in product((0, 1), repeat=count)]
        extremes = [np.zeros(count), np.ones(count)]
        if how == "monotone":
            return extremes
        densities = self.rng.random(draws // 2)
        sample = [(self.rng.random(count) < density).astype(float) for density in densities]
        return [*extremes, self._mirror(), 1 - self._mirror(), *sample]

    def _mirror(self) -> Way:
        """Return the gaps filled with the report of the other side, which pairs up the ties."""
        n, (source, target, weight) = len(self.actors), self.dyads
        known = source[weight > 0] * n + target[weight > 0]
        back = target[self.gaps] * n + source[self.gaps]
        return np.isin(back, known).astype(float)

    def climb(self, ways: list[Way], values: list[Any], sign: int) -> list[float]:
        """Return what is found on the way up (1) or down (-1) from the best filling so far.

        A part of the gaps is turned over and the change kept where it helps; the part gets smaller.
        """
        steps = len(ways) // 2
        scores = sign * np.array(values, dtype=float)
        if np.isnan(scores).all():
            return []
        best = int(np.nanargmax(scores))
        way, top, found = ways[best], scores[best], []
        parts = np.geomspace(max(len(way) / 4, 1), 1, steps).round().astype(int)
        for part in watched(parts, "highest value" if sign > 0 else "lowest value"):
            turned = way.copy()
            place = self.rng.choice(len(way), part, replace=False)
            turned[place] = 1 - turned[place]
            value = self.value(turned)
            found.append(float(value))
            if sign * float(value) > top:
                way, top = turned, sign * float(value)
        return found


def _span(values: list[Any], known: float | pd.Series) -> tuple[Any, Any]:
    """Return the lowest and highest of the values, leaving out those that are not defined."""
    if isinstance(known, pd.Series):
        if not all(value.index.equals(known.index) for value in values):
            raise DataError(Issue("measure", "wanted the same rows whatever the ties are"))
        every = pd.concat(values, axis=1)
        return every.min(axis=1).rename("lowest"), every.max(axis=1).rename("highest")
    every = pd.Series(values, dtype=float)
    return float(every.min()), float(every.max())


def sensitivity(
    net: OrgNetwork, measure: Measure, *, draws: int = 1000, seed: int | None = None
) -> pd.DataFrame:
    """Compare what the usual treatments of missing answers make of a measure, in one table.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    measure : callable
        Takes a network, answers with a number or a Series per actor.
    draws, seed
        As in `bounds`.

    Returns
    -------
    pandas.DataFrame
        For a number: one row per treatment (``known``, ``drop``, ``reconstruct``, ``zero``, ``lowest``,
        ``highest``), columns ``value``, ``change`` (from ``known``), ``actors``, ``unknown``, ``exact``. For
        a Series: one row per actor, one column per treatment, and ``exact``; NaN where an actor was left
        out. ``exact`` is false where ``lowest`` and ``highest`` were sampled, so that more may be possible.

    Notes
    -----
    Rows that lie close together: the finding does not hang on who answered. Rows that do not: report
    the bounds, or gather the missing answers.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.measures.cohesion import net_density
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> sensitivity(net, net_density)["value"].round(3).to_dict()
    {'known': 0.25, 'drop': 0.5, 'reconstruct': 0.167, 'zero': 0.167, 'lowest': 0.167, 'highest': 0.5}
    """
    limits = bounds(net, measure, draws=draws, seed=seed)
    treated = {"known": net} | {method: treat(net, method=method) for method in TREATMENTS}
    values = {way: _measured(other, measure) for way, other in treated.items()}
    values |= {"lowest": limits.lowest, "highest": limits.highest}
    if isinstance(limits.known, pd.Series):
        return pd.DataFrame(values, index=limits.known.index).assign(exact=limits.exact)
    sizes = {way: (len(other), len(other.unknown)) for way, other in treated.items()}
    found = pd.DataFrame({"value": pd.Series(values, dtype=float)})
    found["change"] = found["value"] - limits.known
    found["actors"] = [sizes.get(way, (len(net), 0))[0] for way in found.index]
    found["unknown"] = [sizes.get(way, (len(net), 0))[1] for way in found.index]
    found["exact"] = [limits.exact if way in ("lowest", "highest") else True for way in found.index]
    return found.rename_axis("treatment")
