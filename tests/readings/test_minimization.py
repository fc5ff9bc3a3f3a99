"""Minimization against enumeration: every prime, every smallest cover, nothing that was ruled out."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import UndefinedError
from orgnet_analytics.readings import configurations
from orgnet_analytics.readings.configurations import covers as search
from orgnet_analytics.readings.configurations.counterfactuals import between
from orgnet_analytics.readings.configurations.covers import smallest_covers
from orgnet_analytics.readings.configurations.expressions import ANY
from orgnet_analytics.readings.configurations.minimization import cells, covering, primes
from orgnet_analytics.readings.configurations.sufficiency import KINDS


@st.composite
def tables(draw):
    """Draw the levels of two to four conditions and, per combination, 1, 0 or not observed."""
    levels = tuple(draw(st.lists(st.sampled_from([2, 2, 2, 3]), min_size=2, max_size=4)))
    rows = list(product(*map(range, levels)))
    out = draw(st.lists(st.sampled_from([1, 0, None]), min_size=len(rows), max_size=len(rows)))
    wanted = [row for row, value in zip(rows, out, strict=True) if value == 1]
    against = [row for row, value in zip(rows, out, strict=True) if value == 0]
    return levels, wanted, against


def covers(combination, row):
    return all(at in (ANY, level) for at, level in zip(combination, row, strict=True))


def slow_primes(levels, wanted, allowed):
    """Every combination within what is allowed that reaches something and cannot be shortened."""
    rows = list(product(*map(range, levels)))
    every = product(*[[ANY, *range(n)] for n in levels])
    within = {one for one in every if all(row in allowed for row in rows if covers(one, row))}
    shorter = {
        one: [(*one[:i], ANY, *one[i + 1 :]) for i, at in enumerate(one) if at != ANY]
        for one in within
    }
    return {
        one for one in within
        if not within & set(shorter[one]) and any(covers(one, row) for row in wanted)
    }  # fmt: skip


def slow_covers(found, wanted):
    """Every choice of the fewest combinations that reaches all that is wanted."""
    for size in range(1, len(found) + 1):
        chosen = {
            frozenset(choice) for choice in combinations(found, size)
            if all(any(covers(one, row) for one in choice) for row in wanted)
        }  # fmt: skip
        if chosen:
            return chosen
    return set()


def grid(levels, rows):
    made = np.zeros(levels, dtype=bool)
    for row in rows:
        made[row] = True
    return made


@settings(max_examples=60, deadline=None)
@given(tables(), st.booleans())
def test_primes_and_covers_are_those_of_enumeration(drawn, assume):
    levels, wanted, against = drawn
    if not wanted:
        return
    allowed = set(product(*map(range, levels))) - set(against) if assume else set(wanted)
    found = primes(grid(levels, allowed), np.array(wanted))
    assert {tuple(one) for one in found.tolist()} == slow_primes(levels, wanted, allowed)
    if len(found) > 12:
        return
    covered = smallest_covers(covering(found, np.array(wanted)), 10_000)
    chosen = [frozenset(tuple(found[at].tolist()) for at in cover) for cover in covered.chosen]
    assert covered.complete
    assert len(set(chosen)) == len(chosen)
    assert set(chosen) == slow_covers([tuple(one) for one in found.tolist()], wanted)


@settings(max_examples=40, deadline=None)
@given(tables(), st.sampled_from(KINDS))
def test_a_solution_covers_all_that_suffices_and_nothing_that_does_not(drawn, kind):
    levels, wanted, against = drawn
    if not wanted or not against:
        return
    names = [f"C{i}" for i in range(len(levels))]
    sets = pd.DataFrame([*wanted, *against], columns=names).astype(float)
    sets["Y"] = [1.0] * len(wanted) + [0.0] * len(against)
    if (sets[names].nunique() == 1).any():
        return
    table = configurations.truth_table(sets, outcome="Y")
    helps = {name: "present" if table.levels[name] == 2 else [2] for name in names[1:]}
    found = configurations.minimize(
        table,
        solution=kind,
        directions=helps if kind == "intermediate" else None,
        rules={"thresholds": {"cases": {"value": 0}}},
    )
    assert (found.models["inclusion"] == 1).all()
    assert (found.models["coverage"] == 1).all()
    assert found.verdict == ("sufficient" if len(found.models) == 1 else "ambiguous")
    seen = set(table.rows.index)
    assert not seen & set(found.assumptions.index)
    if kind == "conservative":
        assert found.assumptions.empty


def test_intermediate_lies_between():
    """Each path of an intermediate model is within a parsimonious one and holds all its complex one holds."""
    many, few = np.array([[1, 0, 0, 1]]), np.array([[1, ANY, ANY, ANY]])
    present = [frozenset({1})] * 4
    [found] = between(many, few, present)
    assert found.tolist() == [1, ANY, ANY, 1]
    [kept] = between(many, few, [frozenset()] * 4)
    assert kept.tolist() == [1, 0, 0, 1]
    assert not len(between(many, np.array([[0, ANY, ANY, ANY]]), present))
    several = [frozenset({0, 2}), frozenset({1})]
    [either] = between(np.array([[2, 0]]), np.array([[ANY, ANY]]), several)
    assert either.tolist() == [2, ANY]


def test_cells_are_the_rows_a_combination_holds():
    grid = np.arange(12).reshape(2, 2, 3)
    assert grid[cells(np.array([1, ANY, 2]))].tolist() == [8, 11]


def test_more_models_than_are_listed_are_told():
    """Each of five rows is reached by two paths of its own: 32 covers."""
    chart = np.repeat(np.eye(5, dtype=bool), 2, axis=0)
    every = smallest_covers(chart, 32)
    assert (len(every.chosen), every.complete) == (32, True)
    some = smallest_covers(chart, 31)
    assert (len(some.chosen), some.count, some.complete) == (31, 32, False)


def test_parts_that_nothing_ties_together_are_counted_apart():
    """Two triangles, each covered by any two of its three rows: three choices twice."""
    triangle = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], dtype=bool)
    chart = np.kron(np.eye(2, dtype=bool), triangle)
    found = smallest_covers(chart, 100)
    assert found.count == 9
    assert found.chosen == sorted(slow_choices(chart, 4))
    listed = smallest_covers(chart, 5)
    assert (len(listed.chosen), listed.count) == (5, 9)
    uncounted = smallest_covers(chart, 2, count_all=False)
    assert (len(uncounted.chosen), uncounted.count) == (2, None)
    assert smallest_covers(chart, 9, count_all=False) == found
    assert set(listed.chosen) < set(found.chosen)


def slow_choices(chart, size):
    """Every choice of so many rows that covers all columns."""
    every = combinations(range(len(chart)), size)
    return {choice for choice in every if chart[list(choice)].any(axis=0).all()}


@pytest.mark.parametrize("seed", range(12))
def test_a_hard_search_finds_what_enumeration_finds(monkeypatch, seed):
    """With no easy steps at all, the size comes from the integer program and light rows are dropped."""
    rng = np.random.default_rng(seed)
    chart = rng.random((18, 11)) < 0.25
    chart[0] |= ~chart.any(axis=0)
    monkeypatch.setattr(search, "EASY", 0)
    found = smallest_covers(chart, 100_000)
    size = next(size for size in range(1, 12) if slow_choices(chart, size))
    assert set(found.chosen) == slow_choices(chart, size)
    assert found.count == len(found.chosen)


def test_wide_charts_need_more_than_one_word():
    """Seventy rows, each with one path of its own and one more that reaches the last two."""
    chart = np.vstack([np.eye(70, dtype=bool), np.arange(70) >= 68])
    found = smallest_covers(chart, 10)
    assert [sorted(set(range(71)) - set(cover)) for cover in found.chosen] == [[68, 69]]


def test_a_search_without_end_is_given_up(monkeypatch):
    rng = np.random.default_rng(1)
    chart = rng.random((60, 40)) < 0.1
    chart[0] |= ~chart.any(axis=0)
    monkeypatch.setattr(search, "EASY", 3)
    monkeypatch.setattr(search, "STEPS", 20)
    with pytest.raises(UndefinedError, match="too loosely"):
        smallest_covers(chart, 10)


def test_twelve_conditions_are_minimized_exactly():
    """Two planted paths among twelve conditions come back from 80 cases without noise."""
    rng = np.random.default_rng(3)
    names = [f"C{i:02d}" for i in range(1, 13)]
    sets = pd.DataFrame(rng.integers(0, 2, (80, 12)), columns=names).drop_duplicates()
    sets["Y"] = ((sets.C01 & sets.C02) | ((1 - sets.C03) & sets.C04 & sets.C05)).astype(float)
    found = configurations.minimize(
        configurations.truth_table(sets, outcome="Y"), solution="parsimonious"
    )
    planted = {"C01*C02", "~C03*C04*C05"}
    assert any(set(found.terms.loc[model].index) == planted for model in found.models.index)
    assert found.complete


def test_what_is_counted_is_what_is_listed():
    """With more tied models than are listed the count is that of the full list."""
    rng = np.random.default_rng(1)
    sets = pd.DataFrame(rng.integers(0, 2, (14, 7)), columns=[*"ABCDEFG"])
    sets["Y"] = rng.integers(0, 2, 14).astype(float)
    table = configurations.truth_table(sets, outcome="Y", incl_cut=1)
    whole = configurations.minimize(table, solution="parsimonious")
    assert whole.count == len(whole.models) > 2
    rules = {"thresholds": {"models": {"value": 2}}}
    some = configurations.minimize(table, solution="parsimonious", rules=rules)
    assert (len(some.models), some.count) == (2, whole.count)
    assert set(some.models["text"]) < set(whole.models["text"])
    assert some.evidence.set_index("indicator").at["models", "value"] == whole.count
