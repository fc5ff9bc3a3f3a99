"""One wave under the rules of the life cycle: what it belongs to, what is excluded, and why."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cached_property

import numpy as np
import pandas as pd

from orgnet_analytics.readings import fuzzy
from orgnet_analytics.readings.rulebook import StageRules


class WaveView:
    """A wave of indicators seen through the rules.

    Parameters
    ----------
    seen : pandas.DataFrame
        All waves up to and including this one, wave by indicator.
    rules : StageRules
        The rules.
    earlier : list of WaveView
        The views of the waves before.
    """

    def __init__(self, seen: pd.DataFrame, rules: StageRules, earlier: list[WaveView]) -> None:
        self.wave: Hashable = seen.index[-1]
        self.rules, self.earlier, self.values = rules, earlier, seen.iloc[-1]
        table = rules.table[rules.table["weight"] > 0]
        self.table = table if earlier else table[table["kind"] == "level"]
        self.weight = self.table["weight"].astype(float)
        self.belongs = fuzzy.belonging(self.values, rules.claims.loc[self.table.index])

    @cached_property
    def observed(self) -> float:
        """The share of the weight that was observed, among what this wave could show."""
        there = self.values[self.table.index].notna()
        return float(self.weight[there].sum() / self.weight.sum())

    @cached_property
    def missing(self) -> pd.DataFrame:
        """The indicators that were not observed, with their weight."""
        gone = self.weight[self.values[self.table.index].isna()]
        return pd.DataFrame({"wave": self.wave, "indicator": gone.index, "weight": gone.to_numpy()})

    @cached_property
    def membership(self) -> pd.Series:
        """How far the wave belongs to each stage; 0 where a rule excludes it."""
        score = fuzzy.weighted_mean(self.belongs, self.weight).fillna(0.0)
        return score.mask(score.index.isin([stage for _, _, stage, _ in self.excluded]), 0.0)

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """What each indicator adds to the membership of each stage, before the rules."""
        return fuzzy.contributions(self.belongs, self.weight).rename_axis("indicator")

    @cached_property
    def pivots(self) -> list[tuple[Hashable, str, str, str]]:
        """Each indicator without which another stage would lead: wave, indicator, stage, would be."""
        weight = self.weight.to_numpy()[:, None] * self.belongs.notna()
        points = weight * self.belongs.fillna(0.0)
        rest = (points.sum() - points) / (weight.sum() - weight).replace(0, np.nan)
        out = [stage for _, _, stage, _ in self.excluded]
        lead = self.membership.idxmax()
        others = rest.assign(**dict.fromkeys(out, 0.0)).fillna(0.0).idxmax(axis=1)
        changed = others[(others != lead) & self.values[self.table.index].notna()]
        return [(self.wave, str(name), str(lead), str(other)) for name, other in changed.items()]

    def evidence(self, stage: str) -> pd.DataFrame:
        """Return each indicator with the stages its value fits, and whether ``stage`` is one of them."""
        agrees = self.belongs[stage] >= 0.5
        return pd.DataFrame(
            {
                "wave": self.wave,
                "indicator": self.table.index,
                "value": self.values[self.table.index].to_numpy(),
                "reading": [self._reading(name) for name in self.table.index],
                "agrees": agrees.astype("boolean").where(self.belongs[stage].notna()).to_numpy(),
                "weight": self.weight.to_numpy(),
            }
        )

    def _reading(self, indicator: str) -> str:
        if np.isnan(self.values[indicator]):
            return "not observed"
        row = self.belongs.loc[indicator]
        fits = ", ".join(row.index[row >= 0.5])
        return f"fits {fits}" if fits else "fits no stage"

    @cached_property
    def excluded(self) -> list[tuple[Hashable, str, str, str]]:
        """Each stage a rule excludes: wave, rule, stage, because."""
        return [(self.wave, *row) for row in self._exclusions()]

    def _exclusions(self) -> Iterator[tuple[str, str, str]]:
        rules = self.rules
        if not self.earlier:
            for stage in rules.claims.columns.difference(rules.first_wave, sort=False):
                yield "one wave", stage, "one wave shows levels only, and this stage is a change"
            return
        falling = [signal for signal, v, limit in self._told(rules.falling) if v < limit]
        if len(falling) < rules.thresholds["falling_signals"]:
            yield "falling signals", "decline", _too_few("fall", falling)
        told = self._told(rules.rising)
        rising = [signal for signal, value, limit in told if value > limit]
        if len(rising) < rules.thresholds["rising_signals"] <= len(told):
            yield "rising signals", "institutionalization", _too_few("rise", rising)
        for stage in rules.after_maturity:
            because = self._no_earlier_maturity() or self._no_break()
            if because:
                yield "maturity and break", stage, because
            elif stage == "recreation" and not self._another_network():
                yield "another network", stage, "neither another purpose nor mostly other members"
            elif stage in rules.same_purpose and self.values["core_purpose_change"] == 1:
                yield "same purpose", stage, "the purpose is another"

    def _told(self, signals: dict[str, dict[str, float]]) -> list[tuple[str, float, float]]:
        """Return each signal that was observed, the value of the first indicator that tells it, its limit."""
        return [
            next(
                (signal, self.values[n], limit)
                for n, limit in limits.items()
                if n in self._observed
            )
            for signal, limits in signals.items()
            if self._observed & limits.keys()
        ]

    @cached_property
    def _observed(self) -> set[str]:
        return set(self.values.dropna().index)

    def _no_earlier_maturity(self) -> str:
        limit, mature = self.rules.thresholds["mature_membership"], list(self.rules.mature)
        if any(view.membership[mature].max() >= limit for view in self.earlier):
            return ""
        return "no earlier wave was mature"

    def _no_break(self) -> str:
        """Return why this wave is no break with the one before, or nothing where it is one."""
        limits, now = self.rules.thresholds, self.values["tie_jaccard"]
        before = self.earlier[-1].values["tie_jaccard"]
        broken = (
            now < limits["break_tie_jaccard"]
            if np.isnan(before)
            else before - now >= limits["break_tie_jaccard_drop"]
        )
        if not broken:
            return "the ties did not break with those before"
        other = (
            self.values["governance_form_change"] == 1
            or self.values["formalization_change"] < limits["break_formalization"]
            or self.values["core_overlap"] < limits["break_core_overlap"]
        )
        return "" if other else "governance, rules and core are not seen to be others"

    def _another_network(self) -> bool:
        few = self.values["node_jaccard"] < self.rules.thresholds["recreation_node_jaccard"]
        return bool(few or self.values["core_purpose_change"] == 1)


def _too_few(move: str, signals: list[str]) -> str:
    return f"too few signals {move}: {', '.join(signals) or 'none'}"


def views(seen: pd.DataFrame, rules: StageRules) -> list[WaveView]:
    """Return a view of every wave, each knowing those before it."""
    made: list[WaveView] = []
    for place in range(len(seen)):
        made.append(WaveView(seen.iloc[: place + 1], rules, list(made)))
    return made
