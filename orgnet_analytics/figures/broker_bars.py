"""Brokers as bars: how many pairs each brokers, in which role, and how that stands to chance."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.figures.frame import decimal
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import lines, safe, wrapped
from orgnet_analytics.figures.theme import GREY, OKABE_ITO, PATTERNS, SYMBOLS, TEMPLATE
from orgnet_analytics.figures.words import word

ROLES = ("coordinator", "consultant", "representative", "gatekeeper", "liaison")
WIDTH, ROW, SURPRISE = 760, 34, 2.0


def brokers(
    roles: pd.DataFrame,
    *,
    expectations: pd.DataFrame | None = None,
    labels: pd.Series | None = None,
    top: int = 10,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw the strongest brokers: a bar per organization, its roles stacked, and z against chance beside it.

    Parameters
    ----------
    roles : pandas.DataFrame
        From ``brokerage.roles``: one row per actor; any of the five roles, and ``total``.
    expectations : pandas.DataFrame, optional
        From ``brokerage.role_expectations``: gives z, of the total and of each role.
    labels : pandas.Series, optional
        Names to show instead of the ids; or a column ``labels`` of ``roles``.
    top : int
        How many to show.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        Those without a brokered pair are left out. The lines at -2 and 2 mark what chance seldom passes.

    Examples
    --------
    >>> import pandas as pd
    >>> roles = pd.DataFrame({"liaison": [4, 1], "gatekeeper": [0, 2], "total": [4, 3]}, index=["a", "b"])
    >>> [trace.name for trace in brokers(roles).data]
    ['gatekeeper', 'liaison']
    """
    if "total" not in roles:
        raise DataError(Issue("roles", "has no column 'total'", suggestion="brokerage.roles(...)"))
    shown = roles.sort_values("total", ascending=False, kind="stable").head(top)
    shown = shown[shown["total"] > 0]
    names = _names(roles, labels).reindex(shown.index)
    z = None if expectations is None else _z(roles, expectations).reindex(shown.index)
    places = [len(shown) - 1 - i for i in range(len(shown))]
    fig = go.Figure(layout={"template": TEMPLATE, "barmode": "stack", "bargap": 0.35})
    fig.add_traces(_bars(shown, places, names, z, lang))
    if z is not None:
        fig.add_traces(_marks(z, places, names, lang))
    _dress(fig, shown, names, places, with_z=z is not None, lang=lang)
    heading = title if title is not None else word("brokers", lang)
    fig.update_layout(title={"text": wrapped(heading, 84)})
    return told(fig, _summary(roles, shown, names, lang), _table(shown, names, z), lang)


def _names(roles: pd.DataFrame, labels: pd.Series | None) -> pd.Series:
    ids = pd.Series(roles.index.astype(str), index=roles.index)
    given = labels if labels is not None else roles.get("labels")
    return ids if given is None else given.reindex(roles.index).fillna(ids)


def _z(roles: pd.DataFrame, expectations: pd.DataFrame) -> pd.DataFrame:
    if "z" not in expectations.columns.get_level_values(0):
        hint = "brokerage.role_expectations(...)"
        raise DataError(Issue("expectations", "has no columns under 'z'", suggestion=hint))
    absent = roles.index.difference(expectations.index)
    if len(absent):
        raise DataError(
            [Issue("expectations", "has no row for this actor", value=i) for i in absent]
        )
    return expectations["z"]


def _roles_of(shown: pd.DataFrame) -> list[str]:
    return [role for role in ROLES if role in shown]


def _bars(
    shown: pd.DataFrame, places: list[int], names: pd.Series, z: pd.DataFrame | None, lang: str
) -> list[go.Bar]:
    drawn = []
    for role in _roles_of(shown):
        i = ROLES.index(role)
        said = [
            f"<b>{wrapped(names[actor], 40)}</b><br>{word(role, lang)}: {decimal(value, lang)}"
            + (
                ""
                if z is None or pd.isna(z.at[actor, role])
                else f"<br>z {decimal(z.at[actor, role], lang, 1)}"
            )
            for actor, value in shown[role].items()
        ]
        drawn.append(
            go.Bar(
                x=shown[role].tolist(),
                y=places,
                orientation="h",
                name=word(role, lang),
                legendgroup=role,
                marker={
                    "color": OKABE_ITO[i],
                    "line": {"width": 0.5, "color": "#3c3c3c"},
                    "pattern": {
                        "shape": PATTERNS[i],
                        "fillmode": "overlay",
                        "size": 6,
                        "solidity": 0.25,
                        "fgcolor": "rgba(255,255,255,0.75)",
                    },
                },
                hovertext=said,
                hoverinfo="text",
                customdata=list(shown.index),
            )
        )
    return drawn


def _marks(z: pd.DataFrame, places: list[int], names: pd.Series, lang: str) -> list[go.Scatter]:
    """Return z of each role as a small mark, and of the total as a large one."""
    drawn = []
    for role in [*_roles_of(z), "total"]:
        whole = role == "total"
        known = z[role].notna().to_numpy()
        i = len(ROLES) if whole else ROLES.index(role)
        drawn.append(
            go.Scatter(
                x=z.loc[known, role].tolist(),
                y=[place for place, here in zip(places, known, strict=True) if here],
                xaxis="x2",
                mode="markers",
                name=f"z, {word(role, lang)}" if whole else word(role, lang),
                legendgroup=role,
                showlegend=whole,
                marker={
                    "symbol": "diamond-tall" if whole else SYMBOLS[i],
                    "size": 15 if whole else 7,
                    "color": GREY if whole else OKABE_ITO[i],
                    "line": {"width": 1, "color": "#3c3c3c"},
                },
                hovertext=[
                    f"<b>{wrapped(names[actor], 40)}</b><br>z, {word(role, lang)}: {decimal(value, lang, 1)}"
                    for actor, value in z.loc[known, role].items()
                ],
                hoverinfo="text",
            )
        )
    return [drawn[-1], *drawn[:-1]]


def _dress(
    fig: go.Figure,
    shown: pd.DataFrame,
    names: pd.Series,
    places: list[int],
    *,
    with_z: bool,
    lang: str,
) -> None:
    rows = [lines(name, 30, most=2) for name in names]
    fig.update_yaxes(
        tickvals=places,
        ticktext=["<br>".join(map(safe, row)) for row in rows],
        range=[-0.7, len(places) - 0.3],
        showgrid=False,
        zeroline=False,
        ticklabelstandoff=6,
    )
    fig.update_xaxes(title={"text": word("brokered", lang)}, rangemode="tozero")
    if with_z:
        grey = {"color": GREY, "width": 1}
        fig.update_layout(
            xaxis={"domain": [0, 0.64]},
            xaxis2={"domain": [0.7, 1], "anchor": "y", "zeroline": True,
                    "title": {"text": word("against_chance", lang)}},
            shapes=[
                {"type": "line", "xref": "x2", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1,
                 "layer": "below", "line": grey | {"dash": "dot"}}
                for at in (-SURPRISE, SURPRISE)
            ],
        )  # fmt: skip
    fig.update_layout(
        width=WIDTH,
        height=150 + ROW * max(len(shown), 2),
        margin={"l": 10, "r": 20, "t": 46, "b": 92},
        legend={"orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "bottom",
                "yref": "container", "traceorder": "normal"},
        hovermode="closest",
    )  # fmt: skip


def _summary(roles: pd.DataFrame, shown: pd.DataFrame, names: pd.Series, lang: str) -> str:
    if shown.empty:
        return word("brokers_none", lang)
    return word("brokers_said", lang).format(
        top=len(shown),
        actors=len(roles),
        first=names.iloc[0],
        pairs=decimal(shown["total"].iloc[0], lang),
    )


def _table(shown: pd.DataFrame, names: pd.Series, z: pd.DataFrame | None) -> pd.DataFrame:
    columns: dict[str, Any] = {"label": names} | {r: shown[r] for r in [*_roles_of(shown), "total"]}
    if z is not None:
        columns |= {f"z_{role}": z[role] for role in z}
    return pd.DataFrame(columns, index=shown.index).rename_axis("actor")
