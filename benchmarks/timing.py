"""Ours and its rivals in turn, in one run, in processor time: other work then matters little."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
Work = Callable[[], Any]


class Race(NamedTuple):
    """One piece of work: our seconds, a rival's, and how many times as fast we want to be."""

    work: str
    size: str
    rival: str
    ours: float
    theirs: float
    goal: float | None = None

    @property
    def times(self) -> float:
        return self.theirs / self.ours

    @property
    def reached(self) -> bool | None:
        return None if self.goal is None else self.times >= self.goal


class Limit(NamedTuple):
    """One quantity that is to stay below a limit."""

    work: str
    size: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def reached(self) -> bool | None:
        return None if self.limit is None else self.value <= self.limit


def in_turn(variants: dict[str, Work], *, rounds: int = 5, calls: int = 1) -> pd.DataFrame:
    """Return processor seconds per variant and round, the mean over ``calls`` in a row.

    A first round warms up where there are several.
    """
    seconds = []
    for _ in range(rounds + (rounds > 1)):
        row = {}
        for name, work in variants.items():
            start = process_time()
            for _ in range(calls):
                work()
            row[name] = (process_time() - start) / calls
        seconds.append(row)
    return pd.DataFrame(seconds).iloc[int(rounds > 1) :]


def race(
    work: str,
    size: str,
    ours: Work,
    rivals: dict[str, tuple[Work, float | None]],
    *,
    rounds: int,
    calls: int = 1,
) -> list[Race]:
    """Return a race against each rival (and its goal): medians over the rounds."""
    every = {"ours": ours} | {name: theirs for name, (theirs, _) in rivals.items()}
    seconds = in_turn(every, rounds=rounds, calls=calls).median()
    return [
        Race(work, size, name, seconds["ours"], seconds[name], goal)
        for name, (_, goal) in rivals.items()
    ]


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return b where time grows as size to the power b."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])


def compiled() -> dict[str, str]:
    """Return an environment where modules stay compiled, as those of an installed package do."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(ROOT / "out" / "compiled")}


def fresh(code: str) -> dict[str, float]:
    """Run ``code`` in a fresh process; it leaves numbers in ``found``."""
    script = code + "\nimport json; print(json.dumps(found))"
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env=compiled()
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def process_seconds(code: str) -> float:
    """Return the processor seconds a fresh process takes for ``code``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=compiled())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
