"""Who counts: salience of stakeholders, and coalitions that can decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.readings.rulebook import is_number, read_rules, thresholds

ATTRIBUTES = ("power", "legitimacy", "urgency")
CLASSES: dict[tuple[int, ...], str] = {
    (1, 0, 0): "dormant",
    (0, 1, 0): "discretionary",
    (0, 0, 1): "demanding",
    (1, 1, 0): "dominant",
    (1, 0, 1): "dangerous",
    (0, 1, 1): "dependent",
    (1, 1, 1): "definitive",
    (0, 0, 0): "none",
}
MOST_VOTERS = 20


def salience(ratings: pd.DataFrame, *, threshold: float | None = None) -> pd.DataFrame:
    """Return the class of every stakeholder after its power, legitimacy and urgency.

    Parameters
    ----------
    ratings : pandas.DataFrame
        A row per organization; columns ``power``, ``legitimacy``, ``urgency``, 0 to 1.
    threshold : float, optional
        From this rating an attribute counts as held; without it the one in ``readings/rules/coverage.yaml``,
        .5, which is ours.

    Returns
    -------
    pandas.DataFrame
        ``salience`` (the class; missing where a rating is), ``held`` (how many attributes, 0 to 3) and
        ``definitive`` (the smallest of the three ratings: how far the organization is a definitive one).

    Raises
    ------
    DataError
        Where a column is missing or a rating is not between 0 and 1.

    Notes
    -----
    The classes are those known from Mitchell, Agle and Wood (1997). Checked on all eight combinations.

    Examples
    --------
    >>> import pandas as pd
    >>> rated = pd.DataFrame({"power": [.9, .1], "legitimacy": [.8, .7], "urgency": [.2, .9]})
    >>> salience(rated)["salience"].to_dict()
    {0: 'dominant', 1: 'dependent'}
    """
    if not isinstance(ratings, pd.DataFrame):
        raise DataError(Issue("ratings", f"wanted a table, got {type(ratings).__name__}"))
    missing = [
        Issue("ratings", "the column is missing", column=c) for c in ATTRIBUTES if c not in ratings
    ]
    if missing:
        raise DataError(missing)
    values = ratings[list(ATTRIBUTES)].apply(pd.to_numeric, errors="coerce")
    found = [
        Issue("ratings", "wanted 0 to 1", row, column, str(cell))
        for column in ATTRIBUTES
        for row, cell, number in zip(ratings.index, ratings[column], values[column], strict=True)
        if not (pd.isna(cell) or 0 <= number <= 1)
    ]
    if found:
        raise DataError(found)
    if threshold is None:
        threshold = thresholds(read_rules("coverage"), "coverage").at["salience", "value"]
    held = values >= threshold
    known = values.notna().all(axis=1)
    classes = [CLASSES[tuple(map(int, row))] for row in held.to_numpy()]
    return pd.DataFrame(
        {
            "salience": pd.Series(classes, index=values.index, dtype="str").where(known),
            "held": held.sum(axis=1).astype(float).where(known),
            "definitive": values.min(axis=1).where(known),
        }
    )


@dataclass(frozen=True, eq=False, repr=False)
class Coalitions:
    """Who together can decide.

    Attributes
    ----------
    minimal : tuple of frozenset
        The minimal winning coalitions: they reach the quota, and without any one member they do not.
    power : pandas.Series
        Banzhaf index per organization: its share of the swings, 0 to 1; they add up to 1.
    """

    minimal: tuple[frozenset[str], ...]
    power: pd.Series

    def __repr__(self) -> str:
        sets = "; ".join(" + ".join(sorted(one)) for one in self.minimal[:5])
        rest = f" and {len(self.minimal) - 5} more" if len(self.minimal) > 5 else ""
        power = ", ".join(f"{name} {value:.2f}" for name, value in self.power.items())
        return f"<Coalitions {sets or 'none'}{rest}; power {power}>"


def coalitions(votes: Mapping[str, float] | pd.Series, *, quota: float) -> Coalitions:
    """Return the minimal winning coalitions, and how much power each organization has to turn a decision.

    Parameters
    ----------
    votes : dict or Series
        The votes (or means) of each organization, 0 or more; at most twenty organizations.
    quota : float
        What a coalition must reach, more than 0.

    Returns
    -------
    Coalitions
        ``minimal`` (smallest first) and ``power``; power is NaN where no coalition reaches the quota.

    Raises
    ------
    DataError
        Where votes or quota are no numbers in range, or there are too many organizations.

    Notes
    -----
    Minimal winning coalitions are known from Riker (1962), the index from Banzhaf (1965). Every coalition is
    tried. Checked on the textbook game [51; 50, 49, 1] (power .6, .2, .2), worked out by hand.

    Examples
    --------
    >>> found = coalitions({"city": 50, "care": 49, "users": 1}, quota=51)
    >>> [sorted(one) for one in found.minimal], found.power.to_dict()
    ([['care', 'city'], ['city', 'users']], {'city': 0.6, 'care': 0.2, 'users': 0.2})
    """
    if not isinstance(votes, Mapping | pd.Series):
        raise DataError(Issue("votes", f"wanted a dict, got {type(votes).__name__}"))
    told = [(str(name), value) for name, value in votes.items()]
    given, names = dict(told), [name for name, _ in told]
    found = [
        Issue("votes", "wanted a number, 0 or more", row=name, value=value)
        for name, value in told
        if not _is_amount(value)
    ]
    found += [
        Issue("votes", "the name stands more than once", row=name)
        for name in given
        if names.count(name) > 1
    ]
    if not _is_amount(quota) or quota <= 0:
        found.append(Issue("quota", "wanted a number above 0", value=quota))
    if not 1 <= len(given) <= MOST_VOTERS:
        found.append(Issue("votes", f"wanted 1 to {MOST_VOTERS} organizations", value=len(given)))
    if found:
        raise DataError(found)
    weight = np.array([float(value) for value in given.values()])
    wins = _wins(weight, float(quota))
    codes = np.arange(len(wins))
    swings = np.array([(wins & ((codes >> i & 1) == 1) & ~wins[codes ^ (1 << i)]).sum()
                       for i in range(len(names))])  # fmt: skip
    power = swings / swings.sum() if swings.any() else np.full(len(names), np.nan)
    return Coalitions(_minimal(names, wins), pd.Series(power, index=names, name="power"))


def _is_amount(value: object) -> bool:
    return is_number(float(value) if isinstance(value, np.number) else value) and value >= 0  # type: ignore[operator]


def _wins(weight: np.ndarray, quota: float) -> np.ndarray:
    """Return for every coalition, coded in bits, whether it reaches the quota."""
    total = np.zeros(1)
    for one in weight:
        total = np.concatenate([total, total + one])
    return np.asarray(total >= quota - 1e-9)


def _minimal(names: list[str], wins: np.ndarray) -> tuple[frozenset[str], ...]:
    codes = np.flatnonzero(wins)
    needed = np.ones(len(codes), dtype=bool)
    for i in range(len(names)):
        inside = (codes >> i & 1) == 1
        needed &= ~inside | ~wins[codes ^ (1 << i)]
    sets = [
        frozenset(names[i] for i in range(len(names)) if code >> i & 1) for code in codes[needed]
    ]
    return tuple(sorted(sets, key=lambda one: (len(one), sorted(one))))
