"""Diversity: whether organizations work with their own kind or across, and how mixed partners are."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.kinds import groups, mixing, sides
from orgnet_analytics.measures.underlying import share
from orgnet_analytics.network import FloatArray, OrgNetwork

__all__ = [
    "blau",
    "ei_index",
    "group_ei_index",
    "iqv",
    "net_assortativity",
    "net_ei_index",
]


def ei_index(net: OrgNetwork, *, by: str) -> pd.Series:
    r"""Whether an organization works with other kinds of organization or with its own.

    .. math:: \frac{E_i - I_i}{E_i + I_i}

    with E the ties to other groups and I those within the own group, in- and out-ties together.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them. Ties with an actor without a group do not count.

    Returns
    -------
    pandas.Series
        -1 to 1 per actor. 1: outside ties only. -1: inside ties only. 0: as many of each. NaN without ties or
        without a group.

    Notes
    -----
    Source: Krackhardt & Stern (1988). Checked by a count over all ties.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> ei_index(net, by="sector").to_dict()
    {'a': 0.0, 'b': -1.0, 'c': 1.0}
    """
    codes, _ = groups(net, by)
    external, internal = sides(net, codes)
    return net.per_actor(_index(external, internal), "ei_index")


def group_ei_index(net: OrgNetwork, *, by: str) -> pd.Series:
    r"""Whether the members of a group work with other groups or with each other.

    .. math:: \frac{\sum_i E_i - \sum_i I_i}{\sum_i E_i + \sum_i I_i}

    over the members i: the mean of their `ei_index`, weighted by their ties. A tie within the group is
    counted by both its ends, as in UCINET.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them. Ties with an actor without a group do not count.

    Returns
    -------
    pandas.Series
        -1 to 1 per group, the groups in order. 1: an open group. -1: a closed one. NaN where the members have
        no ties.

    Notes
    -----
    Source: Krackhardt & Stern (1988). Checked by a count over all ties.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> group_ei_index(net, by="sector").round(3).to_dict()
    {'care': -0.333, 'work': 1.0}
    """
    codes, labels = groups(net, by)
    seen = codes >= 0
    external, internal = (
        np.bincount(codes[seen], side[seen], minlength=len(labels)) for side in sides(net, codes)
    )
    index = pd.Index(labels, name=by)
    return pd.Series(_index(external, internal), index=index, name="group_ei_index")


def net_ei_index(net: OrgNetwork, *, by: str, rescaled: bool = False) -> float:
    r"""Whether the network ties different kinds of organization together or each kind to itself.

    .. math:: EI = \frac{E - I}{E + I},\qquad
              \text{rescaled} = 2\,\frac{EI - EI_{lowest}}{EI_{highest} - EI_{lowest}} - 1

    with E the ties between groups and I those within; lowest and highest are what so many ties can give with
    groups of these sizes.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them. Ties with an actor without a group do not count.
    rescaled : bool
        Whether to place the index between the lowest and the highest value that is possible, so that networks
        with other groups compare.

    Returns
    -------
    float
        -1 to 1. High: an integrated network. Low: separate worlds. A network of large groups has a low
        index for lack of partners elsewhere: compare ``rescaled``, and test it with ``inference.ei_test``.
        NaN where no tie has a group at both ends; rescaled also where only one value is possible.

    Notes
    -----
    Source: Krackhardt & Stern (1988); rescaling as in UCINET. Checked by a count over all ties, and the
    lowest and highest by every network of four actors.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> net_ei_index(net, by="sector"), net_ei_index(net, by="sector", rescaled=True)
    (0.0, 0.0)
    """
    codes, _ = groups(net, by)
    external, internal = (int(side.sum()) // 2 for side in sides(net, codes))
    ties = external + internal
    if not rescaled:
        return share(external - internal, ties)
    sizes, ways = np.bincount(codes[codes >= 0]), 2 if net.directed else 1
    inside = int((sizes * (sizes - 1)).sum()) // 2 * ways
    outside = int(sizes.sum() * (sizes.sum() - 1)) // 2 * ways - inside
    most, least = min(ties, outside), max(ties - inside, 0)
    return share(2 * (external - least), most - least) - 1


def blau(net: OrgNetwork, *, by: str) -> pd.Series:
    r"""How mixed an organization's partners are: the chance that two drawn at random differ in kind.

    .. math:: 1 - \sum_g p_{ig}^2

    with p the share of group g among the partners in either direction, each partner once.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them. Partners without a group do not count.

    Returns
    -------
    pandas.Series
        0 to 1 - 1/groups per actor. High: partners from everywhere. 0: all of one kind. NaN without partners.

    Notes
    -----
    Source: Blau (1977). Checked by a count over all partners.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> blau(net, by="sector").to_dict()
    {'a': 0.5, 'b': 0.0, 'c': 0.0}
    """
    codes, labels = groups(net, by)
    first, second, *_ = net.dyads
    ego, alter = np.concatenate([first, second]), codes[np.concatenate([second, first])]
    seen = alter >= 0
    cells = ego[seen] * len(labels) + alter[seen]
    counts = np.bincount(cells, minlength=len(net) * len(labels)).reshape(len(net), len(labels))
    total = counts.sum(axis=1).astype(float)
    total[total == 0] = np.nan
    return net.per_actor(1 - (counts**2).sum(axis=1) / total**2, "blau")


def iqv(net: OrgNetwork, *, by: str) -> pd.Series:
    r"""How mixed an organization's partners are, as a share of the most that is possible.

    .. math:: \frac{K}{K - 1} \Big(1 - \sum_g p_{ig}^2\Big)

    `blau` over its largest value with K groups, the index of qualitative variation.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them; K is the number of groups in the network. Partners without
        a group do not count.

    Returns
    -------
    pandas.Series
        0 to 1 per actor. 1: all groups alike among the partners. 0: all of one kind. NaN without partners,
        and where there is one group only.

    Notes
    -----
    Source: Mueller, Schuessler & Costner (1970), as used in Hanneman & Riddle (2005). Checked by a count over
    all partners.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work"]}, index=["a", "b", "c"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "a"], "target": ["b", "c"]}))
    >>> iqv(net, by="sector").to_dict()
    {'a': 1.0, 'b': 0.0, 'c': 0.0}
    """
    kinds = len(groups(net, by)[1])
    return (blau(net, by=by) * (kinds / (kinds - 1) if kinds > 1 else np.nan)).rename("iqv")


def net_assortativity(
    net: OrgNetwork, *, by: str, kind: Literal["nominal", "numeric"] = "nominal"
) -> float:
    r"""Whether like works with like more often than their numbers of ties would bring about.

    .. math:: \frac{\sum_g e_{gg} - \sum_g a_g b_g}{1 - \sum_g a_g b_g}

    with e the shares of ties between groups, a and b their margins; "numeric" is the correlation of the
    values at the two ends of a tie.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` that groups them. Ties with an actor without a group do not count.
    kind : {"nominal", "numeric"}
        Whether the values are names or numbers.

    Returns
    -------
    float
        At most 1. 1: ties within groups only. 0: as chance has it. Below 0: like avoids like. NaN without
        such ties, and where all ends are of one group or value.

    Notes
    -----
    Source: Newman (2003). Checked against networkx and igraph.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "work", "work"]}, index=["a", "b", "c", "d"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a", "c"], "target": ["b", "d"]}))
    >>> net_assortativity(net, by="sector")
    1.0
    """
    if kind not in ("nominal", "numeric"):
        raise UndefinedError(f"There is no kind {kind!r}; there are 'nominal' and 'numeric'.")
    source, target, _ = net.arcs
    if not net.directed:
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    if kind == "numeric":
        values = _numbers(net, by)
        return _correlation(values[source], values[target])
    codes, labels = groups(net, by)
    shares = mixing(codes[source], codes[target], len(labels))
    expected = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return share(np.trace(shares) - expected, 1 - expected) if shares.any() else float("nan")


def _index(external: NDArray[Any], internal: NDArray[Any]) -> FloatArray:
    total = (external + internal).astype(float)
    total[total == 0] = np.nan
    return np.asarray((external - internal) / total, dtype=float)


def _numbers(net: OrgNetwork, by: str) -> FloatArray:
    values = pd.to_numeric(net.column(by), errors="coerce").astype(float)
    if values.isna().all() and len(net):
        raise UndefinedError(f"The column {by!r} holds no numbers; kind='nominal' takes names.")
    return np.asarray(values, dtype=float)


def _correlation(one: FloatArray, other: FloatArray) -> float:
    known = ~(np.isnan(one) | np.isnan(other))
    one, other = one[known], other[known]
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])
