"""The two tables most work starts from: one row per organization, one row per network."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Hashable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from orgnet_analytics import response
from orgnet_analytics.errors import DataError, DataWarning
from orgnet_analytics.measures import brokerage, centrality, closure, cohesion, diversity
from orgnet_analytics.measures.centralization import Kind
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.response import FLAG_BELOW, WITHHOLD_BELOW

BOUND_DRAWS = 200
BOUND_SEED = 1
FEW = {
    "flag": "the table rests on few answers; bounds=True says how far each number can be trusted",
    "withhold": "the table is withheld; bounds=True shows it with its bounds, withhold_below=0 as it is",
}
MONOTONE = ("degree", "indegree", "outdegree", "strength")


def actor_table(
    net: OrgNetwork,
    *,
    by: str | None = None,
    bounds: bool = False,
    flag_below: float = FLAG_BELOW,
    withhold_below: float = WITHHOLD_BELOW,
) -> pd.DataFrame:
    """Return the everyday measures of every organization in one table.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str, optional
        The column of ``actors`` that groups them; adds the brokerage roles and the E-I index.
    bounds : bool
        Whether to tell, for every number, how low and how high the unknown dyads could make it.
    flag_below, withhold_below : float
        Response rates, as in `response.guard`. The defaults .7 and .5 are this library's own choice. 0
        withholds nothing.

    Returns
    -------
    pandas.DataFrame
        One row per actor. Columns ``degree, indegree, outdegree`` (the last two with direction only),
        ``strength, betweenness, constraint, effective_size, efficiency, clustering, is_cutpoint``; with
        ``by`` also ``coordinator, consultant, representative, gatekeeper, liaison, brokerage`` (their total)
        and ``ei_index``. NaN where a measure is undefined, as the constraint of an isolate, and everywhere
        where it is withheld. What each column means stands in ``catalogue()``.

        With ``bounds`` one row per actor and measure (index ``actor, measure``): ``known``, ``lowest``,
        ``highest`` and ``how`` (``complete``, ``monotone`` and ``enumerated`` are exact; ``sampled`` bounds
        may be wider: see `response.bounds`, which this asks for 200 draws). Nothing is withheld then: the
        bounds say what the numbers are worth.

    Raises
    ------
    UndefinedError
        For a network of several relations, naming them; for a column ``actors`` does not have.

    Warns
    -----
    DataWarning
        Where too few answered: below ``flag_below`` the table is shown with this warning, below
        ``withhold_below`` it is withheld.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> actor_table(path)[["degree", "betweenness", "constraint", "is_cutpoint"]]
       degree  betweenness  constraint  is_cutpoint
    a     1.0          0.0         1.0        False
    b     2.0          1.0         0.5         True
    c     1.0          0.0         1.0        False
    >>> actors = pd.DataFrame({"responded": [True, True, True, False]}, index=["a", "b", "c", "d"])
    >>> actor_table(OrgNetwork(actors, path.ties), bounds=True).loc[("d", "degree")].to_dict()
    {'known': 0.0, 'lowest': 0.0, 'highest': 3.0, 'how': 'enumerated'}
    """
    if bounds:
        return _bounded_actors(net, by)
    table = _actor_columns(net, by)
    said = response.guard(net, flag_below=flag_below, withhold_below=withhold_below)
    _warn_of_few({"": net}, {"": said})
    return table.astype(float) * float("nan") if said == "withhold" else table


def _warn_of_few(nets: Mapping[Hashable, OrgNetwork], said: Mapping[Hashable, str]) -> None:
    """Warn of each network of which too few answered, and of what is done about it."""
    told = [
        f"{f'{name}: ' if name else ''}{int(net.responded.sum())} of {len(net)} organizations answered: "
        f"{FEW[said[name]]}"
        for name, net in nets.items()
        if said[name] in FEW
    ]
    if told:
        warnings.warn("\n".join(told), DataWarning, stacklevel=3)


def _actor_columns(net: OrgNetwork, by: str | None) -> pd.DataFrame:
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


def _bounded_actors(net: OrgNetwork, by: str | None) -> pd.DataFrame:
    """Return every number with its bounds; each way to fill the gaps is measured once, as a whole table."""

    def measure(other: OrgNetwork) -> pd.Series:
        return _actor_columns(other, by).astype(float).stack()

    found = response.bounds(net, measure, draws=BOUND_DRAWS, seed=BOUND_SEED)
    table = found.table[["known", "lowest", "highest"]].rename_axis(["actor", "measure"])
    exact = table.index.get_level_values("measure").isin(MONOTONE)
    table["how"] = pd.Series(found.how, index=table.index, dtype="str")
    return table if found.exact else table.assign(how=table["how"].mask(exact, "monotone"))


def network_table(
    net: OrgNetwork | Mapping[Hashable, OrgNetwork],
    *,
    by: str | None = None,
    bounds: bool = False,
    flag_below: float = FLAG_BELOW,
    withhold_below: float = WITHHOLD_BELOW,
) -> pd.DataFrame:
    """Return the everyday measures of whole networks in one table: waves, cases, relations.

    Parameters
    ----------
    net : OrgNetwork or dict of OrgNetwork
        One network, or several: waves in order of time, or cases.
    by : str, optional
        The column of ``actors`` that groups them; adds the E-I index.
    bounds : bool
        Whether to tell, for every number, how low and how high the unknown dyads could make it.
    flag_below, withhold_below : float
        Response rates, as in `response.guard`. The defaults .7 and .5 are this library's own choice. 0
        withholds nothing.

    Returns
    -------
    pandas.DataFrame
        One row per network (index ``network``), or per network and relation (index ``network, relation``)
        where one of them has several relations. Columns ``actors, ties, response`` (share of actors that
        answered; NaN where nobody recorded it), ``unknown_dyads`` (those nobody reported on), ``density,
        reciprocity, transitivity, degree_centralization, indegree_centralization, outdegree_centralization,
        betweenness_centralization, components, fragmentation, distance``; with ``by`` also ``ei_index``. NaN
        where a measure is undefined, as the reciprocity of ties without direction, and where it is withheld.

        With ``bounds`` one row per network and measure (the last level of the index): ``known``,
        ``lowest``, ``highest`` and ``how``, as in `actor_table`; nothing is withheld.

    Raises
    ------
    DataError
        Where there is no network, or something else among them.
    UndefinedError
        For a column ``actors`` does not have.

    Warns
    -----
    DataWarning
        As `actor_table`, naming the networks of which too few answered.

    Examples
    --------
    >>> import pandas as pd
    >>> path = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> waves = {2021: path, 2023: path.only([True, True, False])}
    >>> network_table(waves)["density"].round(3).to_dict()
    {2021: 0.333, 2023: 0.5}
    >>> actors = pd.DataFrame({"responded": [True, True, True, False]}, index=["a", "b", "c", "d"])
    >>> bounded = network_table(OrgNetwork(actors, path.ties), bounds=True)
    >>> bounded.loc[("network", "density"), ["lowest", "highest"]].astype(float).round(3).tolist()
    [0.167, 0.417]
    """
    named: dict[Any, OrgNetwork] = (
        {net.name or "network": net} if isinstance(net, OrgNetwork) else dict(net)
    )
    if not named or not all(isinstance(one, OrgNetwork) for one in named.values()):
        raise DataError("wanted one OrgNetwork, or a dict of at least one")
    parts = {
        (name, kind): one.relation(kind) if len(one.relations) > 1 else one
        for name, one in named.items()
        for kind in one.relations or ("",)
    }
    several = any(len(one.relations) > 1 for one in named.values())
    keys = list(parts) if several else [name for name, _ in parts]
    levels = ["network", "relation"] if several else ["network"]
    if bounds:
        tables = [_bounded_network(part, by) for part in parts.values()]
        return pd.concat(tables, keys=keys, names=[*levels, "measure"])
    limits = partial(response.guard, flag_below=flag_below, withhold_below=withhold_below)
    said = {name: limits(one) for name, one in named.items()}
    _warn_of_few(named, said)
    rows = [_network_row(part, by, said[name]) for (name, _), part in parts.items()]
    index = (
        pd.MultiIndex.from_tuples(keys, names=levels) if several else pd.Index(keys, name=levels[0])
    )
    return pd.DataFrame(rows, index=index)


def _measures(by: str | None) -> dict[str, Callable[[OrgNetwork], float]]:
    kinds: tuple[Kind, ...] = ("degree", "indegree", "outdegree", "betweenness")
    return {
        "density": cohesion.net_density,
        "reciprocity": closure.net_reciprocity,
        "transitivity": closure.net_transitivity,
        **{
            f"{kind}_centralization": partial(cohesion.net_centralization, kind=kind)
            for kind in kinds
        },
        "components": cohesion.net_components,
        "fragmentation": cohesion.net_fragmentation,
        "distance": cohesion.net_distance,
        **({} if by is None else {"ei_index": partial(diversity.net_ei_index, by=by)}),
    }


def _network_row(net: OrgNetwork, by: str | None, guard: str) -> dict[str, float]:
    about = {
        "actors": len(net),
        "ties": len(net.arcs.source),
        "response": response.rate(net) if "responded" in net.actors else float("nan"),
        "unknown_dyads": len(net.unknown),
    }
    if guard == "withhold":
        return about | dict.fromkeys(_measures(by), float("nan"))
    measured = {name: measure(net) for name, measure in _measures(by).items()}
    return about | measured | {"components": int(measured["components"])}


def _bounded_network(net: OrgNetwork, by: str | None) -> pd.DataFrame:
    rows = {}
    for name, measure in _measures(by).items():
        found = response.bounds(net, measure, draws=BOUND_DRAWS, seed=BOUND_SEED)
        ends = {"known": found.known, "lowest": found.lowest, "highest": found.highest}
        rows[name] = ends | {"how": found.how}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("measure")
