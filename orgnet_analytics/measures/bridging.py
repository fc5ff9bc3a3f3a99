"""Bridges: pairs of partners that do not meet, and ties that keep a network close."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.burt import partners
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import OrgNetwork


def honest_broker(net: OrgNetwork, *, kind: Literal["pure", "weak"] = "pure") -> pd.Series:
    """How many pairs of an organization's partners have no tie of their own, in either direction.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights play no part.
    kind : {"pure", "weak"}
        ``pure``: no tie between the two partners at all. ``weak``: at most a tie in one direction.

    Returns
    -------
    pandas.Series
        A whole number per actor, from 0 to the number of pairs of partners. High: many partners would
        not meet without it. NaN below two partners. Without direction, both kinds are the same.

    Notes
    -----
    Source: known from UCINET as the honest broker index; the wording of its documentation could not be
    read, so the definition above is the one that holds here. Checked against a look at every pair of
    partners.

    Examples
    --------
    >>> import pandas as pd
    >>> star = OrgNetwork.from_ties(pd.DataFrame({"source": ["hub"] * 3, "target": ["a", "b", "c"]}))
    >>> honest_broker(star)["hub"]
    np.float64(3.0)
    """
    if kind not in ("pure", "weak"):
        raise UndefinedError(f"There is no kind {kind!r}; there are 'pure' and 'weak'.")
    size = partners(net)
    mutual = (net.dyads.forth > 0) & (net.dyads.back > 0)
    opposite = net.triangle_sides[:, ::-1]
    tied = np.ones_like(opposite, dtype=bool) if kind == "pure" else mutual[opposite]
    closed = np.bincount(net.triangles.ravel(), tied.ravel(), minlength=len(net))
    pairs = size * (size - 1) / 2 - closed
    return net.per_actor(np.where(size > 1, pairs, np.nan), "honest_broker")


def everett_valente(net: OrgNetwork) -> pd.Series:
    """How much an organization gains in betweenness by each tie it keeps up.

    (2 b + n - 1) / d where b > 0, else 0; b counts unordered pairs, d is the number of partners, both in the
    underlying network of n actors.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.

    Returns
    -------
    pandas.Series
        A number per actor, from 0. High: few ties carry much of what passes. 0: nothing has to pass here.

    Notes
    -----
    Source: known from Everett & Valente (2016), who have a directed version too; it could not be read and
    is not offered. Checked against recorded values for the Knoke bureaucracies.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> everett_valente(path).to_dict()
    {'a': 0.0, 'b': 2.0, 'c': 0.0}
    """
    between, size = np.array(underlying(net).betweenness()), partners(net)
    gain = (2 * between + len(net) - 1) / np.where(size > 0, size, 1)
    return net.per_actor(np.where(between > 1e-12, gain, 0.0), "everett_valente")


def bridging(net: OrgNetwork) -> pd.Series:
    """How much closer the whole network is because of an organization's ties, on average per tie.

    The closeness of the network is the mean of 1/distance over all pairs. Each tie of the underlying
    network is taken away in turn; an actor's bridging is the mean loss over its ties.

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
    for edge in range(graph.ecount()):
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
    return float(np.mean(graph.harmonic_centrality()))
