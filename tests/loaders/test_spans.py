"""A sheet that spans too much is refused before anything makes room for it, however it is written."""

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import DataError
from orgnet_analytics.loaders import spans
from orgnet_analytics.loaders.sheets import read_sheet

FAR = "XFD1048576"
MANY = "<c><v>1</v></c>" * 900
SHEETS = {
    "another attribute first": f'<row r="3"><c s="0" r="{FAR}"><v>1</v></c></row>',
    "single quotation marks": f"<row r='3'><c r='{FAR}'><v>1</v></c></row>",
    "small letters": f'<row r="3"><c r="{FAR.lower()}"><v>1</v></c></row>',
    "spaces": f'<row r="3"><c r = "{FAR}"><v>1</v></c></row>',
    "a line end": f'<row r="3"><c\nr="{FAR}"><v>1</v></c></row>',
    "a prefix": f'<x:row r="3"><x:c r="{FAR}"><x:v>1</x:v></x:c></x:row>',
    "told twice": f'<row r="3"><c r="A1" t="n" r="{FAR}"><v>1</v></c></row>',
    "many letters": '<row r="3"><c r="AAAAAA3"><v>1</v></c></row>',
    "many digits": '<row r="3"><c r="A4000000000"><v>1</v></c></row>',
    "zeros before": '<row r="3"><c r="A0000000001048576"><v>1</v></c><c r="XFD1"><v>1</v></c></row>',
    "told by the row": '<row spans="1:3" r="1048576"><c><v>1</v></c><c r="XFD3"><v>2</v></c></row>',
    "told by order": f'<row r="2">{MANY}</row><row r="99999"><c><v>1</v></c></row>',
    "a row's end in a comment": f'<row r="2">{MANY}<!-- </row> -->{MANY}</row><row r="29999"><c/></row>',
    "rows without number": "<row/>" * 99_999 + '<row><c><v>1</v></c><c r="ZZ1"><v>1</v></c></row>',
}
BLANK, FULL = (
    "<table:table-cell{}/>",
    '<table:table-cell{} office:value-type="float" office:value="1"/>',
)
REPEATED = ' table:number-columns-repeated="{}"'


def rows(cell: str, many: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{many}">{cell}</table:table-row>'


def changed(source: Path, path: Path, part: str, before: str, more: str) -> Path:
    """Write a copy of a workbook with more in one of its parts."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                content = content.replace(before.encode(), (more + before).encode(), 1)
            new.writestr(name, content)
    return path


def excel(folder: Path, more: str) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["source", "target"])
    book.save(folder / "plain.xlsx")
    part = "xl/worksheets/sheet1.xml"
    return changed(folder / "plain.xlsx", folder / "t.xlsx", part, "</sheetData>", more)


def opened(folder: Path, more: str) -> Path:
    table = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
    table.to_excel(folder / "plain.ods", engine="odf", index=False)
    return changed(folder / "plain.ods", folder / "t.ods", "content.xml", "</table:table>", more)


@pytest.mark.parametrize("how", SHEETS)
def test_a_far_cell_however_it_is_written(tmp_path: Path, how: str):
    with pytest.raises(DataError, match=r"spans too many cells|not a workbook"):
        read_sheet(excel(tmp_path, SHEETS[how]))


@pytest.mark.parametrize(
    "more",
    [
        rows(FULL.format(REPEATED.format(16_384))) * 2_000,
        rows(FULL.format(REPEATED.format(16_384)), 1_000_000).replace('"', "'"),
        rows(FULL.format("") * 20_000) + rows(FULL.format("")) * 2_000,
        rows(BLANK.format(""), 1_048_000) + rows(FULL.format(REPEATED.format(16_000))),
        rows(FULL.format(REPEATED.format("4" * 12))),
        rows('<table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/>'
             "</text:p></table:table-cell>"),
    ],
)  # fmt: skip
def test_an_opendocument_sheet_that_unfolds_too_far(tmp_path: Path, more: str):
    with pytest.raises(DataError, match="spans too many cells"):
        read_sheet(opened(tmp_path, more))


def test_what_is_blank_to_the_end_of_an_opendocument_sheet_is_no_harm(tmp_path: Path):
    """LibreOffice fills a formatted sheet up to its last row and column with blank cells."""
    more = rows(BLANK.format(REPEATED.format(16_384)), 1_048_573)
    sheet = read_sheet(opened(tmp_path, more))
    assert sheet.cells.tolist() == [["1", "3"], ["2", "4"]]


def test_cells_without_a_reference_are_counted_as_the_reader_does(tmp_path: Path):
    path = excel(
        tmp_path, "<row><c><v>1</v></c><c><v>2</v></c></row><row r='7'><c><v>3</v></c></row>"
    )
    assert read_sheet(path).frame.to_dict("split") == {
        "index": [2, 7], "columns": [0, 1], "data": [["1", "2"], ["3", ""]],
    }  # fmt: skip


LETTERS = st.text("ABCXYZ", min_size=1, max_size=3)
CELLS = st.tuples(LETTERS, st.integers(1, 2_000_000)).map(lambda at: f'<c r="{at[0]}{at[1]}"/>')


@given(st.lists(CELLS, min_size=1, max_size=4))
def test_a_glance_never_passes_what_measures_too_much(cells: list[str]):
    content = f"<sheetData><row>{''.join(cells)}</row></sheetData>".encode()
    table = spans._walked(content, spans._Excel())
    assert spans.spans_too_much(content, "t.xml") == (table > spans.MOST_CELLS)


PARTS = ["<c><v>1</v></c>", '<c r="C5"><v>1</v></c>', "</row><row>", "</row><row r='9'>",
         '<c t="n" r="B12"><v>2</v></c>', "</row><row/><row>"]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=8))
def test_it_measures_what_the_reader_makes(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str]
):
    more = f"<row r='3'>{''.join(parts)}<c><v>1</v></c></row>"
    path = excel(tmp_path_factory.mktemp("s"), more)
    sheet = python_calamine.load_workbook(str(path)).get_sheet_by_name("Sheet")
    content = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    assert sheet.end is not None
    row, column = sheet.end
    assert spans._walked(content, spans._Excel()) == (row + 1) * (column + 1)
