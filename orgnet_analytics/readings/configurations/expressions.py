"""Combinations of conditions in the notation of R's QCA: read, written, and how far each case belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import DataError, Issue, nearest

ANY = -1
"""The level of a condition that a combination says nothing about."""
RESERVED = set("*+~{}[]")

Combination = dict[str, tuple[int, ...]]
"""Per condition named, the levels it may have; all of them must hold."""


def read(expression: str, levels: Mapping[str, int]) -> list[Combination]:
    """Return the combinations of an expression such as ``"DEV*~IND + URB"`` or ``"DEV{2} + DEV{1}*IND{0}"``.

    ``levels`` tells how many levels each condition has. ``[2]`` is read as ``{2}``.

    Raises
    ------
    DataError
        Listing every part that names no condition, or a level it does not have.

    Examples
    --------
    >>> read("DEV{2} + ~DEV{2}*IND", {"DEV": 3, "IND": 2})
    [{'DEV': (2,)}, {'DEV': (0, 1), 'IND': (1,)}]
    """
    found: list[Issue] = []
    combinations = []
    for part in str(expression).split("+"):
        combination: Combination = {}
        for piece in part.split("*"):
            name, allowed = _literal(piece.strip(), levels, found)
            both = set(allowed) & set(combination.get(name, allowed))
            combination[name] = tuple(sorted(both))
        combinations.append(combination)
    if found:
        raise DataError(found)
    return combinations


def _literal(
    piece: str, levels: Mapping[str, int], found: list[Issue]
) -> tuple[str, tuple[int, ...]]:
    """Return the condition and the levels of one literal; add to ``found`` what is wrong with it."""
    parts = re.fullmatch(r"(~?)\s*(.*?)\s*(?:[{\[]([\d,\s]*)[}\]])?", piece, re.DOTALL)
    negated, name, braced = parts.groups() if parts else ("", piece, None)
    if name not in levels:
        found.append(
            Issue("expression", "names no condition", value=piece, suggestion=nearest(name, levels))
        )
        return name, ()
    named = [int(level) for level in (braced or "1").split(",") if level.strip()]
    if braced is None and levels[name] > 2:
        hint = f"say which level, as in {name}{{2}}"
        found.append(Issue("expression", "has more than two levels", value=piece, suggestion=hint))
    if not named or max(named) >= levels[name]:
        found.append(Issue("expression", f"wanted levels below {levels[name]}", value=piece))
    every = range(levels[name])
    return name, tuple(level for level in every if (level in named) != bool(negated))


def written(row: Iterable[int], names: Iterable[str], *, many: bool) -> str:
    """Return the combination with these levels as text; ``many`` writes levels out, as multi-value sets need.

    Examples
    --------
    >>> written([1, -1, 0], ["DEV", "URB", "IND"], many=False)
    'DEV*~IND'
    >>> written([2, -1, 0], ["DEV", "URB", "IND"], many=True)
    'DEV{2}*IND{0}'
    """
    parts = [
        f"{name}{{{level}}}" if many else name if level else f"~{name}"
        for name, level in zip(names, row, strict=True)
        if level != ANY
    ]
    return "*".join(parts)


def belonging(
    rows: NDArray[np.int_], sets: pd.DataFrame, levels: Mapping[str, int]
) -> NDArray[np.float64]:
    """Return how far each case (row) belongs to each combination (column): the least of its conditions."""
    least = np.ones((len(sets), len(rows)))
    for at, name in enumerate(sets):
        for level in range(levels[name]):
            wants = rows[:, at] == level
            here = at_level(sets[name], (level,), levels[name])
            least[:, wants] = np.minimum(least[:, wants], here[:, None])
    return least


def at_level(column: pd.Series, allowed: tuple[int, ...], levels: int) -> NDArray[np.float64]:
    """Return how far each case is at one of these levels; a fuzzy set is at level 1, its negation at 0."""
    values = np.asarray(column, dtype=float)
    if levels > 2:
        return np.isin(values, allowed).astype(float)
    return {(): np.zeros_like(values), (0,): 1 - values, (1,): values}.get(
        allowed, np.ones_like(values)
    )


def members(
    combinations: list[Combination], sets: pd.DataFrame, levels: Mapping[str, int]
) -> NDArray[np.float64]:
    """Return how far each case belongs to each of the combinations, one column each."""
    columns = [
        np.min(
            [at_level(sets[name], allowed, levels[name]) for name, allowed in one.items()], axis=0
        )
        for one in combinations
    ]
    return np.column_stack(columns)


def unfit_names(names: Iterable[object], taken: Iterable[str]) -> Iterator[Issue]:
    """Yield every name of a condition that an expression or a table of ours could not hold."""
    for name in map(str, names):
        if not name.strip() or name != name.strip() or RESERVED & set(name):
            yield Issue("sets", "cannot be the name of a condition", column=name,
                        suggestion=f"rename it, without {' '.join(sorted(RESERVED))}")  # fmt: skip
        elif name in taken:
            yield Issue("sets", "is the name of a column of the truth table", column=name,
                        suggestion="rename the condition")  # fmt: skip
