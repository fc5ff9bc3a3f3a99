"""Members over the waves: who stays, who moves to another group, who comes and goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.figures.frame import sheet
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, wrapped
from orgnet_analytics.figures.theme import GREY, OUTSIDE, Style, group_styles, style_of
from orgnet_analytics.figures.words import group_name, word
from orgnet_analytics.network import OrgNetwork


def alluvial(
    waves: Mapping[Any, OrgNetwork],
    *,
    by: str,
    stages: pd.Series | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw how members move between groups from wave to wave, and enter and leave.

    Parameters
    ----------
    waves : dict of OrgNetwork
        In order of time, at least two.
    by : str
        The column of ``actors`` with the groups: a sector, a role, a position in the core.
    stages : pandas.Series, optional
        The stage per wave (``StageReading.stages``); stands under the name of the wave.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Grey is who is not a member in that wave.

    Raises
    ------
    DataError
        Where there are fewer than two waves.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics import OrgNetwork
    >>> ties = pd.DataFrame({"source": ["a"], "target": ["b"]})
    >>> actors = pd.DataFrame({"core": ["yes", "no"]}, index=["a", "b"])
    >>> one, two = OrgNetwork(actors, ties), OrgNetwork(actors.assign(core="yes"), ties)
    >>> alluvial({1: one, 2: two}, by="core").data[0].link.value
    (1, 1)
    """
    if len(waves) < 2:
        raise DataError(Issue("waves", "wanted at least two", value=len(waves)))
    states = pd.DataFrame({wave: net.column(by).astype(object) for wave, net in waves.items()})
    for wave, net in waves.items():
        states.loc[~states.index.isin(net.actors.index), wave] = OUTSIDE
    inside = states.to_numpy().ravel()
    styles = group_styles([value for value in inside if not _is_outside(value)])
    named = states.map(lambda value: _state(value, styles))
    fig = sheet(title=title, height=520, width=max(760, 230 * len(waves)), legend_rows=0)
    nodes = _nodes(named, styles)
    fig.add_trace(_sankey(named, nodes, lang))
    fig.update_layout(
        annotations=_headings(list(waves), stages, lang),
        margin={"t": float(fig.layout.margin.t) + 40, "l": 20, "r": 20, "b": 20},
        showlegend=False,
    )
    shown = [style.name for style in dict.fromkeys(styles.values())]
    summary = word("alluvial_said", lang).format(
        actors=len(states), states=", ".join(group_name(s, lang) for s in shown), waves=len(waves)
    )
    table = named.map(lambda state: group_name(state, lang))
    table.columns = [str(wave) for wave in table.columns]
    return told(fig, summary, table.rename_axis("actor"), lang)


def _state(value: Any, styles: dict[Any, Style]) -> str:
    return OUTSIDE if _is_outside(value) else style_of(value, styles).name


def _is_outside(value: Any) -> bool:
    return isinstance(value, str) and value == OUTSIDE


def _nodes(named: pd.DataFrame, styles: dict[Any, Style]) -> pd.DataFrame:
    """Return a node per wave and state, with its size and colour; who is outside stands lowest."""
    order = [style.name for style in dict.fromkeys(styles.values())] + [OUTSIDE]
    colors = {style.name: style.color for style in styles.values()} | {OUTSIDE: "#d4d4d4"}
    rows = [
        (i, state, int(count), colors[state])
        for i, wave in enumerate(named.columns)
        for state, count in named[wave].value_counts().reindex(order).dropna().items()
    ]
    return pd.DataFrame(rows, columns=["column", "state", "count", "color"])


def _sankey(named: pd.DataFrame, nodes: pd.DataFrame, lang: str) -> go.Sankey:
    place = {(row.column, row.state): i for i, row in enumerate(nodes.itertuples())}
    labels = [group_name(s, lang) for s in nodes["state"]]
    links = []
    for i in range(named.shape[1] - 1):
        pairs = named.iloc[:, [i, i + 1]].value_counts(sort=False)
        links += [(place[i, a], place[i + 1, b], int(count), a) for (a, b), count in pairs.items()]
    last = named.shape[1] - 1
    color = dict(zip(nodes["state"], nodes["color"], strict=True))
    return go.Sankey(
        arrangement="fixed",
        node={
            "label": [f"{wrapped(t, 22, most=2)} ({c})" for t, c in zip(labels, nodes["count"], strict=True)],
            "color": nodes["color"].tolist(),
            "x": [0.001 + 0.998 * c / last for c in nodes["column"]],
            "y": _middles(nodes),
            "thickness": 16,
            "pad": 12,
            "line": {"width": 0.5, "color": GREY},
            "hovertemplate": "%{label}<extra></extra>",
        },
        link={
            "source": [link[0] for link in links],
            "target": [link[1] for link in links],
            "value": [link[2] for link in links],
            "color": [_pale(color[link[3]]) for link in links],
            "hovertemplate": "%{source.label} → %{target.label}: %{value}<extra></extra>",
        },
    )  # fmt: skip


def _middles(nodes: pd.DataFrame) -> list[float]:
    """Return the height of the middle of each node, from the top, in order within its wave."""
    total = nodes.groupby("column")["count"].sum().max()
    share = nodes["count"] / total * 0.82
    gaps = nodes.groupby("column").cumcount() * 0.03
    before = share.groupby(nodes["column"]).cumsum() - share / 2
    return [float(middle) for middle in (0.01 + before + gaps).clip(0.01, 0.99)]


def _pale(color: str) -> str:
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.38)"


def _headings(waves: list[Any], stages: pd.Series | None, lang: str) -> list[dict[str, Any]]:
    last = len(waves) - 1
    notes = []
    for i, wave in enumerate(waves):
        text = f"<b>{safe(wave)}</b>"
        if stages is not None and wave in stages.index:
            text += f"<br>{safe(word(str(stages[wave]), lang))}"
        side = "left" if i == 0 else "right" if i == last else "center"
        notes.append({"text": text, "x": i / last, "y": 1.01, "xref": "paper", "yref": "paper",
                      "xanchor": side, "yanchor": "bottom", "showarrow": False, "align": side})  # fmt: skip
    return notes
