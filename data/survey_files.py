"""What the invented cases share: files written so that every run gives the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

Row = list[object]
Rows = Iterable[Row]
STAMP = (2025, 6, 2, 9, 0, 0)
HOUR = b"2025-06-02T09:00:00Z"


def add_sheet(book: Workbook, title: str, rows: Rows) -> None:
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    sheet.freeze_panes = "B2"


def readme_book(readme: Path) -> Workbook:
    """Return a workbook with one sheet, the readme, a line in each row."""
    book = Workbook()
    book.active.title = "Leesmij"
    for line in readme.read_text(encoding="utf-8").splitlines():
        book["Leesmij"].append([line])
    return book


def save_book(book: Workbook, path: Path) -> None:
    """Write the workbook without the hour it was made, so that every run gives the same bytes."""
    buffer = io.BytesIO()
    book.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", HOUR, content)
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, content)


def write_csv(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def write_office_csv(path: Path, rows: Rows) -> None:
    """Write the csv a Dutch-language office saves: semicolons, Windows-1252, lines ended by CR and LF."""
    with path.open("w", encoding="cp1252", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\r\n").writerows(rows)
