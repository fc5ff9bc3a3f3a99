"""What the tests of the cases share: the story a case was drawn from, its figures, and QCA by brute force."""

import runpy
from collections.abc import Callable, Iterable
from itertools import combinations, product
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork

Row = tuple[int, ...]
Cube = tuple[int | None, ...]

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


@pytest.fixture(scope="session")
def solutions() -> Callable[..., set[frozenset[str]]]:
    """Return what finds the solutions of a crisp-set QCA by trying everything."""
    return _solutions


def _solutions(
    told: pd.DataFrame, cuts: dict[str, float], outcome: pd.Series, *, remainders: bool,
    incl_cut: float = 0.8,
) -> set[frozenset[str]]:  # fmt: skip
    """Return every smallest set of terms that covers the rows with the outcome; all cubes are tried."""
    crisp = pd.DataFrame({name: (told[name] >= cut).astype(int) for name, cut in cuts.items()})
    share = outcome.groupby([crisp[name] for name in cuts]).mean()
    every = set(product((0, 1), repeat=len(cuts)))
    on = {row for row, incl in share.items() if incl >= incl_cut}
    off = set(share.index) - on
    primes = _primes(every, on | (every - off if remainders else set()))
    useful = [cube for cube in primes if any(_in(row, cube) for row in on)]
    for many in range(1, len(useful) + 1):
        found = [c for c in combinations(useful, many) if all(_any(row, c) for row in on)]
        if found:
            return {frozenset(_name(cube, cuts) for cube in cubes) for cubes in found}
    return set()


def _primes(every: set[Row], allowed: set[Row]) -> list[Cube]:
    """Return the widest cubes that hold allowed rows only."""
    size = len(next(iter(every)))
    cubes = [
        cube
        for cube in product((0, 1, None), repeat=size)
        if all(row in allowed for row in every if _in(row, cube))
    ]
    return [c for c in cubes if not any(c != wider and _within(c, wider) for wider in cubes)]


def _in(row: Row, cube: Cube) -> bool:
    return all(want is None or have == want for have, want in zip(row, cube, strict=True))


def _any(row: Row, cubes: Iterable[Cube]) -> bool:
    return any(_in(row, cube) for cube in cubes)


def _within(cube: Cube, wider: Cube) -> bool:
    return all(w is None or c == w for c, w in zip(cube, wider, strict=True))


def _name(cube: Cube, names: Iterable[str]) -> str:
    named = zip(names, cube, strict=True)
    return "*".join(name if want else f"~{name}" for name, want in named if want is not None)
