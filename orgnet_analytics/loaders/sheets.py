"""Any file a survey comes in, as sheets of text: one place that tells the formats apart."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from orgnet_analytics.errors import DataError, Issue, nearest
from orgnet_analytics.loaders.delimited import read_delimited
from orgnet_analytics.loaders.parquet import read_parquet
from orgnet_analytics.loaders.sheet import Sheet
from orgnet_analytics.loaders.statistical import read_statistical
from orgnet_analytics.loaders.workbooks import Workbook

PathLike = str | os.PathLike[str]
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
STATISTICAL = (".sav", ".zsav", ".por", ".dta")
PARQUET = (".parquet",)
TEXTS = (".csv", ".tsv", ".tab", ".txt")


class Source:
    """A file with one or more sheets, opened once."""

    def __init__(self, path: PathLike) -> None:
        self.path = existing(path)

    @cached_property
    def _workbook(self) -> Workbook | None:
        return Workbook(self.path) if self.path.suffix.lower() in WORKBOOKS else None

    @property
    def sheets(self) -> list[str]:
        """What the sheets of the workbook are called; a plain file goes by its name."""
        return self._workbook.sheets if self._workbook else [self.path.name, self.path.stem]

    def sheet(self, name: str | None = None) -> Sheet:
        """Return a sheet of the workbook or a file beside it; without a name, the only one there is."""
        book, file, sheets = self._workbook, self.path, self.sheets
        if name is None and (book is None or len(sheets) == 1):
            name = sheets[0]
        if name is None:
            told = f"the workbook has {len(sheets)} sheets: {', '.join(map(repr, sheets))}"
            raise DataError(Issue(file.name, told, suggestion="say which one to read"))
        if name not in sheets:
            return self._beside(name, sheets)
        found = book.sheet(name) if book else _whole_file(file)
        return _filled(found, name)

    def _beside(self, name: str, sheets: list[str]) -> Sheet:
        """Return a table that stands in the same folder as the file, and nowhere else."""
        beside = self.path.parent / name
        table = beside.suffix.lower() in (*TEXTS, *STATISTICAL, *PARQUET)
        if Path(name).name == name and table and beside.is_file():
            return _filled(_whole_file(existing(beside)), name)
        listed = ", ".join(map(repr, sheets))
        hint = nearest(name, sheets) or _nearest_file(beside) or f"there is {listed}"
        problem = "there is no such sheet, nor such a file beside it"
        raise DataError(Issue(self.path.name, problem, value=name, suggestion=hint))


def read_sheet(path: PathLike, sheet: str | None = None) -> Sheet:
    """Return one table of a file: a sheet of a workbook, or the file itself.

    A missing or empty file or sheet, or a file that is not what its ending says, is a DataError.
    """
    return Source(path).sheet(sheet)


def existing(path: PathLike) -> Path:
    """Return the path of a file that is there and holds something."""
    try:
        file = Path(path)
        problem = "" if file.is_file() else "no such file"
        problem = problem or ("" if file.stat().st_size else "the file is empty")
    except (TypeError, ValueError, OSError):
        raise DataError(Issue("input", "not the path of a file", value=path)) from None
    if problem:
        raise DataError(Issue(file.name or str(file), problem, suggestion=_nearest_file(file)))
    return file


def _nearest_file(file: Path) -> str:
    folder = file.parent
    there = [f.name for f in folder.iterdir() if f.is_file()] if folder.is_dir() else []
    return nearest(file.name, [name for name in there if name != file.name])


def _whole_file(file: Path) -> Sheet | None:
    suffix = file.suffix.lower()
    if suffix in STATISTICAL:
        return read_statistical(file)
    if suffix in TEXTS:
        return read_delimited(file)
    if suffix in PARQUET:
        return read_parquet(file)
    hint = f"it reads {', '.join((*WORKBOOKS, *STATISTICAL, *TEXTS, *PARQUET))}"
    raise DataError(
        Issue(file.name, "a kind of file this cannot read", value=suffix, suggestion=hint)
    )


def _filled(sheet: Sheet | None, name: str) -> Sheet:
    if sheet is None:
        raise DataError(Issue(name, "nothing stands in it"))
    return sheet
