"""Whatever a reading is asked, it answers, says that it cannot tell, or lists what is wrong."""

import numpy as np
import pandas as pd
import pytest

import orgnet_analytics as ona
from orgnet_analytics import DataError, OrgNetwork, UndefinedError

LEDGER = [ona.interventions.Remove("a")]
OF_A_NETWORK = {
    "structure": lambda net, **more: ona.structure.read(net, draws=20, **more),
    "governance": ona.governance.detect,
    "relations": lambda net, **more: ona.relations.read(net, by="kind", draws=20, **more),
    "resilience": lambda net, **more: ona.resilience.read(net, draws=5, seed=1, **more),
    "lifecycle": ona.lifecycle.classify,
    "interventions": lambda net, **more: ona.interventions.ledger(net, LEDGER, **more),
}
HELD = pd.DataFrame({"care": [1, 0], "work": [0, 1]}, index=["a", "b"])


def network(n, pairs):
    ids = list("abcdefgh")[:n]
    ties = pd.DataFrame([tuple(pair) for pair in pairs], columns=["source", "target"])
    return OrgNetwork(pd.DataFrame({"kind": "x"}, index=ids), ties)


@pytest.mark.parametrize("name", OF_A_NETWORK)
@pytest.mark.parametrize("given", [None, "x", pd.DataFrame(), {}, {2020: "x"}])
def test_only_a_network_is_read(name, given):
    with pytest.raises(DataError, match="wanted"):
        OF_A_NETWORK[name](given)


@pytest.mark.parametrize("name", ["structure", "governance", "relations", "resilience"])
def test_a_handful_is_too_few_for_a_verdict(name):
    three = OF_A_NETWORK[name](network(3, ["ab", "bc"]))
    assert three.verdict == "undetermined"
    assert "With 3 organizations a single tie turns the verdict: it is withheld." in three.caveats
    own = {"thresholds": {"members_withheld": {"value": 3}}}
    assert OF_A_NETWORK[name](network(3, ["ab", "bc"]), rules=own).verdict != "undetermined"
    assert OF_A_NETWORK[name](network(5, ["ab", "ac", "ad", "ae"])).verdict != "undetermined"


def left_open(net, share):
    """Return the network with this share of its cells empty, though everybody answered."""
    cells = net.to_matrix()
    cells = cells.mask(np.random.default_rng(1).random(cells.shape) < share)
    ties = OrgNetwork.from_matrix(cells, list(net.actors.index)).ties
    return OrgNetwork(net.actors, ties)


@pytest.mark.parametrize("name", OF_A_NETWORK)
def test_who_answers_and_leaves_the_cells_empty_told_as_little(name):
    star = network(8, ["ab", "ac", "ad", "ae", "af", "ag", "ah"])
    for share, known in ((0.8, "25%"), (1, "0%")):
        reading = OF_A_NETWORK[name](left_open(star, share))
        assert reading.verdict == "undetermined", share
        assert any(f"nly {known} of the" in one for one in reading.caveats), reading.caveats


def test_a_stage_takes_five_organizations_whatever_the_facts():
    told = {"age_years": [1, 3], "trust": [0.3, 0.8], "formalization": [0.1, 0.8],
            "goal_consensus": [0.3, 0.8], "resource_adequacy": [0.2, 0.8],
            "internal_legitimacy": [0.3, 0.8], "external_legitimacy": [0.3, 0.8]}  # fmt: skip
    facts = pd.DataFrame(told, index=[2021, 2023])
    few, enough = (network(n, ["ab", "bc", "ba"]) for n in (4, 5))
    reading = ona.lifecycle.classify({2021: few, 2023: few}, facts=facts)
    assert reading.stages.tolist() == ["undetermined", "undetermined"]
    assert any("2021: undetermined, too few take part" in one for one in reading.caveats)
    reading = ona.lifecycle.classify({2021: enough, 2023: enough}, facts=facts)
    assert reading.stages.tolist() == ["activation", "institutionalization"]


@pytest.mark.parametrize("name", OF_A_NETWORK)
def test_a_rule_that_nobody_reads_is_told(name):
    net = network(5, ["ab", "ac", "ad", "ae"])
    with pytest.raises(DataError, match="did you mean 'thresholds'"):
        OF_A_NETWORK[name](net, rules={"tresholds": {"margin": {"value": 0.3}}})
    with pytest.raises(DataError, match="there is no such part"):
        OF_A_NETWORK[name](net, rules={5: {}})


@pytest.mark.parametrize(
    "ask",
    [
        lambda: ona.coverage.read(HELD, rules={"tresholds": {}}),
        lambda: ona.coverage.read(HELD, required="care"),
        lambda: ona.coverage.read(HELD, members="a"),
        lambda: ona.coverage.read(HELD, most_sets="x"),
        lambda: ona.coverage.read(HELD, most_sets=1.5),
        lambda: ona.coverage.read(HELD, net="x"),
        lambda: ona.coverage.coalitions(None, quota=1),
        lambda: ona.coverage.coalitions(HELD, quota=1),
        lambda: ona.coverage.salience(3),
        lambda: ona.lifecycle.judge("x"),
        lambda: ona.configurations.minimize(HELD),
        lambda: ona.governance.fit("x", trust=0.5, goal_consensus=0.5, competencies=0.5),
        lambda: ona.governance.fit(
            network(3, ["ab"]), trust=HELD, goal_consensus=0.5, competencies=0.5
        ),
        lambda: ona.effectiveness.integration(HELD),
        lambda: ona.relations.read(network(5, ["ab"]), by="kind", trust=3),
        lambda: ona.resilience.read(network(5, ["ab"]), draws="x"),
        lambda: ona.resilience.read(network(5, ["ab"]), funder=["a"]),
        lambda: ona.structure.read(network(5, ["ab"]), draws=1.5),
        lambda: ona.structure.read(network(5, ["ab"]), seed="x"),
    ],
)
def test_what_is_wrong_is_listed(ask):
    with pytest.raises(DataError):
        ask()


def test_a_column_that_cannot_be_one_is_told():
    with pytest.raises(UndefinedError, match="no column"):
        ona.structure.read(network(5, ["ab"]), by=["kind"], draws=20)


def test_no_complete_case_has_no_ceiling():
    cases = pd.DataFrame({"x": [np.nan, 1.0], "y": [1.0, np.nan]})
    with pytest.raises(UndefinedError, match="No case has both 'x' and 'y'"):
        ona.necessity.nca(cases, condition="x", outcome="y", permutations=10)


class TestDaysOfAgreements:
    REGISTER = pd.DataFrame(
        {
            "id": ["k"],
            "problem": "information",
            "parties": "a; b",
            "start": "2024-01-01",
            "end": "open",
        }
    )

    @pytest.mark.parametrize("at", [5, pd.NaT, "soon", True])
    def test_no_day(self, at):
        with pytest.raises(DataError, match="wanted a date"):
            ona.agreements.read(self.REGISTER, at=at)

    def test_a_day_somewhere_on_earth(self):
        register = self.REGISTER.assign(start=pd.Timestamp("2024-01-01", tz="Europe/Brussels"))
        for at in ("2023-12-31", "2024-01-02"):
            there = ona.agreements.read(register, at=pd.Timestamp(at, tz="UTC"))
            assert there.verdict == ona.agreements.read(self.REGISTER, at=at).verdict
