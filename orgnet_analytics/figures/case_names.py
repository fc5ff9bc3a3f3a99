"""Names of cases in a field of two numbers: beside their marks, so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from numpy.typing import NDArray

from orgnet_analytics.figures.labels import along, note, place
from orgnet_analytics.figures.text import safe, shortened, text_width

FloatArray = NDArray[np.float64]

FONT, RING, MARK = 10, 8.0, 5.0


@dataclass(frozen=True)
class Field:
    """The ends of both axes, and the pixels between them as far as they are known before it is drawn."""

    low: FloatArray
    high: FloatArray
    pixels: tuple[float, float]

    def at(self, points: pd.DataFrame | FloatArray) -> FloatArray:
        """Return points of the axes in pixels."""
        share = (np.asarray(points, dtype=float) - self.low) / (self.high - self.low)
        spots: FloatArray = share * np.array(self.pixels)
        return spots


def name_cases(
    fig: go.Figure,
    named: pd.DataFrame,
    field: Field,
    *,
    others: pd.DataFrame | None = None,
    lines: Sequence[FloatArray] = (),
    near: bool = False,
) -> None:
    """Write the names of cases where there is room; hovering tells the others.

    Parameters
    ----------
    fig : plotly.graph_objects.Figure
        Gets the names.
    named, others : pandas.DataFrame
        Places ``x, y``: of the cases to name, the last of which chooses first, and of marks in the way.
    field : Field
        What they lie in.
    lines : sequence of arrays
        Corners of lines which a name had better not cover.
    near : bool
        Whether a name may only stand at its mark, without a line.
    """
    spots = named.groupby(["x", "y"], sort=False).head(1)
    forms = [_labels(named, spots, width) for width in (30, 16)]
    boxes = [
        np.array(
            [[max(text_width(line, FONT) for line in label) + 4, 14 * len(label)] for label in form]
        )
        for form in forms
    ]
    marks = field.at(spots if others is None else pd.concat([spots, others]))
    radii = np.where(np.arange(len(marks)) < len(spots), RING if near else MARK, MARK)
    drawn = [along(line[:-1], line[1:]) for line in map(field.at, lines)]
    found = place(
        marks, radii, boxes, canvas=field.pixels, order=np.arange(len(spots))[::-1], near=near,
        lines=np.concatenate([np.empty((0, 2)), *drawn]),
    )  # fmt: skip
    for i, spot in found.items():
        at = spots.to_numpy(dtype=float)[i]
        shift = (spot.x - marks[i, 0], spot.y - marks[i, 1])
        text = "<br>".join(map(safe, forms[spot.form][i]))
        fig.add_annotation(note(text, at, shift, FONT, leader=spot.leader))


def _labels(named: pd.DataFrame, spots: pd.DataFrame, width: int) -> list[list[str]]:
    """Return what to write at each spot, in lines: where cases coincide, two names and how many more."""
    held: dict[tuple[float, float], list[str]] = {}
    for case, x, y in named.itertuples():
        held.setdefault((x, y), []).append(shortened(case, width))
    labels = []
    for _, x, y in spots.itertuples():
        here = held[x, y]
        more = f" +{len(here) - 2}" if len(here) > 2 else ""
        labels.append([*here[:1], *(name + more for name in here[1:2])])
    return labels
