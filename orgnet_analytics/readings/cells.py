"""Tables that people fill in: words, numbers, dates and lists in cells, every problem collected."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest

YES_NO = {"yes": 1.0, "no": 0.0, "ja": 1.0, "nee": 0.0, "true": 1.0, "false": 0.0,
          "1": 1.0, "0": 0.0, "1.0": 1.0, "0.0": 0.0}  # fmt: skip


def as_table(table: object, where: str) -> pd.DataFrame:
    """Return the table with a row number as index and empty text as missing, or raise where it is none."""
    if not isinstance(table, pd.DataFrame):
        raise DataError(Issue(where, f"wanted a table, got {type(table).__name__}"))
    repeated = table.columns[table.columns.duplicated()]
    if len(repeated):
        raise DataError(
            [Issue(where, "the column stands more than once", column=str(c)) for c in repeated]
        )
    if table.empty:
        raise DataError(Issue(where, "the table is empty"))
    text = table.reset_index(drop=True).astype(object)
    return text.where(~text.map(_is_blank), None)


def _is_blank(cell: object) -> bool:
    return (isinstance(cell, str) and not cell.strip()) or (
        pd.api.types.is_scalar(cell) and pd.isna(cell)
    )


def lacking(table: pd.DataFrame, wanted: Sequence[str], where: str) -> list[Issue]:
    """Return an issue for every column that is not there, with the nearest one that is."""
    return [
        Issue(
            where, "the column is missing", column=c, suggestion=nearest(c, map(str, table.columns))
        )
        for c in wanted
        if c not in table
    ]


def numbers(
    cells: pd.Series, where: str, *, lowest: float = -math.inf, highest: float = math.inf,
    whole: bool = False,
) -> tuple[pd.Series, list[Issue]]:  # fmt: skip
    """Return the cells as numbers, and an issue for each that is none or lies outside the range."""
    found = pd.to_numeric(cells, errors="coerce").astype(float)
    wanted = "wanted a whole number" if whole else "wanted a number"
    if lowest > -math.inf:
        wanted += (
            f" from {lowest:g} to {highest:g}" if highest < math.inf else f", {lowest:g} or more"
        )
    wrong = cells.notna() & ~(found.between(lowest, highest) & found.abs().lt(math.inf))
    wrong |= found.notna() & (found % 1 != 0) if whole else False
    issues = [
        Issue(where, wanted, row, str(cells.name), cells[row])
        for row in cells.index[wrong.astype(bool)]
    ]
    return found.where(~wrong.astype(bool)), issues


def words(
    cells: pd.Series, known: Mapping[str, object], where: str
) -> tuple[pd.Series, list[Issue]]:
    """Return what the word in each cell stands for, and an issue for each word that is not known."""
    said = cells.map(lambda cell: str(cell).strip().casefold(), na_action="ignore")
    strange = said.notna() & ~said.isin(list(known))
    choices = ", ".join(dict.fromkeys(known))
    issues = [
        Issue(where, f"wanted one of {choices}", row, str(cells.name), cells[row],
              nearest(str(said[row]), known))
        for row in cells.index[strange]
    ]  # fmt: skip
    return said.where(~strange).map(known, na_action="ignore"), issues


def listed(cell: object) -> tuple[str, ...]:
    """Return the names in a cell, separated by semicolons, each once; none where it is empty.

    Examples
    --------
    >>> listed("OCM; NBM ;OCM")
    ('OCM', 'NBM')
    """
    if isinstance(cell, str):
        return tuple(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))
    if isinstance(cell, Iterable):
        return tuple(dict.fromkeys(str(part).strip() for part in cell))
    return () if cell is None or pd.isna(cell) else (str(cell).strip(),)


def unknown_names(
    names: Iterable[str], known: Collection[str], where: str, row: object, column: str
) -> list[Issue]:
    """Return an issue for every name that is not known, with the nearest one that is."""
    return [
        Issue(where, "not among the known names", row, column, name, nearest(name, known))
        for name in names
        if name not in known
    ]


def said(names: Iterable[object]) -> str:
    """Return names as they stand in a sentence.

    Examples
    --------
    >>> said(["a", "b", "c"])
    'a, b and c'
    """
    parts = [str(name) for name in names]
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
