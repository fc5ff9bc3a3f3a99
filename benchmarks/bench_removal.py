"""Removal of every organization, from arrays of ties, against taking out one by one with igraph."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.bench_holes import anew, graph_of
from benchmarks.networks import Drawn, drawn
from benchmarks.timing import Limit, Race, in_turn, race
from orgnet_analytics import OrgNetwork
from orgnet_analytics.measures import removal

SIZES = {300: 2_200, 1_000: 7_300, 3_000: 22_000}


def rows() -> Iterator[Race | Limit]:
    """Yield a race per size, and what all pairs take."""
    for n, ties in SIZES.items():
        made = drawn(n, ties)
        base = OrgNetwork(made.actors, made.ties)
        yield from _every_actor(base, made)
        if n == 1_000:
            yield _every_pair(base, made)


def _every_pair(base: OrgNetwork, made: Drawn) -> Limit:
    seconds = in_turn({"pairs": lambda: removal.pair_losses(anew(base, made))}, rounds=1)
    return Limit("removal of every pair", f"{made.n:,}", seconds["pairs"].iloc[0], "seconds", 30)


def _every_actor(base: OrgNetwork, made: Drawn) -> list[Race]:
    ours = removal.losses(base)[["components", "largest"]].to_numpy(dtype=int).tolist()
    assert ours == [list(pair) for pair in _loop(made)]
    return race(
        "removal of every actor",
        f"{made.n:,}",
        lambda: removal.losses(anew(base, made)),
        {"igraph, one by one": (lambda: _loop(made), 40 if made.n <= 1_000 else None)},
        rounds=9 if made.n == 300 else 3,
        calls=10 if made.n == 300 else 1,
    )


def _loop(made: Drawn) -> list[tuple[int, int]]:
    whole, found = graph_of(made).as_undirected(), []
    for actor in range(made.n):
        left = whole.copy()
        left.delete_vertices(actor)
        sizes = left.connected_components().sizes()
        found.append((len(sizes), max(sizes)))
    return found
