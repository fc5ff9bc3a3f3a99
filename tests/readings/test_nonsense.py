"""Nonsense in the place of a number, a seed, a list or a rule file: told in the words of the library."""

import inspect

import numpy as np
import pandas as pd
import pytest

import orgnet_analytics as ona
from orgnet_analytics.errors import DataError, OrgNetError
from orgnet_analytics.measures.cohesion import net_density

KNOKE = ona.datasets.load_knoke()
NET = KNOKE.relation("information")
FIRST, LAST = NET.actors.index[0], NET.actors.index[-1]
HELD = pd.DataFrame(np.eye(len(NET))[:, :3], index=NET.actors.index, columns=[*"abc"])
CLIENTS = pd.DataFrame({"profile": ["p"], "entry": [FIRST], "needs": ["a; b"]})
CASES = pd.DataFrame({"X": [1.0, 0, 1, 0], "Z": [1.0, 1, 0, 0], "Y": [1.0, 1, 1, 0]})
TABLE = ona.configurations.truth_table(CASES, outcome="Y")
REGISTER = pd.DataFrame({"id": ["1"], "problem": ["rewards"], "parties": ["all"]})
# Per question: the function, what it is asked, and the parameters that nonsense goes into.
ASKED = {
    "compare": (ona.compare, (net_density, {"one": NET, "two": NET}), {}, ["workers", "question"]),
    "ledger": (ona.interventions.ledger, (NET, [ona.interventions.Tie([(FIRST, LAST)])]),
               {"holders": HELD}, ["draws", "seed", "rules", "profiles"]),
    "resilience": (ona.resilience.read, (NET,), {}, ["draws", "seed", "rules"]),
    "curves": (ona.resilience.curves, (NET,), {}, ["net", "draws", "seed", "upto"]),
    "knock_out": (ona.resilience.knock_out, (NET,), {}, ["net", "actors"]),
    "structure": (ona.structure.read, (NET,), {}, ["draws", "seed", "rules"]),
    "relations": (ona.relations.read, (NET,), {"by": "kind"}, ["by", "rules"]),
    "detect": (ona.governance.detect, (NET,), {}, ["net", "rules"]),
    "fit": (ona.governance.fit, (NET,), {}, ["trust", "rules"]),
    "integration": (ona.effectiveness.integration, (KNOKE,), {},
                    ["permutations", "seed", "smallest", "relations", "rules"]),
    "pathways": (ona.effectiveness.pathways, (NET, CLIENTS), {"holders": HELD}, ["net", "rules"]),
    "added_value": (ona.effectiveness.added_value, (HELD,), {}, ["required", "rules"]),
    "agreements": (ona.agreements.read, (REGISTER,), {"members": [FIRST, LAST]},
                   ["outside", "rules"]),
    "coverage": (ona.coverage.read, (HELD,), {}, ["holders", "rules"]),
    "classify": (ona.lifecycle.classify, ({1: NET, 2: NET},), {}, ["waves", "rules"]),
    "nca": (ona.necessity.nca, (CASES,), {"condition": "X", "outcome": "Y"},
            ["condition", "permutations", "seed", "corner", "scope", "rules"]),
    "bottlenecks": (ona.necessity.bottlenecks, (CASES,), {"conditions": ["X"], "outcome": "Y"},
                    ["steps", "conditions"]),
    "sets": (ona.necessity.sets, (CASES,), {"conditions": ["X"], "outcome": "Y"},
             ["largest", "outcome", "rules"]),
    "truth_table": (ona.configurations.truth_table, (CASES,), {"outcome": "Y"},
                    ["conditions", "n_cut", "incl_cut"]),
    "minimize": (ona.configurations.minimize, (TABLE,), {}, ["table", "rules"]),
    "robustness": (ona.configurations.robustness, (ona.configurations.minimize(TABLE),), {},
                   ["solution"]),
    "calibrate": (ona.configurations.calibrate, (CASES, {"X": 0.5}), {}, ["anchors", "idm"]),
    "panel": (ona.simulate.panel, (["activation"],), {"seed": 1},
              ["stages", "seed", "world", "habits"]),
    "panels": (ona.simulate.panels, (1,), {"seed": 1}, ["count", "seed", "routes"]),
}  # fmt: skip
NONSENSE = ["nofile.yaml", -1, 1.5, [1], object()]


@pytest.mark.parametrize("name", ASKED)
def test_nonsense_is_told(name):
    """Nonsense may be harmless (no such actor is an empty answer); a traceback of ours it may not be."""
    question, given, named, parameters = ASKED[name]
    places = list(inspect.signature(question).parameters)
    told = 0
    for parameter in parameters:
        for wrong in NONSENSE:
            first, rest = list(given), dict(named)
            if places.index(parameter) < len(first):
                first[places.index(parameter)] = wrong
            else:
                rest[parameter] = wrong
            try:
                question(*first, **rest)
            except OrgNetError:
                told += 1
    assert told >= 2 * len(parameters)


@pytest.mark.parametrize("workers", [0, -1, 1.5, "x", True, None])
def test_workers_are_a_whole_number(workers):
    with pytest.raises(DataError, match="workers: wanted"):
        ona.compare(net_density, {"one": NET}, workers=workers)


@pytest.mark.parametrize("seed", [-1, 1.5, "a"])
def test_a_seed_is_a_whole_number(seed):
    with pytest.raises(DataError, match="seed: wanted"):
        ona.resilience.curves(NET, seed=seed)


def test_a_rule_file_that_is_not_there_is_named():
    with pytest.raises(DataError, match=r"nofile\.yaml: cannot be read as a rule file"):
        ona.structure.read(NET, rules="nofile.yaml")
