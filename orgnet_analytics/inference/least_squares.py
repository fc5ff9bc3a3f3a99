"""Fits on dyads, and the statistics of a predictor whose actors stand in another order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.errors import UndefinedError
from orgnet_analytics.inference.sheets import Cells, Sheet, crossed, shuffles
from orgnet_analytics.network import FloatArray, IntArray
from orgnet_analytics.progress import advance

CELLS_AT_ONCE = 4_000_000
STEPS = 25


class Fit(NamedTuple):
    """Coefficients with the intercept first, their t or z, and the share explained."""

    coefficients: FloatArray
    statistics: FloatArray
    explained: float


@dataclass(frozen=True)
class Design:
    """The dyads of a regression: a row each, the intercept first among the columns.

    ``rows, columns`` are the positions of the dyads, all of them; ``known`` says which are known of the
    intercept, of each predictor and, last, of the outcome; ``outcome`` and ``predictors`` are 0 elsewhere.
    """

    n: int
    rows: IntArray
    columns: IntArray
    known: NDArray[np.bool_]
    outcome: FloatArray
    predictors: FloatArray

    @cached_property
    def valid(self) -> NDArray[np.bool_]:
        """Which dyads are known on every sheet."""
        return np.asarray(self.known.all(axis=1))

    @cached_property
    def explained(self) -> NDArray[np.bool_]:
        """Which dyads are known of every predictor, so that what is left of each is known there."""
        return np.asarray(self.known[:, :-1].all(axis=1))

    def without(self, column: int) -> NDArray[np.bool_]:
        """Return which dyads are known on every sheet but one."""
        return np.asarray(np.delete(self.known, column, axis=1).all(axis=1))

    @property
    def complete(self) -> bool:
        """Whether every dyad is known."""
        return bool(self.valid.all())

    @property
    def dyads(self) -> int:
        """How many dyads are known."""
        return int(self.valid.sum())

    @cached_property
    def residuals(self) -> FloatArray:
        """What the others do not explain of each predictor, on the dyads known of all; a row each."""
        return self._left(self.explained)

    def _left(self, dyads: NDArray[np.bool_]) -> FloatArray:
        left = np.zeros((self.predictors.shape[1] - 1, len(dyads)))
        for column, row in enumerate(left, start=1):
            others = np.delete(self.predictors, column, axis=1)[dyads]
            own = self.predictors[dyads, column]
            row[dyads] = own - others @ np.linalg.lstsq(others, own, rcond=None)[0]
        return left

    def redundant(self) -> list[int]:
        """Return the columns that follow from the others."""
        known = self.predictors[self.valid]
        sizes = ((known - known.mean(axis=0)) ** 2).sum(axis=0)
        left = (self._left(self.valid) ** 2).sum(axis=1)
        none = left <= 1e-9 * np.maximum(sizes[1:], 1e-12)
        return [int(k) + 1 for k in np.flatnonzero(none)]


def design_of(found: list[Sheet], model: str) -> Design:
    """Return the dyads of the outcome (first) and the predictors."""
    n = found[0].known.n
    symmetric = all(sheet.symmetric for sheet in found)
    keep = np.triu(np.ones((n, n), dtype=bool), 1) if symmetric else ~np.eye(n, dtype=bool)
    rows, columns = np.nonzero(keep)
    keys = rows * n + columns
    values = [sheet.known.dense[keys] for sheet in found]
    told = [sheet.gaps.dense[keys] == 0 for sheet in found]
    known = np.column_stack([np.ones(len(keys), dtype=bool), *told[1:], told[0]])
    outcome = (values[0] > 0).astype(float) if model == "logit" else values[0]
    predictors = np.column_stack([np.ones(len(keys)), *values[1:]])
    return Design(n, rows, columns, known, outcome, predictors)


def fit(design: Design) -> Fit:
    """Return the least squares fit."""
    x, y = design.predictors[design.valid], design.outcome[design.valid]
    gram = np.linalg.pinv(x.T @ x)
    coefficients = gram @ (x.T @ y)
    left = ((y - x @ coefficients) ** 2).sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.diag(gram) * left / (len(y) - x.shape[1]))
        return Fit(
            coefficients, coefficients / error, float(1 - left / ((y - y.mean()) ** 2).sum())
        )


def fit_logit(design: Design) -> Fit:
    """Return the logistic fit, by iterated weighted least squares."""
    x, y = design.predictors[design.valid], design.outcome[design.valid]
    coefficients, statistics = logit(x, y)
    if np.isnan(statistics).any():
        raise UndefinedError(
            "The predictors tell dyads with a tie from dyads without one so well that a logit has no finite "
            "estimates: choose model='linear', or leave a predictor out."
        )
    share = y.mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        null = len(y) * (share * np.log(share) + (1 - share) * np.log(1 - share))
        linear = x @ coefficients
        own = (y * linear - np.logaddexp(0, linear)).sum()
        return Fit(coefficients, statistics, float(1 - own / null))


def logit(
    x: FloatArray, y: FloatArray, start: FloatArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return coefficients and z; NaN where they do not settle, as where ties are told apart without fail."""
    coefficients = np.zeros(x.shape[1]) if start is None else start
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ coefficients, -30, 30)))
        weight = chance * (1 - chance)
        information = x.T @ (x * weight[:, None])
        step = np.linalg.lstsq(information, x.T @ (y - chance), rcond=None)[0]
        coefficients = coefficients + step
        if np.abs(step).max() < 1e-8:
            break
    else:
        return np.full_like(coefficients, np.nan), np.full_like(coefficients, np.nan)
    error = np.sqrt(np.diag(np.linalg.pinv(information)))
    with np.errstate(divide="ignore", invalid="ignore"):
        return coefficients, coefficients / error


def partial_t(
    sums: FloatArray, own: FloatArray, gram: FloatArray, number: FloatArray
) -> FloatArray:
    """Return the t of a variable added to a regression, from sums of products alone.

    ``gram`` holds, per draw, the products of [the others, outcome] with each other; ``sums`` those of the
    variable with them; ``own`` its own square; ``number`` the dyads. By Frisch, Waugh and Lovell.
    """
    others, wanted = gram[:, :-1, :-1], gram[:, :-1, -1:]
    both = np.concatenate([sums[:, :-1, None], wanted], axis=2)
    solved = np.linalg.solve(others, both)
    taken = np.einsum("dkc,dke->dce", both, solved)
    spread = own - taken[:, 0, 0]
    spread = np.where(spread > 1e-10 * own, spread, np.nan)
    shared = sums[:, -1] - taken[:, 0, 1]
    left = gram[:, -1, -1] - taken[:, 1, 1]
    with np.errstate(divide="ignore", invalid="ignore"):
        error = (left - shared**2 / spread) / (number - others.shape[1] - 1)
        return np.asarray(shared / np.sqrt(spread * error))


@dataclass(frozen=True)
class Permuted:
    """The statistic of each predictor, what is left of it on the actors in another order."""

    design: Design
    model: str

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws."""
        return self.at(shuffles(rng, count, self.design.n))

    def at(self, orders: IntArray) -> FloatArray:
        """Return the statistics: a row per order, a column per predictor."""
        step = max(1, CELLS_AT_ONCE // max(len(self.design.rows), 1))
        terms, found = range(len(self.design.residuals)), []
        for start in range(0, len(orders), step):
            part = orders[start : start + step]
            found.append(np.column_stack([self._term(term, part) for term in terms]))
            advance(len(part))
        return np.concatenate(found)

    def _term(self, term: int, orders: IntArray) -> FloatArray:
        design, n = self.design, self.design.n
        keys = orders[:, design.rows] * n + orders[:, design.columns]
        moved = _sheet_of(design, design.residuals[term]).take(keys)
        in_place = design.without(term + 1)
        seen = _sheet_of(design, design.explained.astype(float)).take(keys) * in_place
        others = np.delete(design.predictors, term + 1, axis=1)
        if self.model == "logit":
            return self._logits(others, moved, seen > 0)
        columns = np.column_stack([others, design.outcome])
        width = columns.shape[1]
        products = (columns[:, :, None] * columns[:, None, :]).reshape(len(columns), -1)
        gram = (seen @ products).reshape(-1, width, width)
        # Where the dyads an order leaves out take the variation of another predictor, there is no fit.
        rank = np.linalg.matrix_rank(gram[:, :-1, :-1], hermitian=True)
        gram[rank < width - 1] = np.eye(width)
        moved = moved * seen
        found = partial_t(moved @ columns, (moved**2).sum(axis=1), gram, seen.sum(axis=1))
        return np.where(rank < width - 1, np.nan, found)

    def _logits(self, others: FloatArray, moved: FloatArray, seen: NDArray[np.bool_]) -> FloatArray:
        start = np.append(
            logit(others[self.design.valid], self.design.outcome[self.design.valid])[0], 0.0
        )
        found = []
        for values, known in zip(moved, seen, strict=True):
            x = np.column_stack([others, values])[known]
            found.append(logit(x, self.design.outcome[known], start)[1][-1])
        return np.array(found)


def _sheet_of(design: Design, values: FloatArray) -> FloatArray:
    """Return the values of the dyads as a whole sheet, both ways where only one way was kept."""
    flat = np.zeros(design.n * design.n)
    flat[design.rows * design.n + design.columns] = values
    if len(design.rows) < design.n * (design.n - 1):
        flat[design.columns * design.n + design.rows] = values
    return flat


@dataclass(frozen=True)
class SparsePermuted:
    """The same statistics where every dyad is known: from products of the cells that are not 0.

    What is left of a predictor is a sum of sheets, so its products with the rest are sums of products of
    sheets; orders leave everything else as it is.
    """

    fixed: tuple[Cells, ...]
    moving: tuple[Cells, ...]
    gram: FloatArray
    dyads: int

    def __call__(self, rng: np.random.Generator, count: int) -> FloatArray:
        """Return ``count`` draws."""
        return self.at(shuffles(rng, count, self.fixed[0].n))

    def at(self, orders: IntArray) -> FloatArray:
        """Return the statistics: a row per order, a column per predictor."""
        count, terms = len(orders), len(self.moving)
        products = np.zeros((count, terms + 1, terms + 2))
        for place, cells in enumerate(self.fixed):
            products[:, 1:, place + 1] = crossed(cells, self.moving, orders)
        products[:, 0, :] = self.gram[0]
        products[:, :, 0] = self.gram[:-1, 0]
        return np.column_stack([self._term(term, products) for term in range(1, terms + 1)])

    def _term(self, term: int, products: FloatArray) -> FloatArray:
        """Return the t of one predictor; ``products`` is (draw, moved sheet, sheet in place)."""
        others = [k for k in range(self.gram.shape[0] - 1) if k != term]
        rest = [*others, self.gram.shape[0] - 1]
        inside = self.gram[np.ix_(others, others)]
        weights = np.zeros(self.gram.shape[0] - 1)
        weights[term] = 1.0
        weights[others] = -np.linalg.solve(inside, self.gram[others, term])
        sums = np.einsum("k,dka->da", weights, products[:, :, rest])
        own = weights @ self.gram[:-1, :-1] @ weights
        gram = np.broadcast_to(self.gram[np.ix_(rest, rest)], (len(sums), len(rest), len(rest)))
        number = np.full(len(sums), float(self.dyads))
        return partial_t(sums, np.full(len(sums), own), gram, number)


def sparse_design(found: list[Sheet], design: Design) -> SparsePermuted:
    """Return the sheets of a complete design in sparse form, with their products in place."""
    columns = np.column_stack([design.predictors, design.outcome])
    symmetric = all(sheet.symmetric for sheet in found)
    fixed = [sheet.known.upper() if symmetric else sheet.known for sheet in found]
    moving = tuple(sheet.known for sheet in found[1:])
    return SparsePermuted((*fixed[1:], fixed[0]), moving, columns.T @ columns, design.dyads)
