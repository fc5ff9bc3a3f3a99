"""The stages of a network: how far each wave belongs to each stage, and the evidence under it."""

from __future__ import annotations

from typing import Any, Protocol

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, wrapped
from orgnet_analytics.figures.theme import AGREES, DIFFERS, GREY, TEMPLATE
from orgnet_analytics.figures.words import word

WIDTH, ROW, HEAD = 760, 23, 46
SHADES = [[0, "#eef2f6"], [1, "#0072B2"]]
MARKS = {True: ("circle", AGREES, "agrees"), False: ("x", DIFFERS, "differs"),
         None: ("circle-open", GREY, "silent_on")}  # fmt: skip


class Reading(Protocol):
    """What is drawn of a stage reading."""

    @property
    def stages(self) -> pd.Series:
        """The stage in each wave."""

    @property
    def membership(self) -> pd.DataFrame:
        """Wave by stage."""

    @property
    def margin(self) -> float:
        """The lead in the last wave."""

    @property
    def evidence(self) -> pd.DataFrame:
        """Columns wave, indicator, value, reading, agrees."""


def stages(reading: Reading, *, lang: str = "en", title: str | None = None) -> go.Figure:
    """Draw how far each wave belongs to each stage of the life cycle, with the evidence below.

    Parameters
    ----------
    reading : StageReading
        From ``lifecycle.classify``.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Above: a cell per wave and stage, darker the better it fits; the stage read has a frame. Below: every
        indicator that was observed, with a mark for what it says of that stage.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.readings import lifecycle
    >>> seen = pd.DataFrame({"trust": [0.2], "formalization": [0.1], "age_years": [1]}, index=[2021])
    >>> fig = stages(lifecycle.judge(seen), lang="nl")
    >>> fig.data[0].y[0]
    'activering'
    """
    waves = [str(wave) for wave in reading.membership.index]
    evidence = _evidence(reading.evidence, waves)
    fig = go.Figure(layout={"template": TEMPLATE})
    fig.add_trace(_cells(reading.membership, waves, lang))
    fig.add_traces(_marks(evidence, waves, lang))
    _dress(fig, reading, waves, evidence, lang)
    heading = title if title is not None else word("stages", lang)
    fig.update_layout(title={"text": wrapped(heading, 84)})
    course = ", ".join(
        f"{wave} {word(str(stage), lang)}"
        for wave, stage in zip(waves, reading.stages, strict=True)
    )
    summary = word("stages_said", lang).format(course=course, margin=_decimal(reading.margin, lang))
    return told(fig, summary, evidence.reset_index(drop=True), lang)


def _evidence(evidence: pd.DataFrame, waves: list[str]) -> pd.DataFrame:
    """Return the observed rows, in the order of their first wave."""
    seen = evidence[evidence["value"].notna()]
    columns = [c for c in ("wave", "indicator", "value", "reading", "agrees") if c in seen]
    return seen[columns].assign(wave=seen["wave"].astype(str))


def _cells(membership: pd.DataFrame, waves: list[str], lang: str) -> go.Heatmap:
    names = [word(str(stage), lang) for stage in membership.columns]
    values = membership.T.to_numpy(dtype=float).tolist()
    return go.Heatmap(
        x=list(range(len(waves))),
        y=names,
        z=values,
        zmin=0,
        zmax=1,
        colorscale=SHADES,
        showscale=False,
        xgap=3,
        ygap=3,
        text=[[_decimal(value, lang) for value in row] for row in values],
        texttemplate="%{text}",
        textfont={"size": 11},
        hovertemplate="%{y}: %{text}<extra></extra>",
    )


def _marks(evidence: pd.DataFrame, waves: list[str], lang: str) -> list[go.Scatter]:
    drawn = []
    verdict = evidence["agrees"].astype(object)
    verdict = verdict.where(evidence["agrees"].notna(), None)
    for agrees, (symbol, color, key) in MARKS.items():
        rows = evidence[[value is agrees or value == agrees for value in verdict]]
        if rows.empty:
            continue
        names = rows["indicator"].map(lambda name: word(str(name), lang))
        drawn.append(
            go.Scatter(
                x=[waves.index(wave) for wave in rows["wave"]],
                y=names.map(safe).tolist(),
                yaxis="y2",
                xaxis="x2",
                mode="markers+text",
                text=[_decimal(value, lang) for value in rows["value"]],
                textposition="middle right",
                textfont={"size": 10.5},
                name=word(key, lang),
                marker={"symbol": symbol, "color": color, "size": 9, "line": {"width": 1.5, "color": color}},
                hovertext=[
                    f"{safe(name)}: {_decimal(value, lang)}<br>{_said(said, lang)}"
                    for name, value, said in zip(names, rows["value"], rows["reading"], strict=True)
                ],
                hoverinfo="text",
            )
        )  # fmt: skip
    return drawn


def _said(reading: Any, lang: str) -> str:
    """Return the stages a value fits, in the language of the figure."""
    return wrapped(", ".join(word(part.strip(), lang) for part in str(reading).split(",")), 60)


def _dress(
    fig: go.Figure, reading: Reading, waves: list[str], evidence: pd.DataFrame, lang: str
) -> None:
    above, below = len(reading.membership.columns), evidence["indicator"].nunique()
    inner = ROW * (above + below) + 60
    split = (ROW * below + 8) / inner
    ticks = {"tickvals": list(range(len(waves))), "range": [-0.5, len(waves) - 0.5], "showgrid": False,
             "zeroline": False, "showline": False}  # fmt: skip
    wide = max(10, int(80 / len(waves)))
    names = [
        f"{wrapped(wave, wide)}<br><b>{wrapped(word(str(stage), lang), wide)}</b>"
        for wave, stage in zip(waves, reading.stages, strict=True)
    ]
    order = [word(str(i), lang) for i in evidence["indicator"].unique()]
    fig.update_layout(
        xaxis=ticks | {"anchor": "y", "ticktext": names, "side": "top"},
        yaxis={"domain": [split + 42 / inner, 1], "autorange": "reversed", "showgrid": False,
               "ticklabelstandoff": 6},
        xaxis2=ticks | {"anchor": "y2", "showticklabels": False},
        yaxis2={"domain": [0, split], "categoryorder": "array", "categoryarray": [safe(o) for o in order],
                "range": [below - 0.4, -0.6], "anchor": "x2", "showgrid": False, "ticklabelstandoff": 6},
        shapes=_frames(reading, waves),
        annotations=[_caption(word("membership", lang), 1, 2), _caption(word("evidence", lang), split, 4)],
        width=WIDTH,
        height=inner + 104 + HEAD,
        margin={"l": 10, "r": 20, "t": 58 + HEAD, "b": HEAD},
        legend={"orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "bottom",
                "yref": "container"},
    )  # fmt: skip


def _frames(reading: Reading, waves: list[str]) -> list[dict[str, Any]]:
    """Return a frame round the stage that was read in each wave; none where it cannot be told."""
    columns = [str(stage) for stage in reading.membership.columns]
    framed = []
    for i, stage in enumerate(reading.stages):
        if str(stage) in columns:
            row = columns.index(str(stage))
            sides = {"x0": i - 0.49, "x1": i + 0.49, "y0": row - 0.46, "y1": row + 0.46}
            line = {"color": DIFFERS, "width": 2.5}
            framed.append({"type": "rect", "xref": "x", "yref": "y", "line": line, **sides})
    return framed


def _caption(text: str, y: float, shift: float) -> dict[str, Any]:
    return {"text": f"<b>{text}</b>", "x": 0, "xref": "paper", "xanchor": "right", "xshift": -8,
            "y": y, "yref": "paper", "yanchor": "bottom", "yshift": shift, "showarrow": False}  # fmt: skip


def _decimal(value: float, lang: str) -> str:
    if pd.isna(value):
        return ""
    text = f"{value:.0f}" if abs(value) >= 10 else f"{value:.2f}"
    return text.replace(".", ",") if lang == "nl" else text
