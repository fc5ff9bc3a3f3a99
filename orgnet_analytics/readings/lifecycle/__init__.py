"""Where an organization network stands in its life: stages, their evidence, and what is missing."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.readings.given import Waves, as_waves
from orgnet_analytics.readings.lifecycle import coherence
from orgnet_analytics.readings.lifecycle.indicator_table import (
    CHANGES,
    FACT_CHANGES,
    FACTS,
    INDICATORS,
    STRUCTURE,
    answered_of,
    indicators,
)
from orgnet_analytics.readings.lifecycle.wave_views import WaveView, views
from orgnet_analytics.readings.rulebook import Rules, StageRules, stage_rules

if TYPE_CHECKING:
    from orgnet_analytics.readings.lifecycle.breaks import ChangePoints, change_points
    from orgnet_analytics.readings.lifecycle.respondents import Robustness, robustness
    from orgnet_analytics.readings.lifecycle.stage_classifier import StageClassifier, pooled
    from orgnet_analytics.readings.lifecycle.tasks import challenges

# Loaded when first used: they read this module, or bring scikit-learn.
_LATE = {
    "ChangePoints": "breaks",
    "Robustness": "respondents",
    "StageClassifier": "stage_classifier",
    "challenges": "tasks",
    "change_points": "breaks",
    "pooled": "stage_classifier",
    "robustness": "respondents",
}

__all__ = [
    "CHANGES",
    "FACT_CHANGES",
    "INDICATORS",
    "STAGES",
    "STRUCTURE",
    "UNDETERMINED",
    "ChangePoints",
    "Robustness",
    "StageClassifier",
    "StageReading",
    "challenges",
    "change_points",
    "classify",
    "indicators",
    "judge",
    "pooled",
    "robustness",
]


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATE[name]}"), name)


STAGES = (
    "activation",
    "collectivity",
    "institutionalization",
    "stability",
    "decline",
    "reorientation",
    "recreation",
)
UNDETERMINED = "undetermined"
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False, repr=False)
class StageReading:
    """The stage of a network in each wave, and what that rests on.

    Attributes
    ----------
    stage : str
        The stage in the last wave, or ``"undetermined"``.
    stages : pandas.Series
        The stage in each wave; ``likeliest`` is the same with nothing withheld.
    membership : pandas.DataFrame
        Wave by stage, 0 to 1: how far what is seen belongs to the stage. 0 where a rule excludes it.
    margin : float
        The lead in the last wave; ``margins`` gives every wave. It is what the best course through the
        stages scores above the best course that reads this wave otherwise, in membership.
    evidence : pandas.DataFrame
        Columns ``wave, indicator, value, reading, agrees, weight``: which stages each value fits, and
        whether it agrees with the likeliest one (missing where that stage claims nothing about it).
    contributions : pandas.DataFrame
        Row (wave, indicator), column stage: what each adds to the membership before the rules.
    rules : pandas.DataFrame
        Columns ``wave, rule, excludes, because``: the stages a rule excluded.
    pivots : pandas.DataFrame
        Columns ``wave, indicator, leads, would_be``: each indicator without which another stage would have
        the largest membership in that wave. What to check first.
    observed : pandas.Series
        Per wave the share of the weight that was observed; ``missing`` lists the rest.
    response : pandas.Series
        Per wave the share of members that answered; of the dyads that are known, where that is less.
    caveats : tuple of str
        What to say along with the verdict.
    thresholds : pandas.DataFrame
        Index ``threshold``; ``value, mark, basis``: the numbers of the rules, the signals and what each step
        costs.
    bands : pandas.DataFrame
        Row per indicator: ``weight, mark, basis`` and the trapezoid of each stage.
    """

    stage: str
    stages: pd.Series
    likeliest: pd.Series
    membership: pd.DataFrame
    margin: float
    margins: pd.Series
    evidence: pd.DataFrame
    contributions: pd.DataFrame
    rules: pd.DataFrame
    pivots: pd.DataFrame
    observed: pd.Series
    missing: pd.DataFrame
    response: pd.Series
    caveats: tuple[str, ...]
    thresholds: pd.DataFrame
    bands: pd.DataFrame

    @property
    def verdict(self) -> str:
        """The stage in the last wave, as other readings call it."""
        return self.stage

    @property
    def would_change(self) -> tuple[str, ...]:
        """Which indicators, were they not there, would make another stage lead in the last wave."""
        last = self.pivots[self.pivots["wave"] == self.stages.index[-1]]
        return tuple(
            f"without {row.indicator} {row.would_be} would lead, not {row.leads}"
            for row in last.itertuples()
        )

    def row(self) -> pd.Series:
        """Return the verdict on the last wave, what it rests on, and how far it belongs to each stage."""
        told = {"verdict": self.stage, "nearest": self.likeliest.iloc[-1], "margin": self.margin}
        told |= {"observed": self.observed.iloc[-1], "response": self.response.iloc[-1]}
        return pd.Series(told | self.membership.iloc[-1].to_dict())

    def __repr__(self) -> str:
        course = ", ".join(f"{wave}: {stage}" for wave, stage in self.stages.items())
        return f"<StageReading {course}; margin {self.margin:.2f}>"

    def _repr_html_(self) -> str:
        table = self.membership.round(2).assign(
            stage=self.stages, margin=self.margins.round(2), observed=self.observed.round(2)
        )
        told = (*(f"Would change it: {one}" for one in self.would_change), *self.caveats)
        said = "".join(f"<li>{html.escape(one)}</li>" for one in told)
        return (
            f"<p><b>{html.escape(self.stage)}</b></p>{table.to_html(escape=True)}<ul>{said}</ul>"
            f"<details><summary>Evidence</summary>"
            f"{self.evidence.to_html(escape=True, index=False)}</details>"
            f"<details><summary>Rules</summary>{self.thresholds.to_html(escape=True)}"
            f"{self.bands.to_html(escape=True, na_rep='')}</details>"
        )


def classify(
    waves: Waves,
    *,
    facts: pd.DataFrame | None = None,
    rules: Rules | None = None,
    relation: str | None = None,
) -> StageReading:
    """Say in which stage of its life a network is in each wave, with the evidence, or that it cannot be told.

    Every indicator belongs to every stage to some degree (a trapezoid); the membership of a stage is the
    weighted mean over what was observed. Rules exclude stages: one wave never shows stability, decline,
    reorientation or recreation, which are changes; decline needs two falling signals, institutionalization
    two that still rise (where two or more were observed); reorientation and recreation need an earlier mature
    stage and a break; reorientation keeps the purpose, recreation has another one or mostly other members.
    Then the most coherent course through the stages is taken (see `coherence.course`).

    Parameters
    ----------
    waves : dict of OrgNetwork, or one OrgNetwork
        In order of time.
    facts, relation
        As in `indicators`.
    rules : dict or path, optional
        What to change in ``readings/rules/lifecycle.yaml``: only what differs.

    Returns
    -------
    StageReading
        ``undetermined`` where the lead is below .1, less than half of the weight was observed, fewer than
        half of the members answered, fewer than half of the dyads are known, or fewer than five take part.

    Raises
    ------
    DataError
        Where waves, facts or rules are wrong; it lists every problem.
    UndefinedError
        Where there are several relations and none is named.

    Notes
    -----
    The stages are those of Imperial, Johnston, Pruett-Jones, Leong and Thomsen (2016), Frontiers in Ecology
    and the Environment 14, 135-144. No source gives cut-offs per stage: trapezoids, weights and
    thresholds are our documented, overridable defaults, and the reading says so. Waves one and four years
    apart are read alike. Checked on the published directions in ``tests/reference/multiwave_external`` and on
    waves made by hand for each rule.

    Examples
    --------
    >>> from orgnet_analytics import datasets
    >>> reading = classify(datasets.load_knoke(), relation="information")
    >>> reading.stage, round(float(reading.observed.iloc[-1]), 2)
    ('undetermined', 0.42)
    """
    nets = as_waves(waves)
    rulebook = stage_rules(rules, stages=STAGES, indicators=INDICATORS)
    seen = indicators(nets, facts=facts, relation=relation)
    response = answered_of(nets, relation)
    members = pd.Series({wave: len(net) for wave, net in nets.items()}, dtype=float)
    reading = judge(seen, response=response, members=members, rules=rulebook)
    unused = [str(c) for c in facts.columns if c not in FACTS] if facts is not None else []
    if not unused:
        return reading
    said = f"Facts that no rule uses: {', '.join(unused)}."
    return replace(reading, caveats=(*reading.caveats, said))


def judge(
    seen: pd.DataFrame,
    *,
    response: pd.Series | None = None,
    members: pd.Series | None = None,
    rules: Rules | StageRules | None = None,
) -> StageReading:
    """Read the stages from a table of indicators, such as published ones, wave by indicator.

    Parameters
    ----------
    seen : pandas.DataFrame
        As `indicators` gives it; a missing column was not observed.
    response : pandas.Series, optional
        Share of members that answered, per wave.
    members : pandas.Series, optional
        How many organizations take part, per wave.
    rules
        As in `classify`.

    Examples
    --------
    >>> import pandas as pd
    >>> told = {"trust": .2, "goal_consensus": .2, "formalization": .1, "resource_adequacy": .2}
    >>> seen = pd.DataFrame(told | {"age_years": 1, "centralization": .8, "reciprocity": .2}, index=[2021])
    >>> judge(seen).stage
    'activation'
    """
    book = rules if isinstance(rules, StageRules) else _rulebook(rules)
    if not isinstance(seen, pd.DataFrame):
        raise DataError(Issue("seen", f"wanted a table, got {type(seen).__name__}"))
    seen = seen.reindex(columns=list(INDICATORS)).astype(float)
    if seen.empty:
        raise DataError(Issue("waves", "wanted at least one wave"))
    told = [pd.Series(math.nan, seen.index) if one is None else one for one in (response, members)]
    response, members = (one.reindex(seen.index) for one in told)
    waves = views(seen, book)
    membership = pd.DataFrame([view.membership for view in waves], index=seen.index)
    scores = coherence.course(membership, book.costs, mature=book.mature, after=book.after_maturity)
    likeliest, margins = scores.idxmax(axis=1), _margins(scores)
    observed = pd.Series([view.observed for view in waves], index=seen.index)
    reasons = _reasons(margins, observed, (response, members), book)
    stages = likeliest.where(reasons == "", UNDETERMINED)
    return StageReading(
        stage=str(stages.iloc[-1]),
        stages=stages.rename("stage"),
        likeliest=likeliest.rename("likeliest"),
        membership=membership.rename_axis(index="wave", columns="stage"),
        margin=float(margins.iloc[-1]),
        margins=margins.rename("margin"),
        evidence=_one([v.evidence(s) for v, s in zip(waves, likeliest, strict=True)]),
        contributions=pd.concat([v.contributions for v in waves], keys=seen.index, names=["wave"]),
        rules=pd.DataFrame(
            [row for view in waves for row in view.excluded],
            columns=["wave", "rule", "excludes", "because"],
        ),
        pivots=pd.DataFrame(
            [row for view in waves for row in view.pivots],
            columns=["wave", "indicator", "leads", "would_be"],
        ),
        observed=observed.rename("observed"),
        missing=_one([view.missing for view in waves]),
        response=response.rename("response"),
        caveats=tuple(_caveats(reasons, scores, waves, response, book)),
        thresholds=book.limits,
        bands=pd.concat([book.table, book.claims], axis=1).rename_axis("indicator"),
    )


def _rulebook(rules: Rules | None) -> StageRules:
    return stage_rules(rules, stages=STAGES, indicators=INDICATORS)


def _margins(scores: pd.DataFrame) -> pd.Series:
    """Return the lead of the best over the second best of each wave; 1 where there is no second."""
    ranked = np.sort(scores.to_numpy(), axis=1)
    return pd.Series(np.minimum(ranked[:, -1] - ranked[:, -2], 1.0), index=scores.index)


def _reasons(
    margins: pd.Series,
    observed: pd.Series,
    known: tuple[pd.Series, pd.Series],
    rules: StageRules,
) -> pd.Series:
    """Return why each wave is undetermined, or nothing; ``known`` is the response and the members."""
    limits, (response, members) = rules.thresholds, known
    few = response < limits["response_withheld"]
    return pd.Series("", index=margins.index, dtype=object).mask(
        margins < limits["margin"] - ROUNDING, "too small a lead"
    ).mask(
        observed < limits["observed"] - ROUNDING, "too little observed"
    ).mask(few, "too few answered").mask(
        members < limits["members_withheld"], "too few take part"
    )  # fmt: skip


def _caveats(
    reasons: pd.Series,
    scores: pd.DataFrame,
    waves: list[WaveView],
    response: pd.Series,
    rules: StageRules,
) -> Iterator[str]:
    yield "The bands and thresholds behind this are defaults of this library; no source gives them."
    for view in waves:
        wave, why = view.wave, reasons[view.wave]
        first, second = scores.loc[wave].nlargest(2).index
        if why:
            yield f"{wave}: undetermined, {why}; nearest are {first} and {second}."
        if why == "too little observed":
            gone = ", ".join(view.missing.sort_values("weight", ascending=False)["indicator"])
            yield f"{wave}: {view.observed:.0%} of the weight was observed; missing are {gone}."
        answered = response.get(wave, math.nan)
        if answered < rules.thresholds["response_flagged"]:
            yield f"{wave}: only {answered:.0%} of the answers were given."
    if len(waves) == 1:
        yield "One wave shows no change: stability, decline, reorientation and recreation cannot be read."


def _one(parts: list[pd.DataFrame]) -> pd.DataFrame:
    full = [part for part in parts if len(part)]
    return pd.concat(full or parts[:1], ignore_index=True)
