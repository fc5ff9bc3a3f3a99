"""Exercises: every solution is accepted, every typical mistake explained, everything else refused."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import UndefinedError, learn
from orgnet_analytics.learn.exercises import _exercises, _run, _same, exercise_of

QUIZZES = sorted(name for name, content in _exercises().items() if "options" in content)
EXERCISES = sorted(set(_exercises()) - set(QUIZZES))


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_accepted_and_explained(name):
    answer = _run(learn.solution(name))
    verdict = learn.check(name, answer)
    assert verdict.right
    assert verdict.why.startswith("Right. ")
    assert learn.hint(name) not in learn.solution(name)


@pytest.mark.parametrize("name", EXERCISES)
def test_every_typical_mistake_is_told_apart(name):
    mistakes = exercise_of(name)["wrong"]
    said = [learn.check(name, _run(mistake["code"])) for mistake in mistakes]
    assert [verdict.right for verdict in said] == [False] * len(mistakes)
    assert [str(verdict) for verdict in said] == [f"Not yet. {m['why'].strip()}" for m in mistakes]


def test_another_answer_is_refused_with_a_way_on():
    assert str(learn.check("20-1", 12345)) == "Not yet. Try learn.hint('20-1')."


def test_two_digits_are_too_few_and_told_so():
    assert str(learn.check("20-1", 0.79)) == "Not yet. It may be right: give three digits."
    assert learn.check("20-1", 0.795).right


def test_dots_are_no_answer_yet():
    assert str(learn.check("20-1", ...)).startswith("Put your answer in place of the dots")


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
        (2021, 2024, False),
        (np.int64(2024), 2024, True),
        (2024.0, np.float64(2024), True),
        (119, 119.0, True),
        (118.9, 119, False),
        (1_000_000, 1_000_400, True),
        (1_000_000, 1_010_000, False),
        (1 / 3, 0.333, True),
        (0.999, 1.0, False),
    ],
)
def test_answers_are_compared_by_value(given, wanted, same):
    assert _same(given, wanted) is same


def test_an_unknown_exercise_offers_the_nearest():
    with pytest.raises(UndefinedError, match="did you mean '20-1'"):
        learn.hint("20-l")


@pytest.mark.parametrize("name", QUIZZES)
def test_a_quiz_has_one_right_option_and_a_reason_for_each(name):
    options = exercise_of(name)["options"]
    assert list(options) == ["a", "b", "c", "d"]
    said = {letter: learn.check(name, letter) for letter in options}
    assert sum(verdict.right for verdict in said.values()) == 1
    assert len({verdict.why for verdict in said.values()}) == 4
    assert not learn.check(name, "e").right


def test_a_quiz_can_be_read_without_a_kernel_and_clicked_with_one():
    quiz = learn.quiz("20-q1")
    shown, _ = quiz._repr_mimebundle_()
    assert quiz.question in shown["text/plain"]
    assert shown["text/html"].count("<li>") == 4
    assert "application/vnd.jupyter.widget-view+json" in shown


def test_a_click_tells_the_reason():
    quiz = learn.quiz("20-q1")
    choice, said = quiz.widget().children[1:]
    assert said.value == ""
    choice.value = "a"
    assert learn.check("20-q1", "a").why in said.value


def test_a_quiz_is_no_exercise_and_an_exercise_no_quiz():
    with pytest.raises(UndefinedError, match="is a quiz question"):
        learn.hint("20-q1")
    with pytest.raises(UndefinedError, match="is an exercise"):
        learn.quiz("20-1")
