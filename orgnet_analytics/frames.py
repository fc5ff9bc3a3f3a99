"""The checks both network types share: ids, ties and weights, every problem collected."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import Issue, nearest


class OwnFrame:
    """A table a frozen dataclass keeps to itself: what is read from it is a copy.

    Copies are made on write (pandas 3), so reading costs microseconds and nobody can change the
    network behind its cached graph.
    """

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, holder: Any, owner: type | None = None) -> Any:
        if holder is None:
            raise AttributeError(self.name)
        frame = holder.__dict__[self.name]
        return frame.copy(deep=False) if isinstance(frame, pd.DataFrame) else frame

    def __set__(self, holder: Any, frame: Any) -> None:
        holder.__dict__[self.name] = frame


def checked_actors(actors: Any, where: str) -> tuple[pd.DataFrame, list[Issue]]:
    """Return the table with string ids, and every problem with its ids and ``responded``."""
    if not isinstance(actors, pd.DataFrame):
        hint = "pandas.DataFrame(index=[...ids...])"
        return pd.DataFrame(), [
            Issue(where, f"wanted a table, got {type(actors).__name__}", suggestion=hint)
        ]
    found = [
        Issue(where, "the id is empty", row=row, column="index")
        for row in np.flatnonzero(
            actors.index.isna() | (actors.index.astype(str).str.strip() == "")
        )
    ]
    table = actors.copy(deep=False)
    table.index = string_ids(pd.Series(actors.index)).to_numpy(dtype=object)
    table.index = pd.Index(table.index, dtype="str", name=actors.index.name)
    repeated = table.index[table.index.duplicated()].dropna().unique()
    found += [
        Issue(where, "the id stands more than once", column="index", value=i) for i in repeated
    ]
    found += [
        Issue(where, "the column stands more than once", column=str(column))
        for column in table.columns[table.columns.duplicated()]
    ]
    if "responded" in table and not found:
        table, more = _checked_responded(table, where)
        found += more
    return table, found


def _checked_responded(table: pd.DataFrame, where: str) -> tuple[pd.DataFrame, list[Issue]]:
    values = table["responded"]
    wrong = ~values.isin([True, False])
    found = [
        Issue(where, "wanted true or false", row=row, column="responded", value=value)
        for row, value in values[wrong].items()
    ]
    return (table if found else table.assign(responded=values.astype(bool))), found


def string_ids(values: pd.Series) -> pd.Series:
    """Return ids as strings; a whole number that a spreadsheet made 12.0 is ``"12"`` again."""
    if values.dtype == "str":
        return values
    return values.map(_string_id, na_action="ignore").astype("str")


def _string_id(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def checked_ties(
    ties: Any,
    senders: pd.DataFrame,
    receivers: pd.DataFrame,
    *,
    directed: bool = True,
    duplicates: str = "error",
    ends: tuple[str, str] = ("source", "target"),
) -> tuple[pd.DataFrame, list[Issue], int]:
    """Return the ties in their kept form, every problem, and how many self-ties were set aside."""
    where = "ties"
    if not isinstance(ties, pd.DataFrame):
        return pd.DataFrame(), [Issue(where, f"wanted a table, got {type(ties).__name__}")], 0
    missing = [end for end in ends if end not in ties]
    if missing:
        found = [
            Issue(
                where,
                "the column is missing",
                column=c,
                suggestion=nearest(c, map(str, ties.columns)),
            )
            for c in missing
        ]
        return pd.DataFrame(), found, 0
    if duplicates not in ("error", "sum", "max"):
        return (
            pd.DataFrame(),
            [Issue(where, "duplicates is 'error', 'sum' or 'max'", value=duplicates)],
            0,
        )
    table = ties.assign(**{end: string_ids(ties[end]) for end in ends}).reset_index(drop=True)
    found = _unknown_ends(table, dict(zip(ends, (senders, receivers), strict=True)))
    table, more = _weighted(table)
    found += more
    if found:
        return table, found, 0
    loops = (
        table[ends[0]] == table[ends[1]] if senders is receivers else pd.Series(False, table.index)
    )
    set_aside = int((loops & (table["weight"] > 0)).sum())
    table = _categorical_relation(table[~loops])
    table, more = _without_parallels(table, ends, directed, duplicates)
    silent = ~_responded(senders).reindex(table[ends[0]]).to_numpy(dtype=bool)
    needed = (table["weight"] != 0) | silent
    lead = [*ends, *(["relation"] if "relation" in table else []), "weight"]
    columns = [*lead, *table.columns.drop(lead)]
    return table.loc[needed, columns].reset_index(drop=True), more, set_aside


def _responded(actors: pd.DataFrame) -> pd.Series:
    return actors["responded"] if "responded" in actors else pd.Series(True, index=actors.index)


def _unknown_ends(table: pd.DataFrame, known: dict[str, pd.DataFrame]) -> list[Issue]:
    found = []
    for end, actors in known.items():
        strange = table.loc[~table[end].isin(actors.index), end]
        hints = {name: nearest(name, actors.index) for name in strange.dropna().unique()}
        for row, name in strange.items():
            if pd.isna(name):
                found.append(Issue("ties", "no actor named", row=row, column=end))
            else:
                found.append(Issue("ties", "not among the actors", row, end, name, hints[name]))
    return found


def _weighted(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Issue]]:
    if "weight" not in table:
        return table.assign(weight=1.0), []
    weight = pd.to_numeric(table["weight"], errors="coerce").astype(float)
    text = weight.isna() & table["weight"].notna()
    wrong = text | (weight < 0) | np.isinf(weight)
    found = [
        Issue(
            "ties", "the weight must be a number, 0 or more", row=row, column="weight", value=value
        )
        for row, value in table.loc[wrong, "weight"].items()
    ]
    return table.assign(weight=weight), found


def _categorical_relation(table: pd.DataFrame) -> pd.DataFrame:
    if "relation" not in table or isinstance(table["relation"].dtype, pd.CategoricalDtype):
        return table
    kinds = table["relation"].astype("str")
    return table.assign(relation=pd.Categorical(kinds, categories=kinds.dropna().unique()))


def _without_parallels(
    table: pd.DataFrame, ends: tuple[str, str], directed: bool, duplicates: str
) -> tuple[pd.DataFrame, list[Issue]]:
    """Return the table with parallel ties merged, or an issue for each that is not to be merged."""
    first, second = table[ends[0]], table[ends[1]]
    if not directed:
        swap = first > second
        first, second = first.mask(swap, second), second.mask(swap, first)
    keys = [first.rename("first"), second.rename("second")]
    if "relation" in table:
        keys.append(table["relation"])
    key = pd.concat(keys, axis=1)
    again = key.duplicated()
    if not again.any():
        return table, []
    if duplicates == "error":
        hint = "duplicates='sum' or 'max'"
        return table, [
            Issue(
                "ties", "this tie stands more than once", row, value=f"{a} - {b}", suggestion=hint
            )
            for row, a, b in table.loc[again, list(ends)].itertuples(name=None)
        ]
    merged = table["weight"].groupby([key[c] for c in key], observed=True, sort=False)
    total = merged.sum(min_count=1) if duplicates == "sum" else merged.max()
    return table[~again].assign(weight=total.to_numpy()), []
