"""Exercises: every solution is accepted, every typical mistake explained, everything else refused."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import UndefinedError, learn

EXERCISES = sorted(learn._exercises())


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_accepted_and_explained(name):
    answer = learn._run(learn.solution(name))
    verdict = learn.check(name, answer)
    assert verdict.right
    assert verdict.why.startswith("Right. ")
    assert learn.hint(name) not in learn.solution(name)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_typical_mistake_is_told_apart(name):
    mistakes = learn._exercise(name)["wrong"]
    said = [learn.check(name, learn._run(mistake["code"])) for mistake in mistakes]
    assert [verdict.right for verdict in said] == [False] * len(mistakes)
    assert [str(verdict) for verdict in said] == [f"Not yet. {m['why'].strip()}" for m in mistakes]


def test_another_answer_is_refused_with_a_way_on():
    assert str(learn.check("20-1", 12345)) == "Not yet. Try learn.hint('20-1')."


@pytest.mark.parametrize(
    ("given", "wanted", "same"),
    [
        (0.795, 31 / 39, True),
        (0.8, 31 / 39, False),
        ("ocm ", "OCM", True),
        (np.nan, float("nan"), True),
        (None, 1.0, False),
        (["b", "a"], pd.Index(["a", "b"]), True),
        (["a"], pd.Index(["a", "b"]), False),
        ("a", ["a"], False),
        ([1.0], 1.0, False),
        (object(), 1.0, False),
    ],
)
def test_answers_are_compared_by_value(given, wanted, same):
    assert learn._same(given, wanted) is same


def test_an_unknown_exercise_offers_the_nearest():
    with pytest.raises(UndefinedError, match="did you mean '20-1'"):
        learn.hint("20-l")
