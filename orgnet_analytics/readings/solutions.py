"""A solution: every tied model with its fit, its paths, and the unobserved combinations it assumes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.readings.counterfactuals import Directions
from orgnet_analytics.readings.expressions import ANY, belonging, written
from orgnet_analytics.readings.minimization import cells, covering
from orgnet_analytics.readings.reading import Reading
from orgnet_analytics.readings.set_relations import coverage, inclusion, pri, ron
from orgnet_analytics.readings.truth_tables import TruthTable

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
    - ``undetermined``: the model is too inconsistent to read.

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
    complete : bool
        Whether all tied models are listed.
    """

    kind: str
    models: pd.DataFrame
    terms: pd.DataFrame
    paths: pd.DataFrame
    assumptions: pd.DataFrame
    table: TruthTable
    directions: Directions | None = None
    complete: bool = True

    @property
    def headline(self) -> str:
        """The reading in a line."""
        count = len(self.models)
        if not count:
            return f"{self.kind} solution for {self.table.outcome}: none"
        more = f" (and {count - 1} more that fit as well)" if count > 1 else ""
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
    def key(self) -> frozenset[tuple[int, ...]]:
        """What makes two models the same."""
        return frozenset(map(tuple, self.combinations.tolist()))


def frames(table: TruthTable, models: Sequence[Model]) -> dict[str, pd.DataFrame]:
    """Return the tables of a solution with these models."""
    wide = max(len(str(len(models))), 1)
    names = [f"M{at:0{wide}d}" for at in range(1, len(models) + 1)]
    shown = [_Shown(table, model) for model in models]
    columns = ["text", "paths", *FIT] + ["origin"] * any(model.origin for model in models)
    return {
        "models": pd.DataFrame([one.whole for one in shown], index=names, columns=columns),
        "terms": _stacked([one.fit for one in shown], names),
        "paths": _stacked([one.levels for one in shown], names),
        "assumptions": _assumptions(table, models, names),
    }


def _stacked(parts: list[pd.DataFrame], names: list[str]) -> pd.DataFrame:
    if not parts:
        index = pd.MultiIndex.from_arrays([[], []], names=["model", "path"])
        return pd.DataFrame(index=index)
    return pd.concat(parts, keys=names, names=["model", "path"])


class _Shown:
    """One model as rows of the tables."""

    def __init__(self, table: TruthTable, model: Model) -> None:
        member = belonging(model.combinations, table.sets, table.levels)
        texts = [
            written(one, table.conditions, many=table.many_valued) for one in model.combinations
        ]
        self.fit = pd.DataFrame(path_fit(member, table.goal), index=texts).drop(columns="ron")
        self.fit["cases"] = _cases(table, model.combinations)
        self.levels = pd.DataFrame(model.combinations, texts, table.conditions)
        self.levels = self.levels.astype("Int64").where(self.levels != ANY)
        whole = whole_fit(member, table.goal)
        arrow = "<->" if min(whole["inclusion"], whole["coverage"]) > EXACT else "->"
        outcome = table.outcome + ("{1}" if table.many_valued and "{" not in table.outcome else "")
        text = f"{' + '.join(texts)} {arrow} {outcome}"
        self.whole = {"text": text, "paths": len(texts), **whole, "origin": model.origin}


def path_fit(member: Floats, goal: pd.Series) -> dict[str, Floats]:
    """Return the fit of each path (column), and what of the outcome only that path reaches."""
    reached = np.minimum(member, goal.to_numpy()[:, None])
    unique = []
    for at in range(member.shape[1]):
        others = np.delete(reached, at, axis=1).max(axis=1, initial=0)
        unique.append((reached[:, at] - np.minimum(reached[:, at], others)).sum())
    return {
        "inclusion": inclusion(member, goal),
        "pri": pri(member, goal),
        "coverage": coverage(member, goal),
        "unique_coverage": np.array(unique) / goal.sum() if goal.sum() else np.full(len(unique), np.nan),
        "ron": ron(member, goal),
    }  # fmt: skip


def whole_fit(member: Floats, goal: pd.Series) -> dict[str, float]:
    """Return the fit of all paths together."""
    union = member.max(axis=1)
    return {
        "inclusion": float(inclusion(union, goal)),
        "pri": float(pri(union, goal)),
        "coverage": float(coverage(union, goal)),
    }


def _cases(table: TruthTable, combinations: Ints) -> list[str]:
    """Return the cases of each path: those of one row together, rows apart."""
    rows = table.rows[table.rows["out"].eq(1).fillna(False)].sort_index()
    covers = covering(combinations, table.at(1))
    return ["; ".join(rows["cases"][hit]) for hit in covers]


def _assumptions(table: TruthTable, models: Sequence[Model], names: list[str]) -> pd.DataFrame:
    """Return which combinations that no case shows each model counts as sufficient."""
    levels = tuple(table.levels.values())
    seen = table.rows.index[table.rows["out"].notna()] - 1
    used = np.zeros((table.possible, len(models)), dtype=bool)
    for at, model in enumerate(models):
        for one in model.combinations:
            used[cells(one, levels), at] = True
    used[seen] = False
    assumed = np.flatnonzero(used.any(axis=1))
    rows = np.column_stack(np.unravel_index(assumed, levels))
    texts = [written(row, table.conditions, many=table.many_valued) for row in rows]
    made = pd.DataFrame(used[assumed], index=pd.Index(assumed + 1, name="row"), columns=names)
    made.insert(0, "combination", np.array(texts, dtype=object))
    return made
