"""How many cells the tables in a workbook span: one cell far away takes more memory than there is.

The reader makes room for every cell up to the farthest, whatever else stands in the file. Where every cell
says plainly that it is near, a glance is enough; otherwise the part is gone through as the reader would.
"""

from __future__ import annotations

import re
from xml.parsers import expat

MOST_CELLS = 30_000_000
FAR = 10**12
NEAR = (
    rb"[A-Z]{1,2}+[1-9]\d{0,3}+",
    rb"[A-Z]{1,2}+(?:[1-3]\d{4}|4[01]\d{3}|[1-9]\d{0,3}+)",
    rb"[A-Z]{1,3}+(?:1[0-5]\d\d|[1-9]\d{0,2}+)",
    rb"[A-Z](?:10[0-4]\d{4}|[1-9]\d{0,5}+)",
    rb"[A-D]?[A-Z](?:1\d{5}|[1-9]\d{0,4}+)",
)
"""Shapes of references that span no more than may be: 702 columns by 9,999 rows first, as most sheets do."""
NOT_NEAR = [re.compile(rb'<c(?! r="' + near + rb'"|[A-Za-z])') for near in NEAR]
ELSEWHERE = re.compile(rb"r\s*+=(?<!<c r=)(?<!<row r=)(?<![A-Za-z:_]r=)")
PREFIXED = re.compile(rb":c[\s/>]")
REFERENCE = re.compile(r"([A-Za-z]{1,3})0*([0-9]{1,9})")


def spans_too_much(content: bytes, part: str) -> bool:
    """Return whether a table in this part of a workbook spans more cells than can be held.

    Excel's sheets may have any name; the tables of an OpenDocument file stand in ``content.xml``.

    Examples
    --------
    >>> sheet = b'<sheetData><row><c s="1" r="%s"/></row></sheetData>'
    >>> [spans_too_much(sheet % place, "sheet1.xml") for place in (b"C7", b"XFD1048576")]
    [False, True]
    """
    excel = b"sheetData" in content and not _near(content)
    opened = part == "content.xml" and not _few(content)
    return (excel and _walked(content, _Excel()) > MOST_CELLS) or (
        opened and _walked(content, _OpenDocument()) > MOST_CELLS
    )


def _near(content: bytes) -> bool:
    """Return whether every cell says in first place, and only there, that it stands near."""
    if PREFIXED.search(content) or ELSEWHERE.search(content):
        return False
    return any(shape.search(content) is None for shape in NOT_NEAR)


def _few(content: bytes) -> bool:
    """Return whether the cells of an OpenDocument sheet are too few to span much, in any order."""
    rows, cells = content.count(b"table-row"), content.count(b"table-cell")
    repeats = b"-repeated" in content or b"text:c" in content
    return not repeats and rows * cells <= MOST_CELLS


def _walked(content: bytes, table: _Excel | _OpenDocument) -> int:
    """Return the cells of the largest table in a part, element after element."""
    if b"<!DOCTYPE" in content:
        raise ValueError("no workbook has a document type")
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = table.start, table.end
    parser.Parse(content, True)
    return table.most


class _Excel:
    """Where the reader puts each cell of an Excel sheet: where it says, or behind the one before."""

    def __init__(self) -> None:
        self.row = self.column = self.rows = self.columns = 0

    @property
    def most(self) -> int:
        return self.rows * self.columns

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.partition(":")[2] or name
        told = attributes.get("r", "")
        if local == "row" and told:
            self.row = int(told) - 1 if told.isdecimal() and len(told) < 10 else FAR
        elif local == "c":
            at = REFERENCE.fullmatch(told)
            row = int(at[2]) - 1 if at else FAR if told else self.row
            self.column = column_number(at[1]) - 1 if at else self.column
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, self.column + 1)
            self.column += 1

    def end(self, name: str) -> None:
        if (name.partition(":")[2] or name) == "row":
            self.row, self.column = self.row + 1, 0


class _OpenDocument:
    """How an OpenDocument sheet unfolds: cells, rows and spaces repeat, what is blank at the end does not."""

    def __init__(self) -> None:
        self.most = self.cells = self.rows = self.width = self.widest = 0
        self.blank_cells = self.blank_rows = 0
        self.times = 1

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.rows = self.widest = self.blank_rows = self.cells = 0
        elif name == "table:table-row":
            self.times = _times(attributes.get("table:number-rows-repeated"))
            self.width = self.blank_cells = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            many = _times(attributes.get("table:number-columns-repeated"))
            self.cells += self.blank_cells
            if any(key.startswith("office:") or key == "table:formula" for key in attributes):
                self.width += self.blank_cells + many
                self.blank_cells = 0
                self.cells += many
            else:
                self.width += self.blank_cells
                self.blank_cells = many
        elif name == "text:s":
            self.cells += _times(attributes.get("text:c"))

    def end(self, name: str) -> None:
        if name != "table:table-row":
            return
        if self.width:
            self.rows += self.blank_rows + self.times
            self.widest = max(self.widest, self.width)
            self.blank_rows = 0
        else:
            self.blank_rows += self.times
        self.most = max(self.most, self.rows * self.widest, self.cells)


def _times(told: str | None) -> int:
    if told is None:
        return 1
    return int(told) if told.isdecimal() and len(told) < 10 else FAR


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
