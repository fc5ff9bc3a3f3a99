"""One look for every figure: templates for screen, dark and print; colours doubled by symbols."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio

from orgnet_analytics.errors import UndefinedError

TEMPLATE = "orgnet"
THEMES = {"light": TEMPLATE, "dark": "orgnet_dark", "print": "orgnet_print"}

OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442")
PETROFF10 = (
    "#3f90da", "#ffa90e", "#bd1f01", "#94a4a2", "#832db6",
    "#a96b59", "#e76300", "#b9ac70", "#717581", "#92dadd",
)  # fmt: skip
SYMBOLS = (
    "circle", "square", "diamond", "triangle-up", "cross",
    "hexagon", "triangle-down", "star", "pentagon", "x",
)  # fmt: skip
PATTERNS = ("", "/", ".", "x", "-", "\\", "|", "+")
GREY, DOTS, OUTLINE = "#8a8a8a", "rgba(128,128,128,0.75)", "#3c3c3c"
TIE, MUTUAL = "rgba(128,128,128,0.55)", "rgba(96,112,138,0.95)"
AGREES, DIFFERS = "#0072B2", "#D55E00"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
# Names of ours: the mark keeps them apart from a group that users call "other".
OURS = "\u2060"
OTHER, MISSING, OUTSIDE = f"{OURS}other", f"{OURS}missing", f"{OURS}outside"


@dataclass(frozen=True)
class Style:
    """How one group is drawn."""

    name: str
    color: str
    symbol: str


def group_styles(values: Iterable[Any]) -> dict[Hashable, Style]:
    """Return a style per group; beyond ten groups the smaller ones share the style `OTHER`.

    Groups keep the order of their names, so that the same groups look the same in every figure. A missing
    value has the style `MISSING`.

    Examples
    --------
    >>> styles = group_styles(["care", "housing", "care"])
    >>> styles["housing"].symbol
    'square'
    """
    groups = pd.Series(list(values), dtype=object)
    counts = groups.dropna().value_counts(sort=False)
    names = sorted(counts.index, key=str)
    drawn = names
    if len(names) > len(PETROFF10):
        largest = sorted(names, key=lambda name: (-counts[name], str(name)))
        drawn = sorted(largest[: len(PETROFF10) - 1], key=str)
    palette = OKABE_ITO if len(drawn) <= len(OKABE_ITO) else PETROFF10
    styles: dict[Hashable, Style] = {
        name: Style(str(name), palette[i], SYMBOLS[i]) for i, name in enumerate(drawn)
    }
    styles |= {name: Style(OTHER, GREY, "circle-x") for name in names if name not in styles}
    if groups.isna().any():
        styles[MISSING] = Style(MISSING, GREY, "circle-cross")
    return styles


def style_of(value: Any, styles: dict[Hashable, Style]) -> Style:
    """Return the style of a value, also where it is missing."""
    return styles[MISSING] if pd.isna(value) else styles[value]


def retheme(fig: go.Figure, theme: str) -> go.Figure:
    """Return the figure in another theme: ``"light"``, ``"dark"`` or ``"print"``.

    Examples
    --------
    >>> import plotly.graph_objects as go
    >>> retheme(go.Figure(), "print").layout.template.layout.font.color
    '#000000'
    """
    if theme not in THEMES:
        choices = ", ".join(map(repr, THEMES))
        raise UndefinedError(f"There is no theme {theme!r}; there are {choices}.")
    return go.Figure(fig).update_layout(template=THEMES[theme])


def _template(ink: str, paper: str, rule: str, halo: str) -> go.layout.Template:
    axis = {
        "gridcolor": rule,
        "linecolor": rule,
        "zerolinecolor": rule,
        "automargin": True,
        "ticks": "",
        "title": {"standoff": 8},
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": 12, "color": ink},
            "title": {"font": {"size": 15}, "x": 0.01, "xanchor": "left", "y": 0.99, "yanchor": "top",
                      "pad": {"t": 8}},
            "paper_bgcolor": paper,
            "plot_bgcolor": paper,
            "colorway": list(OKABE_ITO),
            "xaxis": axis,
            "yaxis": axis,
            "legend": {"itemsizing": "constant", "font": {"size": 12}},
            "hoverlabel": {"font": {"family": FONT}, "align": "left"},
            "modebar": {"remove": ["sendChartToCloud", "select2d", "lasso2d", "autoScale2d"]},
            "annotationdefaults": {"bgcolor": halo, "borderpad": 0},
            "margin": {"l": 10, "r": 10, "t": 40, "b": 10},
        }
    )  # fmt: skip


pio.templates[TEMPLATE] = _template("#262626", "#ffffff", "#dddddd", "rgba(255,255,255,0.6)")
pio.templates[THEMES["dark"]] = _template("#e8e8e8", "#16181c", "#3a3f47", "rgba(22,24,28,0.6)")
pio.templates[THEMES["print"]] = _template("#000000", "#ffffff", "#bbbbbb", "rgba(255,255,255,0.6)")
