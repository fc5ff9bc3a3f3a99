"""Workbooks (xlsx, xlsm, xls, ods): looked over before they are opened, then read as text."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.old_excel import check_cells
from orgnet_analytics.loaders.sheet import Sheet, code_text, sheet_of_rows

MOST_BYTES = 600_000_000
MOST_CELLS = 30_000_000
COMMON_BYTES = 40_000_000
HIGHEST_RATIO = 120
EXACT = 2**53


class Workbook:
    """A workbook that was looked over before it was opened; each sheet is read when asked for."""

    def __init__(self, path: Path) -> None:
        import python_calamine

        self.path = path
        _look_over(path)
        try:
            self._book = python_calamine.load_workbook(str(path))
        except python_calamine.PasswordError:
            hint = "save it without the password"
            raise DataError(Issue(path.name, "it has a password", suggestion=hint)) from None
        except BaseException as problem:
            raise _unreadable(path, problem) from None
        self.sheets: list[str] = list(self._book.sheet_names)

    def sheet(self, name: str) -> Sheet | None:
        """Return one sheet as text; None where it is blank."""
        try:
            rows = self._book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except BaseException as problem:
            raise _unreadable(self.path, problem) from None
        texts, rounded = _as_text(rows)
        return sheet_of_rows(name, texts, rounded=rounded)


def _unreadable(path: Path, problem: BaseException) -> BaseException:
    if isinstance(problem, (KeyboardInterrupt, SystemExit, MemoryError, DataError)):
        return problem
    hint = "open it in a spreadsheet program and save it as .xlsx"
    return DataError(Issue(path.name, f"not a workbook ({path.suffix})", suggestion=hint))


def _look_over(path: Path) -> None:
    """Refuse a workbook that would unpack to more than memory holds, before anything unpacks it."""
    if not zipfile.is_zipfile(path):
        check_cells(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(path, archive)
            for part in archive.infolist():
                content = archive.read(part)
                if part.filename.endswith(".xml"):
                    _check_cells(path, content)
    except Exception as problem:
        raise _unreadable(path, problem) from None


def _check_sizes(path: Path, archive: zipfile.ZipFile) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = max(1, sum(part.compress_size for part in archive.infolist()))
    if unpacked > MOST_BYTES or (unpacked > COMMON_BYTES and unpacked / packed > HIGHEST_RATIO):
        problem = f"unpacks to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB"
        hint = "copy the cells you need to a new workbook, or save them as csv"
        raise DataError(Issue(path.name, problem, suggestion=hint))


def _check_cells(path: Path, content: bytes) -> None:
    """Refuse a part whose farthest row and column span too many cells: each takes memory."""
    rows = max((int(row) for row in re.findall(rb'<row r="(\d{1,9})"', content)), default=0)
    columns = 702
    if rows * columns > MOST_CELLS or re.search(rb' r="[A-Z]{3}', content):
        references = re.findall(rb'<c r="([A-Z]{1,4})(\d{1,9})"', content)
        columns = max((_column_number(letters) for letters, _ in references), default=1)
        rows = max((int(row) for _, row in references), default=0)
    if rows * columns > MOST_CELLS or _repeats(content) > MOST_CELLS:
        hint = "delete the empty rows and columns at the end, and what stands far beyond the table"
        raise DataError(Issue(path.name, "a sheet spans too many cells", suggestion=hint))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _repeats(content: bytes) -> int:
    """Return how many cells the largest repeats of an OpenDocument sheet make together."""
    largest = 1
    for what in (rb"columns", rb"rows"):
        found = re.findall(rb"number-" + what + rb'-repeated="(\d{1,9})"', content)
        largest *= max(map(int, found), default=1)
    return largest


def _as_text(rows: list[list[Any]]) -> tuple[list[list[str]], list[tuple[int, int]]]:
    """Return the cells as text, and the places of numbers that lost digits."""
    memo = _Memo()
    texts = [
        [
            memo[cell]
            if cell.__class__ is float
            else cell
            if cell.__class__ is str
            else code_text(cell)
            for cell in row
        ]
        for row in rows
    ]
    if not any(abs(value) >= EXACT for value in memo):
        return texts, []
    rounded = [
        (at, column)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell.__class__ is float and abs(cell) >= EXACT
    ]
    return texts, rounded


class _Memo(dict[float, str]):
    """The texts of numbers met before: survey answers are few, and many times the same."""

    def __missing__(self, value: float) -> str:
        self[value] = code_text(value)
        return self[value]
