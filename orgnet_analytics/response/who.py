"""Who answered, and from how many sides each dyad is known."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.network import FloatArray, IntArray, OrgNetwork

FLAG_BELOW = 0.7
WITHHOLD_BELOW = 0.5


def pairs(net: OrgNetwork) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Return each pair with a row or a gap: positions ``first < second`` and the reports both ways.

    A report is the weight, 0 for "no tie" and NaN for unknown. Pairs not returned are 0 both ways.
    """
    graph, ids = net.graph, net.actors.index
    n, told = graph.vcount(), pd.concat([net.ties, net.unknown], ignore_index=True)
    source, target = ids.get_indexer(told["source"]), ids.get_indexer(told["target"])
    report, forward = told["weight"].to_numpy(dtype=float), source < target
    first, second = np.minimum(source, target), np.maximum(source, target)
    keys, place = np.unique(first * n + second, return_inverse=True)
    forth, back = np.zeros(len(keys)), np.zeros(len(keys))
    forth[place[forward]], back[place[~forward]] = report[forward], report[~forward]
    return keys // max(n, 1), keys % max(n, 1), forth, back


def rate(net: OrgNetwork) -> float:
    """Which share of the organizations answered the survey.

    Parameters
    ----------
    net : OrgNetwork
        Without a column ``responded`` everybody counts as having answered.

    Returns
    -------
    float
        0 to 1. High: the network is known from nearly everyone. Low: see `guard`. NaN without actors.

    Notes
    -----
    Who answered and named nobody did answer: the rate is read from ``responded``, never from the ties.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> rate(OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]})))
    0.6666666666666666
    """
    return float(net.responded.mean()) if len(net) else float("nan")


def guard(
    net: OrgNetwork, *, flag_below: float = FLAG_BELOW, withhold_below: float = WITHHOLD_BELOW
) -> Literal["report", "flag", "withhold"]:
    """Whether enough organizations answered to speak of positions, centralization and stages.

    Parameters
    ----------
    net : OrgNetwork
        Any number of relations.
    flag_below, withhold_below : float
        Response rates. The defaults .7 and .5 are this library's own choice, not a published norm.

    Returns
    -------
    {"report", "flag", "withhold"}
        ``flag``: report with a caveat. ``withhold``: the number depends too much on who is missing.

    Notes
    -----
    Simple counts as in-degree suffer less from missing answers than betweenness, centralization and
    distance do, and large centralized networks suffer less than small ones (Smith & Moody 2013).

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> guard(OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]})))
    'flag'
    """
    answered = rate(net)
    if answered >= flag_below:
        return "report"
    return "flag" if answered >= withhold_below else "withhold"


def confirmation(net: OrgNetwork) -> float:
    r"""How often both organizations name a tie that both were asked about.

    .. math:: \frac{\text{pairs both name}}{\text{pairs at least one names}}

    over the pairs that are known from both sides.

    Parameters
    ----------
    net : OrgNetwork
        Directed, one relation, and a relation both sides share by its meaning (they exchange, they meet).
        For a relation that runs one way (refers to, pays) it is `closure.net_reciprocity` under another
        name and says nothing about the quality of the answers.

    Returns
    -------
    float
        0 to 1. High: one report stands for both, so reconstructing the reports of those who did not answer
        is defensible. Low: the sides see different relations, which is itself a finding. NaN where no pair
        known from both sides is named.

    Raises
    ------
    UndefinedError
        Where the network is undirected: the two reports cannot be told apart any more.

    Notes
    -----
    Checked by counting over all pairs.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["a", "b", "a"], "target": ["b", "a", "c"]})
    >>> confirmation(OrgNetwork.from_ties(ties))
    0.5
    """
    if not net.directed:
        raise UndefinedError(
            "An undirected network no longer tells who reported a tie: "
            "ask for the confirmation rate before response.symmetrize."
        )
    *_, forth, back = pairs(net)
    known = ~np.isnan(forth) & ~np.isnan(back)
    named = known & ((forth > 0) | (back > 0))
    both = named & (forth > 0) & (back > 0)
    return float(both.sum() / named.sum()) if named.any() else float("nan")


def table(net: OrgNetwork) -> pd.DataFrame:
    """Return, per organization, whether it answered and how well its pairs are known.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.DataFrame
        One row per actor: ``responded``; ``named_by``, the number of others known to name it (in an
        undirected network its known partners); ``two_sides``, ``one_side``, ``no_side``, how many of its
        pairs are known from so many sides. An undirected pair is known from the sides that answered; where
        neither did and it is known all the same, from one.

    Notes
    -----
    Non-respondents who are named far more, or far less, than the others are a different kind of
    organization: then neither leaving them out nor reconstructing them is safe.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"]})
    >>> table(OrgNetwork(actors, ties))
       responded  named_by  two_sides  one_side  no_side
    a       True         0          1         1        0
    b       True         0          1         1        0
    c      False         2          0         2        0
    """
    n, responded = len(net), net.responded
    _, target, _ = net.arcs
    ends = target if net.directed else np.concatenate(net.arcs[:2])
    two, one, none = _sides(net)
    columns = {"responded": responded, "named_by": np.bincount(ends, minlength=n)}
    columns |= {"two_sides": two, "one_side": one, "no_side": none}
    return pd.DataFrame(columns, index=net.actors.index)


def _sides(net: OrgNetwork) -> tuple[IntArray, IntArray, IntArray]:
    """Return, per actor, how many of its pairs are known from two sides, from one, from none."""
    n, gaps, ids = len(net), net.unknown, net.actors.index
    source, target = ids.get_indexer(gaps["source"]), ids.get_indexer(gaps["target"])
    keys = np.minimum(source, target) * n + np.maximum(source, target)
    found, missing = np.unique(keys, return_counts=True)
    first, second = found // max(n, 1), found % max(n, 1)
    dark = missing == (2 if net.directed else 1)
    none = _per_end(first[dark], second[dark], n)
    if net.directed:
        one = _per_end(first[~dark], second[~dark], n)
        return n - 1 - one - none, one, none
    answered = net.responded.to_numpy(dtype=bool)
    two = np.where(answered, answered.sum() - 1, 0)
    both_dark = dark & answered[first] & answered[second]
    two -= _per_end(first[both_dark], second[both_dark], n)
    return two, n - 1 - two - none, none


def _per_end(first: IntArray, second: IntArray, n: int) -> IntArray:
    return np.bincount(first, minlength=n) + np.bincount(second, minlength=n)


def overview(net: OrgNetwork) -> pd.Series:
    """Return the response of the whole network in one column, for the first table of a report.

    Parameters
    ----------
    net : OrgNetwork
        One relation.

    Returns
    -------
    pandas.Series
        ``actors``, ``responded``, ``rate``, ``guard`` (see `guard`), ``confirmation`` (NaN if undirected),
        ``pairs_two_sides``, ``pairs_one_side``, ``pairs_no_side``, and ``named_by_respondents`` and
        ``named_by_others``: how often, on average, an organization that answered is named, and one that did
        not.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"responded": [True, True, False]}, index=["a", "b", "c"])
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["c", "c"]})
    >>> overview(OrgNetwork(actors, ties))[["pairs_two_sides", "named_by_others"]].tolist()
    [1, 2.0]
    """
    per_actor = table(net)
    answered = per_actor["responded"]
    found = {
        "actors": len(net),
        "responded": int(answered.sum()),
        "rate": rate(net),
        "guard": guard(net),
        "confirmation": confirmation(net) if net.directed else float("nan"),
        **{f"pairs_{side}": int(per_actor[side].sum()) // 2
           for side in ("two_sides", "one_side", "no_side")},
        "named_by_respondents": float(per_actor.loc[answered, "named_by"].mean()),
        "named_by_others": float(per_actor.loc[~answered, "named_by"].mean()),
    }  # fmt: skip
    return pd.Series(found, name="response", dtype=object)
