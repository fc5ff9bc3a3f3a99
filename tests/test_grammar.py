"""The name of a measure tells the shape of its answer, and its docstring tells what a reader needs."""

import importlib
import inspect
import pkgutil
import re

import numpy as np
import pandas as pd
import pytest

import orgnet_analytics.measures
from orgnet_analytics import OrgNetwork

TABLES = {"roles", "role_expectations", "profile", "cliques", "losses"}
COUNTED = {"net_dyad_census", "net_triad_census", "net_roles", "net_social_capital"}
OWN_RESULT = {
    "core_periphery", "key_players", "structural_equivalence", "regular_equivalence",
    "concor", "blockmodel",
}  # fmt: skip
OF_SEVERAL_RELATIONS = {"net_multiplexity"}
FORBIDDEN = {"return_type", "inplace", "plot", "verbose"}
GIVEN = {"by": "kind", "rank": "power", "seed": 1, "k": 1, "partition": None}


def measures():
    found = {}
    for info in pkgutil.iter_modules(orgnet_analytics.measures.__path__):
        module = importlib.import_module(f"orgnet_analytics.measures.{info.name}")
        for name in getattr(module, "__all__", ()):
            thing = getattr(module, name)
            if callable(thing) and not isinstance(thing, type):
                found[f"{info.name}.{name}"] = thing
    return found


MEASURES = measures()
ALL = [pytest.param(measure, id=name) for name, measure in MEASURES.items()]
OF_ONE_NETWORK = [
    pytest.param(measure, id=name)
    for name, measure in MEASURES.items()
    if next(iter(inspect.signature(measure).parameters.values())).annotation == "OrgNetwork"
    and next(iter(inspect.signature(measure).parameters)) == "net"
    and measure.__name__ not in OWN_RESULT
]


@pytest.fixture(scope="module")
def net():
    actors = pd.DataFrame({"kind": [*"xxyyz"], "power": [1, 2, 3, 4, 5]}, index=[*"abcde"])
    ties = pd.DataFrame({"source": [*"abbcdc"], "target": [*"bacdba"]})
    return OrgNetwork(actors, ties)


def answer(measure, net):
    if measure.__name__ in OF_SEVERAL_RELATIONS:
        kinds = [net.ties.assign(relation=kind) for kind in ("referral", "planning")]
        net = OrgNetwork(net.actors, pd.concat(kinds, ignore_index=True))
    parameters = inspect.signature(measure).parameters
    needed = [p.name for p in parameters.values() if p.default is p.empty and p.name != "net"]
    return measure(net, **{name: GIVEN[name] for name in needed})


@pytest.mark.parametrize("measure", OF_ONE_NETWORK)
def test_the_name_tells_the_shape(measure, net):
    name, found = measure.__name__, answer(measure, net)
    if name in TABLES:
        assert isinstance(found, pd.DataFrame)
        assert found.index.equals(net.actors.index)
    elif name.startswith("pair_"):
        assert found[["first", "second"]].isin(net.actors.index).all(axis=None)
    elif name == "group_roles":
        assert sorted(found.index) == sorted(net.actors["kind"].unique())
    elif name in COUNTED:
        assert isinstance(found, (pd.Series, pd.DataFrame))
    elif name.startswith("net_"):
        assert type(found) is float
    else:
        check_series(name, found, net)


def check_series(name, found, net):
    assert isinstance(found, pd.Series)
    assert found.name == name
    if name.startswith("group_"):
        assert sorted(found.index) == sorted(net.actors["kind"].unique())
    else:
        expected = net.known.index if name.startswith("tie_") else net.actors.index
        assert found.index.equals(expected)
    assert found.dtype == (np.bool_ if "is_" in name[:7] else np.float64)


@pytest.mark.parametrize("measure", ALL)
def test_everything_after_the_first_is_by_keyword(measure):
    first, *others = inspect.signature(measure).parameters.values()
    pairs = {("before", "after"), ("first", "second"), ("access", "prestige"), ("net", "partition")}
    if others and (first.name, others[0].name) in pairs:
        others = others[1:]
    assert all(one.kind is one.KEYWORD_ONLY for one in others)
    assert not FORBIDDEN & {one.name for one in others}
    assert len(others) <= 5


@pytest.mark.parametrize("measure", ALL)
def test_the_docstring_says_what_a_reader_needs(measure):
    text = inspect.getdoc(measure)
    assert text.splitlines()[0].endswith(".")
    for part in ("Parameters\n---", "Returns\n---", "Examples\n---", ">>> ", "Source: ", "Checked"):
        assert part in text
    assert ".. math:: " in text or "Formula: " in text
    outside = re.search(r"^[^ .\n].*\\[a-z]+", text, re.MULTILINE)
    assert not outside, f"a formula goes on outside its block: {outside}"
    for name in inspect.signature(measure).parameters:
        assert re.search(rf"^(\w+, )?{name}(, \w+)? : ", text, re.MULTILINE)


@pytest.mark.parametrize("measure", ALL)
def test_the_answer_is_annotated(measure):
    assert inspect.signature(measure).return_annotation is not inspect.Signature.empty
