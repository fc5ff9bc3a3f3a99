"""Edge lists, matrices, nominations and memberships."""

from pathlib import Path

import pandas as pd
import pytest

from orgnet_analytics import DataError, DataWarning
from orgnet_analytics.loaders import read_matrix, read_memberships, read_nominations, read_ties


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def issues(error: DataError) -> list[tuple[object, ...]]:
    return list(error.issues[["row", "column", "value"]].itertuples(index=False, name=None))


ACTORS = pd.DataFrame({"label": ["Thuiszorg Zuid", "Apothekers"]}, index=["00123", "NA"])


def test_ties_with_awkward_names(tmp_path: Path):
    path = write(
        tmp_path / "t.csv",
        "source,target,weight,since\n00123,NA,2,2019\nNone,<b>x</b>,,2020\n12345678901234567,00123,0.5,2021\n",
    )
    net = read_ties(path, name="ties")
    assert set(net.actors.index) == {"00123", "NA", "None", "<b>x</b>", "12345678901234567"}
    assert net.ties["weight"].tolist()[0] == 2.0
    assert pd.isna(net.ties["weight"].tolist()[1])
    assert net.ties["since"].tolist() == [2019, 2020, 2021]


def test_ties_matched_to_actors(tmp_path: Path):
    path = write(tmp_path / "t.csv", "van;naar;soort\nthuiszorg zuid vzw;NA;zorg\n")
    net = read_ties(path, source="van", target="naar", relation="soort", actors=ACTORS)
    assert net.ties[["source", "target", "relation"]].to_numpy().tolist() == [
        ["00123", "NA", "zorg"]
    ]
    assert net.relations == ("zorg",)


def test_every_problem_of_a_table_of_ties(tmp_path: Path):
    path = write(
        tmp_path / "t.csv", "source,target,weight\n00123,Apotheker,1\n\n,NA,often\n00123,NA,-1\n"
    )
    with pytest.raises(DataError) as caught:
        read_ties(path, actors=ACTORS)
    assert issues(caught.value) == [
        (4, "source", ""),
        (2, "target", "Apotheker"),
        (4, "weight", "often"),
        (5, "weight", "-1"),
    ]
    assert "did you mean 'Apothekers'?" in caught.value.issues["suggestion"].tolist()


def test_every_kind_of_table_gives_the_same_network(tmp_path: Path):
    pytest.importorskip("pyarrow")
    names = ["Zorg", "Ápotheek", "00123", "NA", " Zorg  Zuid "]
    pairs = [(a, b) for a in names for b in names if a != b] * 100
    frame = pd.DataFrame(pairs, columns=["source", "target"]).astype("str")
    frame["weight"], frame["relation"] = [2.0, None] * 1000, [f"r{i // 20}" for i in range(2000)]
    frame["note"] = [["", "x"][i % 2] for i in range(2000)]
    frame.to_csv(tmp_path / "a.csv", index=False)
    frame.to_parquet(tmp_path / "coded.parquet", row_group_size=700)
    frame.to_parquet(tmp_path / "plain.parquet", use_dictionary=False)
    frame.astype({"source": "category"}).to_parquet(tmp_path / "kinds.parquet")
    nets = [
        read_ties(tmp_path / file)
        for file in ("a.csv", "coded.parquet", "plain.parquet", "kinds.parquet")
    ]
    assert nets[0].actors.index.tolist() == ["Zorg", "Ápotheek", "00123", "NA", "Zorg Zuid"]
    assert nets[0].ties["source"].dtype == "str"
    assert all(net == nets[0] for net in nets)


def test_parallel_ties_are_told_at_their_row(tmp_path: Path):
    path = write(tmp_path / "t.csv", "source,target\na,a\na,b\n\na,b\n")
    with pytest.raises(DataError) as caught:
        read_ties(path)
    assert issues(caught.value) == [(5, "", "a - b")]
    with pytest.warns(DataWarning, match="1 tie of an actor with itself"):
        assert read_ties(path, duplicates="sum").ties["weight"].tolist() == [2.0]


def test_a_wrong_column_offers_the_nearest(tmp_path: Path):
    with pytest.raises(DataError, match="did you mean 'sources'"):
        read_ties(write(tmp_path / "t.csv", "sources,target\na,b\n"))


def test_names_that_read_alike_stay_apart_with_a_warning(tmp_path: Path):
    path = write(tmp_path / "t.csv", "source,target\nAlfa,Beta vzw\nalfa,Beta\n")
    with pytest.warns(DataWarning, match="kept apart: 'Alfa' / 'alfa'; 'Beta vzw' / 'Beta'"):
        assert len(read_ties(path)) == 4


def test_actors_that_read_alike_are_refused(tmp_path: Path):
    path = write(tmp_path / "t.csv", "source,target\nAlfa,Beta\n")
    with pytest.raises(DataError, match="reads like a name of 'Alfa' too"):
        read_ties(path, actors=["Alfa", "ALFA nv", "Beta"])


def test_a_matrix_in_another_column_order(tmp_path: Path):
    path = write(tmp_path / "m.csv", ",b,NA,00123\n00123,2,,\nNA,0,,1\nb,,0,0.5\n")
    cells = read_matrix(path).to_matrix()
    assert cells.index.tolist() == ["00123", "NA", "b"]
    assert cells.loc["00123", "b"] == 2
    assert pd.isna(cells.loc["00123", "NA"])
    assert cells.loc["b", "00123"] == 0.5
    assert read_matrix(path, blank=0).to_matrix().loc["00123", "NA"] == 0


def test_every_problem_of_a_matrix(tmp_path: Path):
    path = write(tmp_path / "m.csv", ",a,b,d\na,,x,1\nb,-1,,1\nc,0,0,0\n")
    with pytest.raises(DataError) as caught:
        read_matrix(path)
    assert set(issues(caught.value)) == {(4, "", "c"), (1, "", "d"), (2, "b", "x"), (3, "a", "-1")}


def test_an_undirected_matrix_must_be_symmetric(tmp_path: Path):
    path = write(tmp_path / "m.csv", ",a,b\na,0,1\nb,0,0\n")
    with pytest.raises(DataError, match="not symmetric"):
        read_matrix(path, directed=False)


def test_nominations(tmp_path: Path):
    path = write(tmp_path / "n.csv", "wie,partner 1,partner 2\nNA,00123,None\n00123,NA; b,\nb,,\n")
    net = read_nominations(path)
    assert net.responded.to_dict() == {"NA": True, "00123": True, "b": True, "None": False}
    cells = net.to_matrix()
    assert cells.loc["NA"].tolist() == [0, 1, 0, 1]
    assert cells.loc["None"].isna().tolist() == [True, True, True, False]
    assert cells.loc["b"].tolist() == [0, 0, 0, 0]


def test_nominations_by_pattern_and_actors(tmp_path: Path):
    path = write(tmp_path / "n.csv", "x,wie,p1,p2,why\n1,NA,thuiszorg ZUID,,because\n")
    net = read_nominations(path, ego="wie", alters="p{number}", actors=ACTORS, relation="help")
    assert net.ties.loc[0, ["source", "target"]].tolist() == ["NA", "00123"]
    assert net.relations == ("help",)
    with pytest.raises(DataError, match="not among the actors"):
        read_nominations(path, ego="wie", alters=["why"], actors=ACTORS)


def test_every_problem_of_nominations(tmp_path: Path):
    path = write(tmp_path / "n.csv", "ego,a1\nx,x\nx,y\n,y\n")
    with pytest.raises(DataError) as caught:
        read_nominations(path)
    assert issues(caught.value) == [(4, "ego", ""), (3, "ego", "x"), (2, "a1", "x")]


def test_memberships_as_incidence(tmp_path: Path):
    path = write(tmp_path / "e.csv", "organisatie,wonen,zorg,werk\nNA,1,,0\n00123,2,1,0\n")
    two = read_memberships(path, actor="organisatie")
    assert two.to_matrix().to_numpy().tolist() == [[1, 0, 0], [2, 1, 0]]
    assert two.events.index.tolist() == ["wonen", "zorg", "werk"]
    assert read_memberships(path, blank=None).to_matrix().isna().to_numpy().sum() == 1


def test_memberships_as_pairs(tmp_path: Path):
    path = write(tmp_path / "e.csv", "org,domain,hours\nNA,wonen,3\n00123,zorg,1\n")
    two = read_memberships(path, actor="org", event="domain", weight="hours")
    assert two.known["weight"].tolist() == [3.0, 1.0]


def test_every_problem_of_memberships(tmp_path: Path):
    path = write(tmp_path / "e.csv", "org,wonen,zorg\nNA,1,often\nNA,1,1\nAphothekers,0,0\n")
    with pytest.raises(DataError) as caught:
        read_memberships(path, actors=ACTORS)
    assert issues(caught.value) == [
        (4, "org", "Aphothekers"),
        (3, "org", "NA"),
        (2, "zorg", "often"),
    ]


def test_the_strength_is_read_whatever_the_capitals_of_its_heading(tmp_path: Path):
    path = tmp_path / "gephi.csv"
    path.write_text("Source,Target,Weight,Relation\na,b,2.5,pays\n")
    net = read_ties(path)
    assert net.to_matrix().loc["a", "b"] == 2.5
    assert net.relations == ("pays",)


@pytest.mark.parametrize("pandas_index", [False, True])
def test_half_a_number_with_a_decimal_comma_is_not_lost(tmp_path: Path, pandas_index: bool):
    first = "," if pandas_index else ""
    path = tmp_path / "ties.csv"
    path.write_text(f"{first}source,target,weight\n{first}a,b,1,5\n{first}b,c,2\n")
    with pytest.raises(DataError, match="a cell beyond the last heading: '5'") as caught:
        read_ties(path)
    assert caught.value.issues["row"].tolist() == [2]
