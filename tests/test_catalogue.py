"""Every measure has a card, and every card a measure."""

import importlib
import pkgutil

import pytest

import orgnet_analytics.measures
from orgnet_analytics import UndefinedError
from orgnet_analytics.catalogue import CARDS, card, catalogue


def topics():
    """The modules of measures: those that say what is public; the others serve them."""
    names = [found.name for found in pkgutil.iter_modules(orgnet_analytics.measures.__path__)]
    modules = [importlib.import_module(f"orgnet_analytics.measures.{name}") for name in names]
    return {
        module.__name__.rpartition(".")[2]: module
        for module in modules
        if hasattr(module, "__all__")
    }


def public_functions():
    """Every public measure by its full name; one that two topics share stands under the first."""
    found = {}
    for topic, module in topics().items():
        for name in module.__all__:
            thing = getattr(module, name)
            if callable(thing) and not isinstance(thing, type):
                found.setdefault(f"{topic}.{name}", thing)
    home = {f"{topic}.{name}" for topic, name in SHARED}
    return {name: thing for name, thing in found.items() if name not in home}


SHARED = [("brokerage", "betweenness")]


def test_shared_measures_are_one_and_the_same():
    modules = topics()
    assert modules["brokerage"].betweenness is modules["centrality"].betweenness


def test_every_measure_has_a_card_and_every_card_a_measure():
    assert sorted(one.measure for one in CARDS) == sorted(public_functions())


@pytest.mark.parametrize("one", CARDS, ids=lambda one: one.measure)
def test_a_card_is_filled_in(one):
    fields = (one.title, one.title_nl, one.read, one.source, one.checked)
    assert all(field.strip() == field and field for field in fields)
    assert one.read.endswith(".")


def test_titles_are_told_apart():
    assert len({one.title for one in CARDS}) == len(CARDS)
    assert len({one.title_nl for one in CARDS}) == len(CARDS)


def test_catalogue_is_a_table_of_the_cards():
    table = catalogue()
    assert table.columns.tolist() == [
        "measure",
        "title",
        "how to read",
        "source",
        "checked against",
    ]
    assert table["measure"].tolist() == [one.measure for one in CARDS]


def test_a_card_is_found_by_either_name():
    assert card("cohesion.net_density") is card("net_density")
    with pytest.raises(UndefinedError, match=r"did you mean 'cohesion\.net_density'"):
        card("cohesion.density")
    with pytest.raises(UndefinedError, match="lists them all"):
        card("zzz")
