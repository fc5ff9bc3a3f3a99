"""Personal networks and access."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from orgnet_analytics import DataError
from orgnet_analytics.loaders import Scale, read_access, read_egonets, read_name_generator

WIDE = (
    "org,name_1,name_2,name_3,sector_1,sector_2,sector_3,tie_1_2,tie_1_3,tie_2_3\n"
    "NA,Alfa,00123,,care,work,,close,,\n"
    "b,x,y,z,care,care,NA,none,close,\n"
    "c,,,,,,,,,\n"
)
SCALE = Scale(values={"close": 2, "none": 0})


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def problems(error: DataError) -> list[tuple[object, ...]]:
    return list(error.issues[["row", "column", "value"]].itertuples(index=False, name=None))


def test_name_generator(tmp_path: Path):
    path = write(tmp_path / "e.csv", WIDE)
    nets = read_name_generator(
        path, ego="org", attributes={"sector": "sector_{number}"}, ties="tie_{first}_{second}", scale=SCALE
    )  # fmt: skip
    assert list(nets) == ["NA", "b", "c"]
    assert nets["NA"].actors.index.tolist() == ["NA", "Alfa", "00123"]
    assert nets["NA"].actors["ego"].tolist() == [True, False, False]
    assert nets["b"].actors["sector"].tolist()[1:] == ["care", "care", "NA"]
    assert nets["NA"].to_matrix().to_numpy().tolist() == [[0, 1, 1], [1, 0, 2], [1, 2, 0]]
    cells = nets["b"].to_matrix()
    assert cells.loc["x", "z"] == 2
    assert cells.loc["x", "y"] == 0
    assert pd.isna(cells.loc["y", "z"])
    assert len(nets["c"]) == 1


def test_ties_among_the_named_that_nobody_asked_for_are_unknown(tmp_path: Path):
    plain = write(tmp_path / "e.csv", "org,name_1,name_2,name_3,tie_2_1\na,x,y,z,0\nb,x,,,\n")
    unasked = read_name_generator(plain, ego="org")
    assert len(unasked["a"].unknown) == 3
    assert len(unasked["b"].unknown) == 0
    part = read_name_generator(plain, ego="org", ties="tie_{first}_{second}")["a"].to_matrix()
    assert part.loc["x", "y"] == 0
    assert part.loc["z", ["x", "y"]].isna().all()
    long = read_egonets(write(tmp_path / "l.csv", "ego,alter\na,x\na,y\n"))["a"]
    assert long.unknown.to_numpy().tolist() == [["x", "y"]]
    assert long.to_matrix().loc["a", "x"] == 1


def test_every_problem_of_a_name_generator(tmp_path: Path):
    text = "org,name_1,name_2,tie_1_2\na,a,x,often\na,x,x,1\n,y,,\n"
    with pytest.raises(DataError) as caught:
        read_name_generator(write(tmp_path / "e.csv", text), ego="org", ties="tie_{first}_{second}")
    assert problems(caught.value) == [
        (2, "tie_1_2", "often"),
        (3, "org", "a"),
        (4, "org", ""),
        (2, "name_1", "a"),
        (3, "name_2", "x"),
    ]


def test_patterns_that_fit_nothing(tmp_path: Path):
    with pytest.raises(DataError, match="no column fits"):
        read_name_generator(write(tmp_path / "e.csv", WIDE), ego="org", alters="alter_{number}")


def test_long_tables(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "named"
    for row in [
        ["ego", "alter", "sector"],
        ["NA", "x", "care"],
        ["NA", "y", "work"],
        ["b", None, None],
    ]:
        book["named"].append(row)
    for row in [["ego", "source", "target", "strength"], ["NA", "y", "x", 3]]:
        (book["ties"] if "ties" in book else book.create_sheet("ties")).append(row)
    book.save(tmp_path / "e.xlsx")
    nets = read_egonets(tmp_path / "e.xlsx", sheet="named", ties_sheet="ties", weight="strength")
    assert nets["NA"].to_matrix().loc["x", "y"] == 3
    assert nets["NA"].actors.loc["y", "sector"] == "work"
    assert len(nets["b"].known) == 0


def test_every_problem_of_long_tables(tmp_path: Path):
    path = write(tmp_path / "e.csv", "ego,alter\na,a\na,x\na,x\n,y\n")
    write(tmp_path / "t.csv", "ego,source,target\na,x,q\n")
    with pytest.raises(DataError) as caught:
        read_egonets(path, ties_sheet="t.csv")
    assert problems(caught.value) == [
        (2, "alter", "a"),
        (5, "ego", ""),
        (4, "alter", "x"),
        (2, "target", "q"),
    ]


def test_access_of_a_position_generator(tmp_path: Path):
    path = write(tmp_path / "p.csv", "wie,know_mayor,know_nurse,age\nNA,ja,0,3\nb,,x,4\n")
    access = read_access(path, respondent="wie", columns="know_{item}")
    assert access.columns.tolist() == ["mayor", "nurse"]
    assert access.loc["NA"].tolist() == [1, 0]
    assert pd.isna(access.loc["b", "mayor"])
    with pytest.raises(DataError, match="row 2, column 'age': neither yes nor no: '3'"):
        read_access(path, respondent="wie", columns="{item}")
