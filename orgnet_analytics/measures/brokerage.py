"""Brokerage: who connects organizations that are not connected themselves, and what they gain by it."""

from __future__ import annotations

from functools import cache
from math import erfc, sqrt

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.bridging import bridging, everett_valente, honest_broker
from orgnet_analytics.measures.burt import Model, dyadic_constraint, partners, redundancy
from orgnet_analytics.measures.centrality import betweenness
from orgnet_analytics.measures.gould_fernandez import (
    COLUMNS,
    Variance,
    actor_moments,
    counts_by,
    groups,
    network_moments,
)
from orgnet_analytics.measures.key_players import KeyPlayers, key_players
from orgnet_analytics.measures.open_paths import credited_roles
from orgnet_analytics.measures.role_gaps import known_actor_moments, known_set_moments
from orgnet_analytics.measures.role_moments import group_moments, undirected_moments
from orgnet_analytics.network import OrgNetwork

__all__ = [
    "KeyPlayers",
    "betweenness",
    "bridging",
    "constraint",
    "effective_size",
    "efficiency",
    "everett_valente",
    "group_roles",
    "hierarchy",
    "honest_broker",
    "key_players",
    "net_roles",
    "profile",
    "role_expectations",
    "roles",
]


def constraint(net: OrgNetwork, *, model: Model = "whole") -> pd.Series:
    r"""How far an organization's partners lead back to one another, leaving it little room to choose.

    .. math:: C_i = \sum_j \Big(p_{ij} + \sum_{q \ne i,j} p_{iq} p_{qj}\Big)^2,\qquad
              p_{ij} = \frac{a_{ij} + a_{ji}}{\sum_k (a_{ik} + a_{ki})}

    Parameters
    ----------
    net : OrgNetwork
        One relation; ``weight`` is the strength of a tie.
    model : {"whole", "ego"}
        Whether a partner's other ties count everywhere (igraph, networkx, sna) or only those within ego's own
        network (UCINET's default).

    Returns
    -------
    pandas.Series
        One number per actor, above 0, about 1 with one partner; it can exceed 1 in small dense networks.
        High: the partners are tied to each other, or one dominates. Low: partners apart, many openings.
        NaN for an isolate.

    Notes
    -----
    Source: Burt (1992), Structural Holes. Checked against the published example of Borgatti (1997), the Knoke
    bureaucracies, igraph and networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> star = OrgNetwork.from_ties(pd.DataFrame({"source": ["hub", "hub"], "target": ["a", "b"]}))
    >>> constraint(star).to_dict()
    {'hub': 0.5, 'a': 1.0, 'b': 1.0}
    """
    seen, shares = dyadic_constraint(net, model)
    total = np.bincount(seen.ego, shares, minlength=len(net))
    return net.per_actor(np.where(partners(net) > 0, total, np.nan), "constraint")


def effective_size(net: OrgNetwork, *, model: Model = "whole") -> pd.Series:
    r"""How many partners an organization has that do not lead to the same others.

    .. math:: E_i = \sum_j \Big(1 - \sum_{q \ne i,j} p_{iq} m_{jq}\Big),\qquad
              m_{jq} = \frac{a_{jq} + a_{qj}}{\max_k (a_{jk} + a_{kj})}

    Without weights and directions this is n - 2t/n: n partners, t ties among them (Borgatti 1997).

    Parameters
    ----------
    net : OrgNetwork
        One relation; ``weight`` is the strength of a tie.
    model : {"whole", "ego"}
        As in `constraint`.

    Returns
    -------
    pandas.Series
        Partners per actor, from about 1 to the number of partners. High: partners apart. Low: partners who
        know each other. NaN for an isolate.

    Notes
    -----
    Source: Burt (1992); Borgatti (1997). Checked against the published example of Borgatti (1997), the Knoke
    bureaucracies, and networkx with ``nodes=list(G)`` (its call without ``nodes`` is wrong for weighted and
    directed networks in version 3.6.1).

    Examples
    --------
    >>> import pandas as pd
    >>> star = OrgNetwork.from_ties(pd.DataFrame({"source": ["hub", "hub"], "target": ["a", "b"]}))
    >>> effective_size(star).to_dict()
    {'hub': 2.0, 'a': 1.0, 'b': 1.0}
    """
    return net.per_actor(_effective(net, model), "effective_size")


def efficiency(net: OrgNetwork, *, model: Model = "whole") -> pd.Series:
    r"""Which share of an organization's partners is not redundant: effective size over number of partners.

    .. math:: \frac{E_i}{n_i}

    with E the effective size and n the number of partners.

    Parameters
    ----------
    net : OrgNetwork
        One relation; ``weight`` is the strength of a tie.
    model : {"whole", "ego"}
        As in `constraint`.

    Returns
    -------
    pandas.Series
        A share per actor, above 0 and at most 1. High: each tie leads to somebody else. Low: many ties, few
        new contacts. NaN for an isolate.

    Notes
    -----
    Source: Burt (1992). Checked as `effective_size`.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "a"]})
    >>> efficiency(OrgNetwork.from_ties(ties)).round(2).to_dict()
    {'a': 0.5, 'b': 0.5, 'c': 0.5}
    """
    with np.errstate(invalid="ignore"):
        return net.per_actor(_effective(net, model) / partners(net), "efficiency")


def _effective(net: OrgNetwork, model: Model) -> np.ndarray:
    size = partners(net)
    return np.where(size > 0, size - redundancy(net, model), np.nan)


def hierarchy(net: OrgNetwork, *, model: Model = "whole") -> pd.Series:
    r"""How far an organization's constraint comes from one partner rather than from all alike.

    .. math:: H_i = \frac{\sum_j \frac{c_{ij}}{C_i/N} \ln \frac{c_{ij}}{C_i/N}}{N \ln N}

    with c_ij the constraint that partner j brings and N the number of partners.

    Parameters
    ----------
    net : OrgNetwork
        One relation; ``weight`` is the strength of a tie.
    model : {"whole", "ego"}
        As in `constraint`.

    Returns
    -------
    pandas.Series
        Between 0 (every partner constrains alike) and 1 (one partner holds all of it). With a single partner
        it is 1. NaN for an isolate.

    Notes
    -----
    Source: Burt (1992). Checked against recorded values for the Knoke bureaucracies and the example of
    Borgatti (1997), and against a direct evaluation of the formula.

    Examples
    --------
    >>> import pandas as pd
    >>> star = OrgNetwork.from_ties(pd.DataFrame({"source": ["hub", "hub"], "target": ["a", "b"]}))
    >>> hierarchy(star).to_dict()
    {'hub': 0.0, 'a': 1.0, 'b': 1.0}
    """
    seen, shares = dyadic_constraint(net, model)
    size = partners(net)
    mean = np.bincount(seen.ego, shares, minlength=len(net)) / np.where(size > 0, size, 1)
    relative = shares / mean[seen.ego]
    uneven = np.bincount(seen.ego, relative * np.log(relative), minlength=len(net))
    most = size * np.log(np.where(size > 1, size, np.e))
    # Shares that are all alike may sum to a rounding error below 0; the measure starts at 0.
    values = np.maximum(uneven / np.where(size > 1, most, 1), 0.0)
    return net.per_actor(np.select([size == 0, size == 1], [np.nan, 1.0], values), "hierarchy")


def roles(net: OrgNetwork, *, by: str, valued: bool = False, partial: bool = False) -> pd.DataFrame:
    r"""How many pairs an organization brokers in each of the five roles, given the groups in ``by``.

    .. math:: B_{vr} = \sum_{i \to v \to k,\; i \nrightarrow k} \frac{s_{ivk}}{c_{ik}}

    over the pairs i, k whose groups make role r with that of v. s is 1, or valued the weaker of the strengths
    of the two ties; c is 1, or partial the number of actors that broker the pair. The roles:

    - coordinator: all three in one group;
    - consultant: i and k in one group, v in another;
    - representative: i and v in one group, k in another (v speaks for its group);
    - gatekeeper: v and k in one group, i in another (v lets in);
    - liaison: three different groups.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights play no part unless ``valued``.
    by : str
        The column of ``actors`` with the groups.
    valued : bool
        Count a pair not as 1 but as the weaker of the two ties that lead through the broker.
    partial : bool
        Share each pair among the k actors that broker it: each gets 1/k of it.

    Returns
    -------
    pandas.DataFrame
        One row per actor; columns ``coordinator, consultant, representative, gatekeeper, liaison,
        total``. High: many pairs depend on this actor to meet. 0: none does. Compare with
        `role_expectations`, because large groups give high counts by chance alone.

    Raises
    ------
    DataError
        Where an actor has no group.

    Notes
    -----
    In an undirected network each pair counts once, and a pair with one end in the broker's group
    counts half as representative and half as gatekeeper (R's sna counts both directions, so twice as much).
    Source: Gould & Fernandez (1989). Checked against R's sna on the German toxic chemicals policy network.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> roles(OrgNetwork(actors, ties), by="sector").loc["nurses", "representative"]
    np.float64(1.0)
    """
    if valued or partial:
        counts = credited_roles(net, groups(net, by).code, valued=valued, partial=partial)
    else:
        counts = counts_by(net, by)
    return pd.DataFrame(_with_total(counts), index=net.actors.index, columns=_columns())


def _columns(*parts: str) -> pd.Index:
    """Return the columns of a table of roles, under each of the parts; each table gets its own."""
    return _made_once(parts).copy()


@cache
def _made_once(parts: tuple[str, ...]) -> pd.Index:
    if not parts:
        return pd.Index(COLUMNS)
    return pd.MultiIndex.from_product([parts, COLUMNS], names=[None, "role"])


def _with_total(counts: np.ndarray) -> np.ndarray:
    return np.column_stack([counts, counts.sum(axis=1)])


def role_expectations(net: OrgNetwork, *, by: str) -> pd.DataFrame:
    r"""What `roles` would give if the same number of ties fell at random, and how far chance swings.

    .. math:: E = q P,\qquad \mathrm{Var} = q (1 - q) P + d^3 (1 - d)^3 S,\qquad
              z = \frac{B - E}{\sqrt{\mathrm{Var}}}

    Every ordered pair of actors is tied with the probability d = density, independently, so that a pair is
    brokered with the probability q = d^2 (1 - d). P is the number of
    pairs that an actor of this group could broker in this role, S the number of ordered pairs of those that
    share a tie, and so vary together.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` with the groups.

    Returns
    -------
    pandas.DataFrame
        One row per actor; two-level columns: ``expected``, ``sd`` and ``z``, each for the columns of
        `roles`. z above 2: more brokerage than chance gives; below -2: less. z is NaN where chance
        leaves no room (a group of one cannot have coordinators, an actor that did not answer no role at all).

    Raises
    ------
    UndefinedError
        For more than 2,000 actors where some dyads are unknown.

    Notes
    -----
    Where dyads are unknown, d is the density of the known ones and P and S count what the known ones leave
    possible: an unknown dyad is no tie, in the count and by chance. Without that, whoever answered would seem
    to broker more than chance gives.
    Source: Gould & Fernandez (1989). Checked against R's sna on the German toxic chemicals policy
    network; for undirected networks, and with unknown dyads, against exhaustive enumeration.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> chance = role_expectations(OrgNetwork(actors, ties), by="sector")
    >>> round(chance.loc["nurses", ("expected", "total")], 3)
    np.float64(0.148)
    """
    moments = known_actor_moments if len(net.gaps.source) else actor_moments
    expected, sd = moments(net, by)
    observed = _with_total(counts_by(net, by))
    values = np.hstack([expected, sd, _z(observed, expected, sd)])
    return pd.DataFrame(values, index=net.actors.index, columns=_columns("expected", "sd", "z"))


def net_roles(net: OrgNetwork, *, by: str, variance: Variance = "published") -> pd.DataFrame:
    r"""How much brokerage of each kind the whole network holds, beside what chance would give.

    .. math:: E = q T,\qquad z = \frac{B - E}{\sqrt{\mathrm{Var}}},\qquad q = d^2 (1 - d)

    with T the triples of actors that could make the role and d the density; the variance adds what brokered
    pairs that need the same tie, present or absent, have in common.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights play no part.
    by : str
        The column of ``actors`` with the groups.
    variance : {"published", "exact"}
        The published network-level variance (also in R's sna) treats some brokered pairs that exclude each
        other as unrelated, and so overstates the spread of coordinators, representatives, gatekeepers and the
        total a little. "exact" counts every pair; it equals the enumeration of all networks of three and four
        actors. Without direction, or with unknown dyads, nothing is published, and the exact one is given
        whatever you choose.

    Returns
    -------
    pandas.DataFrame
        One row per role and ``total``; columns ``observed, expected, sd, z, p`` (two-sided, normal). NaN
        where there is no spread.

    Notes
    -----
    Unknown dyads count as in `role_expectations`.
    Source: Gould & Fernandez (1989); the exact variances are worked out here. Checked against R's sna on the
    German toxic chemicals policy network, and the exact ones against all networks of a few actors.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> found = net_roles(OrgNetwork(actors, ties), by="sector")
    >>> found.loc["total", ["observed", "expected"]].round(3).tolist()
    [1.0, 0.444]
    """
    if variance not in ("published", "exact"):
        raise UndefinedError(
            f"There is no variance {variance!r}; there are 'published' and 'exact'."
        )
    observed = roles(net, by=by).sum().to_numpy()
    expected, sd = _network_moments(net, by, variance)
    z = _z(observed, expected, sd)
    p = [erfc(abs(value) / sqrt(2)) if np.isfinite(value) else np.nan for value in z]
    return pd.DataFrame(
        {"observed": observed, "expected": expected, "sd": sd, "z": z, "p": p},
        index=pd.Index(COLUMNS, name="role"),
    )


def _network_moments(net: OrgNetwork, by: str, variance: Variance) -> tuple[np.ndarray, np.ndarray]:
    if len(net.gaps.source):
        mean, sd = known_set_moments(net, by)
        return mean[-1], sd[-1]
    return network_moments(net, by, variance) if net.directed else undirected_moments(net, by)


def group_roles(net: OrgNetwork, *, by: str) -> pd.DataFrame:
    r"""How much brokerage each group does, in each role, beside what chance would give its members.

    .. math:: E = q T,\qquad z = \frac{B - E}{\sqrt{\mathrm{Var}}},\qquad q = d^2 (1 - d)

    with B the sum of `roles` over the members, T the triples they could broker and d the density; the
    variance counts what any two pairs have in common that members broker.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights play no part.
    by : str
        The column of ``actors`` with the groups.

    Returns
    -------
    pandas.DataFrame
        One row per group; two-level columns ``observed, expected, sd`` and ``z``, each for the columns of
        `roles`. z above 2: the members broker more than chance would have them. NaN without spread.

    Raises
    ------
    DataError
        Where an actor has no group.

    Notes
    -----
    Unknown dyads count as in `role_expectations`.
    Source: Gould & Fernandez (1989) for the counts; the standard deviation of a whole group is worked out
    here (R's sna gives that of one member). Checked against the sums of R's sna on the German toxic chemicals
    policy network, and all networks of a few actors.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> group_roles(OrgNetwork(actors, ties), by="sector")["observed"]["total"].to_dict()
    {'care': 1.0, 'housing': 0.0}
    """
    summed = roles(net, by=by).groupby(net.column(by), sort=False).sum()
    moments = known_set_moments if len(net.gaps.source) else group_moments
    observed, (expected, sd) = summed.to_numpy(), (part[: len(summed)] for part in moments(net, by))
    values = np.hstack([observed, expected, sd, _z(observed, expected, sd)])
    parts = ["observed", "expected", "sd", "z"]
    columns = pd.MultiIndex.from_product([parts, COLUMNS], names=[None, "role"])
    return pd.DataFrame(values, index=summed.index, columns=columns)


def _z(observed: np.ndarray, expected: np.ndarray, sd: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sd > 0, (observed - expected) / sd, np.nan)


def profile(net: OrgNetwork, *, by: str) -> pd.DataFrame:
    """The position of every organization as a broker, in one table.

    Formula: those of `constraint`, `effective_size`, `efficiency`, `hierarchy`, `betweenness`, `roles` and
    `role_expectations`.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str
        The column of ``actors`` with the groups.

    Returns
    -------
    pandas.DataFrame
        One row per actor: Burt's four measures, betweenness, the five roles and their total, and ``z`` of the
        total against chance. Read the columns as in the functions of the same name; NaN as there.

    Notes
    -----
    Source: that of each single measure. Checked as the single measures are.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> profile(OrgNetwork(actors, ties), by="sector")["total"].to_dict()
    {'clinic': 0.0, 'nurses': 1.0, 'homes': 0.0}
    """
    burt = [constraint(net), effective_size(net), efficiency(net), hierarchy(net)]
    z = role_expectations(net, by=by)["z", "total"].rename("z")
    return pd.concat([*burt, betweenness(net), roles(net, by=by), z], axis=1)
