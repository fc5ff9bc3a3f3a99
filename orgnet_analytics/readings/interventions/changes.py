"""Before and after, side by side: what changed, which way, and whether the unknown decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.readings.interventions.fillings import Gaps
from orgnet_analytics.readings.interventions.unknown_holdings import HELD
from orgnet_analytics.readings.reading import UNDETERMINED, evidence_table


def step_rows(
    stands: list[dict[str, Any]], names: list[str], gaps: Gaps, better: pd.Series
) -> pd.DataFrame:
    """Return a row per step and indicator."""
    parts = {}
    for place, name in enumerate(names, start=1):
        moved = gaps.between(place - 1, place)
        parts[place, name] = changes(stands[place - 1], stands[place], moved, better)
    return pd.concat(parts, names=["nr", "step", "indicator"])


def changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    moved: pd.DataFrame | None,
    better: pd.Series,
) -> pd.DataFrame:
    """Return a row per indicator; a word (the form of governance) has no change."""
    rows = {}
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, np.nan), after.get(name, np.nan)
        words = isinstance(old, str) or isinstance(new, str)
        known = moved is not None and name in moved
        rows[name] = {
            "before": old,
            "after": new,
            "change": np.nan if words else new - old,
            "lowest": np.fmin(moved[name].min(), new - old)
            if known and moved is not None
            else np.nan,
            "highest": np.fmax(moved[name].max(), new - old)
            if known and moved is not None
            else np.nan,
            "better": better.get(name, "neither"),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


def sides(whole: pd.DataFrame, limit: float) -> pd.Series:
    """Return per indicator ``gain``, ``loss``, ``open`` (the unknown decides), or nothing."""
    sign = whole["better"].map({"higher": 1.0, "lower": -1.0, "neither": 0.0})
    low = (sign * whole["lowest"].fillna(whole["change"])).astype(float)
    high = (sign * whole["highest"].fillna(whole["change"])).astype(float)
    now = (sign * whole["change"]).astype(float)
    low, high = np.minimum(low, high), np.maximum(low, high)
    side = pd.Series("", index=whole.index, dtype=object)
    side = side.mask(now > limit, "gain").mask(now < -limit, "loss")
    return side.mask((low < -limit) & (high > limit), "open")


def verdict_of(whole: pd.DataFrame, limit: float) -> str:
    """Return what the changes come to, where one direction is better."""
    found = set(sides(whole, limit))
    if "open" in found and not found & {"gain", "loss"}:
        return UNDETERMINED
    if {"gain", "loss"} <= found:
        return "gains and losses"
    return "gains" if "gain" in found else "losses" if "loss" in found else "no change"


def evidence_of(whole: pd.DataFrame, limit: float) -> pd.DataFrame:
    """Return a row per indicator: its change, from what to what, and whether that is better."""
    agrees = {"gain": True, "loss": False}
    rows: list[tuple[str, object, str, bool | None]] = [
        (name, row["change"], _from_to(row), agrees.get(side))
        for (name, row), side in zip(whole.iterrows(), sides(whole, limit), strict=True)
    ]
    return evidence_table(rows)


def _from_to(row: pd.Series) -> str:
    return f"from {_said(row['before'])} to {_said(row['after'])}"


def _said(value: Any) -> str:
    return value if isinstance(value, str) else "undefined" if pd.isna(value) else f"{value:.3g}"


def would_change(whole: pd.DataFrame, limit: float) -> Iterator[str]:
    """Yield what the unknown dyads leave open."""
    for name, side in sides(whole, limit).items():
        if side == "open":
            low, high = whole.at[name, "lowest"], whole.at[name, "highest"]
            yield f"{name}: {_unknown(name)} leave a change from {low:.3g} to {high:.3g} possible"
        elif side and _may_be_none(whole.loc[name], limit):
            yield f"{name}: as {_unknown(name)} turn out, nothing may change"


def _unknown(name: object) -> str:
    return "the unknown cells of who holds what" if name in HELD else "the unknown dyads"


def _may_be_none(row: pd.Series, limit: float) -> bool:
    return bool(row["lowest"] <= limit and row["highest"] >= -limit)
