"""The bottleneck table: how much of each condition a level of the outcome takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, not_whole
from orgnet_analytics.network import FloatArray
from orgnet_analytics.readings.necessity.case_numbers import listed, numbers
from orgnet_analytics.readings.necessity.ceilings import (
    CEILINGS,
    Ceiling,
    Ceilings,
    ceilings,
    scope_of,
)

Unit = Literal["percentage.range", "percentage.max", "actual", "percentile"]
NOT_NEEDED, OUT_OF_REACH = "NN", "NA"


def bottlenecks(
    frame: pd.DataFrame,
    *,
    conditions: Sequence[str],
    outcome: str,
    ceiling: Ceiling = "ce_fdh",
    steps: int = 10,
    outcome_as: Unit = "percentage.range",
    conditions_as: Unit = "percentage.range",
) -> pd.DataFrame:
    """Return for each level of an outcome how much of every condition it takes at least.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per case.
    conditions : sequence of str
        Columns with numbers.
    outcome : str
        Column with numbers.
    ceiling : {"ce_fdh", "cr_fdh"}
        The ceiling that is read off.
    steps : int
        In how many steps the outcome rises from its lowest to its highest.
    outcome_as, conditions_as : {"percentage.range", "percentage.max", "actual", "percentile"}
        In which unit: percent of the way from lowest to highest, percent of the highest, the unit of
        the data, or percentiles. For an outcome these are the quantiles of the cases, for a condition the
        percentage of cases that have too little of it: the cases it is a bottleneck for.

    Returns
    -------
    pandas.DataFrame
        Index the levels of the outcome, a column per condition. A number: with less of the condition no case
        has reached this level. ``"NN"``: not needed for this level. ``"NA"``: the ceiling does not reach this
        level within the observed condition. Read a row across: whichever condition a network has too little
        of is its bottleneck, and more of another does not make up for it.

    Raises
    ------
    DataError
        Listing columns that are not there, values that are no numbers, and unknown units.

    Notes
    -----
    A table says nothing on whether the ceilings exceed chance: read `nca` first. A condition that does not
    vary is needed for nothing.
    Source: Dul (2016), as R's NCA computes it. Checked against NCA 5.0.1 on its example data.

    Examples
    --------
    >>> cases = pd.DataFrame({"trust": [1, 2, 3, 4], "results": [2, 1, 6, 10]})
    >>> found = bottlenecks(cases, conditions=["trust"], outcome="results", steps=3, outcome_as="actual",
    ...                     conditions_as="actual")
    >>> found["trust"].to_dict()
    {1.0: 'NN', 4.0: 3.0, 7.0: 4.0, 10.0: 4.0}
    """
    _known(ceiling, steps, outcome_as, conditions_as)
    conditions = listed(conditions)
    told = numbers(frame, [*conditions, outcome])
    shown, levels = _levels(told[outcome].dropna(), steps, outcome_as)
    columns = {}
    for one in conditions:
        cases = told[[one, outcome]].dropna().set_axis(["x", "y"], axis=1)
        found = ceilings(cases, scope_of(cases, None), 1)
        columns[one] = _needed(levels, found, ceiling, cases["x"], conditions_as)
    return pd.DataFrame(columns, index=pd.Index(shown, name=outcome), dtype=object)


def _known(ceiling: str, steps: int, *units: str) -> None:
    found = []
    if ceiling not in CEILINGS:
        found.append(Issue("ceiling", "is 'ce_fdh' or 'cr_fdh'", value=ceiling))
    found += not_whole(steps, "steps")
    choices = ", ".join(get_args(Unit))
    found += [
        Issue("unit", f"is one of {choices}", value=one)
        for one in units
        if one not in get_args(Unit)
    ]
    if found:
        raise DataError(found)


def _levels(outcome: pd.Series, steps: int, unit: Unit) -> tuple[FloatArray, FloatArray]:
    """Return the levels as they are shown and in the unit of the data."""
    parts = np.linspace(0, 1, steps + 1)
    if unit == "percentile":
        return 100 * parts, np.quantile(outcome, parts)
    low = 0.0 if unit == "percentage.max" else float(outcome.min())
    levels = low + parts * (float(outcome.max()) - low)
    return (levels if unit == "actual" else 100 * parts), levels


def _needed(
    levels: FloatArray, found: Ceilings, ceiling: Ceiling, x: pd.Series, unit: Unit
) -> list[float | str]:
    box = found.scope
    if not box.area or (ceiling == "cr_fdh" and "cr_fdh" not in found.lines):
        return [NOT_NEEDED] * len(levels)
    at = _on_steps(levels, found) if ceiling == "ce_fdh" else _on_line(levels, found)
    slack = 1e-9 * (box.xmax - box.xmin)
    free = at < box.xmin + slack
    beyond = np.isnan(at) | (at > box.xmax + slack)
    values = _in_unit(at, x, unit)
    return [
        OUT_OF_REACH if out else NOT_NEEDED if nothing else float(value)
        for value, nothing, out in zip(values, free, beyond, strict=True)
    ]


def _on_steps(levels: FloatArray, found: Ceilings) -> FloatArray:
    """Return the condition of the first peer that reaches each level; NaN where none does."""
    peers = found.peers
    slack = 1e-9 * (found.scope.ymax - found.scope.ymin)
    place = np.searchsorted(peers["y"].to_numpy(), levels - slack)
    reached: FloatArray = np.append(peers["x"].to_numpy(), np.nan)[place]
    return reached


def _on_line(levels: FloatArray, found: Ceilings) -> FloatArray:
    slope, intercept = found.parameters.loc[["slope", "intercept"], "cr_fdh"]
    at: FloatArray = (levels - intercept) / slope
    return at


def _in_unit(at: FloatArray, x: pd.Series, unit: Unit) -> FloatArray:
    low, high = float(x.min()), float(x.max())
    if unit == "percentage.range":
        return 100 * (at - low) / (high - low)
    if unit == "percentage.max":
        return 100 * at / high
    if unit == "percentile":
        below = np.searchsorted(np.sort(x.to_numpy()), at - 1e-9 * (high - low))
        share: FloatArray = 100 * below / len(x)
        return share
    return at
