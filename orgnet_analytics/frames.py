"""The checks both network types share: ids, ties and weights, every problem collected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue, nearest

FloatArray = NDArray[np.float64]


class OwnFrame:
    """A table a frozen dataclass keeps to itself: what is read from it is a copy.

    Copies are made on write (pandas 3), so reading costs microseconds and nobody can change the
    network behind its cached graph. Without a default the field must be given.
    """

    def __init__(self, *default: None) -> None:
        self.default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, holder: Any, owner: type | None = None) -> Any:
        if holder is None and self.default:
            return self.default[0]
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
    if actors.index.nlevels > 1:
        return pd.DataFrame(), [Issue(where, "wanted one id per row, got several", column="index")]
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


def named_in(ties: Any, *ends: str) -> pd.Index:
    """Return the names that stand in the columns ``ends``, each once, in order of appearance."""
    columns = [string_ids(ties[end]) for end in ends if end in ties] if _single(ties, ends) else []
    names = pd.concat(columns) if columns else pd.Series(dtype="str")
    return pd.Index(names.dropna().drop_duplicates()).rename(None)


def _single(ties: Any, ends: tuple[str, ...]) -> bool:
    return isinstance(ties, pd.DataFrame) and not any(
        (ties.columns == end).sum() > 1 for end in ends
    )


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
    found = _misshapen(ties, ends, duplicates)
    if found:
        return pd.DataFrame(), found, 0
    table = ties.assign(**{end: string_ids(ties[end]) for end in ends}).reset_index(drop=True)
    # Places among the actors are whole numbers: far quicker to compare than names.
    known = dict(zip(ends, (senders.index.unique(), receivers.index.unique()), strict=True))
    places = pd.DataFrame({end: ids.get_indexer(table[end]) for end, ids in known.items()})
    found = _unknown_ends(table, places, known)
    table, more = _weighted(table)
    found += more + _without_relation(table)
    if found:
        return table, found, 0
    own = senders is receivers
    loops = places[ends[0]] == places[ends[1]] if own else pd.Series(False, table.index)
    set_aside = int((loops & (table["weight"] > 0)).sum())
    if loops.any():
        table, places = table[~loops], places[~loops]
    table = _categorical_relation(table)
    table, more = _without_parallels(table, places, directed, duplicates)
    needed = (table["weight"] != 0) | _told_by_nobody(table, senders, ends, directed)
    lead = [*ends, *(["relation"] if "relation" in table else []), "weight"]
    columns = [*lead, *table.columns.drop(lead)]
    return table.loc[needed, columns].reset_index(drop=True), more, set_aside


def _misshapen(ties: Any, ends: tuple[str, str], duplicates: str) -> list[Issue]:
    """Return what keeps the ties from being read at all."""
    if not isinstance(ties, pd.DataFrame):
        return [Issue("ties", f"wanted a table, got {type(ties).__name__}")]
    found = [
        Issue("ties", "the column is missing", "", c, "", nearest(c, map(str, ties.columns)))
        for c in ends
        if c not in ties
    ]
    repeated = ties.columns[ties.columns.duplicated()]
    found += [Issue("ties", "the column stands more than once", column=str(c)) for c in repeated]
    if duplicates not in ("error", "sum", "max"):
        found.append(Issue("ties", "duplicates is 'error', 'sum' or 'max'", value=duplicates))
    return found


def _without_relation(table: pd.DataFrame) -> list[Issue]:
    rows: Any = np.flatnonzero(table["relation"].isna()) if "relation" in table else []
    return [Issue("ties", "no relation named", row=row, column="relation") for row in rows]


def _told_by_nobody(
    table: pd.DataFrame, senders: pd.DataFrame, ends: tuple[str, str], directed: bool
) -> pd.Series:
    """Return which rows stand for dyads that would be unknown without them."""
    if "responded" not in senders:
        return pd.Series(False, index=table.index)
    silent = senders.index[senders["responded"].isin([False])]
    unheard = table[ends[0]].isin(silent)
    return unheard if directed else unheard & table[ends[1]].isin(silent)


def _unknown_ends(
    table: pd.DataFrame, places: pd.DataFrame, known: dict[str, pd.Index]
) -> list[Issue]:
    found = []
    for end, ids in known.items():
        strange = table.loc[(places[end] < 0).to_numpy(), end]
        hints = {name: nearest(name, ids) for name in strange.dropna().unique()}
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
    if "relation" not in table:
        return table
    if isinstance(table["relation"].dtype, pd.CategoricalDtype):
        return table.assign(relation=table["relation"].cat.rename_categories(str))
    kinds = table["relation"].astype("str")
    return table.assign(relation=pd.Categorical(kinds, categories=kinds.dropna().unique()))


def _without_parallels(
    table: pd.DataFrame, places: pd.DataFrame, directed: bool, duplicates: str
) -> tuple[pd.DataFrame, list[Issue]]:
    """Return the table with parallel ties merged, or an issue for each that is not to be merged."""
    pair = places.to_numpy() if directed else np.sort(places.to_numpy(), axis=1)
    key = pair[:, 0] * (int(pair.max(initial=0)) + 1) + pair[:, 1]
    if "relation" in table:
        kinds = table["relation"].cat
        key = key * (len(kinds.categories) + 1) + kinds.codes.to_numpy()
    keys = pd.Series(key, index=table.index)
    again = keys.duplicated()
    if not again.any():
        return table, []
    if duplicates == "error":
        hint = "duplicates='sum' or 'max'"
        return table, [
            Issue(
                "ties", "this tie stands more than once", row, value=f"{a} - {b}", suggestion=hint
            )
            for row, a, b in table.loc[again, list(places)].itertuples(name=None)
        ]
    merged = table["weight"].groupby(keys, sort=False)
    total = merged.sum(min_count=1) if duplicates == "sum" else merged.max()
    return table[~again].assign(weight=total.to_numpy()), []


def checked_cells(table: pd.DataFrame) -> tuple[FloatArray, list[Issue]]:
    """Return a matrix as numbers (NaN where empty), and an issue for each cell that is none."""
    try:
        return table.to_numpy(dtype=float, na_value=np.nan), []
    except (TypeError, ValueError):
        numbers = table.apply(pd.to_numeric, errors="coerce")
    wrong = np.argwhere((numbers.isna() & table.notna()).to_numpy())
    found = [
        Issue("matrix", "wanted a number", table.index[i], str(table.columns[j]), table.iat[i, j])
        for i, j in wrong
    ]
    return numbers.to_numpy(dtype=float, na_value=np.nan), found


def square_cells(
    matrix: pd.DataFrame | NDArray[Any], actors: pd.DataFrame | Sequence[str] | None
) -> tuple[pd.Index, FloatArray, list[Issue]]:
    """Return the ids and cells of a square matrix in the order of ``actors``, and every problem."""
    named = isinstance(matrix, pd.DataFrame) and not isinstance(matrix.index, pd.RangeIndex)
    frame = matrix if isinstance(matrix, pd.DataFrame) else pd.DataFrame(np.asarray(matrix))
    cells, found = checked_cells(frame)
    own = pd.Index(string_ids(pd.Series(frame.index)))
    if frame.shape[0] != frame.shape[1]:
        found.append(Issue("matrix", "not square", value=str(frame.shape)))
    elif named and list(own) != list(string_ids(pd.Series(frame.columns))):
        found.append(Issue("matrix", "row names and column names differ"))
    if actors is None or found:
        return own, cells, found
    ids = actors.index if isinstance(actors, pd.DataFrame) else actors
    wanted = pd.Index(string_ids(pd.Series(list(ids))))
    if len(wanted) != len(own):
        found.append(Issue("matrix", f"{len(own)} rows for {len(wanted)} actors"))
    elif named and own.is_unique:
        strange = own.difference(wanted)
        found += [
            Issue("matrix", "not among the actors", i, "", i, nearest(i, wanted)) for i in strange
        ]
        order = own.get_indexer(wanted)
        cells = cells[np.ix_(order, order)]
    return wanted, cells, found
