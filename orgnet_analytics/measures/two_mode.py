"""Organizations by what they take part in: density, membership and brokerage without a projection."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.measures.gould_fernandez import COLUMNS, groups
from orgnet_analytics.measures.open_paths import open_paths, per_role
from orgnet_analytics.measures.underlying import share
from orgnet_analytics.twomode import TwoModeNetwork

__all__ = ["degree", "net_density", "roles"]


def degree(net: TwoModeNetwork) -> pd.Series:
    """In how many events an organization takes part.

    Formula: the known memberships of the actor.

    Parameters
    ----------
    net : TwoModeNetwork
        Organizations by events.

    Returns
    -------
    pandas.Series
        A whole number per actor, from 0 to the number of events. High: it sits at many tables. An actor
        that did not answer has no known events: read its number as unknown.

    Notes
    -----
    Source: Borgatti & Everett (1997). Checked against networkx.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"actor": ["clinic", "clinic", "homes"], "event": ["health", "work", "work"]})
    >>> degree(TwoModeNetwork.from_ties(ties)).to_dict()
    {'clinic': 2.0, 'homes': 1.0}
    """
    count = np.bincount(net.arcs.source, minlength=len(net)).astype(float)
    return pd.Series(count, index=net.actors.index, name="degree")


def net_density(net: TwoModeNetwork) -> float:
    r"""Which share of all possible memberships is there.

    .. math:: \frac{\text{known memberships}}{\text{known cells of the table of actors by events}}

    Parameters
    ----------
    net : TwoModeNetwork
        Organizations by events.

    Returns
    -------
    float
        A share from 0 to 1. High: everybody takes part in nearly everything. NaN where no cell is known.

    Notes
    -----
    Source: Borgatti & Everett (1997). Checked against networkx where every cell is known.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"actor": ["clinic", "clinic", "homes"], "event": ["health", "work", "work"]})
    >>> net_density(TwoModeNetwork.from_ties(ties))
    0.75
    """
    cells = len(net.actors) * len(net.events) - len(net.unknown)
    return share(len(net.known), cells)


def roles(net: TwoModeNetwork, *, by: str) -> pd.DataFrame:
    r"""How often an organization links two others that sit at no common table, in each brokerage role.

    .. math:: B_{vr} = \sum_{\{i, k\} : x_{ik} = 0} x_{iv} x_{vk}

    with x the number of events two actors share, over the pairs whose groups make role r with that of v. A
    chain runs i - event - v - event - k: v shares one event with i, another with k, and i and k share none.
    Every chain counts, so an organization that meets both partners often brokers more than one that meets
    them once; a projection to organizations alone would count the pair once.

    Parameters
    ----------
    net : TwoModeNetwork
        Organizations by events.
    by : str
        The column of ``actors`` with the groups.

    Returns
    -------
    pandas.DataFrame
        One row per actor; columns as in ``brokerage.roles``. Chains have no direction: one with one end in
        the broker's group counts half as representative and half as gatekeeper.

    Raises
    ------
    DataError
        Where an actor has no group.

    Notes
    -----
    Source: known from Jasny & Lubell (2015), of whom only the abstract could be read; the chain of five is
    how others implement it, and the definition above is the one that holds here. Memberships nobody
    reported on are left out. Checked against a look at every chain.

    Examples
    --------
    >>> import pandas as pd
    >>> actors = pd.DataFrame({"sector": ["care", "care", "housing"]}, index=["clinic", "nurses", "homes"])
    >>> ties = pd.DataFrame({"actor": ["clinic", "nurses", "nurses", "homes"],
    ...                      "event": ["health", "health", "work", "work"]})
    >>> events = pd.DataFrame(index=["health", "work"])
    >>> roles(TwoModeNetwork(actors, events, ties), by="sector").loc["nurses", "total"]
    np.float64(1.0)
    """
    sharing = net.project("actors")
    code = groups(sharing, by).code
    chains = np.zeros((len(net), 5))
    for path in open_paths(sharing):
        chains += per_role(path, code, path.inward * path.outward, len(net))
    chains = np.column_stack([chains, chains.sum(axis=1)]) / 2
    return pd.DataFrame(chains, index=net.actors.index, columns=list(COLUMNS))
