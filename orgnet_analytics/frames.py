"""The checks both network types share: ids, ties and weights, every problem collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue, nearest
from orgnet_analytics.text_codes import SPREAD, codes_of_texts

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
Bools = NDArray[np.bool_]
Labels = TypeVar("Labels", pd.Series, pd.Index)


class OwnFrame:
    """A table a frozen dataclass keeps to itself: what is read from it is a copy.

    Copies are made on write (pandas 3), so reading costs microseconds and nobody can change the
    network behind its cached graph. Without a default the field must be given. A function in place of a
    table is called when the table is first asked for.
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
        if callable(frame):
            frame = holder.__dict__[self.name] = frame()
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
    table = actors.copy(deep=False)
    table.index = ids = string_ids(actors.index)
    empty = ids.isna() | (ids.str.strip() == "")
    found = [Issue(where, "the id is empty", row=r, column="index") for r in np.flatnonzero(empty)]
    if len(_each_once(ids)) < len(ids):
        repeated = ids[ids.duplicated()].dropna().unique()
        found += [
            Issue(where, "the id stands more than once", column="index", value=i) for i in repeated
        ]
    found += _repeated_columns(table, where)
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


def string_ids(values: Labels) -> Labels:
    """Return ids as strings; a whole number that a spreadsheet made 12.0 is ``"12"`` again."""
    if values.dtype == "str":
        return values
    if isinstance(values, pd.Series) and isinstance(values.dtype, pd.CategoricalDtype):
        names = string_ids(values.cat.categories).array
        texts = names.take(values.cat.codes.to_numpy(), allow_fill=True)
        return pd.Series(texts, index=values.index, name=values.name)
    return values.map(_string_id, na_action="ignore").astype("str")


def _string_id(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


@dataclass(frozen=True)
class CodedTies:
    """Ties of which it is known who stands at their ends: per end codes of names, each name once.

    A code of -1 is nobody; the table has the same names as text.
    """

    table: pd.DataFrame
    ends: Mapping[str, tuple[IntArray, pd.Index]]


def coded(ties: Any, *ends: str) -> tuple[Any, pd.Index]:
    """Return the ties with the names at these ends looked up, and the names.

    Each name stands once, in order of appearance. Ties that cannot be read come back as they are.
    """
    table, known = (ties.table, ties.ends) if isinstance(ties, CodedTies) else (ties, {})
    readable = isinstance(table, pd.DataFrame) and all(
        (table.columns == c).sum() == 1 for c in ends
    )
    if not readable:
        return ties, pd.Index([], dtype="str")
    columns = {end: string_ids(table[end]) for end in ends}
    codes, names = codes_of_texts(pd.concat(columns.values(), ignore_index=True))
    parts = zip(ends, np.split(codes, len(ends)), strict=True)
    return CodedTies(table.assign(**columns), {**known, **{e: (c, names) for e, c in parts}}), names


def _each_once(ids: pd.Index) -> pd.Index:
    return ids.factorize()[1]


def places_in(columns: Sequence[pd.Series], ids: pd.Index) -> IntArray:
    """Return the place of each name among the ids (each once), -1 where there is none: a row per column.

    All columns are looked up together, and of names that are many and their kinds few, each kind once.
    """
    texts = [string_ids(_kinds_in(column)) for column in columns]
    codes = ids.append([pd.Index(text) for text in texts]).factorize()[0].astype(np.int64)
    codes[codes > codes[: len(ids)].max(initial=-1)] = -1  # the ids are numbered first
    parts = np.split(codes[len(ids) :], np.cumsum([len(text) for text in texts])[:-1])
    rows = [
        part if _kinds_in(column) is column else np.append(part, -1)[column.cat.codes]
        for column, part in zip(columns, parts, strict=True)
    ]
    return np.stack(rows)


def _kinds_in(column: pd.Series) -> Any:
    categorical = isinstance(column.dtype, pd.CategoricalDtype)
    return column.cat.categories if categorical else column


def _places_of(codes: IntArray, names: pd.Index, ids: pd.Index) -> IntArray:
    """Return codes of names as places among the ids."""
    if names.equals(ids):
        return codes
    places: IntArray = np.append(places_in([names.to_series()], ids), -1)[codes]
    return places


@dataclass(frozen=True)
class CheckedTies:
    """Ties in their kept form, the places of their ends, every problem, and how many self-ties there were."""

    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    places: IntArray = field(default_factory=lambda: np.zeros((2, 0), dtype=np.int64))
    found: list[Issue] = field(default_factory=list)
    set_aside: int = 0


def checked_ties(
    ties: Any,
    senders: pd.DataFrame,
    receivers: pd.DataFrame,
    *,
    directed: bool = True,
    duplicates: str = "error",
    ends: tuple[str, str] = ("source", "target"),
) -> CheckedTies:
    """Return the ties in their kept form, with every problem."""
    ties, coded_ends = (ties.table, ties.ends) if isinstance(ties, CodedTies) else (ties, {})
    found = _misshapen(ties, ends, duplicates)
    if found:
        return CheckedTies(found=found)
    known, own = {ends[0]: senders.index, ends[1]: receivers.index}, senders is receivers
    places = _places(ties, coded_ends, known, own)
    table = ties.reset_index(drop=True)
    for end in ends:
        if table[end].dtype != "str":
            table[end] = string_ids(table[end])
    found = _unknown_ends(table, places, known)
    table, more = _weighted(table)
    found += more + _without_relation(table)
    if found:
        return CheckedTies(found=found)
    table, loops = _categorical_relation(table), own & (places[0] == places[1])
    set_aside = int((table["weight"].to_numpy()[loops] > 0).sum())
    table, places = _where(~loops, table, places)
    table, places, found = _without_parallels(table, places, ends, directed, duplicates)
    needed = (table["weight"].to_numpy() != 0) | _told_by_nobody(senders, places, directed)
    table, places = _where(needed, table, places)
    return CheckedTies(_in_order(table, ends), places, found, set_aside)


def _places(
    ties: pd.DataFrame,
    coded_ends: Mapping[str, tuple[IntArray, pd.Index]],
    known: Mapping[str, pd.Index],
    own: bool,
) -> IntArray:
    """Return the places of both ends: whole numbers are far quicker to compare than names."""
    if own and not coded_ends:
        return places_in([ties[end] for end in known], next(iter(known.values())))
    return np.stack(
        [
            _places_of(*coded_ends[end], ids)
            if end in coded_ends
            else places_in([ties[end]], ids)[0]
            for end, ids in known.items()
        ],
        dtype=np.int64,
    )


def _where(keep: Bools, table: pd.DataFrame, places: IntArray) -> tuple[pd.DataFrame, IntArray]:
    if keep.all():
        return table, places
    return table[keep], places[:, keep]


def _misshapen(ties: Any, ends: tuple[str, str], duplicates: str) -> list[Issue]:
    """Return what keeps the ties from being read at all."""
    if not isinstance(ties, pd.DataFrame):
        return [Issue("ties", f"wanted a table, got {type(ties).__name__}")]
    found = [
        Issue("ties", "the column is missing", "", c, "", nearest(c, map(str, ties.columns)))
        for c in ends
        if c not in ties
    ]
    found += _repeated_columns(ties, "ties")
    if duplicates not in ("error", "sum", "max"):
        found.append(Issue("ties", "duplicates is 'error', 'sum' or 'max'", value=duplicates))
    return found


def _repeated_columns(table: pd.DataFrame, where: str) -> list[Issue]:
    if table.columns.is_unique:
        return []
    repeated = table.columns[table.columns.duplicated()]
    return [Issue(where, "the column stands more than once", column=str(c)) for c in repeated]


def _without_relation(table: pd.DataFrame) -> list[Issue]:
    rows: Any = np.flatnonzero(table["relation"].isna()) if "relation" in table else []
    return [Issue("ties", "no relation named", row=row, column="relation") for row in rows]


def _told_by_nobody(senders: pd.DataFrame, places: IntArray, directed: bool) -> Bools:
    """Return which rows stand for dyads that would be unknown without them."""
    if "responded" not in senders:
        return np.zeros(places.shape[1], dtype=bool)
    silent: Bools = senders["responded"].isin([False]).to_numpy()
    unheard: Bools = silent[places[0]]
    return unheard if directed else unheard & silent[places[1]]


def _unknown_ends(table: pd.DataFrame, places: IntArray, known: dict[str, pd.Index]) -> list[Issue]:
    found = []
    for (end, ids), place in zip(known.items(), places, strict=True):
        if (place >= 0).all():
            continue
        strange, choices = table.loc[place < 0, end], _each_once(ids)
        hints = {name: nearest(name, choices) for name in strange.dropna().unique()}
        for row, name in strange.items():
            if pd.isna(name):
                found.append(Issue("ties", "no actor named", row=row, column=end))
            else:
                found.append(Issue("ties", "not among the actors", row, end, name, hints[name]))
    return found


def _weighted(table: pd.DataFrame) -> tuple[pd.DataFrame, list[Issue]]:
    if "weight" not in table:
        return table.assign(weight=1.0), []
    given = table["weight"]
    if given.dtype != float:
        table["weight"] = pd.to_numeric(given, errors="coerce").astype(float)
    weight = table["weight"].to_numpy()
    odd = ~(weight >= 0) | np.isinf(weight)
    if not odd.any():
        return table, []
    unknown, problem = given[odd].isna(), "the weight must be a number, 0 or more"
    return table, [
        Issue("ties", problem, row=row, column="weight", value=value)
        for row, value in given[odd][~unknown].items()
    ]


def _categorical_relation(table: pd.DataFrame) -> pd.DataFrame:
    if "relation" not in table:
        return table
    if isinstance(table["relation"].dtype, pd.CategoricalDtype):
        return table.assign(relation=table["relation"].cat.rename_categories(str))
    kinds = table["relation"].astype("str")
    return table.assign(relation=pd.Categorical(kinds, categories=kinds.dropna().unique()))


def _without_parallels(
    table: pd.DataFrame, places: IntArray, ends: tuple[str, str], directed: bool, duplicates: str
) -> tuple[pd.DataFrame, IntArray, list[Issue]]:
    """Return the table with parallel ties merged, or an issue for each that is not to be merged."""
    keys = _tie_keys(table, places, directed)
    if not _any_twice(keys):
        return table, places, []
    again = pd.Series(keys).duplicated().to_numpy()
    if duplicates == "error":
        return table, places, _repeated(table.loc[again, list(ends)])
    weights = table["weight"].groupby(keys, sort=False)
    total = weights.sum(min_count=1) if duplicates == "sum" else weights.max()
    table, places = _where(~again, table, places)
    return table.assign(weight=total.to_numpy()), places, []


def _tie_keys(table: pd.DataFrame, places: IntArray, directed: bool) -> IntArray:
    """Return a number per row, the same for parallel ties of one relation."""
    one, other = places if directed else np.sort(places, axis=0)
    keys: IntArray = one * (int(other.max(initial=0)) + 1) + other
    if "relation" in table:
        kinds = table["relation"].cat
        keys = keys * (len(kinds.categories) + 1) + kinds.codes.to_numpy()
    return keys


def _any_twice(keys: IntArray) -> bool:
    """Return whether a number stands twice.

    Sorting tells it quicker than marking those that do, and short numbers are sorted quickest: long ones
    are scattered over short ones, and the few that meet there are looked at again.
    """
    short = (keys.astype(np.uint64) * SPREAD >> np.uint64(32)).astype(np.uint32)
    if keys.max(initial=0) < 2**32:
        short = keys.astype(np.uint32)
    ordered = np.sort(short)
    met = ordered[1:][ordered[1:] == ordered[:-1]]
    return bool(len(met)) and bool(pd.Series(keys[pd.Series(short).isin(met)]).duplicated().any())


def _repeated(rows: pd.DataFrame) -> list[Issue]:
    problem, hint = "this tie stands more than once", "duplicates='sum' or 'max'"
    return [
        Issue("ties", problem, row, value=f"{a} - {b}", suggestion=hint)
        for row, a, b in rows.itertuples(name=None)
    ]


def _in_order(table: pd.DataFrame, ends: tuple[str, str]) -> pd.DataFrame:
    """Return the table with rows numbered anew and the columns that mean something in front."""
    lead = [*ends, *(["relation"] if "relation" in table else []), "weight"]
    columns = [*lead, *(column for column in table.columns if column not in lead)]
    table = table if list(table.columns) == columns else table[columns]
    anew = pd.RangeIndex(len(table))
    numbered = isinstance(table.index, pd.RangeIndex) and table.index.equals(anew)
    return table if numbered else table.reset_index(drop=True)


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
