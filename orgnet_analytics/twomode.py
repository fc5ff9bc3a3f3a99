"""TwoModeNetwork: organizations by what they take part in, hold or serve."""

from __future__ import annotations

import html
import warnings
from dataclasses import InitVar, dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.frames import OwnFrame, checked_actors, checked_cells, checked_ties, coded
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.network import Arcs, Duplicates, OrgNetwork

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, eq=False, repr=False)
class TwoModeNetwork:
    """Organizations and the domains, needs, projects or meetings they belong to.

    Parameters
    ----------
    actors, events : pandas.DataFrame
        One row per organization and per event; the index holds the ids. No id may stand on both sides.
    ties : pandas.DataFrame
        Columns ``actor`` and ``event``; ``weight`` is reserved (1 where absent, NaN is unknown, 0 is a
        plain "no" of an actor that did not answer).
    name : str
        What the network is called wherever it is shown.
    notes : tuple of str
        What was set aside or assumed on the way.

    Raises
    ------
    DataError
        Listing every problem at once.

    Examples
    --------
    >>> import pandas as pd
    >>> ties = pd.DataFrame({"actor": ["clinic", "clinic", "homes"], "event": ["health", "work", "housing"]})
    >>> TwoModeNetwork.from_ties(ties)
    <TwoModeNetwork: 2 actors, 3 events, 3 memberships>
    """

    actors: pd.DataFrame = OwnFrame()
    events: pd.DataFrame = OwnFrame()
    ties: pd.DataFrame = OwnFrame()
    name: str = ""
    notes: tuple[str, ...] = ()
    duplicates: InitVar[Duplicates] = field(default="error", kw_only=True)

    def __post_init__(self, duplicates: Duplicates) -> None:
        actors, found = checked_actors(self.actors, "actors")
        events, more = checked_actors(self.events, "events")
        found += more
        found += [
            Issue("events", "the id stands among the actors too", column="index", value=i)
            for i in events.index.intersection(actors.index)
        ]
        ties = checked_ties(
            self.ties, actors, events, duplicates=duplicates, ends=("actor", "event")
        )
        if found or ties.found:
            raise DataError([*found, *ties.found])
        object.__setattr__(self, "actors", actors)
        object.__setattr__(self, "events", events)
        object.__setattr__(self, "ties", ties.table)
        object.__setattr__(self, "notes", tuple(self.notes))

    @classmethod
    def from_ties(
        cls,
        ties: pd.DataFrame,
        actors: pd.DataFrame | None = None,
        events: pd.DataFrame | None = None,
        *,
        name: str = "",
        duplicates: Duplicates = "error",
    ) -> TwoModeNetwork:
        """Build the network from a table of memberships; without tables, the names in it are used."""
        sides = {"actor": actors, "event": events}
        for end, table in sides.items():
            if table is None:
                ties, names = coded(ties, end)
                sides[end] = pd.DataFrame(index=names)
        return cls(sides["actor"], sides["event"], ties, name, duplicates=duplicates)

    @classmethod
    def from_matrix(cls, matrix: pd.DataFrame, *, name: str = "") -> TwoModeNetwork:
        """Build the network from an incidence table: rows are actors, 0 is no tie, NaN is unknown."""
        cells, found = checked_cells(matrix)
        if found:
            raise DataError(found)
        rows, columns = np.nonzero(~(cells == 0))
        ties = pd.DataFrame(
            {
                "actor": matrix.index[rows],
                "event": matrix.columns[columns],
                "weight": cells[rows, columns],
            }
        )
        actors = pd.DataFrame(index=pd.Index(matrix.index, name=None))
        return cls(actors, pd.DataFrame(index=pd.Index(matrix.columns, name=None)), ties, name)

    @property
    def known(self) -> pd.DataFrame:
        """The rows of ``ties`` that are memberships: weight above 0."""
        ties = self.ties
        return ties[ties["weight"] > 0]

    @cached_property
    def arcs(self) -> Arcs:
        """The known memberships as positions: source in ``actors``, target in ``events``."""
        known = self.known
        return Arcs(
            self.actors.index.get_indexer(known["actor"]).astype(np.int64),
            self.events.index.get_indexer(known["event"]).astype(np.int64),
            known["weight"].to_numpy(dtype=float),
        )

    @cached_property
    def graph(self) -> igraph.Graph:
        """The bipartite igraph graph: first the actors (``type`` False), then the events."""
        n, (source, target, weight) = len(self.actors), self.arcs
        edges = zip(source.tolist(), (target + n).tolist(), strict=True)
        graph = igraph.Graph(n=n + len(self.events), edges=edges)
        graph.vs["type"] = [False] * n + [True] * len(self.events)
        graph.es["weight"] = weight.tolist()
        return graph

    @property
    def unknown(self) -> pd.DataFrame:
        """The memberships nobody reported on: columns ``actor, event``."""
        matrix = self.to_matrix()
        rows, columns = np.nonzero(matrix.isna().to_numpy())
        return pd.DataFrame({"actor": matrix.index[rows], "event": matrix.columns[columns]})

    def to_matrix(self) -> pd.DataFrame:
        """Return the incidence table, actors by events: 0 is no tie, NaN is unknown."""
        actors, events, ties = self.actors, self.events, self.ties
        cells = np.zeros((len(actors), len(events)))
        if "responded" in actors:
            cells[~actors["responded"].to_numpy(dtype=bool)] = np.nan
        rows, columns = (
            actors.index.get_indexer(ties["actor"]),
            events.index.get_indexer(ties["event"]),
        )
        cells[rows, columns] = ties["weight"]
        return pd.DataFrame(cells, index=actors.index, columns=events.index)

    def to_networkx(self) -> nx.Graph[Any]:
        """Return a networkx graph; node attribute ``bipartite`` is 0 for actors, 1 for events."""
        import networkx as nx

        graph: nx.Graph[Any] = nx.Graph(name=self.name)
        for side, table in enumerate((self.actors, self.events)):
            for key, row in zip(table.index, table.to_dict("records"), strict=True):
                graph.add_node(key, **row, bipartite=side)
        graph.add_edges_from(
            (row.pop("actor"), row.pop("event"), row) for row in self.known.to_dict("records")
        )
        return graph

    def project(self, side: Literal["actors", "events"] = "actors") -> OrgNetwork:
        """Return the undirected network of actors that share events; weight counts the shared ones.

        Pairs that may share an event nobody reported on are unknown unless they share a known one.

        Examples
        --------
        >>> import pandas as pd
        >>> ties = pd.DataFrame({"actor": ["a", "b", "b"], "event": ["x", "x", "y"]})
        >>> TwoModeNetwork.from_ties(ties).project("actors").ties["weight"].tolist()
        [1.0]
        """
        if side not in ("actors", "events"):
            raise DataError(Issue("project", "side is 'actors' or 'events'", value=side))
        matrix = self.to_matrix()
        table = self.actors if side == "actors" else self.events
        cells = matrix.to_numpy() if side == "actors" else matrix.to_numpy().T
        known = np.nan_to_num(cells) > 0
        possible = (np.isnan(cells) | known).astype(float)
        shared = known.astype(float) @ known.T.astype(float)
        shared[(shared == 0) & (possible @ possible.T > 0)] = np.nan
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            net = OrgNetwork.from_matrix(
                shared, table.drop(columns="responded", errors="ignore"), directed=False
            )
        return OrgNetwork(net.actors, net.ties, directed=False, name=self.name, notes=self.notes)

    def __len__(self) -> int:
        return len(self.actors)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TwoModeNetwork):
            return NotImplemented
        frames = ("actors", "events", "ties")
        same = (self.name, self.notes) == (other.name, other.notes)
        return same and all(getattr(self, f).equals(getattr(other, f)) for f in frames)

    __hash__ = None  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        frames = {key: getattr(self, key).copy() for key in ("actors", "events", "ties")}
        return frames | {"name": self.name, "notes": self.notes}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for key, value in state.items():
            object.__setattr__(self, key, value)

    @property
    def summary(self) -> str:
        """The network in one line: actors, events, memberships, response."""
        text = f"{len(self.actors):,} actors, {len(self.events):,} events"
        text += f", {len(self.known):,} memberships"
        if "responded" in self.actors:
            text += f"; {int(self.actors['responded'].sum())} of {len(self.actors)} responded"
        return text

    def __repr__(self) -> str:
        title = f" {self.name!r}" if self.name else ""
        return f"<TwoModeNetwork{title}: {self.summary}>"

    def _repr_html_(self) -> str:
        title = html.escape(self.name or "TwoModeNetwork")
        return f"<p><b>{title}</b><br>{html.escape(self.summary)}</p>"
