"""Raw files to text: nothing is guessed away, and a file that is none is a DataError."""

import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from orgnet_analytics import DataError
from orgnet_analytics.loaders.sheet import Sheet, numbers
from orgnet_analytics.loaders.sheets import read_sheet

AWKWARD = [
    "00123",
    "NA",
    "None",
    "null",
    "<b>x</b>",
    "12345678901234567",
    "1e5",
    "TRUE",
    "nan",
    "=1+1",
]


def saved(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active:
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    book.save(path)
    return path


def column(sheet: Sheet, name: str) -> list[str]:
    found = sheet.column(name, [])
    assert found is not None
    return list(found)


def test_texts_of_a_workbook_stay_as_they_are(tmp_path: Path):
    path = saved(tmp_path / "a.xlsx", [["id"], *([text] for text in AWKWARD)])
    assert column(read_sheet(path), "id") == AWKWARD


@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_texts_of_a_table_stay_as_they_are(tmp_path: Path, suffix: str):
    path = tmp_path / f"a{suffix}"
    between = "\t" if suffix == ".tsv" else ","
    path.write_text("\n".join(f"{a}{between}x" for a in ["id", *AWKWARD]), encoding="utf-8")
    assert column(read_sheet(path), "id") == AWKWARD


def test_ods_and_xls_suffixes(tmp_path: Path):
    frame = pd.DataFrame({"id": AWKWARD[:-1], "n": range(9)})
    frame.to_excel(tmp_path / "a.ods", engine="odf", index=False)
    sheet = read_sheet(tmp_path / "a.ods")
    assert column(sheet, "id") == AWKWARD[:-1]
    assert column(sheet, "n") == [str(n) for n in range(9)]


def test_numbers_read_as_the_user_sees_them(tmp_path: Path):
    path = saved(
        tmp_path / "a.xlsx",
        [["n"], [12.0], [1.5], [True], [None], [pd.Timestamp("2021-03-04").to_pydatetime()]],
    )
    assert column(read_sheet(path), "n") == ["12", "1.5", "TRUE", "2021-03-04"]


def test_a_number_that_lost_digits_is_told(tmp_path: Path):
    sheet = read_sheet(saved(tmp_path / "a.xlsx", [["id"], [12345678901234567], ["ok"]]))
    assert [(i.row, i.column) for i in sheet.rounded_ids(["id"])] == [(2, "id")]


def test_rows_carry_the_number_the_user_sees(tmp_path: Path):
    path = saved(tmp_path / "a.xlsx", [[None], [None, "who"], [None, "a"], [None], [None, "b"]])
    sheet = read_sheet(path)
    assert (sheet.header, sheet.header_row, sheet.rows.tolist()) == (["who"], 2, [3, 5])
    (tmp_path / "a.csv").write_text('who,x\n"a\nb",1\n\nc,2\n', encoding="utf-8")
    assert read_sheet(tmp_path / "a.csv").rows.tolist() == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, between: str):
    rows = [["naam", "getal"], ["Cliëntenraad", "1"], ["Café 't Hoekje", "2"]]
    text = "\r\n".join(between.join(row) for row in rows)
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    sheet = read_sheet(tmp_path / "a.csv")
    assert sheet.header == ["naam", "getal"]
    assert column(sheet, "naam") == ["Cliëntenraad", "Café 't Hoekje"]


def test_delimiters_inside_cells_do_not_mislead(tmp_path: Path):
    text = 'a;b\n"x, y, z";1\n"p, q, r";2\nsep'
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert read_sheet(tmp_path / "a.csv").header == ["a", "b"]
    (tmp_path / "b.csv").write_text("sep=;\na;b\n1,5;2\n", encoding="utf-8")
    assert read_sheet(tmp_path / "b.csv").header == ["a", "b"]


def test_short_rows_are_blank_and_long_ones_told(tmp_path: Path):
    (tmp_path / "a.csv").write_text("a,b\n1\n2,3\n", encoding="utf-8")
    assert column(read_sheet(tmp_path / "a.csv"), "b") == ["", "3"]
    (tmp_path / "b.csv").write_text("a,b\n" + "1,2\n" * 60 + "1,2,3\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 62 has 3 cells, the first has 2"):
        read_sheet(tmp_path / "b.csv")


def test_spss_codes_labels_and_missing(tmp_path: Path):
    frame = pd.DataFrame({"org": ["NA", "00123"], "q1": [1.0, 99.0], "q2": [float("nan"), 2.5]})
    pyreadstat.write_sav(
        frame, str(tmp_path / "a.sav"), variable_value_labels={"q1": {1.0: "often", 99.0: "refused"}},
        missing_ranges={"q1": [{"lo": 90.0, "hi": 99.0}]},
    )  # fmt: skip
    sheet = read_sheet(tmp_path / "a.sav")
    assert sheet.cells.tolist() == [["NA", "1", ""], ["00123", "99", "2.5"]]
    assert sheet.labels["q1"] == {"1": "often", "99": "refused"}
    assert sheet.missing["q1"] == {"99"}


def test_stata(tmp_path: Path):
    frame = pd.DataFrame({"org": ["NA", "00123"], "q1": [1.0, 2.0]})
    pyreadstat.write_dta(frame, str(tmp_path / "a.dta"), variable_value_labels={"q1": {1: "often"}})
    sheet = read_sheet(tmp_path / "a.dta")
    assert sheet.cells.tolist() == [["NA", "1"], ["00123", "2"]]
    assert sheet.labels["q1"] == {"1": "often"}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"", "the file is empty"),
        ("a.xlsx", b"who,info\n", "not a workbook"),
        ("a.xlsx", b"PK\x03\x04 broken", "not a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "not a workbook"),
        ("a.ods", b"nothing", "not a workbook"),
        ("a.sav", b"$FL2 no", "not a statistics file"),
        ("a.dta", b"<stata_dta>", "not a statistics file"),
        ("a.csv", b"\n\n  \n", "nothing stands in it"),
        ("a.csv", b"a\0b,c\n", "bytes that no text has"),
        ("a.csv", b'a,b\n"never closed,2\n', "never closed"),
        ("a.pickle", b"\x80\x04.", "cannot read"),
        ("a.exe", b"MZ", "cannot read"),
    ],
)
def test_what_is_no_such_file_is_told(tmp_path: Path, name: str, content: bytes, said: str):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=said):
        read_sheet(tmp_path / name)


def test_a_missing_file_offers_the_nearest(tmp_path: Path):
    (tmp_path / "answers.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"did you mean 'answers\.csv'"):
        read_sheet(tmp_path / "answer.csv")
    with pytest.raises(DataError, match="no such file"):
        read_sheet(tmp_path)


def test_several_sheets_need_a_choice(tmp_path: Path):
    book = openpyxl.Workbook()
    book.create_sheet("Two")
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="2 sheets: 'Sheet', 'Two'"):
        read_sheet(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="nothing stands in it"):
        read_sheet(tmp_path / "a.xlsx", "Two")


def test_a_sheet_name_never_leaves_the_folder(tmp_path: Path):
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    inner = tmp_path / "in"
    inner.mkdir()
    (inner / "a.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(DataError, match="no such sheet"):
        read_sheet(inner / "a.csv", "../secret.csv")


def test_a_workbook_that_unpacks_too_far_is_refused(tmp_path: Path):
    path = saved(tmp_path / "a.xlsx", [["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * 60_000_000)
    with pytest.raises(DataError, match="unpacks to 60 MB"):
        read_sheet(path)


def test_a_cell_far_away_is_refused_before_memory_goes(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active["A1"] = "a"
    book.active["XFD1048576"] = "b"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(DataError, match="spans too many cells"):
        read_sheet(tmp_path / "a.xlsx")


def test_a_sheet_of_repeated_cells_is_refused(tmp_path: Path):
    pd.DataFrame({"a": [1]}).to_excel(tmp_path / "a.ods", engine="odf", index=False)
    bomb = tmp_path / "b.ods"
    with zipfile.ZipFile(tmp_path / "a.ods") as old, zipfile.ZipFile(bomb, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "content.xml":
                content = content.replace(
                    b"<table:table-cell",
                    b'<table:table-cell table:number-columns-repeated="16384"', 1,
                ).replace(
                    b"<table:table-row", b'<table:table-row table:number-rows-repeated="1048576"', 1
                )  # fmt: skip
            new.writestr(part, content)
    with pytest.raises(DataError, match="spans too many cells"):
        read_sheet(bomb)


def test_numbers_take_a_decimal_comma():
    assert numbers(pd.Series(["1,5", " 2 ", "1e3"])).tolist() == [1.5, 2.0, 1000.0]
    assert numbers(pd.Series(["1_000", "inf", "nan", "0x1"])).isna().all()


@pytest.mark.parametrize("letter", [b"\xe9", "é".encode(), "é".encode("utf-8-sig")])
@pytest.mark.parametrize("before", [0, (1 << 18) - 9, 1 << 18, 1 << 19])
def test_an_encoding_that_shows_only_far_down(tmp_path: Path, letter: bytes, before: int):
    lines = b"name,n\n" + b"a,1\n" * (before // 4)
    (tmp_path / "a.csv").write_bytes(
        lines + b"caf" + letter.replace(b"\xef\xbb\xbf", b"") + b",2\n"
    )
    assert column(read_sheet(tmp_path / "a.csv"), "name")[-1] == "café"


def test_no_encoding_far_down(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"name,n\n" + b"a,1\n" * (1 << 17) + b"\x81\xff,2\n")
    with pytest.raises(DataError, match="not a text file in any known encoding"):
        read_sheet(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(
        b"\xff\xfe" + "a,b\n".encode("utf-16-le") * (1 << 17) + b"\xd8"
    )
    with pytest.raises(DataError, match="not a text file in any known encoding"):
        read_sheet(tmp_path / "b.csv")


def test_parquet_keeps_texts_and_writes_numbers_as_seen(tmp_path: Path):
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame(
        {
            "id": ["00123", None, "NA", "NA"],
            "n": [12.0, 1.5, None, 3],
            "big": pd.array([12345678901234567, 1, None, 3], dtype="Int64"),
            "yes": [True, False, True, True],
            "kind": pd.Categorical(["x", "y", None, "x"]),
        }
    )
    frame.to_parquet(tmp_path / "a.parquet", index=False)
    sheet = read_sheet(tmp_path / "a.parquet")
    assert column(sheet, "id") == ["00123", "", "NA", "NA"]
    assert column(sheet, "n") == ["12", "1.5", "", "3"]
    assert column(sheet, "big")[0] == "12345678901234567"
    assert column(sheet, "yes")[:2] == ["TRUE", "FALSE"]
    assert column(sheet, "kind") == ["x", "y", "", "x"]
    assert sheet.rows.tolist() == [1, 2, 3, 4]


def test_parquet_cells_that_hold_lists_are_refused(tmp_path: Path):
    pytest.importorskip("pyarrow")
    pd.DataFrame({"a": [1], "b": [[1, 2]]}).to_parquet(tmp_path / "a.parquet")
    with pytest.raises(DataError, match="'b': its cells hold lists"):
        read_sheet(tmp_path / "a.parquet")
