"""A small file of every format: the same answers in each are the same network."""

import warnings
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from orgnet_analytics import DataError, DataWarning, OrgNetwork, TwoModeNetwork
from orgnet_analytics.loaders import (
    read_access,
    read_egonets,
    read_graph,
    read_matrix,
    read_memberships,
    read_name_generator,
    read_nominations,
    read_survey,
    read_ties,
    write_graph,
)
from orgnet_analytics.loaders.sheets import read_sheet

FILES = Path(__file__).parent / "files"
FORMATS, GRAPHS = FILES / "formats", FILES / "graphs"
IDS = ["AZM", "NA", "P", "W"]
UNKNOWN = None
WANTED = [[0, 2, 0, 1], [1, 0, UNKNOWN, 0], [UNKNOWN, UNKNOWN, 0, UNKNOWN], [2, 0, 2, 0]]
WITH_LABELS = (".sav", ".zsav", ".dta")


def cells(net: Any) -> list[list[float | None]]:
    frame = net.to_matrix().astype(object)
    return frame.where(frame.notna(), None).to_numpy().tolist()  # type: ignore[no-any-return]


def codebook(name: str, relation: dict[str, Any] | None = None) -> dict[str, Any]:
    """The codebook; only where the file does not say that 9 is no answer, the codebook has to."""
    own = Path(name).suffix in WITH_LABELS
    book = Path(name).suffix in (".xlsx", ".xls", ".ods")
    return {
        "actors": {"sheet": "Actors" if book else "actors.csv", "id": "code", "label": "name"},
        "answers": {"sheet": "Answers"} if book else {},
        "respondent": "who",
        "relations": {"info": {"columns": "info_{actor}"} | (relation or {}) | {"scale": "often"}},
        "scales": {
            "often": {"values": {"0": 0, "1": 1, "2": 2}} | ({} if own else {"missing": ["9"]})
        },
    }


@pytest.mark.parametrize(
    "name",
    [
        "survey.xlsx", "survey.xls", "survey.ods", "survey.tsv", "survey_bom.csv", "survey_cp1252.csv",
        "survey.sav", "survey.zsav", "survey.dta", "survey_pandas.dta", "survey.parquet",
    ],
)  # fmt: skip
def test_a_survey_in_every_kind_of_file(name: str):
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    net = read_survey(FORMATS / name, codebook(name))
    assert isinstance(net, OrgNetwork)
    assert net.actors.index.tolist() == IDS
    assert net.responded.tolist() == [True, True, False, True]
    assert cells(net) == WANTED


def test_user_missing_codes_are_kept_with_their_labels():
    for name, code in (("survey.sav", "9"), ("survey.zsav", "9"), ("survey.dta", "r")):
        sheet = read_sheet(FORMATS / name)
        assert sheet.missing["info_P"] == {code}, name
        assert sheet.labels["info_P"]["2"] == "weekly"
        assert code in sheet.series(sheet.header.index("info_P")).tolist()


@pytest.mark.parametrize(
    ("name", "relation"),
    [
        ("roster_long.csv", {"layout": "roster_long", "partner": "partner", "answer": "info"}),
        ("matrix.csv", {"layout": "matrix", "columns": "-", "sheet": "matrix.csv"}),
    ],
)
def test_the_same_answers_in_other_layouts(name: str, relation: dict[str, Any]):
    assert cells(read_survey(FORMATS / name, codebook(name, relation))) == WANTED


def test_nominations_and_ties():
    actors = pd.read_csv(FORMATS / "actors.csv", index_col="code", keep_default_na=False)
    actors = actors.rename(columns={"name": "label"})
    named = read_nominations(FORMATS / "nominations.csv", ego="who", actors=actors)
    assert cells(named) == [[0, 1, 0, 1], [1, 0, 0, 0], [None, None, 0, None], [1, 0, 1, 0]]
    ties = read_ties(
        FORMATS / "ties.csv", source="from", target="to", weight="how often", actors=actors
    )
    assert cells(ties) == [[0, 2, 0, 1], [1, 0, None, 0], [0, 0, 0, 0], [2, 0, 2, 0]]
    assert ties.ties["since"].dropna().tolist() == [2019, 2020, 2019, 2020, 2021]


def test_two_modes():
    two = read_memberships(FORMATS / "two_mode.csv")
    assert two.to_matrix().to_numpy().tolist() == [[1, 0, 0], [1, 0, 0], [0, 0, 1], [0, 1, 1]]
    assert two.events.index.tolist() == ["early detection", "housing", "debt help"]


def test_generators_and_personal_networks():
    nets = read_name_generator(
        FORMATS / "name_generator.csv", ego="respondent",
        attributes={"sector": "sector_{number}"}, ties="tie_{first}_{second}",
    )  # fmt: skip
    assert {who: (len(net), len(net.known), len(net.unknown)) for who, net in nets.items()} == {
        "AZM": (3, 3, 0), "W": (4, 4, 1),
    }  # fmt: skip
    again = read_egonets(FORMATS / "alters.csv", ties_sheet="alter_ties.csv", weight="closeness")
    for who, net in nets.items():
        order = again[who].actors.index
        assert again[who].to_matrix().equals(net.to_matrix().loc[order, order])
        assert again[who].actors.equals(net.actors.loc[order])
    access = read_access(
        FORMATS / "positions.csv", respondent="respondent", columns="knows: {item}"
    )
    assert access.loc["AZM"].to_dict() == {"mayor": 1, "nurse": 1, "judge": 0}
    assert pd.isna(access.loc["NA", "judge"])
    got = read_access(
        FORMATS / "resources.csv", respondent="respondent", columns="could get: {item}"
    )
    assert got["legal advice"].tolist() == [1, 1, 0]


def test_a_kobo_workbook_with_a_repeat_group_and_choices():
    path = FILES / "kobo_repeat.xlsx"
    net = read_survey(
        path,
        {
            "actors": {"sheet": "actors", "id": "code", "label": "name"},
            "answers": {"sheet": "Network survey"}, "format": "kobo", "respondent": "org",
            "relations": {"info": {"layout": "ties", "sheet": "partners", "partner": "who",
                                   "answer": "often", "scale": "often"}},
            "scales": {"often": {"values": {"monthly": 1, "weekly": 2}}},
        },
    )  # fmt: skip
    assert cells(net) == [[0, 2, 0, 1], [1, 0, 0, 0], [None, None, 0, None], [2, 0, 2, 0]]
    needs = read_memberships(path, sheet="Network survey", actor="about/org",
                             event=["about/needs/housing", "about/needs/debts"])  # fmt: skip
    assert needs.to_matrix().to_numpy().tolist() == [[1, 0], [0, 0], [1, 1]]


# graph files


def read(name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        return read_graph(GRAPHS / name)


def test_network_canvas_with_a_network_per_interview():
    nets = read("network_canvas.graphml")
    assert list(nets) == ["AZ Merelland", "Welzijnshuis"]
    first = nets["AZ Merelland"]
    assert first.relations == ("knows", "refers")
    assert first.actors["label"].tolist() == [
        "Politie", "Welzijnshuis & co", "Netwerk Apothekers",
    ]  # fmt: skip
    assert first.relation("knows").known[["source", "target"]].to_numpy().tolist() == [
        ["1", "2"], ["2", "3"],
    ]  # fmt: skip
    assert first.actors["closeness"].tolist()[:2] == [2.5, 1.0]
    assert not first.directed


def test_gephi_leaves_its_drawing_behind():
    net = read("gephi.gexf")
    assert net.actors.columns.tolist() == ["sector", "size", "label"]
    assert cells(net) == [[0, 2], [0, 0]]


def test_pajek_with_labels_that_stand_twice_relations_and_lists():
    with pytest.warns(DataWarning, match="2 labels were blank or stood twice"):
        net = read_graph(GRAPHS / "pajek.net")
    assert isinstance(net, OrgNetwork)
    assert (net.name, net.relations) == ("Merelland", ("information", "meets"))
    assert net.actors["label"].tolist() == [
        "AZ Merelland", "Politie", "Politie", 'Welzijnshuis "West"', "Apothekers",
    ]  # fmt: skip
    assert len(net.relation("information").known) == 4
    meets = net.relation("meets").to_matrix().to_numpy()
    assert (meets == meets.T).all()
    assert meets.sum() == 6


def test_a_pajek_project_with_two_modes_a_partition_and_a_vector():
    nets = read("project.paj")
    assert nets["one"].actors.to_dict("list") == {"sector": [1, 2, 1], "size": [0.5, 1.5, 2.5]}
    assert isinstance(nets["two"], TwoModeNetwork)
    assert nets["two"].to_matrix().to_numpy().tolist() == [[1, 0], [0, 0], [0, 2]]


def test_ucinet_in_text_and_in_its_own_files():
    valued = read("valued.dl")
    assert valued.relations == ("information", "money")
    assert cells(valued.relation("information"))[:2] == [[0, 2.5, 0, 1], [1, 0, None, 0]]
    assert cells(valued.relation("money")) == [[0, 0, 0, 1], [0] * 4, [0, 1, 0, 0], [0] * 4]
    two = read("two_mode.dl")
    assert two.to_matrix().to_numpy().tolist() == [[1, 0], [1, 0], [0, 3]]
    own = read("ucinet.##h")
    assert own.actors.index.tolist() == IDS
    assert cells(own) == [[0, 2, 0, 1], [1, 0, None, 0], [0] * 4, [2, 0, 2, 0]]


@pytest.mark.parametrize(
    "name",
    ["igraph.net", "igraph.graphml", "networkx.net", "networkx.gexf", "sna.dl", "ucinet_6000.##h",
     "ucinet_4020.##h", "ucinet_6405.##h"],
)  # fmt: skip
def test_what_other_programs_wrote_is_the_same_network(name: str):
    net = read(name)
    net = net.relation("information") if len(net.relations) > 1 else net
    matrix = net.to_matrix().fillna(0)
    called = dict(
        zip(["AZ Merelland", "Netwerk Apothekers", "Politie", "Welzijnshuis één"], IDS, strict=True)
    )
    matrix = matrix.rename(index=called, columns=called).loc[IDS, IDS]
    assert matrix.to_numpy().tolist() == [[0, 2, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0], [2, 0, 2, 0]]
    unknown = {"NA": ["P"]} if name.startswith("ucinet") else {}
    assert net.unknown.groupby("source", observed=True)["target"].apply(list).to_dict() == unknown


def test_vertices_of_igraph_go_by_their_names(tmp_path: Path):
    text = (GRAPHS / "igraph.graphml").read_text(encoding="utf-8")
    (tmp_path / "twice.graphml").write_text(text.replace(">NA<", ">AZM<"), encoding="utf-8")
    net, twice = read("igraph.graphml"), read_graph(tmp_path / "twice.graphml")
    assert net.actors.index.tolist() == IDS
    assert net.actors.columns.tolist() == ["id", "sector", "size"]
    assert twice.actors.index.tolist() == ["n0", "n1", "n2", "n3"]
    assert twice.actors["name"].tolist() == ["AZM", "AZM", "P", "W"]


def test_further_relations_and_two_modes_of_other_programs():
    for name, work in (("sna.dl", "work"), ("ucinet_6405.##h", "work")):
        matrix = read(name).relation(work).to_matrix().fillna(0)
        assert matrix.to_numpy().tolist() == [[0, 1, 0, 1], [0] * 4, [0] * 4, [0, 0, 1, 0]]
    for name in ("igraph_two_mode.net", "ucinet_5000.##h"):
        two = read(name)
        assert isinstance(two, TwoModeNetwork)
        assert two.to_matrix().to_numpy().tolist() == [[1, 0], [1, 0], [0, 1], [1, 1]]
        assert two.events.index.tolist() == ["early detection", "housing"]


def test_a_kind_of_ucinet_file_nobody_writes(tmp_path: Path):
    for place, value in ((14, 0), (16, 10)):
        head = bytearray((GRAPHS / "ucinet_6000.##h").read_bytes())
        head[place] = value
        (tmp_path / "n.##h").write_bytes(head)
        (tmp_path / "n.##d").write_bytes((GRAPHS / "ucinet_6000.##d").read_bytes())
        with pytest.raises(DataError, match="a kind of UCINET file this cannot read"):
            read_graph(tmp_path / "n.##h")


@pytest.mark.parametrize("name", ["network_canvas.graphml", "gephi.gexf", "pajek.net", "valued.dl"])
@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".dl", ".xlsx"])
def test_what_came_in_goes_out_and_comes_back(tmp_path: Path, name: str, suffix: str):
    found = read(name)
    net = next(iter(found.values())) if isinstance(found, dict) else found
    told = net.known["weight"].sum()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DataWarning)
        write_graph(net, tmp_path / f"n{suffix}")
        again = read_graph(tmp_path / f"n{suffix}", directed=net.directed)
    assert isinstance(again, OrgNetwork)
    assert len(again) == len(net)
    assert again.relations == net.relations
    assert again.known["weight"].sum() == told


def test_a_matrix_of_other_programs():
    net = read_matrix(FORMATS.parent / "square.csv", blank=0)
    assert cells(net) == [[0, 2, 1], [0, 0, 1], [1, 0, 0]]
