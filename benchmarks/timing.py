"""Variants in turn, in one run: the median time of each, and the median of their paired ratios."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd

Work = Callable[[], Any]


def in_turn(variants: dict[str, Work], *, rounds: int = 5) -> pd.DataFrame:
    """Return seconds per variant and round; the first round warms up and is left out."""
    seconds = {name: [] for name in variants}
    for _ in range(rounds + 1):
        for name, work in variants.items():
            start = perf_counter()
            work()
            seconds[name].append(perf_counter() - start)
    return pd.DataFrame(seconds).iloc[1:]


def against(ours: str, rival: str, seconds: pd.DataFrame) -> float:
    """Return the median of ours / rival, round by round."""
    return float((seconds[ours] / seconds[rival]).median())


def exponent(sizes: list[int], seconds: list[float]) -> float:
    """Return b where time grows as size to the power b."""
    return float(np.polyfit(np.log(sizes), np.log(seconds), 1)[0])
