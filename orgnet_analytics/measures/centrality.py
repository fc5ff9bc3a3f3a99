"""How central an organization is: how many ties it has, how strong they are, and what runs through it."""

from __future__ import annotations

import random
from typing import Any, Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import OrgNetwork

__all__ = ["betweenness", "closeness", "degree", "eigenvector", "harmonic", "reach", "strength"]

Mode = Literal["all", "in", "out"]


def degree(net: OrgNetwork, *, mode: Mode = "all") -> pd.Series:
    r"""How many ties an organization has.

    .. math:: d_i = \sum_j a_{ij} \;\text{(out)},\quad \sum_j a_{ji} \;\text{(in)},\quad \text{or both (all)}

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    mode : {"all", "in", "out"}
        Which ties of a directed network count; a pair tied both ways counts twice under "all". Without
        direction the three are the same.

    Returns
    -------
    pandas.Series
        A whole number per actor, from 0 to n - 1 (2 (n - 1) for "all" with direction). High: many partners.
        An actor that did not answer has no reported out-ties; read its out-degree as unknown. Never NaN.

    Notes
    -----
    Source: Freeman (1979). Checked against the Knoke bureaucracies and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"]}))
    >>> degree(net, mode="in").to_dict()
    {'a': 1.0, 'b': 1.0}
    """
    return net.per_actor(_summed(net, np.ones(len(net.arcs.source)), mode), "degree")


def strength(net: OrgNetwork, *, mode: Mode = "all") -> pd.Series:
    r"""How strong an organization's ties are together: the sum of their weights.

    .. math:: s_i = \sum_j w_{ij} \;\text{(out)},\quad \sum_j w_{ji} \;\text{(in)},\quad \text{or both (all)}

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    mode : {"all", "in", "out"}
        Which ties of a directed network count.

    Returns
    -------
    pandas.Series
        In the unit of ``weight``, from 0. High: many ties, or intense ones; compare with `degree`. Never NaN.

    Notes
    -----
    Source: Barrat, Barthelemy, Pastor-Satorras & Vespignani (2004). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"], "weight": [3]})
    >>> strength(OrgNetwork.from_ties(ties), mode="out").to_dict()
    {'a': 3.0, 'b': 0.0}
    """
    return net.per_actor(_summed(net, net.arcs.weight, mode), "strength")


def _summed(net: OrgNetwork, values: np.ndarray, mode: Mode) -> np.ndarray:
    if mode not in ("all", "in", "out"):
        raise UndefinedError(f"There is no mode {mode!r}; there are 'all', 'in' and 'out'.")
    source, target, _ = net.arcs
    sent = np.bincount(source, values, minlength=len(net))
    received = np.bincount(target, values, minlength=len(net))
    if mode == "all" or not net.directed:
        return sent + received
    return sent if mode == "out" else received


def betweenness(net: OrgNetwork, *, weighted: bool = False) -> pd.Series:
    r"""How often an organization stands on a shortest path between two others.

    .. math:: b_v = \sum_{i \ne v \ne k} \frac{\sigma_{ik}(v)}{\sigma_{ik}}

    with sigma the number of shortest paths from i to k, and of those through v.

    Parameters
    ----------
    net : OrgNetwork
        One relation; direction plays its part.
    weighted : bool
        Whether a strong tie makes a path shorter: its length is then 1 / ``weight``.

    Returns
    -------
    pandas.Series
        A count per actor, not normalized, from 0. High: much can only pass here; the network depends on it.
        0: nothing has to. Never NaN.

    Notes
    -----
    Source: Freeman (1977). Checked against the Knoke bureaucracies, R's sna and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> betweenness(path).to_dict()
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    return net.per_actor(net.graph.betweenness(weights=lengths(net, weighted)), "betweenness")


def closeness(net: OrgNetwork, *, weighted: bool = False) -> pd.Series:
    r"""How few steps an organization needs to reach those it can reach.

    .. math:: c_i = \frac{r_i}{\sum_{j \text{ reachable}} d_{ij}}

    with r the number of others it can reach along out-ties; 1 over the mean distance.

    Parameters
    ----------
    net : OrgNetwork
        One relation; paths follow the direction of ties.
    weighted : bool
        Whether a strong tie makes a path shorter: its length is then 1 / ``weight``.

    Returns
    -------
    pandas.Series
        Above 0 to 1 without weights. 1: a direct tie to everyone it can reach. Low: a long way round. NaN for
        an actor that reaches nobody. Where the network falls apart, read `harmonic` instead: an actor with
        one partner and no way on has closeness 1.

    Notes
    -----
    Source: Freeman (1979). Checked against R's sna on the Knoke bureaucracies and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> closeness(path).round(3).to_dict()
    {'a': 0.667, 'b': 1.0, 'c': nan}
    """
    values = net.graph.closeness(mode="out", weights=lengths(net, weighted), normalized=True)
    return net.per_actor(np.array(values, dtype=float), "closeness")


def harmonic(net: OrgNetwork, *, weighted: bool = False) -> pd.Series:
    r"""How near the whole network is to an organization, whoever it cannot reach counting as infinitely far.

    .. math:: h_i = \frac{1}{n - 1} \sum_{j \ne i} \frac{1}{d_{ij}}

    along out-ties, with 1/d = 0 where there is no path.

    Parameters
    ----------
    net : OrgNetwork
        One relation; paths follow the direction of ties.
    weighted : bool
        Whether a strong tie makes a path shorter: its length is then 1 / ``weight``.

    Returns
    -------
    pandas.Series
        0 to 1 without weights. 1: a direct tie to everyone. 0: reaches nobody. NaN in a network of one.

    Notes
    -----
    Source: Rochat (2009); Marchiori & Latora (2000). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> harmonic(path).to_dict()
    {'a': 0.75, 'b': 0.5, 'c': 0.0}
    """
    if len(net) < 2:
        return net.per_actor(np.full(len(net), np.nan), "harmonic")
    values = net.graph.harmonic_centrality(mode="out", weights=lengths(net, weighted))
    return net.per_actor(np.array(values, dtype=float), "harmonic")


def eigenvector(net: OrgNetwork) -> pd.Series:
    r"""How well an organization is tied to others that are well tied themselves.

    .. math:: \lambda x_i = \sum_j a_{ij} x_j

    for the largest lambda, on the underlying network, scaled so that the largest value is 1.

    Parameters
    ----------
    net : OrgNetwork
        One relation; direction and weight play no part.

    Returns
    -------
    pandas.Series
        0 to 1. High: in the thick of the best connected part. 0: outside that part. Where several separate
        parts are equally strong, each has its own 1. NaN without ties.

    Notes
    -----
    Source: Bonacich (1972). Checked against networkx and a decomposition of the matrix with numpy.

    Examples
    --------
    >>> import pandas as pd
    >>> star = OrgNetwork.from_ties(pd.DataFrame({"source": ["hub", "hub"], "target": ["a", "b"]}))
    >>> eigenvector(star).round(3).to_dict()
    {'hub': 1.0, 'a': 0.707, 'b': 0.707}
    """
    graph = underlying(net)
    if not graph.ecount():
        return net.per_actor(np.full(len(net), np.nan), "eigenvector")
    parts = [part for part in graph.connected_components() if len(part) > 1]
    solved = [_leading_eigenvector(graph.induced_subgraph(part)) for part in parts]
    largest = max(value for _, value in solved)
    scores = np.zeros(len(net))
    for part, (vector, value) in zip(parts, solved, strict=True):
        if value > largest * (1 - 1e-9):
            scores[part] = vector
    return net.per_actor(scores, "eigenvector")


def _leading_eigenvector(graph: Any) -> tuple[list[float], float]:
    """Return the scores and the eigenvalue, to the last digit the same at each call.

    igraph starts near the degrees, at a distance it draws from Python's generator: it gets the same draws
    each time, and the generator is given back as it was.
    """
    state = random.getstate()
    random.seed(0)
    try:
        found: tuple[list[float], float] = graph.eigenvector_centrality(return_eigenvalue=True)
    finally:
        random.setstate(state)
    return found


def reach(net: OrgNetwork, *, steps: int = 2) -> pd.Series:
    r"""Which share of the others an organization reaches within a few steps.

    .. math:: \frac{\#\{j \ne i : d_{ij} \le \text{steps}\}}{n - 1}

    Parameters
    ----------
    net : OrgNetwork
        One relation; paths follow the direction of ties.
    steps : int
        How many ties a message may pass; 2 is a partner of a partner.

    Returns
    -------
    pandas.Series
        A share per actor, 0 to 1. High: news travels fast from here. NaN in a network of one.

    Notes
    -----
    Source: Hanneman & Riddle (2005), reach centrality. Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> reach(path).to_dict()
    {'a': 1.0, 'b': 0.5, 'c': 0.0}
    """
    if steps < 1:
        raise UndefinedError(f"steps is 1 or more, got {steps}.")
    if len(net) < 2:
        return net.per_actor(np.full(len(net), np.nan), "reach")
    within = net.graph.neighborhood_size(order=steps, mode="out", mindist=1)
    return net.per_actor(np.array(within, dtype=float) / (len(net) - 1), "reach")


def lengths(net: OrgNetwork, weighted: bool) -> list[float] | None:
    """Return how long each tie is as part of a path: 1 / weight, or None where all are alike."""
    return (1 / net.arcs.weight).tolist() if weighted else None
