"""Reading a million ties against pandas reading the same file, and a survey workbook against calamine."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import python_calamine

from benchmarks.networks import drawn
from benchmarks.timing import against, in_turn
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


def _row(rival: Callable[[], Any], ours: Callable[[], Any], rounds: int) -> dict[str, float]:
    seconds = in_turn({"rival": rival, "ours": ours}, rounds=rounds)
    return {
        "rival, seconds": round(float(seconds["rival"].median()), 3),
        "ours, seconds": round(float(seconds["ours"].median()), 3),
        "ours / rival": round(against("ours", "rival", seconds), 2),
    }


def rows(quick: bool) -> pd.DataFrame:
    """Return one row per file: ours against the bare read of the same file."""
    found = {}
    many = 100_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = Path(name)
        for actors in (30_000,) if quick else (30_000, 100_000):
            for suffix, rival in ((".csv", pd.read_csv), (".parquet", pd.read_parquet)):
                path = ties_file(folder, actors, many, suffix)
                label = f"{suffix[1:]}, {many:,} ties of {actors:,}, against pandas"
                found[label] = _row(
                    lambda path=path, rival=rival: rival(path), lambda path=path: read_ties(path), 7
                )
        path = workbook(folder)
        found[f"xlsx survey, {ANSWERS:,} x {PARTNERS}, against calamine"] = _row(
            lambda: calamine(path), lambda: read_survey(path, CODEBOOK), 5
        )
        for suffix in () if quick else (".csv", ".parquet"):
            ties, memory = peak(ties_file(folder, 300_000, 10_000_000, suffix))
            found[f"{suffix[1:]}, {ties:,} ties of 300,000"] = {"peak, GB": round(memory, 2)}
    return pd.DataFrame.from_dict(found, orient="index")


if __name__ == "__main__":
    print(rows("--quick" in sys.argv[1:]).to_string())
