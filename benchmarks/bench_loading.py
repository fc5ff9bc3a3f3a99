"""Reading files: a million ties against pandas reading the same, a survey workbook against calamine."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import python_calamine

from benchmarks.networks import drawn
from benchmarks.timing import Limit, Race, race
from orgnet_analytics import read_survey, read_ties

ANSWERS, PARTNERS = 5_000, 60
CODEBOOK = {
    "actors": {"sheet": "Actors", "id": "id", "label": "label", "attributes": ["sector"]},
    "answers": {"sheet": "Answers"},
    "respondent": "who",
    "relations": {"t": {"columns": "t_{actor}"}},
    "not_asked": "no_tie",
}
PEAK = """
import resource, sys
from orgnet_analytics import read_ties
net = read_ties(sys.argv[1])
print(len(net.ties), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)
"""


def ties_file(folder: Path, actors: int, ties: int, suffix: str) -> Path:
    """Write a seeded network of named organizations as a table of ties, in no order."""
    path = folder / f"{actors}_{ties}{suffix}"
    table = drawn(actors, int(ties * 0.95)).ties.sample(frac=1, random_state=1).iloc[:ties]
    if suffix == ".csv":
        table.to_csv(path, index=False)
    else:
        table.to_parquet(path, index=False)
    return path


def workbook(folder: Path) -> Path:
    """Write a seeded survey: a row per organization, a column per partner asked about, and the actors."""
    rng = np.random.default_rng(1)
    cells = rng.integers(0, 5, (ANSWERS, PARTNERS - 1)).tolist()
    book, ids = openpyxl.Workbook(write_only=True), [f"org {i}" for i in range(ANSWERS)]
    sheet = book.create_sheet("Answers")
    sheet.append(["who", *(f"t_org {i}" for i in range(PARTNERS - 1))])
    for i, row in enumerate(cells):
        sheet.append([ids[i], *(None if j == i else value for j, value in enumerate(row))])
    sheet = book.create_sheet("Actors")
    sheet.append(["id", "label", "sector"])
    for i, name in enumerate(ids):
        sheet.append([name, f"Organization {i}", "care" if i % 2 else "housing"])
    book.save(folder / "survey.xlsx")
    return folder / "survey.xlsx"


def calamine(path: Path) -> list[Any]:
    book = python_calamine.load_workbook(str(path))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def peak(path: Path) -> tuple[int, float]:
    """Return how many ties a fresh process reads, and its highest memory in GB."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    )
    ties, memory = done.stdout.split()
    return int(ties), float(memory)


def rows() -> Iterator[Race | Limit]:
    """Yield a race per file against the bare read of it, and the memory ten million ties take."""
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        for actors in (30_000, 100_000):
            for suffix, rival in ((".csv", pd.read_csv), (".parquet", pd.read_parquet)):
                path = ties_file(folder, actors, 1_000_000, suffix)
                yield from race(
                    f"{suffix[1:]} of 1 million ties to a network",
                    f"{actors:,}",
                    lambda path=path: read_ties(path),
                    {f"pandas.read_{suffix[1:]}": (lambda path=path, r=rival: r(path), 1 / 3)},
                    rounds=7,
                )
        path = workbook(folder)
        yield from race(
            f"xlsx survey, {PARTNERS} partners asked about",
            f"{ANSWERS:,}",
            lambda: read_survey(path, CODEBOOK),
            {"calamine": (lambda: calamine(path), 1 / 2)},
            rounds=5,
        )
        for suffix in (".csv", ".parquet"):
            ties, memory = peak(ties_file(folder, 300_000, 10_000_000, suffix))
            what = f"{suffix[1:]} of {ties:,} ties: peak of the whole process"
            yield Limit(what, "300,000", memory, "GB", 6)
