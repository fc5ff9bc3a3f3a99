"""Tests of chance: QAP, MRQAP and CUG against R's sna, 1,000 draws."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import in_r
from benchmarks.networks import drawn
from benchmarks.timing import Race, in_turn
from orgnet_analytics import OrgNetwork, closure, inference

# Actors: ties to draw, and how many draws sna gets (scaled to 1,000) for QAP and CUG, and for MRQAP.
SIZES = {30: (100, 1_000, 100), 100: (640, 1_000, 20), 300: (2_200, 100, 4)}
QAP = {30: 80, 100: 80, 300: 400}
SNA = """
g <- lapply(1:4, function(i) as.matrix(read.csv(file.path(folder, paste0(i, ".csv")), row.names = 1)))
r <- as.integer(readLines(file.path(folder, "draws.txt"))); b <- (g[[1]] > 0) + 0
told(function() qaptest(list(g[[1]], g[[2]]), gcor, g1 = 1, g2 = 2, reps = r[1]))
told(function() netlm(g[[1]], g[2:4], nullhyp = "qapspp", reps = r[2]))
told(function() netlm(g[[1]], g[2:4], nullhyp = "qapspp", reps = 2 * r[2]))
told(function() cug.test(b, gtrans, cmode = "edges", reps = r[1]))
"""


def rows() -> Iterator[Race]:
    """Yield three races per size."""
    if not in_r.has("sna"):
        return
    for n in SIZES:
        yield from _against_sna(n)


def _against_sna(n: int) -> list[Race]:
    ties, draws, fits = SIZES[n]
    nets = [drawn(n, ties, seed=seed) for seed in range(4)]
    first, *others = (OrgNetwork(made.actors, made.ties) for made in nets)
    explaining = dict(zip("abc", others, strict=True))
    qap, some, twice, cug = _sna([first, *others], draws, fits)
    ask = {"permutations": 1_000, "seed": 1}
    ours = in_turn(
        {
            "QAP": lambda: inference.qap_correlation(first, others[0], **ask),
            "MRQAP": lambda: inference.mrqap(first, explaining, **ask),
            "CUG": lambda: inference.cug(first, closure.net_transitivity, draws=1_000, seed=1),
        },
        rounds=3,
    ).median()
    # netlm without its fixed cost: the difference between two numbers of draws.
    fit, draw = (twice - some) / fits * 1_000, 1_000 / draws
    return [
        Race("QAP correlation", f"{n}", "sna qaptest", ours["QAP"], qap * draw, QAP[n]),
        Race("MRQAP, three predictors", f"{n}", "sna netlm", ours["MRQAP"], fit, 200),
        Race("CUG of transitivity", f"{n}", "sna cug.test", ours["CUG"], cug * draw, 6),
    ]


def _sna(nets: list[OrgNetwork], draws: int, fits: int) -> list[float]:
    with tempfile.TemporaryDirectory() as folder:
        for place, net in enumerate(nets, 1):
            net.to_matrix().to_csv(Path(folder) / f"{place}.csv")
        (Path(folder) / "draws.txt").write_text(f"{draws}\n{fits}\n", encoding="utf-8")
        _must_agree(nets)
        return in_r.seconds(SNA, folder)


def _must_agree(nets: list[OrgNetwork]) -> None:
    """Hold the correlation to numpy's over the dyads."""
    one, other = (net.to_matrix().to_numpy()[~np.eye(len(net), dtype=bool)] for net in nets[:2])
    ours = inference.qap_correlation(nets[0], nets[1], permutations=1, seed=1).estimate
    np.testing.assert_allclose(ours, pd.Series(one).corr(pd.Series(other)), rtol=1e-10)
