"""Minimize a truth table to what suffices, and say how far that can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.readings.configurations.counterfactuals import Directions, between, expected
from orgnet_analytics.readings.configurations.covers import smallest_covers
from orgnet_analytics.readings.configurations.minimization import (
    Bools,
    Ints,
    cells,
    covering,
    primes,
)
from orgnet_analytics.readings.configurations.solutions import (
    Model,
    Solution,
    TiedModels,
    distinct_paths,
    frames,
)
from orgnet_analytics.readings.configurations.truth_tables import TruthTable
from orgnet_analytics.readings.reading import UNDETERMINED, evidence_table
from orgnet_analytics.readings.rulebook import Rules, read_rules, thresholds

Kind = Literal["conservative", "parsimonious", "intermediate"]
KINDS = ("conservative", "parsimonious", "intermediate")


def minimize(
    table: TruthTable,
    *,
    solution: Kind = "conservative",
    directions: Directions | None = None,
    rules: Rules | None = None,
) -> Solution:
    """Find the shortest statements of which combinations suffice, every one of them where several tie.

    The sufficient rows of the truth table are merged as long as a condition makes no difference. A model is a
    choice of the fewest prime implicants (combinations nothing can be left out of) that covers every
    sufficient row. The three solutions differ in what they assume about combinations that no case shows.

    Parameters
    ----------
    table : TruthTable
        From `truth_table`.
    solution : {"conservative", "parsimonious", "intermediate"}
        Assume nothing; assume whatever makes the statement shorter; or assume only what ``directions`` allow.
    directions : dict, optional
        For the intermediate solution, per condition what is expected to help: ``"present"``, ``"absent"``, a
        level or several. A condition left out is expected nothing of.
    rules : dict or path, optional
        What to change in ``readings/rules/configurations.yaml``.

    Returns
    -------
    Solution
        Read `verdict` and `models` first, then `assumptions`: would you defend each of them?

    Raises
    ------
    DataError
        Where a direction is unknown, or directions are missing or given for nothing.
    UndefinedError
        Where every observed combination is sufficient, so that nothing tells cases apart.

    Notes
    -----
    Source: Ragin (2008); Dusa (2019) for what counts as a model. Intermediate solutions are found for each
    pair of a complex and a parsimonious model, as R's QCA does; directions are those of single conditions.
    Checked against QCA 3.25.1 on Lipset's crisp, multi-value and fuzzy data, and against enumeration on
    random truth tables.

    Examples
    --------
    >>> from orgnet_analytics.readings.configurations.truth_tables import truth_table
    >>> four = pd.DataFrame({"TRUST": [1, 1, 0, 0], "NAO": [1, 0, 1, 0], "EFFECT": [1, 1, 1, 0]})
    >>> sets = pd.concat([four, four], keys=["north", "south"])
    >>> found = minimize(truth_table(sets, outcome="EFFECT"))
    >>> found
    <Solution conservative solution, sufficient: TRUST + NAO <-> EFFECT>
    >>> found.terms["unique_coverage"].round(2).tolist()
    [0.33, 0.33]
    """
    if not isinstance(table, TruthTable):
        raise DataError(f"wanted a truth table, got {type(table).__name__}")
    if solution not in KINDS:
        raise UndefinedError(
            f"There is no solution {solution!r}; there are {', '.join(map(repr, KINDS))}."
        )
    if directions and solution != "intermediate":
        raise DataError("directions are for the intermediate solution only")
    book = thresholds(read_rules("configurations", rules), "configurations")
    tied = tied_models(table, solution, directions, int(book.loc["models", "value"]))
    made = _read(table, tied, book)
    return Solution(kind=solution, directions=directions, table=table, count=tied.count, **made)


def tied_models(
    table: TruthTable, kind: str, directions: Directions | None, most: int
) -> TiedModels:
    """Return every tied model, at most so many, and how many there are."""
    helps = expected(directions, table.levels) if kind == "intermediate" else []
    wanted, against = table.at(1), table.at(0)
    if not len(wanted):
        return TiedModels([], 0)
    if not len(against):
        raise UndefinedError(
            "Every observed combination is sufficient: nothing tells cases with the outcome from others."
        )
    levels = tuple(table.levels.values())
    closed = _grid(levels, wanted)
    open_ = ~_grid(levels, against)
    if kind == "intermediate":
        return _intermediate(closed, open_, wanted, helps, most)
    return _covers(closed if kind == "conservative" else open_, wanted, most)


def _grid(levels: tuple[int, ...], rows: Ints) -> Bools:
    grid = np.zeros(levels, dtype=bool)
    grid[tuple(rows.T)] = True
    return grid


def _covers(allowed: Bools, wanted: Ints, most: int, *, count_all: bool = True) -> TiedModels:
    found = primes(allowed, wanted)
    covers = smallest_covers(covering(found, wanted), most, count_all=count_all)
    return TiedModels([Model(found[list(chosen)]) for chosen in covers.chosen], covers.count)


def _intermediate(
    closed: Bools, open_: Bools, wanted: Ints, helps: list[frozenset[int]], most: int
) -> TiedModels:
    """Minimize with the easy counterfactuals between each complex and each parsimonious model.

    Pairs with the same counterfactuals have the same models.
    """
    many, few = (_covers(grid, wanted, most, count_all=False) for grid in (closed, open_))
    whole = many.complete and few.complete
    paths, chosen = distinct_paths(few.models, closed.ndim)
    done: dict[bytes, list[int]] = {}
    found: dict[bytes, int] = {}
    listed: list[tuple[Model, list[str]]] = []
    for c, complex_ in enumerate(many.models, 1):
        easy = [
            _opened(closed, between(complex_.combinations, path[None], helps)) for path in paths
        ]
        for p, at in enumerate(chosen, 1):
            allowed = np.logical_or.reduce([easy[path] for path in at])
            key = allowed.tobytes()
            if key not in done:
                tied = _covers(allowed, wanted, most, count_all=False)
                whole = whole and tied.complete
                done[key] = [found.setdefault(model.key, len(found)) for model in tied.models]
                new = zip(done[key], tied.models, strict=True)
                listed += [(model, []) for number, model in new if len(listed) <= number < most]
            for number in done[key]:
                if number < most:
                    listed[number][1].append(f"C{c}P{p}")
    models = [Model(model.combinations, ", ".join(where)) for model, where in listed]
    return TiedModels(models, len(found) if whole else None)


def _opened(closed: Bools, combinations: Ints) -> Bools:
    """Return the rows of the truth table that are allowed once these combinations are."""
    allowed = closed.copy()
    for one in combinations:
        allowed[cells(one)] = True
    return allowed


def _read(table: TruthTable, tied: TiedModels, book: pd.DataFrame) -> dict[str, Any]:
    made: dict[str, Any] = frames(table, tied.models)
    limits = book["value"]
    found = made["models"]
    lowest = found[["inclusion", "pri", "coverage"]].min().astype(float)
    consistent = bool(
        lowest["inclusion"] >= limits["solution_inclusion"] and lowest["pri"] >= limits["pri"]
    )
    verdict = "sufficient" if tied.count == 1 else "ambiguous"
    if not consistent or len(table.sets) < limits["cases"]:
        verdict = UNDETERMINED if len(found) else "none"
    return made | {
        "verdict": verdict,
        "evidence": _evidence(table, made, tied, lowest, limits),
        "missing": tuple(_missing(table)),
        "would_change": tuple(_near(table, limits["near"])),
        "caveats": tuple(_caveats(table, made, tied, limits)),
        "rules": book,
    }


def _evidence(
    table: TruthTable,
    made: dict[str, pd.DataFrame],
    tied: TiedModels,
    lowest: pd.Series,
    limits: pd.Series,
) -> pd.DataFrame:
    count = len(tied.models) if tied.count is None else tied.count
    least = "at least " if tied.count is None else ""
    assumed = made["assumptions"].drop(columns="combination")
    clashes, per = int(table.rows["contradictory"].sum()), len(table.sets) / len(table.conditions)
    enough, many = bool(per >= limits["cases_per_condition"]), len(table.sets) >= limits["cases"]
    rows: list[tuple[str, object, str, bool | None]] = [
        ("models", count, f"{least}{count} fit alike" if count > 1 else "one fits" if count else "none fits",
         tied.count == 1),
        _against("inclusion", lowest, limits["solution_inclusion"], ("consistent", "too inconsistent")),
        _against("pri", lowest, limits["pri"], ("speaks for the outcome", "speaks as much for its absence")),
        (*_against("coverage", lowest, limits["coverage"],
                   ("reaches most of the outcome", "most of the outcome comes about otherwise"))[:3], None),
        ("contradictory", clashes, "cases alike differ in the outcome" if clashes else "no case contradicts",
         not clashes),
        ("assumed", int(assumed.sum().max()) if count else 0, "taken as sufficient, shown by no case",
         None),
        ("cases", len(table.sets), "enough" if many else "too few for a verdict", bool(many)),
        ("cases_per_condition", per, "enough" if enough else "few", enough),
    ]  # fmt: skip
    return evidence_table(rows)


def _against(
    name: str, lowest: pd.Series, limit: float, words: tuple[str, str]
) -> tuple[str, float, str, bool | None]:
    """Return one line of evidence: the lowest value over the models against its threshold."""
    value = float(lowest[name])
    if np.isnan(value):
        return name, value, "no model", None
    return name, value, words[int(value < limit)], bool(value >= limit)


def _missing(table: TruthTable) -> Iterator[str]:
    if table.remainders:
        few = f", or fewer than {table.cuts['n_cut']:g}" if table.cuts["n_cut"] > 1 else ""
        yield f"{table.remainders} of {table.possible} combinations: no case shows them{few}"


def _near(table: TruthTable, near: float) -> Iterator[str]:
    """Say which combinations are close enough to the cut that a little more or less would turn them."""
    cut = table.cuts["incl_cut"]
    rows = table.rows[(table.rows["inclusion"] - cut).abs() <= near]
    for number, row in rows[rows["out"].notna()].iterrows():
        said = f"row {number} ({row['cases']}) has inclusion {row['inclusion']:.3f}"
        if row["out"] == 1 and row["inclusion"] < 1:
            yield f"{said}: with a higher incl_cut it would not count as sufficient"
        elif row["out"] == 0 and row["inclusion"] < cut:
            yield f"{said}: with a lower incl_cut it would count as sufficient"


def _caveats(
    table: TruthTable, made: dict[str, pd.DataFrame], tied: TiedModels, limits: pd.Series
) -> Iterator[str]:
    yield "Sufficient means that cases with the combination show the outcome; it does not say why."
    if not tied.complete:
        listed, known = f"{len(tied.models):,} listed", tied.count is not None
        yield (
            f"{tied.count:,} models fit alike; {listed}."
            if known
            else (f"More models fit alike than the {listed}.")
        )
    if len(made["assumptions"]):
        yield "Counts combinations as sufficient that no case shows; see assumptions."
    for number, row in table.rows[table.rows["contradictory"]].iterrows():
        yield f"Cases of row {number} differ in the outcome: {row['cases']}."
    named = [name for name, size in table.levels.items() if size == 2]
    two = table.sets[named].assign(**{table.outcome: table.goal})
    share = (two > 0.5).mean()
    for name in share.index[np.maximum(share, 1 - share) > limits["skew"]]:
        yield f"{name} is skewed: {share[name]:.0%} of the cases belong to it."
