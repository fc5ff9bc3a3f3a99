"""Curves and clouds: what remains as organizations drop out, and sufficiency."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.case_names import Field, name_cases
from orgnet_analytics.figures.frame import decimal, need_columns, sheet
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, wrapped
from orgnet_analytics.figures.theme import GREY, OKABE_ITO, SYMBOLS, group_styles, style_of
from orgnet_analytics.figures.words import group_name, word

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid")
SIDE = 470
MOST_NAMES = 60
# The square in pixels, rather small than large: names then stand a little too far apart.
LOW, HIGH, FIELD = np.array([-0.03, -0.03]), np.array([1.03, 1.06]), (440.0, 452.0)


class Curves(Protocol):
    """What is drawn of the curves of a network."""

    @property
    def remaining(self) -> pd.DataFrame:
        """A column per order of loss."""

    @property
    def lowest(self) -> pd.DataFrame:
        """The lower ends of the bands."""

    @property
    def highest(self) -> pd.DataFrame:
        """The upper ends of the bands."""


def resilience(
    curves: Curves | pd.DataFrame,
    *,
    lowest: pd.DataFrame | None = None,
    highest: pd.DataFrame | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw what remains of a network as organizations drop out, one line per order of loss.

    Parameters
    ----------
    curves : Curves or pandas.DataFrame
        From ``resilience.curves``, or the ``curves`` of a reading, which bring their bands; or a table.
        Index: the share of organizations lost. A column per order of loss (``random``, ``targeted``, ...):
        the share that remains of whatever was measured.
    lowest, highest : pandas.DataFrame, optional
        Bands, of the same shape; a column may lack.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Examples
    --------
    >>> import pandas as pd
    >>> curves = pd.DataFrame({"random": [1, 0.9], "targeted": [1, 0.4]}, index=[0, 0.1])
    >>> [trace.name for trace in resilience(curves, lang="nl").data]
    ['willekeurig', 'de meest verbonden eerst']
    """
    if not isinstance(curves, pd.DataFrame):
        curves, lowest, highest = curves.remaining, curves.lowest, curves.highest
    fig = sheet(title=title, height=SIDE)
    x = [float(at) for at in curves.index]
    for i, order in enumerate(curves.columns):
        color, i = OKABE_ITO[i % len(OKABE_ITO)], i % len(OKABE_ITO)
        if lowest is not None and highest is not None and order in lowest and order in highest:
            fig.add_trace(
                go.Scatter(
                    x=[*x, *reversed(x)], y=[*highest[order], *reversed(lowest[order].tolist())],
                    fill="toself", fillcolor=color, opacity=0.18, line={"width": 0}, showlegend=False,
                    hoverinfo="skip", mode="lines",
                )
            )  # fmt: skip
        fig.add_trace(
            go.Scatter(
                x=x, y=curves[order].tolist(), mode="lines+markers", name=wrapped(word(str(order), lang), 34),
                line={"color": color, "width": 2.2, "dash": DASHES[i]},
                marker={"symbol": SYMBOLS[i], "size": 7},
            )
        )  # fmt: skip
    fig.update_xaxes(title={"text": word("removed", lang)}, tickformat=".0%", zeroline=False)
    fig.update_yaxes(title={"text": word("remaining", lang)}, tickformat=".0%", rangemode="tozero")
    course = ", ".join(
        f"{word(str(order), lang)} {curves[order].iloc[-1]:.0%}" for order in curves.columns
    )
    summary = word("resilience_said", lang).format(course=course)
    return told(fig, summary, curves.rename_axis("lost"), lang)


def xy_plot(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    by: str | None = None,
    inclusion: float | None = None,
    coverage: float | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw cases by their membership in a condition and in an outcome: sufficient is above the diagonal.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per case, memberships between 0 and 1.
    x, y : str
        The columns of the condition (or solution) and of the outcome.
    by : str, optional
        The column that colours the cases.
    inclusion, coverage : float, optional
        To be written above the field.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Up to 60 cases carry their name where there is room; the hover tells every name.

    Examples
    --------
    >>> import pandas as pd
    >>> cases = pd.DataFrame({"nao": [0.2, 0.9], "effective": [0.8, 0.6]}, index=["Avelde", "Lissebeke"])
    >>> xy_plot(cases, x="nao", y="effective").layout.meta["orgnet"]["summary"]
    '2 cases: 1 on or above the diagonal, where nao does not exceed effective.'
    """
    need_columns(frame, [x, y, *([by] if by else [])], "frame")
    cases = frame.dropna(subset=[x, y])
    fig = sheet(title=title, height=SIDE + 110, width=SIDE + 110, legend_rows=1)
    dashed = {"color": GREY, "width": 1, "dash": "dash"}
    corners = {"x": [0, 1], "y": [0, 1], "mode": "lines", "line": dashed}
    fig.add_trace(go.Scatter(**corners, showlegend=False, hoverinfo="skip"))
    cloud(fig, cases, x, y, by, lang)
    half = {"type": "line", "layer": "below", "line": {"color": GREY, "width": 0.8, "dash": "dot"}}
    across = {"x0": 0, "x1": 1, "y0": 0.5, "y1": 0.5}
    up = {"x0": 0.5, "x1": 0.5, "y0": 0, "y1": 1}
    fig.update_layout(shapes=[half | across, half | up])
    if inclusion is not None and coverage is not None:
        text = word("fit", lang).format(
            inclusion=decimal(inclusion, lang), coverage=decimal(coverage, lang)
        )
        fig.add_annotation(text=text, x=1, y=1, xref="paper", yref="paper", xanchor="right",
                           yanchor="bottom", showarrow=False)  # fmt: skip
        fig.update_layout(margin={"t": float(fig.layout.margin.t) + 16})
    _square(fig, x, y)
    if len(cases) <= MOST_NAMES:
        points = cases[[x, y]].set_axis(["x", "y"], axis=1).astype(float)
        diagonal = np.array([[0.0, 0.0], [1.0, 1.0]])
        name_cases(fig, points, Field(LOW, HIGH, FIELD), lines=[diagonal])
    above = int((cases[y] >= cases[x]).sum())
    summary = word("xy_said", lang).format(cases=len(cases), above=above, x=x, y=y)
    return told(fig, summary, cases[[x, y, *([by] if by else [])]].rename_axis("case"), lang)


def cloud(fig: go.Figure, cases: pd.DataFrame, x: str, y: str, by: str | None, lang: str) -> None:
    """Add the cases as marks."""
    group = cases[by] if by else pd.Series("", index=cases.index)
    styles = group_styles(group)
    named = pd.Series([style_of(value, styles).name for value in group], index=cases.index)
    for style in dict.fromkeys(styles.values()):
        ours = cases[(named == style.name).to_numpy()]
        names = [safe(str(case)) for case in ours.index]
        fig.add_trace(
            go.Scatter(
                x=ours[x].tolist(), y=ours[y].tolist(), mode="markers",
                name=wrapped(group_name(style.name, lang), 30),
                showlegend=by is not None, cliponaxis=False,
                marker={"symbol": style.symbol, "color": style.color, "size": 9,
                        "line": {"width": 0.8, "color": "#3c3c3c"}},
                hovertext=[f"<b>{name}</b><br>{safe(x)}: {decimal(a, lang)}<br>{safe(y)}: {decimal(b, lang)}"
                           for name, a, b in zip(names, ours[x], ours[y], strict=True)],
                hoverinfo="text",
            )
        )  # fmt: skip


def _square(fig: go.Figure, x: str, y: str) -> None:
    fig.update_xaxes(
        title={"text": wrapped(x, 60)}, range=[float(LOW[0]), float(HIGH[0])], zeroline=False
    )
    fig.update_yaxes(title={"text": wrapped(y, 60)}, range=[float(LOW[1]), float(HIGH[1])], zeroline=False,
                     scaleanchor="x", constrain="domain")  # fmt: skip
