"""Sheet: a table as somebody typed it, every cell text, with the row numbers the user sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.errors import Issue, nearest
from orgnet_analytics.loaders.kinds import kinds_of, some_kinds_of, texts_in

TextArray = NDArray[np.object_]
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?")
LONGEST_EXACT = 15
LOOKED_AT = 12
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
INVISIBLE = dict.fromkeys(map(ord, UNSEEN))


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table: its header, its cells as text, and the number of each row.

    Attributes
    ----------
    name : str
        What the user calls it: the sheet of a workbook, or the file.
    header : list of str
        The names of the columns, as written.
    frame : pandas.DataFrame
        Rows by columns; every cell is a string, ``""`` where it is blank. Columns that a file keeps as
        kinds are categorical. The index holds the number of each row as a spreadsheet shows it;
        ``header_row`` is that of the header.
    questions : mapping
        Per column, the question it answers, where the file tells.
    labels : mapping
        Per column, what each code stands for (SPSS and Stata value labels).
    missing : mapping
        Per column, the codes that stand for "no answer" (SPSS and Stata user-missing values).
    rounded : frozenset of (int, int)
        Row, and position of the column, of the numbers too long for a spreadsheet to keep every digit of.
    """

    name: str
    header: list[str]
    frame: pd.DataFrame
    header_row: int = 1
    questions: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rounded: frozenset[tuple[int, int]] = frozenset()

    @cached_property
    def cells(self) -> TextArray:
        """The texts, rows by columns."""
        texts: TextArray = self.frame.to_numpy(dtype=object)
        return texts

    @property
    def rows(self) -> NDArray[np.int64]:
        """The number of each row as a spreadsheet shows it."""
        numbers: NDArray[np.int64] = self.frame.index.to_numpy(dtype=np.int64)
        return numbers

    def find(self, name: str, found: list[Issue]) -> int | None:
        """Return the position of a column, written exactly or nearly so; else say what is wrong."""
        exact = [at for at, column in enumerate(self.header) if column == name]
        alike = exact or [at for at, c in enumerate(self.header) if plain(c) == plain(name)]
        if len(alike) == 1:
            return alike[0]
        problem = "the column stands more than once" if alike else "the column is missing"
        below = 0 if alike else self.row_below(lambda text: plain(text) == plain(name))
        hint = "" if alike else nearest(name, filter(None, self.header))
        hint = self.elsewhere(below) if below else hint
        found.append(Issue(self.name, problem, self.header_row, name, name, hint))
        return None

    def row_below(self, fits: Callable[[str], object], least: int = 1) -> int:
        """Return the number of a row near the top with enough cells that fit, or 0."""
        top = zip(self.rows[:LOOKED_AT].tolist(), self.cells[:LOOKED_AT].tolist(), strict=True)
        for row, cells in top:
            if sum(bool(text.strip() and fits(text)) for text in cells) >= least:
                return int(row)
        return 0

    def elsewhere(self, row: int) -> str:
        """Return what to do where the headings stand in another row."""
        hint = f"row {row} seems to hold the headings: leave out what stands above it, or say header: {row}"
        both = f", or header: [{self.header_row}, {row}] where both rows tell,"
        return f"{hint}{both if sum(map(bool, self.header)) > 1 else ''} in the codebook"

    def column(self, name: str, found: list[Issue]) -> pd.Series | None:
        """Return the cells of a column on the row numbers, or None with an issue added."""
        at = self.find(name, found)
        return None if at is None else self.series(at)

    def series(self, at: int) -> pd.Series:
        """Return the cells of the column at a position, on the row numbers."""
        return texts_in(self.kept(at))

    def kept(self, at: int) -> pd.Series:
        """Return the column at a position as `series`, but categorical where the file keeps kinds."""
        return self.frame.iloc[:, at].rename(self.header[at])

    def rounded_ids(self, columns: Iterable[str]) -> list[Issue]:
        """Return an issue for each id in these columns that lost digits in the spreadsheet."""
        wanted = set(columns)
        problem = "a spreadsheet keeps 15 digits of a number, so this id has lost some"
        return [
            Issue(
                self.name,
                problem,
                row,
                self.header[at],
                suggestion="format the column as text first",
            )
            for row, at in sorted(self.rounded)
            if self.header[at] in wanted
        ]


def sheet_of_cells(
    name: str, texts: TextArray, filled: NDArray[np.bool_], rounded: Iterable[tuple[int, int]]
) -> Sheet | None:
    """Return the sheet in a grid of texts whose first row is row 1; None where all is blank."""
    columns, rows = (np.asarray(filled.any(axis=axis), dtype=bool) for axis in (0, 1))
    used = np.flatnonzero(columns).tolist()
    return _sheet(name, pd.DataFrame(texts, dtype=object), used, rows, rounded)


def sheet_of_frame(name: str, grid: pd.DataFrame) -> Sheet | None:
    """Return the sheet in a table of texts whose first row is row 1; None where all is blank."""
    filled = np.zeros(len(grid), dtype=bool)
    used = []
    for column in grid:
        if filled.size and filled.all() and grid[column].iat[0] != "":
            used.append(int(column))  # used, and no row is still to be found filled
            continue
        texts = (grid[column] != "").to_numpy(dtype=bool)
        used += [int(column)] if texts.any() else []
        filled |= texts
    return _sheet(name, grid, used, filled, ())


def _sheet(
    name: str,
    grid: pd.DataFrame,
    used: list[int],
    filled: NDArray[np.bool_],
    rounded: Iterable[tuple[int, int]],
) -> Sheet | None:
    """Return the sheet without its blank columns and rows; the first row that is filled is the header."""
    if not used:
        return None
    top = int(filled.argmax())
    header = [spaced(str(cell)) for cell in grid.iloc[top][used]]
    filled[top] = False
    kept = grid if filled[top + 1 :].all() else grid[filled]
    frame = kept[top + 1 :] if kept is grid else kept
    frame = frame if len(used) == grid.shape[1] else frame[used]
    frame = frame.set_axis(frame.index + 1).set_axis(range(len(used)), axis=1)
    place = {column: at for at, column in enumerate(used)}
    lost = frozenset((row + 1, place[at]) for row, at in rounded if at in place)
    return Sheet(name, header, frame, top + 1, rounded=lost)


def spaced(text: str) -> str:
    """Return the text in one Unicode form, without invisible characters or spare white space."""
    if text.isascii():
        return " ".join(text.split())
    return " ".join(unicodedata.normalize("NFKC", text).translate(INVISIBLE).split())


def all_spaced(texts: list[str]) -> list[str]:
    """Return every text as `spaced`; texts that are so already, as most are, are looked at together."""
    letters, lines = "".join(texts), "\n".join(["", *texts, ""])
    odd = not letters.isprintable() or any(spare in lines for spare in ("  ", " \n", "\n "))
    if odd or not (letters.isascii() or unicodedata.is_normalized("NFKC", lines)):
        return [spaced(text) for text in texts]
    return texts


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


def texts_of(column: pd.Series) -> TextArray:
    """Return a column of values as texts; each kind of value is written out once."""
    codes, kinds = pd.factorize(column)
    words: TextArray = np.array([*(code_text(kind) for kind in kinds), ""], dtype=object)
    texts: TextArray = words[codes]
    return texts


def numbers(texts: pd.Series) -> pd.Series:
    """Return texts as numbers, NaN where they are none; a decimal comma will do.

    Examples
    --------
    >>> numbers(pd.Series(["2", "1,5", "often", ""])).tolist()
    [2.0, 1.5, nan, nan]
    """
    codes, kinds = some_kinds_of(texts)
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
    [codes], kinds = kinds_of([texts])
    told = np.array([kind.strip() != "" for kind in kinds], dtype=bool)
    if not told.any() or not all(map(_plain_number, kinds[told])):
        named = kinds.where(told).array.take(codes) if len(kinds) else texts.array
        return pd.Series(named, index=texts.index, name=texts.name, dtype="str")
    values = np.array([number(kind) for kind in kinds], dtype=float)
    whole = bool((values % 1 == 0).all())  # NaN, a blank, is none
    return pd.Series(values[codes], texts.index, "int64" if whole else "float64", texts.name)


def _plain_number(text: str) -> bool:
    shape = re.fullmatch(r"-?(0|[1-9]\d*)([.,]\d+)?", text.strip())
    return bool(shape) and len(text.strip()) <= LONGEST_EXACT
