"""Which combinations of conditions suffice for an outcome: qualitative comparative analysis (QCA).

`calibrate` turns raw values into sets, `truth_table` lists the combinations that cases show, `minimize` finds
the shortest statements of what suffices, `robustness` tells how far they hang on the cut-offs, and `fit`
tests a statement of your own. Network measures of many networks become conditions in two lines:

>>> import orgnet_analytics as ona
>>> net = ona.datasets.load_knoke()
>>> frame = ona.network_table({kind: net.relation(kind) for kind in net.relations})
>>> sets = calibrate(frame, {"density": (0.1, 0.3, 0.6), "reciprocity": 0.5})
>>> sets["density"].round(2).to_dict()
{'information': 0.92, 'money': 0.31}
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from orgnet_analytics.readings.configurations import expressions
from orgnet_analytics.readings.configurations.calibration import Indirect, Levels, calibrate
from orgnet_analytics.readings.configurations.solution_ranges import SolutionRanges, robustness
from orgnet_analytics.readings.configurations.solutions import Solution, path_fit, unique_coverage
from orgnet_analytics.readings.configurations.sufficiency import minimize
from orgnet_analytics.readings.configurations.truth_tables import TruthTable, as_sets, truth_table
from orgnet_analytics.readings.set_relations import coverage, inclusion, pri, ron

__all__ = [
    "Indirect",
    "Levels",
    "Solution",
    "SolutionRanges",
    "TruthTable",
    "calibrate",
    "coverage",
    "fit",
    "inclusion",
    "minimize",
    "pri",
    "robustness",
    "ron",
    "truth_table",
]


def fit(expression: str, sets: pd.DataFrame, *, outcome: str) -> pd.DataFrame:
    """Say how well a statement of your own, or somebody else's, fits the cases.

    Parameters
    ----------
    expression : str
        In the notation of R's QCA: ``"TRUST*~RIVALRY + NAO"``; levels of multi-value conditions as in
        ``"STAGE{2}*TRUST{1}"`` or ``"STAGE{1,2}"``.
    sets : pandas.DataFrame
        As for `truth_table`.
    outcome : str
        As for `truth_table`: ``"EFFECT"``, ``"~EFFECT"`` or ``"STAGE{2}"``.

    Returns
    -------
    pandas.DataFrame
        A row per path and one for the ``whole``. ``inclusion``, ``pri``, ``coverage`` and ``unique_coverage``
        as for sufficiency. For necessity read ``coverage`` as inclusion, ``inclusion`` as coverage, and
        ``ron``, the relevance: low where the statement holds in nearly every case anyway.

    Raises
    ------
    DataError
        Listing every part of the expression that names no condition, and every value that is no membership.

    Notes
    -----
    Source: Ragin (2008), as R's QCA computes it. Checked against QCA 3.25.1 on Lipset's data.

    Examples
    --------
    >>> sets = pd.DataFrame({"TRUST": [0.9, 0.6, 0.2], "NAO": [0, 1, 1], "EFFECT": [0.8, 0.7, 0.3]})
    >>> found = fit("TRUST + ~TRUST*NAO", sets, outcome="EFFECT")
    >>> found.T.round(2).loc[["inclusion", "coverage"]]
    path       TRUST  ~TRUST*NAO  whole
    inclusion   0.94        0.58   0.74
    coverage    0.89        0.39   0.94
    """
    checked, levels, goal = as_sets(sets, outcome)
    combinations = expressions.read(expression, levels)
    member = expressions.members(combinations, checked, levels)
    paths = [part.strip() for part in expression.split("+")]
    union = member.max(axis=1, keepdims=True)
    rows = pd.DataFrame(path_fit(np.hstack([member, union]), goal), index=[*paths, "whole"])
    alone = [*unique_coverage(member, goal), *coverage(union, goal)]
    rows.insert(3, "unique_coverage", alone)
    return rows.rename_axis("path")
