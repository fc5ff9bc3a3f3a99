"""Every reading over many networks in one call: seconds per thousand, and two workers against one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from benchmarks.networks import drawn
from benchmarks.timing import against, in_turn
from orgnet_analytics import (
    OrgNetwork,
    compare,
    governance,
    lifecycle,
    relations,
    resilience,
    structure,
)

ACTORS, DRAWS, WAVES = 40, 140, 3
QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "governance.detect": governance.detect,
    "structure.read": structure.read,
    "relations.read": partial(relations.read, by="kind"),
    "resilience.read": partial(resilience.read, seed=1),
    "lifecycle.classify, 3 waves": lifecycle.classify,
}


def network(seed: int) -> OrgNetwork:
    made = drawn(ACTORS, DRAWS, seed=seed)
    return OrgNetwork(made.actors, made.ties)


def rows(quick: bool) -> pd.DataFrame:
    """Return one row per reading."""
    count = 60 if quick else 1_000
    nets = {seed: network(seed) for seed in range(count)}
    waves = {one: {at: nets[(one + at) % count] for at in range(WAVES)} for one in nets}
    return pd.DataFrame.from_dict(
        {name: _row(name, waves if "waves" in name else nets) for name in QUESTIONS}, orient="index"
    )


def _row(name: str, asked: dict[int, Any]) -> dict[str, float]:
    work = {
        workers: partial(compare, QUESTIONS[name], asked, workers=workers) for workers in (1, 2)
    }
    named = {f"{workers} workers": one for workers, one in work.items()}
    seconds = in_turn(named, rounds=1)
    each = seconds["1 workers"].median() / len(asked)
    return {
        "networks": len(asked),
        "seconds per 1,000": round(1_000 * each, 1),
        "two workers / one": round(against("2 workers", "1 workers", seconds), 2),
    }
