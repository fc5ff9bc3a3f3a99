"""Bridges: pairs of partners that do not meet, and ties that keep a network close."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.burt import partners
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import FloatArray, OrgNetwork
from orgnet_analytics.progress import watched


def honest_broker(
    net: OrgNetwork,
    *,
    kind: Literal["pure", "weak"] = "pure",
    mode: Literal["all", "in", "mutual"] = "all",
) -> pd.Series:
    r"""How many pairs of an organization's partners have no tie of their own, in either direction.

    .. math:: H_i = \#\{\{j, k\} \subseteq N(i) : j \nrightarrow k,\; k \nrightarrow j\}

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights play no part.
    kind : {"pure", "weak"}
        ``pure``: no tie between the two partners at all. ``weak``: at most a tie in one direction.
    mode : {"all", "in", "mutual"}
        Who is a partner: whoever has a tie with it, who names it, or who names it and is named.

    Returns
    -------
    pandas.Series
        A whole number per actor, from 0 to the number of pairs of partners. High: many partners would
        not meet without it. NaN below two partners. Without direction, all kinds and modes are the same.

    Notes
    -----
    In UCINET's words ``pure`` is HBI0, and ``weak`` less ``pure`` is HBI1, pairs with a tie in one
    direction; UCINET takes partners as ``mode="in"``, for trust, or on request ``mode="mutual"``.
    Source: UCINET's help on the honest broker index. Checked against a look at every pair of partners.

    Examples
    --------
    >>> import pandas as pd
    >>> star = OrgNetwork.from_ties(pd.DataFrame({"source": ["hub"] * 3, "target": ["a", "b", "c"]}))
    >>> honest_broker(star)["hub"]
    np.float64(3.0)
    """
    if kind not in ("pure", "weak"):
        raise UndefinedError(f"There is no kind {kind!r}; there are 'pure' and 'weak'.")
    if mode not in ("all", "in", "mutual"):
        raise UndefinedError(f"There is no mode {mode!r}; there are 'all', 'in' and 'mutual'.")
    first, second, *_ = net.dyads
    lower, higher = _partner_of(net, mode)
    ends = np.concatenate([first[lower], second[higher]])
    size = np.bincount(ends, minlength=len(net))
    pairs = size * (size - 1) / 2 - _closed_at(net, kind, lower, higher)
    return net.per_actor(np.where(size > 1, pairs, np.nan), "honest_broker")


def _partner_of(net: OrgNetwork, mode: str) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return per dyad whether the second is a partner of the first, and the first of the second."""
    _, _, forth, back = net.dyads
    if mode == "in":
        return back > 0, forth > 0
    counts = (forth > 0) & (back > 0) if mode == "mutual" else np.ones(len(forth), dtype=bool)
    return counts, counts


def _closed_at(
    net: OrgNetwork, kind: str, lower: NDArray[np.bool_], higher: NDArray[np.bool_]
) -> FloatArray:
    """Return per actor how many pairs of its partners are tied, for ``weak`` both ways."""
    _, _, forth, back = net.dyads
    tied = np.ones(len(forth), dtype=bool) if kind == "pure" else (forth > 0) & (back > 0)
    low_mid, low_high, mid_high = net.triangle_sides.T
    closed = np.column_stack(
        [
            tied[mid_high] & lower[low_mid] & lower[low_high],
            tied[low_high] & higher[low_mid] & lower[mid_high],
            tied[low_mid] & higher[low_high] & higher[mid_high],
        ]
    )
    counted = np.bincount(net.triangles.ravel(), closed.ravel().astype(float), minlength=len(net))
    return np.asarray(counted, dtype=float)


def everett_valente(net: OrgNetwork, *, directed: bool = False) -> pd.Series:
    r"""How much an organization gains in betweenness by each tie it keeps up.

    .. math:: \frac{2 b_i + n - 1}{d_i},\qquad
              \text{directed: } \frac12 \Big(\frac{b_i + j_i}{d^{in}_i} + \frac{b_i + k_i}{d^{out}_i}\Big)

    where b > 0, and 0 elsewhere. b counts unordered pairs and d partners in the underlying network of n
    actors; directed, b counts ordered pairs along the ties, j those who can reach i and k those i can reach.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights play no part.
    directed : bool
        Whether ways follow the direction of ties. The two are the same where all ties go both ways and
        everyone reaches everyone.

    Returns
    -------
    pandas.Series
        A number per actor, from 0. High: few ties carry much of what passes. 0: nothing has to pass here.

    Notes
    -----
    Source: known from Everett & Valente (2016), of whom the abstract could be read; the directed version is
    that of two independent public R programs that cite them, one of which was tested on their example. They
    agree. Checked against recorded values for the Knoke bureaucracies, and both formulas with networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> everett_valente(path).to_dict(), everett_valente(path, directed=True).to_dict()
    ({'a': 0.0, 'b': 2.0, 'c': 0.0}, {'a': 0.0, 'b': 2.0, 'c': 0.0})
    """
    if directed and net.directed:
        graph, gain = net.graph, np.zeros(len(net))
        between = np.array(graph.betweenness())
        for mode in ("in", "out"):
            reach = graph.neighborhood_size(order=max(len(net), 1), mode=mode, mindist=1)
            gain += (between + reach) / np.maximum(graph.degree(mode=mode), 1) / 2
    else:
        between = np.array(underlying(net).betweenness())
        gain = (2 * between + len(net) - 1) / np.maximum(partners(net), 1)
    return net.per_actor(np.where(between > 1e-12, gain, 0.0), "everett_valente")


def bridging(net: OrgNetwork) -> pd.Series:
    r"""How much closer the whole network is because of an organization's ties, on average per tie.

    .. math:: \frac1{d_i} \sum_{e \ni i} \big(C(G) - C(G - e)\big),\qquad
              C = \frac{\sum_{i \ne j} 1/d_{ij}}{n (n - 1)}

    Each tie e of the underlying network is taken away in turn; an actor's bridging is the mean loss over its
    ties.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.

    Returns
    -------
    pandas.Series
        A number per actor, from 0 to 1. High: its ties are bridges that keep others close. Near 0: there are
        ways round. NaN for an isolate.

    Notes
    -----
    Source: known from Valente & Fujimoto (2010). Checked against networkx, tie by tie. It looks at every
    distance once per tie, so it takes minutes from a few thousand ties on.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> bridging(path).round(3).to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 0.5}
    """
    graph, n = underlying(net), len(net)
    whole = _closeness(graph)
    losses = np.zeros(graph.ecount())
    for edge in watched(range(graph.ecount()), "bridging"):
        without = graph.copy()
        without.delete_edges(edge)
        losses[edge] = whole - _closeness(without)
    ends = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    summed = np.bincount(ends.ravel(), np.repeat(losses, 2), minlength=n)
    size = partners(net)
    return net.per_actor(
        np.divide(summed, size, out=np.full(n, np.nan), where=size > 0), "bridging"
    )


def _closeness(graph: igraph.Graph) -> float:
    return float(np.mean(graph.harmonic_centrality())) if graph.vcount() else float("nan")
