"""Written names to actors: never a silent merge."""

import pytest

from orgnet_analytics.loaders.names import Names, folded, split_names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thuiszorg Zuid vzw", "THUISZORG  ZUID"),
        ("Stichting Welzijn", "welzijn"),
        ("Bouw N.V.", "Bouw nv"),
        ("Café", "Cafe\u0301"),
        ("A\u00a0B\u200b", "a b"),
        ("Zorg, b.v.b.a.", "zorg"),
        ("\ufb01nance", "finance"),
    ],
)
def test_spellings_that_fold_alike(one: str, other: str):
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zorg Noord", "Zorg Zuid"), ("NV", "BV"), ("Cafe", "Café"), ("a-b", "a b"), ("NA", "N")],
)
def test_names_that_stay_apart(one: str, other: str):
    assert folded(one) != folded(other)


def test_exact_before_folded_and_never_by_guessing():
    names = Names.of([("a", ["Alfa"], 2), ("b", ["Beta vzw"], 3)], "Actors")
    assert names.find("Alfa") == "a"
    assert names.find("BETA") == "b"
    assert names.find("Betta") is None
    assert names.unknown("Betta") == "did you mean 'Beta vzw'?"
    assert names.matched == {"BETA": "b"}


def test_an_alias_of_two_actors_is_a_clash():
    names = Names.of([("a", ["Huis"], 2), ("b", ["huis vzw"], 3)], "Actors", "aliases")
    assert [(i.row, i.value) for i in names.clashes] == [(3, "huis vzw")]
    assert names.find("HUIS") is None


def test_names_in_one_cell():
    assert split_names(" a; b c ;;\nd") == ["a", "b c", "d"]
