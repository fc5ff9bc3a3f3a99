"""Tables as pictures: the matrix by block, who covers which need, who answered."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import names_of, sheet
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, shortened, text_width, wrapped
from orgnet_analytics.figures.theme import DIFFERS, GREY, OKABE_ITO
from orgnet_analytics.figures.words import word
from orgnet_analytics.network import OrgNetwork

BLANK, DARK, UNKNOWN = "#f1f3f5", OKABE_ITO[0], "#c9b8a0"
NAMED = 80


def matrix(
    net: OrgNetwork, *, by: str | None = None, lang: str = "en", title: str | None = None
) -> go.Figure:
    """Draw the network as a table, ordered by block: rows report, columns are named.

    Parameters
    ----------
    net : OrgNetwork
        One relation.
    by : str, optional
        The column of ``actors`` with the blocks, such as a sector or the positions of a block model.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Dark is a tie, light is none, brown with a dot is not known. Up to 80 actors their names stand at
        the sides; beyond that the blocks do, and the hover tells the rest.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> fig = matrix(datasets.load_knoke().relation("money"))
    >>> fig.data[0].z.shape if hasattr(fig.data[0].z, "shape") else len(fig.data[0].z)
    10
    """
    group = _groups(net, by, lang)
    names = names_of(net.actors.index, net.actors.get("label"))
    order = pd.DataFrame({"group": group, "name": names.astype(str)}).sort_values(
        ["group", "name"], kind="stable"
    )
    fig, cells = ordered(net, order, lang=lang, title=title)
    blocks = order["group"].nunique()
    summary = word("matrix_said", lang).format(
        name=net.name or word("network", lang).capitalize(),
        actors=len(order),
        ties=len(net.known),
        unknown=int(cells.isna().to_numpy().sum()),
        blocks=blocks,
    )
    return told(fig, summary, cells.rename_axis("actor"), lang)


def ordered(
    net: OrgNetwork, order: pd.DataFrame, *, lang: str, title: str | None
) -> tuple[go.Figure, pd.DataFrame]:
    """Return the matrix in this order of actors, and its cells; lines part the groups of ``order``."""
    ids, n = order.index, len(order)
    cells = net.to_matrix().loc[ids, ids]
    side = float(np.clip(n * 11, 420, 900))
    fig = sheet(title=title, height=side + 250, width=side + 230, legend_rows=1)
    states = np.where(cells.isna(), 0.5, (cells.to_numpy() > 0).astype(float))
    fig.add_trace(_states(states, order["name"], lang))
    gaps = np.argwhere(cells.isna().to_numpy())
    fig.add_traces(_key(gaps, side / max(n, 1), bool(len(gaps)), lang))
    _block_axes(fig, order, side / max(n, 1), lang)
    return fig, cells


def _groups(net: OrgNetwork, by: str | None, lang: str) -> pd.Series:
    """Return the group of each actor as it is shown, also where it is missing."""
    if by is None:
        return pd.Series("", net.actors.index)
    group = net.column(by).astype(object)
    return group.where(group.notna(), word("missing", lang)).astype(str)


def _states(states: Any, names: pd.Series, lang: str) -> go.Heatmap:
    said = {1.0: word("tie", lang), 0.0: word("none", lang), 0.5: word("unknown", lang)}
    shown = [safe(name) for name in names]
    return go.Heatmap(
        z=states.tolist(),
        zmin=0,
        zmax=1,
        colorscale=[[0, BLANK], [0.33, BLANK], [0.33, UNKNOWN], [0.66, UNKNOWN], [0.66, DARK], [1, DARK]],
        showscale=False,
        xgap=1,
        ygap=1,
        hovertext=[
            [f"{shown[i]} → {shown[k]}<br>{said[float(value)]}" for k, value in enumerate(row)]
            for i, row in enumerate(states)
        ],
        hoverinfo="text",
    )  # fmt: skip


def _key(gaps: Any, cell: float, any_unknown: bool, lang: str) -> list[go.Scatter]:
    """Return the legend, and the dots that mark what is not known."""
    kinds = [("tie", DARK), ("none", BLANK)] + ([("unknown", UNKNOWN)] if any_unknown else [])
    squares = [
        go.Scatter(
            x=[None], y=[None], mode="markers", name=word(kind, lang),
            marker={"symbol": "square", "size": 12, "color": color, "line": {"width": 1, "color": GREY}},
        )
        for kind, color in kinds
    ]  # fmt: skip
    dots = go.Scatter(
        x=gaps[:, 1].tolist(), y=gaps[:, 0].tolist(), mode="markers", showlegend=False, hoverinfo="skip",
        marker={"symbol": "circle", "size": max(cell / 5, 1.5), "color": "#5b4a33"},
    )  # fmt: skip
    return [*squares, dots] if any_unknown else squares


def _block_axes(fig: go.Figure, order: pd.DataFrame, cell: float, lang: str) -> None:
    n = len(order)
    edges = [i - 0.5 for i in range(1, n) if order["group"].iloc[i] != order["group"].iloc[i - 1]]
    rule = {"type": "line", "line": {"color": DIFFERS, "width": 1.5}}
    fig.update_layout(
        shapes=[rule | {"x0": e, "x1": e, "y0": -0.5, "y1": n - 0.5} for e in edges]
        + [rule | {"y0": e, "y1": e, "x0": -0.5, "x1": n - 0.5} for e in edges]
    )
    if n <= NAMED:
        places, texts = list(range(n)), [safe(shortened(name, 32)) for name in order["name"]]
        size = float(np.clip(cell * 0.8, 7, 11))
    else:
        middles = pd.Series(range(n)).groupby(order["group"].to_numpy()).mean()
        places, texts, size = middles.tolist(), [wrapped(g, 20) for g in middles.index], 11.0
    shared = {"tickvals": places, "ticktext": texts, "tickfont": {"size": size}, "showgrid": False,
              "zeroline": False, "range": [-0.5, n - 0.5]}  # fmt: skip
    fig.update_xaxes(**shared, side="top", tickangle=-90 if n <= NAMED else -45)
    fig.update_yaxes(**shared | {"range": [n - 0.5, -0.5]}, scaleanchor="x", constrain="domain")
    wide = max((text_width(t, size) for text in texts for t in text.split("<br>")), default=0)
    top = float(fig.layout.margin.t) + 16 + wide * (1 if n <= NAMED else 0.75)
    fig.update_layout(margin={"t": top, "l": wide + 16, "b": 40, "autoexpand": False})
    right = _block_names(fig, order) if n <= NAMED else 20.0
    drawn = cell * n
    fig.update_layout(width=drawn + wide + 16 + right, height=drawn + top + 40)
    fig.update_layout(margin={"r": right})


def _block_names(fig: go.Figure, order: pd.DataFrame) -> float:
    """Write the names of the blocks at the right and return the room they take."""
    if order["group"].nunique() < 2:
        return 20.0
    middles = pd.Series(range(len(order))).groupby(order["group"].to_numpy()).mean()
    names = [shortened(group, 26) for group in middles.index]
    fig.update_layout(
        annotations=[
            {"text": f"<b>{safe(name)}</b>", "x": len(order) - 0.5, "y": float(y), "xanchor": "left",
             "xshift": 6, "showarrow": False, "font": {"size": 11, "color": DIFFERS}}
            for name, y in zip(names, middles, strict=True)
        ]
    )  # fmt: skip
    return max(text_width(name, 13) for name in names) + 16


def coverage(
    holders: pd.DataFrame,
    *,
    labels: pd.Series | None = None,
    required: list[str] | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw who holds what the network needs, with the gaps and the needs that hang on one organization.

    Parameters
    ----------
    holders : pandas.DataFrame
        Actors by needs: above 0 is held, 0 is not, NaN is not known (``TwoModeNetwork.to_matrix()``).
    labels : pandas.Series, optional
        Names of the actors.
    required : list of str, optional
        The needs to show, also those no column has; all columns otherwise.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Needs from least to most held. A cross marks a gap, a diamond the only holder of a need, a brown
        circle a cell that is not known: where there is one, a need is no gap and no holder the only one.
        Actors that hold none of them are left out.

    Examples
    --------
    >>> import pandas as pd
    >>> holders = pd.DataFrame({"housing": [1, 0], "debt": [0, 0]}, index=["a", "b"])
    >>> describe_gaps = coverage(holders).layout.meta["orgnet"]["summary"]
    >>> describe_gaps
    '2 needs: 1 held by nobody (debt); 1 by one organization only (housing).'
    """
    needs = list(dict.fromkeys(required)) if required is not None else list(holders.columns)
    held = holders.reindex(columns=needs).astype(float)
    absent = [need for need in needs if need not in holders]
    held[absent] = 0.0
    counts, maybe = (held > 0).sum(), held.isna().sum()
    needs = counts.sort_values(kind="stable").index.tolist()
    held = held.loc[((held > 0) | held.isna()).any(axis=1), needs]
    held = held.loc[(held > 0).sum(axis=1).sort_values(ascending=False, kind="stable").index]
    names = names_of(held.index, labels)
    fig = sheet(
        title=title, height=max(22 * len(needs), 60) + 240, width=max(480, 300 + 15 * len(held))
    )
    fig.add_traces(_coverage_marks(_coverage_kinds(held), needs, names, lang))
    _coverage_axes(fig, needs, names)
    summary = _coverage_said(counts, maybe, lang)
    table = pd.DataFrame({"holders": counts.loc[needs], "not_known": maybe.loc[needs]})
    table = table.assign(who=[_who(held[need], names) for need in needs])
    return told(fig, summary, table.rename_axis("need"), lang)


def _coverage_kinds(held: pd.DataFrame) -> dict[str, list[tuple[float, int]]]:
    """Return per kind of cell where it stands; a need nobody holds stands left of the organizations."""
    kinds: dict[str, list[tuple[float, int]]] = {"held": [], "single": [], "unknown": [], "gap": []}
    for row, (_, cells) in enumerate(held.items()):
        where = np.flatnonzero((cells > 0).to_numpy())
        open_ = np.flatnonzero(cells.isna().to_numpy())
        sure = not len(open_)
        kinds["single" if sure and len(where) == 1 else "held"] += [(float(i), row) for i in where]
        kinds["unknown"] += [(float(i), row) for i in open_]
        kinds["gap"] += [(-1.0, row)] if sure and not len(where) else []
    return kinds


def _coverage_said(counts: pd.Series, maybe: pd.Series, lang: str) -> str:
    sure = maybe == 0
    alone, none = counts.index[(counts == 1) & sure], counts.index[(counts == 0) & sure]
    said = word("coverage_said", lang).format(
        needs=len(counts),
        gaps=len(none),
        gap_names=f" ({', '.join(map(str, none))})" if len(none) else "",
        single=len(alone),
        single_names=f" ({', '.join(map(str, alone))})" if len(alone) else "",
    )
    open_ = counts.index[~sure]
    if not len(open_):
        return said
    names = ", ".join(map(str, open_))
    return f"{said} {word('coverage_open', lang).format(needs=len(open_), names=names)}"


def _who(column: pd.Series, names: pd.Series) -> str:
    return "; ".join(str(names[actor]) for actor in column.index[column > 0])


def _coverage_marks(
    kinds: dict[str, list[tuple[float, int]]], needs: list[str], names: pd.Series, lang: str
) -> list[go.Scatter]:
    looks = {
        "held": ("square", DARK, 12),
        "single": ("diamond", OKABE_ITO[1], 13),
        "unknown": ("circle", UNKNOWN, 9),
        "gap": ("x", DIFFERS, 12),
    }
    drawn = []
    for kind, spots in kinds.items():
        symbol, color, size = looks[kind]
        said = [
            f"{safe(needs[row])}<br>"
            + (word("gap", lang) if x < 0 else f"<b>{wrapped(names.iloc[int(x)], 40)}</b>")
            + (f"<br>{word(kind, lang)}" if kind == "unknown" else "")
            for x, row in spots
        ]
        drawn.append(
            go.Scatter(
                x=[x for x, _ in spots], y=[row for _, row in spots], mode="markers",
                name=word(kind, lang), hovertext=said, hoverinfo="text",
                marker={"symbol": symbol, "color": color, "size": size,
                        "line": {"width": 0.8, "color": "#3c3c3c"}},
            )
        )  # fmt: skip
    return [trace for trace in drawn if len(trace.x)]


def _coverage_axes(fig: go.Figure, needs: list[str], names: pd.Series) -> None:
    short = [safe(shortened(name, 30)) for name in names]
    wide = max((text_width(shortened(name, 30), 10) for name in names), default=0)
    left = max((text_width(shortened(need, 34), 12) for need in needs), default=0) + 20
    fig.update_xaxes(tickvals=list(range(len(names))), ticktext=short, side="top", tickangle=-60,
                     tickfont={"size": 10}, range=[-1.6, len(names) - 0.4], zeroline=False)  # fmt: skip
    fig.update_yaxes(tickvals=list(range(len(needs))), ticktext=[safe(shortened(n, 34)) for n in needs],
                     range=[len(needs) - 0.4, -0.6], zeroline=False)  # fmt: skip
    top = float(fig.layout.margin.t) + 0.87 * wide + 14
    fig.update_layout(
        margin={"t": top, "l": left, "r": 0.5 * wide + 10, "b": 44, "autoexpand": False},
        height=top + 44 + max(22 * len(needs), 60),
        width=max(480, left + 0.5 * wide + 10 + 15 * (len(names) + 2)),
    )


def response(
    net: OrgNetwork, *, by: str | None = None, lang: str = "en", title: str | None = None
) -> go.Figure:
    """Draw who answered: a tile per organization, filled if it did, in a row per group.

    Parameters
    ----------
    net : OrgNetwork
        With the column ``responded``; without it every organization counts as having answered.
    by : str, optional
        The column of ``actors`` with the groups.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        At the end of a row stands how many of the group answered.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> response(datasets.load_knoke()).layout.meta["orgnet"]["summary"]
    '10 of 10 organizations answered. Did not: none.'
    """
    actors = pd.DataFrame(
        {
            "label": names_of(net.actors.index, net.actors.get("label")),
            "group": _groups(net, by, lang),
            "answered": net.responded,
        }
    )
    actors = actors.sort_values(["group", "answered"], ascending=[True, False], kind="stable")
    groups = list(actors["group"].unique())
    actors["x"], actors["y"] = _tiles(actors["group"])
    rows = int(actors["y"].max()) + 1 if len(actors) else 1
    fig = sheet(title=title, height=rows * 26 + 90)
    for answered, key, symbol in ((True, "answered", "square"), (False, "silent", "square-open")):
        ours = actors[actors["answered"] == answered]
        fig.add_trace(
            go.Scatter(
                x=ours["x"].tolist(), y=ours["y"].tolist(), mode="markers", name=word(key, lang),
                hovertext=[f"<b>{wrapped(name, 40)}</b><br>{word(key, lang)}" for name in ours["label"]],
                hoverinfo="text",
                marker={"symbol": symbol, "size": 15, "color": DARK if answered else DIFFERS,
                        "line": {"width": 2.2 if not answered else 0.5}},
            )
        )  # fmt: skip
    _response_axes(fig, actors, groups, rows)
    silent = actors.loc[~actors["answered"], "label"]
    summary = word("response_said", lang).format(
        answered=int(actors["answered"].sum()),
        actors=len(actors),
        names=", ".join(map(str, silent)) or word("nobody", lang),
    )
    return told(fig, summary, actors[["label", "group", "answered"]].rename_axis("actor"), lang)


PER_ROW = 24


def _tiles(group: pd.Series) -> tuple[Any, Any]:
    """Return the places of the tiles; a large group takes several rows."""
    nth = group.groupby(group, sort=False).cumcount().to_numpy()
    sizes = group.value_counts(sort=False).reindex(group.unique())
    first = np.concatenate([[0], np.cumsum(-(-sizes.to_numpy() // PER_ROW))[:-1]]).astype(int)
    start = dict(zip(sizes.index, first, strict=True))
    return nth % PER_ROW, nth // PER_ROW + group.map(start).to_numpy(dtype=int)


def _response_axes(fig: go.Figure, actors: pd.DataFrame, groups: list[str], rows: int) -> None:
    shares = actors.groupby("group", sort=False)["answered"].agg(["sum", "count"])
    places = actors.groupby("group", sort=False)["y"].min()
    ends = actors.groupby("group", sort=False)["x"].max()
    fig.update_layout(
        annotations=[
            {"x": float(ends[g]) + 0.7, "y": float(places[g]), "xanchor": "left", "showarrow": False,
             "text": f"{shares.at[g, 'sum']}/{shares.at[g, 'count']}"}
            for g in groups
        ]
    )  # fmt: skip
    fig.update_yaxes(
        tickvals=[float(places[g]) for g in groups],
        ticktext=[safe(shortened(g, 32)) for g in groups],
        range=[rows - 0.4, -0.6],
        showgrid=False,
        zeroline=False,
        ticklabelstandoff=6,
    )
    fig.update_xaxes(visible=False, range=[-0.7, max(PER_ROW, actors["x"].max() + 1) + 1.5])
