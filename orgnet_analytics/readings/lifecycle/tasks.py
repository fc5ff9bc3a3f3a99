"""What a network in each stage has to learn: questions for the people in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.readings.lifecycle import STAGES

FILE = Path(__file__).parents[1] / "rules" / "challenges.yaml"


def challenges(stage: str, *, lang: Literal["en", "nl"] = "en") -> pd.DataFrame:
    """Return what a network in this stage has to work on: a row per challenge.

    The challenges are ours (mark P), written from the descriptions of the stages in Imperial et al.
    (2016); they open a conversation and prescribe nothing.

    Parameters
    ----------
    stage : str
        One of ``lifecycle.STAGES``.
    lang : {"en", "nl"}
        The language of the answer.

    Returns
    -------
    pandas.DataFrame
        Columns ``challenge``, ``question`` and ``look_at`` (indicators or modules that inform it).

    Raises
    ------
    UndefinedError
        Where there is no such stage or language, ``undetermined`` among them.

    Examples
    --------
    >>> challenges("activation")["challenge"].iloc[0]
    'Find a shared purpose'
    >>> challenges("activation", lang="nl")["challenge"].iloc[0]
    'Een gedeeld doel vinden'
    """
    if stage not in STAGES:
        raise UndefinedError(f"There is no stage {stage!r}; there are {', '.join(STAGES)}.")
    if lang not in ("en", "nl"):
        raise UndefinedError(f"There is no language {lang!r}; there are 'en' and 'nl'.")
    rows = [(*row[lang], ", ".join(row["look_at"])) for row in _all()[stage]]
    return pd.DataFrame(rows, columns=["challenge", "question", "look_at"])


@cache
def _all() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found
