"""A stage classifier learned from pooled panels whose stages somebody coded (needs scikit-learn)."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, Protocol, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, OrgNetError, UndefinedError
from orgnet_analytics.network import OrgNetwork
from orgnet_analytics.readings.lifecycle import UNDETERMINED
from orgnet_analytics.readings.lifecycle.indicator_table import indicators
from orgnet_analytics.readings.lifecycle.stage_chain import StageChain, courses
from orgnet_analytics.readings.rulebook import read_rules, thresholds

try:
    from sklearn.base import BaseEstimator, ClassifierMixin
except ModuleNotFoundError as missing:
    raise OrgNetError("StageClassifier needs scikit-learn: pip install scikit-learn") from missing


class CodedPanel(Protocol):
    """A network over the years whose stages are known, such as `simulate.panel` draws."""

    waves: dict[int, OrgNetwork]
    facts: pd.DataFrame
    stages: pd.Series


def pooled(
    panels: Mapping[str, CodedPanel], *, relation: str | None = None
) -> tuple[pd.DataFrame, pd.Series]:
    """Return the indicators of all waves of all panels, and the stage each was coded as.

    Both have the index (panel, wave). `StageClassifier` takes them as they are.

    Examples
    --------
    >>> from orgnet_analytics import simulate
    >>> X, y = pooled(simulate.panels(2, seed=1, routes=[["activation"]]), relation="information")
    >>> y.to_dict()
    {('panel 1', 1): 'activation', ('panel 2', 1): 'activation'}
    """
    if not panels:
        raise DataError(Issue("panels", "wanted at least one panel"))
    seen = {
        name: indicators(panel.waves, facts=panel.facts, relation=relation)
        for name, panel in panels.items()
    }
    coded = {name: panel.stages for name, panel in panels.items()}
    names = ["panel", "wave"]
    return pd.concat(seen, names=names), pd.concat(coded, names=names).rename("stage")


class StageClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learn the stages from many networks somebody has coded; a scikit-learn estimator.

    Multinomial logistic regression on the indicators, missing ones set to the median and marked as
    missing, with probabilities calibrated (sigmoid) on folds that keep the waves of a network together.
    The rules of `lifecycle.classify` need no coded panels; this does, and many: of the order of twenty
    networks of four waves. It is a judge of the same kind as its coders.

    Parameters
    ----------
    strength : float
        Inverse of the regularization (scikit-learn's C).
    folds : int
        Folds for the calibration; every stage must stand in at least that many networks.

    Attributes
    ----------
    classes_ : array of str
        The stages that were learned.
    chain_ : StageChain or None
        How stages follow one another, where at least twenty networks of four waves or more were coded: a
        hidden Markov chain, whose emissions are the calibrated probabilities. None with fewer.

    Notes
    -----
    Checked on simulated panels with unseen seeds and shifted parameters: ``docs/lifecycle_validation.md``.

    Examples
    --------
    >>> from orgnet_analytics import simulate
    >>> routes = [["activation", "collectivity"], ["institutionalization", "decline"]]
    >>> small = simulate.World(size=12)
    >>> X, y = pooled(simulate.panels(8, seed=1, routes=routes, world=small), relation="information")
    >>> model = StageClassifier(folds=2).fit(X, y)
    >>> later = simulate.panels(1, seed=2, routes=routes[:1], world=small)
    >>> model.predict(pooled(later, relation="information")[0]).tolist()
    ['activation', 'collectivity']
    """

    def __init__(self, *, strength: float = 1.0, folds: int = 5) -> None:
        self.strength = strength
        self.folds = folds

    def fit(self, X: pd.DataFrame, y: Any, groups: Any = None) -> Self:
        """Learn from indicators ``X`` and stages ``y``; ``groups`` says which waves are one network's.

        Without ``groups`` the first level of the index of ``X`` says it, else every row is its own.
        """
        from sklearn.calibration import CalibratedClassifierCV

        stages = np.asarray(y, dtype=str)
        groups = self._groups(X, groups)
        self._check(X, stages, groups)
        self.classes_ = np.unique(stages)
        self.n_features_in_ = X.shape[1]
        self.feature_names_in_ = np.asarray(X.columns, dtype=object)
        self.model_ = CalibratedClassifierCV(
            self._plain(), cv=self.splits(stages, groups), method="sigmoid"
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.model_.fit(X.to_numpy(dtype=float), stages)
        self.chain_ = self._chain(stages, groups)
        return self

    def predict_proba(self, X: pd.DataFrame) -> NDArray[np.float64]:
        """Return the probability of each of ``classes_``, a row per wave."""
        from sklearn.utils.validation import check_is_fitted

        check_is_fitted(self)
        missing = [name for name in self.feature_names_in_ if name not in X]
        if missing:
            raise DataError([Issue("X", "the indicator is missing", column=n) for n in missing])
        cells = X[list(self.feature_names_in_)].to_numpy(dtype=float)
        return np.asarray(self.model_.predict_proba(cells))

    def predict(self, X: pd.DataFrame) -> NDArray[Any]:
        """Return the likeliest stage of each wave."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])

    def read(self, X: pd.DataFrame, *, margin: float | None = None) -> pd.DataFrame:
        """Return stage (or ``undetermined``), margin and probabilities, a row per wave.

        Without ``margin`` the one in ``readings/rules/lifecycle.yaml`` counts.
        """
        return self._told(self.predict_proba(X), X.index, margin)

    def _told(
        self, values: NDArray[np.float64], index: pd.Index, margin: float | None
    ) -> pd.DataFrame:
        least = _limits()["margin"] if margin is None else margin
        chances = pd.DataFrame(values, index=index, columns=self.classes_)
        ranked = np.sort(chances.to_numpy(), axis=1)
        lead = pd.Series(ranked[:, -1] - ranked[:, -2], index=index)
        stage = chances.idxmax(axis=1).where(lead >= least, UNDETERMINED)
        return pd.concat([stage.rename("stage"), lead.rename("margin"), chances], axis=1)

    def read_courses(
        self, X: pd.DataFrame, groups: Any = None, *, margin: float | None = None
    ) -> pd.DataFrame:
        """Return `read` with each wave seen along with the waves before and after it.

        ``X`` has the waves of each network in order of time; ``groups`` as in `fit`. Needs ``chain_``.
        """
        chances, groups = self.predict_proba(X), self._groups(X, groups)
        if self.chain_ is None:
            limits = _limits()
            raise UndefinedError(
                f"Steps from wave to wave were not learned: that takes {limits['chain_networks']:.0f} "
                f"coded networks of {limits['chain_waves']:.0f} waves or more. Use read."
            )
        for group in pd.unique(groups):
            rows = groups == group
            chances[rows] = self.chain_.smoothed(chances[rows])
        return self._told(chances, X.index, margin)

    def splits(self, y: Any, groups: Any) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Return the folds: train and test rows, the waves of a network never on both sides."""
        from sklearn.model_selection import StratifiedGroupKFold

        cut = StratifiedGroupKFold(n_splits=self.folds, shuffle=True, random_state=0)
        return list(cut.split(np.zeros((len(y), 1)), y, groups))

    def cross_validated(self, X: pd.DataFrame, y: Any, groups: Any = None) -> pd.DataFrame:
        """Return `read` for every wave by a model that never saw its network, and the coded stage."""
        from sklearn.base import clone

        stages, groups = np.asarray(y, dtype=str), self._groups(X, groups)
        self._check(X, stages, groups)
        parts = [
            clone(self).fit(X.iloc[train], stages[train], groups[train]).read(X.iloc[test])
            for train, test in self.splits(stages, groups)
        ]
        table = pd.concat(parts).reindex(X.index)
        return table.assign(coded=stages)

    def _chain(self, stages: NDArray[Any], groups: NDArray[Any]) -> StageChain | None:
        limits, coded = _limits(), courses(stages, groups)
        long = sum(len(course) >= limits["chain_waves"] for course in coded)
        if long < limits["chain_networks"]:
            return None
        return StageChain.learned(coded, list(self.classes_), limits["chain_smoothing"])

    def _plain(self) -> Any:
        from sklearn.impute import SimpleImputer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import StandardScaler

        return make_pipeline(
            SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True),
            StandardScaler(),
            LogisticRegression(C=self.strength, max_iter=2000, class_weight="balanced"),
        )

    def _groups(self, X: pd.DataFrame, groups: Any) -> NDArray[Any]:
        if not isinstance(X, pd.DataFrame):
            raise DataError(Issue("X", f"wanted a table of indicators, got {type(X).__name__}"))
        if groups is None and isinstance(X.index, pd.MultiIndex):
            groups = X.index.get_level_values(0)
        return np.arange(len(X)) if groups is None else np.asarray(groups)

    def _check(self, X: pd.DataFrame, stages: NDArray[Any], groups: NDArray[Any]) -> None:
        if not len(X) == len(stages) == len(groups):
            sizes = f"{len(X)} rows, {len(stages)} stages, {len(groups)} groups"
            raise DataError(Issue("X", f"the lengths differ: {sizes}"))
        networks = pd.Series(groups).groupby(stages).nunique()
        found = [
            Issue(
                "y",
                f"the stage stands in {count} networks; {self.folds} folds need as many each",
                value=stage,
                suggestion="more panels, or fewer folds",
            )
            for stage, count in networks.items()
            if count < self.folds
        ]
        if len(networks) < 2:
            found.append(Issue("y", "one stage only: there is nothing to tell apart"))
        if found:
            raise DataError(found)


def _limits() -> dict[str, float]:
    limits: dict[str, float] = thresholds(read_rules("lifecycle"), "lifecycle")["value"].to_dict()
    return limits
