"""Client pathways against networkx, added value against trying every set, and both by hand."""

from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, TwoModeNetwork, UndefinedError, datasets
from orgnet_analytics.readings import effectiveness
from orgnet_analytics.readings.effectiveness.routes import route

MEMBERS = ["gp", "nurse", "bank", "homes", "work"]
HOLDERS = pd.DataFrame(
    {"care": [1, 1, 0, 0, 0], "debt": [0, 0, 1, 0, 0], "housing": [0, 0, 0, 1, 0], "job": [0, 0, 0, 0, 1],
     "sport": [0, 0, 0, 0, 0]},
    index=MEMBERS, dtype=float,
)  # fmt: skip
SECTOR = pd.Series(
    {"gp": "care", "nurse": "care", "bank": "welfare", "homes": "welfare", "work": "work"}
)


def network(*ties, responded=None, members=MEMBERS):
    actors = pd.DataFrame({"sector": SECTOR.reindex(members)}, index=members)
    if responded is not None:
        actors["responded"] = responded
    return OrgNetwork(actors, pd.DataFrame(list(ties), columns=["source", "target"]))


NET = network(("gp", "nurse"), ("nurse", "bank"), ("bank", "homes"), ("homes", "gp"))


def clients(*rows, **more):
    table = pd.DataFrame(list(rows), columns=["profile", "entry", "needs"])
    return table.assign(**more)


def follow(*rows, net=NET, holders=HOLDERS, **more):
    return effectiveness.pathways(net, clients(*rows, **more), holders=holders, by="sector")


def test_who_is_served_where_it_breaks_and_why():
    reading = follow(
        ("ill", "gp", "care"), ("debts", "gp", "care; debt"), ("roof", "gp", "debt; housing"),
        ("jobless", "gp", "care; job"), ("sporty", "gp", "sport"),
        clients=[4, 3, 2, 1, 0],
    )  # fmt: skip
    assert reading.verdict == "breaks for some"
    table = reading.profiles
    assert table["state"].tolist() == ["served"] * 3 + ["breaks"] * 2
    assert table["handovers"].tolist()[:3] == [0, 2, 5]
    assert table["longest"].tolist()[:3] == [0, 2, 3]
    assert table["carried_by"].tolist() == ["", "nurse, bank", "nurse, bank, homes", "", ""]
    assert table["organization"].tolist() == ["gp, nurse", "", "", "", ""]
    assert table["sector"].tolist() == ["care", "", "welfare", "", ""]
    assert table["breaks_at"].tolist()[3:] == ["job", "sport"]
    steps = reading.steps.set_index(["profile", "need"])
    assert steps.loc[("roof", "housing"), "way"] == "gp > nurse > bank > homes"
    assert steps.loc[("jobless", "job"), "why"] == "no referrals known to lead to work"
    assert steps.loc[("sporty", "sport"), "why"] == "nobody holds it"
    assert reading.shares.to_dict() == pytest.approx(
        {"organization": 0.4, "sector": 0.6, "together": 1.0, "reached": 0.9}
    )
    assert reading.carriers.to_dict() == {"bank": 5, "nurse": 5, "homes": 2, "work": 1}
    assert "A referral that leads to work (for jobless: job)." in reading.would_change
    assert "Somebody who holds sport (for sporty)." in reading.would_change
    assert repr(reading) == "<PathwaysReading breaks for some (90% of the clients served)>"


def test_needs_in_order_are_served_from_where_the_last_was():
    reading = follow(("x", "gp", "housing; debt"), in_order="yes")
    assert reading.steps["way"].tolist() == [
        "gp > nurse > bank > homes",
        "homes > gp > nurse > bank",
    ]
    assert reading.profiles.loc["x", ["handovers", "longest"]].tolist() == [6, 3]
    broken = follow(("x", "gp", "housing; job; debt"), in_order="yes")
    assert broken.steps["state"].tolist() == ["served", "breaks", "breaks"]
    assert broken.steps["why"].tolist()[2] == "comes after what is not served"
    assert follow(("x", "gp", "housing; job; debt")).profiles.at["x", "breaks_at"] == "job"


def test_two_ways_make_nobody_indispensable_but_the_only_holder():
    net = network(("gp", "nurse"), ("gp", "work"), ("nurse", "bank"), ("work", "bank"))
    reading = follow(("x", "gp", "debt"), net=net)
    assert reading.profiles.at["x", "carried_by"] == "bank"
    assert reading.steps.at[0, "only_holder"] == "bank"


def test_unknown_ties_and_cells_are_neither_way_nor_break():
    silent = network(("gp", "nurse"), responded=[True, False, True, True, True])
    reading = follow(("x", "gp", "care; debt"), net=silent)
    assert reading.steps["state"].tolist() == ["served", "not known"]
    assert reading.verdict == "undetermined"
    assert "Whether x gets debt" in reading.missing[0]
    maybe = HOLDERS.copy()
    maybe.loc["nurse", "sport"] = np.nan
    reading = follow(("x", "gp", "sport"), holders=maybe)
    assert reading.steps["why"].tolist() == ["nobody is known to hold it"]
    assert reading.verdict == "undetermined"
    few = network(("gp", "nurse"), responded=[True, True, False, False, False])
    reading = follow(("x", "gp", "care"), net=few)
    assert (reading.profiles.at["x", "state"], reading.verdict) == ("served", "undetermined")
    assert any("Only 40%" in caveat for caveat in reading.caveats)


def test_members_without_a_row_are_not_known_and_holders_outside_do_not_count():
    holders = HOLDERS.drop(index="bank").rename(index={"work": "elsewhere"})
    reading = follow(("x", "gp", "debt"), ("y", "gp", "job"), holders=holders)
    assert reading.profiles["state"].tolist() == ["not known", "not known"]
    assert "What bank and work hold is not known: no row among the holders." in reading.missing
    assert any("elsewhere" in caveat for caveat in reading.caveats)


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [([("a", "gp", "care")], "served"), ([("a", "gp", "sport")], "breaks for all"),
     ([("a", "gp", "care"), ("b", "gp", "sport")], "breaks for some")],
)  # fmt: skip
def test_verdicts(rows, verdict):
    assert follow(*rows).verdict == verdict


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 7), st.integers(1, 3), st.integers(0, 10_000))
def test_the_shortest_route_is_that_of_networkx(n, needs, seed):
    chance = np.random.default_rng(seed)
    names = [f"o{i}" for i in range(n)]
    ties = {a: [b for b in names if a != b and chance.random() < 0.3] for a in names}
    stops = [{a for a in names if chance.random() < 0.3} for _ in range(needs)]
    graph = nx.DiGraph()
    graph.add_nodes_from((a, k) for a in names for k in range(needs + 1))
    for k in range(needs + 1):
        graph.add_edges_from(((a, k), (b, k), {"cost": 1}) for a in names for b in ties[a])
        if k < needs:
            graph.add_edges_from(((a, k), (a, k + 1), {"cost": 0}) for a in stops[k])
    lengths = nx.single_source_dijkstra_path_length(graph, ("o0", 0), weight="cost")
    deepest = max(k for _, k in lengths)
    found = route(ties, "o0", stops)
    assert len(found) == deepest
    if deepest:
        best = min(cost for (_, k), cost in lengths.items() if k == deepest)
        assert sum(len(way) - 1 for way in found) == best
        at = "o0"
        for way, stop in zip(found, stops, strict=False):
            assert way[0] == at
            assert all(b in ties[a] for a, b in pairwise(way))
            at = way[-1]
            assert at in stop


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_rows_and_one_more_referral(seed):
    chance = np.random.default_rng(seed)
    ties = [(a, b) for a in MEMBERS for b in MEMBERS if a != b and chance.random() < 0.25]
    rows = [("p", "gp", "care; debt"), ("q", "nurse", "housing; job"), ("r", "work", "sport")]
    first = follow(*rows, net=network(*ties))
    names = MEMBERS[::-1]
    second = follow(
        *rows[::-1], net=network(*ties[::-1], members=names), holders=HOLDERS.iloc[::-1]
    )
    columns = ["state", "handovers", "longest", "breaks_at"]
    pd.testing.assert_frame_equal(
        first.profiles[columns], second.profiles.loc[list("pqr"), columns]
    )
    assert first.verdict == second.verdict
    new = next(((a, b) for a in MEMBERS for b in MEMBERS if a != b and (a, b) not in ties), None)
    if new:
        more = follow(*rows, net=network(*ties, new))
        assert more.shares["reached"] >= first.shares["reached"]
        both = first.profiles["handovers"].notna()
        assert (more.profiles["handovers"][both] <= first.profiles["handovers"][both]).all()


def test_every_problem_with_the_profiles_is_told_at_once():
    bad = clients(("a", "gpp", "car; debt"), ("a", None, None), (None, "gp", "care"),
                  in_order=["perhaps", None, None], clients=[-1, None, None])  # fmt: skip
    with pytest.raises(DataError) as caught:
        effectiveness.pathways(NET, bad, holders=HOLDERS)
    issues = caught.value.issues
    assert sorted(issues["column"]) == [
        "clients", "entry", "entry", "in_order", "needs", "needs", "profile", "profile",
    ]  # fmt: skip
    assert "did you mean 'care'?" in issues["suggestion"].tolist()


@pytest.mark.parametrize(
    ("profiles", "holders", "told"),
    [
        (clients(("a", "gp", "care"), clients=0), HOLDERS, "no clients at all"),
        (
            clients(("a", "gp", "care")),
            HOLDERS.add_prefix("x", axis=0),
            "none of the organizations",
        ),
        (clients(("a", "gp", "care")), [1], "got list"),
        (clients(("a", "gp", "care")).drop(columns="entry"), HOLDERS, "'entry'"),
    ],
)
def test_what_cannot_be_followed(profiles, holders, told):
    with pytest.raises(DataError, match=told):
        effectiveness.pathways(NET, profiles, holders=holders)


def test_sectors_are_a_column_or_a_series():
    with pytest.raises(UndefinedError, match="did you mean 'sector'"):
        effectiveness.pathways(NET, clients(("a", "gp", "care")), holders=HOLDERS, by="sectr")
    with pytest.raises(DataError, match="got int"):
        effectiveness.pathways(NET, clients(("a", "gp", "care")), holders=HOLDERS, by=3)
    reading = effectiveness.pathways(NET, clients(("a", "gp", "care")), holders=HOLDERS)
    assert "sector" not in reading.profiles
    assert "No sectors were given." in reading.missing


def test_hostile_profiles_are_text():
    shown = follow(("<script>", "gp", "care"))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


# added value


def test_what_nobody_and_no_sector_reaches_alone():
    profiles = clients(("ill", "", "care"), ("poor", "", "debt; housing"), ("all", "", "care; debt; job"),
                       ("sporty", "", "sport"), clients=[1, 1, 1, 1])  # fmt: skip
    reading = effectiveness.added_value(HOLDERS, by=SECTOR, profiles=profiles)
    assert reading.verdict == "adds over every sector"
    best = reading.units.groupby("kind")["lowest"].max()
    assert best.to_dict() == {"network": 0.75, "organization": 0.25, "sector": 0.25}
    assert reading.profiles["least"].tolist()[:3] == [1, 2, 3]
    assert reading.profiles["network"].tolist() == [True, True, True, False]
    assert reading.profiles["sector"].tolist() == ["care", "welfare", "", ""]
    assert reading.evidence.set_index("indicator").at["only_in_combination", "reading"] == "all"


@pytest.mark.parametrize(
    ("needs", "verdict"),
    [(["care"], "adds nothing"), (["debt", "housing"], "adds over every member"),
     (["care", "debt"], "adds over every sector"), (["sport"], "adds nothing"),
     (["debt", "sport"], "adds nothing")],
)  # fmt: skip
def test_verdicts_of_added_value(needs, verdict):
    assert effectiveness.added_value(HOLDERS, by=SECTOR, required=needs).verdict == verdict


def test_unknown_cells_may_decide():
    maybe = HOLDERS.copy()
    maybe.loc["gp", "debt"] = np.nan
    reading = effectiveness.added_value(maybe, by=SECTOR, required=["care", "debt"])
    assert reading.verdict == "undetermined"
    assert reading.units.loc["gp", ["lowest", "highest"]].tolist() == [0.5, 1]
    maybe.loc["bank", "debt"] = np.nan
    assert (
        effectiveness.added_value(maybe, required=["care", "debt"]).profiles["network"].isna().all()
    )


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 6), st.integers(1, 4), st.integers(0, 10_000))
def test_the_least_is_that_of_trying_every_set(n, needs, seed):
    held = (np.random.default_rng(seed).random((n, needs)) < 0.4).astype(float)
    holders = pd.DataFrame(
        held, index=[f"o{i}" for i in range(n)], columns=[f"n{j}" for j in range(needs)]
    )
    reading = effectiveness.added_value(holders)
    sizes = [k for k in range(1, n + 1) for rows in combinations(range(n), k)
             if (held[list(rows)].max(axis=0) == 1).all()]  # fmt: skip
    found = reading.profiles["least"].iloc[0]
    assert (np.isnan(found) and not sizes) or found == min(sizes)
    assert reading.units.loc["network", "lowest"].max() >= reading.units["lowest"].max()


def test_added_value_refuses_what_it_cannot_read():
    with pytest.raises(DataError, match="did you mean 'housing'"):
        effectiveness.added_value(HOLDERS, required=["hosing"])
    with pytest.raises(DataError, match="give one of the two"):
        effectiveness.added_value(HOLDERS, required=["care"], profiles=clients(("a", "", "care")))
    with pytest.raises(DataError, match="nothing is required"):
        effectiveness.added_value(HOLDERS, required=[])
    with pytest.raises(UndefinedError, match="no column 'sector'"):
        effectiveness.added_value(HOLDERS, by="sector")


def test_the_case_adds_over_every_sector():
    case = datasets.load_chronic_care()
    reading = effectiveness.added_value(case.needs, by="sector")
    assert isinstance(case.needs, TwoModeNetwork)
    assert reading.verdict == "adds over every sector"
    assert reading.units[reading.units["kind"] == "network"]["lowest"].item() == pytest.approx(
        21 / 22
    )


@pytest.mark.parametrize("seed", range(8))
def test_needs_in_no_order_are_served_whoever_refers_on(seed):
    """Being referred on by whoever the client was with serves no need that the entry does not."""
    rng = np.random.default_rng(seed)
    cells = (rng.random((7, 7)) < 0.2).astype(float)
    np.fill_diagonal(cells, 0)
    ids = [*"abcdefg"]
    net = OrgNetwork.from_matrix(cells, ids)
    held = pd.DataFrame(rng.random((7, 3)) < 0.3, ids, ["x", "y", "z"]).astype(float)
    clients = pd.DataFrame({"profile": ids, "entry": ids, "needs": "x; y; z"})
    steps = effectiveness.pathways(net, clients, holders=held).steps.set_index(["profile", "need"])
    for entry in ids:
        been = {entry}
        while True:  # everybody the client was with may refer on
            more = {
                other for one in been for other in ids if cells[ids.index(one), ids.index(other)]
            }
            if more <= been:
                break
            been |= more
        served = {need for need in held if held.loc[sorted(been), need].any()}
        told = steps.loc[entry]["state"]
        assert set(told.index[told == "served"]) == served
