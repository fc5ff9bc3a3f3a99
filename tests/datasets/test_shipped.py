"""The shipped data sets: what they hold, against their sources."""

import runpy
from pathlib import Path

import pytest

from orgnet_analytics import UndefinedError, datasets

OUT_DEGREE = {"COUN": 4, "COMM": 7, "EDUC": 6, "INDU": 4, "MAYR": 8,
              "WRO": 3, "NEWS": 3, "UWAY": 6, "WELF": 3, "WEST": 5}  # fmt: skip


def test_knoke_has_the_published_ties():
    net = datasets.load_knoke()
    information = net.relation("information")
    assert information.ties["source"].value_counts().to_dict() == OUT_DEGREE
    assert len(information.known) / 90 == pytest.approx(0.5444, abs=5e-5)
    assert len(net.relation("money").known) / 90 == pytest.approx(0.2444, abs=5e-5)
    dyads = information.graph.dyad_census()
    assert tuple(dyads) == (17, 15, 13)


def test_knoke_money_has_an_isolate():
    money = datasets.load_knoke().relation("money")
    degree = money.per_actor(money.graph.degree(), "degree")
    assert degree[degree == 0].index.tolist() == ["WRO"]


def test_every_data_set_is_described():
    table = datasets.list_datasets()
    assert table.isna().sum().sum() == 0
    assert table.index.is_unique
    assert set(table["kind"]) == {"real", "synthetic"}
    assert table.loc["chronic_care", "kind"] == "synthetic"


def test_listed_sets_have_a_function_and_the_other_way_round():
    table = datasets.list_datasets()
    verb = table["comes"].map({"shipped": "load_", "downloaded": "fetch_"})
    offered = {name for name in datasets.__all__ if name.startswith(("load_", "fetch_"))}
    assert set(verb + table.index) == offered


def test_an_unknown_case_names_the_choices():
    with pytest.raises(UndefinedError, match="'chronic_care'"):
        datasets.case_folder("acute_care")


def test_a_case_in_the_package_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    inside = tmp_path / "orgnet_analytics" / "datasets" / "cases" / "chronic_care"
    beside = tmp_path / "data" / "chronic_care"
    monkeypatch.setattr(datasets.shipped, "HERE", tmp_path / "orgnet_analytics" / "datasets")
    assert datasets.case_folder("chronic_care") == beside
    inside.mkdir(parents=True)
    assert datasets.case_folder("chronic_care") == inside


def test_the_facts_of_a_case_cannot_be_changed():
    case = datasets.load_chronic_care()
    facts = case.facts
    facts.loc[2021, "trust"] = 9.0
    assert case.facts.loc[2021, "trust"] < 1


def test_the_catalogue_page_is_up_to_date():
    folder = Path(__file__).parents[2]
    written = runpy.run_path(str(folder / "data" / "make_catalogue.py"))
    assert (folder / "docs" / "data.md").read_text(encoding="utf-8") == written["page"]()
