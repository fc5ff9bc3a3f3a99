"""Cliques: groups in which everyone works with everyone, and whether two relations have the same ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError, not_whole
from orgnet_analytics.measures.underlying import share, underlying
from orgnet_analytics.network import OrgNetwork


def cliques(net: OrgNetwork, *, smallest: int = 3) -> pd.DataFrame:
    """Which groups of organizations are all tied to each other, and who belongs to them.

    Formula: the largest sets of actors of the underlying network in which every pair is tied; no clique is
    part of another.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    smallest : int
        The fewest members that make a clique.

    Returns
    -------
    pandas.DataFrame
        One row per actor, one column per clique (1, 2, ..., from large to small), true for members; no
        columns where there is no clique. Many columns that share actors: one overlapping core. Separate ones:
        factions. Never NaN.

    Notes
    -----
    Source: Luce & Perry (1949). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "a", "c"], "target": ["b", "c", "c", "d"]})
    >>> cliques(OrgNetwork.from_ties(ties))[1].to_dict()
    {'a': True, 'b': True, 'c': True, 'd': False}
    """
    if not_whole(smallest, "smallest"):
        raise UndefinedError(f"smallest is 1 or more, got {smallest!r}.")
    found = [sorted(members) for members in underlying(net).maximal_cliques(min=smallest)]
    found.sort(key=lambda members: (-len(members), members))
    belongs = np.zeros((len(net), len(found)), dtype=bool)
    for column, members in enumerate(found):
        belongs[members, column] = True
    columns = pd.RangeIndex(1, len(found) + 1, name="clique")
    return pd.DataFrame(belongs, index=net.actors.index, columns=columns)


def clique_overlap(first: OrgNetwork, second: OrgNetwork, *, smallest: int = 3) -> pd.DataFrame:
    r"""Whether the groups that work closely in one way also do so in another.

    .. math:: \frac{|A \cap B|}{|A \cup B|}

    for every clique A of the first network and B of the second.

    Parameters
    ----------
    first, second : OrgNetwork
        Two relations, or two waves, of one relation each; actors are the same where their ids are.
    smallest : int
        The fewest members that make a clique.

    Returns
    -------
    pandas.DataFrame
        One row per clique of ``first``, one column per clique of ``second``, numbered as in `cliques`; 0 to
        1. High: the same group is tied in both ways. 0: nobody in common. Empty, never NaN, where one of them
        has no clique.

    Notes
    -----
    Source: after Provan & Sebastian (1998), who relate overlapping cliques to effectiveness. Checked against
    sets of networkx's cliques.

    Examples
    --------
    >>> import pandas as pd
    >>> referral = OrgNetwork.from_ties(pd.DataFrame({"source": [*"aab"], "target": [*"bcc"]}))
    >>> planning = OrgNetwork.from_ties(pd.DataFrame({"source": [*"bbc"], "target": [*"cdd"]}))
    >>> float(clique_overlap(referral, planning).loc[1, 1])
    0.5
    """
    one, other = cliques(first, smallest=smallest), cliques(second, smallest=smallest)
    everyone = one.index.union(other.index, sort=False)
    a, b = (
        table.reindex(everyone, fill_value=False).to_numpy(dtype=float) for table in (one, other)
    )
    shared = a.T @ b
    either = a.sum(axis=0)[:, None] + b.sum(axis=0) - shared
    index, columns = one.columns.rename("first"), other.columns.rename("second")
    return pd.DataFrame(shared / either, index=index, columns=columns)


def net_small_world(net: OrgNetwork, *, seed: int, draws: int = 100) -> float:
    r"""Whether the network is cliquish and yet everyone is near everyone.

    .. math:: \frac{C / C_{random}}{L / L_{random}}

    with C the share of closed two-paths and L the mean distance of the underlying network, and their means
    over random networks with as many actors and links.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    seed : int
        Which random networks are drawn; the same seed gives the same answer.
    draws : int
        How many are drawn.

    Returns
    -------
    float
        From 0. Above 1: more closure than chance gives, at hardly longer distances. About 1: as chance has
        it. NaN where there is no two-path, or no drawn network has a closed one.

    Notes
    -----
    Source: Watts & Strogatz (1998); the quotient is that of Humphries & Gurney (2008). Checked against the
    same quotient by networkx on its own random networks.

    Examples
    --------
    >>> import pandas as pd
    >>> ids = [f"o{i}" for i in range(20)]
    >>> ties = [(ids[i], ids[(i + step) % 20]) for i in range(20) for step in (1, 2)]
    >>> ring = OrgNetwork.from_ties(pd.DataFrame(ties, columns=["source", "target"]))
    >>> net_small_world(ring, seed=1) > 1.5
    True
    """
    if draws < 1:
        raise UndefinedError(f"draws is 1 or more, got {draws}.")
    graph, n, rng = underlying(net), len(net), np.random.default_rng(seed)
    rows, columns = np.triu_indices(n, 1)
    closed, distance = [], []
    for _ in range(draws):
        chosen = rng.choice(len(rows), graph.ecount(), replace=False) if len(rows) else []
        drawn = type(graph)(
            n=n, edges=zip(rows[chosen].tolist(), columns[chosen].tolist(), strict=True)
        )
        closed.append(drawn.transitivity_undirected())
        distance.append(drawn.average_path_length())
    usual = np.nan_to_num(closed).mean()
    near = np.nanmean(distance) if not np.isnan(distance).all() else np.nan
    closure = share(graph.transitivity_undirected(), usual)
    return closure / share(graph.average_path_length(), near)
