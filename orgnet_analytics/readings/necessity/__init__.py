"""Which conditions are necessary: what no case has reached without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError
from orgnet_analytics.inference.engine import Work, run
from orgnet_analytics.network import FloatArray
from orgnet_analytics.readings.necessity.bottleneck_tables import bottlenecks
from orgnet_analytics.readings.necessity.case_numbers import listed, numbers
from orgnet_analytics.readings.necessity.ceilings import (
    CEILINGS,
    CORNERS,
    Ceiling,
    Cloud,
    Scope,
    ceilings,
    holders,
    scope_of,
    turned_cloud,
)
from orgnet_analytics.readings.necessity.necessary_sets import sets
from orgnet_analytics.readings.necessity.verdict import TITLES, Seen
from orgnet_analytics.readings.reading import Reading
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds

__all__ = ["NecessityReading", "bottlenecks", "nca", "sets", "table"]

CLAIMS = {
    1: "{x} for {y}",
    2: "low {x} for {y}",
    3: "{x} for low {y}",
    4: "low {x} for low {y}",
}


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class NecessityReading(Reading):
    """Whether a level of a condition is needed for a level of an outcome.

    Attributes
    ----------
    condition, outcome : str
        The columns.
    ceiling : str
        The ceiling the verdict rests on.
    corner : int
        Which corner should be empty, as in `nca`.
    cases : pandas.DataFrame
        The complete cases: columns ``x`` (condition) and ``y`` (outcome).
    scope : Scope
        Where cases could lie: ``xmin, xmax, ymin, ymax, area``.
    parameters : pandas.DataFrame
        Both ceilings side by side: ``scope``, ``zone`` (the empty area), ``effect_size``, ``above`` (cases
        above the ceiling), ``accuracy`` (percent on or below it), ``fit`` (percent of the stepped zone),
        ``slope, intercept``, the four inefficiencies (percent, and an area), ``p`` and ``p_accuracy``.
    peers : pandas.DataFrame
        The cases that hold the ceiling up: columns ``x, y``.
    lines : dict of pandas.DataFrame
        Per ceiling the corners of its line.
    without : pandas.Series
        The effect size were this one case not there, the lowest first; a case that is not listed changes
        nothing.
    seed : int
        Makes the same permutations again.
    """

    condition: str
    outcome: str
    ceiling: Ceiling
    corner: int
    cases: pd.DataFrame
    scope: Scope
    parameters: pd.DataFrame
    peers: pd.DataFrame
    lines: dict[str, pd.DataFrame]
    without: pd.Series
    seed: int | None

    @property
    def effect_size(self) -> float:
        """Return which part of the scope is empty under the chosen ceiling."""
        return float(self.parameters.at["effect_size", self.ceiling])

    @property
    def p(self) -> float:
        """Return how often chance gives as much."""
        return float(self.parameters.at["p", self.ceiling])

    @property
    def headline(self) -> str:
        """Return verdict, claim and effect size in a line."""
        claim = CLAIMS[self.corner].format(x=self.condition, y=self.outcome)
        return (
            f"{self.verdict}: {claim} ({TITLES[self.ceiling]} d = {self.effect_size:.2f}, "
            f"p = {self.p:.3g}, {len(self.cases)} cases)"
        )

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield both ceilings, the peers, and the cases on which most depends."""
        yield "Both ceilings", self.parameters.rename(columns=TITLES)
        names = {"x": self.condition, "y": self.outcome}
        yield "Cases that hold the ceiling up", self.peers.rename(columns=names)
        yield "Effect size without one case", self.without.head(5).to_frame()


def nca(
    frame: pd.DataFrame,
    *,
    condition: str,
    outcome: str,
    ceiling: Ceiling = "ce_fdh",
    permutations: int = 10_000,
    seed: int | None = None,
    scope: Sequence[float | None] | None = None,
    corner: int = 1,
    rules: Rules | None = None,
) -> NecessityReading:
    r"""Say whether an outcome was ever reached without enough of a condition (Necessary Condition Analysis).

    If trust is necessary for results, there are no cases with high results and low trust: the upper left
    corner of the scatter is empty. The effect size is the part of the scope that is,

    .. math:: d = \frac{C}{(x_{max} - x_{min})(y_{max} - y_{min})}

    with C the area above a ceiling: steps through the peers (CE-FDH), or the least squares line through
    them (CR-FDH). Peers are the cases with more of the outcome than every case with less of the condition.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per case: networks, organizations, projects.
    condition, outcome : str
        Columns with numbers. Rows without either are left out, and counted.
    ceiling : {"ce_fdh", "cr_fdh"}
        What the verdict rests on: steps, for few levels; or a line, for a condition and an outcome that are
        continuous. The reading holds both.
    permutations : int
        How often the outcomes are dealt out at random over the cases.
    seed : int, optional
        Makes the same permutations again.
    scope : four numbers, optional
        Lowest and highest condition, lowest and highest outcome that are possible; None where the data say
        so. Without it, what was observed.
    corner : int
        Which corner should be empty: 1 high outcomes with little of the condition, 2 high outcomes with much
        of it, 3 low outcomes with little, 4 low outcomes with much.
    rules : dict or path, optional
        What to change in ``readings/rules/necessity.yaml``.

    Returns
    -------
    NecessityReading
        ``necessary``: effect size and p both pass their thresholds. ``not shown``: one does not.
        ``undetermined``: too few complete cases, a column that does not vary, or a p so near its threshold
        that more permutations could turn it. d runs from 0 (nothing is empty) to 1.

    Raises
    ------
    DataError
        Listing columns that are not there, values that are no numbers, a scope that leaves cases out, wrong
        rules.

    Notes
    -----
    p = max((k + 1) / (R + 1), 1 / R), k the permutations with an effect size as large; its accuracy is the
    half-width of a 95 % interval. Inefficiencies are NaN where there is one peer. R's NCA also leaves out
    those of a line with a slope up to .001; here they are given. Cases on one spot each count in the line.
    The thresholds are our own defaults.
    Source: Dul (2016), as R's NCA computes it. Checked against NCA 5.0.1 on its example data, in all four
    corners, and against a direct reading of the definitions on random cases.

    Examples
    --------
    >>> import numpy as np
    >>> trust = np.arange(20.0)
    >>> cases = pd.DataFrame({"trust": trust, "results": trust * (1 + np.arange(20) % 3) / 3})
    >>> reading = nca(cases, condition="trust", outcome="results", permutations=1000, seed=1)
    >>> reading.verdict, round(reading.effect_size, 2)
    ('necessary', 0.52)
    """
    limits = thresholds(read_rules("necessity", rules), "necessity")
    _known(ceiling, corner)
    told = numbers(frame, [condition, outcome])
    cases = told.dropna().set_axis(["x", "y"], axis=1)
    if cases.empty:
        raise UndefinedError(f"No case has both {condition!r} and {outcome!r}.")
    box = scope_of(cases, scope)
    found = ceilings(cases, box, corner)
    draws, used = _shuffled(cases, box, corner, Work(permutations, seed, title="permutations"))
    parameters = pd.concat([found.parameters, _chance(found.parameters.loc["effect_size"], draws)])
    without = _without(cases, scope, corner, ceiling)
    names = (condition, outcome)
    seen = Seen(names, ceiling, corner, parameters, without, len(cases), len(told), limits)
    return NecessityReading(
        verdict=seen.verdict,
        evidence=seen.evidence(),
        missing=seen.missing(),
        would_change=seen.would_change(),
        caveats=seen.caveats(),
        rules=limits.drop(index=["inclusion", "ron"]),
        condition=condition,
        outcome=outcome,
        ceiling=ceiling,
        corner=corner,
        cases=cases,
        scope=box,
        parameters=parameters,
        peers=found.peers,
        lines=found.lines,
        without=without,
        seed=used,
    )


def table(
    frame: pd.DataFrame,
    *,
    conditions: Sequence[str],
    outcome: str,
    ceiling: Ceiling = "ce_fdh",
    permutations: int = 10_000,
    seed: int | None = None,
    rules: Rules | None = None,
) -> pd.DataFrame:
    """Return what `nca` says of several conditions of one outcome, one row each.

    Parameters
    ----------
    frame : pandas.DataFrame
        One row per case.
    conditions : sequence of str
        Columns with numbers.
    outcome, ceiling, permutations, seed, rules
        As in `nca`.

    Returns
    -------
    pandas.DataFrame
        Index the conditions; columns ``verdict, effect_size, p, p_holm, accuracy, condition_inefficiency,
        outcome_inefficiency, lowest_without`` (the lowest effect size without one case) and ``cases``.
        ``p_holm`` is p corrected for how many conditions were tried: where many were, quote this one.

    Raises
    ------
    DataError
        As `nca`, for all conditions at once.

    Notes
    -----
    Each condition is judged over the cases that are complete for it. Source and checks are those of `nca`.

    Examples
    --------
    >>> import numpy as np
    >>> ranks = np.arange(12.0)
    >>> cases = pd.DataFrame({"trust": ranks, "age": 12 - ranks, "results": ranks})
    >>> found = table(cases, conditions=["trust", "age"], outcome="results", permutations=500, seed=1)
    >>> found["verdict"].to_dict()
    {'trust': 'necessary', 'age': 'not shown'}
    """
    conditions = listed(conditions)
    numbers(frame, [*conditions, outcome])
    rows = {
        one: _row(
            nca(frame, condition=one, outcome=outcome, ceiling=ceiling,
                permutations=permutations, seed=seed, rules=rules)
        )
        for one in conditions
    }  # fmt: skip
    found = pd.DataFrame.from_dict(rows, orient="index").rename_axis("condition")
    found.insert(3, "p_holm", _holm(found["p"]))
    return found


def _row(reading: NecessityReading) -> dict[str, object]:
    wanted = ["accuracy", "condition_inefficiency", "outcome_inefficiency"]
    return {
        "verdict": reading.verdict,
        "effect_size": reading.effect_size,
        "p": reading.p,
        **reading.parameters.loc[wanted, reading.ceiling],
        "lowest_without": reading.without.min(),
        "cases": len(reading.cases),
    }


def _holm(p: pd.Series) -> pd.Series:
    """Return the p of each test corrected for how many there are (Holm)."""
    ordered = p.dropna().sort_values()
    raised = ordered * np.arange(len(ordered), 0, -1)
    return raised.cummax().clip(upper=1.0).reindex(p.index)


def _known(ceiling: str, corner: int) -> None:
    found = []
    if ceiling not in CEILINGS:
        found.append(Issue("ceiling", "is 'ce_fdh' or 'cr_fdh'", value=ceiling))
    if corner not in list(CORNERS):
        found.append(Issue("corner", "is 1, 2, 3 or 4", value=corner))
    if found:
        raise DataError(found)


@dataclass(frozen=True)
class Shuffled:
    """The effect sizes of both ceilings when outcomes fall on the cases at random."""

    cloud: Cloud
    y: FloatArray

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws, a column per ceiling."""
        return self.cloud.effect_sizes(rng.permuted(np.tile(self.y, (count, 1)), axis=1))


def _shuffled(
    cases: pd.DataFrame, box: Scope, corner: int, work: Work
) -> tuple[FloatArray, int | None]:
    if not box.area:
        return np.full((1, 2), np.nan), work.seed
    cloud, turned = turned_cloud(cases, box, corner)
    return run(Shuffled(cloud, turned["y"].to_numpy()), work)


def _chance(sizes: pd.Series, draws: FloatArray) -> pd.DataFrame:
    """Return p and its accuracy for both ceilings; NaN where there is no effect size."""
    count = len(draws)
    as_large = (draws >= sizes.to_numpy() - 1e-12).sum(axis=0)
    p = np.maximum((as_large + 1) / (count + 1), 1 / count)
    p = np.where(sizes.isna(), np.nan, p)
    accuracy = NormalDist().inv_cdf(0.975) * np.sqrt(p * (1 - p) / count)
    return pd.DataFrame([p, accuracy], index=["p", "p_accuracy"], columns=list(CEILINGS))


def _without(
    cases: pd.DataFrame, scope: Sequence[float | None] | None, corner: int, ceiling: Ceiling
) -> pd.Series:
    """Return the effect size without each case whose absence changes it, the lowest first."""
    if not scope_of(cases, scope).area:
        return pd.Series(dtype=float, name="effect_size")
    whole = _size(cases, scope, corner, ceiling)
    sizes = {
        place: _size(cases.iloc[np.arange(len(cases)) != place], scope, corner, ceiling)
        for place in holders(cases, corner)
    }
    changed = {place: size for place, size in sizes.items() if not abs(size - whole) < 1e-12}
    found = pd.Series(
        changed.values(), index=cases.index[list(changed)], name="effect_size", dtype=float
    )
    return found.sort_values(kind="stable")


def _size(
    cases: pd.DataFrame, scope: Sequence[float | None] | None, corner: int, ceiling: Ceiling
) -> float:
    found = ceilings(cases, scope_of(cases, scope), corner).parameters
    return float(found.at["effect_size", ceiling])
