"""What a figure says in words, and the table it was drawn from, kept with the figure."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from orgnet_analytics.errors import UndefinedError

KEY = "orgnet"


def told(fig: go.Figure, summary: str, table: pd.DataFrame, lang: str) -> go.Figure:
    """Keep the summary and the table with the figure, whose axes write numbers as the language does."""
    fig.layout.separators = ",." if lang == "nl" else ".,"
    kept = table.astype(object).where(table.notna(), None)
    fig.layout.meta = {
        KEY: {
            "summary": summary,
            "index": [_plain(value) for value in kept.index],
            "index_name": None if kept.index.name is None else str(kept.index.name),
            "columns": [str(column) for column in kept.columns],
            "rows": [[_plain(value) for value in row] for row in kept.to_numpy()],
        }
    }
    return fig


def describe(fig: go.Figure) -> str:
    """Return in words what a figure of this library shows, for who cannot see it.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> from orgnet_analytics.figures import network
    >>> describe(network(datasets.load_knoke().relation("money")))[:40]
    'Knoke bureaucracies: money: 10 organizat'
    """
    return str(_kept(fig)["summary"])


def table(fig: go.Figure) -> pd.DataFrame:
    """Return the table a figure of this library was drawn from.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> from orgnet_analytics.figures import network
    >>> len(table(network(datasets.load_knoke().relation("money"))))
    10
    """
    kept = _kept(fig)
    index = pd.Index(kept["index"], name=kept["index_name"])
    return pd.DataFrame(kept["rows"], index=index, columns=kept["columns"]).infer_objects()


def _kept(fig: go.Figure) -> dict[str, Any]:
    meta = fig.layout.meta
    if not isinstance(meta, dict) or KEY not in meta:
        raise UndefinedError("This figure was not made by a function of orgnet_analytics.figures.")
    kept: dict[str, Any] = meta[KEY]
    return kept


def _plain(value: Any) -> Any:
    value = value.item() if hasattr(value, "item") else value
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
