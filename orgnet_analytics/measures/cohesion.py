"""Cohesion: how much the network hangs together, and what it hangs on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.measures.centrality import harmonic, lengths
from orgnet_analytics.measures.centralization import net_centralization
from orgnet_analytics.measures.cliques import clique_overlap, cliques, net_small_world
from orgnet_analytics.measures.core_periphery import CorePeriphery, core_periphery
from orgnet_analytics.measures.krackhardt import (
    net_connectedness,
    net_efficiency,
    net_hierarchy,
    net_least_upper_boundedness,
)
from orgnet_analytics.measures.underlying import per_tie, share, underlying
from orgnet_analytics.network import OrgNetwork

__all__ = [
    "CorePeriphery",
    "clique_overlap",
    "cliques",
    "component",
    "core_periphery",
    "coreness",
    "is_cutpoint",
    "net_centralization",
    "net_compactness",
    "net_components",
    "net_connectedness",
    "net_density",
    "net_diameter",
    "net_distance",
    "net_efficiency",
    "net_fragmentation",
    "net_hierarchy",
    "net_least_upper_boundedness",
    "net_small_world",
    "tie_is_bridge",
]


def net_density(net: OrgNetwork) -> float:
    r"""Which share of the possible ties is there, among those anybody reported on.

    .. math:: \frac{\text{ties}}{\text{dyads} - \text{unknown dyads}}

    with n(n-1) dyads, half as many without direction. A dyad nobody reported on says nothing either way, so
    it counts neither as a tie nor as an absence; taking it for an absence would make every silent
    organization lower the density. ``response.bounds`` tells what the unknown dyads could make of it.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        0 to 1. High: nearly everyone works with everyone, at a price in upkeep. Low: few ties, or a young or
        large network: density falls as a network grows. NaN where no dyad is known (as with one actor).

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against the Knoke bureaucracies (.5444 and .2444), R's sna on
    eight real collections, and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> net_density(OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})))
    0.3333333333333333
    """
    ties = len(net.arcs.source)
    dyads = len(net) * (len(net) - 1) // (1 if net.directed else 2)
    return share(ties, dyads - len(net.unknown))


def net_components(net: OrgNetwork) -> float:
    """How many separate parts the network falls into.

    Formula: the number of components of the underlying network; an isolate is one.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        A whole number from 1. 1: everyone can be reached somehow. High: fragments without contact. 0 for a
        network without actors; never NaN.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against R's sna on eight real collections, and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    >>> net_components(OrgNetwork.from_ties(ties, actors=["a", "b", "c"]))
    2.0
    """
    return float(len(underlying(net).connected_components()))


def component(net: OrgNetwork) -> pd.Series:
    """In which separate part of the network an organization stands.

    Formula: the components of the underlying network numbered 1, 2, ... from large to small; parts of one
    size in the order of their first actor.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        A number per actor, from 1, the largest part. It is a label, not a quantity. Never NaN.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["b"], "target": ["c"]})
    >>> component(OrgNetwork.from_ties(ties, actors=["a", "b", "c"])).to_dict()
    {'a': 2.0, 'b': 1.0, 'c': 1.0}
    """
    parts = sorted(underlying(net).connected_components(), key=lambda part: (-len(part), part[0]))
    number = np.zeros(len(net))
    for place, part in enumerate(parts, start=1):
        number[part] = place
    return net.per_actor(number, "component")


def is_cutpoint(net: OrgNetwork) -> pd.Series:
    """Whether the network would fall apart further without this organization.

    Formula: the articulation points of the underlying network.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        True or false per actor. True: others are connected through this actor only. Never NaN.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against networkx and by removing every actor in turn.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> is_cutpoint(path).to_dict()
    {'a': False, 'b': True, 'c': False}
    """
    cut = np.zeros(len(net), dtype=bool)
    cut[underlying(net).articulation_points()] = True
    return net.per_actor(cut, "is_cutpoint")


def tie_is_bridge(net: OrgNetwork) -> pd.Series:
    """Whether this tie is the only connection between two parts of the network.

    Formula: the bridges of the underlying network; of a mutual tie both ways are a bridge.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        True or false per known tie, on the index of ``net.known``. True: if it is lost, so is the contact
        between the two sides. Never NaN.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "a", "c"], "target": ["b", "c", "c", "d"]})
    >>> tie_is_bridge(OrgNetwork.from_ties(ties)).tolist()
    [False, False, False, True]
    """
    bridge = np.zeros(len(net.dyads.first), dtype=bool)
    bridge[underlying(net).bridges()] = True
    return per_tie(net, bridge, "tie_is_bridge")


def coreness(net: OrgNetwork) -> pd.Series:
    """How deep in the densely tied heart of the network an organization stands.

    Formula: the largest k such that the actor belongs to a part of the underlying network in which everyone
    has at least k partners within that part.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        A whole number per actor, from 0 (an isolate). High: in a group that holds together even as the less
        tied leave. Never NaN.

    Notes
    -----
    Source: Seidman (1983). Checked against R's igraph on the Knoke bureaucracies, and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "a", "c"], "target": ["b", "c", "c", "d"]})
    >>> coreness(OrgNetwork.from_ties(ties)).to_dict()
    {'a': 2.0, 'b': 2.0, 'c': 2.0, 'd': 1.0}
    """
    return net.per_actor(np.array(underlying(net).coreness(), dtype=float), "coreness")


def net_fragmentation(net: OrgNetwork) -> float:
    r"""Which share of the pairs of organizations cannot reach each other at all.

    .. math:: 1 - \frac{\sum_k s_k (s_k - 1)}{n (n - 1)}

    with s the sizes of the components of the underlying network.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        0 to 1. 0: one whole. 1: nobody is tied to anybody. NaN below two actors.

    Notes
    -----
    Source: Borgatti (2006). Checked as 1 minus Krackhardt's connectedness (R's sna), and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    >>> round(net_fragmentation(OrgNetwork.from_ties(ties, actors=["a", "b", "c"])), 3)
    0.667
    """
    sizes = np.array(underlying(net).connected_components().sizes(), dtype=np.int64)
    n = len(net)
    return share(n * (n - 1) - (sizes * (sizes - 1)).sum(), n * (n - 1))


def net_distance(net: OrgNetwork, *, weighted: bool = False) -> float:
    """How many steps lie between two organizations that can reach each other, on average.

    Formula: the mean length of the shortest paths over the ordered pairs that have one, along the direction
    of ties.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    weighted : bool
        Whether a strong tie makes a path shorter: its length is then 1 / ``weight``.

    Returns
    -------
    float
        From 1 without weights. Low: news travels fast. Pairs out of reach are left out, so a fragmented
        network can have a low distance: read it with `net_fragmentation`, or read `net_compactness`. NaN
        without ties.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against R's sna on the Knoke bureaucracies (1.533), and
    networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> round(net_distance(path), 3)
    1.333
    """
    return float(net.graph.average_path_length(unconn=True, weights=lengths(net, weighted)))


def net_compactness(net: OrgNetwork, *, weighted: bool = False) -> float:
    r"""How near organizations are to one another, those out of reach counting as infinitely far.

    .. math:: \frac{1}{n (n - 1)} \sum_{i \ne j} \frac{1}{d_{ij}}

    along the direction of ties, with 1/d = 0 where there is no path.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    weighted : bool
        Whether a strong tie makes a path shorter: its length is then 1 / ``weight``.

    Returns
    -------
    float
        0 to 1 without weights. 1: everyone is tied to everyone. 0: no ties. NaN below two actors.

    Notes
    -----
    Source: Borgatti (2006), one minus distance-weighted fragmentation. Checked against the Knoke
    bureaucracies (.8556 on the underlying network) and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> round(net_compactness(path), 3)
    0.417
    """
    return float(harmonic(net, weighted=weighted).mean())


def net_diameter(net: OrgNetwork) -> float:
    """How many steps lie between the two organizations farthest apart, of those that can reach each other.

    Formula: the longest of the shortest paths, along the direction of ties.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    float
        A whole number from 1. High: somebody hears last. NaN without ties.

    Notes
    -----
    Source: Hanneman & Riddle (2005). Checked against R's sna on the Knoke bureaucracies (3), and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> net_diameter(path)
    2.0
    """
    return float(net.graph.diameter(unconn=True)) if net.graph.ecount() else float("nan")
