"""Removal: what the network loses if an organization leaves, for every organization at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.block_cuts import Left, left_by_each
from orgnet_analytics.measures.spread import fragmentation_without
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork

__all__ = ["distance_fragmentation", "losses", "pair_losses"]

COLUMNS = pd.Index(["components", "largest", "fragmentation", "cut_off"])


def losses(net: OrgNetwork) -> pd.DataFrame:
    r"""What would be left of the network without this organization, were nothing done about it.

    With s_1, s_2, ... the sizes of the parts into which the other n - 1 actors fall,

    .. math:: F_v = 1 - \frac{\sum_k s_k (s_k - 1)}{(n - 1)(n - 2)}

    is the share of their pairs that cannot reach each other; ``cut_off`` counts the pairs that could with v
    and cannot without. All actors follow from one search for the cutpoints of the underlying network.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.

    Returns
    -------
    pandas.DataFrame
        One row per actor; columns ``components`` (separate parts left), ``largest`` (actors in the largest
        of them), ``fragmentation`` (0 to 1; NaN where fewer than two actors are left) and ``cut_off`` (pairs
        of others). High ``cut_off``: many meet through this actor only. 0: everyone has another way round,
        though it may be longer; see `distance_fragmentation`.

    Notes
    -----
    Only known ties count: among the unknown ones there may be another way round.
    Source: Borgatti (2006), for fragmentation. Checked against taking out every actor in turn, with networkx,
    on random networks of every shape.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> losses(path)
       components  largest  fragmentation  cut_off
    a         1.0      2.0            0.0      0.0
    b         2.0      1.0            1.0      1.0
    c         1.0      2.0            0.0      0.0
    """
    left = left_by_each(_linked(net))
    before = _connected(left) - (left.size - 1)
    found = _table(_after(left), before, len(net) - 1)
    return pd.DataFrame(found, index=net.actors.index, columns=COLUMNS.copy())


def pair_losses(net: OrgNetwork, *, at_least: int = 1) -> pd.DataFrame:
    """What would be left of the network without two organizations together, for every pair of them.

    Formula: the columns are those of `losses`, for the n - 2 actors left. Each first actor costs one search
    for cutpoints among the others; no pair is taken out by itself.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.
    at_least : int
        List the pairs whose loss cuts off at least so many pairs of others; 0 lists all n(n-1)/2.

    Returns
    -------
    pandas.DataFrame
        One row per pair, the worst first; columns ``first, second`` (in the order of ``actors``) and
        ``components, largest, fragmentation, cut_off``. High ``cut_off`` of two actors of which neither cuts
        off anybody alone: each is the other's way round, and they must not leave together. Empty where no
        pair cuts off so many.

    Raises
    ------
    UndefinedError
        Where ``at_least`` is below 0.

    Notes
    -----
    Only known ties count: among the unknown ones there may be another way round.
    Source: Borgatti (2006), for fragmentation. Checked against taking out every pair in turn, with networkx,
    on random networks of every shape.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "c", "d"], "target": ["b", "c", "d", "a"]})
    >>> pair_losses(OrgNetwork.from_ties(ties))
      first second  components  largest  fragmentation  cut_off
    0     a      c         2.0      1.0            1.0      1.0
    1     b      d         2.0      1.0            1.0      1.0
    """
    if at_least < 0:
        raise UndefinedError(f"at_least must be 0 or more; it is {at_least}.")
    graph = underlying(net)
    whole, ids = left_by_each(graph), net.actors.index
    parts = (_beside(graph, whole, first) for first in range(len(net)))
    found = np.concatenate([np.empty((0, 6)), *(part[part[:, -1] >= at_least] for part in parts)])
    found = found[np.argsort(-found[:, -1], kind="stable")]
    ends = {name: ids[found[:, at].astype(int)] for at, name in enumerate(("first", "second"))}
    return pd.DataFrame(ends | dict(zip(COLUMNS, found[:, 2:].T, strict=True)))


def distance_fragmentation(
    net: OrgNetwork, *, directed: bool = False, weighted: bool = False
) -> pd.Series:
    r"""How far apart the others would be without this organization, each way round counted by its length.

    .. math:: D_v = 1 - \frac{\sum_{i \ne j} 1/d_{ij}}{(n - 1)(n - 2)}

    with d the distances among the other n - 1 actors after v is gone, and 1/d = 0 where there is no way.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    directed : bool
        Whether ways follow the direction of ties: who can send to whom. By default a tie leads both ways.
    weighted : bool
        Whether a tie is shorter the stronger it is: its length is the strongest tie's strength over its own.
        Without direction a pair is as strong as the stronger of its two ties.

    Returns
    -------
    pandas.Series
        A share per actor. 0: the others are all tied to each other. 1: none of them is tied. High beside the
        rest: this actor keeps the others near. It differs from ``losses(net)["fragmentation"]`` by what
        detours cost. NaN where fewer than two actors are left.

    Notes
    -----
    Exact for every actor; the time grows with actors times ties.
    Source: Borgatti (2006). Checked against taking out every actor in turn, with networkx and igraph, and
    (directed, weighted) against R's keyplayer 1.0.4 on its example of five actors.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "c", "d"], "target": ["b", "c", "d", "a"]})
    >>> distance_fragmentation(OrgNetwork.from_ties(ties)).round(3).to_dict()
    {'a': 0.167, 'b': 0.167, 'c': 0.167, 'd': 0.167}
    """
    without = fragmentation_without(net, directed=directed, weighted=weighted)
    return net.per_actor(without(np.arange(len(net))[:, None]), "distance_fragmentation")


def _linked(net: OrgNetwork) -> igraph.GraphBase:
    """Return the links as they come: for who holds whom together, two between the same actors are as one."""
    source, target, _ = net.arcs
    return igraph.GraphBase(len(net), zip(source.tolist(), target.tolist(), strict=True))


class _After(NamedTuple):
    """Per actor: the separate parts, the largest and the connected pairs in the whole network without it."""

    components: IntArray
    largest: IntArray
    pairs: IntArray


def _after(left: Left) -> _After:
    *_, second, first = sorted([0, 0, *left.sizes.tolist()])
    elsewhere = np.where(left.size == first, second, first)
    pairs = _connected(left) - _pairs(left.size) + left.pairs
    return _After(len(left.sizes) - 1 + left.parts, np.maximum(elsewhere, left.largest), pairs)


def _beside(graph: igraph.Graph, whole: Left, first: int) -> FloatArray:
    """Return what the loss of each later actor together with ``first`` would leave, a row each.

    ``first`` keeps its place without its ties, as one more part that is taken off the count.
    """
    n = len(whole.size)
    without = graph.copy()
    without.delete_edges(without.incident(first))
    after = _after(left_by_each(without))
    together = whole.component == whole.component[first]
    before = _connected(whole) - (whole.size[first] - 1) - (whole.size - 1) + together
    after = after._replace(
        components=after.components - 1, largest=np.minimum(after.largest, n - 2)
    )
    rows = np.column_stack([np.full(n, first), np.arange(n), _table(after, before, n - 2)])
    return rows[first + 1 :]


def _table(after: _After, before: IntArray, n: int) -> FloatArray:
    """Return the four columns, given the connected pairs there were among the ``n`` actors left."""
    table, pairs = np.empty((len(before), len(COLUMNS))), n * (n - 1) // 2
    table[:, 0], table[:, 1], table[:, 3] = after.components, after.largest, before - after.pairs
    table[:, 2] = 1 - after.pairs / pairs if n > 1 else np.nan
    return table


def _connected(left: Left) -> int:
    return int(_pairs(left.sizes).sum())


def _pairs(size: IntArray) -> IntArray:
    return size * (size - 1) // 2
