"""Ceilings over a cloud of cases: how much of an outcome each level of a condition has ever allowed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.network import FloatArray, IntArray
from orgnet_analytics.readings.rulebook import is_number

Ceiling = Literal["ce_fdh", "cr_fdh"]
CEILINGS: tuple[Ceiling, ...] = ("ce_fdh", "cr_fdh")
# Which axis is turned over so that the empty corner comes to lie upper left.
CORNERS = {1: (1, 1), 2: (-1, 1), 3: (1, -1), 4: (-1, -1)}
ROWS = (
    "scope", "zone", "effect_size", "above", "accuracy", "fit", "slope", "intercept",
    "absolute_inefficiency", "relative_inefficiency", "condition_inefficiency", "outcome_inefficiency",
)  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """The rectangle in which cases could lie."""

    xmin: float
    xmax: float
    ymin: float
    ymax: float

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.xmax - self.xmin) * (self.ymax - self.ymin)

    def turned(self, sx: int, sy: int) -> Scope:
        """Return the scope with an axis turned over where its sign is -1."""
        x, y = sorted((sx * self.xmin, sx * self.xmax)), sorted((sy * self.ymin, sy * self.ymax))
        return Scope(*x, *y)


@dataclass(frozen=True)
class Line:
    """What a ceiling regression found, one value per set of outcomes; NaN where one peer holds it all."""

    slope: FloatArray
    intercept: FloatArray


@dataclass(frozen=True, eq=False)
class Cloud:
    """Cases by condition ``x``, in ascending order, and what any order of the outcomes makes of them.

    Every method takes outcomes as rows: one row for the data, thousands for a test of chance.
    """

    x: FloatArray
    scope: Scope

    @cached_property
    def levels(self) -> FloatArray:
        """The values of the condition, each once."""
        found: FloatArray = np.unique(self.x)
        return found

    @cached_property
    def _starts(self) -> IntArray:
        return np.searchsorted(self.x, self.levels).astype(np.int64)

    def highest(self, y: FloatArray) -> FloatArray:
        """Return the highest outcome seen up to each level of the condition."""
        per_level = np.maximum.reduceat(y, self._starts, axis=1)
        found: FloatArray = np.maximum.accumulate(per_level, axis=1)
        return found

    def peers(self, y: FloatArray) -> NDArray[np.bool_]:
        """Return which cases hold the ceiling up: above all others with as much of the condition or less."""
        top = self.highest(y)
        higher = np.ones(top.shape, dtype=bool)
        higher[:, 1:] = top[:, 1:] > top[:, :-1]
        place = np.searchsorted(self.levels, self.x)
        at_top: NDArray[np.bool_] = (y == top[:, place]) & higher[:, place]
        return at_top

    def stepped_zone(self, y: FloatArray) -> FloatArray:
        """Return the empty area above the steps through the peers (CE-FDH)."""
        top, box = self.highest(y), self.scope
        widths = np.diff(self.levels, append=box.xmax)
        left = (self.levels[0] - box.xmin) * (box.ymax - box.ymin)
        zone: FloatArray = ((box.ymax - top) * widths).sum(axis=1) + left
        return zone

    def line(self, y: FloatArray) -> Line:
        """Return the least squares line through the peers (CR-FDH); cases at one spot each count."""
        weight = self.peers(y).astype(float)
        count = weight.sum(axis=1)
        x, level = self.x - self.scope.xmin, y - self.scope.ymin
        mean_x, mean_y = weight @ x / count, (weight * level).sum(axis=1) / count
        from_x, from_y = x - mean_x[:, None], level - mean_y[:, None]
        spread = (weight * from_x**2).sum(axis=1)
        one = spread <= 1e-12 * (self.scope.xmax - self.scope.xmin) ** 2
        shared = (weight * from_x * from_y).sum(axis=1)
        slope = np.where(one, np.nan, shared / np.where(one, 1, spread))
        height = mean_y + self.scope.ymin
        return Line(slope, height - slope * (mean_x + self.scope.xmin))

    def sloped_zone(self, y: FloatArray) -> FloatArray:
        """Return the empty area above the line through the peers; 0 where there is no line."""
        box, line = self.scope, self.line(y)
        depth = [box.ymax - line.intercept - line.slope * x for x in (box.xmin, box.xmax)]
        with np.errstate(invalid="ignore"):
            zone = (_area(depth[0], box) - _area(depth[1], box)) / line.slope
        found: FloatArray = np.where(np.isnan(line.slope), 0.0, zone)
        return found

    def effect_sizes(self, y: FloatArray) -> FloatArray:
        """Return the effect sizes: a row per row of ``y``, a column per ceiling."""
        return np.column_stack([self.stepped_zone(y), self.sloped_zone(y)]) / self.scope.area


def _area(depth: FloatArray, box: Scope) -> FloatArray:
    """Return the integral of a depth from 0 up to ``depth``, no deeper than the scope is high."""
    high = box.ymax - box.ymin
    held = np.clip(depth, 0, high)
    found: FloatArray = held**2 / 2 + high * np.maximum(depth - high, 0)
    return found


@dataclass(frozen=True, eq=False)
class Ceilings:
    """Both ceilings over one cloud of cases, in the units of the data.

    Attributes
    ----------
    scope : Scope
        Where cases could lie.
    parameters : pandas.DataFrame
        One column per ceiling; rows as in ``ROWS``.
    peers : pandas.DataFrame
        The cases that hold the ceiling up: columns ``x, y``.
    lines : dict of pandas.DataFrame
        Per ceiling the corners of its line: columns ``x, y``; none for CR-FDH where there is no line.
    """

    scope: Scope
    parameters: pd.DataFrame
    peers: pd.DataFrame
    lines: dict[str, pd.DataFrame]


def scope_of(cases: pd.DataFrame, given: Sequence[float | None] | None) -> Scope:
    """Return the scope of the cases (columns ``x, y``), widened to what was given.

    Raises
    ------
    DataError
        Where four numbers were not given, or a case lies outside them.
    """
    seen = [cases["x"].min(), cases["x"].max(), cases["y"].min(), cases["y"].max()]
    given = [None] * 4 if given is None else list(given) if isinstance(given, Iterable) else [given]
    if len(given) != 4 or not all(
        one is None or (is_number(one) and np.isfinite(one)) for one in given
    ):
        raise DataError(
            Issue("scope", "wanted four numbers (or None): xmin, xmax, ymin, ymax", value=given)
        )
    ends = [own if one is None else float(one) for one, own in zip(given, seen, strict=True)]
    names = ("xmin", "xmax", "ymin", "ymax")
    found = [
        Issue("scope", f"leaves out a case at {own:g}", column=name, value=end)
        for name, end, own, sign in zip(names, ends, seen, (1, -1, 1, -1), strict=True)
        if sign * end > sign * own
    ]
    if found:
        raise DataError(found)
    return Scope(*map(float, ends))


def holders(cases: pd.DataFrame, corner: int) -> list[int]:
    """Return the places of the cases without which a ceiling or the observed scope could change."""
    ends = (cases == cases.min()) | (cases == cases.max())
    box = Scope(*(float(end) for name in "xy" for end in (cases[name].min(), cases[name].max())))
    cloud, turned = turned_cloud(cases.reset_index(drop=True), box, corner)
    peers = turned.index[cloud.peers(turned["y"].to_numpy()[None])[0]]
    return sorted({*np.flatnonzero(ends.any(axis=1)).tolist(), *peers.tolist()})


def turned_cloud(cases: pd.DataFrame, scope: Scope, corner: int) -> tuple[Cloud, pd.DataFrame]:
    """Return the cases (columns ``x, y``) sorted and turned so that the empty corner is upper left."""
    sx, sy = CORNERS[corner]
    turned = (cases * [sx, sy]).sort_values(["x", "y"], kind="stable")
    return Cloud(turned["x"].to_numpy(), scope.turned(sx, sy)), turned


def ceilings(cases: pd.DataFrame, scope: Scope, corner: int) -> Ceilings:
    """Return both ceilings of the cases (columns ``x, y``); the empty corner is numbered as in `CORNERS`."""
    if not scope.area > 0:
        return _undefined(scope)
    (sx, sy), (cloud, turned) = CORNERS[corner], turned_cloud(cases, scope, corner)
    y, box = turned["y"].to_numpy()[None], cloud.scope
    peers, found = turned[cloud.peers(y)[0]], cloud.line(y)
    slope, intercept = float(found.slope[0]), float(found.intercept[0])
    above = turned["y"] - intercept - slope * turned["x"] > 1e-9 * (box.ymax - box.ymin)
    stepped, sloped = cloud.effect_sizes(y)[0] * scope.area
    columns = {
        "ce_fdh": _column(stepped, 0, len(cases), _step_ends(peers), box) | {"fit": 100.0},
        "cr_fdh": _column(sloped, int(above.sum()), len(cases), _line_ends(slope, intercept, box), box)
        | {"fit": _fit(sloped, stepped), "slope": sx * sy * slope, "intercept": sy * intercept},
    }  # fmt: skip
    table = pd.DataFrame(columns, index=pd.Index(ROWS, name="parameter"), dtype=float)
    corners = {"ce_fdh": _steps(peers, box), "cr_fdh": _straight(slope, intercept, box)}
    lines = {name: line * [sx, sy] for name, line in corners.items() if len(line)}
    return Ceilings(scope, table, peers * [sx, sy], lines)


def _undefined(scope: Scope) -> Ceilings:
    table = pd.DataFrame(
        index=pd.Index(ROWS, name="parameter"), columns=list(CEILINGS), dtype=float
    )
    return Ceilings(scope, table, pd.DataFrame(columns=["x", "y"], dtype=float), {})


def _column(
    zone: float, above: int, cases: int, ends: tuple[float, float], box: Scope
) -> dict[str, float]:
    """Return what is told of one ceiling; inefficiencies in percent: where condition or outcome is free."""
    x = (box.xmax - ends[0]) / (box.xmax - box.xmin)
    y = (ends[1] - box.ymin) / (box.ymax - box.ymin)
    either = x + y - x * y
    return {
        "scope": box.area, "zone": zone, "effect_size": zone / box.area, "above": above,
        "accuracy": 100 * (1 - above / cases), "absolute_inefficiency": either * box.area,
        "relative_inefficiency": 100 * either, "condition_inefficiency": 100 * x,
        "outcome_inefficiency": 100 * y,
    }  # fmt: skip


def _fit(sloped: float, stepped: float) -> float:
    """Return how much of the stepped zone the line keeps, in percent; NaN where it takes more."""
    return 100 * sloped / stepped if stepped > 0 and sloped <= stepped else float("nan")


def _step_ends(peers: pd.DataFrame) -> tuple[float, float]:
    """Return from which condition the outcome is free, and up to which outcome the condition is."""
    if len(peers.drop_duplicates()) < 2:
        return float("nan"), float("nan")
    return float(peers["x"].iloc[-1]), float(peers["y"].iloc[0])


def _line_ends(slope: float, intercept: float, box: Scope) -> tuple[float, float]:
    at_top, at_left = (box.ymax - intercept) / slope, intercept + slope * box.xmin
    return min(at_top, box.xmax), max(at_left, box.ymin)


def _steps(peers: pd.DataFrame, box: Scope) -> pd.DataFrame:
    """Return the corners of the steps, from the left or the bottom of the scope to its right."""
    x, y = peers["x"].to_numpy(), peers["y"].to_numpy()
    start = [[x[0], box.ymin]] if x[0] > box.xmin else []
    rise = [[x[i], level] for i in range(len(x)) for level in (y[max(i - 1, 0)], y[i])][1:]
    return pd.DataFrame([*start, *rise, [box.xmax, y[-1]]], columns=["x", "y"]).drop_duplicates()


def _straight(slope: float, intercept: float, box: Scope) -> pd.DataFrame:
    """Return the two ends of the line within the scope; no row where there is no line."""
    if np.isnan(slope):
        return pd.DataFrame(columns=["x", "y"], dtype=float)
    low, high = (
        max(box.xmin, (box.ymin - intercept) / slope),
        min(box.xmax, (box.ymax - intercept) / slope),
    )
    return pd.DataFrame(
        {"x": [low, high], "y": [intercept + slope * low, intercept + slope * high]}
    )
