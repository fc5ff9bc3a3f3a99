"""The list of data sets."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml


@cache
def registry() -> dict[str, dict[str, Any]]:
    """Return what is known of every data set, by name."""
    text = (Path(__file__).parent / "registry.yaml").read_text(encoding="utf-8")
    entries: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return entries


def list_datasets() -> pd.DataFrame:
    """Return every data set there is: a row each, index = its name.

    Returns
    -------
    pandas.DataFrame
        ``what`` it is about, ``size``, ``kind`` (real or synthetic), how it ``comes`` (shipped:
        ``load_NAME``; downloaded: ``fetch_NAME``), ``licence`` and ``source``.

    Examples
    --------
    >>> list_datasets().loc["knoke", "kind"]
    'real'
    """
    columns = ["what", "size", "kind", "comes", "licence", "source"]
    return pd.DataFrame.from_dict(registry(), orient="index")[columns].rename_axis("name")
