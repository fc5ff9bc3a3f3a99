"""What the network rests on beside its ties: the eight domains of program sustainability."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.readings.rulebook import read_rules

ITEM = re.compile(r"_\d+$")


def sustainability(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of each sustainability domain (PSAT), how far raters differ, and what others scored.

    Parameters
    ----------
    scores : pandas.DataFrame
        One row per rater, scores from 1 to 7, NaN where a rater gave none. A column per domain
        (``environmental_support, funding_stability, partnerships, organizational_capacity,
        program_evaluation, program_adaptation, communication, strategic_planning``), or per item:
        ``partnerships_1``, ``partnerships_2``, ... whose mean is the rater's score of that domain.

    Returns
    -------
    pandas.DataFrame
        Index ``domain``, the eight and ``overall`` (the mean of the domains that were scored); columns
        ``mean, sd, lowest, highest`` (over raters), ``raters``, and of others ``benchmark`` (a mean) and
        ``benchmark_sd``. Low: nothing in this domain holds the results up once the start-up money or the
        people of the first hour are gone. A wide span between lowest and highest is a finding: ask before
        you quote the mean. NaN where nobody scored.

    Raises
    ------
    DataError
        Listing columns that are no domain and values outside 1 to 7.

    Notes
    -----
    The benchmarks are no norms. Those of the domains come from 23 to 40 programs of one study
    (Implementation Science Communications 2022, doi 10.1186/s43058-022-00303-4); that of all together from
    5,706 assessments (Bacon et al. 2022). A difference from them is not tested.
    Source: Luke et al. (2014), the domains and the scale. Checked by hand.

    Examples
    --------
    >>> found = sustainability(pd.DataFrame({"partnerships": [6, 4], "funding_stability": [2, None]}))
    >>> found.loc[["partnerships", "funding_stability", "overall"], "mean"].tolist()
    [5.0, 2.0, 3.5]
    """
    book = read_rules("psat")
    told = _checked(scores, book)
    domains = pd.Series([ITEM.sub("", str(column)) for column in told.columns], index=told.columns)
    per_rater = told.T.groupby(domains).mean().T.reindex(columns=list(book["domains"]))
    found = pd.DataFrame(
        {"mean": per_rater.mean(), "sd": per_rater.std(), "lowest": per_rater.min(),
         "highest": per_rater.max(), "raters": per_rater.notna().sum()}
    )  # fmt: skip
    found["benchmark"] = pd.Series({name: row["mean"] for name, row in book["domains"].items()})
    found["benchmark_sd"] = pd.Series({name: row["sd"] for name, row in book["domains"].items()})
    means = per_rater.mean(axis=1)
    found.loc["overall"] = [
        found["mean"].mean(), means.std(), means.min(), means.max(), means.notna().sum(),
        book["overall"]["mean"], np.nan,
    ]  # fmt: skip
    return found.astype({"raters": int}).rename_axis("domain")


def _checked(scores: pd.DataFrame, book: dict[str, Any]) -> pd.DataFrame:
    if not isinstance(scores, pd.DataFrame) or scores.empty:
        raise DataError(
            Issue("scores", "wanted a table with a row per rater and a column per domain")
        )
    found = list(_problems(scores, book))
    if found:
        raise DataError(found)
    return scores.apply(pd.to_numeric).astype(float)


def _problems(scores: pd.DataFrame, book: dict[str, Any]) -> Iterator[Issue]:
    low, high = book["scale"]
    for place, column in enumerate(scores.columns):
        name = ITEM.sub("", str(column))
        if name not in book["domains"]:
            yield Issue(
                "scores", "is no domain", "", str(column), "", nearest(name, book["domains"])
            )
        elif (scores.columns == column).sum() > 1:
            yield Issue("scores", "the column stands more than once", column=str(column))
        else:
            given = scores.iloc[:, place]
            values = pd.to_numeric(given, errors="coerce")
            for row in np.flatnonzero(~values.between(low, high) & given.notna()):
                rater, value = scores.index[row], str(given.iloc[row])
                yield Issue("scores", f"wanted {low} to {high}", rater, str(column), value)
