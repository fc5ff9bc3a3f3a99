"""The networks the measures are held to."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork

REFERENCE = Path(__file__).parents[1] / "reference"


@pytest.fixture(scope="session")
def knoke():
    """The Knoke bureaucracies by name of their matrix."""
    return {
        name: OrgNetwork.from_matrix(pd.read_csv(REFERENCE / "knoke" / f"{name}.csv", index_col=0))
        for name in ("KNOKI", "KNOKM")
    }


@pytest.fixture(scope="session")
def knoke_expected():
    return json.loads((REFERENCE / "knoke" / "expected.json").read_text())


@pytest.fixture(scope="session")
def random_nets():
    """Forty networks, directed and not, sparse and dense, with weights and two columns."""
    return [random_net(seed) for seed in range(40)]


def random_net(seed):
    """Weights are powers of two: sums of their inverses are exact, so equal paths are equal everywhere."""
    rng = np.random.default_rng(seed)
    n, density, directed = int(rng.integers(4, 14)), rng.uniform(0.1, 0.6), bool(seed % 2)
    cells = (rng.random((n, n)) < density) * 2.0 ** rng.integers(0, 3, (n, n))
    np.fill_diagonal(cells, 0)
    if not directed:
        cells = np.triu(cells) + np.triu(cells).T
    actors = pd.DataFrame(
        {"kind": rng.choice(["a", "b", "c"], n), "power": rng.integers(1, 5, n)},
        index=[f"org {i}" for i in range(n)],
    )
    return OrgNetwork.from_matrix(cells, actors, directed=directed)
