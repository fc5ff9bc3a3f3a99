import pandas as pd
import pytest

from orgnet_analytics import DataError, UndefinedError, simulate
from orgnet_analytics.readings import lifecycle
from orgnet_analytics.simulate import HABITS, ROUTES, World, panel, panels

COURSE = ["activation", "collectivity", "institutionalization", "stability"]


@pytest.fixture(scope="module")
def made() -> simulate.Panel:
    return panel(COURSE, seed=4)


def test_the_same_seed_gives_the_same_panel(made: simulate.Panel):
    again = panel(COURSE, seed=4)
    assert again.waves == made.waves
    pd.testing.assert_frame_equal(again.facts, made.facts)
    assert panel(COURSE, seed=5).waves != made.waves


def test_the_stages_are_those_of_the_life_cycle():
    assert tuple(HABITS) == lifecycle.STAGES
    assert {stage for route in ROUTES for stage in route} == set(lifecycle.STAGES)


def test_it_says_that_it_is_simulated(made: simulate.Panel):
    assert "simulated" in repr(made)
    assert all("simulated (synthetic)" in net.notes for net in made.waves.values())


def test_density_and_size_are_as_asked():
    world = World(size=40, density=0.25, spread=0)
    nets = panel(["institutionalization", "stability"], seed=1, world=world).waves
    assert len(nets[1]) == 40
    for net in nets.values():
        ties = len(net.relation("information").known)
        assert ties == round(0.25 * len(net) * (len(net) - 1))


def test_the_habits_of_a_stage_show(made: simulate.Panel):
    seen = lifecycle.indicators(made.waves, facts=made.facts, relation="information")
    assert seen.loc[1, "centralization"] > seen.loc[3, "centralization"]
    assert seen.loc[1:3, "reciprocity"].is_monotonic_increasing
    assert seen.loc[4, "tie_jaccard"] > seen.loc[3, "tie_jaccard"] > seen.loc[2, "tie_jaccard"]
    assert seen.loc[2, "entry"] > seen.loc[4, "entry"]


def test_decline_loses_members_and_ties():
    gone = panel([*COURSE, "decline"], seed=2)
    seen = lifecycle.indicators(gone.waves, facts=gone.facts, relation="information").loc[5]
    assert seen["size_change"] < -0.1
    assert seen["density_change"] < -0.15
    assert seen["resource_change"] < -0.05


def test_who_does_not_answer_reports_nothing():
    net = panel(["activation"], seed=3, world=World(size=60, response=0.6)).waves[1]
    silent = net.actors.index[~net.responded]
    assert 0.4 < net.responded.mean() < 0.8
    assert not net.known["source"].isin(silent).any()
    assert net.known["target"].isin(silent).any()


def test_facts_change_form_in_reorientation_and_purpose_in_recreation():
    facts = panel([*COURSE, "reorientation", "institutionalization", "recreation"], seed=1).facts
    assert facts["governance_form_change"].loc[[4, 5, 7]].tolist() == [0, 1, 1]
    assert facts["core_purpose_change"].loc[2:].tolist() == [0, 0, 0, 0, 0, 1]
    assert facts["age_years"].is_monotonic_increasing


def test_panels_take_the_routes_in_turn_with_seeds_of_their_own():
    many = panels(3, seed=1, routes=[COURSE[:2], COURSE[:1]])
    assert [tuple(p.stages) for p in many.values()] == [
        tuple(COURSE[:2]),
        tuple(COURSE[:1]),
        tuple(COURSE[:2]),
    ]
    assert many["panel 1"].waves[1] != many["panel 3"].waves[1]


def test_what_cannot_be_simulated():
    with pytest.raises(UndefinedError, match="did you mean 'activation'"):
        panel(["activaton"], seed=1)
    with pytest.raises(DataError, match="wanted a list of stages"):
        panel("activation", seed=1)
    with pytest.raises(DataError) as caught:
        panel(COURSE, seed=1, world=World(size=2, response=3))
    assert caught.value.issues["column"].tolist() == ["size", "response"]
