"""The two tables most work starts from: one row per organization, one row per network."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from orgnet_analytics.errors import DataError
from orgnet_analytics.measures import brokerage, centrality, closure, cohesion, diversity
from orgnet_analytics.network import OrgNetwork


def actor_table(net: OrgNetwork, *, by: str | None = None) -> pd.DataFrame:
    """Return the everyday measures of every organization in one table.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str, optional
        The column of ``actors`` that groups them; adds the brokerage roles and the E-I index.

    Returns
    -------
    pandas.DataFrame
        One row per actor. Columns ``degree, indegree, outdegree`` (the last two with direction only),
        ``strength, betweenness, constraint, effective_size, efficiency, clustering, is_cutpoint``; with
        ``by`` also ``coordinator, consultant, representative, gatekeeper, liaison, brokerage`` (their total)
        and ``ei_index``. NaN where a measure is undefined, as the constraint of an isolate. What each column
        means stands in ``catalogue()``.

    Raises
    ------
    UndefinedError
        For a network of several relations, naming them; for a column ``actors`` does not have.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> actor_table(path)[["degree", "betweenness", "constraint", "is_cutpoint"]]
       degree  betweenness  constraint  is_cutpoint
    a     1.0          0.0         1.0        False
    b     2.0          1.0         0.5         True
    c     1.0          0.0         1.0        False
    """
    columns = [centrality.degree(net)]
    if net.directed:
        columns += [
            centrality.degree(net, mode="in").rename("indegree"),
            centrality.degree(net, mode="out").rename("outdegree"),
        ]
    columns += [
        centrality.strength(net),
        centrality.betweenness(net),
        brokerage.constraint(net),
        brokerage.effective_size(net),
        brokerage.efficiency(net),
        closure.clustering(net),
        cohesion.is_cutpoint(net),
    ]
    if by is not None:
        roles = brokerage.roles(net, by=by).rename(columns={"total": "brokerage"})
        columns += [roles, diversity.ei_index(net, by=by)]
    return pd.concat(columns, axis=1)


def network_table(
    net: OrgNetwork | Mapping[Hashable, OrgNetwork], *, by: str | None = None
) -> pd.DataFrame:
    """Return the everyday measures of whole networks in one table: waves, cases, relations.

    Parameters
    ----------
    net : OrgNetwork or dict of OrgNetwork
        One network, or several: waves in order of time, or cases.
    by : str, optional
        The column of ``actors`` that groups them; adds the E-I index.

    Returns
    -------
    pandas.DataFrame
        One row per network (index ``network``), or per network and relation (index ``network, relation``)
        where one of them has several relations. Columns ``actors, ties, response`` (share of actors that
        answered; NaN where nobody recorded it), ``unknown_dyads`` (those nobody reported on), ``density,
        reciprocity, transitivity, degree_centralization, indegree_centralization, outdegree_centralization,
        betweenness_centralization, components, fragmentation, distance``; with ``by`` also ``ei_index``. NaN
        where a measure is undefined, as the reciprocity of ties without direction.

    Raises
    ------
    DataError
        Where there is no network, or something else among them.
    UndefinedError
        For a column ``actors`` does not have.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> waves = {2021: path, 2023: path.only([True, True, False])}
    >>> network_table(waves)["density"].round(3).to_dict()
    {2021: 0.333, 2023: 0.5}
    """
    named = {net.name or "network": net} if isinstance(net, OrgNetwork) else dict(net)
    if not named or not all(isinstance(one, OrgNetwork) for one in named.values()):
        raise DataError("wanted one OrgNetwork, or a dict of at least one")
    parts = {
        (name, kind): one.relation(kind) if len(one.relations) > 1 else one
        for name, one in named.items()
        for kind in one.relations or ("",)
    }
    rows = [_network_row(part, by) for part in parts.values()]
    if any(len(one.relations) > 1 for one in named.values()):
        index = pd.MultiIndex.from_tuples(parts, names=["network", "relation"])
    else:
        index = pd.Index([name for name, _ in parts], name="network")
    return pd.DataFrame(rows, index=index)


def _network_row(net: OrgNetwork, by: str | None) -> dict[str, float]:
    row = {
        "actors": len(net),
        "ties": len(net.arcs.source),
        "response": float(net.responded.mean()) if "responded" in net.actors else float("nan"),
        "unknown_dyads": len(net.unknown),
        "density": cohesion.net_density(net),
        "reciprocity": closure.net_reciprocity(net),
        "transitivity": closure.net_transitivity(net),
        "degree_centralization": cohesion.net_centralization(net),
        "indegree_centralization": cohesion.net_centralization(net, kind="indegree"),
        "outdegree_centralization": cohesion.net_centralization(net, kind="outdegree"),
        "betweenness_centralization": cohesion.net_centralization(net, kind="betweenness"),
        "components": int(cohesion.net_components(net)),
        "fragmentation": cohesion.net_fragmentation(net),
        "distance": cohesion.net_distance(net),
    }
    return row if by is None else row | {"ei_index": diversity.net_ei_index(net, by=by)}
