"""The losses in words: what supports the verdict, who would be cut off, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from orgnet_analytics.readings.reading import UNDETERMINED, evidence_table
from orgnet_analytics.readings.resilience.holding import ROBUST, Sign, agreement

MOST_NAMES = 5


@dataclass(frozen=True, eq=False)
class Told:
    """The verdict and the losses behind it."""

    signs: list[Sign]
    likely: str
    certain: float
    verdict: str
    losses: pd.DataFrame
    pairs: pd.DataFrame
    hub: pd.Series

    def evidence(self) -> pd.DataFrame:
        """Return every sign: its value, what it says, and whether it supports the verdict."""
        return evidence_table(
            [
                (sign.indicator, sign.value, sign.reading, agreement(sign, self.verdict))
                for sign in self.signs
            ]
        )

    def would_change(self) -> tuple[str, ...]:
        """Return what would make the verdict another one."""
        if self.verdict == UNDETERMINED:
            return (self._needed(),)
        if self.verdict == ROBUST:
            return self._together()
        bad = {sign.indicator for sign in self.signs if sign.bad}
        found = []
        worst = self.losses.iloc[0]
        if "worst_loss" in bad:
            who, cut = self.losses.index[0], _names(worst["outside"])
            found.append(f"Another way round for {cut}: without {who} they are cut off.")
        if bad & {"detour", "targeted"}:
            found.append(f"Ties among the others that do not lead through {self.hub['actor']}.")
        return tuple(found)

    def _needed(self) -> str:
        """Return what a verdict would take."""
        if not self.hub["links"]:
            return "Ties: none is known."
        if self.certain == 1:
            return "More answers: too few organizations gave any."
        share = (
            f"{self.likely!r} comes out in {self.certain:.0%} of the ways to fill the unknown dyads"
        )
        return f"More answers: {share}."

    def _together(self) -> tuple[str, ...]:
        if len(self.pairs):
            return (f"The loss of {self.pairs.index[0]} together.",)
        return ("The loss of many at once: see how far the curves fall.",)

    def caveats(self) -> tuple[str, ...]:
        """Return what to say along with the verdict."""
        found = [
            "The losses are taken on the map: whoever stays would react, and make new ties or leave too."
        ]
        if self.verdict == ROBUST:
            found.append(
                "That others can still reach each other does not mean that the results last."
            )
        return tuple(found)


def _names(who: tuple[str, ...]) -> str:
    shown = ", ".join(who[:MOST_NAMES])
    return f"{shown} and {len(who) - MOST_NAMES} more" if len(who) > MOST_NAMES else shown
