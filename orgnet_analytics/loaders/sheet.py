"""Sheet: a table as somebody typed it, every cell text, with the row numbers the user sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue, nearest

TextArray = NDArray[np.object_]
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
LONGEST_EXACT = 15
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table: its header, its cells as text, and the number of each row.

    Attributes
    ----------
    name : str
        What the user calls it: the sheet of a workbook, or the file.
    header : list of str
        The names of the columns, as written.
    cells : numpy.ndarray of object
        Rows by columns; every cell is a string, ``""`` where it is blank.
    rows : numpy.ndarray of int
        The number of each row as a spreadsheet shows it; ``header_row`` is that of the header.
    labels : mapping
        Per column, what each code stands for (SPSS and Stata value labels).
    missing : mapping
        Per column, the codes that stand for "no answer" (SPSS and Stata user-missing values).
    rounded : frozenset of (int, str)
        Row and column of the numbers too long for a spreadsheet to keep every digit of.
    """

    name: str
    header: list[str]
    cells: TextArray
    rows: NDArray[np.int64]
    header_row: int = 1
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rounded: frozenset[tuple[int, str]] = frozenset()

    @property
    def positions(self) -> dict[str, int]:
        """Where each column stands; of a name that stands twice, the first."""
        return {name: at for at, name in reversed(list(enumerate(self.header)))}

    def find(self, name: str, found: list[Issue]) -> int | None:
        """Return the position of a column, written exactly or nearly so; else say what is wrong."""
        exact = [at for at, column in enumerate(self.header) if column == name]
        alike = exact or [at for at, c in enumerate(self.header) if plain(c) == plain(name)]
        if len(alike) == 1:
            return alike[0]
        problem = "the column stands more than once" if alike else "the column is missing"
        hint = "" if alike else nearest(name, filter(None, self.header))
        found.append(Issue(self.name, problem, self.header_row, name, name, hint))
        return None

    def column(self, name: str, found: list[Issue]) -> pd.Series | None:
        """Return the cells of a column on the row numbers, or None with an issue added."""
        at = self.find(name, found)
        return None if at is None else self.series(at)

    def series(self, at: int) -> pd.Series:
        """Return the cells of the column at a position, on the row numbers."""
        return pd.Series(self.cells[:, at], index=self.rows, name=self.header[at], dtype=object)

    def rounded_ids(self, columns: Iterable[str]) -> list[Issue]:
        """Return an issue for each id in these columns that lost digits in the spreadsheet."""
        wanted = set(columns)
        problem = "a spreadsheet keeps 15 digits of a number, so this id has lost some"
        return [
            Issue(self.name, problem, row, column, suggestion="format the column as text first")
            for row, column in sorted(self.rounded)
            if column in wanted
        ]


def sheet_of_rows(
    name: str,
    rows: list[list[str]] | TextArray,
    *,
    rounded: Iterable[tuple[int, int]] = (),
) -> Sheet | None:
    """Return the sheet in a grid of texts whose first row is row 1; None where all is blank."""
    grid = np.array(rows, dtype=object) if isinstance(rows, list) else rows
    if grid.ndim != 2 or not grid.size:
        return None
    filled = np.flatnonzero((grid != "").any(axis=1))
    if not filled.size:
        return None
    top = int(filled[0])
    header = [spaced(str(cell)) for cell in grid[top]]
    kept = filled[1:]
    wide = np.flatnonzero((grid[kept] != "").any(axis=0) | np.array([h != "" for h in header]))
    header = [header[at] for at in wide]
    lost = {int(column): at for at, column in enumerate(wide)}
    return Sheet(
        name,
        header,
        grid[np.ix_(kept, wide)],
        kept.astype(np.int64) + 1,
        top + 1,
        rounded=frozenset((row + 1, header[lost[at]]) for row, at in rounded if at in lost),
    )


def spaced(text: str) -> str:
    """Return the text in one Unicode form, without invisible characters or spare white space."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(INVISIBLE).split())


def plain(text: str) -> str:
    """Return the text as `spaced`, and without regard to capitals."""
    return spaced(text).casefold()


def code_text(value: Any) -> str:
    """Return a cell as the user sees it: 12.0 is ``"12"``, nothing is ``""``."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, bool):
        return str(value).upper()
    if (
        hasattr(value, "hour")
        and hasattr(value, "date")
        and value == value.replace(hour=0, minute=0, second=0, microsecond=0)
    ):
        return str(value.date())
    return str(value)


def numbers(texts: pd.Series) -> pd.Series:
    """Return texts as numbers, NaN where they are none; a decimal comma will do.

    Examples
    --------
    >>> numbers(pd.Series(["2", "1,5", "often", ""])).tolist()
    [2.0, 1.5, nan, nan]
    """
    codes, kinds = pd.factorize(texts)
    values = np.array([number(kind) for kind in kinds], dtype=float)
    return pd.Series(values[codes] if len(kinds) else np.nan, index=texts.index, dtype=float)


def number(text: Any) -> float:
    """Return the number a text stands for, or NaN."""
    stripped = str(text).strip()
    return float(stripped.replace(",", ".")) if NUMBER.fullmatch(stripped) else np.nan


def typed(texts: pd.Series) -> pd.Series:
    """Return a column of texts as numbers where each is plainly one, else as text; blank is missing.

    ``00123`` and a code of seventeen digits stay text.

    Examples
    --------
    >>> typed(pd.Series(["3", "", "5"])).tolist()
    [3.0, nan, 5.0]
    >>> typed(pd.Series(["00123", "NA"])).tolist()
    ['00123', 'NA']
    """
    texts = texts.where(texts.map(str.strip) != "")
    kinds = [str(kind) for kind in texts.dropna().unique()]
    if not kinds or not all(_plain_number(kind) for kind in kinds):
        return texts.astype("str")
    values = numbers(texts.fillna(""))
    whole = not values.isna().any() and bool((values % 1 == 0).all())
    return values.astype("int64") if whole else values


def _plain_number(text: str) -> bool:
    shape = re.fullmatch(r"-?(0|[1-9]\d*)([.,]\d+)?", text.strip())
    return bool(shape) and len(text.strip()) <= LONGEST_EXACT
