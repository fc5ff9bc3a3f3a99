"""Scores by level and stakeholder, each verdict worked out by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics.errors import DataError, UndefinedError
from orgnet_analytics.readings import effectiveness


def scores(*rows, **more) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["level", "criterion", "stakeholder", "score"])
    return table.assign(**{"scale": "1-5", **more})


ANYBODY = {
    "thresholds": {"judges": {"value": 1}}
}  # one judge is enough, to see the other rules at work


def words(*rows, **more) -> dict[str, str]:
    reading = effectiveness.assess(scores(*rows, **more))
    return reading.criteria.set_index("criterion")["word"].to_dict()


@pytest.mark.parametrize(
    ("score", "word"),
    [(1, "not effective"), (2, "not effective"), (7 / 3, "not effective"), (3, "mixed"), (3.6, "mixed"),
     (11 / 3, "effective"), (5, "effective")],
)  # fmt: skip
def test_thirds_of_a_scale(score, word):
    assert words(("network", "fit", "members", score)) == {"fit": word}


@pytest.mark.parametrize(
    ("score", "direction", "scale", "place"),
    [(0, "lower", "0-40", 1), (40, "lower", "0-40", 0), (10, "lower", "0 tot 40", 0.75),
     (-1, "higher", "-2–2", 0.25), (2.5, None, "0-2,5", 1)],
)  # fmt: skip
def test_places_on_a_scale(score, direction, scale, place):
    table = scores(("network", "days", "members", score), scale=scale, direction=direction)
    assert effectiveness.assess(table).scores.at[0, "place"] == place


@pytest.mark.parametrize(
    ("score", "baseline", "target", "place", "word"),
    [(60, 40, 80, 0.5, "not effective"), (70, 40, 80, 0.75, "mixed"), (80, 40, 80, 1, "effective"),
     (90, 40, 80, 1.25, "effective"), (30, 40, 80, -0.25, "not effective"), (12, 20, 10, 0.8, "mixed")],
)  # fmt: skip
def test_part_of_the_way_to_a_target(score, baseline, target, place, word):
    table = scores(
        ("network", "reach", "funders", score), scale=None, baseline=baseline, target=target
    )
    found = effectiveness.assess(table).scores.loc[0]
    assert (found["place"], found["word"], found["against"]) == (
        pytest.approx(place),
        word,
        "target",
    )


def test_disagreement_is_a_finding_and_no_mean():
    clients_low = [("community", "help", "clients", 1), ("community", "help", "managers", 5)]
    reading = effectiveness.assess(scores(*clients_low))
    assert reading.verdict == "disputed at community level"
    assert reading.criteria.loc[0, ["lowest", "highest", "gap"]].tolist() == [0, 1, 1]
    assert reading.criteria.loc[0, ["lowest_by", "highest_by"]].tolist() == ["clients", "managers"]
    assert reading.scores["place"].tolist() == [0, 1]
    # Half the scale apart, though nobody says "not effective": 3 is mixed, 5 is effective.
    assert words(("network", "fit", "a", 3), ("network", "fit", "b", 5)) == {"fit": "disputed"}
    assert words(("network", "fit", "a", 3.5), ("network", "fit", "b", 5)) == {"fit": "mixed"}


def test_levels_may_differ_and_the_verdict_says_so():
    reading = effectiveness.assess(
        scores(
            ("network", "fit", "members", 5), ("network", "fit", "clients", 4),
            ("network", "range", "members", 4),
            ("community", "waiting", "clients", 1), ("community", "reach", "clients", 2),
            ("organization", "means", "members", 3),
        ),
        rules=ANYBODY,
    )  # fmt: skip
    assert reading.verdict == (
        "effective at network level but mixed at organization level, not effective at community level"
    )
    assert reading.levels.to_dict() == {
        "community": "not effective", "network": "effective", "organization": "mixed",
    }  # fmt: skip
    agrees = reading.evidence.set_index("indicator")["agrees"]
    assert agrees["community: reach (clients)"]
    assert agrees.isna().sum() == 1
    assert "Only clients judged reach (community)." in reading.missing
    assert "If all found means effective: effective at organization level." in reading.would_change


@pytest.mark.parametrize(
    ("said", "word"),
    [([5, 5, 3], "effective"), ([5, 5, 1], "mixed"), ([1, 1, 3], "not effective"), ([5, 3, 3], "mixed"),
     ([5, 1], "mixed"), ([5], "effective")],
)  # fmt: skip
def test_a_level_follows_most_of_its_criteria_unless_one_is_the_opposite(said, word):
    rows = [("network", f"c{i}", "members", score) for i, score in enumerate(said)]
    assert effectiveness.assess(scores(*rows), rules=ANYBODY).levels["network"] == word


def test_a_third_of_disputed_criteria_makes_a_level_disputed():
    rows = [("network", "a", "x", 1), ("network", "a", "y", 5)]
    rows += [("network", f"b{i}", "x", 5) for i in range(3)]
    assert effectiveness.assess(scores(*rows[:-1])).levels["network"] == "disputed"
    assert effectiveness.assess(scores(*rows)).levels["network"] == "effective"


def test_respondents_of_one_stakeholder_may_be_divided():
    rows = [("network", "fit", "members", score) for score in (1, 5, 5, 5)]
    reading = effectiveness.assess(scores(*rows))
    assert reading.scores.loc[0, ["n", "score", "word"]].tolist() == [4, 4, "divided"]
    assert reading.scores.loc[0, ["lowest", "highest"]].tolist() == [0, 1]
    assert reading.verdict == "disputed at network level"
    assert any("are divided" in caveat for caveat in reading.caveats)
    rows += [("network", "fit", "members", 5)]  # one in five is less than a quarter
    assert effectiveness.assess(scores(*rows)).verdict == "effective at network level"


def test_no_score_is_not_known_and_not_low():
    reading = effectiveness.assess(
        scores(("network", "fit", "a", None), ("network", "fit", "b", 5)), rules=ANYBODY
    )
    assert reading.verdict == "effective at network level"
    assert "No score of a on fit (network)." in reading.missing
    assert "Nothing is known at community level." in reading.missing
    none = effectiveness.assess(scores(("network", "fit", "a", None)))
    assert none.verdict == "undetermined"


def test_waves_run_by_year_and_the_last_is_read():
    table = scores(("network", "fit", "a", 5), ("network", "fit", "a", 1), wave=[2025, 2023])
    reading = effectiveness.assess(table, rules=ANYBODY)
    assert reading.verdict == "effective at network level"
    assert reading.course["network"].to_dict() == {2023: "not effective", 2025: "effective"}
    assert (
        effectiveness.assess(table, wave=2023, rules=ANYBODY).verdict
        == "not effective at network level"
    )
    with pytest.raises(UndefinedError, match="2023, 2025"):
        effectiveness.assess(table, wave=2024)


def test_thresholds_can_be_changed_and_are_shown():
    own = {"thresholds": {"effective": {"value": 0.9}, **ANYBODY["thresholds"]}}
    reading = effectiveness.assess(scores(("network", "fit", "a", 4)), rules=own)
    assert reading.verdict == "mixed at network level"
    assert reading.rules.at["effective", "value"] == 0.9


def test_one_judge_gives_no_verdict():
    """One opinion, or one measurement, is told and not generalized; two respondents are two judges."""
    one = effectiveness.assess(scores(("network", "fit", "members", 5)))
    assert one.verdict == "undetermined"
    assert one.levels.to_dict() == {
        "community": "not known", "network": "one judge", "organization": "not known",
    }  # fmt: skip
    assert one.criteria.loc[0, "word"] == "effective"
    assert any("ask others" in said for said in one.missing)
    assert not one.would_change
    many = [("network", f"c{i}", "members", 5) for i in range(4)]
    assert effectiveness.assess(scores(*many)).levels["network"] == "one judge"
    two = scores(("network", "fit", "members", 5), ("network", "fit", "members", 4))
    assert effectiveness.assess(two).verdict == "effective at network level"
    others = scores(("network", "fit", "members", 5), ("network", "range", "clients", 4))
    assert effectiveness.assess(others).verdict == "effective at network level"
    silent = scores(("network", "fit", "members", 5), ("network", "fit", "clients", None))
    assert effectiveness.assess(silent).verdict == "undetermined"
    strict = {"thresholds": {"judges": {"value": 3}}}
    assert effectiveness.assess(two, rules=strict).levels["network"] == "one judge"


def test_every_problem_with_the_scores_is_told_at_once():
    bad = pd.DataFrame(
        {
            "level": ["comunity", "network", "network", "network", "network"],
            "criterion": ["a", None, "c", "d", "e"],
            "stakeholder": "x",
            "score": [3, 9, "many", 2, 2],
            "scale": ["1-5", "1-5", "5-1", None, None],
            "baseline": [None, None, None, 3, 3],
            "target": [None, None, None, 3, 5],
            "direction": [None, "up", None, None, "lower"],
        }
    )
    with pytest.raises(DataError) as caught:
        effectiveness.assess(bad)
    issues = caught.value.issues
    assert sorted(zip(issues["row"], issues["column"], strict=True)) == [
        (0, "level"), (1, "criterion"), (1, "direction"), (1, "score"), (2, "scale"), (2, "scale"),
        (2, "score"), (3, "target"), (4, "direction"),
    ]  # fmt: skip
    assert "did you mean 'community'?" in issues["suggestion"].tolist()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (None, "got NoneType"),
        (pd.DataFrame(), "empty"),
        (pd.DataFrame({"levels": ["network"]}), "did you mean 'levels'"),
        (scores(("network", "a", "x", 3)).drop(columns="scale"), "has no scale"),
    ],
)
def test_what_is_no_table_of_scores(table, told):
    with pytest.raises(DataError, match=told):
        effectiveness.assess(table)


def test_a_criterion_is_held_against_one_thing():
    table = scores(
        ("network", "a", "x", 3), ("network", "a", "x", 4), baseline=[None, 1], target=[None, 5]
    )
    with pytest.raises(DataError, match="against a scale and against a target"):
        effectiveness.assess(table)


def test_suggested_criteria_in_both_languages():
    assert len(effectiveness.criteria("nl")) == len(effectiveness.criteria()) == 13
    with pytest.raises(UndefinedError, match="'nl'"):
        effectiveness.criteria("fr")


def test_hostile_criteria_are_text():
    shown = effectiveness.assess(scores(("network", "<script>", "<b>x</b>", 3)))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


row = st.tuples(
    st.sampled_from(effectiveness.LEVELS),
    st.sampled_from("ab"),
    st.sampled_from("xyz"),
    st.integers(1, 5),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(row, min_size=1, max_size=12), st.integers(0, 1000))
def test_the_order_of_rows_changes_nothing(rows, seed):
    table = scores(*rows)
    first = effectiveness.assess(table)
    second = effectiveness.assess(table.sample(frac=1, random_state=seed))
    assert first.verdict == second.verdict
    assert (first.criteria["gap"].dropna() >= 0).all()
    assert first.scores["place"].between(0, 1).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(row, min_size=1, max_size=8))
def test_a_dissenting_stakeholder_never_narrows_the_gap(rows):
    before = effectiveness.assess(scores(*rows)).criteria.set_index(["level", "criterion"])
    level, criterion, _, score = rows[0]
    after = effectiveness.assess(scores(*rows, (level, criterion, "new", 1 if score > 2 else 5)))
    found = after.criteria.set_index(["level", "criterion"])
    assert (found["gap"] >= before["gap"] - 1e-12).all()
