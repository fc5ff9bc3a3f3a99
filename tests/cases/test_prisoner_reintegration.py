"""The case prisoner reintegration: one leads, one holds mobility, and 39 networks follow one recipe."""

import re
from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from orgnet_analytics import (
    DataError,
    agreements,
    configurations,
    coverage,
    datasets,
    effectiveness,
    governance,
    lifecycle,
)

CUTS = {"CI": 0.5, "AGE": 3, "STAB": 0.5, "RES": 1, "NAO": 1}
RECIPE = {"CI*AGE*STAB*RES", "CI*AGE*STAB*NAO"}
Solver = Callable[..., set[frozenset[str]]]


@pytest.fixture(scope="module")
def case() -> datasets.Case:
    return datasets.load_prisoner_reintegration()


def test_joiners_leavers_and_who_answered(case: datasets.Case):
    assert {year: len(net) for year, net in case.waves.items()} == {2018: 26, 2021: 31, 2024: 30}
    answered = {year: int(net.responded.sum()) for year, net in case.waves.items()}
    assert answered == {2018: 21, 2021: 26, 2024: 26}
    members = {year: set(net.actors.index) for year, net in case.waves.items()}
    assert members[2021] - members[2018] == {"RWV", "WKV", "CUG", "BIB", "MIN"}
    assert members[2021] - members[2024] == {"SVS", "HSV"}
    assert members[2024] - members[2021] == {"TIS"}


def test_the_figures_lie_within_the_published_ranges(
    case: datasets.Case, measured: Callable[..., pd.DataFrame]
):
    figures = measured({year: net.relation("coordination") for year, net in case.waves.items()})
    ranges = {"response rate": (0.70, 0.90), "density": (0.12, 0.34), "reciprocity": (0.25, 0.65),
              "degree centralization": (0.45, 0.75)}  # fmt: skip
    for name, (low, high) in ranges.items():
        assert figures.loc[name].between(low, high).all(), name


@pytest.mark.parametrize("relation", ["coordination", "referral"])
def test_the_network_grows_up_and_settles(case: datasets.Case, relation: str):
    reading = lifecycle.classify(case.waves, facts=case.facts, relation=relation)
    assert reading.stages.tolist() == ["collectivity", "institutionalization", "stability"]


def test_the_prison_leads_in_every_wave(case: datasets.Case):
    course = governance.course(case.waves, relation="coordination", service="referral")
    assert course["form"].tolist() == ["lead"] * 3
    assert course["hub"].tolist() == ["SDG"] * 3
    fits = governance.fit(
        case.waves[2024], trust="trust", goal_consensus=case.facts.loc[2024, "goal_consensus"],
        competencies=0.5, form="lead",
    )  # fmt: skip
    assert fits.best == "lead"
    assert fits.conditions["gap"].nlargest(2).index.tolist() == ["participants", "goal_consensus"]


def test_one_need_is_nobodys_and_one_domain_hangs_on_one(case: datasets.Case):
    reading = coverage.read(case.needs, net=case.waves[2024].relation("referral"))
    assert reading.gaps == ("identiteitspapieren",)
    assert reading.single_holders.to_dict() == {"mobiliteit": "MIN"}
    assert reading.unreachable == ("vrije tijd",)


def test_where_the_pathways_break(case: datasets.Case):
    net = case.waves[2024].relation("referral")
    reading = effectiveness.pathways(net, case.pathways, holders=case.needs, by="sector")
    read = reading.profiles
    assert read.loc[read["state"] == "breaks", "breaks_at"].to_dict() == {
        "zonder zinvolle dagbesteding": "vrije tijd",
        "zonder geldige papieren": "identiteitspapieren, huisvesting, werk",
    }
    assert read.index[read["state"] == "not known"].tolist() == ["aangemeld door de politie"]
    assert not net.responded["POV"]
    assert read.loc["werk buiten de stad", "carried_by"] == "OCV, MIN"
    assert "SDG" in read.loc["familie staat klaar", "organization"]
    inside = read.loc["psychische zorg al in de gevangenis"]
    assert (inside["organization"], inside["sector"]) == ("", "justitie")
    assert (read.loc["werk, woning en schulden", ["organization", "sector"]] == "").all()


def test_one_way_leads_to_a_ride(case: datasets.Case):
    graph = case.waves[2024].relation("referral").to_networkx()
    assert list(graph.predecessors("MIN")) == ["OCV"]
    assert "MIN" not in nx.descendants(graph.subgraph(set(graph) - {"OCV"}), "SDG")


def test_members_are_content_and_those_released_are_not(case: datasets.Case):
    reading = effectiveness.assess(case.outcomes)
    assert reading.levels.to_dict() == {
        "community": "not effective", "network": "effective", "organization": "effective",
    }  # fmt: skip
    words = reading.criteria.set_index("criterion")["word"]
    assert words["de hulp sluit op elkaar aan"] == "disputed"


def test_the_planted_agreements_are_read(case: datasets.Case):
    net = case.waves[2024].relation("referral")
    listed = agreements.read(case.agreements, net=net, at="2024-12-31").agreements
    assert listed.index[listed["status"] == "expired"].tolist() == ["A01"]
    assert listed.index[listed["status"] == "expiring"].tolist() == ["A03"]
    sided = listed["one_sided"].fillna("")
    assert set(sided.index[sided != ""]) == {"A04", "A05"}


# the 39 local networks


def test_thirty_nine_networks_with_conditions_measured_from_their_ties(case: datasets.Case):
    told = case.conditions
    assert len(told) == len(case.networks) == 39
    for place, nets in case.networks.items():
        before, after = (net.to_networkx() for net in nets.values())
        assert set(before) == set(after)
        old, new = (set(map(frozenset, graph.edges)) for graph in (before, after))
        assert told.loc[place, "STAB"] == pytest.approx(len(old & new) / len(old | new))
        degrees, n = [d for _, d in after.degree()], len(after)
        spread = sum(max(degrees) - d for d in degrees) / ((n - 1) * (n - 2))
        assert told.loc[place, "CI"] == pytest.approx(spread)
        assert ("netwerkbureau" in after) == bool(told.loc[place, "NAO"])
        assert all("(synthetisch)" in net.name for net in nets.values())


def test_no_network_lies_near_a_cut(case: datasets.Case):
    for name, cut in CUTS.items():
        assert (case.conditions[name] - cut).abs().min() > 0.1 or name in ("AGE", "NAO")
    assert (case.conditions["EFF"] - 6).abs().min() > 0.5


@pytest.mark.parametrize("remainders", [False, True])
def test_without_noise_the_recipe_is_the_only_solution(
    case: datasets.Case, remainders: bool, solutions: Solver
):
    told = case.conditions
    found = solutions(told, CUTS, told["EFF"] >= 6, remainders=remainders, incl_cut=1.0)
    assert found == {frozenset(RECIPE)}


@pytest.mark.parametrize("noise", [0.0, 0.1, 0.15, 0.2])
def test_the_library_finds_what_trying_everything_finds(noise: float, solutions: Solver):
    told = datasets.load_prisoner_reintegration(noise=noise).conditions
    sets = configurations.calibrate(told, CUTS | {"NAO": None, "EFF": 6})
    table = configurations.truth_table(sets, outcome="EFF")
    for remainders, kind in ((False, "conservative"), (True, "parsimonious")):
        models = configurations.minimize(table, solution=kind).models["text"]
        found = {frozenset(re.split(r" <?-> ", text)[0].split(" + ")) for text in models}
        assert found == solutions(told, CUTS, told["EFF"] >= 6, remainders=remainders)


def test_noise_turns_more_outcomes_at_every_step_and_no_condition(case: datasets.Case):
    turned: set[str] = set()
    for noise in (0.05, 0.1, 0.2, 0.3, 1.0):
        told = datasets.load_prisoner_reintegration(noise=noise).conditions
        changed = (told["EFF"] >= 6) != (case.conditions["EFF"] >= 6)
        assert set(told.index[changed]) >= turned
        turned = set(told.index[changed])
        pd.testing.assert_frame_equal(told.drop(columns="EFF"), case.conditions.drop(columns="EFF"))
    assert len(turned) == 39


@pytest.mark.parametrize(
    ("noise", "turned", "found"),
    [(0.05, 2, True), (0.1, 2, True), (0.15, 5, False), (0.2, 6, False)],
)
def test_from_some_noise_on_the_recipe_is_no_longer_found(
    case: datasets.Case, noise: float, turned: int, found: bool, solutions: Solver
):
    told = datasets.load_prisoner_reintegration(noise=noise).conditions
    assert ((told["EFF"] >= 6) != (case.conditions["EFF"] >= 6)).sum() == turned
    for remainders in (False, True):
        read = solutions(told, CUTS, told["EFF"] >= 6, remainders=remainders)
        assert (read == {frozenset(RECIPE)}) == found


def test_noise_must_be_a_share():
    with pytest.raises(DataError, match="wanted a share"):
        datasets.load_prisoner_reintegration(noise=10)
