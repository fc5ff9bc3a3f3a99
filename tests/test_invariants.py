"""What must hold for every measure: names and row order mean nothing, and an isolate changes nobody else."""

import importlib
import inspect
import pickle
from functools import partial, update_wrapper
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgnet_analytics import OrgNetwork, UndefinedError
from orgnet_analytics.catalogue import CARDS

GIVEN = {"by": "kind", "rank": "power", "seed": 1, "k": 1, "partition": "kind"}
FEW = {"net_small_world": {"draws": 5}}
DECIDES_TIES_BY_ORDER = {"core_periphery": "fit", "key_players": "value"}
DEPENDS_ON_SIZE = {
    "role_expectations", "net_roles", "group_roles", "everett_valente", "bridging", "net_density",
    "net_centralization", "net_components", "net_connectedness", "net_fragmentation",
    "net_compactness", "net_small_world", "net_dyad_census", "net_triad_census",
    "net_social_capital", "core_periphery", "key_players", "blockmodel", "structural_equivalence",
    "losses", "pair_losses", "distance_fragmentation",
}  # fmt: skip
SHARES_OF_THE_OTHERS = {"harmonic", "reach"}
WITHIN = {  # lowest and highest value
    **dict.fromkeys(
        ["clustering", "net_reciprocity", "net_transitivity", "net_density", "net_connectedness",
         "net_hierarchy", "net_efficiency", "net_least_upper_boundedness", "net_fragmentation",
         "net_compactness", "harmonic", "reach", "eigenvector", "blau", "iqv", "bonding", "bridging",
         "linking", "regular_equivalence", "closeness", "net_centralization"], (0, 1)),
    **dict.fromkeys(["ei_index", "group_ei_index", "net_ei_index", "net_assortativity"], (-1, 1)),
}  # fmt: skip


def of_a_network():
    for one in CARDS:
        topic, name = one.measure.split(".")
        measure = getattr(importlib.import_module(f"orgnet_analytics.measures.{topic}"), name)
        first = next(iter(inspect.signature(measure).parameters.values()))
        if first.name == "net" and first.annotation == "OrgNetwork" and name != "concor":
            yield pytest.param(measure, id=one.measure)


MEASURES = list(of_a_network())


@st.composite
def networks(draw):
    n, directed = draw(st.integers(3, 7)), draw(st.booleans())
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    cells = (rng.random((n, n)) < draw(st.sampled_from([0.2, 0.4, 0.7]))) * rng.integers(
        1, 4, (n, n)
    )
    cells = np.triu(cells, 1) + (np.tril(cells, -1) if directed else np.triu(cells, 1).T)
    actors = pd.DataFrame(
        {"kind": rng.choice([*"xyz"], n), "power": rng.integers(1, 4, n)},
        index=[f"o{i}" for i in range(n)],
    )
    return OrgNetwork.from_matrix(cells.astype(float), actors, directed=directed)


def several(net, measure):
    """Add a second relation where the measure compares relations."""
    if measure.__name__ != "net_multiplexity":
        return net
    ties = net.ties
    both = [ties.assign(relation="one"), ties.iloc[: len(ties) // 2].assign(relation="two")]
    return OrgNetwork(net.actors, pd.concat(both, ignore_index=True), net.directed)


def answer(measure, net):
    """Return what the measure says in a form that names and order do not touch, or that it cannot say."""
    name = measure.__name__
    parameters = inspect.signature(measure).parameters
    needed = [p.name for p in parameters.values() if p.default is p.empty and p.name != "net"]
    try:
        found = measure(
            several(net, measure), **{key: GIVEN[key] for key in needed}, **FEW.get(name, {})
        )
    except UndefinedError:
        return "undefined"
    if name in DECIDES_TIES_BY_ORDER:
        return getattr(found, DECIDES_TIES_BY_ORDER[name])
    if name == "cliques":
        return {frozenset(found.index[found[column]]) for column in found}
    if name == "component":
        return {frozenset(members) for members in found.groupby(found).groups.values()}
    if name == "pair_losses":
        together = [frozenset(pair) for pair in found[["first", "second"]].to_numpy()]
        return found.drop(columns=["first", "second"]).set_index(pd.Index(together))
    if name == "blockmodel":
        return found.density
    if name.startswith("tie_"):
        return pd.Series(found.to_numpy(), index=ends(net))
    return found


def ends(net):
    return [
        (s, t) if net.directed else frozenset((s, t))
        for s, t in net.known[["source", "target"]].to_numpy()
    ]


def named(thing, names):
    """Return the answer with actors renamed."""
    if isinstance(thing, set):
        return {frozenset(map(names.get, members)) for members in thing}
    if isinstance(thing, (pd.Series, pd.DataFrame)):
        index = [
            type(i)(map(names.get, i))
            if isinstance(i, frozenset) or is_tie(i, names)
            else names.get(i, i)
            for i in thing.index
        ]
        thing = thing.copy()
        thing.index = pd.Index(index, tupleize_cols=False)
        if isinstance(thing, pd.DataFrame) and thing.columns.nlevels == 1:
            thing.columns = [names.get(c, c) for c in thing.columns]
    return thing


def is_tie(key, names):
    return isinstance(key, tuple) and all(part in names for part in key)


def text(key):
    return str(sorted(key)) if isinstance(key, frozenset) else str(key)


def assert_same(found, expected):
    if isinstance(expected, (pd.Series, pd.DataFrame)):
        order = {text(key): place for place, key in enumerate(found.index)}
        assert set(order) == set(map(text, expected.index))
        found = found.iloc[[order[text(key)] for key in expected.index]]
        if isinstance(expected, pd.DataFrame):
            numbers = expected.select_dtypes(["number", "bool"]).columns
            found, expected = found[numbers], expected[numbers]
        assert np.allclose(
            found.to_numpy(float), expected.to_numpy(float), atol=1e-7, equal_nan=True
        )
    elif isinstance(expected, (float, np.floating)):
        assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)
    else:
        assert found == expected


@pytest.mark.parametrize("measure", MEASURES)
@settings(max_examples=5, deadline=None)
@given(net=networks(), seed=st.integers(0, 1000))
def test_names_and_row_order_mean_nothing(measure, net, seed):
    rng = np.random.default_rng(seed)
    fresh = map(str, rng.permutation([f"p{i}" for i in range(len(net))]))
    new = dict(zip(net.actors.index, fresh, strict=True))
    actors = net.actors.rename(index=new).sample(frac=1, random_state=seed)
    ties = net.ties.assign(source=net.ties["source"].map(new), target=net.ties["target"].map(new))
    if not net.directed:
        ties = ties.rename(columns={"source": "target", "target": "source"})
    order = rng.permutation(len(ties))
    if measure.__name__ == "net_multiplexity":
        order = np.arange(len(ties))
    other = OrgNetwork(actors, ties.iloc[order], net.directed)
    assert_same(answer(measure, other), named(answer(measure, net), new))


@pytest.mark.parametrize(
    "measure", [p for p in MEASURES if p.values[0].__name__ not in DEPENDS_ON_SIZE]
)
@settings(max_examples=5, deadline=None)
@given(net=networks())
def test_an_isolate_changes_nobody_else(measure, net):
    isolate = pd.DataFrame({"kind": net.actors["kind"].iloc[0], "power": [1]}, index=["isolate"])
    other = OrgNetwork(pd.concat([net.actors, isolate]), net.ties, net.directed)
    found, expected = answer(measure, other), answer(measure, net)
    if isinstance(found, set):
        found = found - {frozenset(["isolate"])}
        expected = expected - {frozenset(["isolate"])}
    if isinstance(found, (pd.Series, pd.DataFrame)):
        found = found.drop(index="isolate", errors="ignore")
    if isinstance(found, pd.DataFrame):
        found = found.drop(columns=["isolate", "z"], errors="ignore")
        expected = expected.drop(columns="z", errors="ignore")
    if measure.__name__ in SHARES_OF_THE_OTHERS:
        expected = expected * (len(net) - 1) / len(net)
    assert_same(found, expected)


@pytest.mark.parametrize("measure", [p for p in MEASURES if p.values[0].__name__ in WITHIN])
@settings(max_examples=5, deadline=None)
@given(net=networks())
def test_values_stay_within_their_bounds(measure, net):
    lowest, highest = WITHIN[measure.__name__]
    found = np.asarray(answer(measure, net), dtype=float)
    known = found[~np.isnan(found)]
    assert ((known >= lowest - 1e-9) & (known <= highest + 1e-9)).all()


SWITCHES = {
    **dict.fromkeys(["weighted", "directed", "valued", "partial", "rescaled"], (False, True)),
    "goal": ("disrupt", "reach"),
}


@pytest.mark.parametrize("directed", [True, False])
def test_no_measure_leaves_a_trace_on_the_network(directed):
    rng = np.random.default_rng(1)
    cells = (rng.random((7, 7)) < 0.4) * rng.integers(1, 5, (7, 7)).astype(float)
    cells = cells if directed else np.triu(cells, 1) + np.triu(cells, 1).T
    actors = pd.DataFrame({"kind": [*"xxyyzzz"], "power": range(7)}, index=[*"abcdefg"])
    net = OrgNetwork.from_matrix(cells, actors, directed=directed)
    every = []
    for measure in (param.values[0] for param in MEASURES):
        switches = [key for key in SWITCHES if key in inspect.signature(measure).parameters]
        for choice in product(*(SWITCHES[key] for key in switches)):
            chosen = update_wrapper(
                partial(measure, **dict(zip(switches, choice, strict=True))), measure
            )
            every.append(chosen)
    for measure in every:
        answer(measure, net)
    for measure in every:
        assert_same(answer(measure, net), answer(measure, pickle.loads(pickle.dumps(net))))


def test_concor_does_not_mind_names_and_order():
    from orgnet_analytics.datasets import load_knoke
    from orgnet_analytics.measures.positions import concor

    net = load_knoke()
    shuffled = OrgNetwork(
        net.actors.sample(frac=1, random_state=1), net.ties.sample(frac=1, random_state=2)
    )
    one, other = (
        {frozenset(g) for g in p.groupby(p).groups.values()}
        for p in (concor(net).partition, concor(shuffled).partition)
    )
    assert one == other
