"""A solution: every tied model with its fit, its paths, and the unobserved combinations it assumes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.readings.configurations.counterfactuals import Directions
from orgnet_analytics.readings.configurations.expressions import ANY, belonging, written
from orgnet_analytics.readings.configurations.minimization import cells, covering
from orgnet_analytics.readings.configurations.truth_tables import TruthTable
from orgnet_analytics.readings.reading import Reading
from orgnet_analytics.readings.set_relations import coverage, inclusion, pri, ron

Ints = NDArray[np.int_]
Floats = NDArray[np.float64]
FIT = ("inclusion", "pri", "coverage")
EXACT = 1 - 1e-9


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Solution(Reading):
    """The combinations of conditions that suffice for the outcome.

    `verdict` is one of.

    - ``sufficient``: one model, consistent enough;
    - ``ambiguous``: several models fit the same cases equally; report all of them;
    - ``none``: no combination is sufficient at these cut-offs;
    - ``undetermined``: the model is too inconsistent to read, or there are too few cases.

    Attributes
    ----------
    kind : str
        ``conservative`` (assumes nothing about what nobody shows), ``parsimonious`` (assumes whatever makes
        it shorter) or ``intermediate`` (assumes only what the directions allow).
    models : pandas.DataFrame
        Index ``M1, M2, ...``: every tied model. ``text`` in the notation of R's QCA, number of ``paths``,
        ``inclusion``, ``pri``, ``coverage`` of the whole; for intermediate ones ``origin``, the complex and
        parsimonious models they lie between.
    terms : pandas.DataFrame
        Index ``model, path``: ``inclusion``, ``pri``, raw ``coverage``, ``unique_coverage`` (what no other
        path of the model reaches; a single path reaches all of it alone) and ``cases``, by row of the truth
        table.
    paths : pandas.DataFrame
        Index ``model, path``; per condition its level, missing where it plays no part.
    assumptions : pandas.DataFrame
        Index ``row``: unobserved combinations that a model counts as sufficient, ``combination`` and a column
        per model.
    table : TruthTable
        What was minimized.
    directions : dict or None
        What was expected to help, for an intermediate solution.
    count : int or None
        How many models tie, listed or not; None where that could not be counted.
    """

    kind: str
    models: pd.DataFrame
    terms: pd.DataFrame
    paths: pd.DataFrame
    assumptions: pd.DataFrame
    table: TruthTable
    directions: Directions | None = None
    count: int | None = None

    @property
    def complete(self) -> bool:
        """Whether all tied models are listed."""
        return self.count == len(self.models)

    @property
    def headline(self) -> str:
        """The reading in a line."""
        if self.models.empty:
            return f"{self.kind} solution for {self.table.outcome}: none"
        least, count = ("at least ", len(self.models)) if self.count is None else ("", self.count)
        more = f" (and {least}{count - 1} more that fit as well)" if count > 1 else ""
        return f"{self.kind} solution, {self.verdict}: {self.models['text'].iloc[0]}{more}"

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield the models and the fit of their paths."""
        yield "Models", self.models
        yield "Paths", self.terms


@dataclass(frozen=True)
class Model:
    """One model: its combinations, and where it comes from."""

    combinations: Ints
    origin: str = ""

    @property
    def key(self) -> bytes:
        """What makes two models the same; combinations stand in the order of `primes`."""
        return self.combinations.astype(np.int8).tobytes()


@dataclass(frozen=True)
class TiedModels:
    """The models that fit alike, as many as are listed, and how many there are, where that is known."""

    models: list[Model]
    count: int | None

    @property
    def complete(self) -> bool:
        """Whether all of them are listed."""
        return self.count == len(self.models)


def frames(table: TruthTable, models: Sequence[Model]) -> dict[str, pd.DataFrame]:
    """Return the tables of a solution with these models; a path that several share is measured once."""
    wide = len(str(len(models)))
    names = [f"M{at:0{wide}d}" for at in range(1, len(models) + 1)]
    paths, chosen = distinct_paths(models, len(table.conditions))
    member = belonging(paths, table.sets, table.levels)
    texts = np.array(
        [written(one, table.conditions, many=table.many_valued) for one in paths], dtype=object
    )
    fit = {name: values for name, values in path_fit(member, table.goal).items() if name in FIT}
    each = pd.DataFrame(fit | {"cases": _cases(table, paths)})
    flat = np.concatenate(chosen) if chosen else np.empty(0, dtype=int)
    owner = np.repeat(np.array(names, dtype=object), [len(at) for at in chosen])
    index = pd.MultiIndex.from_arrays([owner, texts[flat]], names=["model", "path"])
    terms = each.iloc[flat].set_index(index)
    alone = [unique_coverage(member[:, at], table.goal) for at in chosen]
    terms.insert(len(FIT), "unique_coverage", np.concatenate(alone) if alone else [])
    levels = pd.DataFrame(paths[flat], index, table.conditions)
    return {
        "models": _models(table, models, names, [(texts[at], member[:, at]) for at in chosen]),
        "terms": terms,
        "paths": levels.astype("Int64").where(levels != ANY),
        "assumptions": _assumptions(table, models, names),
    }  # fmt: skip


def distinct_paths(models: Sequence[Model], width: int) -> tuple[Ints, list[Ints]]:
    """Return the paths of all models, each once, and which of them each model has."""
    if not models:
        return np.empty((0, width), dtype=int), []
    paths, where = np.unique(
        np.concatenate([model.combinations for model in models]), axis=0, return_inverse=True
    )
    ends = np.cumsum([len(model.combinations) for model in models])[:-1]
    return paths, np.split(where.ravel(), ends)


def _models(
    table: TruthTable,
    models: Sequence[Model],
    names: list[str],
    paths: list[tuple[NDArray[np.object_], Floats]],
) -> pd.DataFrame:
    """Return a row per model: the text of its paths, and how far cases belong to them, put together."""
    none = np.empty((len(table.sets), 0))
    unions = np.column_stack([none, *(member.max(axis=1) for _, member in paths)])
    made = pd.DataFrame(whole_fit(unions, table.goal), index=names)
    outcome = table.outcome + ("{1}" if table.many_valued and "{" not in table.outcome else "")
    both = made[["inclusion", "coverage"]].min(axis=1) > EXACT
    arrows = np.where(both, "<->", "->")
    said = [
        f"{' + '.join(texts)} {arrow} {outcome}"
        for (texts, _), arrow in zip(paths, arrows, strict=True)
    ]
    made.insert(0, "text", np.array(said, dtype=object))
    made.insert(1, "paths", [len(texts) for texts, _ in paths])
    if any(model.origin for model in models):
        made["origin"] = [model.origin for model in models]
    return made


def path_fit(member: Floats, goal: pd.Series) -> dict[str, Floats]:
    """Return the fit of each path (column)."""
    return {
        "inclusion": inclusion(member, goal),
        "pri": pri(member, goal),
        "coverage": coverage(member, goal),
        "ron": ron(member, goal),
    }


def unique_coverage(member: Floats, goal: pd.Series) -> Floats:
    """Return how much of the outcome each path (column) reaches that none of the others does."""
    reached = np.minimum(member, goal.to_numpy()[:, None])
    ranked = np.sort(np.column_stack([np.zeros((len(goal), 2)), reached]), axis=1)
    first, second = ranked[:, [-1]], ranked[:, [-2]]
    others = np.where(reached == first, second, first)
    lead = (reached - np.minimum(reached, others)).sum(axis=0)
    total = float(goal.sum())
    return lead / total if total else np.full(member.shape[1], np.nan)


def whole_fit(union: Floats, goal: pd.Series) -> dict[str, Floats]:
    """Return the fit of all paths of a model together, a column per model."""
    fit = path_fit(union, goal)
    return {name: fit[name] for name in FIT}


def _cases(table: TruthTable, combinations: Ints) -> list[str]:
    """Return the cases of each path: those of one row together, rows apart."""
    rows = table.rows[table.rows["out"].eq(1).fillna(False)].sort_index()
    covers = covering(combinations, table.at(1))
    return ["; ".join(rows["cases"][hit]) for hit in covers]


def _assumptions(table: TruthTable, models: Sequence[Model], names: list[str]) -> pd.DataFrame:
    """Return which combinations that no case shows each model counts as sufficient."""
    levels = tuple(table.levels.values())
    seen = table.rows.index[table.rows["out"].notna()] - 1
    grids = np.zeros((len(models), *levels), dtype=bool)
    for grid, model in zip(grids, models, strict=True):
        for one in model.combinations:
            grid[cells(one)] = True
    used = grids.reshape(len(models), table.possible).T
    used[seen] = False
    assumed = np.flatnonzero(used.any(axis=1))
    rows = np.column_stack(np.unravel_index(assumed, levels))
    texts = [written(row, table.conditions, many=table.many_valued) for row in rows]
    made = pd.DataFrame(used[assumed], index=pd.Index(assumed + 1, name="row"), columns=names)
    made.insert(0, "combination", np.array(texts, dtype=object))
    return made
