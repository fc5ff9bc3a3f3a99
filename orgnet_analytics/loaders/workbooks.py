"""Workbooks (xlsx, xlsm, xls, ods): looked over before they are opened, then read as text."""

from __future__ import annotations

import zipfile
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.old_excel import check_cells
from orgnet_analytics.loaders.sheet import Sheet, TextArray, code_text, sheet_of_cells
from orgnet_analytics.loaders.spans import spans_too_much
from orgnet_analytics.loaders.unread_cells import Unread, sheets_of_parts, unread_cells

MOST_BYTES = 600_000_000
COMMON_BYTES = 40_000_000
HIGHEST_RATIO = 120
EXACT = 2**53
FAR = "delete the empty rows and columns at the end, and what stands far beyond the table"


class Workbook:
    """A workbook that was looked over before it was opened; each sheet is read when asked for."""

    def __init__(self, path: Path) -> None:
        import python_calamine

        self.path = path
        unread = _look_over(path)
        try:
            self._book = python_calamine.load_workbook(str(path))
        except python_calamine.PasswordError:
            hint = "save it without the password"
            raise DataError(Issue(path.name, "it has a password", suggestion=hint)) from None
        except BaseException as problem:
            raise _unreadable(path, problem) from None
        self.sheets: list[str] = list(self._book.sheet_names)
        self._unread = (
            unread if isinstance(unread, dict) else dict(zip(self.sheets, unread, strict=False))
        )

    def sheet(self, name: str) -> Sheet | None:
        """Return one sheet as text; None where it is blank."""
        try:
            rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except BaseException as problem:
            raise _unreadable(self.path, problem) from None
        for (row, column), text in self._unread.get(name, {}).items():
            _put(rows, row, column, text)
        return _as_sheet(name, rows) if rows else None


def _put(rows: list[list[Any]], row: int, column: int, text: str) -> None:
    """Put a text in a cell the reader left blank, which may be beyond what it read."""
    wide = max(column + 1, len(rows[0]) if rows else 0)
    rows += [[] for _ in range(row + 1 - len(rows))]
    if len(rows[0]) < wide or not rows[row]:
        for cells in rows:
            cells += [""] * (wide - len(cells))
    if rows[row][column] == "":
        rows[row][column] = text


def _unreadable(path: Path, problem: BaseException) -> BaseException:
    if isinstance(problem, (KeyboardInterrupt, SystemExit, MemoryError, DataError)):
        return problem
    hint = "open it in a spreadsheet program and save it as .xlsx"
    return DataError(Issue(path.name, f"not a workbook ({path.suffix})", suggestion=hint))


def _look_over(path: Path) -> dict[str, Unread] | list[Unread]:
    """Refuse a workbook that would unpack to more than memory holds, before anything unpacks it.

    Returned are, by the name or in the order of the sheets, the cells that will be read as blank although
    something stands in them.
    """
    if not zipfile.is_zipfile(path):
        return check_cells(path)
    unread: dict[str, Unread] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive)
            for part in archive.infolist():
                content = archive.read(part)
                if spans_too_much(content, part.filename):
                    raise DataError(
                        Issue(path.name, "a sheet spans too many cells", suggestion=FAR)
                    )
                unread[part.filename] = unread_cells(content)
            if not any(unread.values()):
                return {}
            return {name: unread.get(part, {}) for part, name in sheets_of_parts(archive).items()}
    except Exception as problem:
        raise _unreadable(path, problem) from None


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = max(1, sum(part.compress_size for part in archive.infolist()))
    if unpacked > MOST_BYTES or (unpacked > COMMON_BYTES and unpacked / packed > HIGHEST_RATIO):
        problem = f"unpacks to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB"
        hint = "copy the cells you need to a new workbook, or save them as csv"
        raise DataError(Issue(path.name, problem, suggestion=hint))


def _as_sheet(name: str, rows: list[list[Any]]) -> Sheet | None:
    """Return the cells as text, and where numbers lost digits; None where all is blank.

    Answers are few, and many times the same, so each kind of cell is written out once. TRUE counts as 1 to
    Python, so it is written out first.
    """
    if bool in set(map(type, chain.from_iterable(rows))):
        rows = [[code_text(c) if c.__class__ is bool else c for c in row] for row in rows]
    shape = len(rows), len(rows[0])
    cells = np.fromiter(chain.from_iterable(rows), dtype=object, count=shape[0] * shape[1])
    codes, kinds = pd.factorize(cells)
    words: TextArray = np.array([*map(code_text, kinds), ""], dtype=object)
    long = np.array([k.__class__ is float and abs(k) >= EXACT for k in kinds] + [False])
    lost = np.argwhere(long[codes].reshape(shape)) if long.any() else np.zeros((0, 2), dtype=int)
    filled = np.asarray(words != "", dtype=bool)[codes].reshape(shape)
    rounded = [(int(at), int(column)) for at, column in lost]
    return sheet_of_cells(name, words[codes].reshape(shape), filled, rounded)
