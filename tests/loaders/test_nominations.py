"""Nominations in a survey: who is named, who names nobody, and who does not know."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork
from orgnet_analytics.loaders import read_survey

BOOK: dict[str, Any] = {
    "actors": {"sheet": "Actors", "id": "code", "label": "name"},
    "answers": {"sheet": "Answers"},
    "respondent": "who",
    "relations": {"t": {"layout": "nominations", "columns": "partner {number}"}},
}
SCALED = BOOK | {
    "relations": {"t": {"layout": "nominations", "columns": "partner {number}", "scale": "none"}},
    "scales": {"none": {"values": {"n.v.t.": 0}, "missing": ["weet niet"]}},
}


def survey(path: Path, *answers: list[object]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Actors"
    names = [["A", "Apothekers"], ["P", "Politie"], ["Z", "Zorg, Wonen & co"]]
    for row in (["code", "name"], *names):
        book.active.append(row)
    sheet = book.create_sheet("Answers")
    for row in (["who", "partner 1", "partner 2"], *answers):
        sheet.append(row)
    book.save(path)
    return path


def test_who_does_not_know_is_unknown_and_who_names_nobody_is_not(tmp_path: Path):
    path = survey(
        tmp_path / "s.xlsx",
        ["A", "weet niet", None],
        ["P", "n.v.t.", None],
        ["Z", "Apothekers", "Weet niet"],
    )
    net = read_survey(path, SCALED)
    assert isinstance(net, OrgNetwork)
    assert net.to_matrix().fillna(-1).to_numpy().tolist() == [[0, -1, -1], [0, 0, 0], [1, 0, 0]]
    assert net.responded.all()


@pytest.mark.parametrize(
    "written", ["Apothekers, Politie", "Apothekers/Huisarts", "apothekers en politie"]
)
def test_several_names_that_read_as_one_are_told(tmp_path: Path, written: str):
    with pytest.raises(DataError) as caught:
        read_survey(survey(tmp_path / "s.xlsx", ["Z", written, None]), BOOK)
    assert caught.value.issues[["row", "column", "value"]].values.tolist() == [
        [2, "partner 1", written]
    ]
    assert "parted by ';'" in str(caught.value)


def test_a_name_with_a_comma_and_names_that_hold_another(tmp_path: Path):
    path = survey(tmp_path / "s.xlsx", ["A", "Zorg, Wonen & co", "Politie en partners"])
    with pytest.warns(DataWarning, match="1 name off the roster set aside: 'Politie en partners'"):
        net = read_survey(path, BOOK)
    assert isinstance(net, OrgNetwork)
    assert net.known[["source", "target"]].values.tolist() == [["A", "Z"]]


def test_what_is_no_name_is_told(tmp_path: Path):
    with pytest.raises(
        DataError, match=r"not the name of an organization: 'weet niet' -> nobody\?"
    ):
        read_survey(survey(tmp_path / "s.xlsx", ["A", "weet niet", None]), BOOK)
