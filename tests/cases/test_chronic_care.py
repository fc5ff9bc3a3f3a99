"""The case chronic care: within published ranges, and read as its story says."""

from collections.abc import Callable

import networkx as nx
import pandas as pd
import pytest

from orgnet_analytics import agreements, coverage, datasets, effectiveness, lifecycle


@pytest.fixture(scope="module")
def case() -> datasets.Case:
    return datasets.load_chronic_care()


def test_joiners_leavers_and_who_answered(case: datasets.Case):
    assert {year: len(net) for year, net in case.waves.items()} == {2021: 25, 2023: 39, 2025: 40}
    answered = {year: int(net.responded.sum()) for year, net in case.waves.items()}
    assert answered == {2021: 21, 2023: 31, 2025: 36}
    members = {year: set(net.actors.index) for year, net in case.waves.items()}
    assert members[2021] - members[2023] == {"DTK"}
    assert members[2023] - members[2025] == {"BNL", "KWA"}
    assert members[2025] - members[2023] == {"TLD", "POS", "BWK"}


def test_an_organization_called_na_survives(case: datasets.Case):
    net = case.waves[2021]
    assert net.actors.loc["NA", "label"] == "Netwerk Apothekers Merelland"
    assert (net.ties["source"] == "NA").any()


def test_what_was_set_aside_is_counted(case: datasets.Case):
    for net in case.waves.values():
        assert any("Kapsalon" in note or "off the roster" in note for note in net.notes)


def test_the_figures_lie_within_the_published_ranges(
    case: datasets.Case, measured: Callable[..., pd.DataFrame]
):
    figures = measured({year: net.relation("information") for year, net in case.waves.items()})
    ranges = {"response rate": (0.70, 0.901), "density": (0.12, 0.51), "reciprocity": (0.25, 0.65),
              "transitivity": (0.50, 0.70), "degree centralization": (0.45, 0.72)}  # fmt: skip
    for name, (low, high) in ranges.items():
        assert figures.loc[name].between(low, high).all(), name
    assert figures.loc["density"].is_monotonic_increasing
    assert figures.loc["reciprocity"].is_monotonic_increasing


def test_the_story_star_then_office_and_brokers(case: datasets.Case):
    between = {}
    for year, net in case.waves.items():
        graph = net.relation("information").to_networkx()
        between[year] = pd.Series(nx.betweenness_centrality(graph)).sort_values(ascending=False)
    assert between[2021].index[0] == "AZM"
    assert between[2025].index[:2].tolist() == ["NBM", "OCM"]
    assert between[2025]["AZM"] < 0.2 * between[2021]["AZM"]


def test_needs_have_a_gap_and_single_holders(case: datasets.Case):
    holders = case.needs.to_matrix().sum()
    assert holders[holders == 0].index.tolist() == ["nachtopvang"]
    assert set(holders[holders == 1].index) == {"hulp in huis", "veiligheid"}


@pytest.mark.parametrize("relation", ["information", "referral", "care_plan"])
def test_the_stages_follow_the_story(case: datasets.Case, relation: str):
    reading = lifecycle.classify(case.waves, facts=case.facts, relation=relation)
    stages = reading.membership.idxmax(axis=1).tolist()
    assert stages == ["activation", "collectivity", "institutionalization"]
    assert reading.stage == "institutionalization"


KINDS = {
    "general practitioner": "huisartsen", "home nurse": "thuisverpleging", "hospital": "ziekenhuis",
    "family carers": "familie en mantelzorgers", "neighbourhood": "buurt", "municipality": "gemeente",
    "associations": "vereniging", "social housing": "sociale huisvesting", "volunteers": "vrijwilligers",
    "post": "post", "police": "politie", "shops": "winkels", "firms": "bedrijven",
    "researchers": "universiteit",
}  # fmt: skip


def test_who_must_take_part_covers_every_kind_and_some_are_no_members_yet(case: datasets.Case):
    types = case.candidates.actors.groupby("type")["member"].any()
    assert set(KINDS.values()) <= set(types.index)
    outside = {kind for kind, name in KINDS.items() if not types[name]}
    assert outside == {"family carers", "neighbourhood", "associations", "firms"}


def test_one_candidate_fills_the_gap_and_two_share_what_hangs_on_one(case: datasets.Case):
    members = case.needs.actors.index
    reading = coverage.read(case.candidates, members=members)
    assert reading.gaps == ("nachtopvang",)
    assert reading.smallest_sets == (frozenset({"NLU"}),)
    everybody = coverage.read(case.candidates)
    assert everybody.gaps == ()
    assert everybody.single_holders.to_dict() == {"nachtopvang": "NLU"}


def test_where_the_profiles_break(case: datasets.Case):
    net = case.waves[2025].relation("referral")
    reading = effectiveness.pathways(net, case.pathways, holders=case.needs, by="sector")
    read = reading.profiles
    assert read.index[read["state"] == "breaks"].tolist() == ["diabetes zonder vaste woonplaats"]
    assert read.loc[read["state"] == "not known", "breaks_at"].to_dict() == {
        "COPD en depressie zonder contacten": "lotgenoten",
        "medicatie vergeten en een valrisico": "valpreventie",
    }
    assert not net.responded["APL"]
    assert read.loc["dementie met een partner die zorgt", "carried_by"] == "GZM"
    assert "HAK" in read.loc["hoge bloeddruk", "organization"]
    wound = read.loc["diabetes met een wonde"]
    assert (wound["organization"], wound["sector"]) == ("", "zorg")
    several = read.loc["diabetes en hartfalen in een onaangepaste woning"]
    assert (several["state"], several["organization"], several["sector"]) == ("served", "", "")


def test_the_network_does_well_and_clients_disagree_with_managers(case: datasets.Case):
    reading = effectiveness.assess(case.outcomes)
    assert reading.levels.to_dict() == {
        "community": "mixed", "network": "effective", "organization": "mixed",
    }  # fmt: skip
    words = reading.criteria.set_index("criterion")["word"]
    assert words["de zorg sluit op elkaar aan"] == "disputed"


def test_the_planted_agreements_are_read(case: datasets.Case):
    net = case.waves[2025].relation("referral")
    listed = agreements.read(case.agreements, net=net, at="2025-06-30").agreements
    assert listed.index[listed["status"] == "expired"].tolist() == ["A01"]
    assert listed.index[listed["status"] == "expiring"].tolist() == ["A03"]
    sided = listed["one_sided"].fillna("")
    assert set(sided.index[sided != ""]) == {"A04", "A05"}
