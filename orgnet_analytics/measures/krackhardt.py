"""Krackhardt's four sides of a hierarchy: connected, ordered, sparing, with a common superior."""

from __future__ import annotations

from typing import Literal

import numpy as np

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.underlying import share, underlying
from orgnet_analytics.network import IntArray, OrgNetwork


def net_connectedness(net: OrgNetwork) -> float:
    r"""Which share of the pairs of organizations can reach each other somehow.

    .. math:: 1 - \frac{V}{n (n - 1) / 2}

    with V the pairs without a path in the underlying network; one minus `net_fragmentation`.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        0 to 1. 1: one whole. 0: no ties. NaN below two actors.

    Notes
    -----
    Source: Krackhardt (1994). Checked against R's sna on the Knoke bureaucracies, and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    >>> round(net_connectedness(OrgNetwork.from_ties(ties, actors=["a", "b", "c"])), 3)
    0.333
    """
    sizes = _sizes(net)
    return share((sizes * (sizes - 1)).sum(), len(net) * (len(net) - 1))


def net_hierarchy(net: OrgNetwork) -> float:
    r"""How far influence runs one way: the share of reachable pairs in which only one reaches the other.

    .. math:: 1 - \frac{\#\{i \leftrightarrow j\}}{\#\{i \to j \text{ or } j \to i\}}

    over unordered pairs, an arrow being a path along the direction of ties.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        0 to 1. 1: a pure order of command. 0: whoever is reached can answer back, as always without
        direction. NaN without ties.

    Notes
    -----
    Source: Krackhardt (1994). Checked against R's sna on the Knoke bureaucracies (0 and .90625), and
    networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "a", "c"]})
    >>> round(net_hierarchy(OrgNetwork.from_ties(ties)), 3)
    0.667
    """
    strong = np.array(net.graph.connected_components(mode="strong").sizes(), dtype=np.int64)
    mutual = int((strong * (strong - 1)).sum()) // 2
    reached = sum(net.graph.neighborhood_size(order=max(len(net), 1), mode="out", mindist=1))
    pairs = reached - mutual if net.directed else mutual
    return share(pairs - mutual, pairs)


def net_efficiency(net: OrgNetwork, *, kind: Literal["link", "arc"] = "link") -> float:
    r"""How sparing the network is with ties: how few more it has than hold it together.

    .. math:: 1 - \frac{\sum_k (m_k - (n_k - 1))}{\sum_k (M_k - (n_k - 1))}

    over the components k of the underlying network, with n their actors, m their ties and M the possible
    ones.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    kind : {"link", "arc"}
        Whether a pair tied both ways counts once, as Krackhardt and UCINET have it, or twice, as R's sna.

    Returns
    -------
    float
        0 to 1. 1: no tie too many; cheap, but any tie lost breaks it. 0: everyone is tied to everyone. NaN
        where no component has more than two actors ("arc": more than one).

    Notes
    -----
    Source: Krackhardt (1994). Checked against UCINET's .3611 for the Knoke bureaucracies, and R's sna
    (.5062).

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> net_efficiency(path)
    1.0
    """
    if kind not in ("link", "arc"):
        raise UndefinedError(f"There is no kind {kind!r}; there are 'link' and 'arc'.")
    sizes = _sizes(net)
    arcs = kind == "arc" and net.directed
    ties = len(net.arcs.source) if arcs else len(net.dyads.first)
    needed, possible = (
        int((sizes - 1).sum()),
        int((sizes * (sizes - 1)).sum()) // (1 if arcs else 2),
    )
    return share(possible - ties, possible - needed)


def net_least_upper_boundedness(net: OrgNetwork) -> float:
    r"""How often two organizations have one nearest common superior, who could settle what divides them.

    .. math:: 1 - \frac{V}{\sum_k (n_k - 1)(n_k - 2) / 2}

    over the components k of the underlying network, with V the pairs in them without a least upper bound: an
    actor that reaches both (or is one of them) and is reached by every other actor that reaches both.

    Parameters
    ----------
    net : OrgNetwork
        One relation; a tie runs from superior to subordinate.

    Returns
    -------
    float
        0 to 1. 1: always somebody to appeal to, as in a tree, and as always without direction. Low: conflicts
        have no clear place to go. NaN where no component has more than two actors.

    Notes
    -----
    Source: Krackhardt (1994). Checked against the definition written out over all pairs; .8571 for money
    among the Knoke bureaucracies. R's sna tests something else (an upper bound that reaches all others) and
    gives .5.

    Examples
    --------
    >>> import pandas as pd
    >>> tree = pd.DataFrame({"source": ["chair", "chair"], "target": ["a", "b"]})
    >>> net_least_upper_boundedness(OrgNetwork.from_ties(tree))
    1.0
    """
    sizes = _sizes(net)
    possible = int(((sizes - 1) * (sizes - 2)).sum()) // 2
    return share(possible - _unbound_pairs(net), possible)


def _sizes(net: OrgNetwork) -> IntArray:
    return np.array(underlying(net).connected_components().sizes(), dtype=np.int64)


def _unbound_pairs(net: OrgNetwork) -> int:
    """Return the pairs of one component without a least upper bound.

    The upper bounds of a pair are the common ancestors. A common ancestor is least where its own ancestors
    are all of them, so it is enough to compare numbers. Actors that reach each other are taken together.
    """
    strong = net.graph.connected_components(mode="strong")
    sizes, weak = np.array(strong.sizes()), net.graph.connected_components(mode="weak").membership
    order = strong.cluster_graph(combine_edges=False).simplify()
    count = order.vcount()
    above = np.zeros((count, count), dtype=np.float32)
    for lower, ancestors in enumerate(order.neighborhood(order=count, mode="in")):
        above[ancestors, lower] = 1
    common, number = above.T @ above, above.sum(axis=0)
    best = np.zeros_like(common)
    for bound in np.argsort(number, kind="stable"):
        below = np.flatnonzero(above[bound])
        best[np.ix_(below, below)] = number[bound]
    part = np.array([weak[members[0]] for members in strong])
    unbound = (part[:, None] == part) & ((best == 0) | (best < common))
    return int(sizes @ np.triu(unbound, 1) @ sizes)
