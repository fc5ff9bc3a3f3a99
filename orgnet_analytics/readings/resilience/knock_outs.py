"""What is lost, and by whom, when organizations or a whole resource drop out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, name_list
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures import removal
from orgnet_analytics.network import IntArray, OrgNetwork
from orgnet_analytics.readings.given import a_network, all_known
from orgnet_analytics.readings.resilience.links import Links
from orgnet_analytics.readings.resilience.removal_curves import connected_share
from orgnet_analytics.response import symmetrize
from orgnet_analytics.twomode import TwoModeNetwork


def knock_out(
    net: OrgNetwork,
    *,
    actors: Sequence[str] | None = None,
    by: str | None = None,
    pairs: bool = False,
    funder: str | None = None,
    holders: TwoModeNetwork | pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what is left when organizations leave: each in turn, some together, a sector, two, the funder.

    Parameters
    ----------
    net : OrgNetwork
        One relation. Weights and direction play no part.
    actors : sequence of str, optional
        These leave together: one row.
    by : str, optional
        A column of ``actors``: every group in turn leaves as a whole, a row per group.
    pairs : bool
        Every two organizations leave together. Listed are the pairs that cut off somebody.
    funder : str, optional
        An actor; or a relation of a network of several (the money): then nobody leaves, but its ties go, and
        what is left are the ties of any other relation.
    holders : TwoModeNetwork or pandas.DataFrame, optional
        Who holds which competence, 1, 0 or NaN (not known).

    Returns
    -------
    pandas.DataFrame
        The worst first. Index ``without``, who leaves; columns ``lost`` (how many leave), ``components`` and
        ``largest`` (the separate parts left, and actors in the largest), ``fragmentation`` (of those who
        stay, the share of pairs that cannot reach each other), ``cut_off`` (pairs of others who could and now
        cannot) and ``outside`` (who is cut off from the largest part of what held together before). With
        unknown dyads ``fragmentation_lowest``, were they all ties. With ``holders``, ``competences``: what
        only those who leave are known to hold. For pairs ``alone`` instead of names: the larger ``cut_off``
        of either on its own; where ``cut_off`` exceeds it, each is the other's way round.

    Raises
    ------
    UndefinedError
        Where two of ``actors``, ``by``, ``pairs`` and ``funder`` are given, nobody would be left, or there is
        no such column.
    DataError
        Where an actor, or a row of ``holders``, is not in the network, or an actor has no group.

    Notes
    -----
    Nobody reacts: who stays makes no new tie. Of parts of one size the first counts as the largest.
    Source: Borgatti (2006), for fragmentation. Checked against taking out every actor, pair and group with
    networkx.

    Examples
    --------
    >>> chain = pd.DataFrame({"source": list("abcd"), "target": list("bcde")})
    >>> knock_out(OrgNetwork.from_ties(chain))["outside"].to_dict()["b"]
    ('a',)
    """
    a_network(net)
    choices = {"actors": actors, "by": by, "pairs": pairs or None, "funder": funder}
    given = [name for name, one in choices.items() if one is not None]
    if len(given) > 1:
        raise UndefinedError(
            f"Choose one of {', '.join(choices)}; {' and '.join(given)} were given."
        )
    table = None if holders is None else held(holders, net.actors.index)
    if funder is not None and funder in net.relations:
        return _table({funder: _without_relation(net, funder)})
    if pairs:
        return _pairs(symmetrize(net))
    links = Links.of(net)
    sets = _sets(net, [funder] if funder is not None else actors, by)
    return _table({name: _without(links, members, table) for name, members in sets.items()})


def _sets(net: OrgNetwork, actors: Sequence[str] | None, by: str | None) -> dict[str, IntArray]:
    """Return who leaves, per row of the answer."""
    ids = net.actors.index
    if actors is not None:
        wanted = [actors] if isinstance(actors, str) else name_list(actors, "actors")
        if not wanted:
            raise DataError(Issue("actors", "nobody is named"))
        all_known(ids, wanted, "actors")
        sets = {" + ".join(wanted): ids.get_indexer(wanted)}
    elif by is not None:
        group = _grouped(net, by)
        sets = {str(one): np.flatnonzero(group == one) for one in group.unique()}
    else:
        sets = {one: np.array([place]) for place, one in enumerate(ids)}
    for name, members in sets.items():
        if len(members) >= len(ids):
            raise UndefinedError(f"Without {name} nobody is left.")
    return sets


def _grouped(net: OrgNetwork, by: str) -> pd.Series:
    group = net.column(by)
    hint = f"fill in {by!r}, or leave the actor out with net.only(...)"
    found = [
        Issue("actors", "has no group", row=one, column=by, suggestion=hint)
        for one in group.index[group.isna()]
    ]
    if found:
        raise DataError(found)
    return group


def held(holders: TwoModeNetwork | pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    """Return who of these holds what: 1, 0 or NaN; who is not listed holds nothing that is known."""
    if isinstance(holders, pd.DataFrame):
        holders = TwoModeNetwork.from_matrix(holders)
    if not isinstance(holders, TwoModeNetwork):
        raise DataError(
            Issue("holders", f"wanted a table or network, got {type(holders).__name__}")
        )
    table = holders.to_matrix()
    all_known(ids, table.index, "holders")
    return table.reindex(ids)


def _without(links: Links, members: IntArray, holders: pd.DataFrame | None) -> dict[str, object]:
    """Return what is left without these."""
    stay = np.setdiff1d(np.arange(len(links.ids)), members)
    before = np.array(links.graph.connected_components().membership)[stay]
    row = {"lost": len(members)} | _left(
        links.ids[stay], before, links.graph.induced_subgraph(stay.tolist())
    )
    if len(links.gaps):
        row["fragmentation_lowest"] = 1 - connected_share(
            links.full.induced_subgraph(stay.tolist())
        )
    if holders is not None:
        row["competences"] = only_held(holders, members)
    return row


def _without_relation(net: OrgNetwork, relation: str) -> dict[str, object]:
    """Return what is left without the ties of one relation."""
    others = [kind for kind in net.relations if kind != relation]
    if not others:
        raise UndefinedError(f"Without {relation} there is no relation left.")
    before = np.array(Links.among(net, net.relations).graph.connected_components().membership)
    after = Links.among(net, others)
    row = {"lost": 0} | _left(net.actors.index, before, after.graph)
    if len(after.gaps):
        row["fragmentation_lowest"] = 1 - connected_share(after.full)
    return row


def _left(ids: pd.Index, before: IntArray, left: igraph.Graph) -> dict[str, object]:
    """Return what is left: its parts, and who was in one part ``before`` and is cut off now."""
    now = np.array(left.connected_components().membership)
    sizes, was = np.bincount(now), np.bincount(before)
    pairs = int((was * (was - 1)).sum() - (sizes * (sizes - 1)).sum()) // 2
    return {
        "components": len(sizes), "largest": int(sizes.max()),
        "fragmentation": 1 - connected_share(left), "cut_off": pairs,
        "outside": tuple(ids[_outside(before, now, sizes)]),
    }  # fmt: skip


def _outside(before: IntArray, now: IntArray, sizes: IntArray) -> IntArray:
    """Return who is no longer in the largest part of what held together before."""
    largest = {
        part: max(dict.fromkeys(now[before == part].tolist()), key=lambda one: int(sizes[one]))
        for part in np.unique(before).tolist()
    }
    return np.flatnonzero([largest[a] != b for a, b in zip(before, now, strict=True)])


def only_held(holders: pd.DataFrame, members: IntArray) -> tuple[str, ...]:
    """Return what somebody among these is known to hold and nobody else is."""
    has = holders.to_numpy() > 0
    others = np.delete(has, members, axis=0).any(axis=0)
    return tuple(map(str, holders.columns[has[members].any(axis=0) & ~others]))


def _table(rows: dict[str, dict[str, object]]) -> pd.DataFrame:
    found = pd.DataFrame.from_dict(rows, orient="index").rename_axis("without")
    return found.sort_values(["cut_off", "fragmentation"], ascending=False, kind="stable")


def _pairs(net: OrgNetwork) -> pd.DataFrame:
    single = removal.losses(net)["cut_off"]
    found = removal.pair_losses(net)
    alone = np.maximum(single[found["first"]].to_numpy(), single[found["second"]].to_numpy())
    names = (found["first"] + " + " + found["second"]).to_numpy()
    table = found.drop(columns=["first", "second"]).assign(alone=alone).set_axis(names)
    table.insert(0, "lost", 2)
    whole = ["components", "largest", "cut_off", "alone"]
    return table.astype(dict.fromkeys(whole, int)).rename_axis("without")
