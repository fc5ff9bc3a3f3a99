"""Sheets as they come from the field: titles, two rows of headings, totals, codes, ticks."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork
from orgnet_analytics.loaders import Codebook, read_survey

FORMATS = Path(__file__).parent / "files" / "formats"
ANSWERS = {"sheet": "Antwoorden"}
ACTORS = {"sheet": "actors.csv", "id": "code", "label": "name"}
MESSY: dict[str, Any] = {
    "actors": {"sheet": "Organisaties", "id": "Code", "label": "Organisatie"},
    "answers": ANSWERS | {"header": 4},
    "respondent": "Naam organisatie",
    "ignore_rows": ["totaal "],
    "relations": {"info": {"columns": "Info: {actor}", "scale": "vaak"}},
    "scales": {
        "vaak": {"values": {"nooit": 0, "maandelijks": 1, "wekelijks": 2}, "missing": ["weet niet"]}
    },
}
TWO: dict[str, Any] = {
    "actors": ACTORS,
    "answers": ANSWERS | {"header": [1, 2]},
    "respondent": "Organisatie",
    "relations": {"work": {"columns": "Werkt u samen? {actor}", "ticked": True}},
}


def told(path: Path, codebook: dict[str, Any]) -> list[tuple[object, ...]]:
    with pytest.raises(DataError) as caught:
        read_survey(path, codebook)
    rows = caught.value.issues[["row", "column", "value", "suggestion"]]
    return list(rows.itertuples(index=False, name=None))


def saved(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "Antwoorden"
    for row in rows:
        book.active.append(row)
    book.save(path)
    (path.parent / "actors.csv").write_bytes((FORMATS / "actors.csv").read_bytes())
    return path


def test_a_title_above_and_a_total_below():
    net = read_survey(FORMATS / "messy.xlsx", MESSY, names={"A.Z. Merelland": "AZM"})
    assert isinstance(net, OrgNetwork)
    assert net.known[["source", "target", "weight"]].values.tolist() == [
        ["AZM", "NA", 2.0], ["AZM", "W", 1.0], ["NA", "AZM", 1.0], ["W", "AZM", 2.0], ["W", "P", 2.0],
    ]  # fmt: skip
    assert net.notes[-1] == "1 row of no organization left out: 'Totaal'"


def test_where_the_headings_stand_is_told():
    book = MESSY | {"answers": ANSWERS}
    hint = "row 4 seems to hold the headings: leave out what stands above it, or say header: 4"
    assert told(FORMATS / "messy.xlsx", book) == [
        (1, "Naam organisatie", "Naam organisatie", f"{hint} in the codebook"),
    ]
    ((_, _, _, said),) = told(FORMATS / "two_headers.xlsx", TWO | {"answers": ANSWERS})
    assert "header: 2, or header: [1, 2] where both rows tell" in said
    matrix = {"relations": {"t": {"layout": "matrix", "sheet": "Antwoorden"}}}
    found = told(FORMATS / "two_headers.xlsx", TWO | matrix)
    assert any("say header: 2" in str(hint) for *_, hint in found)


def test_columns_that_are_about_nobody_make_no_network_of_gaps(tmp_path: Path):
    path = saved(tmp_path / "s.xlsx", [["who", "Ziekenhuis", "Wijkteam"], ["AZM", 1, 0]])
    book = {
        "actors": ACTORS,
        "answers": {},
        "respondent": "who",
        "relations": {"t": {"columns": "{actor}"}},
    }
    ((row, _, value, _),) = told(path, book)
    assert (row, value) == (1, "{actor}")


def test_what_is_wrong_carries_the_row_the_user_sees():
    book = MESSY | {
        "ignore_rows": [],
        "scales": {"vaak": {"values": {"nooit": 0, "maandelijks": 1}}},
    }
    found = told(FORMATS / "messy.xlsx", book)
    assert (5, "Naam organisatie", "A.Z. Merelland", "did you mean 'AZ Merelland'?") in found
    assert (8, "Naam organisatie", "Totaal", "a total? ignore_rows: [Totaal]") in found
    assert (6, "Info: Politie", "weet niet", "one of nooit, maandelijks") in found
    assert [row for row, _, value, _ in found if value == "X"] == [5]


def test_a_row_of_headings_that_is_not_there():
    book = MESSY | {"answers": ANSWERS | {"header": 40}}
    assert told(FORMATS / "messy.xlsx", book) == [(40, "header", 40, "")]
    with pytest.raises(DataError, match="wanted the number of a row"):
        Codebook.from_dict(MESSY | {"answers": ANSWERS | {"header": [0, "two"]}})
    assert Codebook.from_dict(MESSY).to_dict()["answers"]["header"] == [4]


def test_two_rows_of_headings_and_ticks():
    net = read_survey(FORMATS / "two_headers.xlsx", TWO)
    assert isinstance(net, OrgNetwork)
    assert net.known[["source", "target"]].values.tolist() == [
        ["AZM", "NA"], ["AZM", "W"], ["W", "P"],
    ]  # fmt: skip


@pytest.mark.parametrize("doubt", ["?", "weet niet", "N.v.t.", "99", "-"])
def test_what_is_no_tick_is_told_or_unknown(tmp_path: Path, doubt: str):
    path = saved(
        tmp_path / "s.xlsx", [["who", "AZM", "P"], ["NA", "x", doubt], ["AZM", None, "ja"]]
    )
    book = TWO | {"answers": ANSWERS, "respondent": "who"}
    book["relations"] = {"t": {"columns": "{actor}", "ticked": True}}
    ((row, column, value, hint),) = told(path, book)
    assert (row, column, value) == (2, "P", doubt)
    assert hint == f"unknown? Give the relation a scale with missing: [{doubt}]"
    book["relations"]["t"]["scale"] = "ticks"
    book["scales"] = {"ticks": {"values": {"x": 1}, "missing": [doubt]}}
    with pytest.warns(DataWarning, match="nobody was asked about 2 in 't', unknown: NA, W"):
        net = read_survey(path, book)
    assert isinstance(net, OrgNetwork)
    assert net.unknown.query("source == 'NA'")["target"].tolist() == ["P", "W"]
    assert net.to_matrix().loc["NA", "AZM"] == 1


def test_a_matrix_with_totals_and_marks_on_its_diagonal(tmp_path: Path):
    rows: list[list[object]] = [["Doorverwijzingen"], [], [None, "AZM", "P", "Totaal"]]
    rows += [["AZM", "X", 3, 3], ["P", 1, "-", 1], ["Totaal", 1, 3, 4]]
    book = {
        "actors": ACTORS, "answers": {}, "respondent": "-", "not_asked": "no_tie",
        "relations": {"t": {"layout": "matrix", "sheet": "Antwoorden", "header": 3}},
    }  # fmt: skip
    path = saved(tmp_path / "s.xlsx", rows)
    assert [hint for *_, hint in told(path, book)] == [
        "a total? ignore_rows: [Totaal]", "a total? ignore: [Totaal]",
    ]  # fmt: skip
    with pytest.warns(DataWarning, match="asked about 2 in 't', taken as no tie: NA, W"):
        net = read_survey(path, book | {"ignore_rows": ["Totaal"], "ignore": ["Totaal"]})
    assert isinstance(net, OrgNetwork)
    assert net.known[["source", "target", "weight"]].values.tolist() == [
        ["AZM", "P", 3.0], ["P", "AZM", 1.0],
    ]  # fmt: skip
