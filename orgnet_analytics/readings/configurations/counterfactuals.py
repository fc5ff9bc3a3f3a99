"""Intermediate solutions: which unobserved combinations theory lets us assume."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.readings.configurations.expressions import ANY

Ints = NDArray[np.int_]
WORDS = {"present": 1, "absent": 0}
Directions = Mapping[str, "str | int | Sequence[int]"]


def expected(directions: Directions | None, levels: Mapping[str, int]) -> list[frozenset[int]]:
    """Return per condition the levels that are expected to help; none where nothing is expected.

    Raises
    ------
    DataError
        Listing every condition and every direction that we do not have.

    Examples
    --------
    >>> expected({"TRUST": "present"}, {"TRUST": 2, "NAO": 2})
    [frozenset({1}), frozenset()]
    """
    if not directions:
        hint = 'say what helps, as in directions={"TRUST": "present", "RIVALRY": "absent"}'
        raise DataError(Issue("directions", "an intermediate solution needs them", suggestion=hint))
    found = [
        Issue("directions", "is no condition", column=str(name), suggestion=nearest(str(name), levels))
        for name in directions
        if name not in levels
    ]  # fmt: skip
    wanted = {}
    for name, told in directions.items():
        wanted[name] = _helping(told)
        if (name in levels and not wanted[name] <= set(range(levels[name]))) or not wanted[name]:
            say = "wanted 'present', 'absent' or levels of the condition"
            found.append(Issue("directions", say, column=str(name), value=told))
    if found:
        raise DataError(found)
    return [wanted.get(name, frozenset()) for name in levels]


def _helping(told: object) -> frozenset[int]:
    if isinstance(told, str):
        return frozenset({WORDS[told]}) if told in WORDS else frozenset()
    several = told if isinstance(told, Sequence | set | frozenset) else [told]
    whole = all(isinstance(one, int | np.integer) for one in several)
    return frozenset(map(int, several)) if whole else frozenset()


def between(complex_: Ints, parsimonious: Ints, helps: Sequence[frozenset[int]]) -> Ints:
    """Return, for each complex combination within a parsimonious one, what lies between the two, a row each.

    A condition of the complex one stays unless the parsimonious one does without it, and theory expects
    another level of it to help: then the combination holds all the more at that other level.

    Examples
    --------
    >>> many, few = np.array([[1, 0, 1]]), np.array([[1, ANY, ANY]])
    >>> between(many, few, [frozenset({1}), frozenset({1}), frozenset()])
    array([[ 1, -1,  1]])
    """
    many, few = np.broadcast_arrays(complex_[:, None], parsimonious)
    against = [
        ~np.isin(levels, [*good, ANY]) & bool(good)
        for levels, good in zip(complex_.T, helps, strict=True)
    ]
    without = (few == ANY) & np.stack(against, axis=1)[:, None]
    within = ((few == ANY) | (few == many)).all(axis=2)
    found: Ints = np.where(without, ANY, many)[within]
    return found
