"""The dependence on the hub: who meets through it, and only through it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures import cohesion
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.given import all_known
from orgnet_analytics.response import symmetrize


def hub(net: OrgNetwork, *, actor: str | None = None) -> pd.Series:
    """Return how far a network depends on its hub: who of the others meets through it, and only through it.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.
    actor : str, optional
        The hub; whoever is tied to most others without it (of equals, the one most between others).

    Returns
    -------
    pandas.Series
        ``actor``; ``links``, the share of the others it is tied to; of all pairs of others ``some_shortest``,
        the share with a shortest way through it, ``detour``, the share for whom every shortest way leads
        through it, so that without it the way is longer or there is none, and ``cut_off``, the share that
        without it cannot meet at all; and density, fragmentation and mean distance with it and without.
        ``detour`` 1 is a star. 0: for nobody would the way be longer.

    Raises
    ------
    UndefinedError
        With fewer than three organizations.
    DataError
        Where there is no such actor.

    Notes
    -----
    Checked against listing every shortest path with networkx.

    Examples
    --------
    >>> chain = pd.DataFrame({"source": list("abca"), "target": list("bcdd")})
    >>> hub(OrgNetwork.from_ties(chain), actor="a")[["some_shortest", "detour", "cut_off"]].round(2).tolist()
    [0.33, 0.0, 0.0]
    """
    if len(net) < 3:
        raise UndefinedError(f"A network has three organizations or more; this one has {len(net)}.")
    plain = symmetrize(net)
    if actor is None:
        actor = str(plain.actors.index[most_linked(plain.graph)])
    all_known(plain.actors.index, [str(actor)], "actor")
    at = int(plain.actors.index.get_loc(str(actor)))
    rest = plain.only(np.arange(len(plain)) != at)
    told: dict[str, object] = {"actor": str(actor), "links": plain.graph.degree(at) / len(rest)}
    told |= through(plain.graph, at)
    measures = {"density": cohesion.net_density, "fragmentation": cohesion.net_fragmentation,
                "distance": cohesion.net_distance}  # fmt: skip
    for name, measure in measures.items():
        told |= {name: measure(plain), f"{name}_without": measure(rest)}
    return pd.Series(told, name="hub")


def most_linked(graph: igraph.Graph) -> int:
    """Return who has most links; of equals, who is most between others, and then the first."""
    order = np.lexsort([-np.array(graph.betweenness()), -np.array(graph.degree())])
    return int(order[0])


def through(graph: igraph.Graph, hub: int) -> dict[str, float]:
    """Return for which shares of the pairs of others some, or every, shortest way leads through the hub."""
    others = np.delete(np.arange(graph.vcount()), hub)
    far = np.array(graph.distances())
    near = far[np.ix_(others, others)]
    via = far[hub, others][:, None] + far[hub, others][None]
    without = np.array(graph.induced_subgraph(others.tolist()).distances())
    shares = {
        "some_shortest": (via == near) & np.isfinite(near),
        "detour": without > near,
        "cut_off": np.isinf(without) & np.isfinite(near),
    }
    pairs = np.triu_indices(len(others), 1)
    return {name: float(holds[pairs].mean()) for name, holds in shares.items()}
