"""Scale: what an answer is worth, and which answers are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import nearest
from orgnet_analytics.loaders.sheet import Sheet, number, plain

Labels = Mapping[str, str]
YES = frozenset(["ja", "j", "yes", "y", "true", "waar", "oui", "1", "x", "lid"])
NO = frozenset(["nee", "n", "no", "false", "onwaar", "non", "0"])

NO_TICKS = frozenset(
    ["?", "??", "-", "--", "/", "n.v.t.", "nvt", "n.v.t", "n/a", "#n/a", "weet niet", "weet ik niet", "wn",
     "onbekend", "geen idee", "geen antwoord", "don't know", "dont know", "unknown", "no answer",
     "not applicable", "77", "88", "99", "999", "-1", "-9", "-99"]
)  # fmt: skip
"""What stands in a cell without being a tick, nor plainly none."""


@dataclass(frozen=True)
class Scale:
    """The answers of a question: named ones with their strength, or the numbers from lowest to highest.

    Parameters
    ----------
    values : mapping of str to float
        What each answer is worth; 0 is "no tie".
    lowest, highest : float
        The range, for answers that are numbers.
    missing : tuple of str
        Answers that tell nothing: the dyad is unknown.

    Examples
    --------
    >>> Scale(values={"never": 0, "weekly": 2}, missing=("don't know",)).worth("Weekly ")
    2.0
    """

    values: Mapping[str, float] = field(default_factory=dict)
    lowest: float | None = None
    highest: float | None = None
    missing: tuple[str, ...] = ()

    def worth(self, answer: str) -> float | None:
        """Return the strength of an answer, NaN where it is a missing code, None where it is no answer."""
        key = plain_answer(answer)
        if key in map(plain_answer, self.missing):
            return np.nan
        if self.values:
            return {plain_answer(name): float(v) for name, v in self.values.items()}.get(key)
        value = number(answer)
        if np.isnan(value):
            return None
        low = 0.0 if self.lowest is None else self.lowest
        inside = low <= value and (self.highest is None or value <= self.highest)
        return value if inside else None

    def suggestion(self, answer: str) -> str:
        """Return the nearest answer, where one is near, and all there are."""
        if self.values:
            listed = ", ".join(map(str, [*self.values, *self.missing]))
            return f"{nearest(answer, map(str, self.values))} one of {listed}".strip()
        low = 0 if self.lowest is None else self.lowest
        return f"{low:g} to {self.highest:g}" if self.highest is not None else f"{low:g} or more"

    @property
    def least(self) -> float:
        """The smallest strength that is a tie: what somebody named without an answer counts as."""
        ties = [value for value in self.values.values() if value > 0]
        return min(ties, default=max(self.lowest or 0.0, 0.0) or 1.0)


def plain_answer(answer: object) -> str:
    """Return an answer as it is compared: capitals and spaces apart, and 1.0 is 1."""
    text = plain(str(answer))
    return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else text


def strengths(
    sheet: Sheet, columns: Sequence[int], scale: Scale, blank: float | None, *, ticked: bool = False
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the strength of every answer in these columns, and which cells hold no answer of the scale."""

    def worth(answer: str, labels: Labels, missing: frozenset[str]) -> float | None:
        if not answer.strip():
            return 0.0 if ticked else np.nan if blank is None else blank
        if answer in missing:
            return np.nan
        if ticked:
            return _tick(plain_answer(answer), scale)
        value = scale.worth(answer)
        return scale.worth(labels[answer]) if value is None and answer in labels else value

    told = np.empty((len(sheet.frame), len(columns)))
    wrong = np.empty(told.shape, dtype=bool)
    for labels, missing, places in _alike(sheet, columns):
        cells = sheet.cells[:, [columns[place] for place in places]]
        codes, kinds = pd.factorize(cells.ravel())
        values = [worth(str(kind), labels, missing) for kind in kinds]
        known = np.array([np.nan if value is None else value for value in values], dtype=float)
        none = np.array([value is None for value in values], dtype=bool)
        told[:, places] = known[codes].reshape(cells.shape)
        wrong[:, places] = none[codes].reshape(cells.shape)
    return told, wrong


def _tick(key: str, scale: Scale) -> float | None:
    """Return what a tick is worth: any answer is a tie, but for no, a missing code and what is no answer."""
    if key in map(plain_answer, scale.missing):
        return np.nan
    return 0.0 if key in NO else None if key in NO_TICKS else 1.0


def _alike(sheet: Sheet, columns: Sequence[int]) -> list[tuple[Labels, frozenset[str], list[int]]]:
    """Return the columns in groups that share their labels and missing codes, each with those."""
    groups: list[tuple[Labels, frozenset[str], list[int]]] = []
    for place, at in enumerate(columns):
        name = sheet.header[at]
        labels, missing = sheet.labels.get(name, {}), sheet.missing.get(name, frozenset())
        known = next((g[2] for g in groups if g[0] == labels and g[1] == missing), None)
        if known is None:
            groups.append((labels, missing, [place]))
        else:
            known.append(place)
    return groups


def yes_or_no(answer: str) -> bool | None:
    """Return whether a cell says yes, or None where it says neither."""
    key = plain_answer(answer)
    return True if key in YES else False if key in NO else None
