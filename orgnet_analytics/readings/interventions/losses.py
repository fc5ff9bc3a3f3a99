"""Who loses by a step: organizations their partners, reach or brokerage; needs their holders."""

from __future__ import annotations

import pandas as pd

from orgnet_analytics.readings.interventions.situation import Situation
from orgnet_analytics.readings.interventions.standing import Asked, stakes

LOSERS = ["step", "who", "loses", "before", "after"]


def losers(path: list[Situation], names: list[str], asked: Asked, limit: float) -> pd.DataFrame:
    """Return a row per loss: at which step, who, of what, before and after."""
    rows: list[tuple[str, str, str, float, float]] = []
    for name, before, after in zip(names, path, path[1:], strict=False):
        stay = before.actors.index.intersection(after.actors.index)
        was, now = stakes(before, asked, stay), stakes(after, asked, stay)
        for what in was.columns:
            both = pd.DataFrame({"was": was[what], "now": now[what].reindex(was.index)})
            lost = both[(both["was"] > 0) & (both["now"] < both["was"] * (1 - limit))]
            rows += [(name, who, what, row.was, row.now) for who, row in lost.iterrows()]
        gone = was.index.difference(now.index)
        rows += [(name, who, "its place in the network", 1.0, 0.0) for who in gone]
        rows += _needs_lost(name, before, after)
    return pd.DataFrame(rows, columns=LOSERS)


def _needs_lost(
    name: str, before: Situation, after: Situation
) -> list[tuple[str, str, str, float, float]]:
    if before.holders is None or after.holders is None:
        return []
    was, now = (before.holders > 0).sum(), (after.holders > 0).sum()
    return [
        (name, str(need), "holders", float(was[need]), float(now[need]))
        for need in was.index[now < was]
    ]
