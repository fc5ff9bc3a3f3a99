"""What is seen of the structure of a network: its core, its camps, and what chance would make of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from orgnet_analytics.inference import Test, cug
from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures import centrality, closure, cohesion, positions
from orgnet_analytics.measures.core_periphery import leading_fit
from orgnet_analytics.measures.removal import losses
from orgnet_analytics.measures.underlying import underlying
from orgnet_analytics.network import IntArray, OrgNetwork
from orgnet_analytics.readings.given import LARGEST_CORE
from orgnet_analytics.readings.structure.block_roles import block_roles
from orgnet_analytics.response import symmetrize

Measures = dict[str, float]


def camp_of(net: OrgNetwork) -> pd.Series:
    """Return the camp of every actor, numbered from large to small: the split with most ties within.

    Fast greedy search for the largest modularity (Clauset, Newman and Moore 2004, as igraph has it); an actor
    without ties is a camp of its own.
    """
    graph = underlying(net)
    camps = _camps(graph) if graph.ecount() else np.arange(1, len(net) + 1)
    return net.per_actor(camps, "camp")


def _camps(graph: igraph.Graph) -> IntArray:
    parts = sorted(
        graph.community_fastgreedy().as_clustering(), key=lambda part: (-len(part), part[0])
    )
    camps = np.zeros(graph.vcount(), dtype=np.int64)
    for number, part in enumerate(parts, start=1):
        camps[part] = number
    return camps


def camp_split(net: OrgNetwork) -> float:
    """Return the modularity of the camps: how far ties keep within them, above what partners would give.

    Examples
    --------
    >>> ties = pd.DataFrame({"source": [*"aabddec"], "target": [*"bccefff"]})
    >>> round(camp_split(OrgNetwork.from_ties(ties)), 3)
    0.357
    """
    graph = underlying(net)
    return float(graph.modularity(_camps(graph).tolist())) if graph.ecount() else float("nan")


@dataclass(frozen=True)
class Seen:
    """A network of one relation, and what its reading looks at."""

    ties: OrgNetwork
    draws: int
    seed: int

    @cached_property
    def plain(self) -> OrgNetwork:
        """The network without direction."""
        return symmetrize(self.ties)

    @cached_property
    def core(self) -> cohesion.CorePeriphery:
        """The core, where the network is not too large to look for it."""
        if len(self.plain) > LARGEST_CORE:
            nobody = self.plain.per_actor(np.zeros(len(self.plain), dtype=bool), "core")
            return cohesion.CorePeriphery(nobody)
        return cohesion.core_periphery(self.plain)

    @cached_property
    def tests(self) -> dict[str, Test]:
        """Core, camps and transitivity against random networks of the same density."""
        measures = {
            "core": leading_fit,
            "camps": camp_split,
            "transitivity": closure.net_transitivity,
        }
        if len(self.plain) > LARGEST_CORE:
            return {}
        return {
            name: cug(self.plain, measure, given="density", draws=self.draws, seed=self.seed)
            for name, measure in measures.items()
        }

    @cached_property
    def blocks(self) -> positions.BlockModel:
        """The blocks of organizations with the same pattern of ties."""
        return positions.concor(self.ties)

    @cached_property
    def roles(self) -> pd.DataFrame:
        """The role of each block."""
        return block_roles(self.ties, self.blocks)

    @cached_property
    def actors(self) -> pd.DataFrame:
        """One row per actor: where it stands."""
        partners = centrality.degree(self.plain)
        place = np.where(self.core.core, "core", "periphery")
        return pd.DataFrame(
            {
                "partners": partners,
                "place": np.where(partners == 0, "isolate", place),
                "camp": camp_of(self.plain),
                "block": self.blocks.partition,
                "role": self.blocks.partition.map(self.roles["role"]),
                "cutpoint": cohesion.is_cutpoint(self.plain),
                "cuts_off": losses(self.plain)["cut_off"],
            }
        )

    @cached_property
    def bridges(self) -> pd.DataFrame:
        """The links that alone hold two parts together."""
        known = self.plain.known
        return known.loc[cohesion.tie_is_bridge(self.plain), ["source", "target"]].reset_index(
            drop=True
        )

    def values(self) -> Measures:
        """Return every number the forms are told by."""
        links = self.actors["partners"].nlargest(2)
        count, core = len(self.plain.known), self.core
        return {
            "fragmentation": cohesion.net_fragmentation(self.plain),
            "centralization": cohesion.net_centralization(self.plain),
            "coverage": float(links.iloc[0] / (len(self.plain) - 1)),
            "lead_over_second": float(links.iloc[0] / links.iloc[1]) if links.iloc[1] else np.nan,
            "core_fit": core.fit,
            "core_share": float(core.core.mean()) if core.core.any() else np.nan,
            "core_p": self.chance("core"),
            "camp_split": camp_split(self.plain),
            "camps_p": self.chance("camps"),
            "bridges": len(self.bridges) / count if count else np.nan,
        }

    def chance(self, name: str) -> float:
        """Return how often chance gives as much; always where there is nothing to find, as in a clique."""
        if name not in self.tests:
            return np.nan
        test = self.tests[name]
        return 1.0 if np.isnan(test.estimate) else test.greater
