"""The truth table: every observed combination of conditions, and whether it goes with the outcome."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.readings.configurations import expressions
from orgnet_analytics.readings.configurations.calibration import CLOSE, at_crossover
from orgnet_analytics.readings.configurations.minimization import LARGEST
from orgnet_analytics.readings.rulebook import Rules, is_number, read_rules, thresholds
from orgnet_analytics.readings.set_relations import inclusion, memberships, need_table, pri

COLUMNS = ("out", "n", "inclusion", "pri", "cases", "contradictory")


@dataclass(frozen=True, eq=False, repr=False)
class TruthTable:
    """The observed combinations of conditions, best first.

    Attributes
    ----------
    rows : pandas.DataFrame
        Index ``row``: the number of the combination, counted as R's QCA does. A column per condition with its
        level, then ``out`` (1 sufficient, 0 not, missing where it has fewer cases than ``n_cut``), ``n``,
        ``inclusion``, ``pri``, ``cases``, and ``contradictory``: its cases lie on both sides of the outcome.
    sets : pandas.DataFrame
        The conditions of every case.
    goal : pandas.Series
        How far each case shows the outcome, its name as it was asked for (``SURV`` or ``~SURV``).
    levels : dict of int
        How many levels each condition has; 2 for crisp and fuzzy sets.
    cuts : pandas.Series
        ``n_cut, incl_cut, pri_cut``.
    """

    rows: pd.DataFrame
    sets: pd.DataFrame
    goal: pd.Series
    levels: dict[str, int]
    cuts: pd.Series

    @property
    def conditions(self) -> list[str]:
        """The names of the conditions."""
        return list(self.sets.columns)

    @property
    def outcome(self) -> str:
        """The outcome, with ``~`` where its absence is to be explained."""
        return str(self.goal.name)

    @property
    def many_valued(self) -> bool:
        """Whether a condition has more than two levels."""
        return max(self.levels.values()) > 2

    @property
    def remainders(self) -> int:
        """How many combinations nobody shows, or fewer cases than ``n_cut``."""
        return self.possible - int(self.rows["out"].notna().sum())

    @property
    def possible(self) -> int:
        """How many combinations of levels there can be."""
        return prod(self.levels.values())

    def recut(
        self,
        *,
        n_cut: int | None = None,
        incl_cut: float | None = None,
        pri_cut: float | None = None,
    ) -> TruthTable:
        """Return the same table with other cut-offs; those left out stay as they are."""
        given = {"n_cut": n_cut, "incl_cut": incl_cut, "pri_cut": pri_cut}
        cuts = _cuts({name: self.cuts[name] if cut is None else cut for name, cut in given.items()})
        rows = _rows(self.sets, self.goal, self.levels, cuts)
        return TruthTable(rows, self.sets, self.goal, self.levels, cuts)

    def at(self, out: int) -> NDArray[np.int_]:
        """Return the combinations with this ``out``, as levels, in the order of their number."""
        rows = self.rows[self.rows["out"].eq(out).fillna(False)].sort_index()
        found: NDArray[np.int_] = rows[self.conditions].to_numpy(dtype=int)
        return found

    def __repr__(self) -> str:
        out = self.rows["out"]
        return (
            f"<TruthTable {', '.join(self.conditions)} -> {self.outcome}: {len(self.sets)} cases in "
            f"{int(out.notna().sum())} of {self.possible} combinations, {int((out == 1).sum())} "
            f"sufficient, {int(self.rows['contradictory'].sum())} contradictory>"
        )

    def _repr_html_(self) -> str:
        shown = self.rows.round(3).to_html(escape=True, na_rep="?")
        return f"<p><b>{html.escape(repr(self))}</b></p>{shown}"


def truth_table(
    sets: pd.DataFrame,
    *,
    outcome: str,
    conditions: Sequence[str] | None = None,
    n_cut: int | None = None,
    incl_cut: float | None = None,
    pri_cut: float | None = None,
    rules: Rules | None = None,
) -> TruthTable:
    """List the combinations of conditions that cases show, and how consistently each goes with the outcome.

    A case belongs to the one combination in which its membership is above .5. ``inclusion`` and ``pri`` are
    those of the combination, over all cases, as a subset of the outcome.

    Parameters
    ----------
    sets : pandas.DataFrame
        Memberships from 0 to 1, or whole levels from 0 for multi-value conditions, one row per case; from
        `calibrate`.
    outcome : str
        The column to be explained; ``"~SURV"`` its absence, ``"STAGE{2}"`` one level of it.
    conditions : sequence of str, optional
        The columns that explain; all others where left out.
    n_cut : int, optional
        Cases a combination must have to count as observed; 1 unless the rules say otherwise.
    incl_cut : float, optional
        Inclusion from which a combination counts as sufficient; .8 unless the rules say otherwise.
    pri_cut : float, optional
        PRI it must have as well; 0 unless the rules say otherwise.
    rules : dict or path, optional
        What to change in ``readings/rules/configurations.yaml``.

    Returns
    -------
    TruthTable
        Read `contradictory` rows first: their cases are alike in every condition and differ in the outcome,
        so a condition is missing, or a case was misjudged.

    Raises
    ------
    DataError
        Listing every value outside its range, missing, or exactly .5, unknown columns, names an expression
        cannot hold, conditions that are the same in every case, and cut-offs out of range; and where there
        are too many conditions.
    UndefinedError
        Where no combination has ``n_cut`` cases: all of them are remainders.

    Notes
    -----
    Source: Ragin (2008), as R's QCA computes it; cut-offs hold with a tolerance of 1e-9. Checked against QCA
    3.25.1 on Lipset's crisp, multi-value and fuzzy data.

    Examples
    --------
    >>> sets = pd.DataFrame(
    ...     {"TRUST": [1, 1, 0, 0], "NAO": [1, 0, 1, 0], "EFFECT": [1, 1, 1, 0]}, index=[*"abcd"])
    >>> table = truth_table(sets, outcome="EFFECT")
    >>> table.rows.rename_axis(None)[["TRUST", "NAO", "out", "n", "inclusion", "cases"]]
       TRUST  NAO  out  n  inclusion cases
    2      0    1    1  1        1.0     c
    3      1    0    1  1        1.0     b
    4      1    1    1  1        1.0     a
    1      0    0    0  1        0.0     d
    """
    book = thresholds(read_rules("configurations", rules), "configurations")["value"]
    given = {"n_cut": n_cut, "incl_cut": incl_cut, "pri_cut": pri_cut}
    cuts = _cuts({name: book[name] if cut is None else cut for name, cut in given.items()})
    checked, levels, goal = as_sets(sets, outcome, conditions)
    named = checked.drop(columns=_target(outcome))
    sizes = {name: levels[name] for name in named}
    _bearable(named, sizes)
    return TruthTable(_rows(named, goal, sizes, cuts), named, goal, sizes, cuts)


def as_sets(
    sets: pd.DataFrame, outcome: str, conditions: Sequence[str] | None = None
) -> tuple[pd.DataFrame, dict[str, int], pd.Series]:
    """Return the sets as numbers, how many levels each has, and how far each case shows the outcome.

    Raises
    ------
    DataError
        Listing everything that is wrong with names and values.

    Examples
    --------
    >>> as_sets(pd.DataFrame({"TRUST": [0.9, 0.2], "EFFECT": [0.7, 0.4]}), "~EFFECT")[2].round(1).tolist()
    [0.3, 0.6]
    """
    need_table(sets)
    target = _target(outcome)
    if conditions is None:
        conditions = [name for name in sets if name != target]
    if isinstance(conditions, str) or not isinstance(conditions, Iterable):
        conditions = [str(conditions)]
    checked = _checked(sets, list(conditions), target)
    levels = {name: _levels(checked[name]) for name in checked}
    goal = expressions.members(expressions.read(str(outcome), levels), checked[[target]], levels)
    return checked, levels, pd.Series(goal[:, 0], checked.index, name=str(outcome).strip())


def _target(outcome: str) -> str:
    """Return the column an outcome stands in: without the sign of negation and the level."""
    asked = str(outcome).strip().removeprefix("~").strip()
    return asked.partition("{")[0].partition("[")[0].strip()


def _cuts(cuts: dict[str, float]) -> pd.Series:
    found = [
        Issue("cut-offs", "wanted a share from 0 to 1", column=name, value=cuts[name])
        for name in ("incl_cut", "pri_cut")
        if not is_number(cuts[name]) or not 0 <= cuts[name] <= 1
    ]
    if not is_number(cuts["n_cut"]) or cuts["n_cut"] < 1 or cuts["n_cut"] % 1:
        found.append(
            Issue("cut-offs", "wanted a whole number from 1", column="n_cut", value=cuts["n_cut"])
        )
    if found:
        raise DataError(found)
    return pd.Series(cuts, dtype=float)


def _checked(sets: pd.DataFrame, conditions: Sequence[str], target: str) -> pd.DataFrame:
    """Return conditions and outcome as numbers; one error lists everything that is wrong with them."""
    if target in conditions or not conditions or len(set(conditions)) < len(conditions):
        raise DataError("wanted an outcome and at least one condition, each another column")
    numbers = memberships(sets, [*conditions, target], highest=np.inf)
    found = list(expressions.unfit_names([*conditions, target], COLUMNS))
    found += [
        Issue("sets", "names two cases", case, suggestion="give each case a name of its own")
        for case in numbers.index[numbers.index.duplicated()].unique()
    ]
    for name in numbers:
        found += _wrong(numbers[name])
    if found:
        raise DataError(found)
    return numbers


def _bearable(sets: pd.DataFrame, levels: dict[str, int]) -> None:
    """Raise where conditions tell no cases apart, or there are too many to minimize."""
    found = [
        Issue("sets", "is the same in every case, so it tells none apart", column=name,
              suggestion="leave the condition out")
        for name in sets if sets[name].nunique() == 1
    ]  # fmt: skip
    if prod(levels.values()) > LARGEST:
        found.append(Issue("sets", "too many conditions", value=len(levels),
                           suggestion="at most 16 with two levels; few cases bear that many"))  # fmt: skip
    if found:
        raise DataError(found)


def _wrong(column: pd.Series) -> list[Issue]:
    """Return the cases at .5, and in a multi-value condition those that are no level."""
    if column.max() <= 1:
        return list(at_crossover(column))
    return [
        Issue("sets", "wanted a membership up to 1, or a whole level", case, str(column.name), float(value),
              "calibrate it first")
        for case, value in column[column % 1 > 0].items()
    ]  # fmt: skip


def _levels(column: pd.Series) -> int:
    return max(2, int(column.max()) + 1)


def _rows(
    sets: pd.DataFrame, goal: pd.Series, levels: dict[str, int], cuts: pd.Series
) -> pd.DataFrame:
    two = np.array([size == 2 for size in levels.values()])
    corner = np.where(two, sets.to_numpy() > 0.5, sets.to_numpy()).astype(int)
    seen = np.unique(corner, axis=0)
    member = expressions.belonging(seen, sets, levels)
    mine = [np.flatnonzero((corner == row).all(axis=1)) for row in seen]
    rows = pd.DataFrame(seen, columns=sets.columns)
    rows["n"] = [len(cases) for cases in mine]
    rows["inclusion"], rows["pri"] = inclusion(member, goal), pri(member, goal)
    rows["cases"] = [",".join(map(str, sets.index[cases])) for cases in mine]
    rows["contradictory"] = [len(set(goal.iloc[cases] > 0.5)) > 1 for cases in mine]
    enough = rows["n"] >= cuts["n_cut"]
    if not enough.any():
        raise UndefinedError(
            f"No combination has {cuts['n_cut']:g} cases, the largest has {rows['n'].max()}: "
            "every combination is a remainder. Lower n_cut or leave conditions out."
        )
    good = (rows["inclusion"] > cuts["incl_cut"] - CLOSE) & (rows["pri"] > cuts["pri_cut"] - CLOSE)
    rows.insert(len(sets.columns), "out", good.astype("Int64").where(enough))
    number = np.ravel_multi_index(seen.T, tuple(levels.values())) + 1
    rows = rows.set_index(pd.Index(number, name="row"))
    order = np.lexsort([rows.index, -rows["n"], -rows["inclusion"].round(12)])
    return rows.iloc[order]
