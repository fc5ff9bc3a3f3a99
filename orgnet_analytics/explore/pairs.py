"""Which pairs an organization brokers: the list behind the count."""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.errors import UndefinedError, nearest
from orgnet_analytics.network import OrgNetwork


def brokered_pairs(net: OrgNetwork, actor: str, *, by: str | None = None) -> pd.DataFrame:
    """Return every pair that can meet through this organization and has no tie of its own.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    actor : str
        The id of the broker.
    by : str, optional
        The column of ``actors`` with the groups; gives the role in each pair.

    Returns
    -------
    pandas.DataFrame
        Columns ``source, target`` and, with ``by``, ``role``; one row per pair, as many as
        ``brokerage.roles`` counts. In an undirected network each pair stands once, and one with an end in
        the broker's group has the role ``"representative or gatekeeper"``.

    Raises
    ------
    UndefinedError
        Where there is no such actor or column.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"source": ["clinic", "nurses"], "target": ["nurses", "homes"]})
    >>> brokered_pairs(OrgNetwork.from_ties(ties), "nurses").to_numpy().tolist()
    [['clinic', 'homes']]
    """
    ids = net.actors.index
    if actor not in ids:
        raise UndefinedError(f"There is no actor {actor!r}. {nearest(actor, ids)}".strip())
    tied = net.to_matrix().to_numpy() > 0
    v = ids.get_loc(actor)
    pairs = tied[:, v][:, None] & tied[v][None] & ~tied
    np.fill_diagonal(pairs, val=False)
    first, second = np.nonzero(pairs if net.directed else np.triu(pairs))
    table = pd.DataFrame({"source": ids[first], "target": ids[second]})
    if by is not None:
        group = net.column(by).to_numpy()
        table["role"] = [
            _role(group[i], group[v], group[k], directed=net.directed)
            for i, k in zip(first, second, strict=True)
        ]
    return table


def _role(first: object, broker: object, second: object, *, directed: bool) -> str:
    if first == second:
        return "coordinator" if first == broker else "consultant"
    if broker not in (first, second):
        return "liaison"
    if not directed:
        return "representative or gatekeeper"
    return "representative" if first == broker else "gatekeeper"
