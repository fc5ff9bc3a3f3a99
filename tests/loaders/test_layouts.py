"""The layouts of a survey, events between waves, and names somebody decided about."""

from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork
from orgnet_analytics.loaders import (
    read_matrix,
    read_memberships,
    read_nominations,
    read_survey,
    read_ties,
    reconcile,
)

Rows = list[list[object]]
ACTORS: Rows = [["id", "name"], ["a", "Alfa"], ["b", "Beta"], ["c", "Gamma"], ["d", "Delta"]]


def workbook(path: Path, **sheets: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def codebook(relation: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "actors": {"sheet": "Actors", "id": "id", "label": "name"},
        "answers": {"sheet": "Answers"},
        "respondent": "who",
        "relations": {"t": relation},
    } | more


def matrix(net: Any) -> list[list[float | None]]:
    assert isinstance(net, OrgNetwork)
    cells = net.to_matrix().astype(object)
    return cells.where(cells.notna(), None).to_numpy().tolist()  # type: ignore[no-any-return]


def problems(path: Path, book: dict[str, Any], **keys: Any) -> list[tuple[object, ...]]:
    with pytest.raises(DataError) as caught:
        read_survey(path, book, **keys)
    rows = caught.value.issues[["where", "row", "column", "value"]]
    return list(rows.itertuples(index=False, name=None))


LONG: Rows = [["who", "whom", "often"], ["a", "Beta", 2], ["a", "c", None], ["b", "a", 0]]


def test_roster_long_leaves_what_has_no_row_unknown(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=LONG)
    relation = {"layout": "roster_long", "partner": "whom", "answer": "often"}
    net = read_survey(path, codebook(relation))
    assert isinstance(net, OrgNetwork)
    assert "3 pairs without a row in 't' are unknown" in net.notes
    assert matrix(net) == [
        [0, 2, None, None],
        [0, 0, None, None],
        [None, None, 0, None],
        [None, None, None, 0],
    ]


def test_ties_take_what_has_no_row_as_no_tie(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=LONG)
    net = read_survey(path, codebook({"layout": "ties", "partner": "whom", "answer": "often"}))
    assert matrix(net)[:2] == [[0, 2, None, 0], [0, 0, 0, 0]]
    plain = read_survey(path, codebook({"layout": "ties", "partner": "whom"}))
    assert matrix(plain)[:2] == [[0, 1, 1, 0], [1, 0, 0, 0]]


def test_every_problem_of_long_layouts(tmp_path: Path):
    rows: Rows = [
        ["who", "whom", "often"],
        ["x", "b", 1],
        ["a", "a", 1],
        ["a", None, 1],
        ["a", "b", "no"],
        ["a", "Beta", 1],
    ]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=rows)
    relation = {"layout": "ties", "partner": "whom", "answer": "often"}
    assert problems(path, codebook(relation)) == [
        ("Answers", 2, "who", "x"),
        ("Answers", 4, "whom", ""),
        ("Answers", 5, "often", "no"),
        ("Answers", 3, "whom", "a"),
        ("Answers", 6, "whom", "Beta"),
    ]


def test_nominations(tmp_path: Path):
    rows: Rows = [
        ["who", "n 1", "n 2"],
        ["a", "Beta", "gamma vzw"],
        ["b", "Alfa; d", None],
        ["c", None, "Nobody"],
    ]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=rows)
    with pytest.warns(DataWarning, match="1 name off the roster set aside: 'Nobody'"):
        net = read_survey(path, codebook({"layout": "nominations", "columns": "n {number}"}))
    assert matrix(net)[:3] == [[0, 1, 1, 0], [1, 0, 0, 1], [0, 0, 0, 0]]
    rows[1][1] = "Alfa"
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=rows)
    book = codebook({"layout": "nominations", "columns": "n {number}"}, off_roster="error")
    assert problems(path, book) == [("Answers", 2, "n 1", "Alfa"), ("Answers", 4, "n 2", "Nobody")]


def test_a_matrix_on_a_sheet_per_wave(tmp_path: Path):
    cells: Rows = [
        [None, "a", "Beta", "c", "d"],
        ["a", None, 2, 0, None],
        ["Beta", 1, None, 0, 0],
        ["c", 0, 0, None, 3],
    ]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, **{"m 1": cells, "m 2": cells})
    book = codebook({"layout": "matrix", "sheet": "m {wave}"}, waves={1: {}, 2: {}})
    del book["answers"]
    waves = read_survey(path, book)
    assert isinstance(waves, dict)
    assert list(waves) == [1, 2]
    assert matrix(waves[2]) == [[0, 2, 0, None], [1, 0, 0, 0], [0, 0, 0, 3], [None, None, None, 0]]


def test_a_matrix_with_an_unknown_name(tmp_path: Path):
    cells: Rows = [[None, "a", "Betta"], ["a", None, 2], ["b", 1, None]]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, m=cells)
    book = codebook({"layout": "matrix", "sheet": "m"})
    del book["answers"]
    # what ``columns`` says is nothing to a matrix
    more = codebook({"layout": "matrix", "sheet": "m", "columns": "who knows"}, answers={})
    assert ("m", 1, "Betta", "Betta") in problems(path, more)
    assert ("m", 1, "Betta", "Betta") in problems(path, book | {"answers": {}})


def test_relations_in_different_layouts(tmp_path: Path):
    wide: Rows = [["who", "t_a", "t_b", "t_c", "t_d"], ["a", None, 1, 0, 0], ["b", 1, None, 0, 0]]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=wide, Long=LONG)
    book = codebook({"columns": "t_{actor}"})
    book["relations"]["u"] = {"layout": "ties", "sheet": "Long", "partner": "whom"}
    net = read_survey(path, book)
    assert isinstance(net, OrgNetwork)
    assert net.relations == ("t", "u")
    assert matrix(net.relation("t"))[0] == [0, 1, 0, 0]
    assert matrix(net.relation("u"))[0] == [0, 1, 1, 0]


# events

WIDE: Rows = [["who", "t_a", "t_b", "t_c"], ["a", None, 1, 1], ["b", 1, None, 0]]
EVENTS: Rows = [
    ["wave", "actor", "event", "to"],
    [2, "Delta", "joins", None],
    [2, "Beta", "renamed", "Omega"],
    [3, "c", "fusie", "a"],
]


def test_events_keep_the_same_id(tmp_path: Path):
    second: Rows = [
        ["who", "t_a", "t_Omega", "t_c", "t_d"],
        ["a", None, 1, 1, 0],
        ["Omega", 1, None, 0, 1],
    ]
    third: Rows = [["who", "t_Gamma", "t_b", "t_d"], ["Gamma", None, 1, 1], ["b", 0, None, 0]]
    path = workbook(
        tmp_path / "s.xlsx", Actors=ACTORS, One=WIDE, Two=second, Three=third, Events=EVENTS
    )
    waves = {1: {"sheet": "One"}, 2: {"sheet": "Two"}, 3: {"sheet": "Three"}}
    book = codebook({"columns": "t_{actor}"}, waves=waves, events={"sheet": "Events"})
    del book["answers"]
    nets = read_survey(path, book)
    assert isinstance(nets, dict)
    assert [net.actors.index.tolist() for net in nets.values()] == [
        ["a", "b", "c"],
        ["a", "b", "c", "d"],
        ["a", "b", "d"],
    ]
    assert matrix(nets[2])[1] == [1, 0, 0, 1]
    assert matrix(nets[3])[0] == [0, 1, 1]


def test_who_leaves_may_come_back(tmp_path: Path):
    events: Rows = [
        ["wave", "actor", "event", "to"],
        [4, "d", "joins", None],
        [2, "d", "leaves", None],
        [3, "c", "leaves", None],
    ]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, One=WIDE, Events=events)
    waves = {wave: {"sheet": "One"} for wave in (1, 2, 3, 4)}
    book = codebook(
        {"columns": "t_{actor}"}, waves=waves, events={"sheet": "Events"}, not_asked="no_tie"
    )
    del book["answers"]
    with pytest.warns(DataWarning, match="set aside"):
        nets = read_survey(path, book)
    assert isinstance(nets, dict)
    assert ["".join(net.actors.index) for net in nets.values()] == ["abcd", "abc", "ab", "abd"]


def test_every_problem_of_events(tmp_path: Path):
    events = [
        *EVENTS,
        [9, "a", "leaves", None],
        [2, "Dolta", "leaves", None],
        [2, "a", "sleeps", None],
        [2, "a", "merged", "a"],
        [2, "a", "renamed", None],
    ]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, One=WIDE, Events=events)
    book = codebook(
        {"columns": "t_{actor}"},
        waves={1: {"sheet": "One"}, 2: {"sheet": "One"}},
        events={"sheet": "Events"},
    )
    del book["answers"]
    found = [issue for issue in problems(path, book) if issue[0] == "Events"]
    assert found == [
        ("Events", 4, "wave", "3"),
        ("Events", 5, "wave", "9"),
        ("Events", 6, "actor", "Dolta"),
        ("Events", 7, "event", "sleeps"),
        ("Events", 8, "to", "a"),
        ("Events", 9, "to", ""),
    ]


# names

TABLE = pd.DataFrame({"label": ["Thuiszorg Zuid", "Politie"]}, index=["00123", "P"])


def test_reconcile_never_guesses():
    table = reconcile(["P", "politie NV", "Thuiszorg Zud", "xyzzy", "P", ""], TABLE)
    assert table["written"].tolist() == ["P", "politie NV", "Thuiszorg Zud", "xyzzy"]
    assert table["actor"].tolist() == ["P", "P", "", ""]
    assert table["how"].tolist() == ["exact", "folded", "unknown", "unknown"]
    assert table["suggestion"].tolist() == ["", "", "00123", ""]


def test_a_reconciled_table_is_edited_saved_and_used(tmp_path: Path):
    (tmp_path / "t.csv").write_text("source,target\nThuiszorg Zud,de flikken\n", encoding="utf-8")
    with pytest.raises(DataError, match="not among the actors"):
        read_ties(tmp_path / "t.csv", actors=TABLE)
    table = reconcile(["Thuiszorg Zud", "de flikken"], TABLE)
    table["actor"] = ["00123", "P"]
    table.to_csv(tmp_path / "names.csv", index=False)
    for names in (
        table,
        tmp_path / "names.csv",
        dict(zip(table["written"], table["actor"], strict=True)),
    ):
        net = read_ties(tmp_path / "t.csv", actors=TABLE, names=names)
        assert net.ties[["source", "target"]].to_numpy().tolist() == [["00123", "P"]]
    assert len(read_nominations(tmp_path / "t.csv", actors=TABLE, names=table).known) == 1


def test_choices_must_be_actors(tmp_path: Path):
    (tmp_path / "t.csv").write_text("source,target\na,b\n", encoding="utf-8")
    with pytest.raises(DataError, match="not the id of an actor: 'Q'"):
        read_ties(tmp_path / "t.csv", actors=TABLE, names={"a": "Q"})
    with pytest.raises(DataError, match="names need actors"):
        read_ties(tmp_path / "t.csv", names={"a": "Q"})


def test_choices_in_a_matrix_and_in_memberships(tmp_path: Path):
    choices = {"zuid": "00123"}
    (tmp_path / "m.csv").write_text(",zuid,P\nzuid,0,2\nP,1,0\n", encoding="utf-8")
    net = read_matrix(tmp_path / "m.csv", actors=TABLE, names=choices)
    assert net.to_matrix().to_numpy().tolist() == [[0, 2], [1, 0]]
    (tmp_path / "t.csv").write_text("who,health\nzuid,1\n", encoding="utf-8")
    two = read_memberships(tmp_path / "t.csv", actors=TABLE, names=choices)
    assert two.to_matrix().to_numpy().tolist() == [[1], [0]]
    with pytest.raises(DataError, match="not among the actors: 'zuid'"):
        read_matrix(tmp_path / "m.csv", actors=TABLE)


def test_choices_in_a_survey(tmp_path: Path):
    rows: Rows = [["who", "t_a", "t_b", "t_c", "t_d"], ["the firm", None, 1, 0, 0]]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=rows)
    book = codebook({"columns": "t_{actor}"})
    assert problems(path, book) == [("Answers", 2, "who", "the firm")]
    assert matrix(read_survey(path, book, names={"the firm": "a"}))[0] == [0, 1, 0, 0]
