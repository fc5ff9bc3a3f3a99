"""Every reading over many networks in one call, and two workers against one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter
from typing import Any

from benchmarks.networks import drawn
from benchmarks.timing import Limit, Race, in_turn
from orgnet_analytics import (
    OrgNetwork,
    compare,
    governance,
    lifecycle,
    relations,
    resilience,
    structure,
)

ACTORS, DRAWS, WAVES, MANY, ALL = 40, 140, 3, 100, 1_000
QUESTIONS: dict[str, Callable[[Any], Any]] = {
    "governance.detect": governance.detect,
    "structure.read": structure.read,
    "relations.read": partial(relations.read, by="kind"),
    "resilience.read": partial(resilience.read, seed=1),
}


def network(seed: int) -> OrgNetwork:
    """Draw one network of 40 organizations."""
    made = drawn(ACTORS, DRAWS, seed=seed)
    return OrgNetwork(made.actors, made.ties)


def rows() -> Iterator[Limit | Race]:
    """Yield what each reading takes of a hundred networks, and what a second worker brings by the clock."""
    nets = {seed: network(seed) for seed in range(ALL)}
    few = {seed: nets[seed] for seed in range(MANY)}
    size = f"{MANY} networks of {ACTORS}"
    for name, question in QUESTIONS.items():
        yield Limit(name, size, _seconds(question, few), "seconds")
    waves = {one: {at: nets[one + at] for at in range(WAVES)} for one in few}
    lives = f"{MANY} networks of {ACTORS}, {WAVES} waves"
    yield Limit("lifecycle.classify", lives, _seconds(lifecycle.classify, waves), "seconds")
    one, two = (_clock(nets, workers) for workers in (1, 2))
    size = f"{ALL:,} networks of {ACTORS}, by the clock"
    yield Race("governance.detect with two workers", size, "one worker", two, one)


def _seconds(question: Callable[[Any], Any], asked: dict[int, Any]) -> float:
    return float(in_turn({"ours": partial(compare, question, asked)}, rounds=1)["ours"].median())


def _clock(nets: dict[int, OrgNetwork], workers: int) -> float:
    start = perf_counter()
    compare(governance.detect, nets, workers=workers)
    return perf_counter() - start
