"""Written names to actors: never a silent merge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics.loaders.names import Names, all_folded, folded, split_names
from orgnet_analytics.loaders.sheet import all_spaced, spaced


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


@pytest.mark.parametrize(
    "names",
    [
        [],
        [""],
        ["", ""],
        ["a\nb"],
        ["a\nb", "c"],
        [" a"],
        ["NV  X", "x nv"],
        ["ﬁn vzw", "Ğ"],
        ["a\r", "b"],
    ],
)
def test_folding_together_is_folding_each(names: list[str]):
    assert all_spaced(names) == [spaced(name) for name in names]
    assert all_folded(names) == [folded(name) for name in names]


@given(
    st.lists(
        st.text(max_size=6) | st.sampled_from(["vzw", "NV a", "a N.V.", "\u200b", "x\ny", " "])
    )
)
def test_any_names_fold_together_as_each(names: list[str]):
    assert all_folded(names) == [folded(name) for name in names]
