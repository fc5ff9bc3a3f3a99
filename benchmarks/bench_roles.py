"""Brokerage roles with expectation, spread and z, from the table of ties to the table, against R's sna."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import in_r
from benchmarks.networks import SIZES, Drawn, drawn
from benchmarks.timing import Race, in_turn
from orgnet_analytics import OrgNetwork, brokerage

GOALS = {"300": 4, "3,000": 10, "30,000": 30, "30,000 with hubs": 40}
# Self-ties and parallel ties are none here; sna would count them in its density.
SNA = """
t <- read.csv(file.path(folder, "ties.csv")); k <- read.csv(file.path(folder, "kinds.csv"))
told(function() {
  e <- cbind(match(t$source, k$actor), match(t$target, k$actor), 1); attr(e, "n") <- nrow(k)
  b <- brokerage(e, k$kind)
  found <<- data.frame(k$actor, b$raw.nli, b$exp.nli, b$sd.nli, b$z.nli) })
write.csv(found, file.path(folder, "found.csv"), row.names = FALSE)
"""


def rows() -> Iterator[Race]:
    """Yield a race per size."""
    if not in_r.has("sna"):
        return
    yield from (_against_sna(label, goal) for label, goal in {"30": None, **GOALS}.items())


def _against_sna(label: str, goal: float | None) -> Race:
    made = drawn(**SIZES[label])
    actors, ties = made.actors, made.ties
    runs, turns = (40, 5) if made.n <= 300 else (2, 3) if made.n <= 3_000 else (1, 1)
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for _ in range(turns):
            theirs = _sna(made, ties, Path(folder), runs)
            ours = in_turn({"ours": lambda: with_z(actors, ties)}, rounds=max(runs, 3))
            pairs.append((ours["ours"].mean(), theirs))
        _must_agree(actors, ties, Path(folder))
    ours, theirs = sorted(pairs, key=lambda pair: pair[1] / pair[0])[turns // 2]
    return Race("roles with z", label, "sna", ours, theirs, goal)


def with_z(actors: pd.DataFrame, ties: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    net = OrgNetwork(actors, ties)
    return brokerage.roles(net, by="kind"), brokerage.role_expectations(net, by="kind")


def _sna(made: Drawn, ties: pd.DataFrame, folder: Path, runs: int) -> float:
    ties.to_csv(folder / "ties.csv", index=False)
    made.actors.rename_axis("actor").to_csv(folder / "kinds.csv")
    return in_r.seconds(SNA, folder, runs)[0]


def _must_agree(actors: pd.DataFrame, ties: pd.DataFrame, folder: Path) -> None:
    theirs = pd.read_csv(folder / "found.csv", index_col=0).to_numpy()
    roles, chance = with_z(actors, ties)
    assert (theirs[:, :6] == roles.to_numpy()).all()
    np.testing.assert_allclose(theirs[:, 6:], chance.to_numpy(), rtol=1e-8, atol=1e-8)
