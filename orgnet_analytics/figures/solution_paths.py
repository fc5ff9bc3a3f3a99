"""Which combinations of conditions suffice: a column per path, a row per condition."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.figures.frame import decimal, sheet
from orgnet_analytics.figures.telling import told
from orgnet_analytics.figures.text import safe, shortened, text_width, wrapped
from orgnet_analytics.figures.theme import AGREES, DIFFERS, DOTS
from orgnet_analytics.figures.words import word
from orgnet_analytics.readings.configurations.solutions import Solution

ROW, COLUMN, GAP = 30, 84, 0.5
CORE, CONTRIBUTING = 24, 13
FITS = ("inclusion", "pri", "coverage", "unique_coverage")
SHOWN = 3
"""Tied models drawn where none are named."""


def solution_paths(
    solution: Solution,
    *,
    core: Solution | None = None,
    models: Sequence[str] | None = None,
    lang: str = "en",
    title: str | None = None,
) -> go.Figure:
    """Draw the paths of a solution: which conditions must be there, which must not, which play no part.

    Parameters
    ----------
    solution : Solution
        From ``configurations.minimize``.
    core : Solution, optional
        The parsimonious solution of the same truth table. A condition that stays in it is a core condition
        and drawn large, the others contribute and are drawn small.
    models : sequence of str, optional
        Which of the tied models to draw; the first three where left out.
    lang : {"en", "nl"}
        The language of the words.
    title : str, optional
        Above the figure.

    Returns
    -------
    plotly.graph_objects.Figure
        A filled circle: the condition is present. An open one with a cross: absent. A number: the level of a
        multi-value condition. Nothing: it plays no part. Below stand the fit of each path and of each model.

    Raises
    ------
    UndefinedError
        Where the solution has no such model, or none at all.

    Examples
    --------
    >>> import pandas as pd
    >>> from orgnet_analytics.readings.configurations import minimize, truth_table
    >>> sets = pd.DataFrame({"TRUST": [1, 1, 0, 0], "NAO": [1, 0, 1, 0], "EFFECT": [1, 1, 1, 0]})
    >>> fig = solution_paths(minimize(truth_table(sets, outcome="EFFECT")))
    >>> fig.layout.meta["orgnet"]["summary"]
    '1 of 1 models of EFFECT, 2 paths: TRUST + NAO.'
    """
    drawn = _named(solution, models)
    columns = [(model, path) for model in drawn for path in solution.paths.loc[model].index]
    starts = {model: i for i, model in enumerate(drawn)}
    at = {column: i + GAP * starts[column[0]] for i, column in enumerate(columns)}
    conditions = solution.table.conditions
    fig = sheet(title=title, height=100, legend_rows=1)
    cells = _cells(solution, columns, core)
    for kind, name, symbol, color, size in _looks(core is not None):
        ours = cells[cells["kind"] == kind]
        if len(ours):
            fig.add_trace(_marks(ours, at, conditions, word(name, lang), (symbol, color, size)))
    _fits(fig, solution, columns, at, lang)
    _wholes(fig, solution, drawn, at, lang)
    _dress(fig, solution, columns, at, lang)
    text = " | ".join(" + ".join(solution.paths.loc[model].index) for model in drawn)
    summary = word("paths_said", lang).format(
        drawn=len(drawn), models=len(solution.models), outcome=solution.table.outcome,
        paths=len(columns), text=text,
    )  # fmt: skip
    return told(fig, summary, _told(solution, columns), lang)


def _named(solution: Solution, models: Sequence[str] | None) -> list[str]:
    known = list(solution.models.index)
    if not known:
        raise UndefinedError("The solution has no model to draw: no combination is sufficient.")
    absent = [model for model in models or () if model not in known]
    if absent:
        raise UndefinedError(
            f"There is no model {absent[0]!r}; there are {known[0]} to {known[-1]}."
        )
    return list(models) if models else known[:SHOWN]


def _cells(
    solution: Solution, columns: list[tuple[str, str]], core: Solution | None
) -> pd.DataFrame:
    """Return one row per condition of each path: how it is drawn, and whether it is a core condition."""
    rows = []
    for column in columns:
        levels = solution.paths.loc[column].dropna()
        kept = set() if core is None else _core(levels, core)
        for name, level in levels.items():
            many = solution.table.levels[str(name)] > 2
            what = "level" if many else "present" if level else "absent"
            size = "" if core is None else " core" if name in kept else " contributing"
            rows.append((column, name, int(level), what + ("" if many else size)))
    return pd.DataFrame(rows, columns=["column", "condition", "level", "kind"])


def _core(levels: pd.Series, core: Solution) -> set[str]:
    """Return the conditions of a path that a path of the parsimonious solution keeps."""
    kept: set[str] = set()
    for _, short in core.paths.iterrows():
        short = short.dropna()
        if set(short.index) <= set(levels.index) and (levels[short.index] == short).all():
            kept |= set(short.index)
    return kept


def _looks(two: bool) -> list[tuple[str, str, str, str, int]]:
    """Return per kind of cell its word, symbol, colour and size."""
    kinds = [("present", "circle", AGREES), ("absent", "circle-x-open", DIFFERS)]
    sizes = [(" core", CORE), (" contributing", CONTRIBUTING)] if two else [("", CORE - 4)]
    looks = [
        (kind + size, (kind + size).replace(" ", "_"), symbol, color, pixels)
        for kind, symbol, color in kinds
        for size, pixels in sizes
    ]
    return [*looks, ("level", "level", "circle-open", AGREES, CORE)]


def _marks(
    cells: pd.DataFrame,
    at: dict[tuple[str, str], float],
    conditions: list[str],
    name: str,
    look: tuple[str, str, int],
) -> go.Scatter:
    symbol, color, size = look
    level = symbol == "circle-open"
    return go.Scatter(
        x=[at[column] for column in cells["column"]],
        y=[conditions.index(one) for one in cells["condition"]],
        mode="markers+text" if level else "markers", name=name,
        text=[str(one) for one in cells["level"]] if level else None, textfont={"size": 12},
        hovertext=[f"{wrapped(path, 50)}<br>{safe(one)}: {name}"
                   for (_, path), one in zip(cells["column"], cells["condition"], strict=True)],
        hoverinfo="text",
        marker={"symbol": symbol, "size": size, "color": color, "line": {"width": 2, "color": color}},
    )  # fmt: skip


def _fits(
    fig: go.Figure,
    solution: Solution,
    columns: list[tuple[str, str]],
    at: dict[tuple[str, str], float],
    lang: str,
) -> None:
    first = len(solution.table.conditions) + GAP
    for row, name in enumerate(FITS):
        values = [
            decimal(solution.terms.loc[column, name], lang, whole=False) for column in columns
        ]
        fig.add_trace(
            go.Scatter(x=[at[column] for column in columns], y=[first + row] * len(columns), mode="text",
                       text=values, textfont={"size": 12}, showlegend=False, hoverinfo="skip")
        )  # fmt: skip


def _wholes(
    fig: go.Figure,
    solution: Solution,
    drawn: list[str],
    at: dict[tuple[str, str], float],
    lang: str,
) -> None:
    """Write above each model its name, and below it how it fits as a whole."""
    last = len(solution.table.conditions) + GAP + len(FITS)
    for model in drawn:
        spots = [x for (one, _), x in at.items() if one == model]
        fit = word("fit", lang).format(
            **{
                name: decimal(solution.models.at[model, name], lang, whole=False)
                for name in ("inclusion", "coverage")
            }
        )
        common = {"x": sum(spots) / len(spots), "showarrow": False}
        text = fit.replace(", ", "<br>") if len(spots) < 3 else fit
        fig.add_annotation(text=f"<b>{text}</b>", y=last - 0.3, yanchor="top", **common)
        if len(solution.models) > 1:
            fig.add_annotation(text=f"<b>{model}</b>", y=-0.9, yanchor="middle", **common)


def _dress(
    fig: go.Figure,
    solution: Solution,
    columns: list[tuple[str, str]],
    at: dict[tuple[str, str], float],
    lang: str,
) -> None:
    conditions = solution.table.conditions
    n, first = len(conditions), len(conditions) + GAP
    names = [shortened(one, 30) for one in conditions] + [word(name, lang) for name in FITS]
    spots = [float(i) for i in range(n)] + [first + i for i in range(len(FITS))]
    left = max(text_width(name, 12) for name in names) + 16
    right = max(at.values()) + 0.7
    line = {"type": "line", "x0": -0.7, "x1": right, "layer": "below"}
    rules = [
        line | {"y0": y, "y1": y, "line": {"color": DOTS, "width": width}}
        for y, width in [*((i, 0.4) for i in range(n)), (n - 0.25, 1.0)]
    ]
    high, low = (-1.3 if len(solution.models) > 1 else -0.7), first + len(FITS) + 0.6
    # Two numbers below a model of one path need the width of their words.
    wide = left + 16 + max(right + 0.7, 2.2 * len({model for model, _ in columns})) * COLUMN
    entries = [text_width(trace.name, 12) + 50 for trace in fig.data if trace.name]
    lines = 1 if sum(entries) < max(440.0, wide) else len(entries)
    top, bottom = float(fig.layout.margin.t), 44.0 + 30 * lines
    fig.update_xaxes(showticklabels=False, showgrid=False, zeroline=False, range=[-0.7, right])
    fig.update_yaxes(tickvals=spots, ticktext=[safe(name) for name in names], zeroline=False,
                     showgrid=False, range=[low, high])  # fmt: skip
    fig.update_layout(
        shapes=rules,
        legend={"itemsizing": "trace"},
        margin={"l": left, "r": 16, "t": top, "b": bottom, "autoexpand": False},
        width=max(440.0, wide),
        height=top + bottom + ROW * (low - high),
    )


def _told(solution: Solution, columns: list[tuple[str, str]]) -> pd.DataFrame:
    """Return the table of the figure: the paths, what they ask, and how they fit."""
    table = pd.concat([solution.paths, solution.terms], axis=1).loc[columns].reset_index()
    return table.set_index("path")
