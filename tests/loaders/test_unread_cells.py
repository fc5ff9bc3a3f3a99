"""Errors and formulas without a value never pass for a blank answer."""

from pathlib import Path

import openpyxl
import pytest

from orgnet_analytics import DataError, OrgNetwork
from orgnet_analytics.loaders import read_survey
from orgnet_analytics.loaders.sheets import read_sheet
from orgnet_analytics.loaders.unread_cells import unread_cells

FILES = Path(__file__).parent / "files"
CODEBOOK = {
    "actors": {"sheet": "Actors & co", "id": "code"},
    "answers": {"sheet": "Answers"},
    "respondent": "who",
    "relations": {"t": {"columns": "t_{actor}", "blank": 0}},
}


def survey(path: Path, *answers: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Actors & co"
    for row in (["code"], ["a"], ["b"], ["c"]):
        book.active.append(row)
    sheet = book.create_sheet("Answers")
    for row in (["who", "t_a", "t_b", "t_c"], *answers):
        sheet.append(row)
    book.save(path)
    return path


def test_an_error_is_no_blank_answer(tmp_path: Path):
    path = survey(tmp_path / "s.xlsx", ["a", None, "#N/A", 1], ["b", "#DIV/0!", None, None])
    with pytest.raises(DataError) as caught:
        read_survey(path, CODEBOOK)
    told = caught.value.issues[["row", "column", "value"]].values.tolist()
    assert told == [[3, "t_a", "#DIV/0!"], [2, "t_b", "#N/A"]]
    codes = {"scales": {"s": {"lowest": 0, "missing": ["#N/A", "#DIV/0!"]}}}
    relations = {"relations": {"t": {"columns": "t_{actor}", "blank": 0, "scale": "s"}}}
    net = read_survey(path, CODEBOOK | codes | relations)
    assert isinstance(net, OrgNetwork)
    assert net.to_matrix().loc["a"].isna().tolist() == [False, True, False]


def test_a_formula_nobody_worked_out_is_no_blank_answer(tmp_path: Path):
    path = survey(tmp_path / "s.xlsx", ["a", None, "=1+1", 1])
    with pytest.raises(
        DataError, match=r"row 2, column 't_b': not an answer of the scale: '=1\+1'"
    ):
        read_survey(path, CODEBOOK)


def test_errors_beyond_all_that_has_a_value(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["who"])
    book.active["C4"] = "#REF!"
    book.save(tmp_path / "s.xlsx")
    sheet = read_sheet(tmp_path / "s.xlsx")
    assert (sheet.header, sheet.rows.tolist()) == (["who", ""], [4])
    assert sheet.cells.tolist() == [["", "#REF!"]]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ('<c r="B2" s="1" t="e"><f>VLOOKUP(A1,B1:C9,2)</f><v>#N/A</v></c>', {(1, 1): "#N/A"}),
        ('<c r="AA10"><f t="shared" si="0"/></c>', {(9, 26): "="}),
        ('<c r="B2"><f>IF(A1&lt;2,1)</f><v></v></c>', {(1, 1): "=IF(A1<2,1)"}),
        ('<c r="B2" t="str"><f>IF(A1="","",1)</f><v></v></c>', {}),
        ('<c r="B2"><f>1+1</f><v>2</v></c>', {}),
        ('<c r="B2" t="inlineStr"><is><t>#N/A</t></is></c>', {}),
        ('<c r="B2" t="s"><v>3</v></c><c r="C2"/>', {}),
    ],
)
def test_what_counts_as_unread(cell: str, wanted: dict[tuple[int, int], str]):
    assert unread_cells(f"<sheetData><row>{cell}</row></sheetData>".encode()) == wanted


def test_errors_of_an_old_workbook():
    first, second = (
        read_sheet(FILES / "formats" / "errors.xls", name) for name in ("Blad", "Twee")
    )
    assert first.cells.tolist() == [["", "#N/A", ""], ["", "", "z"]]
    assert second.header == ["#REF!"]
