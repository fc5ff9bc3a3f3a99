"""Columns as kinds: what is asked of each different text once is what each cell would answer."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from orgnet_analytics import text_codes
from orgnet_analytics.frames import _any_twice
from orgnet_analytics.loaders.kinds import kept_as_kinds, kinds_of, texts_in
from orgnet_analytics.loaders.sheet import typed
from orgnet_analytics.text_codes import LONGEST, SPREAD, codes_of_texts

TEXTS = st.lists(st.sampled_from(["", "a", "b", "B", "aa", "é", "a\0", " "]), max_size=12)


def categorical(texts: list[str], *, unused: tuple[str, ...] = ()) -> pd.Series:
    """Return texts as kinds in an order of their own, some of them unused."""
    kinds = pd.Index(sorted({*texts, *unused}, reverse=True), dtype="str")
    return pd.Series(pd.Categorical(pd.Series(texts, dtype="str"), categories=kinds))


@given(TEXTS, TEXTS)
def test_kinds_stand_in_order_of_appearance_however_a_column_is_kept(one, other):
    plain = [pd.Series(texts, dtype="str") for texts in (one, other)]
    kept = [categorical(one, unused=("z",)), categorical(other, unused=("a", "y"))]
    for columns in (plain, kept, [plain[0], kept[1]]):
        codes, kinds = kinds_of(columns)
        assert kinds.tolist() == list(dict.fromkeys(one + other))
        assert [kinds[part].tolist() for part in codes] == [one, other]
        assert [texts_in(column).tolist() for column in columns] == [one, other]


def test_a_blank_and_a_repeated_kind_of_a_file_are_one_kind():
    column = pd.Series(kept_as_kinds(np.array([2, -1, 0, 1]), pd.Series(["", "a", "a"])))
    assert texts_in(column).tolist() == ["a", "", "", "a"]


def test_extra_columns_are_typed_alike_as_texts_and_as_kinds():
    for texts in (["3", "", "5"], ["00123", "NA", ""], ["1,5", "2", "2"], ["", " ", ""], []):
        plain, kept = pd.Series(texts, dtype="str"), categorical(texts)
        pd.testing.assert_series_equal(typed(kept), typed(plain))


@given(st.lists(st.integers(0, 2**62), max_size=30), st.booleans())
def test_a_number_that_stands_twice_is_seen(keys, again):
    keys = np.array([*keys, *keys[:1]] if again else keys, dtype=np.int64)
    assert _any_twice(keys) == (len(set(keys.tolist())) < len(keys))


def test_long_numbers_that_fall_on_one_short_number_are_told_apart():
    keys = np.unique(np.random.default_rng(1).integers(2**33, 2**60, 500_000))
    short = (keys.astype(np.uint64) * SPREAD) >> np.uint64(32)
    assert len(np.unique(short)) < len(keys)
    assert not _any_twice(keys)
    assert _any_twice(np.append(keys, keys[7]))


@given(st.lists(st.text(max_size=20) | st.sampled_from(["x" * LONGEST, "x" * LONGEST + "y"])))
def test_codes_of_texts_are_those_of_pandas(texts):
    column = pd.Series(texts, dtype="str")
    codes, kinds = codes_of_texts(column)
    expected, names = pd.factorize(column)
    assert codes.tolist() == expected.tolist()
    assert kinds.tolist() == names.tolist()


def test_texts_that_share_a_number_are_told_apart(monkeypatch):
    monkeypatch.setattr(text_codes, "_number", lambda words: words[-1])
    codes, kinds = codes_of_texts(pd.Series(["12345678x", "87654321x", "12345678x"], dtype="str"))
    assert (codes.tolist(), kinds.tolist()) == ([0, 1, 0], ["12345678x", "87654321x"])
