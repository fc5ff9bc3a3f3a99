"""Registers of agreements, each verdict worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import OrgNetwork
from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.readings import agreements

MEMBERS = ["clinic", "homes", "police", "social", "work"]
DAY = "2025-06-30"


def register(*rows: dict) -> pd.DataFrame:
    base = {"start": "2024-01-01", "end": "open", "signed_by": "all", "parties": "all"}
    return pd.DataFrame([{"id": f"A{i}", **base, **row} for i, row in enumerate(rows, 1)])


def read(*rows: dict, **more) -> agreements.AgreementsReading:
    return agreements.read(register(*rows), **{"members": MEMBERS, "at": DAY, **more})


EVERY = {"problem": "; ".join(agreements.PROBLEMS)}


def test_all_four_settled_for_everybody():
    reading = read(EVERY)
    assert reading.verdict == "settled"
    assert (reading.organizations == "in force").all(axis=None)
    assert reading.evidence["agrees"].dropna().tolist() == [True] * 4
    assert reading.in_none == ()


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({}, "in force"),
        ({"end": "2024-12-31"}, "expired"),
        ({"end": "2025-06-30"}, "expiring"),
        ({"end": "2025-12-27"}, "expiring"),  # 180 days on
        ({"end": "2025-12-28"}, "in force"),
        ({"end": "2024-12-31", "renewal": "automatic"}, "in force"),
        ({"end": "2024-12-31", "renewal": "by_decision"}, "expired"),
        ({"end": None, "renewal": "automatic"}, "in force"),
        ({"end": None}, "not known"),
        ({"start": "2025-07-01"}, "not yet"),
        ({"start": None}, "in force"),
    ],
)
def test_the_status_on_a_day(row, status):
    assert read({**EVERY, **row}).agreements.at["A1", "status"] == status


def test_what_may_have_ended_leaves_the_verdict_open_only_where_it_decides():
    assert read({**EVERY, "end": None}).verdict == "undetermined"
    assert read(EVERY, {**EVERY, "end": None}).verdict == "settled"
    reading = read({**EVERY, "end": None})
    assert "Whether it has ended is not known of A1." in reading.missing
    assert reading.would_change[0].startswith(
        "If A1 were known to be in force: task division settled"
    )


def test_a_share_of_the_members_makes_a_problem_settled_partly_or_not():
    four = {"problem": "information", "parties": "clinic; homes; police; social"}
    two = {"problem": "rewards", "parties": "clinic; homes"}
    reading = read(four, two, {"problem": "task_division"})
    words = reading.evidence.set_index("indicator")["reading"]
    assert words["information"] == "settled: 4 of 5 members"
    assert words["rewards"] == "partly settled: 2 of 5 members"
    assert words["task_allocation"] == "not settled: 0 of 5 members"
    assert reading.verdict == "gaps: task allocation, rewards"
    assert reading.evidence.set_index("indicator").at["information", "agrees"] == False  # noqa: E712
    stricter = read(
        four, two, {"problem": "task_division"}, rules={"thresholds": {"most": {"value": 1}}}
    )
    assert stricter.verdict == "gaps: task allocation, rewards, information"
    assert stricter.rules.at["most", "value"] == 1
    assert read({**EVERY, "end": "2020-01-01", "start": None}).verdict == "not settled"


def test_only_who_signed_is_bound_and_one_signature_binds_nobody():
    reading = read({**EVERY, "signed_by": "clinic; homes"}, {**EVERY, "signed_by": "police"})
    assert reading.organizations["rewards"].to_dict() == {
        "clinic": "in force", "homes": "in force", "police": "not signed", "social": "not signed",
        "work": "not signed",
    }  # fmt: skip
    assert reading.agreements["status"].to_dict() == {"A1": "in force", "A2": "not signed"}
    assert "If A2 were signed by all its parties" in reading.would_change[1]
    assert reading.agreements["one_sided"].to_dict() == {"A1": "", "A2": "signed by police only"}
    assert reading.in_none == ("police", "social", "work")
    assert read({**EVERY, "signed_by": "none"}).verdict == "not settled"
    assert read({**EVERY, "signed_by": None}).verdict == "settled"
    assert "Who signed is not known of A1." in read({**EVERY, "signed_by": None}).missing
    assert reading.would_change[0].startswith(
        "If A1 were signed by all its parties: task division settled"
    )


def test_columns_that_are_not_there_are_not_known():
    bare = register(EVERY)[["id", "problem", "parties"]].assign(end="open")
    reading = agreements.read(bare, members=MEMBERS, at=DAY)
    assert reading.verdict == "settled"
    assert len(reading.missing) == 5
    assert reading.agreements[["signed", "measured"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("obliged", "benefits", "why"),
    [
        ("clinic", "clinic; homes", "obliges clinic only"),
        ("clinic; homes", "homes", "benefits homes only"),
        ("clinic; homes", "clinic; homes", ""),
        ("clinic; homes", "homes; police", "clinic only give, police only gain"),
        ("clinic; homes; police", "clinic; homes", ""),
        ("clinic; homes", None, ""),
        (None, "homes", "benefits homes only"),
    ],
)
def test_one_sided_is_where_some_only_give_and_others_only_gain(obliged, benefits, why):
    row = {**EVERY, "parties": "clinic; homes; police", "obliged": obliged, "benefits": benefits}
    reading = read(row)
    assert reading.agreements.at["A1", "one_sided"] == why
    assert reading.organizations.at["homes", "rewards"] == ("one-sided" if why else "in force")
    count = reading.evidence.set_index("indicator").at["one_sided", "value"]
    assert count == bool(why)


def test_the_matrix_of_problems_by_agreements():
    reading = read({"problem": "rewards"}, {"problem": "information; rewards", "end": "2025-01-01"})
    assert reading.matrix["A1"].tolist() == ["", "", "in force", ""]
    assert reading.matrix["A2"].tolist() == ["", "", "expired", "expired"]
    assert reading.organizations.loc["work", ["rewards", "information"]].tolist() == [
        "in force",
        "expired",
    ]
    assert "If A2 were in force again: information settled." in reading.would_change
    soon = read({"problem": "rewards", "end": "2025-09-01"})
    assert soon.would_change == ("If A1 ends on 2025-09-01: rewards not settled.",)
    measured = read({**EVERY, "compliance": "none"}, {**EVERY, "compliance": "yearly talk"}, EVERY)
    assert measured.agreements["measured"].tolist()[:2] == [False, True]
    assert measured.evidence.set_index("indicator").at["not_measured", "reading"] == "A1"


def network(responded=None):
    actors = pd.DataFrame(index=MEMBERS)
    if responded is not None:
        actors["responded"] = responded
    ties = pd.DataFrame(
        {"source": ["clinic", "homes", "work"], "target": ["homes", "clinic", "social"]}
    )
    return OrgNetwork(actors, ties)


def test_working_ties_without_an_agreement_and_agreements_without_a_tie():
    rows = [
        {**EVERY, "parties": "clinic; homes"},
        {"problem": "information", "parties": "clinic; police"},
    ]
    reading = read(*rows, net=network(), members=None)
    dyads = reading.dyads.set_index(["first", "second"])
    assert dyads["state"].to_dict() == {
        ("clinic", "homes"): "tie and agreement",
        ("clinic", "police"): "agreement without tie",
        ("social", "work"): "tie without agreement",
    }
    assert dyads["problems"].tolist() == [4, 1, 0]
    assert reading.agreements[["tied", "pairs"]].to_numpy().tolist() == [[1, 1], [0, 1]]
    evidence = reading.evidence.set_index("indicator")["reading"]
    assert evidence["ties_without_agreement"] == "1 of 2 working ties"
    assert evidence["agreements_without_tie"] == "A2"
    assert evidence["members_in_none"] == "social and work"


def test_an_unknown_tie_is_neither_tie_nor_no_tie():
    silent = network(responded=[True, True, False, True, True])
    rows = [{"problem": "information", "parties": "clinic; police"}]
    reading = read(*rows, net=silent, members=None)
    row = reading.dyads.set_index(["first", "second"]).loc[("clinic", "police")]
    assert pd.isna(row["tie"])
    assert row["state"] == "not known"
    assert reading.evidence.set_index("indicator").at["agreements_without_tie", "value"] == 0


def test_parties_outside_are_no_members():
    reading = agreements.read(
        register({**EVERY, "parties": "clinic; fund"}), members=MEMBERS, outside=["fund"], at=DAY
    )
    assert list(reading.organizations.index) == MEMBERS
    assert reading.agreements.at["A1", "parties"] == 2
    free = agreements.read(register({**EVERY, "parties": "clinic; fund"}), outside=["fund"], at=DAY)
    assert list(free.organizations.index) == ["clinic"]


def test_every_problem_with_the_register_is_told_at_once():
    bad = register(
        {
            "problem": "reward; fame",
            "parties": "clinic; home",
            "signed_by": "police",
            "end": "soon",
        },
        {"problem": None, "parties": "clinic", "renewal": "perhaps", "form": "sung"},
        {"problem": "rewards", "id": "A1", "end": "2023-01-01"},
        {"problem": "rewards", "id": None, "start": "open", "obliged": "clinci"},
    )
    with pytest.raises(DataError) as caught:
        agreements.read(bad, members=MEMBERS)
    issues = caught.value.issues
    assert sorted(issues["column"]) == sorted([
        "id", "id", "problem", "problem", "problem", "parties", "parties", "signed_by", "end", "end",
        "renewal", "form", "start", "obliged",
    ])  # fmt: skip
    hints = issues.set_index("value")["suggestion"]
    assert hints["reward"] == "did you mean 'rewards'?"
    assert hints["home"] == "did you mean 'homes'?"


@pytest.mark.parametrize(
    ("table", "more", "told"),
    [
        ([1], {}, "got list"),
        (pd.DataFrame({"id": ["A"]}), {}, "'problem'"),
        (register(EVERY), {"at": "someday"}, "wanted a date"),
        (register(EVERY), {"members": []}, "nobody is named"),
        (register(EVERY), {"net": network(), "members": ["clinci"]}, "did you mean 'clinic'"),
        (register(EVERY), {"rules": {"thresholds": {"mos": {"value": 1}}}}, "did you mean 'most'"),
    ],
)
def test_what_cannot_be_read(table, more, told):
    with pytest.raises(DataError, match=told):
        agreements.read(table, **{"members": MEMBERS, **more})


def test_several_relations_must_be_named():
    ties = pd.DataFrame({"source": ["clinic"] * 2, "target": ["homes"] * 2, "relation": ["a", "b"]})
    with pytest.raises(UndefinedError, match="relation"):
        read(EVERY, net=OrgNetwork(pd.DataFrame(index=MEMBERS), ties), members=None)


def test_problems_are_named_in_both_languages():
    for lang in ("en", "nl"):
        assert tuple(agreements.problems(lang).index) == agreements.PROBLEMS
    with pytest.raises(UndefinedError, match="'nl'"):
        agreements.problems("de")


def test_hostile_titles_are_text():
    shown = read({**EVERY, "title": "<script>x</script>", "id": "<b>"})._repr_html_()
    assert "<script" not in shown
    assert "&lt;script" in shown


pick = st.lists(st.sampled_from(MEMBERS), min_size=2, max_size=5, unique=True)
row = st.fixed_dictionaries({
    "problem": st.sampled_from(agreements.PROBLEMS),
    "parties": pick.map("; ".join),
    "end": st.sampled_from([None, "open", "2024-12-31", "2025-09-01", "2027-01-01"]),
    "signed_by": st.sampled_from([None, "all", "none"]),
})  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(row, min_size=1, max_size=6), st.randoms())
def test_the_order_of_rows_changes_nothing_and_one_more_agreement_never_unsettles(rows, chance):
    table = register(*rows)
    first = agreements.read(table, members=MEMBERS, at=DAY)
    mixed = table.sample(frac=1, random_state=chance.randrange(1000))
    second = agreements.read(mixed, members=MEMBERS[::-1], at=DAY)
    assert first.verdict == second.verdict
    pd.testing.assert_frame_equal(first.organizations, second.organizations.loc[MEMBERS])
    more = agreements.read(register(*rows, EVERY), members=MEMBERS, at=DAY)
    assert more.verdict == "settled"
    rank = {state: place for place, state in enumerate(agreements.STATES)}
    assert (more.organizations.map(rank.get) <= first.organizations.map(rank.get)).all(axis=None)


def test_what_respondents_say_is_agreed_makes_a_register():
    said = pd.DataFrame(
        {"agreed_rewards": [2, 2, 0, None], "agreed_information": [0, 0, 0, 0], "other": 1},
        index=[*"abcd"],
    )
    made = agreements.from_answers(said)
    assert made[["problem", "parties", "signed_by", "form"]].to_numpy().tolist() == [
        ["rewards", "a; b; c", "a; b", "written"]]  # fmt: skip
    read = agreements.read(made, members=[*"abcd"], at="2025-01-01")
    assert read.organizations["rewards"].tolist()[:3] == ["in force", "in force", "not signed"]
    with pytest.raises(DataError, match="has none of the questions"):
        agreements.from_answers(said[["other"]])
    with pytest.raises(DataError, match="wanted a whole number from 0 to 2"):
        agreements.from_answers(pd.DataFrame({"agreed_rewards": [3, 1]}))
