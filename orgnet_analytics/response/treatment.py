"""What to do about two reports on one pair, and about pairs nobody reported on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.kept import once
from orgnet_analytics.network import FloatArray, OrgNetwork
from orgnet_analytics.response.who import pairs

Rule = Literal["union", "intersection", "min", "max", "mean", "sender", "receiver"]
Method = Literal["drop", "reconstruct", "zero"]


def _union(forth: FloatArray, back: FloatArray) -> FloatArray:
    return np.where((forth > 0) | (back > 0), 1.0, forth + back)


def _intersection(forth: FloatArray, back: FloatArray) -> FloatArray:
    return np.where((forth == 0) | (back == 0), 0.0, np.sign(forth + back))


def _least(forth: FloatArray, back: FloatArray) -> FloatArray:
    return np.where((forth == 0) | (back == 0), 0.0, np.minimum(forth, back))


def _most(forth: FloatArray, back: FloatArray) -> FloatArray:
    return np.where((forth > 0) | (back > 0), np.fmax(forth, back), forth + back)


def _mean(forth: FloatArray, back: FloatArray) -> FloatArray:
    return (forth + back) / 2


JOINED: dict[str, Callable[[FloatArray, FloatArray], FloatArray]] = {
    "union": _union, "intersection": _intersection, "min": _least, "max": _most, "mean": _mean,
}  # fmt: skip


def symmetrize(net: OrgNetwork, *, rule: Rule = "union") -> OrgNetwork:
    """Make one report of the two that the sides of each pair gave.

    Parameters
    ----------
    net : OrgNetwork
        Directed, one relation. An undirected network comes back as it is.
    rule : {"union", "intersection", "min", "max", "mean", "sender", "receiver"}
        - ``union``: a tie (strength 1) if either side says so. ``intersection``: only if both do.
        - ``max``, ``min``, ``mean``: the larger, smaller or mean strength, "no tie" counting as 0.
        - ``sender``, ``receiver``: the network stays directed, and a tie is taken from the report of the one
          it starts from (as the tables already have it) or of the one it goes to (each report turned round).
          For a relation on which both were asked the same.

    Returns
    -------
    OrgNetwork
        Undirected but for the last two rules. Where a side did not report, the three states are kept: a tie
        reported by one side is a union (and by ``max`` has at least that strength, which it gets); a "no"
        of one side is no intersection and a ``min`` of 0; a mean needs both. Whatever the missing report
        could still change is unknown. Ties keep ``relation`` and ``weight``, no further columns.

    Raises
    ------
    UndefinedError
        Where there is no such rule, or several relations.

    Notes
    -----
    Checked against the definition over all pairs, and against networkx where everybody answered.

    Examples
    --------
    >>> import pandas as pd
    >>> net = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "a", "c"]}))
    >>> symmetrize(net, rule="intersection")
    <OrgNetwork: 3 actors, 1 undirected tie>
    """
    if rule not in (*JOINED, "sender", "receiver"):
        choices = ", ".join(map(repr, (*JOINED, "sender", "receiver")))
        raise UndefinedError(f"There is no rule {rule!r}; there is {choices}.")
    return net if not net.directed or rule == "sender" else _joined(net, rule)


@once
def _joined(net: OrgNetwork, rule: str) -> OrgNetwork:
    first, second, forth, back = pairs(net)
    if rule == "receiver":
        return _as_received(net)
    ids, kind = net.actors.index, net.relations
    ties = pd.DataFrame({"source": ids[first], "target": ids[second]})
    ties = ties.assign(weight=JOINED[rule](forth, back), **({"relation": kind[0]} if kind else {}))
    note = f"symmetrized by the rule {rule!r}"
    return OrgNetwork(net.actors, ties, False, net.name, (*net.notes, note))


def _as_received(net: OrgNetwork) -> OrgNetwork:
    """Return each report turned round: what b says of a is the tie a -> b.

    The unknown dyads follow the reports, so every dyad is written out for those who did not answer.
    """
    turned = {"source": "target", "target": "source"}
    silent = net.actors.index[~net.responded.to_numpy(dtype=bool)]
    known = pd.concat([net.ties, net.unknown], ignore_index=True).rename(columns=turned)
    known = known.drop_duplicates(["source", "target"])
    told = net.actors.index.difference(silent)
    rest = pd.MultiIndex.from_product([silent, told], names=["source", "target"]).to_frame(
        index=False
    )
    ties = pd.concat([known, rest.assign(weight=0.0)], ignore_index=True)
    ties = ties.drop_duplicates(["source", "target"])
    if net.relations:
        ties["relation"] = net.relations[0]
    columns = [c for c in ("source", "target", "relation", "weight") if c in ties]
    note = "symmetrized by the rule 'receiver'"
    return OrgNetwork(net.actors, ties[columns], True, net.name, (*net.notes, note))


def treat(net: OrgNetwork, *, method: Method) -> OrgNetwork:
    """Do one of the usual things about missing answers, and say so in the notes.

    Parameters
    ----------
    net : OrgNetwork
        Any number of relations.
    method : {"drop", "reconstruct", "zero"}
        - ``drop``: leave out the organizations that did not answer. Known to mislead in nearly every setting
          studied (Smith, Morgan & Moody 2022): here to compare with.
        - ``reconstruct``: where one side of a pair reported and the other did not, take the report for
          both. Wants a high `confirmation`. What nobody reported stays unknown.
        - ``zero``: count every unknown dyad as no tie. What a matrix program does with an empty row.

    Returns
    -------
    OrgNetwork
        A new network; ``responded`` stays as it was.

    Raises
    ------
    UndefinedError
        Where there is no such method.

    Notes
    -----
    Studies disagree on which treatment is best, so none is the default: see `sensitivity`.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"responded": [True, False]}, index=["a", "b"])
    >>> net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> treat(net, method="reconstruct").notes
    ("1 unknown dyad taken from the other side's report",)
    """
    if method == "drop":
        gone = int((~net.responded).sum())
        note = f"{gone} {'actor' if gone == 1 else 'actors'} that did not answer left out"
        return _noted(net.only(net.responded), note)
    gaps = net.unknown
    if method == "zero":
        return filled(net, gaps.assign(weight=0.0), "counted as no tie")
    if method == "reconstruct":
        return filled(net, _other_side(net, gaps), "taken from the other side's report")
    raise UndefinedError(f"There is no method {method!r}; there is 'drop', 'reconstruct', 'zero'.")


def _other_side(net: OrgNetwork, gaps: pd.DataFrame) -> pd.DataFrame:
    """Return the unknown dyads whose mirror image is known, with its weight."""
    if not net.directed:
        return gaps.iloc[:0].assign(weight=0.0)
    keys = list(gaps.columns)
    mirror = gaps.rename(columns={"source": "target", "target": "source"})[keys].astype(str)
    dark = pd.MultiIndex.from_frame(mirror).isin(pd.MultiIndex.from_frame(gaps.astype(str)))
    known = net.known.set_index(pd.MultiIndex.from_frame(net.known[keys].astype(str)))["weight"]
    weight = known.reindex(pd.MultiIndex.from_frame(mirror), fill_value=0.0).to_numpy()
    return gaps.assign(weight=weight)[~dark]


def filled(net: OrgNetwork, told: pd.DataFrame, what: str = "") -> OrgNetwork:
    """Return the network with the unknown dyads in ``told`` at the weight given there."""
    keys = ["source", "target", *(["relation"] if net.relations else [])]
    ties = net.ties
    cells = pd.MultiIndex.from_frame(ties[keys].astype(str))
    ties = ties[~cells.isin(pd.MultiIndex.from_frame(told[keys].astype(str)))]
    if net.relations:
        kinds = pd.CategoricalDtype(list(net.relations))
        told = told.assign(relation=told["relation"].astype(kinds))
    ties = pd.concat([ties, told], ignore_index=True)
    found = OrgNetwork(net.actors, ties, net.directed, net.name, net.notes)
    count = f"{len(told)} unknown {'dyad' if len(told) == 1 else 'dyads'}"
    return _noted(found, f"{count} {what}") if what else found


def _noted(net: OrgNetwork, note: str) -> OrgNetwork:
    return OrgNetwork(net.actors, net.ties, net.directed, net.name, (*net.notes, note))
