"""Trust and the strength of working relations: ratings of partners, and how many kinds of tie they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.frames import OwnFrame
from orgnet_analytics.measures.underlying import ends_of, share
from orgnet_analytics.network import OrgNetwork

__all__ = ["TrustScores", "net_multiplexity", "net_trust", "reliability", "scores"]


@dataclass(frozen=True, eq=False)
class TrustScores:
    """Ratings brought together, per dyad and per actor.

    Attributes
    ----------
    dyads : pandas.DataFrame
        ``source, target, score`` (mean of the items), ``returned`` (the score the other way),
        ``confirmed`` (the lower of the two) and ``asymmetry`` (the one less the other); the last two are NaN
        unless both rated.
    actors : pandas.DataFrame
        Per actor the mean ``sent``, ``received``, ``confirmed`` and ``asymmetry``; NaN where there is none.
    """

    dyads: pd.DataFrame = OwnFrame()
    actors: pd.DataFrame = OwnFrame()


def scores(ratings: pd.DataFrame | OrgNetwork, *, items: Sequence[str]) -> TrustScores:
    """How organizations rate one another: per dyad, and per actor as sender and as receiver.

    Formula: a dyad's score is the mean of the items that were answered; an actor's is the mean over its
    dyads. The items may ask for trust, or for value: influence, involvement, resources brought in.

    Parameters
    ----------
    ratings : pandas.DataFrame or OrgNetwork
        One row per rating: ``source`` (who rates), ``target`` (who is rated) and the items; or a network in
        which each item is a relation, as a questionnaire comes back.
    items : sequence of str
        The columns or relations that together measure one thing, all in the same direction, on one scale.

    Returns
    -------
    TrustScores
        ``dyads`` and ``actors``, in the unit of the items. High received: trusted by its partners. Asymmetry
        above 0: trusts those who rate it more than they trust it. NaN where no item was answered.

    Raises
    ------
    DataError
        Listing every missing column, repeated dyad, rating of oneself, and value that is no number.

    Notes
    -----
    Source: organization scores as means of the ratings received, as in PARTNER. Checked by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "open": [4, 2], "kept": [3, 2]})
    >>> scores(ratings, items=["open", "kept"]).actors["received"].to_dict()
    {'a': 2.0, 'b': 3.5}
    """
    ratings = _ratings(ratings, items)
    answers = _answers(ratings, items)
    dyads = ratings[["source", "target"]].astype("str").assign(score=answers.mean(axis=1))
    value = dyads.set_index(["source", "target"])["score"]
    back = value.reindex(pd.MultiIndex.from_frame(dyads[["target", "source"]])).to_numpy()
    dyads = dyads.assign(
        returned=back,
        confirmed=np.minimum(dyads["score"], back),
        asymmetry=dyads["score"] - back,
    )
    names = pd.unique(pd.concat([dyads["source"], dyads["target"]]).sort_values())
    actors = pd.DataFrame(
        {
            "sent": dyads.groupby("source")["score"].mean(),
            "received": dyads.groupby("target")["score"].mean(),
            "confirmed": dyads.groupby("source")["confirmed"].mean(),
            "asymmetry": dyads.groupby("source")["asymmetry"].mean(),
        },
        index=pd.Index(names, name=None),
    )
    return TrustScores(dyads.reset_index(drop=True), actors)


def net_trust(
    ratings: pd.DataFrame | OrgNetwork,
    *,
    items: Sequence[str],
    scaled: bool = False,
    lowest: float = 1,
    highest: float = 4,
) -> float:
    """How much trust there is in the network as a whole.

    Formula: the mean over organizations of the mean rating they receive, so that one with many ratings counts
    no more than another; scaled, (mean - lowest) / (highest - lowest).

    Parameters
    ----------
    ratings : pandas.DataFrame or OrgNetwork
        As in `scores`.
    items : sequence of str
        The columns that together measure one thing.
    scaled : bool
        Whether to give it as a share of the scale, so that networks with other scales compare.
    lowest, highest : float
        The ends of the scale.

    Returns
    -------
    float
        In the unit of the items, or 0 to 1. High: trust is widespread; how it is spread stands in `scores`.
        NaN without answers.

    Raises
    ------
    DataError
        As `scores`, and for answers outside the scale when scaled.

    Notes
    -----
    Source: PARTNER's network score, a mean of organization scores on a scale of 1 to 4; the share of the
    scale is this library's documented default. Checked by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"source": ["a", "b"], "target": ["b", "a"], "open": [4, 1]})
    >>> net_trust(ratings, items=["open"]), net_trust(ratings, items=["open"], scaled=True)
    (2.5, 0.5)
    """
    ratings = _ratings(ratings, items)
    mean = float(scores(ratings, items=items).actors["received"].mean())
    if not scaled:
        return mean
    answers = _answers(ratings, items)
    outside = answers[(answers < lowest) | (answers > highest)].stack().dropna()
    if len(outside):
        raise DataError(
            [
                Issue("ratings", f"outside the scale {lowest} to {highest}", row, str(item), value)
                for (row, item), value in outside.items()
            ]
        )
    return share(mean - lowest, highest - lowest)


def reliability(ratings: pd.DataFrame | OrgNetwork, *, items: Sequence[str]) -> float:
    r"""Whether the items of a scale measure one thing.

    .. math:: \alpha = \frac{k}{k - 1} \Big(1 - \frac{\sum_i s_i^2}{s_{total}^2}\Big)

    Cronbach's alpha, over the rows with every item answered.

    Parameters
    ----------
    ratings : pandas.DataFrame or OrgNetwork
        One row per rating, or per respondent; the items are columns (or relations, as in `scores`).
    items : sequence of str
        The columns that should measure one thing, all in the same direction.

    Returns
    -------
    float
        At most 1. High: the items agree, their mean makes sense. Low: report them apart. Below 0: one of them
        runs the other way. NaN with one item, below two full rows, or where totals do not differ.

    Raises
    ------
    DataError
        Listing every missing column and value that is no number.

    Notes
    -----
    Source: Cronbach (1951). Checked against the same coefficient from the matrix of covariances, and by hand.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame({"open": [1, 2, 3, 4], "reliable": [1, 3, 3, 4]})
    >>> round(reliability(ratings, items=["open", "reliable"]), 3)
    0.96
    """
    answers = _numbers(_ratings(ratings, items), items).dropna()
    k, total = len(items), answers.sum(axis=1)
    if k < 2 or len(answers) < 2 or np.ptp(total) == 0:
        return float("nan")
    return float(k / (k - 1) * (1 - answers.var(ddof=1).sum() / total.var(ddof=1)))


def net_multiplexity(net: OrgNetwork, *, kind: Literal["share", "mean"] = "share") -> float:
    """How often organizations that work together do so in more than one way.

    Formula: over the dyads with a tie in at least one relation, the share with a tie in two or more, or the
    mean number of relations. A dyad counts only where somebody reported on it in every relation.

    Parameters
    ----------
    net : OrgNetwork
        Two or more relations.
    kind : {"share", "mean"}
        Which of the two.

    Returns
    -------
    float
        0 to 1, or from 1 to the number of relations. High: ties with several strands, which survive the loss
        of one. NaN without ties.

    Raises
    ------
    UndefinedError
        For a network of fewer than two relations.

    Notes
    -----
    Source: Provan & Milward (2001) name multiplexity among the criteria of a network; for two relations the
    share is their Jaccard index. Checked against the Knoke bureaucracies (11 of 60).

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": [*"aab"], "target": [*"bbc"], "relation": [*"xyx"]})
    >>> net_multiplexity(OrgNetwork.from_ties(ties))
    0.5
    """
    if kind not in ("share", "mean"):
        raise UndefinedError(f"There is no kind {kind!r}; there are 'share' and 'mean'.")
    if len(net.relations) < 2:
        raise UndefinedError(
            f"Multiplexity compares relations; this network has {len(net.relations)}."
        )
    strands = ends_of(net, net.known).value_counts()
    strands = strands[~strands.index.isin(ends_of(net, net.unknown))]
    found = (strands > 1).mean() if kind == "share" else strands.mean()
    return float(found)


def _numbers(ratings: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """Return the items as numbers, or raise with everything that is wrong with them."""
    found = [Issue("ratings", "the column is missing", column=c) for c in items if c not in ratings]
    if not list(items):
        found.append(Issue("items", "no items named"))
    if found:
        raise DataError(found)
    answers = ratings[list(items)]
    numbers = answers.apply(pd.to_numeric, errors="coerce").astype(float)
    wrong = answers[numbers.isna() & answers.notna()].stack().dropna()
    if len(wrong):
        raise DataError(
            [
                Issue("ratings", "not a number", row, str(c), value)
                for (row, c), value in wrong.items()
            ]
        )
    return numbers


def _ratings(ratings: pd.DataFrame | OrgNetwork, items: Sequence[str]) -> pd.DataFrame:
    """Return the ratings as a table; of a network, the ties of these relations, a column each."""
    if not isinstance(ratings, OrgNetwork):
        return ratings
    parts = [ratings.relation(item).ties for item in items]
    ties = pd.concat([part.assign(item=item) for part, item in zip(parts, items, strict=True)])
    ties[["source", "target"]] = ties[["source", "target"]].astype("str")
    wide = ties.pivot(index=["source", "target"], columns="item", values="weight")
    return wide.reset_index().rename_axis(columns=None)


def _answers(ratings: pd.DataFrame, items: Sequence[str]) -> pd.DataFrame:
    """Return the items of ratings between actors, each dyad once."""
    ends = ["source", "target"]
    found = [Issue("ratings", "the column is missing", column=c) for c in ends if c not in ratings]
    if found:
        raise DataError(found)
    sides = ratings[ends].astype("str")
    problems = {
        "this dyad is rated more than once": sides.duplicated(),
        "an organization cannot rate itself": sides["source"] == sides["target"],
    }
    found = [
        Issue("ratings", problem, row, value=f"{a} - {b}")
        for problem, wrong in problems.items()
        for row, a, b in ratings.loc[wrong, ends].itertuples(name=None)
    ]
    if found:
        raise DataError(found)
    return _numbers(ratings, items)
