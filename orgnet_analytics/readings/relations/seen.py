"""Where each organization stands among its partners: does it bridge, is it exposed, is it bypassed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.measures import brokerage, centrality
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.response import symmetrize

Limits = Mapping[str, float]
ROLES = ["coordinator", "consultant", "representative", "gatekeeper", "liaison"]


def profiles(ties: OrgNetwork, by: str, limits: Limits) -> pd.DataFrame:
    """Return one row per actor: numbers, and the three verdicts on it (missing where it did not answer)."""
    roles = brokerage.roles(ties, by=by)
    total = roles["total"].where(roles["total"] > 0)
    credit = brokerage.roles(ties, by=by, partial=True)["total"]
    table = pd.DataFrame(
        {
            "group": ties.column(by),
            "partners": centrality.degree(symmetrize(ties)),
            "constraint": brokerage.constraint(ties),
            "effective_size": brokerage.effective_size(ties),
            "brokered": roles["total"],
            "z": brokerage.role_expectations(ties, by=by)["z", "total"],
            "share": credit / (credit.sum() or np.nan),
            "crossing": 1 - roles["coordinator"] / total,
            "main_role": roles[ROLES].idxmax(axis=1).where(total.notna()),
        }
    ).join(passing(ties))
    if ties.directed:
        table["returned"] = returned(ties)
    return table.join(verdicts(ties, table, limits))


def passing(ties: OrgNetwork) -> pd.DataFrame:
    """Return how many pairs an actor stands between, and how many of them can do without it.

    ``between``: pairs i, k with i -> v -> k; ``closed``: the share tied directly, among those of which that
    is known; ``spared``: the share that is tied directly or has another actor in between.

    Examples
    --------
    >>> square = pd.DataFrame({"source": [*"abcd"], "target": [*"bcda"]})
    >>> passing(OrgNetwork.from_ties(square, directed=False)).loc["a"].tolist()
    [1.0, 0.0, 1.0]
    """
    cells = ties.to_matrix().to_numpy()
    tied, known = cells > 0, ~np.isnan(cells)
    np.fill_diagonal(known, val=False)
    a = tied.astype(float)
    other = (tied | (a @ a >= 2)) & ~np.eye(len(a), dtype=bool)

    def pairs(of: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.asarray((a * (of @ a.T)).sum(axis=0))

    every = pairs(~np.eye(len(a), dtype=bool))
    return pd.DataFrame(
        {
            "between": every if ties.directed else every / 2,
            "closed": _over(pairs(tied), pairs(known)),
            "spared": _over(pairs(other), every),
        },
        index=ties.actors.index,
    )


def returned(ties: OrgNetwork) -> pd.Series:
    """Return the share of an actor's ties that come back, among those of which that is known."""
    cells = ties.to_matrix().to_numpy()
    sent = (cells > 0) & ~np.isnan(cells.T)
    back = sent & (cells.T > 0)
    return ties.per_actor(_over(back.sum(axis=1), sent.sum(axis=1)), "returned")


def behind_sole_link(ties: OrgNetwork) -> pd.Series:
    """Return who would be cut off with the smaller side, were a single link to go.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": [*"abac"], "target": [*"bccd"]})
    >>> behind_sole_link(OrgNetwork.from_ties(ties)).tolist()
    [False, False, False, True]
    """
    graph = underlying(ties)
    cut = np.zeros(len(ties), dtype=bool)
    for link in graph.bridges():
        ends = graph.es[link].tuple
        rest = graph.copy()
        rest.delete_edges([link])
        parts = rest.connected_components()
        sides = sorted((parts[parts.membership[end]] for end in ends), key=len)
        if len(sides[0]) < len(sides[1]):
            cut[sides[0]] = True
    return ties.per_actor(cut, "behind_sole_link")


def verdicts(ties: OrgNetwork, table: pd.DataFrame, limits: Limits) -> pd.DataFrame:
    """Return whether each actor bridges, is exposed and why, is bypassed; missing for who did not answer."""
    alone, behind = table["partners"] == 1, behind_sole_link(ties)
    bound = (table["constraint"] >= limits["exposed_constraint"]) & (
        table["partners"] <= min(limits["exposed_partners"], len(ties) - 2)
    )
    why = pd.Series("", index=table.index, dtype=object)
    why = why.mask(bound, "few partners, who lead back to each other")
    why = why.mask(behind, "hangs on a single link").mask(alone, "one partner")
    much = (table["z"] >= limits["bridge_z"]) | (table["share"] >= limits["bridge_share"])
    bridges = much & (table["crossing"] >= limits["bridge_crossing"])
    bypassed = (table["between"] >= limits["bypassed_pairs"]) & (
        table["closed"] >= limits["bypassed_closed"]
    )
    told = ties.responded.astype(bool)
    made = {
        "bridges": bridges.astype("boolean").where(told & (bridges | table["z"].notna())),
        "exposed": (why != "").astype("boolean").where(told & (table["partners"] > 0)),
        "bypassed": bypassed.astype("boolean").where(told),
    }
    return pd.DataFrame(made).assign(why=why.where(told, ""))


def whole(table: pd.DataFrame) -> dict[str, float]:
    """Return how much of the brokerage lies with one, and how many are exposed."""
    exposed = table["exposed"].dropna()
    return {
        "top_share": float(table["share"].max()),
        "exposed_share": float(exposed.mean()) if len(exposed) else np.nan,
    }


def both_known(ties: OrgNetwork) -> OrgNetwork:
    """Return the network with every dyad unknown of which one side is: what a tie's return is judged on."""
    cells = ties.to_matrix()
    return OrgNetwork.from_matrix(cells.where((cells + cells.T).notna()), list(ties.actors.index))


def trust_pairs(rated: OrgNetwork, limits: Limits) -> pd.DataFrame:
    """Return the pairs whose both sides are known and at least one rates: what each gives the other.

    ``gap`` is the difference as a share of the highest rating, ``one_sided`` whether it reaches the rule.
    Where one side gives no rating, ``returned`` and ``gap`` are NaN: no rating is not the lowest rating.

    Examples
    --------
    >>> ratings = pd.DataFrame({"source": [*"abc"], "target": [*"baa"], "weight": [4, 1, 2]})
    >>> trust_pairs(OrgNetwork.from_ties(ratings), {"trust_gap": 0.5})[["trusts", "gap"]].to_numpy().tolist()
    [['a', 0.75], ['c', nan]]
    """
    cells = rated.to_matrix()
    ids, level = cells.index.to_numpy(), cells.to_numpy()
    first, second = np.triu_indices(len(cells), 1)
    there, back = level[first, second], level[second, first]
    turned = back > there
    table = pd.DataFrame(
        {
            "trusts": np.where(turned, ids[second], ids[first]),
            "trusted": np.where(turned, ids[first], ids[second]),
            "given": np.maximum(there, back),
            "returned": np.minimum(there, back),
        }
    )
    table = table[table["given"] > 0].dropna()
    table["returned"] = table["returned"].where(table["returned"] > 0)
    table["gap"] = (table["given"] - table["returned"]) / table["given"].max()
    table["one_sided"] = table["gap"] >= limits["trust_gap"]
    return table.sort_values("gap", ascending=False, kind="stable", ignore_index=True)


def overlap(net: OrgNetwork) -> pd.DataFrame:
    """Return for every two relations the share of tied pairs that have both; empty with fewer than two."""
    pairs = {
        kind: {
            frozenset(ends)
            for ends in net.relation(kind).known[["source", "target"]].itertuples(index=False)
        }
        for kind in net.relations
        if len(net.relations) > 1
    }
    return pd.DataFrame(
        {a: {b: _jaccard(pairs[a], pairs[b]) for b in pairs} for a in pairs}, dtype=float
    )


def _jaccard(one: set[frozenset[str]], other: set[frozenset[str]]) -> float:
    return len(one & other) / len(one | other) if one | other else np.nan


def _over(part: NDArray[np.float64], every: NDArray[np.float64]) -> NDArray[np.float64]:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(every > 0, part / every, np.nan))
