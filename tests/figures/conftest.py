"""Networks to draw: long Dutch names, hostile names, who did not answer, who stands alone."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork

WORDS = [
    *("Regionale", "Ondersteuningsstructuur", "Eerstelijnszorg", "Thuiszorg", "Zuid-Limburg"),
    *("Gemeente", "Maastricht", "Wijkcentrum", "Huisartsenpraktijk", "Stichting", "Welzijn"),
    *("Woningcorporatie", "Apotheek", "Politie", "Mantelzorg", "Samenwerkingsverband"),
]
SECTORS = ["zorg", "welzijn", "wonen", "gemeente", "vrijwilligers & mantelzorg", "onderwijs"]


def _network(n: int, *, silent: int = 3, alone: int = 3) -> OrgNetwork:
    rng = np.random.default_rng(n)
    ids = [f"o{i}" for i in range(n)]
    names = [" ".join(rng.choice(WORDS, 3, replace=False)) + f" {i}" for i in range(n)]
    actors = pd.DataFrame({"label": names, "sector": rng.choice(SECTORS, n)}, index=ids)
    actors["responded"] = ~np.isin(np.arange(n), rng.choice(n, silent, replace=False))
    pairs = {(int(rng.integers(i)), i) for i in range(1, n - alone) for _ in range(2)}
    pairs |= {(j, i) for i, j in pairs if rng.random() < 0.5}
    ties = pd.DataFrame(
        [(ids[i], ids[j]) for i, j in sorted(pairs) if actors["responded"].iloc[i]],
        columns=["source", "target"],
    )
    return OrgNetwork(actors, ties, name=f"regio {n}")


@pytest.fixture(scope="session")
def make_network():
    return _network
