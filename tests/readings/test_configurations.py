"""Truth tables, solutions, necessity and calibration, against what R's QCA printed and what was published."""

import json
import re
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from orgnet_analytics import OrgNetwork, network_table
from orgnet_analytics.readings import configurations
from orgnet_analytics.readings.configurations import expressions
from orgnet_analytics.readings.configurations.covers import smallest_covers
from orgnet_analytics.readings.configurations.minimization import covering

REFERENCE = Path(__file__).parents[1] / "reference"
LIPSET = REFERENCE / "qca_lipset"
PRINTED = (LIPSET / "r_qca_output.txt").read_text()
EXPECTED = json.loads((LIPSET / "expected.json").read_text())
DOCUMENTED = json.loads((REFERENCE / "qca_documentation" / "figures.json").read_text())
PUBLISHED = json.loads((REFERENCE / "qca_published_solutions" / "solutions.json").read_text())
FIVE = ["DEV", "URB", "LIT", "IND", "STB"]
FOUR = FIVE[:4]

# In the order in which R printed them: data, outcome, conditions, solution, directions.
ASKED = [
    ("LC", "SURV", FIVE, "conservative", None),
    ("LC", "SURV", FIVE, "parsimonious", None),
    ("LC", "~SURV", FIVE, "conservative", None),
    ("LC", "~SURV", FIVE, "parsimonious", None),
    ("LM", "SURV", FOUR, "conservative", None),
    ("LM", "SURV", FOUR, "parsimonious", None),
    ("LF", "SURV", FIVE, "conservative", None),
    ("LF", "SURV", FIVE, "parsimonious", None),
    ("LF", "SURV", FIVE, "intermediate", "present"),
    ("LF", "~SURV", FIVE, "conservative", None),
    ("LF", "~SURV", FIVE, "parsimonious", None),
    ("LF", "~SURV", FIVE, "intermediate", "absent"),
]


def lipset(name):
    return pd.read_csv(LIPSET / f"{name}.csv", index_col=0)


def solved(name, outcome, conditions, kind, helps):
    table = configurations.truth_table(lipset(name), outcome=outcome, conditions=conditions)
    directions = dict.fromkeys(conditions, helps) if helps else None
    return configurations.minimize(table, solution=kind, directions=directions)


def printed_solutions():
    """Return every solution R printed: its terms with their numbers and cases, and its own numbers."""
    found = []
    for text in re.split(r"^M1:", PRINTED, flags=re.MULTILINE)[1:]:
        text = text.replace("[", "{").replace("]", "}")
        rows = re.findall(r"^ *\d+ +(\S+) +(\d.*?) {2}([A-Z]{2}[A-Z,; ]*?) *$", text, re.MULTILINE)
        numbers = {term: [*values.split(), cases] for term, values, cases in rows}
        whole = re.search(r"^ +M1 +(.*)$", text, re.MULTILINE).group(1).split()
        head = text.splitlines()[0].strip()
        found.append((head, numbers, whole))
    return found


def test_every_solution_that_was_printed_is_compared():
    assert len(printed_solutions()) == len(ASKED)
    assert sum(len(numbers) for _, numbers, _ in printed_solutions()) == 23


@pytest.mark.parametrize(("asked", "wanted"), list(zip(ASKED, printed_solutions(), strict=True)))
def test_a_solution_is_that_of_r(asked, wanted):
    head, terms, whole = wanted
    found = solved(*asked)
    assert list(found.models.index) == ["M1"]
    text, arrow = found.models.at["M1", "text"], re.search(r" <?-> .*", head).group()
    assert text.endswith(arrow)
    assert set(text.removesuffix(arrow).split(" + ")) == set(head.removesuffix(arrow).split(" + "))
    for term, (incl, pri, cov, unique, cases) in terms.items():
        row = found.terms.loc["M1", term]
        assert row["cases"] == cases
        shown = [f"{row[name]:.3f}" for name in ("inclusion", "pri", "coverage", "unique_coverage")]
        alone = cov if unique == "-" else unique  # R leaves it out where there is one path
        assert shown == [incl, pri, cov, alone]
    assert set(found.terms.loc["M1"].index) == set(terms)
    assert [
        f"{found.models.at['M1', name]:.3f}" for name in ("inclusion", "pri", "coverage")
    ] == whole


@pytest.mark.parametrize(("name", "conditions"), [("LC", FIVE), ("LM", FOUR), ("LF", FIVE)])
def test_a_truth_table_is_that_of_r(name, conditions):
    part = PRINTED.split(f"##### {name}\n")[1]
    levels = r"(?: +[012])" * (len(conditions) + 1)
    rows = re.findall(rf"^ *(\d+)({levels}) +(\d+) +([\d.]+) ([\d.]+) (\S+) *$", part, re.MULTILINE)
    table = configurations.truth_table(lipset(name), outcome="SURV", conditions=conditions)
    wanted = {}
    for number, levels, n, incl, pri, cases in rows:
        wanted.setdefault(int(number), [*levels.split(), n, incl, pri, cases])
    assert set(table.rows.index) == set(wanted)
    for number, row in table.rows.iterrows():
        assert [str(row[name]) for name in [*conditions, "out", "n"]] == wanted[number][:-3]
        assert [f"{row['inclusion']:.3f}", f"{row['pri']:.3f}"] == wanted[number][-3:-1]
        assert row["cases"] == wanted[number][-1]


def test_the_fuzzy_truth_table_is_in_the_order_of_r():
    rows = configurations.truth_table(lipset("LF"), outcome="SURV").rows
    wanted = EXPECTED["LF_incl0.8"]["truth_table"]
    assert ["".join(map(str, row)) for row in rows[FIVE].to_numpy()] == list(wanted)
    np.testing.assert_allclose(
        rows[["n", "inclusion", "pri"]].astype(float), list(wanted.values()), atol=5e-4
    )


def test_the_numbers_kept_of_the_fuzzy_solutions():
    fuzzy = EXPECTED["LF_incl0.8"]
    kept = {8: "intermediate_all_present", 7: "parsimonious", 6: "conservative"}
    for at, name in kept.items():
        found, wanted = solved(*ASKED[at]), fuzzy[name]
        terms = found.terms.loc["M1"].loc[wanted["terms"]]
        named = {"inclS": "inclusion", "PRI": "pri", "covS": "coverage", "covU": "unique_coverage"}
        for theirs in named.keys() & wanted.keys():
            np.testing.assert_allclose(terms[named[theirs]], wanted[theirs], atol=5e-4)
        whole = found.models.loc["M1", ["inclusion", "pri", "coverage"]].astype(float)
        np.testing.assert_allclose(whole, wanted["solution"], atol=5e-4)
    for at, name in {9: "conservative", 10: "parsimonious", 11: "intermediate"}.items():
        found = solved(*ASKED[at])
        terms = fuzzy["negated"].get(name, fuzzy["negated"].get(f"{name}_all_absent"))
        assert set(found.terms.loc["M1"].index) == set(terms)
        whole = found.models.loc["M1", ["inclusion", "pri", "coverage"]].astype(float)
        np.testing.assert_allclose(whole, fuzzy["negated"]["solution"][name], atol=5e-4)


def test_necessary_statements_are_those_of_r():
    wanted = EXPECTED["LF_incl0.8"]["superSubset_0.9_ron0.6"]
    for expression, (inclusion, ron, coverage) in wanted.items():
        row = configurations.fit(expression, lipset("LF"), outcome="SURV").loc["whole"]
        # Read as necessity: coverage and inclusion change places.
        assert row[["coverage", "ron", "inclusion"]].round(3).tolist() == [inclusion, ron, coverage]
    union = configurations.fit(" + ".join(FIVE), lipset("LF"), outcome="SURV").loc["whole"]
    line = re.search(r"6 +expression +(.*)", PRINTED).group(1).split()
    assert [f"{union[name]:.3f}" for name in ("coverage", "ron", "inclusion")] == line


def test_a_statement_fits_as_the_solution_that_says_the_same():
    found = solved(*ASKED[8])
    text = found.models.at["M1", "text"].partition(" -> ")[0]
    fitted = configurations.fit(text, lipset("LF"), outcome="SURV")
    names = ["inclusion", "pri", "coverage", "unique_coverage"]
    pd.testing.assert_frame_equal(fitted.drop("whole")[names], found.terms.loc["M1"][names])
    several = configurations.fit("DEV[1,2]*~IND + DEV{2}*IND{1}", lipset("LM"), outcome="SURV{1}")
    assert several["coverage"].tolist() == [0.25, 0.625, 0.875]


def test_the_multi_value_solutions_of_the_absent_outcome_are_those_documented():
    wanted = DOCUMENTED["LM_negated"]
    for kind in ("conservative", "parsimonious"):
        found = solved("LM", "~SURV", FOUR, kind, None)
        terms = {term: row.tolist() for term, row in found.terms.loc["M1"].iterrows()}
        assert {t: [*np.round(row[:4], 3), row[4]] for t, row in terms.items()} == wanted[kind]
        assert (
            found.models.iloc[0][["inclusion", "pri", "coverage"]].round(3).tolist()
            == wanted["solution"]
        )


def test_assumptions_are_those_documented():
    found = solved(*ASKED[1])
    assert found.assumptions.index.tolist() == DOCUMENTED["LC_parsimonious_assumptions"]
    assert found.assumptions.at[18, "combination"] == "DEV*~URB*~LIT*~IND*STB"
    assert solved(*ASKED[0]).assumptions.empty


def test_tied_models_are_those_documented():
    """The chart of Cebotari and Vink (2013), one path of which another dominates, has four covers."""
    case = DOCUMENTED["ethnic_protest"]
    names = list(case["chart"])
    levels = dict.fromkeys(case["conditions"], 2)
    paths = [expressions.read(name, levels)[0] for name in names]
    chosen = [[one.get(name, (expressions.ANY,))[0] for name in levels] for one in paths]
    rows = np.array(list(product([0, 1], repeat=5)))[np.array(case["rows"]) - 1]
    chart = covering(np.array(chosen), rows)
    assert ["".join("x" if hit else "-" for hit in row) for row in chart] == list(
        case["chart"].values()
    )
    found = smallest_covers(chart, 100)
    assert found.complete
    assert {frozenset(names[at] for at in cover) for cover in found.chosen} == {
        frozenset(model.split(" + ")) for model in case["models"]
    }


def test_a_few_cases_make_no_verdict():
    rows = pd.DataFrame({"A": [1, 1, 0, 0], "B": [1, 0, 1, 0], "Y": [1, 1, 1, 0]})
    for times, verdict in ((1, "undetermined"), (2, "sufficient")):
        sets = pd.concat([rows] * times, ignore_index=True)
        found = configurations.minimize(configurations.truth_table(sets, outcome="Y"))
        assert found.verdict == verdict
        assert found.models["text"].tolist() == ["A + B <-> Y"]
        cases = found.evidence.set_index("indicator").loc["cases"]
        assert (cases["value"], cases["agrees"]) == (4 * times, times == 2)


@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["citation"][:12])
def test_a_published_statement_is_the_shortest_of_its_kind(case):
    """A table of all combinations, sufficient where the statement is true, gives it back."""
    said, outcome = case["solution"].split(" -> ")
    names = sorted(set(re.findall(r"\w+", said)))
    rows = pd.DataFrame(list(product([0, 1], repeat=len(names))), columns=names)
    truth = expressions.members(
        expressions.read(said, dict.fromkeys(names, 2)), rows, dict.fromkeys(names, 2)
    )
    sets = rows.assign(**{outcome: truth.max(axis=1)})
    table = configurations.truth_table(sets, outcome=outcome)
    for kind in ("conservative", "parsimonious"):
        found = configurations.minimize(table, solution=kind)
        paths = {frozenset(path.split("*")) for path in found.terms.loc["M1"].index}
        assert paths == {frozenset(path.split("*")) for path in said.split(" + ")}
        assert found.verdict == "sufficient"
    assert configurations.fit(said, sets, outcome=outcome).loc["whole", "inclusion"] == 1


@pytest.mark.parametrize("name", ["calibrate_direct_logistic_idm.95", "calibrate_2"])
def test_direct_calibration_is_that_of_r(name):
    case = EXPECTED[name]
    outer = [i for i, x in enumerate(case["x"]) if x != case["e_c_i"][1]]  # .5 is refused
    frame = pd.DataFrame({"x": np.array(case["x"])[outer]})
    found = configurations.calibrate(frame, {"x": tuple(case["e_c_i"])})["x"]
    np.testing.assert_allclose(found, np.array(case["expected"])[outer], rtol=1e-8)
    falling = configurations.calibrate(frame, {"x": tuple(case["e_c_i"][::-1])})["x"]
    np.testing.assert_allclose(falling, 1 - found, rtol=1e-12)


def test_another_full_membership_moves_every_score_but_the_anchor_of_none():
    frame = pd.DataFrame({"x": [20.0, 35, 80]})
    anchors = {"x": (20, 50, 80)}
    assert configurations.calibrate(frame, anchors, idm=0.9)["x"].round(6).tolist() == [
        0.1,
        0.25,
        0.9,
    ]
    rules = {"thresholds": {"idm": {"value": 0.9}}}
    assert configurations.calibrate(frame, anchors, rules=rules)["x"].iloc[-1] == pytest.approx(0.9)


def test_indirect_calibration_is_the_curve_of_r():
    case = json.loads((REFERENCE / "r_glm_indirect" / "expected.json").read_text())
    frame = pd.DataFrame({"x": case["x"]})
    found = configurations.calibrate(frame, {"x": configurations.Indirect(tuple(case["cuts"]))})[
        "x"
    ]
    wanted = np.array(case["fitted"])
    assert found[0] == 0
    assert wanted[0] < 1e-4
    np.testing.assert_allclose(found[1:], wanted[1:], rtol=1e-8)


def test_lipsets_raw_values_give_his_crisp_and_multi_value_sets():
    """The cut-offs are those that tell the published sets apart; they were found by looking, not cited."""
    raw = pd.read_csv(LIPSET / "LR.csv", index_col=0)
    crisp = {"DEV": 550, "URB": 50, "LIT": 75, "IND": 30, "SURV": 0}
    found = configurations.calibrate(raw, crisp)
    assert found.equals(lipset("LC")[list(crisp)].astype(float))
    levels = configurations.calibrate(raw, {"DEV": configurations.Levels((550, 850))})["DEV"]
    assert levels.tolist() == lipset("LM")["DEV"].tolist()


def test_measures_of_networks_become_conditions():
    def ring(n, extra):
        pairs = [(i, (i + 1) % n) for i in range(n)] + extra
        ties = pd.DataFrame(pairs, columns=["source", "target"])
        return OrgNetwork.from_ties(ties, directed=False)

    networks = {"Gent": ring(6, [(0, 3), (1, 4)]), "Luik": ring(9, []), "Breda": ring(5, [(0, 2)])}
    frame = network_table(networks)
    sets = configurations.calibrate(frame, {"density": (0.1, 0.3, 0.6), "actors": 6})
    assert sets.index.tolist() == ["Gent", "Luik", "Breda"]
    assert sets["actors"].tolist() == [1, 1, 0]
    assert sets.at["Luik", "density"] == pytest.approx(1 / (1 + 19 ** (0.05 / 0.2)))
