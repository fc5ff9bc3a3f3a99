"""Forms on networks made by hand: a star, a clique, a hub without services."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import DataError, OrgNetwork, UndefinedError, datasets
from orgnet_analytics.readings import governance

MEMBERS = list("abcdefgh")


def net(pairs, members=MEMBERS, relation=None, responded=None) -> OrgNetwork:
    ties = pd.DataFrame(list(pairs), columns=["source", "target"])
    if relation is not None:
        ties["relation"] = relation
    actors = pd.DataFrame(index=list(members))
    if responded is not None:
        actors["responded"] = responded
    return OrgNetwork(actors, ties)


STAR = [("a", other) for other in MEMBERS[1:]]
CLIQUE = list(combinations(MEMBERS, 2))
RING = [(MEMBERS[i], MEMBERS[i - 1]) for i in range(len(MEMBERS))]


def test_a_producing_star_is_led():
    reading = governance.detect(net(STAR))
    assert (reading.form, reading.hub, reading.margin) == ("lead", "a", 1)
    assert reading.membership.to_dict() == {"shared": 0, "lead": 1, "nao": 0, "hybrid": 0}
    assert reading.without_hub.loc["fragmentation"].tolist() == [0, 1]


def test_a_clique_shares():
    reading = governance.detect(net(CLIQUE))
    assert reading.form == "shared"
    asked = reading.conditions.set_index(["form", "indicator"])
    assert asked.loc[("lead", "lead_over_second"), "value"] == 1
    assert not asked.loc[("lead", "lead_over_second"), "holds"]
    assert asked.loc[("lead", "loss"), ["value", "asks"]].tolist() == [0, "at least 0.025"]
    evidence = reading.evidence.set_index("indicator")
    assert evidence.at["density", "reading"] == "fits shared"
    assert evidence.at["density", "agrees"]
    assert evidence.at["centralization", "reading"] == "fits shared; not lead"
    assert pd.isna(evidence.at["coverage", "agrees"])


def test_a_star_of_the_named_office_is_an_nao():
    reading = governance.detect(net(STAR), nao="a")
    assert reading.form == "nao"
    assert reading.membership["lead"] == 0


def test_a_hub_without_services_is_taken_for_an_nao():
    ties = pd.concat([
        pd.DataFrame(STAR, columns=["source", "target"]).assign(relation="talk"),
        pd.DataFrame(RING[2:], columns=["source", "target"]).assign(relation="service"),
    ])  # fmt: skip
    both = OrgNetwork(pd.DataFrame(index=MEMBERS), ties)
    served = governance.detect(both, relation="talk", service="service")
    assert (served.form, served.hub) == ("nao", "a")
    assert governance.detect(both, relation="talk").form == "lead"
    assert any("nao=" in caveat for caveat in governance.detect(both, relation="talk").caveats)


def test_an_office_nobody_needs_is_no_nao():
    idle = net([*combinations(MEMBERS[1:], 2), *STAR[:6]])
    reading = governance.detect(idle, nao="a")
    assert reading.membership["nao"] == 0
    assert reading.form == "shared"


def test_two_centers_are_a_hybrid():
    two = [("a", m) for m in "bcdef"] + [("h", m) for m in "bcdef"]
    assert governance.detect(net(two)).form == "hybrid"


def test_few_answers_withhold_the_form():
    reading = governance.detect(net(STAR, responded=[True] * 3 + [False] * 5))
    assert reading.form == "undetermined"
    assert reading.evidence["agrees"].isna().all()
    assert reading.missing[1] == "20 dyads nobody reported on"
    assert reading.bounds.loc["density", ["lowest", "highest"]].tolist() == [7 / 28, 27 / 28]
    assert reading.bounds["exact"].tolist() == [True, False, True]
    assert any("38% of the members" in caveat for caveat in reading.caveats)


def test_no_ties_are_undetermined():
    assert governance.detect(net([])).form == "undetermined"


def test_dyads_nobody_reported_on_are_no_absent_ties():
    told = [("a", other) for other in "bd"]
    reading = governance.detect(net(told, members="abcd", responded=[True, True, True, False]))
    assert reading.without_hub.loc["density", "with"] == 1 / 3
    assert reading.bounds.loc["density", ["lowest", "known", "highest"]].tolist() == [
        2 / 6,
        1 / 3,
        4 / 6,
    ]


def test_what_would_change_the_form_and_the_row_of_a_comparison():
    reading = governance.detect(net(STAR))
    assert reading.would_change[0] == "lead asks coverage at least 0.5; it is 1.00"
    assert reading.would_change[1] == "nao would take is_nao at least 0.75; it is 0.00"
    row = reading.row()
    assert row[["verdict", "hub", "margin", "lead"]].tolist() == ["lead", "a", 1, 1]
    assert reading.rules.at["lead: coverage", "value"] == [0.4, 0.6, 1, 1]
    assert reading.rules.at["margin", "value"] == 0.1


def test_the_rules_can_be_changed_and_are_checked():
    own = {"structure": {"lead": {"coverage": [0, 0, 0.5, 0.6]}}}
    assert governance.detect(net(STAR), rules=own).membership["lead"] == 0
    wrong = {"structure": {"lead": {"size": [0, 0, 1, 1], "coverage": [1, 0]}, "king": {}}, "odd": 1,
             "thresholds": {"margin": {"value": "big"}}, "tensions": {"efficiency": {"lead": 3}}}  # fmt: skip
    with pytest.raises(DataError) as caught:
        governance.detect(net(STAR), rules=wrong)
    assert len(caught.value.issues) == 6


def test_what_has_no_form():
    with pytest.raises(UndefinedError, match="There is no actor 'z'"):
        governance.detect(net(STAR), nao="z")
    with pytest.raises(UndefinedError, match="three organizations or more"):
        governance.detect(net([("a", "b")], members="ab"))


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_names_and_the_order_of_rows_change_nothing(seed: int):
    chance = np.random.default_rng(seed)
    pairs = [pair for pair in CLIQUE if chance.random() < 0.4] or CLIQUE[:1]
    names = dict(zip(MEMBERS, chance.permutation(list("pqrstuvw")), strict=True))
    other = [(names[a], names[b]) for a, b in pairs][::-1]
    first = governance.detect(net(pairs)).membership
    hub_free = governance.detect(net(other, members=sorted(names.values()))).membership
    assert hub_free["shared"] == pytest.approx(first["shared"])
    assert hub_free[["shared", "lead", "nao"]].between(0, 1).all()


def test_the_case_is_led_by_the_hospital_and_later_by_its_office():
    case = datasets.load_chronic_care()
    table = governance.course(case.waves, relation="information", nao="NBM", service="referral")
    assert table["form"].to_dict() == {2021: "lead", 2023: "undetermined", 2025: "nao"}
    assert table["hub"].tolist() == ["AZM", "NBM", "NBM"]
    assert table["changed"].isna().all()  # 2023 may have been the one or the other
    same = governance.course(case.waves, relation="information", nao={2023: "NBM", 2025: "NBM"})
    assert same["form"].equals(table["form"])


def test_a_reading_shows_hostile_names_as_text():
    reading = governance.detect(net([("<b>", m) for m in "bcd"], members=["<b>", *"bcd"]))
    assert "<b>'" not in reading._repr_html_()
    assert "&lt;b&gt;" in reading._repr_html_()


# fit and tensions


@pytest.mark.parametrize(
    ("form", "size", "conditions"),
    [
        ("shared", 6, {"trust": 0.8, "goal_consensus": 0.9, "competencies": 0.1}),
        ("lead", 12, {"trust": 0.1, "goal_consensus": 0.35, "competencies": 0.5}),
        ("nao", 40, {"trust": 0.5, "goal_consensus": 0.7, "competencies": 0.9}),
    ],
)
def test_conditions_ask_for_the_form_they_are_those_of(
    form: str, size: int, conditions: dict[str, float]
):
    network = net([("m0", "m1")], members=[f"m{i}" for i in range(size)])
    reading = governance.fit(network, form=form, **conditions)
    assert reading.best == reading.actual == form
    assert reading.fits[form] == 1
    assert reading.conditions["gap"].dropna().tolist() == [0, 0, 0, 0]
    other = governance.fit(network, form="hybrid", **conditions)
    assert other.conditions["gap"].isna().all()


def test_trust_is_read_from_ratings():
    ratings = pd.DataFrame(
        {"source": list("bcdea"), "target": list("aaaab"), "weight": [4, 4, 3, 1, 1]}
    )
    trust = OrgNetwork(pd.DataFrame(index=list("abcde")), ratings)
    reading = governance.fit(net([("a", "b")], members="abcde"), trust=trust)
    assert reading.conditions.loc["trust_density", "value"] == 3 / 20
    assert reading.conditions.loc["trust_centralization", "value"] == pytest.approx((4 * 3) / 16)
    assert reading.best == "undetermined"
    assert reading.missing == ("goal_consensus", "competencies", "the form there is (form=)")


def test_with_nothing_known_but_size_the_fit_is_undetermined():
    reading = governance.fit(net(STAR))
    assert reading.best == reading.actual == "undetermined"
    assert math.isnan(reading.conditions.loc["trust_density", "value"])


def test_the_verdict_on_the_fit_and_what_would_change_it():
    asks_nao = {"trust": 0.5, "goal_consensus": 0.7, "competencies": 0.9}
    many = net([("m0", "m1")], members=[f"m{i}" for i in range(40)])
    verdicts = {form: governance.fit(many, form=form, **asks_nao).verdict
                for form in ("nao", "shared", "hybrid", None)}  # fmt: skip
    assert verdicts == {"nao": "fits", "shared": "does not fit", "hybrid": "asks for nao",
                        None: "asks for nao"}  # fmt: skip
    reading = governance.fit(many, form="shared", **asks_nao)
    evidence = reading.evidence.set_index("indicator")
    assert evidence.at["participants", "reading"] == "fits nao"
    assert evidence.at["participants", "agrees"]
    assert pd.isna(evidence.at["trust_centralization", "agrees"])
    assert "shared asks participants at most 10; it is 40.00" in reading.would_change
    assert reading.row()["best"] == "nao"
    assert "hybrid is none" in governance.fit(many, form="hybrid", **asks_nao).caveats[1]


def test_wrong_conditions_are_told_at_once():
    with pytest.raises(DataError) as caught:
        governance.fit(net(STAR), trust=1.2, goal_consensus=-1, competencies=0.5)
    assert set(caught.value.issues["column"]) == {"trust_density", "goal_consensus"}
    with pytest.raises(UndefinedError, match="shared, lead, nao, hybrid"):
        governance.fit(net(STAR), form="anarchy")


def test_tensions_pull_where_form_and_network_lean_apart():
    table = governance.tensions("shared", efficiency=0.9, legitimacy=0.3, stability=0.2)
    assert table["pulls"].to_dict() == {"efficiency": True, "legitimacy": False, "stability": False}
    assert table.loc["efficiency", "distance"] == pytest.approx(0.2 - 0.9)
    assert table.loc["legitimacy", "from_0"] == "internal legitimacy"
    with pytest.raises(UndefinedError, match="leans"):
        governance.tensions("hybrid", efficiency=0.5, legitimacy=0.5, stability=0.5)
    with pytest.raises(DataError, match="0 to 1"):
        governance.tensions("nao", efficiency=5, legitimacy=0.5, stability=0.5)


def test_facts_take_what_more_than_half_name():
    said = pd.DataFrame(
        {
            "governed_by": ["nao", "nao", "shared", None],
            "coordinator": ["office", "office", "gp", None],
            "goal_same": [5, 3, None, None],
            "goal_own": [3, None, 1, None],
        },
        index=[*"abcd"],
    )
    found = governance.facts(said)
    assert (found.form, found.coordinator, found.nao) == ("nao", "office", "office")
    # Respondents: 4, 3 and 1 on a scale of 1 to 5.
    assert found.goal_consensus == pytest.approx((8 / 3 - 1) / 4)
    assert found.told.loc[("coordinator", "office")].tolist() == [2, pytest.approx(2 / 3)]
    strict = governance.facts(said, rules={"thresholds": {"majority": {"value": 0.7}}})
    assert (strict.form, strict.coordinator, strict.nao) == ("undetermined", None, None)
    lead = governance.facts(said.assign(governed_by="lead"))
    assert (lead.form, lead.coordinator, lead.nao) == ("lead", "office", None)
    assert governance.facts(said[["governed_by"]]).goal_consensus is None


def test_facts_tell_every_wrong_answer():
    with pytest.raises(DataError, match="has none of the questions"):
        governance.facts(pd.DataFrame({"trust": [1]}))
    wrong = pd.DataFrame({"governed_by": ["leed", "nao"], "goal_same": [6, 2]}, index=["a", "b"])
    with pytest.raises(DataError) as error:
        governance.facts(wrong)
    assert error.value.issues[["row", "column"]].to_numpy().tolist() == [
        ["a", "goal_same"], ["a", "governed_by"]]  # fmt: skip


def test_trust_that_few_rated_is_not_known_and_says_from_where_it_counts():
    ids = list("abcdef")
    pairs = [(a, b, 5.0) for a in ids for b in ids if a != b]

    def rated(count):
        told = ids[:count]
        actors = pd.DataFrame({"responded": [name in told for name in ids]}, index=ids)
        ties = pd.DataFrame(pairs, columns=["source", "target", "weight"])
        return OrgNetwork(actors, ties[ties["source"].isin(told)])

    fits = {n: governance.fit(rated(n), trust=rated(n), form="shared") for n in (2, 4, 6)}
    assert {n: fit.conditions.at["trust_density", "value"] for n, fit in fits.items()} == {
        2: pytest.approx(np.nan, nan_ok=True), 4: 1, 6: 1}  # fmt: skip
    assert "trust_density" in fits[2].missing
    assert "Only 33% of the ratings of trust are known, too few to count them." in fits[2].caveats
    assert "Only 67% of the ratings of trust are known." in fits[4].caveats
    assert "A rating counts as trust from 2.5 on: 50% of the highest given." in fits[6].caveats
