"""The paths of a solution: what is present, absent, a level, core, and what stands below."""

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import UndefinedError, figures
from orgnet_analytics.readings.configurations import minimize, truth_table

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def table():
    """Fuzzy cases of two paths: TRUST and NAO together, or no RIVAL where neither holds."""
    rng = np.random.default_rng(5)
    corners = [(1, 1, 0), (1, 1, 1), (0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 0, 1)]
    sets = pd.DataFrame(
        np.abs(np.array(corners * 2) - rng.uniform(0, 0.2, (12, 3))),
        columns=["TRUST", "NAO", "RIVAL"],
    )
    sets["EFFECT"] = np.maximum(np.minimum(sets.TRUST, sets.NAO), 1 - sets.RIVAL).round(2)
    return truth_table(sets, outcome="EFFECT")


def marks(fig):
    return {
        trace.name: sorted(zip(trace.x, trace.y, strict=True)) for trace in fig.data if trace.name
    }


def test_a_path_is_a_column_and_a_condition_a_row(table):
    solution = minimize(table)
    fig = figures.solution_paths(solution, lang="nl", title="Paden")
    paths = solution.paths.loc["M1"]
    drawn = marks(fig)
    assert paths.index.tolist() == ["TRUST*NAO", "~TRUST*~NAO*~RIVAL"]
    assert drawn["aanwezig"] == [(0, 0), (0, 1)]
    assert drawn["afwezig"] == [(1, 0), (1, 1), (1, 2)]
    written = [trace.text for trace in fig.data if trace.mode == "text"]
    first = f"{solution.terms['inclusion'].iloc[0]:.2f}".replace(".", ",")
    assert written[0][0] == first
    assert list(fig.layout.yaxis.ticktext) == [
        "TRUST", "NAO", "RIVAL", "inclusie", "PRI", "dekking", "unieke dekking",
    ]  # fmt: skip
    whole = solution.models.loc["M1"]
    assert f"{whole['coverage']:.2f}".replace(".", ",") in fig.layout.annotations[0].text
    assert figures.describe(fig) == (
        "1 van de 1 modellen van EFFECT, 2 paden: TRUST*NAO + ~TRUST*~NAO*~RIVAL."
    )
    told = figures.table(fig)
    assert told.loc["TRUST*NAO", ["TRUST", "NAO"]].tolist() == [1, 1]
    assert told.loc["TRUST*NAO", "coverage"] == pytest.approx(solution.terms["coverage"].iloc[0])


def test_core_conditions_are_those_the_parsimonious_solution_keeps(table):
    short = minimize(table, solution="parsimonious")
    assert short.models["text"].tolist() == ["~RIVAL + TRUST*NAO -> EFFECT"]
    drawn = marks(figures.solution_paths(minimize(table), core=short))
    assert drawn["present, core"] == [(0, 0), (0, 1)]
    assert drawn["absent, core"] == [(1, 2)]
    assert drawn["absent, contributing"] == [(1, 0), (1, 1)]


def test_tied_models_stand_apart_and_can_be_chosen():
    sets = pd.DataFrame({**{key: [1, 1, 0] for key in "ABCD"}, "Y": [1, 1, 0]})
    tied = minimize(truth_table(sets, outcome="Y"), solution="parsimonious")
    fig = figures.solution_paths(tied)
    assert figures.describe(fig) == "3 of 4 models of Y, 3 paths: A | B | C."
    assert marks(fig)["present"] == [(0, 0), (1.5, 1), (3, 2)]
    assert [note.text for note in fig.layout.annotations if note.text in ("<b>M1</b>", "<b>M3</b>")] == [
        "<b>M1</b>", "<b>M3</b>",
    ]  # fmt: skip
    assert figures.describe(figures.solution_paths(tied, models=["M4"])).endswith("1 paths: D.")
    with pytest.raises(UndefinedError, match="no model 'M5'; there are M1 to M4"):
        figures.solution_paths(tied, models=["M5"])


def test_levels_are_written_in_their_circle():
    sets = pd.DataFrame({"STAGE": [2, 2, 0, 1], "NAO": [1, 0, 0, 1], "Y": [1, 1, 0, 0]})
    fig = figures.solution_paths(minimize(truth_table(sets, outcome="Y")))
    [level] = [trace for trace in fig.data if trace.name == "level"]
    assert (list(level.text), list(level.y)) == (["2"], [0])


def test_names_are_text_and_nothing_to_draw_is_said(table):
    sets = table.sets.rename(columns={"TRUST": HOSTILE}).assign(EFFECT=table.goal)
    fig = figures.solution_paths(minimize(truth_table(sets, outcome="EFFECT")))
    assert HOSTILE not in fig.to_json()
    assert "&lt;img" in fig.layout.yaxis.ticktext[0]
    none = minimize(truth_table(sets.assign(EFFECT=table.goal * 0.5), outcome="EFFECT"))
    with pytest.raises(UndefinedError, match="no model to draw"):
        figures.solution_paths(none)
