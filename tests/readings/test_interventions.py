"""Before and after, worked out by hand."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

import orgnet_analytics as ona
from orgnet_analytics import OrgNetwork
from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.readings.interventions import (
    Add,
    Appoint,
    LedgerReading,
    Merge,
    Remove,
    Renew,
    Tie,
    ledger,
)
from orgnet_analytics.readings.interventions.situation import Situation

HOLDERS = pd.DataFrame(
    {"wonen": [1, 0, 0, 0], "werk": [0, 1, 1, 0], "zorg": [0, 0, 0, 0]}, index=[*"abcd"]
)
REGISTER = pd.DataFrame(
    {
        "id": ["k1", "k2"],
        "problem": ["information", "rewards"],
        "parties": ["all", "a; b"],
        "start": "2020-01-01",
        "end": ["open", "2021-12-31"],
    }
)


@pytest.fixture
def path():
    ties = pd.DataFrame({"source": [*"abc"], "target": [*"bcd"]})
    return OrgNetwork.from_ties(ties, directed=False)


def of(reading, nr, indicator):
    rows = reading.table.xs((nr, indicator), level=("nr", "indicator"))
    return rows.iloc[0]


def test_taking_out_the_middle_of_a_path_cuts_it(path):
    reading = ledger(path, [Remove("b")])
    assert of(reading, 1, "fragmentation")[["before", "after"]].tolist() == [
        0,
        pytest.approx(2 / 3),
    ]
    # a - b - c - d: without b, the pairs a-c and a-d of the three others are cut off.
    assert of(reading, 1, "worst_loss")["before"] == pytest.approx(2 / 3)
    assert reading.verdict == "gains and losses"
    losers = reading.losers.set_index(["who", "loses"])
    assert losers.loc[("a", "partners"), ["before", "after"]].tolist() == [1, 0]
    assert losers.loc[("b", "its place in the network"), "after"] == 0
    assert ("d", "partners") not in losers.index


def test_closing_the_circle_leaves_nobody_indispensable(path):
    reading = ledger(path, [Tie([("d", "a")])])
    assert of(reading, 1, "worst_loss")["after"] == 0
    assert reading.verdict == "gains"
    assert reading.losers.empty
    assert len(reading.net.known) == 4


def test_coverage_counts_gaps_and_single_holders(path):
    steps = [Add("e", ["a"], ["zorg"]), Remove("c")]
    reading = ledger(path, steps, holders=HOLDERS)
    assert of(reading, 1, "covered")[["before", "after"]].tolist() == pytest.approx([2 / 3, 1])
    assert of(reading, 1, "single_holders")[["before", "after"]].tolist() == [1, 2]
    assert of(reading, 2, "single_holders")[["before", "after"]].tolist() == [2, 3]
    needs = reading.losers.set_index("who").loc["werk"]
    assert needs[["step", "before", "after"]].tolist() == ["remove c", 2, 1]


def test_clients_are_served_along_the_ties_and_lost_with_their_entry(path):
    profiles = pd.DataFrame(
        {"profile": ["p", "q"], "entry": ["a", "d"], "needs": ["werk", "zorg"], "clients": [3, 1]}
    )
    steps = [Add("e", ["d"], ["zorg"]), Remove("a")]
    reading = ledger(path, steps, holders=HOLDERS, profiles=profiles)
    # a reaches b, who holds werk; nobody holds zorg until e comes; without a, p has nowhere to come in.
    assert of(reading, 1, "served")[["before", "after"]].tolist() == pytest.approx([3 / 4, 1])
    assert of(reading, 2, "served")["after"] == pytest.approx(1 / 4)


def test_each_step_starts_where_the_one_before_ended(path):
    reading = ledger(path, [Remove("a"), Remove("d"), Tie([("b", "c")])])
    members = reading.table.xs("members", level="indicator")
    assert members["before"].tolist() == [4, 3, 2]
    assert members["after"].tolist() == [3, 2, 2]


def test_an_office_changes_the_form_and_its_fit(path):
    conditions = {"trust": 0.5, "goal_consensus": 0.7, "competencies": 0.9}
    reading = ledger(path, [Appoint("office", "nao")], conditions=conditions)
    assert of(reading, 1, "form")["after"] == "nao"
    fit = ona.governance.fit(reading.net, form="nao", **conditions).fits["nao"]
    assert of(reading, 1, "form_fit")["after"] == pytest.approx(fit)


def test_a_renewed_agreement_holds_again(path):
    reading = ledger(path, [Renew("k2")], register=REGISTER, at="2025-01-01")
    assert of(reading, 1, "in_force")[["before", "after"]].tolist() == [1, 2]
    # information holds for all four, rewards for a and b after the step.
    assert of(reading, 1, "settled")[["before", "after"]].tolist() == pytest.approx([1 / 4, 3 / 8])
    assert reading.verdict == "gains"


def test_agreements_survive_a_merger_and_a_departure(path):
    steps = [Merge(["a", "b"], "ab"), Remove("d")]
    reading = ledger(path, steps, register=REGISTER, at="2021-01-01")
    assert of(reading, 1, "in_force")[["before", "after"]].tolist() == [2, 1]
    assert of(reading, 2, "in_force")["after"] == 1


def test_brokerage_across_groups_needs_groups(path):
    actors = pd.DataFrame({"sector": ["x", "x", "y", "y"]}, index=[*"abcd"])
    net = OrgNetwork(actors, path.ties, directed=False)
    # b brokers a - c (across), c brokers b - d (across).
    assert of(ledger(net, [Remove("d")], by="sector"), 1, "across")["before"] == 1
    assert "across" not in ledger(net, [Remove("d")]).table.index.get_level_values("indicator")


def test_what_the_unknown_can_do_to_a_change_is_told():
    actors = pd.DataFrame({"responded": [True, True, False]}, index=[*"abc"])
    net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
    reading = ledger(net, [Tie([("b", "c")])], seed=1)
    row = of(reading, 1, "fragmentation")
    # c may be tied to a or b already (no change), or to nobody (two of three pairs are joined).
    assert row[["lowest", "highest"]].tolist() == pytest.approx([-2 / 3, 0])
    known = ledger(net.only([True, True, False]), [Tie([("b", "a")])])
    assert np.isnan(of(known, 1, "fragmentation")["lowest"])


def test_a_merger_with_who_is_silent_is_followed_through_every_filling():
    actors = pd.DataFrame({"responded": [True, True, True, False]}, index=[*"abcd"])
    ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    reading = ledger(OrgNetwork(actors, ties), [Merge(["a", "d"], "ad")], seed=1, draws=60)
    # d known to be alone: three pairs of six are cut off before, none after. d tied: none before.
    row = of(reading, 1, "fragmentation")
    assert row[["lowest", "highest"]].tolist() == pytest.approx([-1 / 2, 0])


def test_nothing_changes_where_a_tie_is_there_already(path):
    reading = ledger(path, [Tie([("a", "b")])])
    assert reading.verdict == "no change"
    assert (reading.table["change"].dropna() == 0).all()


def test_the_reading_says_what_it_did_not_look_at(path):
    missing = ledger(path, [Remove("a")]).missing
    assert [part.split("(")[1].split("=")[0] for part in missing[:2]] == ["holders", "register"]
    assert ledger(path, [Remove("a")], holders=HOLDERS).missing[0].startswith("the agreements")


def test_directions_and_thresholds_can_be_replaced(path):
    own = {"indicators": {"density": {"better": "higher"}, "worst_loss": {"better": "neither"}}}
    reading = ledger(path, [Tie([("d", "a")])], rules=own)
    assert reading.evidence.set_index("indicator")["agrees"]["density"]
    wrong = {"indicators": {"densty": {"better": "higher"}, "covered": {"better": "up"}}}
    with pytest.raises(DataError) as caught:
        ledger(path, [Remove("a")], rules=wrong)
    assert len(caught.value.issues) == 2


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"conditions": {"trst": 0.5}}, "did you mean 'trust'"),
        ({"steps": ["remove a"]}, "wanted a step"),
        ({"steps": [Remove("a"), Remove("a")]}, "not among the organizations at this step"),
    ],
)
def test_bad_input_is_told(path, more, said):
    with pytest.raises(DataError, match=said):
        ledger(path, **({"steps": [Remove("a")]} | more))


def test_a_missing_group_column_or_register_is_told(path):
    with pytest.raises(UndefinedError, match="no column 'sector'"):
        ledger(path, [Remove("a")], by="sector")
    with pytest.raises(UndefinedError, match="give register="):
        ledger(path, [Renew("k1")])


def test_it_shows_itself_without_markup_from_names():
    net = OrgNetwork.from_ties(pd.DataFrame({"source": ["<b>x", "y"], "target": ["y", "z"]}))
    reading = ledger(net, [Remove("<b>x")])
    assert isinstance(reading, LedgerReading)
    assert "&lt;b&gt;x" in reading._repr_html_()
    assert "<b>x" not in reading._repr_html_()


class TestWhatTheLedgerMustNotGetWrong:
    PROFILES = pd.DataFrame(
        {"profile": ["p", "q"], "entry": ["a", "d"], "needs": ["werk", "zorg"], "clients": [3, 1]}
    )

    def test_clients_come_in_at_the_merged_organization(self, path):
        reading = ledger(path, [Merge(["a", "b"], "ab")], holders=HOLDERS, profiles=self.PROFILES)
        assert of(reading, 1, "served")[["before", "after"]].tolist() == pytest.approx(
            [3 / 4, 3 / 4]
        )

    def test_who_still_reaches_everybody_left_does_not_lose_reach(self, path):
        losers = ledger(path, [Merge(["a", "b"], "ab")]).losers
        assert "reachable" not in set(losers["loses"])
        cut = ledger(path, [Remove("b")]).losers.set_index(["who", "loses"])
        assert cut.loc[("a", "reachable"), ["before", "after"]].tolist() == [2, 0]

    def test_steps_may_come_one_by_one(self, path):
        assert (
            ledger(path, (Remove(one) for one in "ad")).table.index.get_level_values("nr").max()
            == 2
        )

    def test_an_agreement_needs_two_who_are_left(self, path):
        register = REGISTER.assign(end="open")
        reading = ledger(path, [Remove("a")], register=register, at="2025-01-01")
        assert of(reading, 1, "in_force")[["before", "after"]].tolist() == [2, 1]
        alone = ledger(path, [Remove(one) for one in "abc"], register=register, at="2025-01-01")
        assert np.isnan(of(alone, 3, "in_force")["after"])

    def test_who_has_no_row_among_the_holders_is_not_known_to_hold_nothing(self, path):
        reading = ledger(path, [Tie([("a", "d")])], holders=HOLDERS.iloc[:3])
        assert any("3 cells of who holds what" in one for one in reading.missing)
        with pytest.raises(DataError, match="none of the holders is in the network"):
            ledger(path, [Remove("a")], holders=HOLDERS.set_axis([*"wxyz"]))
        strange = ledger(path, [Remove("a")], holders=HOLDERS.set_axis([*"abcz"]))
        assert "Holders that are not in the network do not count: z." in strange.caveats

    def test_the_verdict_is_withheld_where_few_answered(self):
        actors = pd.DataFrame({"responded": [True] * 4 + [False] * 6}, index=[*"abcdefghij"])
        ties = pd.DataFrame({"source": "a", "target": [*"bcdefghij"]})
        reading = ledger(OrgNetwork(actors, ties), [Remove("a")], seed=1, draws=5)
        assert reading.verdict == "undetermined"
        assert "Below 50% the verdict is withheld." in reading.caveats

    def test_a_change_that_may_be_none_is_told(self):
        actors = pd.DataFrame({"responded": [True, True, False]}, index=[*"abc"])
        net = OrgNetwork(actors, pd.DataFrame({"source": ["a"], "target": ["b"]}))
        reading = ledger(net, [Tie([("b", "c")])], seed=1)
        said = "fragmentation: as the unknown dyads turn out, nothing may change"
        assert said in reading.would_change
        again = ledger(net, [Tie([("b", "c")])], seed=reading.seed)
        pd.testing.assert_frame_equal(reading.table, again.table)

    @pytest.mark.parametrize(
        ("step", "problem"),
        [
            (Tie([("a", "b", "c")]), "wanted pairs of two names"),
            (Tie(("a", "b")), "wanted pairs of two names"),
            (Tie([("a", "a")]), "wanted pairs of two names"),
            (Tie([("a", "d")], weight="x"), "wanted more than 0"),
            (Add("e", "ab"), "wanted a list of names"),
            (Merge("ab", "x"), "wanted a list of names"),
            (Add("e", ["a"], attributes={"secto": "x"}), "not among the columns of actors"),
            (Remove(1), "wanted a name"),
            (Remove, "wanted a step"),
        ],
    )
    def test_what_no_step_can_be_made_of(self, path, step, problem):
        with pytest.raises(DataError, match=problem):
            ledger(path, [step])

    @pytest.mark.parametrize(
        "given",
        [
            {"draws": 1},
            {"draws": "x"},
            {"seed": -1},
            {"seed": "x"},
            {"conditions": [1]},
            {"conditions": {"trust": 7}},
            {"holders": "x"},
            {"holders": HOLDERS, "profiles": "x"},
            {"holders": HOLDERS, "profiles": PROFILES.assign(entry="zz")},
            {"register": "x"},
            {"register": REGISTER.drop(columns="parties")},
            {"rules": {"indicators": None}},
            {"rules": {"tresholds": {}}},
        ],
    )
    def test_bad_questions(self, path, given):
        with pytest.raises(DataError):
            ledger(path, [Tie([("a", "d")])], **given)

    def test_only_a_network_can_be_changed(self):
        with pytest.raises(DataError, match="wanted an OrgNetwork, got str"):
            ledger("x", [Remove("a")])


PATHS = [
    [Remove("b")],
    [Merge(["a", "b"], "ab"), Remove("c")],
    [Add("e", ["a"], ["x"]), Merge(["e", "c"], "c"), Remove("a")],
    [Merge(["a", "b", "c"], "abc"), Add("f", ["d"], ["x", "y"])],
]


@pytest.mark.parametrize("steps", PATHS, ids=lambda steps: ", ".join(map(str, steps)))
@pytest.mark.parametrize("seed", range(4))
def test_the_bounds_of_coverage_are_those_of_every_filling(path, steps, seed):
    """Unknown cells of who holds what, filled in every way there is."""
    rng = np.random.default_rng(seed)
    cells = rng.choice([0.0, 1.0, np.nan], (4, 2), p=[0.3, 0.2, 0.5])
    cells[0, 0] = np.nan
    held = pd.DataFrame(cells, [*"abcd"], ["x", "y"])
    reading = ledger(path, steps, holders=held)
    dark = np.argwhere(np.isnan(cells))
    seen = []
    for filling in product([0.0, 1.0], repeat=len(dark)):
        full = cells.copy()
        full[tuple(dark.T)] = filling
        there = [Situation.of(path, pd.DataFrame(full, held.index, held.columns))]
        for step in steps:
            there.append(step.apply(there[-1]))
        counts = [(one.holders > 0).sum() for one in there]
        seen.append([[(n > 0).mean(), float((n == 1).sum())] for n in counts])
    ways = np.array(seen)
    for nr in range(1, len(steps) + 1):
        change = ways[:, nr] - ways[:, nr - 1]
        told = reading.table.xs(nr, level="nr").droplevel("step")
        told = told.loc[["covered", "single_holders"], ["lowest", "highest"]].astype(float)
        np.testing.assert_allclose(told, np.column_stack([change.min(axis=0), change.max(axis=0)]))
    whole = reading.whole.loc[["covered", "single_holders"], ["lowest", "highest"]].astype(float)
    change = ways[:, -1] - ways[:, 0]
    np.testing.assert_allclose(whole, np.column_stack([change.min(axis=0), change.max(axis=0)]))


def test_unknown_holders_leave_the_verdict_open_and_say_so(path):
    held = pd.DataFrame({"x": [np.nan, np.nan, 1, 0]}, index=[*"abcd"])
    reading = ledger(path, [Remove("c")], holders=held)
    assert reading.whole.loc["covered", ["change", "lowest", "highest"]].tolist() == [-1, -1, 0]
    assert any(
        one.startswith("covered: as the unknown cells of who holds what turn out")
        for one in reading.would_change
    )
    known = ledger(path, [Remove("c")], holders=held.fillna(0.0))
    assert known.whole.loc["covered", ["lowest", "highest"]].isna().all()
