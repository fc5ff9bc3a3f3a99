"""Several drawings of one network: one organization's view, and the waves side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import DataError, UndefinedError, nearest
from orgnet_analytics.figures.canvas import Canvas
from orgnet_analytics.figures.drawing import Drawing, framed
from orgnet_analytics.figures.placing import layout
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe
from orgnet_analytics.figures.theme import DIFFERS, TEMPLATE, group_styles
from orgnet_analytics.figures.words import word
from orgnet_analytics.network import OrgNetwork

GUTTER, HEADING, IN_PANEL = 26.0, 30.0, 12
WIDE = {1: (760.0, 11.0), 2: (500.0, 13.0), 3: (440.0, 13.0)}
"""Width of a panel and size of its letters by the number side by side: more shrink more on paper."""


def ego(
    net: OrgNetwork,
    actor: str,
    *,
    by: str | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw one organization with its partners round it, and the ties among them.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    actor : str
        The id of the organization in the middle.
    by : str, optional
        The column of ``actors`` that colours them; partners of one group stand together.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the drawing.

    Raises
    ------
    UndefinedError
        Where there is no such actor.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> ego(datasets.load_knoke().relation("money"), "WRO").layout.meta["orgnet"]["summary"]
    'WRO and the 0 organizations it is tied to.'
    """
    ids = net.actors.index
    if actor not in ids:
        raise UndefinedError(f"There is no actor {actor!r}. {nearest(actor, ids)}".strip())
    known = net.known
    partners = pd.Index(
        pd.concat(
            [
                known.loc[known["source"] == actor, "target"],
                known.loc[known["target"] == actor, "source"],
            ]
        ).unique()
    )
    near = net.only(ids.isin(partners) | (ids == actor))
    positions = _round(near, actor, by)
    styles = group_styles(net.column(by)) if by is not None else None
    drawing = Drawing.of(near, by, None, positions, lang, styles=styles)
    spots = drawing.spots()
    fig = go.Figure(layout={"template": TEMPLATE})
    fig.add_traces([*drawing.tie_traces(), *drawing.marker_traces()])
    middle = drawing.canvas.points.loc[actor]
    fig.add_trace(_ring(float(middle["x"]), float(middle["y"])))
    fig.update_layout(annotations=drawing.names(spots), **drawing.canvas.axes)
    framed(fig, drawing.canvas.width, drawing.canvas.height, title)
    name = str(drawing.actors.at[actor, "label"])
    summary = word("ego_said", lang).format(name=name, partners=len(partners))
    return told(fig, summary, drawing.table(), lang)


def _round(net: OrgNetwork, actor: str, by: str | None) -> pd.DataFrame:
    """Return ego in the middle and its partners on an ellipse, those of a group together."""
    group = net.column(by).astype(str) if by is not None else pd.Series("", index=net.actors.index)
    partners = group.drop(actor).sort_values(kind="stable").index
    turn = np.pi / 2 - 2 * np.pi * np.arange(len(partners)) / max(len(partners), 1)
    # Beyond a dozen, every second one stands farther out, so that names find room.
    reach = np.where((np.arange(len(partners)) % 2 == 1) & (len(partners) > 12), 1.0, 0.78)
    ring = pd.DataFrame(
        {"x": reach * np.cos(turn), "y": 0.78 * reach * np.sin(turn)}, index=partners
    )
    ring.loc[actor] = [0.0, 0.0]
    return ring


def _ring(x: float, y: float) -> go.Scatter:
    marker = {"symbol": "circle-open", "size": 26, "color": DIFFERS, "line": {"width": 2}}
    return go.Scatter(
        x=[x], y=[y], mode="markers", marker=marker, hoverinfo="skip", showlegend=False
    )


def waves(
    waves: Mapping[Any, OrgNetwork],
    *,
    by: str | None = None,
    size: Mapping[Any, pd.Series] | None = None,
    positions: pd.DataFrame | None = None,
    columns: Literal[1, 2, 3] = 3,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw the waves of a network side by side: an organization stands at the same place in each.

    Parameters
    ----------
    waves : dict of OrgNetwork
        In order of time, one relation each.
    by : str, optional
        The column of ``actors`` that colours them.
    size : dict of pandas.Series, optional
        Per wave one number per actor.
    positions : pandas.DataFrame, optional
        From `layout`.
    columns : {1, 2, 3}
        How many stand side by side: three suit a page that lies, two one that stands.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the drawing.

    Returns
    -------
    plotly.graph_objects.Figure
        In each panel up to 12 names as find room, larger markers first.

    Raises
    ------
    DataError
        Where there is no wave.
    UndefinedError
        For another number of columns.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> money = datasets.load_knoke().relation("money")
    >>> waves({2021: money, 2023: money}).layout.meta["orgnet"]["summary"]
    '2 waves side by side on the same places: 2021: 10, 2023: 10.'
    """
    if not waves:
        raise DataError("there is no wave to draw")
    positions = layout(waves) if positions is None else positions
    if columns not in WIDE:
        raise UndefinedError(f"There are no {columns!r} columns; there are 1, 2 and 3.")
    side = min(len(waves), int(columns))
    wide, font = WIDE[side]
    styles = None
    if by is not None:
        styles = group_styles(pd.concat([net.column(by) for net in waves.values()]))
    fig = go.Figure(layout={"template": TEMPLATE})
    seen: set[str] = set()
    canvas = Canvas.of(positions, width=wide)
    high = canvas.height + HEADING
    rows = -(-len(waves) // side)
    for i, (wave, net) in enumerate(waves.items()):
        one = None if size is None else size[wave]
        drawing = Drawing.of(net, by, one, positions, lang, styles=styles, width=wide, font=font)
        corner = (i % side) * (wide + GUTTER), (rows - 1 - i // side) * high
        _panel(fig, drawing, corner, str(wave), seen)
    width = side * wide + (side - 1) * GUTTER
    fig.update_xaxes(visible=False, range=[0, width])
    fig.update_yaxes(visible=False, range=[0, rows * high], scaleanchor="x")
    framed(fig, width, rows * high, title, font=font)
    fig.update_layout(title={"font": {"size": font + 3}})
    course = ", ".join(f"{wave}: {len(net)}" for wave, net in waves.items())
    summary = word("waves_said", lang).format(waves=len(waves), course=course)
    sizes = pd.DataFrame(
        {
            "actors": [len(n) for n in waves.values()],
            "ties": [len(n.known) for n in waves.values()],
        },
        index=pd.Index([str(wave) for wave in waves], name="wave"),
    )
    return told(fig, summary, sizes, lang)


def _panel(
    fig: go.Figure, drawing: Drawing, corner: tuple[float, float], wave: str, seen: set[str]
) -> None:
    """Add one wave at its corner of the sheet; a legend entry stands once for all panels."""
    right, up = corner
    for trace in [*drawing.tie_traces(), *drawing.marker_traces()]:
        trace.x = [None if x is None else x + right for x in trace.x]
        trace.y = [None if y is None else y + up for y in trace.y]
        if trace.showlegend is not False and trace.name:
            trace.legendgroup = trace.name
            trace.showlegend = trace.name not in seen
            seen.add(trace.name)
        fig.add_trace(trace)
    for note in drawing.names(drawing.spots(IN_PANEL)):
        fig.add_annotation(note | {"x": note["x"] + right, "y": note["y"] + up})
    fig.add_annotation(
        text=f"<b>{safe(wave)}</b>", x=right + drawing.canvas.width / 2, y=up + drawing.canvas.height,
        yanchor="bottom", showarrow=False, font={"size": drawing.canvas.font + 2},
    )  # fmt: skip
