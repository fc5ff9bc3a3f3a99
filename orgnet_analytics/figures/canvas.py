"""The sheet a network is drawn on: how large, and where each place falls in pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

SIZES = ((20, 760.0, 11.5), (45, 820.0, 10.5), (90, 940.0, 10.0))
LARGEST = (1180.0, 9.5)


@dataclass(frozen=True)
class Canvas:
    """Width and height of the drawing in pixels, the size of its names, and the places on it."""

    width: float
    height: float
    font: float
    points: pd.DataFrame

    @classmethod
    def of(
        cls, positions: pd.DataFrame, *, width: float | None = None, font: float | None = None
    ) -> Canvas:
        """Fit the places on a sheet that suits their number, with room at the sides for names."""
        wide, usual = next(((w, f) for most, w, f in SIZES if len(positions) <= most), LARGEST)
        wide, font = float(width or wide), font or usual
        if positions.empty:
            return cls(wide, 0.45 * wide, font, positions)
        side, edge = min(70.0, wide / 11), 34.0
        xy = positions[["x", "y"]].astype(float)
        low, span = xy.min(), (xy.max() - xy.min()).replace(0, 1e-9)
        high = float(
            np.clip(wide * 0.9 * span["y"] / max(span["x"], 0.5), 0.45 * wide, 1.25 * wide)
        )
        room = pd.Series({"x": wide - 2 * side, "y": high - 2 * edge})
        start = pd.Series({"x": side, "y": edge})
        flat = (xy.max() - xy.min()) == 0
        scaled = (xy - low) / span * room + start
        scaled.loc[:, flat] = (start + room / 2)[flat].to_numpy()
        return cls(wide, high, font, scaled)

    @property
    def axes(self) -> dict[str, dict[str, object]]:
        """The two axes: pixels, unseen, equally long."""
        unseen = {"visible": False, "fixedrange": False}
        return {
            "xaxis": {"range": [0, self.width], **unseen},
            "yaxis": {"range": [0, self.height], "scaleanchor": "x", **unseen},
        }
