"""Clients with several needs, and who holds what they need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, UndefinedError, nearest
from orgnet_analytics.readings import cells
from orgnet_analytics.readings.given import holders_table
from orgnet_analytics.twomode import TwoModeNetwork


def held_by(holders: TwoModeNetwork | pd.DataFrame) -> pd.DataFrame:
    """Return organizations by needs: 1 held, 0 not, NaN not known."""
    table = holders_table(holders)
    if table.empty:
        raise DataError(Issue("holders", "wanted at least one organization and one need"))
    return table.mask(table > 0, 1.0)


def sectors(
    by: str | pd.Series | None, actors: pd.DataFrame, organizations: Sequence[str]
) -> pd.Series | None:
    """Return the sector of each organization, missing where it is not known; None where none is named."""
    if by is None:
        return None
    if isinstance(by, str):
        if by not in actors:
            hint = nearest(by, map(str, actors.columns))
            raise UndefinedError(f"There is no column {by!r}. {hint}".strip())
        return pd.Series(actors[by]).reindex(list(organizations))
    if not isinstance(by, pd.Series):
        raise DataError(Issue("by", f"wanted a column or a Series, got {type(by).__name__}"))
    return by.set_axis(by.index.map(str)).reindex(list(organizations))


def checked_profiles(
    profiles: pd.DataFrame, *, needs: Collection[str], actors: Collection[str] | None = None
) -> pd.DataFrame:
    """Return a row per profile: ``entry, needs, in_order, clients``; one error lists every problem.

    The entry is read only where ``actors`` are given.
    """
    table = cells.as_table(profiles, "profiles")
    wanted = ["profile", "needs"] if actors is None else ["profile", "needs", "entry"]
    found = cells.lacking(table, wanted, "profiles")
    if found:
        raise DataError(found)
    blank = pd.Series([None] * len(table), table.index, dtype=object)
    lists = table["needs"].map(cells.listed)
    entry = table.get("entry", blank).map(str, na_action="ignore")
    found = [*_name_issues(table["profile"]), *_need_issues(lists, needs)]
    found += [] if actors is None else _entry_issues(entry, actors)
    order, more = cells.words(
        table.get("in_order", blank).rename("in_order"), cells.YES_NO, "profiles"
    )
    found += more
    clients, more = cells.numbers(
        table.get("clients", blank).rename("clients"), "profiles", lowest=0
    )
    found += more
    if found:
        raise DataError(found)
    return pd.DataFrame(
        {
            "entry": entry.to_numpy(),
            "needs": lists.to_numpy(),
            "in_order": (order == 1).to_numpy(dtype=bool),
            "clients": clients.fillna(1.0).to_numpy(),
        },
        index=pd.Index(table["profile"].map(str), name="profile", dtype="str"),
    )


def _name_issues(names: pd.Series) -> Iterator[Issue]:
    for row in names.index[names.isna()]:
        yield Issue("profiles", "is empty", row, "profile")
    for row in names.index[names.map(str).duplicated()]:
        yield Issue("profiles", "stands more than once", row, "profile", names[row])


def _need_issues(lists: pd.Series, needs: Collection[str]) -> Iterator[Issue]:
    """Yield what is wrong with the needs; one that is like no known need is held by nobody."""
    for row, some in lists.items():
        if not some:
            yield Issue("profiles", "no need named", row, "needs")
        for need in some:
            hint = "" if need in needs else nearest(need, needs)
            if hint:
                yield Issue("profiles", "not among the needs", row, "needs", need, hint)


def _entry_issues(entry: pd.Series, actors: Collection[str]) -> Iterator[Issue]:
    for row in entry.index[entry.isna()]:
        yield Issue("profiles", "is empty", row, "entry")
    for row, name in entry.dropna().items():
        yield from cells.unknown_names([name], actors, "profiles", row, "entry")


def holds_all(held: pd.DataFrame, needs: Sequence[str], *, unknown: float) -> pd.Series:
    """Return which rows hold all of the needs, with what is not known taken as 0 or as 1."""
    cells_of = held.reindex(columns=list(needs)).fillna(unknown)
    # A need no column knows is held by nobody, also where the unknown is taken as held.
    cells_of[[need for need in needs if need not in held]] = 0.0
    return pd.Series((cells_of.to_numpy() > 0).all(axis=1), index=held.index)


def together(held: pd.DataFrame, groups: pd.Series | None) -> pd.DataFrame:
    """Return what groups of organizations hold between them; one group without ``groups``.

    A need is held where one holds it, not known where only an unknown cell could.
    """
    if groups is None:
        groups = pd.Series("network", index=held.index)
    sure = (held == 1).groupby(groups).any()
    maybe = held.isna().groupby(groups).any()
    return pd.DataFrame(
        np.where(sure, 1.0, np.where(maybe, np.nan, 0.0)), index=sure.index, columns=held.columns
    )
