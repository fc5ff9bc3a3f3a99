"""Pictures for docs/lifecycle_validation.md: confusion matrices and reliability diagrams, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import sheet
from orgnet_analytics.figures.grid import segments
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe
from orgnet_analytics.figures.theme import AGREES, DIFFERS, GREY
from orgnet_analytics.readings.lifecycle import STAGES, UNDETERMINED

Tables = Mapping[str, pd.DataFrame]
ACROSS, WIDE, LEFT, RIGHT = 3, 760.0, 128.0, 12.0
READ = [*STAGES, UNDETERMINED]
DEEP, BROAD = len(STAGES) + 2, len(READ) + 1
SHADES = {
    "right": [[0, "#dcecf7"], [1, "#6db3dd"]],
    "wrong": [[0, "#fbd3b4"], [1, "#ea8a45"]],
    UNDETERMINED: [[0, "#e9e9e9"], [1, "#b4b4b4"]],
}
PITCH, DROP = 1.16, 1.3


def confusions(tables: Tables, said: str) -> go.Figure:
    """Draw confusion matrices: rows are the stages waves were made in, columns what they were read as.

    A cell is darker the larger its share of the row; its number counts waves.
    """
    down = -(-len(tables) // ACROSS)
    wide = (WIDE - LEFT - RIGHT) / (ACROSS * BROAD - 1)
    counts = _laid_out(tables, down)
    fig = sheet(title=None, height=down * DEEP * wide + 190, width=WIDE)
    for kind, shades in SHADES.items():
        cells = counts.where(counts["kind"] == kind).pivot_table(
            index="y", columns="x", values="share", dropna=False
        )
        cells = cells.reindex(index=range(down * DEEP), columns=range(ACROSS * BROAD - 1))
        fig.add_trace(
            go.Heatmap(z=cells.to_numpy().tolist(), colorscale=shades, zmin=0, zmax=1, showscale=False,
                       xgap=1, ygap=1, hoverinfo="skip")
        )  # fmt: skip
        fig.add_trace(
            go.Scatter(x=[None], y=[None], mode="markers", name=kind,
                       marker={"symbol": "square", "size": 12, "color": shades[1][1]})
        )  # fmt: skip
    seen = counts[counts["waves"] > 0]
    fig.add_trace(
        go.Scatter(x=seen["x"].tolist(), y=seen["y"].tolist(), mode="text", showlegend=False,
                   text=[str(n) for n in seen["waves"]], textfont={"size": 10})
    )  # fmt: skip
    boxes = [side for i in range(len(tables)) for side in
             _box(i % ACROSS * BROAD - 0.5, i // ACROSS * DEEP + 1.5, len(READ), len(STAGES))]  # fmt: skip
    fig.add_trace(segments(boxes, {"color": GREY, "width": 0.6}))
    tops = [i // ACROSS * DEEP + 2 for i in range(0, len(tables), ACROSS)]
    lefts = [i * BROAD for i in range(ACROSS)]
    _axes(
        fig,
        across=([left + i for left in lefts for i in range(len(READ))], READ * ACROSS),
        up=([top + i for top in tops for i in range(len(STAGES))], [*STAGES] * down),
        ranges=([-0.5, ACROSS * BROAD - 1.5], [down * DEEP - 0.5, 0.2]),
        notes=[_note(f"<b>{safe(name)}</b>", i % ACROSS * BROAD - 0.5, i // ACROSS * DEEP + 1.05, "left")
               for i, name in enumerate(tables)],
    )  # fmt: skip
    fig.update_xaxes(side="top", tickangle=-90)
    fig.update_layout(margin={"t": 128, "b": 40})
    return told(fig, said, counts.drop(columns=["x", "y"]), "en")


def _laid_out(tables: Tables, down: int) -> pd.DataFrame:
    """Return a row per cell of every matrix: where it stands, how many waves, which share of its row."""
    rows = [
        (name, made, read, i % ACROSS * BROAD + READ.index(read), i // ACROSS * DEEP + 2 + y,
         int(table.at[made, read]), table.at[made, read] / max(table.loc[made].sum(), 1),
         "right" if made == read else read if read == UNDETERMINED else "wrong")
        for i, (name, table) in enumerate(tables.items())
        for y, made in enumerate(STAGES)
        for read in READ
    ]  # fmt: skip
    found = pd.DataFrame(
        rows, columns=["panels", "made", "read", "x", "y", "waves", "share", "kind"]
    )
    # No wave at all: as pale as a share of nothing, but of a kind that is not drawn.
    return found.assign(share=found["share"].where(found["waves"] > 0))


def reliability(tables: Tables, said: str) -> go.Figure:
    """Draw reliability diagrams: what the model told against how often it was right, with bands."""
    down = -(-len(tables) // ACROSS)
    unit = (WIDE - 62 - RIGHT) / (ACROSS * PITCH - PITCH + 1.1)
    high = unit * (down * DROP - DROP + 1.46)
    fig = sheet(title=None, height=high, width=WIDE)
    corners = {name: (i % ACROSS * PITCH, -(i // ACROSS) * DROP) for i, name in enumerate(tables)}
    fig.add_trace(segments([side for corner in corners.values() for side in _box(*corner)],
                           {"color": GREY, "width": 0.8}))  # fmt: skip
    diagonals = [(x, y, x + 1, y + 1) for x, y in corners.values()]
    fig.add_trace(segments(diagonals, {"color": GREY, "width": 1, "dash": "dot"}))
    every = pd.concat([table.assign(panels=name, x0=corners[name][0], y0=corners[name][1])
                       for name, table in tables.items()])  # fmt: skip
    x, right = every["x0"] + every["told"], every["y0"] + every["right"]
    bands = list(zip(x, every["y0"] + every["low"], x, every["y0"] + every["high"], strict=True))
    bars = segments(bands, {"color": GREY, "width": 5})
    fig.add_trace(bars.update(name="95 % band", showlegend=True, opacity=0.55))
    within = (every["told"] >= every["low"]) & (every["told"] <= every["high"])
    looks = {"right as often as told, within the band": ("circle", AGREES, within),
             "outside the band": ("x", DIFFERS, ~within)}  # fmt: skip
    for name, (symbol, color, ours) in looks.items():
        fig.add_trace(
            go.Scatter(x=x[ours].tolist(), y=right[ours].tolist(), mode="markers", name=name,
                       marker={"symbol": symbol, "size": 9, "color": color,
                               "line": {"width": 0.6, "color": "#3c3c3c"}})
        )  # fmt: skip
    middles = [(max(edge.left, 0.3) + edge.right) / 2 for edge in every.index]
    fig.add_trace(
        go.Scatter(x=(every["x0"] + middles).tolist(), y=(every["y0"] - 0.055).tolist(), mode="text",
                   text=[str(n) for n in every["waves"]], textfont={"size": 9}, showlegend=False)
    )  # fmt: skip
    halves = {"0": 0.0, "0.5": 0.5, "1": 1.0}
    lowest = list(corners.values())[-ACROSS:]
    _axes(
        fig,
        across=([], []),
        up=([-i * DROP + v for i in range(down) for v in halves.values()], [*halves] * down),
        ranges=([-0.04, ACROSS * PITCH - PITCH + 1.06], [-(down - 1) * DROP - 0.2, 1.26]),
        notes=[
            _note(f"<b>{safe(name)}</b>", x0, y0 + 1.12, "left")
            for name, (x0, y0) in corners.items()
        ]
        + [_note(text, x + v, y - 0.14) for x, y in lowest for text, v in halves.items()],
    )
    fig.update_xaxes(title={"text": "highest probability the model told"})
    fig.update_yaxes(title={"text": "share of these waves that it read right"})
    fig.update_layout(margin={"l": 62, "t": 8, "b": 100}, height=high + 108)
    return told(fig, said, every.drop(columns=["x0", "y0"]).rename_axis("class"), "en")


def _axes(
    fig: go.Figure,
    *,
    across: tuple[list[float], list[str]],
    up: tuple[list[float], list[str]],
    ranges: tuple[list[float], list[float]],
    notes: list[dict[str, Any]],
) -> None:
    shared = {"showgrid": False, "zeroline": False, "tickfont": {"size": 10}}
    fig.update_xaxes(tickvals=across[0], ticktext=across[1], range=ranges[0], **shared)
    fig.update_yaxes(tickvals=up[0], ticktext=up[1], range=ranges[1], **shared)
    fig.update_layout(annotations=notes, margin={"l": LEFT, "r": RIGHT, "autoexpand": False})


def _note(text: str, x: float, y: float, side: str = "center") -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "xanchor": side, "showarrow": False,
            "font": {"size": 11 if text.startswith("<b>") else 10}, "bgcolor": "rgba(0,0,0,0)"}  # fmt: skip


def _box(
    x: float, y: float, wide: float = 1, high: float = 1
) -> list[tuple[float, float, float, float]]:
    right, top = x + wide, y + high
    return [(x, y, right, y), (x, top, right, top), (x, y, x, top), (right, y, right, top)]
