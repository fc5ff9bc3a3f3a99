"""What the tests of the cases share: a case with its folder, and the story it was drawn from."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture(scope="session")
def drawn() -> Callable[[str], dict[int, Any]]:
    """Return what draws the waves of a case anew, from its story."""

    def draw(name: str) -> dict[int, Any]:
        with pytest.MonkeyPatch.context() as patch:
            patch.syspath_prepend(str(DATA))
            return runpy.run_path(str(DATA / name / "story.py"))["waves"]()

    return draw


@pytest.fixture(scope="session")
def measured() -> Callable[[dict[int, OrgNetwork]], pd.DataFrame]:
    """Return what works out the figures of CALIBRATION.md by networkx, on one relation."""
    return _measured


def _measured(waves: dict[int, OrgNetwork]) -> pd.DataFrame:
    rows, before = {}, None
    for year, net in waves.items():
        unknown, pairs = len(net.unknown), len(net) * (len(net) - 1)
        directed = net.to_networkx()
        plain = directed.to_undirected()
        degrees = [degree for _, degree in plain.degree()]
        spread = sum(max(degrees) - degree for degree in degrees)
        answered = directed.subgraph(net.responded[net.responded].index)
        rows[str(year)] = {
            "members": len(net),
            "response rate": net.responded.mean(),
            "density": len(net.known) / (pairs - unknown),
            "reciprocity": nx.overall_reciprocity(answered),
            "transitivity": nx.transitivity(plain),
            "degree centralization": spread / ((len(net) - 1) * (len(net) - 2)),
            **(_kept(before, net) if before is not None else {}),
        }
        before = net
    return pd.DataFrame(rows)


def _kept(before: OrgNetwork, after: OrgNetwork) -> dict[str, float]:
    common = before.actors.index.intersection(after.actors.index)
    both = before.to_matrix().loc[common, common], after.to_matrix().loc[common, common]
    seen = both[0].notna() & both[1].notna()
    old, new = (frame > 0 for frame in both)
    stayed, either = (old & new & seen).sum().sum(), ((old | new) & seen).sum().sum()
    union = before.actors.index.union(after.actors.index)
    return {"members kept": len(common) / len(union), "ties kept": stayed / either}
