"""Cases under a ceiling: how much of an outcome a level of a condition allows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.figures.case_names import Field, name_cases
from orgnet_analytics.figures.curves import DASHES, SIDE, cloud
from orgnet_analytics.figures.frame import decimal, need_columns, sheet
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import wrapped
from orgnet_analytics.figures.theme import DIFFERS, OKABE_ITO
from orgnet_analytics.figures.words import word

COLORS = (DIFFERS, OKABE_ITO[2])
MOST_NAMES = 25
# The field in pixels, as far as it can be known before it is drawn, and the room left around the cases.
FIELD, MARGIN = (660.0, 420.0), 0.05
FILL = "rgba(213,94,0,0.10)"
# Towards which end of each axis the empty corner lies: its x and y of the scope.
EMPTY = {1: ("xmin", "ymax"), 2: ("xmax", "ymax"), 3: ("xmin", "ymin"), 4: ("xmax", "ymin")}


class Scope(Protocol):
    """The rectangle in which cases could lie."""

    xmin: float
    xmax: float
    ymin: float
    ymax: float


class Reading(Protocol):
    """What is drawn of a reading of necessity."""

    @property
    def condition(self) -> str:
        """The name of the condition."""

    @property
    def outcome(self) -> str:
        """The name of the outcome."""

    @property
    def ceiling(self) -> str:
        """The ceiling whose empty zone is shaded."""

    @property
    def corner(self) -> int:
        """Which corner is empty."""

    @property
    def cases(self) -> pd.DataFrame:
        """The cases: columns x, y."""

    @property
    def peers(self) -> pd.DataFrame:
        """The cases on the ceiling: columns x, y."""

    @property
    def lines(self) -> dict[str, pd.DataFrame]:
        """Per ceiling the corners of its line."""

    @property
    def scope(self) -> Scope:
        """Where cases could lie."""

    @property
    def effect_size(self) -> float:
        """Which part of the scope is empty."""


def ceiling(
    cases: Reading | pd.DataFrame,
    *,
    condition: str | None = None,
    outcome: str | None = None,
    ceilings: Mapping[str, pd.DataFrame] | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw the cases under their ceilings, with the empty zone shaded.

    Parameters
    ----------
    cases : NecessityReading or pandas.DataFrame
        From ``necessity.nca``, which knows the rest; or a table, one row per case.
    condition, outcome : str, optional
        The columns of a table.
    ceilings : dict of pandas.DataFrame, optional
        For a table, per kind (``ce_fdh``, ``cr_fdh``) the corners of the line: columns ``x, y``.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        The cases, both ceilings, a ring around each case that holds them up, and the empty zone of the
        ceiling the reading rests on. Up to 25 cases carry their name; of more, those in a
        ring do, where there is room.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.readings import necessity
    >>> table = pd.DataFrame({"trust": range(12), "result": range(12)}, dtype=float)
    >>> reading = necessity.nca(table, condition="trust", outcome="result", permutations=100, seed=1)
    >>> [trace.name for trace in ceiling(reading).data][:2]
    ['empty zone: 0.55 of the field', '']
    """
    if not isinstance(cases, pd.DataFrame):
        return _of_reading(cases, lang, title)
    if condition is None or outcome is None or ceilings is None:
        raise UndefinedError(
            "A table also needs condition=, outcome= and ceilings=; a reading does not."
        )
    need_columns(cases, [condition, outcome], "cases")
    fig = sheet(title=title, height=SIDE + 60)
    known = cases.dropna(subset=[condition, outcome])
    _add_cases(fig, known, condition, outcome, lang)
    _add_lines(fig, ceilings, lang)
    points = known[[condition, outcome]].set_axis(["x", "y"], axis=1).astype(float)
    _name(fig, points, ceilings, points)
    return _said(fig, known, condition, outcome, ceilings, lang)


def _of_reading(reading: Reading, lang: str, title: str | None) -> go.Figure:
    fig = sheet(title=title, height=SIDE + 80, legend_rows=2)
    names = [reading.condition, reading.outcome]
    _add_zone(fig, reading, lang)
    cases = reading.cases.set_axis(names, axis=1)
    _add_cases(fig, cases, reading.condition, reading.outcome, lang)
    if len(reading.peers):
        _add_rings(fig, reading.peers, word("peers", lang))
    box = reading.scope
    ends = pd.DataFrame({"x": [box.xmin, box.xmax], "y": [box.ymin, box.ymax]})
    _name(fig, reading.cases[["x", "y"]], reading.lines, ends, reading.peers)
    _add_lines(fig, reading.lines, lang)
    return _said(fig, cases, reading.condition, reading.outcome, reading.lines, lang)


def _add_zone(fig: go.Figure, reading: Reading, lang: str) -> None:
    """Shade what lies between the chosen ceiling and the corner that should be empty."""
    line = reading.lines.get(reading.ceiling)
    if line is None:
        return
    x, y = (float(getattr(reading.scope, end)) for end in EMPTY[reading.corner])
    edge = [*zip(line["x"], line["y"], strict=True)]
    around = [*edge, (edge[-1][0], y), (x, y), (x, edge[0][1]), edge[0]]
    name = word("empty_zone", lang).format(share=decimal(reading.effect_size, lang))
    fig.add_trace(
        go.Scatter(x=[a for a, _ in around], y=[b for _, b in around], mode="lines", line={"width": 0},
                   fill="toself", fillcolor=FILL, name=name, hoverinfo="skip", showlegend=True)
    )  # fmt: skip


def _add_rings(fig: go.Figure, peers: pd.DataFrame, name: str) -> None:
    ring = {"symbol": "circle-open", "size": 15, "color": DIFFERS, "line": {"width": 1.6}}
    fig.add_trace(
        go.Scatter(x=peers["x"].tolist(), y=peers["y"].tolist(), mode="markers", marker=ring,
                   name=name, hoverinfo="skip", cliponaxis=False)
    )  # fmt: skip


def _name(
    fig: go.Figure,
    cases: pd.DataFrame,
    lines: Mapping[str, pd.DataFrame],
    ends: pd.DataFrame,
    peers: pd.DataFrame | None = None,
) -> None:
    """Write the names of the cases, of all where they are few, else of the peers; fix the axes for it."""
    ringed = peers is not None and len(peers) > 0
    if cases.empty or (len(cases) > MOST_NAMES and not ringed):
        return
    named, others = cases, None
    if len(cases) > MOST_NAMES and peers is not None:
        named = peers[["x", "y"]]
        keys = pd.MultiIndex.from_frame(cases)
        others = cases[~keys.isin(pd.MultiIndex.from_frame(named))]
    low, high = ends.min().to_numpy(dtype=float), ends.max().to_numpy(dtype=float)
    air = MARGIN * np.where(high > low, high - low, 1.0)
    fig.update_xaxes(range=[float(low[0] - air[0]), float(high[0] + air[0])])
    fig.update_yaxes(range=[float(low[1] - air[1]), float(high[1] + air[1])])
    corners = [line[["x", "y"]].to_numpy(dtype=float) for line in lines.values()]
    field = Field(low - air, high + air, FIELD)
    name_cases(fig, named, field, others=others, lines=corners, near=ringed)


def _add_cases(
    fig: go.Figure, cases: pd.DataFrame, condition: str, outcome: str, lang: str
) -> None:
    cloud(fig, cases, condition, outcome, None, lang)
    fig.update_xaxes(title={"text": wrapped(condition, 60)}, zeroline=False)
    fig.update_yaxes(title={"text": wrapped(outcome, 60)}, zeroline=False)


def _add_lines(fig: go.Figure, lines: Mapping[str, pd.DataFrame], lang: str) -> None:
    for i, (kind, corners) in enumerate(lines.items()):
        need_columns(corners, ["x", "y"], f"ceilings[{kind!r}]")
        line = {"color": COLORS[i % 2], "width": 2.2, "dash": DASHES[i % 2]}
        fig.add_trace(
            go.Scatter(x=corners["x"].tolist(), y=corners["y"].tolist(), mode="lines", line=line,
                       name=wrapped(word(kind, lang), 40), hoverinfo="skip")
        )  # fmt: skip


def _said(
    fig: go.Figure,
    cases: pd.DataFrame,
    x: str,
    y: str,
    lines: Mapping[str, pd.DataFrame],
    lang: str,
) -> go.Figure:
    names = ", ".join(word(kind, lang) for kind in lines)
    summary = word("ceiling_said", lang).format(cases=len(cases), x=x, y=y, lines=names)
    return told(fig, summary, cases[[x, y]].rename_axis("case"), lang)
