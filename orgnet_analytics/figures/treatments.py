"""One measure under every treatment of missing answers, to see whether a finding hangs on who answered."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.figures.frame import decimal, names_of, sheet
from orgnet_analytics.figures.grid import Spans, segments
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import lines, safe, wrapped
from orgnet_analytics.figures.theme import GREY, OKABE_ITO, SYMBOLS
from orgnet_analytics.figures.words import word

TREATMENTS = ("known", "drop", "reconstruct", "zero")
ROW, APART = 42, 0.19


def sensitivity(
    table: pd.DataFrame,
    *,
    labels: pd.Series | None = None,
    top: int = 15,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw what each treatment of missing answers makes of a measure, between its bounds.

    Parameters
    ----------
    table : pandas.DataFrame
        From ``response.sensitivity``: of one number, or of a measure per actor.
    labels : pandas.Series, optional
        Names of the actors.
    top : int
        How many actors to show: those highest as known.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A row per actor (one row for one number): the grey band runs from the lowest to the highest value
        that is possible (where these were sampled the legend says so: it may be wider), the marks are the
        treatments. Marks that lie together: the finding does not hang on who answered. A treatment that
        leaves an actor out has no mark there.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"value": [.25, .5, .17, .17, .17, .5]}, index=["known", "drop", "reconstruct",
    ...                      "zero", "lowest", "highest"])
    >>> [trace.name for trace in sensitivity(table).data]
    ['what is possible', 'as known', 'left out', 'taken from the other side', 'counted as no tie']
    """
    values = _values(table)
    shown = values.sort_values("known", ascending=False, kind="stable").head(top)
    alone = "value" in table
    names = pd.Series([""], shown.index) if alone else names_of(shown.index, labels)
    fig = sheet(title=title, height=ROW * max(len(shown), 2) + 116, legend_rows=3)
    sampled = "exact" in table and not table["exact"].all()
    fig.add_trace(_spans(shown, word("possible_sampled" if sampled else "possible", lang)))
    fig.add_traces(_marks(shown, names, lang))
    rows = ["<br>".join(map(safe, lines(name, 30, most=2))) if name else "" for name in names]
    fig.update_yaxes(
        tickvals=list(range(len(shown))), ticktext=rows, range=[len(shown) - 0.4, -0.6],
        zeroline=False, ticklabelstandoff=6,
    )  # fmt: skip
    ends = shown.to_numpy(dtype=float)
    if np.isfinite(ends).any():
        air = 0.06 * (np.nanmax(ends) - np.nanmin(ends) or 1)
        fig.update_xaxes(range=[float(np.nanmin(ends) - air), float(np.nanmax(ends) + air)])
    fig.update_xaxes(zeroline=False)
    kept = table if alone else shown.assign(label=names).rename_axis("actor")
    said = _summary(shown, lang, alone=alone)
    said += " " + word("sensitivity_sampled_said", lang) if sampled else ""
    return told(fig, said, kept, lang)


def _values(table: pd.DataFrame) -> pd.DataFrame:
    """Return a row per actor and a column per treatment and bound, whichever of the two forms came in."""
    wanted = [*TREATMENTS, "lowest", "highest"]
    wide = table[["value"]].T if "value" in table else table
    missing = [name for name in wanted if name not in wide]
    if missing:
        hint = "response.sensitivity(...)"
        raise DataError([Issue("table", "has no such treatment", value=m, suggestion=hint)
                         for m in missing])  # fmt: skip
    return wide[wanted].astype(float)


def _spans(shown: pd.DataFrame, name: str) -> go.Scatter:
    ends = enumerate(shown[["lowest", "highest"]].to_numpy().tolist())
    known: Spans = [
        (low, at, high, at) for at, (low, high) in ends if not np.isnan([low, high]).any()
    ]
    spans = segments(known, {"color": GREY, "width": 30})
    return spans.update(name=name, showlegend=True, opacity=0.3)


def _marks(shown: pd.DataFrame, names: pd.Series, lang: str) -> list[go.Scatter]:
    drawn = []
    for i, name in enumerate(TREATMENTS):
        known = shown[name].notna()
        said = word(f"treated_{name}", lang)
        hover = [
            "<br>".join([*([f"<b>{wrapped(names[a], 40)}</b>"] if names[a] else []),
                         f"{said}: {decimal(v, lang)}"])
            for a, v in shown.loc[known, name].items()
        ]  # fmt: skip
        drawn.append(
            go.Scatter(
                x=shown.loc[known, name].tolist(), mode="markers", name=said,
                y=(np.flatnonzero(known) + (i - 1.5) * APART).tolist(),
                hovertext=hover, hoverinfo="text",
                marker={"symbol": SYMBOLS[i], "size": 10,
                        "color": OKABE_ITO[i], "line": {"width": 1, "color": "#3c3c3c"}},
            )
        )  # fmt: skip
    return drawn


def _summary(shown: pd.DataFrame, lang: str, *, alone: bool) -> str:
    if not alone:
        return word("sensitivity_each_said", lang).format(actors=len(shown))
    row = shown.iloc[0]
    course = ", ".join(
        f"{word(f'treated_{name}', lang)} {decimal(row[name], lang) or '-'}" for name in TREATMENTS
    )
    lowest, highest = decimal(row["lowest"], lang), decimal(row["highest"], lang)
    return word("sensitivity_said", lang).format(course=course, lowest=lowest, highest=highest)
