"""The governance triangle: between sharing, a lead organization and an administrative one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import decimal, need_columns, sheet
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, wrapped
from orgnet_analytics.figures.theme import GREY, OKABE_ITO, SYMBOLS
from orgnet_analytics.figures.words import word

CORNERS = {"shared": (0.5, np.sqrt(3) / 2), "lead": (0.0, 0.0), "nao": (1.0, 0.0)}
SIDE = 560
HIGH = 0.5
"""From this height a label stands beside its mark, as at the top corner there is text above."""


class Reading(Protocol):
    """What is drawn of a reading of the form."""

    @property
    def membership(self) -> pd.Series:
        """How far each form holds."""

    @property
    def verdict(self) -> str:
        """The form that was read."""


def governance(
    forms: Reading | pd.DataFrame, *, lang: str = "en", title: str | None = None
) -> go.Figure:
    """Draw where a network stands between the three forms of governance, and how it moved.

    Parameters
    ----------
    forms : FormReading or pandas.DataFrame
        From ``governance.detect``; or a row per wave with the columns ``shared, lead, nao`` (from
        ``governance.course``).
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A point per wave, nearer to a corner the more that form holds. What belongs to no form pulls to the
        middle: a hybrid stands there. A wave that cannot be told says so.

    Examples
    --------
    >>> import pandas as pd
    >>> course = pd.DataFrame({"shared": [0.9, 0.1], "lead": [0.1, 0.8], "nao": [0, 0.1]}, index=[2021, 2025])
    >>> governance(course).layout.meta["orgnet"]["summary"]
    'Nearest form: 2021 shared governance, 2025 lead organization.'
    """
    table = forms if isinstance(forms, pd.DataFrame) else _one_row(forms, lang)
    need_columns(table, list(CORNERS), "forms")
    shares = table[list(CORNERS)].astype(float)
    waves = [str(wave) for wave in shares.index]
    spots = _spots(shares)
    heading = title if title is not None else word("governance", lang)
    fig = sheet(title=heading, height=SIDE, width=680, legend_rows=0)
    fig.add_trace(_sides())
    fig.add_trace(_points(spots, shares, waves, lang))
    nearest = [_nearest(row, lang) for _, row in table.iterrows()]
    open_ = word("undetermined", lang)
    names = [
        f"{w} ({open_})" if form == open_ else w for w, form in zip(waves, nearest, strict=True)
    ]
    fig.update_layout(annotations=[*_corners(lang), *_arrows(spots), *_waves(spots, names)])
    fig.update_xaxes(visible=False, range=[-0.22, 1.22])
    fig.update_yaxes(visible=False, range=[-0.14, 1.0], scaleanchor="x")
    fig.update_layout(showlegend=False, margin={"b": 10})
    course = ", ".join(f"{wave} {form}" for wave, form in zip(waves, nearest, strict=True))
    summary = word("governance_said", lang).format(course=course)
    return told(fig, summary, shares.set_axis(pd.Index(waves, name="wave")), lang)


def _one_row(reading: Reading, lang: str) -> pd.DataFrame:
    """Return a reading as a course of one wave."""
    row = reading.membership.to_frame().T.assign(form=reading.verdict)
    return row.set_axis(pd.Index([word("now", lang)]))


def _nearest(row: pd.Series, lang: str) -> str:
    """Return the form as it was read; of bare memberships the highest, or hybrid where none is half."""
    if "form" in row.index:
        return word(str(row["form"]), lang)
    held = row[list(CORNERS)].astype(float)
    if held.isna().all():
        return word("undetermined", lang)
    best = str(held.fillna(0).idxmax())
    return word(best if held[best] >= 0.5 else "hybrid", lang)


def _spots(shares: pd.DataFrame) -> Any:
    """Return the places: corners weighted by membership, the rest shared out; none where none is known."""
    weights = shares.fillna(0).clip(0, 1).to_numpy()
    total = weights.sum(axis=1, keepdims=True)
    weights = weights / np.maximum(total, 1)
    weights = weights + (1 - weights.sum(axis=1, keepdims=True)) / 3
    spots = weights @ np.array(list(CORNERS.values()))
    return np.where(shares.isna().all(axis=1).to_numpy()[:, None], np.nan, spots)


def _sides() -> go.Scatter:
    x, y = zip(*[*CORNERS.values(), CORNERS["shared"]], strict=True)
    return go.Scatter(x=list(map(float, x)), y=list(map(float, y)), mode="lines", hoverinfo="skip",
                      line={"color": GREY, "width": 1.5}, fill="toself",
                      fillcolor="rgba(128,128,128,0.07)")  # fmt: skip


def _points(spots: Any, shares: pd.DataFrame, waves: list[str], lang: str) -> go.Scatter:
    said = [
        f"<b>{safe(wave)}</b><br>"
        + "<br>".join(f"{word(form, lang)}: {decimal(row[form], lang)}" for form in CORNERS)
        for wave, (_, row) in zip(waves, shares.iterrows(), strict=True)
    ]
    shades = [OKABE_ITO[0] if i == len(waves) - 1 else OKABE_ITO[4] for i in range(len(waves))]
    symbols = [SYMBOLS[2] if i == len(waves) - 1 else SYMBOLS[0] for i in range(len(waves))]
    return go.Scatter(
        x=_known(spots[:, 0]), y=_known(spots[:, 1]), mode="markers", hovertext=said, hoverinfo="text",
        marker={"size": 14, "color": shades, "symbol": symbols, "line": {"width": 1, "color": "#3c3c3c"}},
    )  # fmt: skip


def _known(values: Any) -> list[float | None]:
    return [None if np.isnan(value) else float(value) for value in values]


def _corners(lang: str) -> list[dict[str, Any]]:
    sides = {"shared": ("bottom", 8), "lead": ("top", -8), "nao": ("top", -8)}
    return [
        {"text": f"<b>{wrapped(word(form, lang), 22)}</b>", "x": float(x), "y": float(y), "showarrow": False,
         "yanchor": sides[form][0], "yshift": sides[form][1]}
        for form, (x, y) in CORNERS.items()
    ]  # fmt: skip


def _arrows(spots: Any) -> list[dict[str, Any]]:
    """Return an arrow from each wave to the next, where they differ."""
    return [
        {"x": float(b[0]), "y": float(b[1]), "ax": float(a[0]), "ay": float(a[1]), "axref": "x",
         "ayref": "y", "xref": "x", "yref": "y", "text": "", "arrowhead": 2, "arrowwidth": 1.3,
         "arrowcolor": GREY, "standoff": 9, "startstandoff": 9}
        for a, b in pairwise(spots)
        if np.hypot(*(b - a)) > 0.06
    ]  # fmt: skip


def _waves(spots: Any, waves: list[str]) -> list[dict[str, Any]]:
    """Return the names of the waves; those that stand on one spot share a label.

    A label stands above the line along the base, on which an arrow may run, and inside the triangle: right of
    its point there may be no room.
    """
    places: dict[tuple[float, float], list[str]] = {}
    for spot, wave in zip(spots, waves, strict=True):
        if np.isnan(spot).any():
            continue
        near = next((p for p in places if np.hypot(p[0] - spot[0], p[1] - spot[1]) < 0.06), None)
        places.setdefault(near or (float(spot[0]), float(spot[1])), []).append(wave)
    return [
        {"text": safe(", ".join(names)), "x": x, "y": y, "xanchor": "right" if x > 0.5 else "left",
         "xshift": -14 if x > 0.5 else 14, "yshift": 12 if y < HIGH else 0, "showarrow": False}
        for (x, y), names in places.items()
    ]  # fmt: skip
