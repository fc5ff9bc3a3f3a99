"""What a reading is given: a network or its waves, one relation of them, and who holds what."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.twomode import TwoModeNetwork

Waves = OrgNetwork | Mapping[Any, OrgNetwork]
# Searching for a core takes minutes in a network of a thousand.
LARGEST_CORE = 500


def as_waves(waves: Waves) -> dict[Hashable, OrgNetwork]:
    """Return the waves as a dict; one network is one wave."""
    if isinstance(waves, OrgNetwork):
        return {waves.name: waves}
    if not isinstance(waves, Mapping) or not waves:
        raise DataError(Issue("waves", "wanted a dict of networks in order of time"))
    wrong = [
        Issue("waves", f"wanted an OrgNetwork, got {type(net).__name__}", row=wave)
        for wave, net in waves.items()
        if not isinstance(net, OrgNetwork)
    ]
    if wrong:
        raise DataError(wrong)
    return dict(waves)


def a_network(net: Any, where: str = "net") -> OrgNetwork:
    """Return what was given where it is a network of organizations, or raise."""
    if not isinstance(net, OrgNetwork):
        raise DataError(Issue(where, f"wanted an OrgNetwork, got {type(net).__name__}"))
    return net


def all_known(
    known: pd.Index,
    wanted: Iterable[str],
    where: str,
    *,
    row: str = "",
    column: str = "",
    among: str = "actors",
) -> None:
    """Raise where one of these is not among the known; the error lists each, with the nearest there is."""
    found = [
        Issue(where, f"not among the {among}", row, column, one, nearest(one, known))
        for one in wanted
        if one not in known
    ]
    if found:
        raise DataError(found)


def one_relation(net: OrgNetwork, relation: str | None) -> OrgNetwork:
    """Return the network of the relation named; without a name there must be but one."""
    a_network(net)
    if relation is not None:
        return net.relation(relation)
    if len(net.relations) > 1:
        choices = ", ".join(map(repr, net.relations))
        raise UndefinedError(f"Structure is read in one relation: relation= one of {choices}.")
    return net


def holders_table(holders: TwoModeNetwork | pd.DataFrame) -> pd.DataFrame:
    """Return who holds what, organizations by whatever is held; NaN where it is not known."""
    if isinstance(holders, pd.DataFrame):
        holders = TwoModeNetwork.from_matrix(holders)
    if not isinstance(holders, TwoModeNetwork):
        raise DataError(
            Issue("holders", f"wanted a table or network, got {type(holders).__name__}")
        )
    return holders.to_matrix()
