"""Names beside their markers, so that none covers another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.figures.theme import GREY

FloatArray = NDArray[np.float64]

DISTANCES = (2.0, 8.0, 16.0, 26.0, 38.0, 54.0, 72.0, 92.0)
ANGLES = np.deg2rad([0, 180, 90, 270, 30, 330, 150, 210, 60, 300, 120, 240])
LEADER_FROM = 12.0


@dataclass(frozen=True)
class Spot:
    """Where a name goes: the middle of its box, which of its forms fits, and whether a line leads to it."""

    x: float
    y: float
    leader: bool
    form: int


def place(
    points: FloatArray,
    radii: FloatArray,
    forms: list[FloatArray],
    *,
    canvas: tuple[float, float],
    lines: FloatArray,
    order: NDArray[np.int64],
    near: bool = False,
) -> dict[int, Spot]:
    """Find a free spot near each point for its name; a point for which there is none is left out.

    Greedy: in ``order``, each name takes the spot that covers the fewest lines and stands nearest, among
    those that cover no marker and no earlier name. Names that found none try again in a shorter form.

    Parameters
    ----------
    points, radii : arrays
        In pixels: the middle of each marker and its radius.
    forms : list of arrays
        The width and height of each name, in full, then shorter.
    canvas : tuple
        Width and height to stay within.
    lines : array
        Points along the ties, which a name had better not cover.
    order : array
        Who chooses first; who is not in it has no name.
    near : bool
        Whether a name may only stand at its marker, without a line.
    """
    spots: dict[int, Spot] = {}
    taken = np.column_stack([points - radii[:, None], points + radii[:, None]])
    for form, boxes in enumerate(forms):
        for i in (int(one) for one in order if int(one) not in spots):
            centres, distances = _candidates(points[i], radii[i], boxes[i])
            rectangles = np.column_stack([centres - boxes[i] / 2, centres + boxes[i] / 2])
            others = np.delete(taken, i, axis=0)
            free = _inside(rectangles, canvas) & ~_overlaps(rectangles, others).any(axis=1)
            reach = boxes[i] + radii[i] + DISTANCES[-1]
            if near:
                free &= distances <= LEADER_FROM
            close = lines[(np.abs(lines - points[i]) < reach).all(axis=1)]
            if not free.any():
                continue
            cost = distances + 1.6 * _covered(rectangles, close) + np.where(free, 0, np.inf)
            best = int(cost.argmin())
            taken = np.vstack([taken, rectangles[best]])
            leader = bool(distances[best] > LEADER_FROM)
            spots[i] = Spot(float(centres[best, 0]), float(centres[best, 1]), leader, form)
    return spots


def note(
    text: str, at: FloatArray, shift: tuple[float, float], font: float, *, leader: bool
) -> dict[str, Any]:
    """Return a name as an annotation: ``shift`` pixels off its point, with a thin line where that is far."""
    right, up = float(shift[0]), float(shift[1])
    shared = {"text": text, "font": {"size": font}, "x": float(at[0]), "y": float(at[1])}
    if not leader:
        return {**shared, "showarrow": False, "xshift": right, "yshift": up}
    line = {"arrowhead": 0, "arrowwidth": 0.6, "arrowcolor": GREY, "borderpad": 0}
    return {**shared, "showarrow": True, "ax": right, "ay": -up, **line}


def _candidates(
    point: FloatArray, radius: float, size: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return the middles of the boxes round a marker that are tried, and how far each stands off."""
    directions = np.column_stack([np.cos(ANGLES), np.sin(ANGLES)])
    # How far a box reaches back to the marker when it stands off in this direction.
    reach = np.minimum(
        *(size / 2 / np.maximum(np.abs(directions), 1e-9)).T,
    )
    spots = [point + directions * (radius + off + reach)[:, None] for off in DISTANCES]
    return np.vstack(spots), np.repeat(DISTANCES, len(directions))


def _inside(rectangles: FloatArray, canvas: tuple[float, float]) -> NDArray[np.bool_]:
    left, low, right, high = rectangles.T
    inside: NDArray[np.bool_] = (
        (left >= 0) & (low >= 0) & (right <= canvas[0]) & (high <= canvas[1])
    )
    return inside


def _overlaps(some: FloatArray, others: FloatArray) -> NDArray[np.bool_]:
    a, b = some[:, None], others[None]
    apart = (a[..., 2:] <= b[..., :2]) | (b[..., 2:] <= a[..., :2])
    return np.asarray(~apart.any(axis=2), dtype=bool)


def _covered(rectangles: FloatArray, lines: FloatArray) -> NDArray[np.int64]:
    if not len(lines):
        return np.zeros(len(rectangles), dtype=np.int64)
    within = (lines[None] >= rectangles[:, None, :2]) & (lines[None] <= rectangles[:, None, 2:])
    counts: NDArray[np.int64] = within.all(axis=2).sum(axis=1)
    return counts


def along(starts: FloatArray, ends: FloatArray, step: float = 10.0) -> FloatArray:
    """Return points every ``step`` pixels along straight lines."""
    if not len(starts):
        return np.empty((0, 2))
    count = np.maximum(np.hypot(*(ends - starts).T) / step, 1).astype(int)
    rows = np.repeat(np.arange(len(starts)), count)
    place_in = pd.Series(rows).groupby(rows).cumcount().to_numpy() / count[rows]
    points: FloatArray = starts[rows] + (ends - starts)[rows] * place_in[:, None]
    return points
