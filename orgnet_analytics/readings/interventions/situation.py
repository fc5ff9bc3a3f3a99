"""A network with all that a step can change: who takes part, their ties, what they hold and agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.agreements.register import EVERYBODY
from orgnet_analytics.readings.cells import listed
from orgnet_analytics.readings.given import a_network, all_known


@dataclass(frozen=True, eq=False)
class Situation:
    """What stands before or after a step.

    Attributes
    ----------
    actors : pandas.DataFrame
        One row per organization.
    dyads : pandas.DataFrame
        Sender by receiver: the strength of the tie, 0 where there is none, NaN where that is unknown.
    directed : bool
        Whether a tie has a direction.
    name : str
        What the network is called.
    holders : pandas.DataFrame or None
        Organizations by what they hold: 1, 0 or NaN.
    register : pandas.DataFrame or None
        The agreements.
    profiles : pandas.DataFrame or None
        Kinds of clients, and where each comes in.
    nao : str or None
        The network administrative organization.
    gone : tuple of str
        Who took part before an earlier step; agreements may still name them.
    """

    actors: pd.DataFrame
    dyads: pd.DataFrame
    directed: bool
    name: str
    holders: pd.DataFrame | None = None
    register: pd.DataFrame | None = None
    profiles: pd.DataFrame | None = None
    nao: str | None = None
    gone: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        net: OrgNetwork,
        holders: pd.DataFrame | None = None,
        register: pd.DataFrame | None = None,
    ) -> Situation:
        """Return the situation of a network of one relation; who has no row holds nobody knows what."""
        a_network(net)
        kept = None if holders is None else holders.reindex(net.actors.index)
        return cls(net.actors, net.to_matrix(), net.directed, net.name, kept, register)

    @cached_property
    def net(self) -> OrgNetwork:
        """The network: who did not answer stays silent on all that no step settled."""
        cells = self.dyads.to_numpy()
        told = cells != 0
        if "responded" in self.actors:
            # A "no" is only worth a row where silence would leave it unknown.
            told |= ~self.actors["responded"].to_numpy(dtype=bool)[:, None]
        np.fill_diagonal(told, val=False)
        sender, receiver = np.nonzero(told)
        if not self.directed:
            sender, receiver = sender[sender < receiver], receiver[sender < receiver]
        ids = self.dyads.index
        ties = pd.DataFrame(
            {"source": ids[sender], "target": ids[receiver], "weight": cells[sender, receiver]}
        )
        return OrgNetwork(self.actors, ties, self.directed, self.name)

    def must_have(self, actors: Iterable[str], step: object) -> None:
        """Raise where an organization that a step names does not take part."""
        all_known(
            self.actors.index, actors, "steps", row=str(step), among="organizations at this step"
        )

    def with_actor(
        self, actor: str, attributes: Mapping[str, Any], holds: Iterable[str]
    ) -> Situation:
        """Return the situation with one more organization, tied to nobody."""
        columns = self.actors.columns
        all_known(
            columns, attributes, "steps", row=actor, column="attributes", among="columns of actors"
        )
        row = pd.DataFrame([dict(attributes)], index=[actor])
        if "responded" in self.actors:
            row["responded"] = True
        actors = pd.concat([self.actors, row.reindex(columns=self.actors.columns)])
        if "responded" in actors:
            actors["responded"] = actors["responded"].astype(bool)
        dyads = self.dyads.reindex(index=actors.index, columns=actors.index, fill_value=0.0)
        return replace(self, actors=actors, dyads=dyads, holders=self._holding(actor, holds))

    def _holding(self, actor: str, holds: Iterable[str]) -> pd.DataFrame | None:
        if self.holders is None:
            return None
        held = list(holds)
        needs = self.holders.columns
        all_known(needs, held, "steps", row=actor, column="holds", among="competences")
        row = pd.DataFrame(0.0, index=[actor], columns=self.holders.columns)
        row[held] = 1.0
        return pd.concat([self.holders, row])

    def without(self, actors: Iterable[str]) -> Situation:
        """Return the situation without some organizations."""
        left = set(actors)
        keep = ~self.actors.index.isin(list(left))
        if not keep.any():
            raise DataError(Issue("steps", "nobody would be left", value=", ".join(sorted(left))))
        return replace(
            self,
            actors=self.actors[keep],
            dyads=self.dyads.loc[keep, keep],
            holders=None if self.holders is None else self.holders[keep],
            register=None if self.register is None else _without(self.register, left),
            nao=None if self.nao in left else self.nao,
            gone=(*self.gone, *left),
        )

    def tied(self, pairs: Iterable[tuple[str, str]], weight: float) -> Situation:
        """Return the situation with a tie for each pair, at least this strong."""
        dyads = self.dyads.copy()
        for source, target in pairs:
            for a, b in [(source, target), *([] if self.directed else [(target, source)])]:
                dyads.at[a, b] = np.fmax(dyads.at[a, b], weight)
        return replace(self, dyads=dyads)

    def merged(self, parts: list[str], into: str) -> Situation:
        """Return the situation with some organizations made one, at the place of the first.

        The one is tied where any part was; where none was known to be, but one part is unknown, it is
        unknown.
        """
        names = dict.fromkeys(parts, into)
        group = pd.Index([names.get(i, i) for i in self.dyads.index])
        dyads = _joined(_joined(self.dyads, group).T, group).T
        dyads = dyads.where(~np.eye(len(dyads), dtype=bool), 0.0)
        first = ~group.duplicated()
        actors = self.actors[first].set_axis(group[first])
        if "responded" in actors:
            actors["responded"] = self.actors["responded"].groupby(group, sort=False).all()
        holders = None if self.holders is None else _joined(self.holders.astype(float), group)
        return replace(
            self,
            actors=actors,
            dyads=dyads,
            holders=holders,
            register=None if self.register is None else _renamed(self.register, names),
            profiles=None if self.profiles is None else _entered(self.profiles, names),
            nao=into if self.nao in names else self.nao,
            gone=(*self.gone, *(part for part in parts if part != into)),
        )


def _joined(table: pd.DataFrame, group: pd.Index) -> pd.DataFrame:
    """Return one row per group: the largest value, but NaN where that is 0 and one is unknown."""
    by = table.groupby(group, sort=False)
    largest = by.max()
    unknown = table.isna().groupby(group, sort=False).any()
    return largest.mask((largest.fillna(0) == 0) & unknown)


def _entered(profiles: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the profiles with who came in at a part coming in at the whole."""
    return profiles.assign(entry=profiles["entry"].map(lambda one: names.get(one, one)))


def _without(register: pd.DataFrame, left: set[str]) -> pd.DataFrame:
    """Return the register less what needs a party that left: two must remain, or it is for all."""
    parties = register["parties"].map(listed)
    return register[parties.map(lambda row: EVERYBODY in row or len({*row} - left) > 1)]


def _renamed(register: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the register with merged parties renamed, less what they agreed among themselves."""
    table = register.copy()
    for column in table.columns.intersection(["parties", "signed_by", "obliged", "benefits"]):
        lists = table[column].map(lambda cell: [names.get(one, one) for one in listed(cell)])
        table[column] = lists.map(lambda row: "; ".join(dict.fromkeys(row)))
    several = table["parties"].map(lambda cell: len(listed(cell)) > 1 or cell == EVERYBODY)
    return table[several]
