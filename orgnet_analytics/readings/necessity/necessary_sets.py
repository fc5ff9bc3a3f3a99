"""Necessity between sets: which conditions, or unions of them, an outcome does not do without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, not_whole
from orgnet_analytics.network import FloatArray
from orgnet_analytics.readings.necessity.case_numbers import listed
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds
from orgnet_analytics.readings.set_relations import coverage, inclusion, memberships, ron

NEGATION = "~"
JOINED = {"union": (" + ", np.max), "intersection": (" * ", np.min)}
COLUMNS = ("kind", "inclusion", "coverage", "ron", "necessary")


def sets(
    frame: pd.DataFrame,
    *,
    conditions: Sequence[str],
    outcome: str,
    largest: int = 1,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Return how far an outcome lies within each condition, its negation, and unions of conditions.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per case; memberships from 0 to 1.
    conditions : sequence of str
        Columns.
    outcome : str
        Column; with ``~`` before it, its negation.
    largest : int
        How many conditions a union or an intersection holds at most; 1: single conditions only.
    rules : dict or path, optional
        What to change in ``readings/rules/necessity.yaml`` (``inclusion``, ``ron``).

    Returns
    -------
    pandas.DataFrame
        Index ``set`` (``A``, ``~A``, ``A + ~B`` where either will do, ``A * B`` where both hold); columns
        ``kind, inclusion, coverage, ron, necessary`` (missing where no case has the outcome). Every single
        condition and negation is listed; of the unions those that are necessary while no part of them is, and
        of the intersections those that are necessary. ``inclusion`` 1: no case has the outcome without the
        set. ``ron`` near 0: the set holds nearly everywhere, so that its necessity says nothing.

    Raises
    ------
    DataError
        Listing columns that are not there and values that are no memberships; wrong rules.

    Notes
    -----
    The more conditions a union holds, the easier it is necessary: have a reason why each may stand in for the
    other before you report one. Thresholds are our own defaults.
    Source: inclusion and coverage as in Ragin (2006), relevance as R's QCA computes it. Checked against
    QCA 3.25.1 (superSubset) on Lipset's data.

    Examples
    --------
    >>> cases = pd.DataFrame({"trust": [1, 1, 1, 0], "money": [1, 0, 0, 0], "results": [1, 1, 0, 0]})
    >>> found = sets(cases, conditions=["trust", "money"], outcome="results")
    >>> found["inclusion"].to_dict()
    {'trust': 1.0, 'money': 0.5, '~trust': 0.0, '~money': 0.5}
    """
    limits = thresholds(read_rules("necessity", rules), "necessity")["value"]
    conditions = listed(conditions)
    if not_whole(largest, "largest") or largest > len(conditions):
        raise DataError(Issue("largest", f"wanted 1 to {len(conditions)}", value=largest))
    outcome = str(outcome)
    negated = outcome.startswith(NEGATION) and outcome not in frame
    told = memberships(frame, [*conditions, outcome.removeprefix(NEGATION) if negated else outcome])
    y = told.iloc[:, -1].to_numpy()
    x, y = told.iloc[:, :-1], told.iloc[:, -1].to_numpy()
    seen = _Sets(x, 1 - y if negated else y, limits)
    parts = [seen.related("condition", [(one,) for one in seen.names])]
    single = set(parts[0].index[_holds(parts[0])])
    parts += [seen.unions(largest, single), seen.intersections(largest)]
    return pd.concat([part for part in parts if len(part)])


class _Sets:
    """Conditions and their negations beside one outcome."""

    def __init__(self, x: pd.DataFrame, y: FloatArray, limits: pd.Series) -> None:
        both = pd.concat([x, (1 - x).add_prefix(NEGATION)], axis=1)
        self.names = list(both.columns)
        self.values = dict(zip(both.columns, both.to_numpy().T, strict=True))
        self.conditions, self.y, self.limits = list(x.columns), y, limits

    def related(self, kind: str, members: Sequence[tuple[str, ...]]) -> pd.DataFrame:
        """Return the relation of each set to the outcome, a row per set."""
        sign, join = JOINED.get(kind, ("", np.max))
        if not members:
            return pd.DataFrame(columns=list(COLUMNS))
        x = np.column_stack(
            [join([self.values[one] for one in parts], axis=0) for parts in members]
        )
        found = pd.DataFrame(
            {"kind": kind, "inclusion": inclusion(self.y, x), "coverage": coverage(self.y, x),
             "ron": ron(x, self.y)},
            index=pd.Index([sign.join(parts) for parts in members], name="set"),
        )  # fmt: skip
        enough = found["inclusion"] >= self.limits["inclusion"]
        needed = (enough & (found["ron"] >= self.limits["ron"])).astype("boolean")
        return found.assign(necessary=needed.where(found["inclusion"].notna()))

    def unions(self, largest: int, needed: set[str]) -> pd.DataFrame:
        """Return the unions that are necessary while no part of them is."""
        passing = [{one} for one in needed]
        parts = []
        for size in range(2, largest + 1):
            tried = [m for m in self._choices(size) if not any(one <= set(m) for one in passing)]
            found = self.related("union", tried)
            holds = _holds(found)
            passing += [set(m) for m, one in zip(tried, holds, strict=True) if one]
            parts.append(found[holds])
        return pd.concat(parts) if parts else self.related("union", [])

    def intersections(self, largest: int) -> pd.DataFrame:
        """Return the intersections that are necessary."""
        tried = [m for size in range(2, largest + 1) for m in self._choices(size)]
        found = self.related("intersection", tried)
        return found[_holds(found)]

    def _choices(self, size: int) -> Iterator[tuple[str, ...]]:
        """Yield every choice of so many conditions, each as it is or negated."""
        for chosen in combinations(self.conditions, size):
            yield from product(*((one, f"{NEGATION}{one}") for one in chosen))


def _holds(found: pd.DataFrame) -> pd.Series:
    return found["necessary"].astype("boolean").fillna(value=False).astype(bool)
