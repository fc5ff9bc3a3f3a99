"""Social capital: ties among equals, across kinds, and across levels of power."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures import cohesion
from orgnet_analytics.measures.diversity import net_ei_index
from orgnet_analytics.measures.generators import position_generator, resource_generator
from orgnet_analytics.measures.group_centrality import group_reach
from orgnet_analytics.network import OrgNetwork

__all__ = [
    "bonding",
    "bridging",
    "linking",
    "net_social_capital",
    "position_generator",
    "resource_generator",
]

KINDS = ("bonding", "bridging", "linking")


def bonding(net: OrgNetwork, *, by: str, rank: str | None = None, gap: float = 0) -> pd.Series:
    r"""Which share of an organization's ties is with its own kind.

    .. math:: \frac{\#\{\text{ties within the kind, at equal power}\}}{\#\{\text{ties}\}}

    in- and out-ties together. `bonding`, `bridging` and `linking` with the same arguments add up to 1.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` with the kind of organization. Ties with an end unknown do not count.
    rank : str, optional
        The column with power or level. A tie across more than ``gap`` is then linking, whatever the kinds.
    gap : float
        The largest difference in rank that still counts as equal.

    Returns
    -------
    pandas.Series
        0 to 1 per actor. High: support and trust among equals, little news. NaN without ties.

    Notes
    -----
    Source: the three kinds are known from Szreter & Woolcock (2004); that they are shares of ties, and the
    gap of 0, is this library's documented default. Checked by a count over all ties.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> bonding(net, by="sector").to_dict()
    {'a': 0.5, 'b': 1.0, 'c': 0.0}
    """
    return _share_of(net, "bonding", by, rank, gap)


def bridging(net: OrgNetwork, *, by: str, rank: str | None = None, gap: float = 0) -> pd.Series:
    r"""Which share of an organization's ties is with other kinds, on an equal footing.

    .. math:: \frac{\#\{\text{ties across kinds, at equal power}\}}{\#\{\text{ties}\}}

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` with the kind of organization. Ties with an end unknown do not count.
    rank : str, optional
        The column with power or level. A tie across more than ``gap`` is then linking, whatever the kinds.
    gap : float
        The largest difference in rank that still counts as equal.

    Returns
    -------
    pandas.Series
        0 to 1 per actor. High: news and resources from elsewhere. NaN without ties.

    Notes
    -----
    Source: as `bonding`. Checked by a count over all ties.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> bridging(net, by="sector").to_dict()
    {'a': 0.5, 'b': 0.0, 'c': 1.0}
    """
    return _share_of(net, "bridging", by, rank, gap)


def linking(net: OrgNetwork, *, rank: str, by: str | None = None, gap: float = 0) -> pd.Series:
    r"""Which share of an organization's ties crosses a difference in power.

    .. math:: \frac{\#\{\text{ties with } |r_i - r_j| > \text{gap}\}}{\#\{\text{ties}\}}

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    rank : str
        The column of ``actors`` with power or level. Ties with an end unknown do not count.
    by : str, optional
        The column with the kind of organization, so that the same ties count as in `bonding`.
    gap : float
        The largest difference in rank that still counts as equal.

    Returns
    -------
    pandas.Series
        0 to 1 per actor. High: access to those who decide, or to those decided about. NaN without ties.

    Notes
    -----
    Source: as `bonding`. Checked by a count over all ties.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"rank": [1, 1, 3]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> linking(net, rank="rank").to_dict()
    {'a': 0.5, 'b': 0.0, 'c': 1.0}
    """
    return _share_of(net, "linking", by, rank, gap)


def _share_of(
    net: OrgNetwork, kind: str, by: str | None, rank: str | None, gap: float
) -> pd.Series:
    source, target, _ = net.arcs
    known, linked, same = (np.full(len(source), value) for value in (True, False, True))
    if rank is not None:
        level = _levels(net, rank)
        step = np.abs(level[source] - level[target])
        known, linked = ~np.isnan(step), step > gap
    if by is not None:
        codes = pd.factorize(net.column(by))[0]
        known &= (codes[source] >= 0) & (codes[target] >= 0)
        same = codes[source] == codes[target]
    of_kind = {"bonding": ~linked & same, "bridging": ~linked & ~same, "linking": linked}[kind]
    counts, total = (_at_ends(net, ties) for ties in (known & of_kind, known))
    total[total == 0] = np.nan
    return net.per_actor(counts / total, kind)


def _at_ends(net: OrgNetwork, ties: NDArray[np.bool_]) -> NDArray[np.float64]:
    source, target, _ = net.arcs
    ends = np.concatenate([source[ties], target[ties]])
    return np.bincount(ends, minlength=len(net)).astype(float)


def _levels(net: OrgNetwork, rank: str) -> NDArray[np.float64]:
    column = net.column(rank)
    values = pd.to_numeric(column, errors="coerce").astype(float)
    wrong = column.notna() & values.isna()
    if wrong.any():
        named = column[wrong].iloc[0]
        raise UndefinedError(f"The column {rank!r} must hold numbers; it holds {named!r}.")
    return np.asarray(values, dtype=float)


def net_social_capital(
    net: OrgNetwork, *, by: str | None = None, group: object = None
) -> pd.DataFrame:
    """The social capital of a network, inside and, for one group of its members, towards the rest.

    Formula: inside, the measures of `cohesion` and `diversity` of the same names, over the group alone where
    one is given. Outside: the share of the others tied to somebody in the group (degree), one over their mean
    distance to it (closeness), and the share of the pairs of others that have shortest paths through it
    (betweenness), all on the underlying network.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str, optional
        The column of ``actors`` that groups them; adds homophily, the E-I index turned round.
    group : object, optional
        A value of ``by``: measure the inside of this group, and its ties to the outside.

    Returns
    -------
    pandas.DataFrame
        One row per measure; columns ``level`` (internal, external), ``value`` and ``sign``: whether more of
        it counts for (+) or against (-) social capital, which depends on what the network is for. NaN where a
        measure is undefined, as any of the outside for everyone.

    Raises
    ------
    UndefinedError
        For a group that ``by`` does not have.

    Notes
    -----
    Source: the list is that of Borgatti, Jones & Everett (1998); the signs of whole groups are this library's
    documented default. Checked against the measures of the same names, networkx, and for
    betweenness every shortest path written out.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> found = net_social_capital(net, by="sector", group="care")
    >>> found.loc[["density", "group_degree"], "value"].tolist()
    [0.5, 1.0]
    """
    members = np.ones(len(net), dtype=bool)
    if group is not None:
        members = _members(net, by, group)
    inside = net.only(members)
    rows: dict[str, tuple[str, float, str]] = {
        "density": ("internal", cohesion.net_density(inside), "+"),
        "mean_distance": ("internal", cohesion.net_distance(inside), "-"),
        "diameter": ("internal", cohesion.net_diameter(inside), "-"),
        "fragmentation": ("internal", cohesion.net_fragmentation(inside), "-"),
        "centralization": ("internal", cohesion.net_centralization(inside), "-"),
        "core_periphery": ("internal", cohesion.core_periphery(inside).fit, "-"),
    }
    if by is not None:
        rows["homophily"] = ("internal", -net_ei_index(inside, by=by), "-")
    rows |= {name: ("external", value, "+") for name, value in group_reach(net, members).items()}
    return pd.DataFrame.from_dict(
        rows, orient="index", columns=["level", "value", "sign"]
    ).rename_axis("measure")


def _members(net: OrgNetwork, by: str | None, group: object) -> NDArray[np.bool_]:
    if by is None:
        raise UndefinedError("A group needs the column it is a value of: give by=...")
    column = net.column(by)
    if not (column == group).any():
        choices = ", ".join(map(repr, column.dropna().unique()))
        raise UndefinedError(f"{by!r} has no group {group!r}; it has {choices}.")
    return np.asarray(column == group, dtype=bool)
