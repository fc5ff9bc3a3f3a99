"""Written names against actors as a table to edit, save and read again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.names import Names, folded
from orgnet_analytics.loaders.sheet import code_text, spaced

Choices: TypeAlias = "pd.DataFrame | Mapping[str, str] | str | os.PathLike[str] | None"
COLUMNS = ["written", "actor", "how", "suggestion", "score"]
CLOSE = 60


def reconcile(written: Iterable[Any], actors: pd.DataFrame) -> pd.DataFrame:
    """Return for each written name the actor meant, or the nearest one for you to decide about.

    Nothing is merged by guessing: where a name is not recognized ``actor`` is blank. Fill it in, save the
    table, and give it as ``names=`` to the reader.

    Parameters
    ----------
    written : iterable of str
        The names as they were written.
    actors : pandas.DataFrame
        The organizations: index = id, columns ``label`` and ``aliases`` (separated by ``;``) where present.

    Returns
    -------
    pandas.DataFrame
        A row per distinct name: ``written``, ``actor`` (id), ``how`` (exact, folded, ambiguous, unknown),
        ``suggestion`` (the id of the nearest) and its ``score`` (0 to 100).

    Examples
    --------
    >>> actors = pd.DataFrame({"label": ["Thuiszorg Zuid", "Politie"]}, index=["TZ", "P"])
    >>> table = reconcile(["thuiszorg zuid vzw", "Politi"], actors)
    >>> table[["written", "actor", "how", "suggestion"]].values.tolist()
    [['thuiszorg zuid vzw', 'TZ', 'folded', ''], ['Politi', '', 'unknown', 'P']]
    """
    names = Names.of_actors(actors)
    rows = [_row(names, name) for name in dict.fromkeys(map(code_text, written)) if name.strip()]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(names: Names, written: str) -> tuple[str, str, str, str, float]:
    actor = names.find(written)
    if actor is not None:
        exact = written in names.exact or spaced(written) in names.exact
        return written, actor, "exact" if exact else "folded", "", 100.0
    if folded(written) in names.shared:
        return written, "", "ambiguous", "", 100.0
    from rapidfuzz import fuzz, process

    best = process.extractOne(
        written, list(names.exact), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=CLOSE
    )
    if best is None:
        return written, "", "unknown", "", 0.0
    return written, "", "unknown", names.exact[best[0]], round(best[1], 1)


def read_choices(names: Choices, known: Iterable[str]) -> dict[str, str]:
    """Return the choices in a reconciled table or file: written name to id; blank is undecided."""
    where = "names"
    if names is None:
        return {}
    if isinstance(names, Mapping):
        rows = [(0, str(written), str(actor)) for written, actor in names.items()]
    elif isinstance(names, pd.DataFrame):
        missing = [column for column in COLUMNS[:2] if column not in names]
        if missing:
            raise DataError([Issue(where, "the column is missing", column=c) for c in missing])
        pairs = zip(names["written"].map(code_text), names["actor"].map(code_text), strict=True)
        rows = [(at, written, actor) for at, (written, actor) in enumerate(pairs)]
    else:
        where, rows = _of_file(names)
    wanted = set(known)
    found = [
        Issue(where, "not the id of an actor", row, "actor", actor)
        for row, _, actor in rows
        if actor.strip() and actor not in wanted
    ]
    if found:
        raise DataError(found)
    return {spaced(written): actor for _, written, actor in rows if actor.strip()}


def _of_file(path: str | os.PathLike[str]) -> tuple[str, list[tuple[int, str, str]]]:
    from orgnet_analytics.loaders.sheets import read_sheet

    sheet, found = read_sheet(path), list[Issue]()
    written, actor = (sheet.column(column, found) for column in COLUMNS[:2])
    if written is None or actor is None:
        raise DataError(found)
    pairs = zip(written, actor, strict=True)
    return sheet.name, [(int(row), *pair) for row, pair in zip(sheet.rows, pairs, strict=True)]
