"""Tiles: rows by columns, each cell a state with a colour and a symbol of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import legend_room, sheet
from orgnet_analytics.figures.text import safe, shortened, text_width, wrapped
from orgnet_analytics.figures.words import word

ROW = 24
Looks = Mapping[str, tuple[str, str]]


def tiles(
    states: pd.DataFrame,
    looks: Looks,
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    legend: Mapping[str, str],
    title: str | None,
    hover: pd.DataFrame | None = None,
) -> go.Figure:
    """Return a tile per cell; ``looks`` gives each state its symbol and colour, in the order of the legend.

    A cell that is missing stays empty. ``legend`` names the states, ``rows`` and ``columns`` the sides.
    """
    fig = sheet(title=title, height=100, legend_rows=1)
    for state, (symbol, color) in looks.items():
        spots = [
            (x, y)
            for y in range(len(states))
            for x in range(states.shape[1])
            if states.iat[y, x] == state
        ]
        if not spots:
            continue
        told = [
            f"<b>{wrapped(rows[y], 40)}</b><br>{safe(columns[x])}: {safe(legend[state])}"
            + (
                f"<br>{wrapped(hover.iat[y, x], 60, most=6)}"
                if hover is not None and hover.iat[y, x]
                else ""
            )
            for x, y in spots
        ]
        fig.add_trace(
            go.Scatter(
                x=[x for x, _ in spots], y=[y for _, y in spots], mode="markers", name=safe(legend[state]),
                marker={"symbol": symbol, "color": color, "size": 14,
                        "line": {"width": 2 if symbol.endswith("open") else 0.6, "color": color
                                 if symbol.endswith("open") else "#3c3c3c"}},
                hovertext=told, hoverinfo="text",
            )
        )  # fmt: skip
    _sides(fig, rows, columns, [str(trace.name) for trace in fig.data])
    return fig


def _sides(
    fig: go.Figure, rows: Sequence[str], columns: Sequence[str], entries: Sequence[str]
) -> None:
    """Write the names at the sides and give them, and the legend, the room they take."""
    left = max((text_width(shortened(row, 52), 12) for row in rows), default=0) + 16
    wide = max((text_width(shortened(one, 34), 12) for one in columns), default=0)
    column = float(np.clip(520 / max(len(columns), 1), 30, 54))
    width = max(600, left + column * len(columns) + 0.8 * wide + 20)
    entry, legend_rows = legend_room(entries, width - left - 0.8 * wide - 20)
    top, bottom = float(fig.layout.margin.t) + 0.6 * wide + 16, 24.0 + 22 * legend_rows
    fig.update_xaxes(
        tickvals=list(range(len(columns))), ticktext=[safe(shortened(one, 34)) for one in columns],
        side="top", tickangle=-35, range=[-0.6, len(columns) - 0.4], zeroline=False, showgrid=False,
    )  # fmt: skip
    fig.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=[safe(shortened(row, 52)) for row in rows],
        range=[len(rows) - 0.4, -0.6], zeroline=False,
    )  # fmt: skip
    fig.update_layout(
        height=top + bottom + ROW * max(len(rows), 2),
        width=width,
        legend={"entrywidth": entry, "xref": "container"},
        margin={"t": top, "l": left, "r": 0.8 * wide + 20, "b": bottom, "autoexpand": False},
    )


def words(keys: Sequence[str], lang: str) -> dict[str, str]:
    """Return the words for some keys."""
    return {key: word(key, lang) for key in keys}
