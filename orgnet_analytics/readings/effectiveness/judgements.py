"""Scores of stakeholders, checked and put on one scale: from the lowest possible to the best."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.readings import cells

LEVELS = ("community", "network", "organization")
SPELLED = {name: name for name in LEVELS}
SPELLED |= {"gemeenschap": "community", "netwerk": "network", "organisatie": "organization"}
DIRECTIONS = {"higher": 1.0, "lower": -1.0, "hoger": 1.0, "lager": -1.0}
EFFECTIVE, NOT_EFFECTIVE, MIXED, DISPUTED, DIVIDED, ONE_JUDGE, NOT_KNOWN = (
    "effective",
    "not effective",
    "mixed",
    "disputed",
    "divided",
    "one judge",
    "not known",
)
KEYS = ["wave", "level", "criterion", "stakeholder"]


def checked_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Return a row per judgement: ``wave, level, criterion, stakeholder, score, place, against``.

    ``place`` is where the score stands between the lowest and the best (0 to 1 on a scale; the part of the
    way from baseline to target, which may lie outside 0 to 1); ``against`` is ``scale`` or ``target``.
    """
    table = cells.as_table(scores, "scores")
    found = cells.lacking(table, ["level", "stakeholder", "criterion", "score"], "scores")
    if found:
        raise DataError(found)
    made = pd.DataFrame({"wave": table.get("wave", "")}, index=table.index)
    made["level"], found = cells.words(table["level"], SPELLED, "scores")
    for name in ("wave", "level", "criterion", "stakeholder"):
        column = made["wave"] if name == "wave" else table[name]
        found += [Issue("scores", "is empty", row, name) for row in column.index[column.isna()]]
        if name in ("criterion", "stakeholder"):
            made[name] = column.map(str)
    parts: dict[str, pd.Series] = {}
    for name in ("score", "baseline", "target"):
        column = table.get(name, pd.Series(np.nan, table.index)).rename(name)
        parts[name], more = cells.numbers(column, "scores")
        found += more
    parts["low"], parts["high"], more = _scales(table)
    found += more
    direction = table.get("direction", pd.Series(np.nan, table.index)).rename("direction")
    parts["sign"], more = cells.words(direction, DIRECTIONS, "scores")
    found += more
    frame = pd.DataFrame(parts, dtype=float)
    found += _range_issues(frame)
    if found:
        raise DataError(found)
    aimed = frame["baseline"].notna() & frame["target"].notna()
    way = (frame["score"] - frame["baseline"]) / (frame["target"] - frame["baseline"])
    at = (frame["score"] - frame["low"]) / (frame["high"] - frame["low"])
    at = at.where(frame["sign"] != -1, 1 - at)
    return made.assign(
        score=frame["score"], place=way.where(aimed, at), against=np.where(aimed, "target", "scale")
    )


def _scales(table: pd.DataFrame) -> tuple[pd.Series, pd.Series, list[Issue]]:
    column = table.get("scale", pd.Series([None] * len(table), table.index, dtype=object))
    number = r"(-?\d+(?:[.,]\d+)?)"
    ends, found = {}, []
    for row, cell in column.items():
        if cell is None or pd.isna(cell):
            continue
        match = re.fullmatch(rf"\s*{number}\s*(?:-|–|to|tot)\s*{number}\s*", str(cell))
        low, high = (float(end.replace(",", ".")) for end in match.groups()) if match else (0, 0)
        if low >= high:
            found.append(Issue("scores", "wanted a scale such as 1-5", row, "scale", cell))
        else:
            ends[row] = (low, high)
    low, high = (
        pd.Series({row: pair[end] for row, pair in ends.items()}, dtype=float).reindex(table.index)
        for end in (0, 1)
    )
    return low, high, found


def _range_issues(frame: pd.DataFrame) -> list[Issue]:
    found = []
    for row, one in frame.iterrows():
        aimed = pd.notna(one["baseline"]) and pd.notna(one["target"])
        way = one["target"] - one["baseline"]
        if not aimed and (pd.isna(one["low"]) or pd.isna(one["high"])):
            found.append(
                Issue("scores", "has no scale, nor a baseline and a target", row, "scale",
                      suggestion="such as 1-5")
            )  # fmt: skip
        if aimed and way == 0:
            found.append(Issue("scores", "is the baseline too", row, "target", one["target"]))
        if aimed and pd.notna(one["sign"]) and way * one["sign"] < 0:
            found.append(
                Issue("scores", "the target lies the other way", row, "direction", one["target"])
            )
        if one["score"] < one["low"] or one["score"] > one["high"]:
            found.append(Issue("scores", "outside the scale", row, "score", one["score"]))
    return found


def by_stakeholder(table: pd.DataFrame, limits: Mapping[str, float]) -> pd.DataFrame:
    """Return what each stakeholder says of each criterion, as a mean with its range and a word."""
    rows = []
    for key, ours in table.groupby(KEYS, sort=False):
        known = ours.dropna(subset=["place"])
        words = [word(row.place, row.against, limits) for row in known.itertuples()]
        against = "scale" if (ours["against"] == "scale").all() else "target"
        if ours["against"].nunique() > 1:
            raise DataError(
                Issue("scores", "is held against a scale and against a target", ours.index[0],
                      "criterion", key[2])
            )  # fmt: skip
        mean = float(known["place"].mean())
        share = [
            words.count(one) / len(words) if words else 0.0 for one in (EFFECTIVE, NOT_EFFECTIVE)
        ]
        said = DIVIDED if min(share) >= limits["within"] else word(mean, against, limits)
        rows.append((*key, len(known), known["score"].mean(), mean, known["place"].min(),
                     known["place"].max(), against, said))  # fmt: skip
    columns = [*KEYS, "n", "score", "place", "lowest", "highest", "against", "word"]
    return pd.DataFrame(rows, columns=columns)


def word(place: Any, against: str, limits: Mapping[str, float]) -> str:
    """Return the word for a place on a scale, or on the way to a target."""
    if pd.isna(place):
        return NOT_KNOWN
    high, low = (
        ("effective", "not_effective")
        if against == "scale"
        else ("target_reached", "target_missed")
    )
    # Thresholds in thirds are written with four decimals; a score of exactly two thirds meets them.
    if place >= limits[high] - 1e-4:
        return EFFECTIVE
    return NOT_EFFECTIVE if place <= limits[low] + 1e-4 else MIXED


def by_criterion(judged: pd.DataFrame, limits: Mapping[str, float]) -> pd.DataFrame:
    """Return per criterion whether the stakeholders agree, and on what; nothing is averaged."""
    rows = []
    for key, ours in judged.groupby(KEYS[:3], sort=False):
        known = ours[ours["word"] != NOT_KNOWN]
        words = set(known["word"])
        gap = known.groupby("against")["place"].agg(lambda at: at.max() - at.min()).max()
        if not words:
            said = NOT_KNOWN
        elif DIVIDED in words or {EFFECTIVE, NOT_EFFECTIVE} <= words or gap >= limits["gap"]:
            said = DISPUTED
        else:
            said = words.pop() if len(words) == 1 else MIXED
        lowest = known.loc[known["place"].idxmin(), "stakeholder"] if len(known) else ""
        highest = known.loc[known["place"].idxmax(), "stakeholder"] if len(known) else ""
        rows.append((*key, len(known), known["place"].min(), known["place"].max(), gap,
                     lowest, highest, said))  # fmt: skip
    columns = [
        *KEYS[:3],
        "stakeholders",
        "lowest",
        "highest",
        "gap",
        "lowest_by",
        "highest_by",
        "word",
    ]
    return pd.DataFrame(rows, columns=columns)


def of_level(words: pd.Series, limits: Mapping[str, float]) -> str:
    """Return the word for a level from those of its criteria."""
    known = words[words != NOT_KNOWN]
    if known.empty:
        return NOT_KNOWN
    share = known.value_counts(normalize=True)
    has = {one: float(share.get(one, 0.0)) for one in (EFFECTIVE, NOT_EFFECTIVE, DISPUTED)}
    if has[DISPUTED] >= limits["disputed"] - 1e-4:
        return DISPUTED
    for one, other in ((EFFECTIVE, NOT_EFFECTIVE), (NOT_EFFECTIVE, EFFECTIVE)):
        if has[one] >= limits["most"] - 1e-4 and has[other] == 0:
            return one
    return MIXED


def judges(judged: pd.DataFrame) -> int:
    """Return how many judged: of each stakeholder as many as answered on the criterion most of them did."""
    return int(judged.groupby("stakeholder")["n"].max().sum())
