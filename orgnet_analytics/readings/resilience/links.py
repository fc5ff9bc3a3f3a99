"""The plain links of a network, known and possible: what counts where organizations fall away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import IntArray, OrgNetwork
from orgnet_analytics.response import symmetrize


@dataclass(frozen=True, eq=False)
class Links:
    """Who is linked to whom, in either direction, and between whom that is unknown.

    Attributes
    ----------
    ids : pandas.Index
        The organizations.
    graph : igraph.Graph
        The known links, vertices in the order of ``ids``.
    gaps : numpy.ndarray
        The pairs that may be linked: two positions per row.
    """

    ids: pd.Index
    graph: igraph.Graph
    gaps: IntArray

    @classmethod
    def of(cls, net: OrgNetwork) -> Links:
        """Return the links of a network of one relation."""
        plain = symmetrize(net)
        return cls(net.actors.index, underlying(plain), _places(plain.unknown, net.actors.index))

    @classmethod
    def among(cls, net: OrgNetwork, relations: Iterable[str]) -> Links:
        """Return the links in any of these relations."""
        parts = [cls.of(net.relation(kind)) for kind in relations]
        graph = igraph.Graph(n=len(net))
        for part in parts:
            graph.add_edges(part.graph.get_edgelist())
        gaps = [part.gaps for part in parts]
        return cls(net.actors.index, graph.simplify(), np.concatenate([_nothing(), *gaps]))

    @cached_property
    def full(self) -> igraph.Graph:
        """The graph with every gap made a link."""
        return self.filled(np.ones(len(self.gaps), dtype=bool))

    def filled(self, ties: NDArray[np.bool_]) -> igraph.Graph:
        """Return the graph with those of the gaps that are marked made links."""
        made = self.graph.copy()
        made.add_edges(self.gaps[ties].tolist())
        return made


def _nothing() -> IntArray:
    return np.empty((0, 2), dtype=np.int64)


def _places(gaps: pd.DataFrame, ids: pd.Index) -> IntArray:
    return np.column_stack([ids.get_indexer(gaps[end]) for end in ("source", "target")]).astype(
        np.int64
    )
