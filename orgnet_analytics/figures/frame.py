"""What figures with axes share: their size, their title, their legend below, their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.figures.text import text_width, wrapped
from orgnet_analytics.figures.theme import TEMPLATE

WIDTH = 760


def sheet(
    *, title: str | None, height: float, width: float = WIDTH, legend_rows: int = 1
) -> go.Figure:
    """Return an empty figure of this size, with room for a title and for legend rows below."""
    heading = wrapped(title, int(width / 9)) if title else ""
    top = 16 + (22 * (heading.count("<br>") + 1) if heading else 0)
    return go.Figure(
        layout={
            "template": TEMPLATE,
            "width": width,
            "height": height + top,
            "title": {"text": heading} if heading else None,
            "margin": {"l": 12, "r": 20, "t": top + 8, "b": 44 + 22 * legend_rows},
            "legend": {"orientation": "h", "x": 0.5, "xanchor": "center", "y": 0, "yanchor": "bottom",
                       "yref": "container", "traceorder": "normal"},
            "hovermode": "closest",
        }
    )  # fmt: skip


def legend_room(entries: Sequence[str], inside: float) -> tuple[float, int]:
    """Return how wide each entry of a legend is, and how many rows they take.

    Plotly wraps a legend at the width of the plot, not of the figure.
    """
    entry = max((text_width(one, 12) for one in entries), default=0.0)
    return entry, -(-len(entries) // max(int(inside // (entry + 48)), 1))


def decimal(value: Any, lang: str, digits: int = 2, *, whole: bool = True) -> str:
    """Return a number as it is written in this language, a whole one short; nothing where it is undefined."""
    if pd.isna(value):
        return ""
    number = float(value)
    text = f"{number:.0f}" if whole and number.is_integer() else f"{number:.{digits}f}"
    return text.replace(".", ",") if lang == "nl" else text


def names_of(ids: pd.Index, labels: pd.Series | None) -> pd.Series:
    """Return the name to show for each id: its label, or itself."""
    own = pd.Series(ids.astype(str), index=ids, dtype=object)
    return own if labels is None else labels.reindex(ids).astype(object).fillna(own)


def need_columns(table: pd.DataFrame, wanted: list[str], what: str) -> None:
    """Raise where a table lacks a column, naming each."""
    missing = [column for column in wanted if column not in table]
    if missing:
        raise DataError([Issue(what, "has no such column", column=str(c)) for c in missing])
