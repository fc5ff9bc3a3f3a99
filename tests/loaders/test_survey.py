"""read_survey: what stands in the file comes out, and everything wrong is told at once."""

import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork
from orgnet_analytics.loaders import read_survey

CODEBOOK: dict[str, Any] = {
    "name": "Small town",
    "actors": {
        "sheet": "Actors",
        "id": "code",
        "label": "name",
        "aliases": "also",
        "attributes": {"kind": "sector", "size": "size"},
    },
    "answers": {"sheet": "Answers", "responded": "answered"},
    "respondent": "who",
    "relations": {
        "info": {"columns": "info_{actor}", "scale": "often"},
        "help": {"columns": "help_{actor}", "scale": "yes_no", "others": "help_other", "blank": 0},
    },
    "scales": {
        "often": {"values": {"never": 0, "monthly": 1, "weekly": 2}, "missing": ["don't know", "99"]},
        "yes_no": {"values": {"yes": 1, "no": 0}},
    },
}  # fmt: skip
ACTORS = [
    ["code", "name", "also", "kind", "size", "answered"],
    ["00123", "Thuiszorg Zuid vzw", "TZ; Zuidzorg", "care", 12, "ja"],
    ["NA", "Netwerk Apothekers", None, "care", 3.5, "ja"],
    ["None", "<b>Huis</b>", None, "housing", None, "ja"],
    ["P", "Politie", None, "safety", 40, "nee"],
]
ANSWERS = [
    ["who", "info_00123", "info_NA", "info_None", "info_P",
     "help_00123", "help_NA", "help_None", "help_P", "help_other"],
    ["thuiszorg  zuid V.Z.W.", None, "weekly", "Monthly ", "never", None, "yes", None, "no", "Bakker Jan"],
    ["NA", "don't know", None, "never", 99, "yes", None, None, None, None],
    ["<b>Huis</b>", None, "never", None, "weekly", None, None, None, None, "Politie; Bakker Jan"],
]  # fmt: skip


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def changed(rows: list[list[object]], *changes: tuple[int, int, object]) -> list[list[object]]:
    copy = [row[:] for row in rows]
    for row, column, value in changes:
        copy[row][column] = value
    return copy


def told(path: Path, codebook: Any = CODEBOOK) -> list[tuple[object, ...]]:
    with pytest.raises(DataError) as caught:
        read_survey(path, codebook)
    rows = caught.value.issues[["where", "row", "column", "value"]]
    return list(rows.itertuples(index=False, name=None))


def suggestions(path: Path, codebook: Any = CODEBOOK) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_survey(path, codebook)
    return list(caught.value.issues["suggestion"])


@pytest.fixture
def net(tmp_path: Path) -> OrgNetwork:
    path = workbook(tmp_path / "survey.xlsx", Actors=ACTORS, Answers=ANSWERS)
    with pytest.warns(DataWarning, match="2 names off the roster set aside: 'Bakker Jan'"):
        found = read_survey(path, CODEBOOK)
    assert isinstance(found, OrgNetwork)
    return found


def test_awkward_ids_survive(net: OrgNetwork):
    assert net.actors.index.tolist() == ["00123", "NA", "None", "P"]
    assert net.actors["label"].tolist()[2] == "<b>Huis</b>"


def test_attributes_keep_their_kind(net: OrgNetwork):
    assert net.actors["size"].tolist()[:2] == [12.0, 3.5]
    assert net.actors["size"].isna().tolist() == [False, False, True, False]
    assert net.actors["sector"].tolist() == ["care", "care", "housing", "safety"]
    assert net.responded.tolist() == [True, True, True, False]


def test_tie_no_tie_and_unknown_are_three_states(net: OrgNetwork):
    info = net.relation("info").to_matrix()
    assert info.loc["00123"].tolist() == [0.0, 2.0, 1.0, 0.0]
    assert info.loc["NA"].isna().tolist() == [True, False, False, True]
    assert info.loc["None"].isna().tolist() == [True, False, False, False]
    assert info.loc["P"].isna().tolist() == [True, True, True, False]


def test_a_blank_may_mean_no_and_others_are_matched(net: OrgNetwork):
    helps = net.relation("help").to_matrix()
    assert helps.loc["NA"].tolist() == [1.0, 0.0, 0.0, 0.0]
    assert helps.loc["None"].tolist() == [0.0, 0.0, 0.0, 1.0]


def test_notes_say_what_was_set_aside_and_recognized(net: OrgNetwork):
    assert any("off the roster" in note and "Bakker Jan" in note for note in net.notes)
    assert any("'thuiszorg  zuid V.Z.W.' is 00123" in note for note in net.notes)


def test_every_problem_in_one_error(tmp_path: Path):
    answers = changed(
        ANSWERS,
        (0, 3, "info_Nonne"),
        (1, 2, "often"),
        (2, 7, "yes"),
        (2, 6, "yes"),
        (3, 0, "Politi"),
    )
    actors = changed(ACTORS, (4, 0, "NA"), (2, 5, "perhaps"))
    path = workbook(tmp_path / "survey.xlsx", Actors=actors, Answers=answers)
    found = told(path)
    assert ("Actors", 5, "code", "NA") in found
    assert ("Actors", 3, "answered", "perhaps") in found
    assert ("Answers", 1, "info_Nonne", "info_Nonne") in found
    assert ("Answers", 2, "info_NA", "often") in found
    assert ("Answers", 3, "help_NA", "yes") in found
    assert ("Answers", 4, "who", "Politi") in found


def test_the_nearest_name_is_offered(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=changed(ANSWERS, (3, 0, "Politi")))
    assert "did you mean 'Politie'?" in suggestions(path)
    path = workbook(
        tmp_path / "t.xlsx", Actors=ACTORS, Answers=changed(ANSWERS, (0, 3, "info_Nonne"))
    )
    assert "did you mean 'info_None'?" in suggestions(path)


def test_who_answers_twice_is_told_on_both_rows(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=changed(ANSWERS, (3, 0, "NA")))
    assert [row for _, row, _, _ in told(path)] == [3, 4]
    assert suggestions(path) == ["see row 4", "see row 3"]


def test_a_missing_sheet_offers_the_nearest(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answer=ANSWERS)
    assert told(path) == [("s.xlsx", "", "", "Answers")]
    assert suggestions(path) == ["did you mean 'Answer'?"]


def test_missing_columns_are_named(tmp_path: Path):
    answers = changed(ANSWERS, (0, 0, "whom"), (0, 9, "helper"))
    path = workbook(tmp_path / "s.xlsx", Actors=changed(ACTORS, (0, 3, "knd")), Answers=answers)
    found = told(path)
    assert ("Actors", 1, "kind", "kind") in found
    assert ("Answers", 1, "who", "who") in found
    assert "did you mean 'knd'?" in suggestions(path)


def test_no_column_of_a_relation(tmp_path: Path):
    answers = [[row[0], *row[5:]] for row in ANSWERS]
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=answers)
    assert told(path) == [("Answers", 1, "info_{actor}", "info_{actor}")]


def test_two_columns_about_one_actor(tmp_path: Path):
    path = workbook(
        tmp_path / "s.xlsx", Actors=ACTORS, Answers=changed(ANSWERS, (0, 3, "info_Zuidzorg"))
    )
    assert ("Answers", 1, "info_Zuidzorg", "info_Zuidzorg") in told(path)


def test_two_actors_that_read_alike_are_refused(tmp_path: Path):
    actors = changed(ACTORS, (4, 1, "THUISZORG zuid nv"))
    path = workbook(tmp_path / "s.xlsx", Actors=actors, Answers=ANSWERS)
    assert ("Actors", 5, "", "THUISZORG zuid nv") in told(path)


def test_self_ties_may_be_set_aside(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=changed(ANSWERS, (2, 6, "yes")))
    with pytest.warns(DataWarning, match="1 tie of an actor with itself"):
        net = read_survey(path, CODEBOOK | {"self_ties": "set_aside"})
    assert isinstance(net, OrgNetwork)
    assert net.relation("help").to_matrix().loc["NA", "NA"] == 0


def test_off_roster_names_may_be_an_error(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=ANSWERS)
    found = told(path, CODEBOOK | {"off_roster": "error"})
    assert found == [
        ("Answers", 2, "help_other", "Bakker Jan"),
        ("Answers", 4, "help_other", "Bakker Jan"),
    ]


def test_said_to_have_answered_without_a_row(tmp_path: Path):
    path = workbook(tmp_path / "s.xlsx", Actors=changed(ACTORS, (4, 5, "ja")), Answers=ANSWERS)
    assert told(path) == [("Answers", "", "who", "P")]


def test_members_without_a_column_are_unknown(tmp_path: Path):
    answers = [row[:4] + row[5:9] for row in ANSWERS]
    codebook = CODEBOOK | {
        "relations": CODEBOOK["relations"]
        | {"help": {"columns": "help_{actor}", "scale": "yes_no"}}
    }
    path = workbook(tmp_path / "s.xlsx", Actors=ACTORS, Answers=answers)
    with pytest.warns(DataWarning, match="nobody was asked about 1 in 'info', unknown: P"):
        net = read_survey(path, codebook)
    assert isinstance(net, OrgNetwork)
    assert net.relation("info").to_matrix()["P"].isna().tolist() == [True, True, True, False]
    with pytest.warns(DataWarning, match="nobody was asked"):
        net = read_survey(path, codebook | {"not_asked": "no_tie"})
    assert isinstance(net, OrgNetwork)
    assert net.relation("info").to_matrix()["P"].isna().tolist() == [False] * 4


def test_waves_members_and_synthetic(tmp_path: Path):
    actors = [
        [*row, *more]
        for row, more in zip(
            ACTORS,
            (["in 1", "in 2"], ["ja", "ja"], ["ja", "ja"], ["ja", "ja"], ["nee", "ja"]),
            strict=True,
        )
    ]
    first = [[row[0], *row[1:4], *row[5:8], row[9]] for row in ANSWERS]
    path = workbook(tmp_path / "s.xlsx", Actors=actors, One=first, Two=ANSWERS)
    codebook = {key: value for key, value in CODEBOOK.items() if key != "answers"} | {
        "synthetic": True,
        "language": "nl",
        "waves": {2021: {"sheet": "One", "member": "in 1"}, "later": {"sheet": "Two"}},
    }
    with pytest.warns(DataWarning):
        waves = read_survey(path, codebook)
    assert isinstance(waves, dict)
    assert list(waves) == [2021, "later"]
    assert [len(net) for net in waves.values()] == [3, 4]
    assert waves[2021].name == "Small town 2021 (synthetisch)"
    assert any("synthetic" in note for note in waves[2021].notes)
    assert any("has a row of answers" in note for note in waves[2021].notes)
    assert waves["later"].responded.tolist() == [True, True, True, False]


def test_undirected_takes_the_stronger_report(tmp_path: Path):
    actors = [["id"], ["a"], ["b"], ["c"], ["d"]]
    answers = [
        ["who", "t_a", "t_b", "t_c", "t_d"],
        ["a", "", 1, 0, ""],
        ["b", 2, "", "", 0],
    ]
    path = workbook(tmp_path / "s.xlsx", Actors=actors, Answers=answers)
    codebook = {
        "actors": {"sheet": "Actors", "id": "id"}, "answers": {"sheet": "Answers"},
        "respondent": "who", "directed": False, "relations": {"t": {"columns": "t_{actor}"}},
    }  # fmt: skip
    net = read_survey(path, codebook)
    assert isinstance(net, OrgNetwork)
    cells = net.to_matrix()
    assert cells.loc["a", "b"] == cells.loc["b", "a"] == 2
    assert cells.loc["a", "c"] == 0
    assert pd.isna(cells.loc["a", "d"])
    assert pd.isna(cells.loc["b", "c"])
    assert cells.loc["b", "d"] == 0
    assert pd.isna(cells.loc["c", "d"])


def test_spss_with_user_missing_values(tmp_path: Path):
    frame = pd.DataFrame(
        {
            "who": ["A1", "B2"],
            "t_a1": [float("nan"), 3.0],
            "t_b2": [9.0, float("nan")],
            "t_c3": [1.0, 2.0],
        }
    )
    labels = {
        column: {1.0: "never", 2.0: "monthly", 3.0: "weekly"} for column in ("t_a1", "t_b2", "t_c3")
    }
    pyreadstat.write_sav(
        frame, str(tmp_path / "answers.sav"), variable_value_labels=labels,
        missing_ranges={column: [{"lo": 8.0, "hi": 9.0}] for column in labels},
    )  # fmt: skip
    (tmp_path / "actors.csv").write_text("id\nA1\nB2\nC3\n", encoding="utf-8")
    codebook = {
        "actors": {"sheet": "actors.csv", "id": "id"}, "answers": {}, "respondent": "who",
        "relations": {"t": {"columns": "t_{actor}", "scale": "often"}},
        "scales": {"often": {"values": {"never": 0, "monthly": 1, "weekly": 2}}},
    }  # fmt: skip
    net = read_survey(tmp_path / "answers.sav", codebook)
    assert isinstance(net, OrgNetwork)
    cells = net.to_matrix()
    assert cells.loc["B2"].tolist() == [2.0, 0.0, 1.0]
    assert pd.isna(cells.loc["A1", "B2"])
    assert cells.loc["A1", "C3"] == 0


def test_the_codebook_beside_the_file_is_used(tmp_path: Path):
    path = workbook(
        tmp_path / "s.xlsx",
        Actors=[["id"], ["a"], ["b"]],
        Answers=[["who", "t_a", "t_b"], ["a", None, 1]],
    )
    with pytest.raises(DataError, match=r"codebook\.yaml"):
        read_survey(path)
    (tmp_path / "codebook.yaml").write_text(
        "actors: {sheet: Actors, id: id}\nanswers: {sheet: Answers}\nrespondent: who\n"
        "relations: {t: {columns: 't_{actor}'}}\n",
        encoding="utf-8",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        net = read_survey(path)
    assert isinstance(net, OrgNetwork)
    assert net.ties[["source", "target", "weight"]].to_numpy().tolist() == [["a", "b", 1.0]]
