"""Write the networks that R is asked about: every odd shape, and random ones of each kind. Seeded."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent


def plain(name, n, ties, directed=True, kinds=1):
    ties = [(*tie, 1) if len(tie) == 2 else tie for tie in ties]
    return name, n, ties, directed, [i % kinds for i in range(n)]


def randomly(name, seed, n, density, directed=True, kinds=3, weighted=False):
    rng = np.random.default_rng(seed)
    pairs = [(i, j) for i in range(n) for j in range(n) if (i != j if directed else i < j)]
    chosen = [pair for pair in pairs if rng.random() < density]
    ties = [(i, j, int(rng.integers(1, 6)) if weighted else 1) for i, j in chosen]
    return plain(name, n, ties, directed, kinds)


def networks():
    ring = [(i, (i + 1) % 6) for i in range(6)]
    everyone = [(i, j) for i in range(5) for j in range(5) if i != j]
    yield plain("one actor", 1, [])
    yield plain("two actors, no tie", 2, [])
    yield plain("two actors, one tie", 2, [(0, 1)])
    yield plain("two actors, mutual", 2, [(0, 1), (1, 0)])
    yield plain("five isolates", 5, [], kinds=2)
    yield plain("one tie and isolates", 6, [(0, 1)], kinds=2)
    yield plain("complete", 5, everyone, kinds=2)
    yield plain(
        "complete, no direction", 5, list(combinations(range(5), 2)), directed=False, kinds=2
    )
    yield plain("star out", 6, [(0, i) for i in range(1, 6)], kinds=2)
    yield plain("star in", 6, [(i, 0) for i in range(1, 6)], kinds=2)
    yield plain("star, no direction", 6, [(0, i) for i in range(1, 6)], directed=False, kinds=2)
    yield plain("path", 6, [(i, i + 1) for i in range(5)], kinds=2)
    yield plain("path, no direction", 6, [(i, i + 1) for i in range(5)], directed=False, kinds=3)
    yield plain("ring", 6, ring, kinds=3)
    yield plain("ring, no direction", 6, ring, directed=False, kinds=2)
    yield plain("two triangles apart", 6, [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3)], kinds=2)
    yield plain(
        "bow tie", 5, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 2)], directed=False, kinds=2
    )
    yield plain("tree", 7, [(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)], kinds=3)
    yield plain("tournament", 5, list(combinations(range(5), 2)), kinds=2)
    yield plain("mutual only", 6, [t for i, j in ring for t in ((i, j), (j, i))], kinds=2)
    for seed, density in enumerate((0.05, 0.15, 0.3, 0.6)):
        yield randomly(f"directed {density}", seed, 15, density)
        yield randomly(f"no direction {density}", 10 + seed, 15, density, directed=False)
        yield randomly(f"weighted {density}", 20 + seed, 15, density, weighted=True)
        yield randomly(f"weighted, no direction {density}", 30 + seed, 15, density, False, 4, True)
    yield randomly("one group", 40, 20, 0.2, kinds=1)
    yield randomly("forty groups", 41, 60, 0.08, kinds=40)
    yield randomly("all alone in their group", 42, 12, 0.3, kinds=12)
    yield randomly("sixty actors", 43, 60, 0.1, kinds=5)


if __name__ == "__main__":
    ties, actors = [], []
    for name, n, rows, directed, kinds in networks():
        ties += [(name, i, j, w) for i, j, w in rows]
        actors += [(name, directed, i, kind) for i, kind in zip(range(n), kinds, strict=True)]
    pd.DataFrame(ties, columns=["network", "source", "target", "weight"]).to_csv(
        HERE / "ties.csv", index=False
    )
    pd.DataFrame(actors, columns=["network", "directed", "actor", "kind"]).to_csv(
        HERE / "actors.csv", index=False
    )
