"""Ties as lines: one way with a small point, both ways as a stronger line, not known as dots."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from orgnet_analytics.figures.theme import DOTS, MUTUAL, TIE
from orgnet_analytics.figures.words import word
from orgnet_analytics.network import OrgNetwork

FloatArray = NDArray[np.float64]
FEW, SPOKES, RAY = 6, 10, 11.0


@dataclass(frozen=True)
class Pairs:
    """The pairs of positions to draw, by kind; one-way pairs run from first to second."""

    one_way: NDArray[np.int64]
    mutual: NDArray[np.int64]
    unknown: NDArray[np.int64]

    @classmethod
    def of(cls, net: OrgNetwork) -> Pairs:
        """Sort the pairs of a network; a pair that is known one way is not drawn as unknown."""
        first, second, forth, back = net.dyads
        ends = np.column_stack([first, second])
        both = (forth > 0) & (back > 0)
        one_way = np.where((forth > 0)[:, None], ends, ends[:, ::-1])
        ids = net.actors.index
        gaps = net.unknown
        unknown = np.sort(
            np.column_stack([ids.get_indexer(gaps["source"]), ids.get_indexer(gaps["target"])])
        ).astype(np.int64)
        unknown = np.unique(unknown, axis=0) if len(unknown) else unknown
        n = len(ids)
        untold = ~np.isin(unknown @ [n, 1], ends @ [n, 1])
        if not net.directed:
            return cls(np.empty((0, 2), np.int64), ends, unknown[untold])
        return cls(one_way[~both], ends[both], unknown[untold])

    @property
    def tied(self) -> NDArray[np.int64]:
        """Every pair with a known tie."""
        return np.vstack([self.one_way, self.mutual])


def traces(
    pairs: Pairs,
    points: FloatArray,
    radii: FloatArray,
    answered: NDArray[np.bool_],
    *,
    directed: bool,
    lang: str,
) -> list[go.Scatter]:
    """Return the lines, faintest first; kinds that do not occur have no line and no legend."""
    thin = 1.0 if len(pairs.tied) < 250 else 0.7
    head = 6.0 if radii.min(initial=9.0) >= 4 else 4.5
    drawn = []
    if len(pairs.unknown):
        style = {"color": DOTS, "width": 1.3, "dash": "2px,2px"}
        starts, ends = _unknown_lines(pairs, points, radii, answered)
        drawn.append(_line(starts, ends, word("unknown", lang), style))
    if len(pairs.one_way):
        drawn += [
            _line(
                *_ends(pairs.one_way, points), word("one_way", lang), {"color": TIE, "width": thin}
            ),
            _heads(pairs.one_way, points, radii, head),
        ]
    if len(pairs.mutual):
        name = word("mutual" if directed else "tie", lang)
        style = {"color": MUTUAL if directed else TIE, "width": 1.9 * thin if directed else 1.1}
        drawn.append(_line(*_ends(pairs.mutual, points), name, style))
    return drawn


def _ends(pairs: NDArray[np.int64], points: FloatArray) -> tuple[FloatArray, FloatArray]:
    return points[pairs[:, 0]], points[pairs[:, 1]]


def _unknown_lines(
    pairs: Pairs, points: FloatArray, radii: FloatArray, answered: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Return whole lines, or, where those would cover the drawing, spokes round who did not answer."""
    first, second = pairs.unknown.T
    whole = np.ones(len(first), dtype=bool)
    if with_spokes(pairs):
        whole = answered[first] & answered[second]
    starts, ends = points[first[whole]], points[second[whole]]
    silent = np.unique(pairs.unknown[~whole])
    silent = silent[~answered[silent]]
    turns = np.arange(SPOKES) * 2 * np.pi / SPOKES
    spokes = np.column_stack([np.cos(turns), np.sin(turns)])
    middle = np.repeat(points[silent], SPOKES, axis=0)
    outward = np.tile(spokes, (len(silent), 1))
    near = np.repeat(radii[silent], SPOKES)[:, None] + 2
    return (
        np.vstack([starts, middle + outward * near]),
        np.vstack([ends, middle + outward * (near + RAY)]),
    )


def with_spokes(pairs: Pairs) -> bool:
    """Say whether so much is unknown that who did not answer has spokes instead of lines to everybody."""
    return len(pairs.unknown) > FEW


def _line(starts: FloatArray, ends: FloatArray, name: str, style: dict[str, object]) -> go.Scatter:
    path = np.full((len(starts), 3, 2), np.nan)
    path[:, 0], path[:, 1] = starts, ends
    x, y = path.reshape(-1, 2).round(1).T
    return go.Scatter(
        x=_with_breaks(x),
        y=_with_breaks(y),
        mode="lines",
        line=style,
        name=name,
        legendgroup=name,
        hoverinfo="skip",
        legendrank=2000,
    )


def _with_breaks(values: FloatArray) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _heads(
    pairs: NDArray[np.int64], points: FloatArray, radii: FloatArray, size: float
) -> go.Scatter:
    """Return the points of the arrows, just off the marker they reach."""
    starts, ends = points[pairs[:, 0]], points[pairs[:, 1]]
    run = ends - starts
    length = np.maximum(np.hypot(*run.T), 1e-9)
    tips = ends - run / length[:, None] * (radii[pairs[:, 1]] + 1)[:, None]
    return go.Scatter(
        x=tips[:, 0].round(1).tolist(),
        y=tips[:, 1].round(1).tolist(),
        mode="markers",
        marker={
            "symbol": "arrow",
            "size": size,
            "color": "rgba(110,110,110,0.9)",
            "angle": np.rad2deg(np.arctan2(run[:, 0], run[:, 1])).round(1).tolist(),
            "line": {"width": 0},
        },
        hoverinfo="skip",
        showlegend=False,
        meta="arrowheads",
    )


def count(net: OrgNetwork) -> pd.Series:
    """Return how many ties, pairs both ways, and pairs not known there are to draw."""
    pairs = Pairs.of(net)
    return pd.Series(
        {"ties": len(net.known), "both": len(pairs.mutual), "unknown": len(net.unknown)}
    )
