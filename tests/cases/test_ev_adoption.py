"""The case electric driving: a network that reorients, challenges that interlock, subsidies in vain."""

from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from orgnet_analytics import agreements, coverage, datasets, effectiveness, governance, lifecycle
from orgnet_analytics.readings import necessity

CUTS = {"SUBSIDY": 2000, "CHARGING": 8, "GRID": 0.6, "FLEET": 0.3}


@pytest.fixture(scope="module")
def case() -> datasets.Case:
    return datasets.load_ev_adoption()


def test_joiners_leavers_and_who_answered(case: datasets.Case):
    assert [len(net) for net in case.waves.values()] == [18, 28, 32, 33]
    assert [int(net.responded.sum()) for net in case.waves.values()] == [15, 23, 28, 28]
    members = {year: set(net.actors.index) for year, net in case.waves.items()}
    assert members[2015] < members[2018] < members[2021]
    assert members[2021] - members[2024] == {"KOM", "RIV", "IMB", "ERV", "GAR", "OVM"}
    assert members[2024] - members[2021] == {"DAK", "OPS", "SLM", "PLN", "LOG", "HSD", "BUS"}


def test_the_figures_lie_within_the_published_ranges(
    case: datasets.Case, measured: Callable[..., pd.DataFrame]
):
    figures = measured({year: net.relation("information") for year, net in case.waves.items()})
    ranges = {"response rate": (0.70, 0.90), "density": (0.12, 0.51), "reciprocity": (0.25, 0.65),
              "degree centralization": (0.45, 0.76)}  # fmt: skip
    for name, (low, high) in ranges.items():
        assert figures.loc[name].between(low, high).all(), name
    for name in ("density", "reciprocity"):
        assert figures.loc[name, ["2015", "2018", "2021"]].is_monotonic_increasing
    assert figures.loc["ties kept", "2024"] < 0.2 < figures.loc["ties kept", "2021"] - 0.2


def test_the_network_reorients(case: datasets.Case):
    reading = lifecycle.classify(case.waves, facts=case.facts, relation="information")
    assert reading.stages.tolist() == [
        "activation", "collectivity", "institutionalization", "reorientation",
    ]  # fmt: skip
    assert reading.margins.min() > 0.3
    seen = reading.evidence.query("wave == 2024").set_index("indicator")
    for name in ("tie_jaccard", "core_overlap", "governance_form_change", "formalization_change"):
        assert "reorientation" in seen.loc[name, "reading"], name
    assert seen.loc["core_purpose_change", "value"] == 0


def test_without_facts_the_ties_tell_of_the_break_but_not_of_the_start(case: datasets.Case):
    stages = lifecycle.classify(case.waves, relation="information").stages
    assert stages.loc[[2021, 2024]].tolist() == ["institutionalization", "reorientation"]
    assert set(stages.loc[[2015, 2018]]) == {"undetermined"}
    thin = lifecycle.classify(case.waves, facts=case.facts, relation="supply").stages
    assert thin.loc[[2021, 2024]].tolist() == ["undetermined", "undetermined"]


def test_from_the_car_trade_to_an_office_for_charging_and_grid(case: datasets.Case):
    course = governance.course(case.waves, relation="information", service="supply", nao="PLN")
    assert course["form"].tolist() == ["lead", "lead", "lead", "nao"]
    assert course["hub"].tolist() == ["BVA", "BVA", "BVA", "PLN"]
    graph = case.waves[2024].relation("information").to_networkx()
    between = pd.Series(nx.betweenness_centrality(graph)).nlargest(2)
    assert between.index.tolist() == ["PLN", "NTM"]


def test_six_challenges_interlock_one_hangs_on_one_and_a_seventh_is_nobodys(case: datasets.Case):
    reading = coverage.read(case.needs)
    assert reading.gaps == ("brandveiligheid",)
    assert reading.single_holders.to_dict() == {"net": "NTM"}
    depends = case.needs.events["depends_on"].dropna().str.split(";").to_dict()
    assert depends == {"laden": ["net"], "prijs": ["actieradius"], "wagenpark": ["laden", "prijs"],
                       "brandveiligheid": ["vakmanschap"]}  # fmt: skip
    sectors = {
        "auto",
        "net",
        "laden",
        "overheid",
        "lease",
        "verzekering",
        "energie",
        "werkgevers",
        "kennis",
    }
    assert sectors <= set(case.waves[2024].actors["sector"])


def test_projects_turn_from_price_and_range_to_grid_and_fleets(case: datasets.Case):
    projects = case.projects
    assert "(synthetisch)" in projects.name
    early = projects.events["start"] <= 2020
    about = pd.crosstab(projects.events["challenge"], early)
    assert about.loc["prijs"].tolist() == [0, 4]
    assert about.loc["actieradius"].tolist() == [0, 4]
    assert about.loc["net"].tolist() == [4, 0]
    leads = projects.ties[projects.ties["role"] == "coordinator"]
    assert leads["event"].tolist() == projects.events.index.tolist()
    assert leads.loc[leads["event"] < "P16", "actor"].value_counts().idxmax() == "BVA"
    late = projects.events.index[projects.events["start"] >= 2023]
    assert "PLN" in set(leads.loc[leads["event"].isin(late), "actor"])
    first = {a: y for y, net in reversed(case.waves.items()) for a in net.actors.index}
    starts = projects.ties["event"].map(projects.events["start"])
    assert (projects.ties["actor"].map(first) <= starts + 1).all()


def test_subsidies_alone_do_little(case: datasets.Case):
    told = case.conditions
    crisp = pd.DataFrame({name: told[name] >= cut for name, cut in CUTS.items()})
    alone = crisp["SUBSIDY"] & ~crisp.drop(columns="SUBSIDY").any(axis=1)
    assert alone.sum() == 3
    assert told.loc[alone, "ADOPTION"].max() < 20
    recipe = crisp["CHARGING"] & crisp["GRID"] & (crisp["FLEET"] | crisp["SUBSIDY"])
    assert ((told["ADOPTION"] >= 25) == recipe).all()
    assert abs(told["SUBSIDY"].corr(told["ADOPTION"])) < 0.1
    charging, subsidy = (
        necessity.nca(told, condition=name, outcome="ADOPTION", permutations=1000, seed=1)
        for name in ("CHARGING", "SUBSIDY")
    )
    assert charging.verdict.startswith("necessary")
    assert not subsidy.verdict.startswith("necessary")


def test_the_recipe_of_the_municipalities_is_the_only_solution(
    case: datasets.Case, solutions: Callable[..., set[frozenset[str]]]
):
    taken = case.conditions["ADOPTION"] >= 25
    for remainders in (False, True):
        found = solutions(case.conditions, CUTS, taken, remainders=remainders, incl_cut=1.0)
        assert found == {frozenset({"SUBSIDY*CHARGING*GRID", "CHARGING*GRID*FLEET"})}


def test_the_judgements_say_so_too_and_disagree(case: datasets.Case):
    reading = effectiveness.assess(case.outcomes)
    words = reading.criteria.set_index("criterion")["word"]
    assert words["de aankoopsubsidie brengt meer mensen tot elektrisch rijden"] == "disputed"
    assert words["subsidie per extra elektrische auto in euro"] == "not effective"
    assert words["plaats in het netwerk"] == "disputed"
    assert reading.levels.to_dict()["network"] == "effective"
    assert reading.course.loc[2021, "community"] == "not effective"


def test_the_planted_agreements_are_read(case: datasets.Case):
    reading = agreements.read(
        case.agreements, net=case.waves[2024].relation("supply"), at="2024-10-31"
    )
    listed = reading.agreements
    assert listed["status"].loc[["A01", "A03", "A08"]].tolist() == [
        "expired",
        "expiring",
        "not known",
    ]
    sided = listed["one_sided"].fillna("")
    assert set(sided.index[sided != ""]) == {"A03", "A04", "A09"}
