"""Is the E-I index other than the sizes of the groups bring about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.kinds import groups
from orgnet_analytics.measures.underlying import share
from orgnet_analytics.network import OrgNetwork


@dataclass(frozen=True)
class EITest:
    """The E-I index of a network beside what its groups and number of ties allow.

    Attributes
    ----------
    observed : float
        The index.
    expected : float
        Its mean if the groups were dealt out anew.
    lowest, highest : float
        What it can be at all, given the sizes of the groups and the number of ties.
    rescaled : float
        The observed value between these two, from -1 to 1.
    p_low, p_high : float
        How often a value as low, or as high, comes from dealing anew.
    """

    observed: float
    expected: float
    lowest: float
    highest: float
    rescaled: float
    p_low: float
    p_high: float


def ei_test(net: OrgNetwork, *, by: str, seed: int, permutations: int = 10_000) -> EITest:
    r"""Whether organizations work across kinds more, or less, than the sizes of the groups bring about.

    .. math:: \text{rescaled} = 2\,\frac{EI - EI_{lowest}}{EI_{highest} - EI_{lowest}} - 1,\qquad
              p = \frac{1 + \#\{\text{draws as extreme}\}}{1 + \text{permutations}}

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them. Actors without a group, and their ties, do not count.
    seed : int
        Which permutations are drawn; the same seed gives the same answer.
    permutations : int
        How often the groups are dealt out anew over the same network.

    Returns
    -------
    EITest
        See there. Small ``p_high``: more ties across groups than chance gives; small ``p_low``: fewer. A
        network of large groups has a low index for lack of partners elsewhere: compare ``rescaled``. NaN
        without ties; ``rescaled`` also where only one value is possible.

    Notes
    -----
    Source: Krackhardt & Stern (1988) for the index; UCINET for testing it by permutation and rescaling it.
    Checked against every way of dealing out the groups of a small network, and its expectation in closed
    form.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": [*"xxyy"]}, index=[*"abcd"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": [*"abb"], "target": [*"cdc"]}))
    >>> found = ei_test(net, by="sector", seed=1, permutations=99)
    >>> found.observed, found.rescaled
    (1.0, 1.0)
    """
    if permutations < 1:
        raise UndefinedError(f"permutations is 1 or more, got {permutations}.")
    codes, labels = groups(net, by)
    grouped = np.flatnonzero(codes >= 0)
    source, target, _ = net.arcs
    known = (codes[source] >= 0) & (codes[target] >= 0)
    place = np.searchsorted(grouped, np.stack([source[known], target[known]]))
    kinds, ties = codes[grouped], int(known.sum())
    across = int((kinds[place[0]] != kinds[place[1]]).sum())
    rng, drawn = np.random.default_rng(seed), np.zeros(permutations)
    for draw in range(permutations):
        dealt = rng.permutation(kinds)
        drawn[draw] = (dealt[place[0]] != dealt[place[1]]).sum()
    sizes = np.bincount(kinds, minlength=len(labels))
    most, least = _room(sizes, ties, directed=net.directed)
    return EITest(
        observed=_index(across, ties),
        expected=_index(float(drawn.mean()), ties),
        lowest=_index(least, ties),
        highest=_index(most, ties),
        rescaled=share(2 * (across - least), most - least) - 1 if ties else float("nan"),
        p_low=share(1 + (drawn <= across).sum(), 1 + permutations) if ties else float("nan"),
        p_high=share(1 + (drawn >= across).sum(), 1 + permutations) if ties else float("nan"),
    )


def _index(across: float, ties: int) -> float:
    return share(2 * across - ties, ties)


def _room(sizes: np.ndarray, ties: int, *, directed: bool) -> tuple[int, int]:
    """Return the most and the fewest ties across groups that so many ties can hold."""
    ways, n = 2 if directed else 1, int(sizes.sum())
    inside = int((sizes * (sizes - 1)).sum()) // 2 * ways
    outside = n * (n - 1) // 2 * ways - inside
    return min(ties, outside), max(ties - inside, 0)
