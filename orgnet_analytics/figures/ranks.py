"""Numbers side by side: a ranking with its bounds, scores by level and stakeholder."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.figures.frame import decimal, names_of, need_columns, sheet
from orgnet_analytics.figures.grid import segments
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import lines, safe, wrapped
from orgnet_analytics.figures.theme import DIFFERS, GREY, OKABE_ITO, Style, group_styles, style_of
from orgnet_analytics.figures.words import group_name, word
from orgnet_analytics.readings.effectiveness import EffectivenessReading

ROW = 27


def ranking(
    values: pd.Series,
    *,
    lowest: pd.Series | None = None,
    highest: pd.Series | None = None,
    labels: pd.Series | None = None,
    top: int = 15,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw the highest values of a measure, each with what it could be given what is unknown.

    Parameters
    ----------
    values : pandas.Series
        One number per actor; its name is the measure.
    lowest, highest : pandas.Series, optional
        From ``response.bounds``: between which values each number lies.
    labels : pandas.Series, optional
        Names of the actors.
    top : int
        How many to show; undefined values are left out.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A point per actor, a line between its bounds. Where lines overlap, the order is not certain.

    Examples
    --------
    >>> import pandas as pd
    >>> fig = ranking(pd.Series({"a": 2.0, "b": 5.0}, name="degree"), top=1)
    >>> fig.data[0].x
    (5.0,)
    """
    shown = values.dropna().sort_values(ascending=False, kind="stable").head(top)
    names = names_of(shown.index, labels)
    measure = word(str(values.name or "value"), lang)
    table = pd.DataFrame({"label": names, str(values.name or "value"): shown}).rename_axis("actor")
    fig = sheet(title=title, height=ROW * max(len(shown), 2) + 110, legend_rows=1)
    places = list(range(len(shown)))
    if lowest is not None and highest is not None:
        table = table.assign(
            lowest=lowest.reindex(shown.index), highest=highest.reindex(shown.index)
        )
        x = np.column_stack([table["lowest"], table["highest"], np.full(len(shown), np.nan)])
        fig.add_trace(
            go.Scatter(
                x=[None if np.isnan(v) else float(v) for v in x.ravel()],
                y=np.repeat(places, 3).tolist(), mode="lines", name=word("bounds", lang),
                line={"color": GREY, "width": 5}, opacity=0.6, hoverinfo="skip",
            )
        )  # fmt: skip
    fig.add_trace(
        go.Scatter(
            x=shown.tolist(), y=places, mode="markers", name=word("known", lang),
            marker={"size": 11, "color": OKABE_ITO[0], "line": {"width": 1, "color": "#3c3c3c"}},
            hovertext=[f"<b>{wrapped(names[a], 40)}</b><br>{safe(measure)}: {decimal(v, lang)}"
                       for a, v in shown.items()],
            hoverinfo="text", customdata=list(shown.index),
        )
    )  # fmt: skip
    fig.update_layout(showlegend=lowest is not None)
    _named_rows(fig, names)
    ends = table.select_dtypes("number").to_numpy(dtype=float)
    if len(shown):
        air = 0.04 * (np.nanmax(ends) - np.nanmin(ends) or 1)
        fig.update_xaxes(range=[float(np.nanmin(ends) - air), float(np.nanmax(ends) + air)])
    fig.update_xaxes(title={"text": safe(measure)}, zeroline=False)
    summary = word("ranking_said", lang).format(
        top=len(shown),
        actors=len(values),
        measure=measure,
        first=names.iloc[0] if len(shown) else "-",
        value=decimal(shown.iloc[0], lang) if len(shown) else "-",
    )
    return told(fig, summary, table, lang)


def _named_rows(fig: go.Figure, names: pd.Series) -> None:
    rows = ["<br>".join(map(safe, lines(name, 30, most=2))) for name in names]
    fig.update_yaxes(tickvals=list(range(len(names))), ticktext=rows, range=[len(names) - 0.4, -0.6],
                     zeroline=False, ticklabelstandoff=6)  # fmt: skip


def effectiveness(
    scores: pd.DataFrame | EffectivenessReading, *, lang: str = "en", title: str | None = None
) -> go.Figure:
    """Draw how effective the network is: criteria by level, a mark per stakeholder.

    Parameters
    ----------
    scores : EffectivenessReading or pandas.DataFrame
        From ``effectiveness.assess``; or a table with the columns ``criterion, level, stakeholder, score``,
        whose levels are ``community``, ``network`` and ``organization``, or other names.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        One row per criterion; the line runs from the lowest to the highest stakeholder: a long line is
        disagreement. Of a reading the places are drawn, from the worst possible (0) or the baseline to the
        best (1) or the target; a criterion that is disputed says so.

    Examples
    --------
    >>> import pandas as pd
    >>> scores = pd.DataFrame({"criterion": ["access", "access"], "level": ["community", "community"],
    ...                        "stakeholder": ["clients", "funders"], "score": [0.4, 0.7]})
    >>> [trace.name for trace in effectiveness(scores).data if trace.name]
    ['clients', 'funders']
    """
    reading, given = None, scores
    if isinstance(given, EffectivenessReading):
        reading, given = given, given.scores.assign(score=given.scores["place"])
    need_columns(given, ["criterion", "level", "stakeholder", "score"], "scores")
    rows = list(dict.fromkeys(zip(given["level"], given["criterion"], strict=True)))
    levels = list(dict.fromkeys(level for level, _ in rows))
    rows.sort(key=lambda row: levels.index(row[0]))
    place = _heights(rows)
    y = [place[row] for row in zip(given["level"], given["criterion"], strict=True)]
    drawn = given.assign(y=y, score=given["score"].astype(float)).dropna(subset=["score"])
    last = max(place.values(), default=0)
    fig = sheet(title=title, height=ROW * (last + 2) + 110)
    fig.add_trace(_spans(drawn))
    fig.add_traces(_stakeholders(drawn, group_styles(given["stakeholder"]), lang))
    _level_rows(fig, rows, place, last, lang)
    fig.update_xaxes(title={"text": word("score", lang)}, zeroline=False)
    _say_unknown(fig, given, place, lang)
    if reading is not None:
        _places(fig, reading, drawn, place, lang)
    summary = word("effectiveness_said", lang).format(
        criteria=len(rows),
        levels=given["level"].nunique(),
        stakeholders=given["stakeholder"].nunique(),
        lowest=decimal(drawn["score"].min(), lang),
        highest=decimal(drawn["score"].max(), lang),
    )
    columns = ["criterion", "level", "stakeholder", "score"]
    return told(fig, summary, given[columns].reset_index(drop=True), lang)


def _stakeholders(
    drawn: pd.DataFrame, styles: dict[Hashable, Style], lang: str
) -> list[go.Scatter]:
    """Return the marks of each stakeholder."""
    seen_by = pd.Series([style_of(one, styles).name for one in drawn["stakeholder"]], drawn.index)
    y = drawn["y"] + _aside(drawn)
    made = []
    for style in dict.fromkeys(styles.values()):
        ours = drawn[seen_by == style.name]
        made.append(
            go.Scatter(
                x=ours["score"].tolist(), y=y[ours.index].tolist(), mode="markers",
                name=wrapped(group_name(style.name, lang), 30),
                marker={"symbol": style.symbol, "color": style.color, "size": 11,
                        "line": {"width": 1, "color": "#3c3c3c"}},
                hovertext=[f"{safe(c)}<br>{safe(who)}: {decimal(v, lang)}"
                           for c, who, v in ours[["criterion", "stakeholder", "score"]].to_numpy()],
                hoverinfo="text",
            )
        )  # fmt: skip
    return made


def _places(
    fig: go.Figure, reading: EffectivenessReading, drawn: pd.DataFrame,
    place: dict[tuple[str, str], float], lang: str,
) -> None:  # fmt: skip
    """Say what 0 and 1 are, and mark the criteria that are disputed."""
    disputed = reading.criteria[reading.criteria["word"] == "disputed"]
    heights = [place[row] for row in zip(disputed["level"], disputed["criterion"], strict=True)]
    for y in heights:
        fig.add_annotation(
            x=float(drawn.loc[drawn["y"] == y, "score"].agg(["min", "max"]).mean()), y=y, yshift=10,
            showarrow=False, bgcolor="rgba(0,0,0,0)", text=f"<i>{word('disputed', lang)}</i>",
            font={"size": 10, "color": DIFFERS},
        )  # fmt: skip
    ends = np.nanmin([0.0, drawn["score"].min()]), np.nanmax([1.0, drawn["score"].max()])
    fig.update_xaxes(
        title={"text": word("place", lang)}, range=[float(ends[0]) - 0.04, float(ends[1]) + 0.04]
    )


def _say_unknown(
    fig: go.Figure, given: pd.DataFrame, place: dict[tuple[str, str], float], lang: str
) -> None:
    """Say so at the start of the row where no score of a criterion is known."""
    known = given["score"].notna().groupby([given["level"], given["criterion"]]).any()
    for row in known.index[~known]:
        fig.add_annotation(
            x=0, xref="paper", xanchor="left", y=place[row], showarrow=False,
            text=f"<i>{word('unknown', lang)}</i>", font={"size": 10, "color": GREY},
        )  # fmt: skip


def _aside(drawn: pd.DataFrame) -> pd.Series:
    """Return how far to set marks on one spot above and below the line, so that each is seen."""
    spot = drawn.groupby(["y", "score"])["score"]
    return 0.36 * (spot.cumcount() - (spot.transform("size") - 1) / 2)


def _said(criterion: str) -> list[str]:
    return lines(criterion, 34, most=2)


def _heights(rows: list[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Return where each row stands: with room for the heading of its level and for a second line."""
    extra = [0.12 * (len(_said(criterion)) - 1) for _, criterion in rows]
    at = dict.fromkeys(rows[:1], 0.0)
    for i, (before, row) in enumerate(pairwise(rows)):
        heading = 0.8 if before[0] != row[0] else 0
        at[row] = at[before] + 1 + heading + extra[i] + extra[i + 1]
    return at


def _spans(drawn: pd.DataFrame) -> go.Scatter:
    ends = drawn.groupby("y")["score"].agg(["min", "max"])
    spans = [(low, at, high, at) for at, low, high in ends.astype(float).itertuples()]
    return segments(spans, {"color": GREY, "width": 1.5})


def _level_rows(
    fig: go.Figure,
    rows: list[tuple[str, str]],
    place: dict[tuple[str, str], float],
    last: float,
    lang: str,
) -> None:
    heads = {
        level: place[level, c] - 0.6 - 0.15 * len(_said(c)) for level, c in reversed(rows)
    }  # fmt: skip
    fig.update_yaxes(
        tickvals=[*place.values(), *heads.values()],
        ticktext=["<br>".join(map(safe, _said(c))) for _, c in rows]
        + [f"<b>{safe(word(str(level), lang))}</b>" for level in heads],
        range=[last + 0.6, -1.4], showgrid=False, zeroline=False, ticklabelstandoff=6,
    )  # fmt: skip
