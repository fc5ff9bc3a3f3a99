"""Change: what became of actors and ties between two waves."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.measures.underlying import ends_of, share
from orgnet_analytics.network import OrgNetwork

__all__ = ["entry_exit", "net_stability", "net_turnover", "tie_fate"]

FATES = ("kept", "lost", "new", "with an actor that left", "with an actor that entered", "unknown")


def net_stability(before: OrgNetwork, after: OrgNetwork) -> float:
    r"""Which share of the ties between actors present in both waves is there in both.

    .. math:: J = \frac{N_{11}}{N_{11} + N_{10} + N_{01}}

    the Jaccard index, over the dyads of common actors known in both waves: kept, lost and new ties.

    Parameters
    ----------
    before, after : OrgNetwork
        Two waves of one relation each; actors are the same where their ids are.

    Returns
    -------
    float
        0 to 1. 1: no tie changed. Low: ties come and go. Growth alone lowers it too, so read it with what
        `tie_fate` counts as lost and new. NaN where the common actors have no ties.

    Raises
    ------
    UndefinedError
        Where one wave has direction and the other has not.

    Notes
    -----
    Source: the manual of RSiena (Ripley and others), which calls .3 and above good, below .2 difficult for
    models of tie change. Checked by a count over all dyads.

    Examples
    --------
    >>> import pandas as pd
    >>> first = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> second = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "c"], "target": ["b", "a"]}))
    >>> round(net_stability(first, second), 3)
    0.333
    """
    fates = tie_fate(before, after)["fate"].value_counts()
    kept, changed = fates["kept"], fates["lost"] + fates["new"]
    return share(kept, kept + changed)


def net_turnover(before: OrgNetwork, after: OrgNetwork) -> float:
    r"""Which share of the organizations of two waves is in one of them only.

    .. math:: 1 - \frac{|V_1 \cap V_2|}{|V_1 \cup V_2|}

    Parameters
    ----------
    before, after : OrgNetwork
        Two waves; actors are the same where their ids are.

    Returns
    -------
    float
        0 to 1. 0: the same organizations. 1: none of them stayed. NaN for two waves without actors.

    Notes
    -----
    Source: one minus the Jaccard index of the actors. Checked with sets.

    Examples
    --------
    >>> import pandas as pd
    >>> first = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> second = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["c"]}))
    >>> round(net_turnover(first, second), 3)
    0.667
    """
    one, other = before.actors.index, after.actors.index
    everyone = len(one.union(other))
    return share(everyone - len(one.intersection(other)), everyone)


def tie_fate(before: OrgNetwork, after: OrgNetwork) -> pd.DataFrame:
    """What became of every tie of two waves: kept, lost, new, or gone or come with an actor.

    Formula: "kept" is a tie in both; "lost" and "new" are known to be absent after or before; "unknown" is a
    tie in one wave that nobody reported on in the other; the two others have an end that is not in both
    waves.

    Parameters
    ----------
    before, after : OrgNetwork
        Two waves of one relation each; actors are the same where their ids are.

    Returns
    -------
    pandas.DataFrame
        One row per dyad tied in at least one wave: ``source, target``, the weights ``before`` and ``after``
        (0 for no tie, NaN for unknown or absent actors) and ``fate``, a category in the order above.

    Raises
    ------
    UndefinedError
        Where one wave has direction and the other has not.

    Notes
    -----
    Source: the counts behind the Jaccard index of RSiena's manual. Checked by a count over all dyads.

    Examples
    --------
    >>> import pandas as pd
    >>> first = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]}))
    >>> second = OrgNetwork.from_ties(pd.DataFrame({"source": ["a", "c"], "target": ["b", "a"]}))
    >>> tie_fate(first, second)["fate"].tolist()
    ['kept', 'lost', 'new']
    """
    if before.directed != after.directed:
        raise UndefinedError("One wave has direction and the other has not; symmetrize one first.")
    waves = {"before": before, "after": after}
    weights = {name: _weights(net) for name, net in waves.items()}
    dyads = weights["before"].index.union(weights["after"].index, sort=False)
    table = pd.DataFrame({name: seen.reindex(dyads) for name, seen in weights.items()})
    tied = {name: (table[name] > 0).to_numpy() for name in waves}
    inside, unknown = {}, {}
    for name, net in waves.items():
        ends = [dyads.get_level_values(level).isin(net.actors.index) for level in (0, 1)]
        inside[name] = ends[0] & ends[1]
        unknown[name] = dyads.isin(ends_of(net, net.unknown))
        table.loc[inside[name] & ~unknown[name] & ~tied[name], name] = 0.0
    chosen = np.select(
        [
            tied["before"] & tied["after"],
            tied["before"] & ~inside["after"],
            tied["after"] & ~inside["before"],
            np.where(tied["before"], unknown["after"], unknown["before"]),
            tied["before"],
        ],
        [FATES[0], FATES[3], FATES[4], FATES[5], FATES[1]],
        FATES[2],
    )
    table["fate"] = pd.Categorical(chosen, categories=FATES)
    return table.rename_axis(["source", "target"]).reset_index()


def entry_exit(waves: Mapping[Hashable, OrgNetwork]) -> pd.DataFrame:
    r"""How many organizations came and went from wave to wave.

    .. math:: \text{entry} = \frac{|V_t \setminus V_{t-1}|}{|V_t|},\qquad
              \text{exit} = \frac{|V_{t-1} \setminus V_t|}{|V_{t-1}|}

    Parameters
    ----------
    waves : dict of OrgNetwork
        The waves in order of time; actors are the same where their ids are.

    Returns
    -------
    pandas.DataFrame
        One row per wave: ``actors, entered, left, stayed`` since the wave before, and the shares ``entry``
        and ``exit``. High exit: partners leave. Both high: another network under the same name. NaN for the
        first wave, and a share of no actors.

    Notes
    -----
    Source: plain counts of members. Checked with sets.

    Examples
    --------
    >>> import pandas as pd
    >>> first = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["b"]}))
    >>> second = OrgNetwork.from_ties(pd.DataFrame({"source": ["a"], "target": ["c"]}))
    >>> entry_exit({2021: first, 2023: second}).loc[2023, ["entered", "exit"]].tolist()
    [1.0, 0.5]
    """
    rows, last = [], None
    for net in waves.values():
        now = net.actors.index
        row = {"actors": float(len(now))}
        if last is not None:
            entered, left = len(now.difference(last)), len(last.difference(now))
            row |= {
                "entered": entered,
                "left": left,
                "stayed": len(now) - entered,
                "entry": share(entered, len(now)),
                "exit": share(left, len(last)),
            }
        rows.append(row)
        last = now
    columns = ["actors", "entered", "left", "stayed", "entry", "exit"]
    return pd.DataFrame(rows, pd.Index(list(waves), name="wave"), columns, dtype=float)


def _weights(net: OrgNetwork) -> pd.Series:
    """Return the weight of every known tie by its two ends."""
    return pd.Series(net.arcs.weight, index=ends_of(net, net.known))
