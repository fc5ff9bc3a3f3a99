"""How a network stands: the few numbers that tell whether it holds without some of its members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.light_igraph import igraph
from orgnet_analytics.measures.block_cuts import left_by_each
from orgnet_analytics.network import FloatArray
from orgnet_analytics.progress import watched
from orgnet_analytics.readings.reading import UNDETERMINED
from orgnet_analytics.readings.resilience.hubs import most_linked, through
from orgnet_analytics.readings.resilience.links import Links
from orgnet_analytics.readings.resilience.removal_curves import (
    TARGETED,
    connected_share,
    counts,
    course,
)

ROBUST, FEW, FRAGILE = "robust", "depends on a few", "fragile"
STRUCTURE = ("connected", "worst_loss", "targeted", "detour")
TIE_BREAKS = 20


def headline(
    graph: igraph.Graph, lost: float, rng: np.random.Generator, draws: int = 1
) -> pd.Series:
    """Return the numbers that rest on the links alone.

    ``connected`` is the share of pairs that can reach each other; ``worst_loss`` the largest share of pairs
    of others that the loss of one actor parts; ``targeted`` the share still connected among those who stay
    when the share ``lost`` has left, the most linked first; ``detour`` the share of pairs of others that
    without the hub have a longer way or none.
    """
    n = graph.vcount()
    left = left_by_each(graph)
    parted = (left.size - 1) * (left.size - 2) // 2 - left.pairs
    gone = counts(n, lost)
    ends = [course(graph, gone, TARGETED["targeted"], rng)[0][-1] for _ in range(draws)]
    values = [
        connected_share(graph),
        parted.max() / ((n - 1) * (n - 2) / 2),
        float(np.mean(ends)),
        through(graph, most_linked(graph))["detour"],
    ]
    return pd.Series(values, index=list(STRUCTURE), dtype=float)


def fillings(
    links: Links, odds: FloatArray, lost: float, draws: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Return the headline numbers with each unknown dyad a tie as often as ``odds`` says, a row per draw."""
    rows = [
        headline(links.filled(rng.random(len(links.gaps)) < odds), lost, rng)
        for _ in watched(range(draws), "unknown dyads")
    ]
    return pd.DataFrame(rows)


@dataclass(frozen=True)
class Sign:
    """One thing that was looked at: its value, what it says, and how bad that is (0, 1, 2; None: neither)."""

    indicator: str
    value: float
    reading: str
    bad: int | None


def structure_signs(
    seen: Mapping[str, float], limits: Mapping[str, float], spans: Mapping[str, str] | None = None
) -> list[Sign]:
    """Return what the headline numbers say; ``spans`` adds what the unknown dyads leave open."""
    worst, targeted, detour = (seen[name] for name in ("worst_loss", "targeted", "detour"))
    few, most = limits["loss_few"], limits["loss_fragile"]
    low, lowest = limits["targeted_few"], limits["targeted_fragile"]
    lost = f"{limits['lost']:.0%} has left, the most linked first"
    rows: list[tuple[str, str, int | None]] = [
        ("connected", f"{seen['connected']:.0%} of all pairs can reach each other now", None),
        ("worst_loss", f"{worst:.0%} of the pairs part when one actor leaves",
         int(worst >= few) + int(worst >= most)),
        ("targeted", f"{targeted:.0%} of the pairs can still reach each other when {lost}",
         int(targeted < low) + int(targeted < lowest)),
        ("detour", f"{detour:.0%} of the pairs go a longer way, or none, without the hub",
         int(detour >= limits["detour"])),
    ]  # fmt: skip
    return [
        Sign(name, float(seen[name]), said + (spans or {}).get(name, ""), bad)
        for name, said, bad in rows
    ]


def verdict(signs: list[Sign]) -> str:
    """Return the verdict that the worst of the signs gives."""
    return (ROBUST, FEW, FRAGILE)[max(sign.bad or 0 for sign in signs)]


def likeliest(
    drawn: pd.DataFrame, others: list[Sign], limits: Mapping[str, float]
) -> tuple[str, float]:
    """Return the verdict that most ways to fill the unknown dyads give, and in which share of them."""
    said = pd.Series(
        [verdict([*structure_signs(row, limits), *others]) for row in drawn.to_dict("records")]
    )
    shares = said.value_counts(normalize=True)
    return str(shares.index[0]), float(shares.iloc[0])


def agreement(sign: Sign, said: str) -> bool | None:
    """Return whether a sign supports the verdict; missing where it does neither, or there is none."""
    if said == UNDETERMINED or sign.bad is None:
        return None
    return sign.bad == 0 if said == ROBUST else sign.bad > 0
