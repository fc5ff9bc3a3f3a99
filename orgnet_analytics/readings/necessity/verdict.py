"""What the ceilings of one condition let us say, and what they do not."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orgnet_analytics.readings.necessity.ceilings import CEILINGS, Ceiling
from orgnet_analytics.readings.reading import UNDETERMINED, evidence_table

NECESSARY, NOT_SHOWN = "necessary", "not shown"
# What a case in the empty corner would have of the condition and of the outcome.
EMPTY = {1: ("low", "high"), 2: ("high", "high"), 3: ("low", "low"), 4: ("high", "low")}
TITLES = {"ce_fdh": "CE-FDH", "cr_fdh": "CR-FDH"}


@dataclass(frozen=True, eq=False)
class Seen:
    """Everything one verdict rests on: the parameters, the cases behind them, and the thresholds."""

    names: tuple[str, str]
    ceiling: Ceiling
    corner: int
    parameters: pd.DataFrame
    without: pd.Series
    complete: int
    cases: int
    limits: pd.DataFrame

    def _limit(self, name: str) -> float:
        return float(self.limits.at[name, "value"])

    def _value(self, row: str, ceiling: str | None = None) -> float:
        return float(self.parameters.at[row, ceiling or self.ceiling])

    @property
    def _large(self) -> bool:
        return self._value("effect_size") >= self._limit("effect_size")

    @property
    def _few(self) -> bool:
        complete = self.complete < self._limit("complete") * self.cases
        return self.complete < self._limit("cases") or complete

    @property
    def _near(self) -> bool:
        """Whether other permutations could put p on the other side of its threshold."""
        return abs(self._value("p") - self._limit("p")) < self._value("p_accuracy")

    @property
    def verdict(self) -> str:
        """Return the verdict."""
        size = self._value("effect_size")
        if self._few or pd.isna(size) or (self._large and self._near):
            return UNDETERMINED
        return NECESSARY if self._large and self._value("p") < self._limit("p") else NOT_SHOWN

    def evidence(self) -> pd.DataFrame:
        """Return what was looked at, what it says, and whether it supports the verdict."""
        other = next(name for name in CEILINGS if name != self.ceiling)
        least, size = self._limit("effect_size"), self._value("effect_size")
        second = self._value("effect_size", other)
        above = f"{self._value('above'):.0f} of {self.complete} cases lie above the ceiling"
        chance = f"chance alone gives as much in {self._value('p'):.2g} of the deals"
        rows: list[tuple[str, object, str, bool | None]] = [
            ("effect size", size, self._word(), self._agrees(size >= least)),
            ("p", self._value("p"), chance, self._agrees(self._value("p") < self._limit("p"))),
            (
                f"effect size, {TITLES[other]}",
                second,
                "the other ceiling",
                self._agrees(second >= least),
            ),
            ("accuracy", self._value("accuracy"), above, None),
        ]
        if len(self.without):
            lowest, who = float(self.without.iloc[0]), self.without.index[0]
            rows.append(
                ("lowest effect size", lowest, f"without {who}", self._agrees(lowest >= least))
            )
        return evidence_table(rows)

    def _agrees(self, speaks_for_it: bool) -> bool | None:
        """Return whether what speaks for (or against) a need supports the verdict."""
        if self.verdict == UNDETERMINED:
            return None
        return speaks_for_it == (self.verdict == NECESSARY)

    def _word(self) -> str:
        size = self._value("effect_size")
        if pd.isna(size):
            return "not defined: a column has one value"
        names = {"large": "large", "medium": "medium", "effect_size": "small"}
        return next(
            (word for name, word in names.items() if size >= self._limit(name)), "too small"
        )

    def missing(self) -> tuple[str, ...]:
        """Return what was not known."""
        absent = self.cases - self.complete
        return (
            (f"{absent} of {self.cases} cases lack a value and were left out.",) if absent else ()
        )

    def would_change(self) -> tuple[str, ...]:
        """Return what would make the verdict another one."""
        if self._few:
            return (f"More complete cases: there are {self.complete}.",)
        if pd.isna(self._value("effect_size")):
            return (f"Cases that differ in {' and in '.join(self.names)}.",)
        if self.verdict == UNDETERMINED:
            return ("More permutations: p lies too near its threshold.",)
        if self.verdict == NECESSARY:
            x, y = EMPTY[self.corner]
            return (f"One case with {y} {self.names[1]} and {x} {self.names[0]}.", *self._single())
        if self._large:
            return ("More cases: an empty corner of this size often comes about by chance.",)
        return ()

    def _single(self) -> tuple[str, ...]:
        below = self.without.index[self.without < self._limit("effect_size")]
        return tuple(
            f"The absence of {case}: without it the empty corner is too small." for case in below
        )

    def caveats(self) -> tuple[str, ...]:
        """Return what to say along with the verdict."""
        found = []
        if self.verdict == NECESSARY:
            found.append(
                "Necessary here means: an empty corner larger than chance gives. That the condition comes "
                "first and brings the outcome about is for you to argue."
            )
        if self.verdict == NOT_SHOWN:
            found.append("Not shown is not the same as not necessary.")
        if self.complete < self.cases:
            found.append("A case that was left out could lie in the empty corner.")
        first, second = (
            self._value("effect_size", name) >= self._limit("effect_size") for name in CEILINGS
        )
        if first != second:
            found.append(
                "The two ceilings do not agree on whether the empty corner is large enough."
            )
        return tuple(found)
