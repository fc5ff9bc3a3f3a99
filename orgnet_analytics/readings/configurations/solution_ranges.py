"""How far a solution hangs on the cut-offs and the anchors: which one appears over which range."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, OrgNetError
from orgnet_analytics.readings.configurations.calibration import Anchor, calibrate
from orgnet_analytics.readings.configurations.expressions import written
from orgnet_analytics.readings.configurations.solutions import Solution
from orgnet_analytics.readings.configurations.sufficiency import tied_models
from orgnet_analytics.readings.configurations.truth_tables import TruthTable, truth_table
from orgnet_analytics.readings.rulebook import is_number

STEPS = 5
"""Steps an anchor is moved in, each way."""
PLACES = ("full exclusion", "crossover", "full inclusion")


@dataclass(frozen=True, eq=False, repr=False)
class SolutionRanges:
    """Which solution appears over which range of every cut-off and anchor, the others held where they are.

    Attributes
    ----------
    ranges : pandas.DataFrame
        ``what`` is varied, from ``lowest`` to ``highest``, the ``models`` that appear (or why there are
        none), and ``same``: these are those of the solution. A range of ``incl_cut`` or ``pri_cut`` is exact
        and runs from just above ``lowest`` up to and with ``highest``. Anchors are moved in steps.
    solution : Solution
        The solution as it stands.
    """

    ranges: pd.DataFrame
    solution: Solution

    def __repr__(self) -> str:
        kept = self.ranges[self.ranges["same"]]
        stands = zip(kept["what"], kept["lowest"], kept["highest"], strict=True)
        said = "; ".join(f"{what} {low:.3g} to {high:.3g}" for what, low, high in stands)
        return f"<SolutionRanges {self.solution.table.outcome}: the solution stands for {said}>"

    def _repr_html_(self) -> str:
        shown = self.ranges.round(3).to_html(escape=True, index=False)
        return f"<p><b>{html.escape(repr(self))}</b></p>{shown}"


class _Try(NamedTuple):
    """What appears over one stretch of a cut-off or anchor."""

    low: float
    high: float
    models: str


def robustness(
    solution: Solution,
    *,
    frame: pd.DataFrame | None = None,
    anchors: Mapping[str, Anchor] | None = None,
    idm: float | None = None,
) -> SolutionRanges:
    """Say over which range of each cut-off, and of each anchor, the solution is the one it is.

    Parameters
    ----------
    solution : Solution
        From `minimize`.
    frame : pandas.DataFrame, optional
        The raw values; with ``anchors``, the anchors are moved as well.
    anchors : dict, optional
        Those the sets were calibrated with. Anchors of direct calibration and of crisp sets are moved, one at
        a time, in small steps up to .1 of the distance between the outer anchors (for a crisp set: between
        the smallest and largest value), both ways.
    idm : float, optional
        That of `calibrate`, where it was not left to the rules.

    Returns
    -------
    SolutionRanges
        A solution that stands over a wide range is worth more than one that needs its cut-off to the third
        digit.

    Raises
    ------
    DataError
        Where one of ``frame`` and ``anchors`` is given without the other.

    Notes
    -----
    Cut-offs and anchors are varied one at a time, as R's SetMethods does. Checked by minimizing at both ends
    of each range.

    Examples
    --------
    >>> from orgnet_analytics.readings.configurations.sufficiency import minimize
    >>> sets = pd.DataFrame({"TRUST": [0.9, 0.7, 0.2], "EFFECT": [0.8, 0.9, 0.3]}, index=[*"abc"])
    >>> found = minimize(truth_table(sets, outcome="EFFECT"))
    >>> ranges = robustness(found).ranges
    >>> ranges.loc[ranges["same"], ["what", "lowest", "highest", "models"]].round(2)
           what  lowest  highest models
    1  incl_cut    0.58     0.94  TRUST
    3   pri_cut    0.00     0.92  TRUST
    5     n_cut    1.00     1.00  TRUST
    """
    if not isinstance(solution, Solution):
        raise DataError(f"wanted a solution, got {type(solution).__name__}")
    if (frame is None) != (anchors is None):
        raise DataError("frame and anchors belong together: moving anchors takes the raw values")
    table = solution.table
    same = _appears(table, solution)
    rows = list(_runs("incl_cut", _cut(solution, "incl_cut", table.rows["inclusion"])))
    rows += _runs("pri_cut", _cut(solution, "pri_cut", table.rows["pri"]))
    rows += _runs("n_cut", _counts(solution))
    if frame is not None and anchors is not None:
        full = float(solution.rules.loc["idm", "value"]) if idm is None else idm
        share = float(solution.rules.loc["shift", "value"])
        for name in anchors:
            for place, moved in _moved(frame, anchors, name, share):
                tried = [
                    _Try(at, at, _recalibrated(solution, frame, new, full)) for at, new in moved
                ]
                rows += _runs(f"{name}: {place}", tried)
    ranges = pd.DataFrame(rows, columns=["what", "lowest", "highest", "models"])
    return SolutionRanges(ranges.assign(same=ranges["models"] == same), solution)


def _runs(what: str, tried: Iterable[_Try]) -> Iterator[tuple[str, float, float, str]]:
    """Yield stretches, those in a row with the same models as one."""
    for models, run in groupby(tried, key=lambda one: one.models):
        stretch = list(run)
        yield what, stretch[0].low, stretch[-1].high, models


def _cut(solution: Solution, name: str, values: pd.Series) -> Iterator[_Try]:
    """Yield what appears between each two values at which a combination changes sides."""
    inner = np.unique(values[values.between(0, 1)].round(12))
    edges = np.unique([0.0, *inner, 1.0])
    for low, high in pairwise(edges):
        yield _Try(low, high, _appears(solution.table.recut(**{name: high}), solution))


def _counts(solution: Solution) -> Iterator[_Try]:
    for count in range(1, int(solution.table.rows["n"].max()) + 1):
        yield _Try(count, count, _appears(solution.table.recut(n_cut=count), solution))


def _moved(
    frame: pd.DataFrame, anchors: Mapping[str, Anchor], name: str, share: float
) -> Iterator[tuple[str, list[tuple[float, Mapping[str, Any]]]]]:
    """Yield for each movable anchor of a set where it moves, and all anchors as they are then."""
    anchor: Any = anchors[name]
    crisp = is_number(anchor)
    if not crisp and not isinstance(anchor, tuple | list):
        return
    at = [anchor] if crisp else list(anchor)
    values = frame[name] if crisp else pd.Series(at)
    far = share * float(values.max() - values.min())
    for spot, place in enumerate(["threshold"] if crisp else PLACES):
        moves: list[tuple[float, Mapping[str, Any]]] = []
        for step in range(-STEPS, STEPS + 1):
            moved = [*at]
            moved[spot] += step / STEPS * far
            moves.append((moved[spot], {**anchors, name: moved[0] if crisp else tuple(moved)}))
        yield place, moves


def _recalibrated(
    solution: Solution, frame: pd.DataFrame, anchors: Mapping[str, Anchor], idm: float
) -> str:
    table = solution.table
    cuts = {"incl_cut": table.cuts["incl_cut"], "pri_cut": table.cuts["pri_cut"]}
    try:
        sets = calibrate(frame, anchors, idm=idm)
        again = truth_table(sets, outcome=table.outcome, conditions=table.conditions,
                            n_cut=int(table.cuts["n_cut"]), **cuts)  # fmt: skip
    except OrgNetError as error:
        return f"no table: {_first(error)}"
    return _appears(again, solution)


def _appears(table: TruthTable, solution: Solution) -> str:
    """Return the models of the truth table as text, or why there are none."""
    try:
        tied = tied_models(
            table, solution.kind, solution.directions, int(solution.rules.loc["models", "value"])
        )
    except OrgNetError as error:
        return f"none: {_first(error)}"
    texts = sorted(
        " + ".join(
            written(one, table.conditions, many=table.many_valued) for one in model.combinations
        )
        for model in tied.models
    )
    return " or ".join(texts) + ("" if tied.complete else " or more") if texts else "none"


def _first(error: OrgNetError) -> str:
    """Return the first thing an error says."""
    if isinstance(error, DataError):
        return str(error.issues["problem"].iloc[0])
    return str(error).partition(":")[0]
