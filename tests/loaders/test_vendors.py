"""The exports of survey programs: different files, one network."""

import warnings
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork
from orgnet_analytics.loaders import read_survey

FILES = Path(__file__).parent / "files"
WORDS = {"never": 0, "monthly": 1, "weekly": 2}
INFO = "How often do you exchange information"
WORK = {"ticked": True}
PAIRS = {"layout": "roster_long", "partner": "partner_name"}
BASE: dict[str, Any] = {
    "actors": {"sheet": "actors.csv", "id": "code", "label": "name"},
    "answers": {},
    "scales": {
        "often": {"values": WORDS},
        "code": {"values": {"A1": 0, "A2": 1, "A3": 2}},
        "yes_no": {"values": {"yes": 1, "no": 0}},
    },
}
CODEBOOKS: dict[str, dict[str, Any]] = {
    "qualtrics.csv": {
        "format": "qualtrics", "respondent": "Q1",
        "relations": {
            "info": {"columns": f"{INFO} with: - {{actor}}", "scale": "often"},
            "work": {"columns": "Which of these do you work with? - Selected Choice - {actor}"} | WORK,
        },
    },
    "limesurvey.csv": {
        "format": "limesurvey", "respondent": "org",
        "relations": {
            "info": {"columns": "info[{actor}]", "scale": "code"},
            "work": {"columns": "work[{actor}]"} | WORK,
        },
    },
    "kobo.csv": {
        "format": "kobo", "respondent": "org",
        "relations": {
            "info": {"columns": "info_{actor}", "scale": "often"},
            "work": {"columns": "work/{actor}"} | WORK,
        },
    },
    "google_forms.csv": {
        "format": "forms", "respondent": "Your organization",
        "relations": {
            "info": {"columns": f"{INFO}? [{{actor}}]", "scale": "often"},
            "work": {"layout": "nominations", "columns": "Whom do you work with?", "separator": ", "},
        },
    },
    "microsoft_forms.csv": {
        "format": "forms", "respondent": "Your organization",
        "relations": {
            "info": {"columns": "{actor}", "scale": "often"},
            "work": {"layout": "nominations", "columns": "Whom do you work with?"},
        },
    },
    "partner.csv": {
        "format": "partner", "respondent": "respondent_name",
        "relations": {
            "info": {"answer": "q5_frequency", "scale": "often"} | PAIRS,
            "work": {"answer": "q6_work", "scale": "yes_no"} | PAIRS,
        },
    },
}  # fmt: skip
IDS = ["AZM", "NA", "P", "W"]
UNKNOWN = None
INFORMATION = [[0, 2, 0, 1], [1, 0, UNKNOWN, 0], [UNKNOWN, UNKNOWN, 0, UNKNOWN], [2, 0, 2, 0]]
WORKING = [[0, 1, 0, 1], [0, 0, 0, 0], [UNKNOWN, UNKNOWN, 0, UNKNOWN], [0, 0, 1, 0]]


def check(net: Any) -> None:
    assert isinstance(net, OrgNetwork)
    assert net.actors.index.tolist() == IDS
    assert net.responded.tolist() == [True, True, False, True]
    for kind, wanted in (("info", INFORMATION), ("work", WORKING)):
        frame = pd.DataFrame(wanted, index=IDS, columns=IDS, dtype=float)
        pd.testing.assert_frame_equal(net.relation(kind).to_matrix(), frame, check_names=False)


@pytest.mark.parametrize("name", CODEBOOKS)
def test_each_export_tells_the_same_network(name: str):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check(read_survey(FILES / name, BASE | CODEBOOKS[name]))


@pytest.mark.parametrize("name", ["microsoft_forms.csv", "kobo.csv"])
def test_the_same_as_a_workbook(tmp_path: Path, name: str):
    between = ";" if name == "kobo.csv" else ","
    book = openpyxl.Workbook()
    for sheet, file, sep in (
        (book.active, name, between),
        (book.create_sheet("actors.csv"), "actors.csv", ","),
    ):
        for line in (FILES / file).read_text(encoding="utf-8").splitlines():
            sheet.append(line.split(sep))
    book.save(tmp_path / "export.xlsx")
    codebook = BASE | CODEBOOKS[name] | {"answers": {"sheet": "Sheet"}}
    check(read_survey(tmp_path / "export.xlsx", codebook))


def test_a_repeat_group_of_kobo(tmp_path: Path):
    book = openpyxl.Workbook()
    rows: dict[str, list[list[object]]] = {
        "main": [["about/org", "_index"], ["AZM", 1], ["NA", 2], ["W", 3]],
        "partners": [
            ["partners/who", "partners/often", "_parent_table_name", "_parent_index"],
            ["NA", "weekly", "main", 1], ["W", "monthly", "main", 1], ["AZM", "monthly", "main", 2],
        ],
        "actors": [["code", "name"], *([i, f"name {i}"] for i in IDS)],
    }  # fmt: skip
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(tmp_path / "k.xlsx")
    codebook = BASE | {
        "actors": {"sheet": "actors", "id": "code"}, "answers": {"sheet": "main"},
        "format": "kobo", "respondent": "org",
        "relations": {
            "info": {"layout": "ties", "sheet": "partners", "partner": "who",
                     "answer": "often", "scale": "often"},
        },
    }  # fmt: skip
    net = read_survey(tmp_path / "k.xlsx", codebook)
    assert isinstance(net, OrgNetwork)
    assert net.known[["source", "target", "weight"]].to_numpy().tolist() == [
        ["AZM", "NA", 2.0],
        ["AZM", "W", 1.0],
        ["NA", "AZM", 1.0],
    ]
    assert net.to_matrix().loc["W"].tolist() == [0, 0, 0, 0]


def test_a_row_of_a_repeat_group_without_its_form(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["org", "_index"])
    book.active.append(["AZM", 1])
    sheet = book.create_sheet("partners")
    sheet.append(["who", "_parent_index"])
    sheet.append(["NA", 7])
    book.save(tmp_path / "k.xlsx")
    (tmp_path / "actors.csv").write_bytes((FILES / "actors.csv").read_bytes())
    codebook = BASE | {
        "answers": {"sheet": "Sheet"}, "format": "kobo", "respondent": "org",
        "relations": {"info": {"layout": "ties", "sheet": "partners", "partner": "who"}},
    }  # fmt: skip
    with pytest.raises(DataError, match="belongs to no row of 'Sheet': '7'"):
        read_survey(tmp_path / "k.xlsx", codebook)


def test_a_plain_table_is_no_qualtrics_export():
    with pytest.raises(DataError, match="not a Qualtrics export"):
        read_survey(FILES / "google_forms.csv", BASE | CODEBOOKS["qualtrics.csv"])


def test_a_misspelled_question_is_told_with_the_nearest():
    codebook = (
        BASE
        | CODEBOOKS["kobo.csv"]
        | {"relations": {"info": {"columns": "inf_{actor}", "scale": "often"}}}
    )
    with pytest.raises(DataError, match="no column fits the relation 'info'"):
        read_survey(FILES / "kobo.csv", codebook)


def test_names_in_other_cells_are_set_aside(tmp_path: Path):
    text = (FILES / "google_forms.csv").read_text(encoding="utf-8")
    (tmp_path / "actors.csv").write_bytes((FILES / "actors.csv").read_bytes())
    rows = text.splitlines()
    rows[-1] = rows[-1].rsplit(",", 1)[0] + ',"Politie, Bakker"'
    (tmp_path / "g.csv").write_text("\n".join(rows), encoding="utf-8")
    with pytest.warns(DataWarning, match="1 name off the roster set aside: 'Bakker'"):
        check(read_survey(tmp_path / "g.csv", BASE | CODEBOOKS["google_forms.csv"]))
