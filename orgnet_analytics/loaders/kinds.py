"""Columns of texts as kinds: each different text once, and codes that say where it stands.

Cells are many and their kinds few: whatever is asked of a text is asked once per kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from orgnet_analytics.text_codes import codes_of_texts

Codes = NDArray[np.int64]


def kinds_of(columns: Sequence[pd.Series]) -> tuple[list[Codes], pd.Index]:
    """Return the codes of each column, and the different texts in order of appearance."""
    ends = np.cumsum([len(column) for column in columns])[:-1]
    if all(isinstance(column.dtype, pd.CategoricalDtype) for column in columns):
        codes, kinds = _of_categoricals([column.array for column in columns])
    else:
        codes, kinds = codes_of_texts(pd.concat(map(texts_in, columns), ignore_index=True))
    return np.split(codes, ends), kinds


def some_kinds_of(column: pd.Series) -> tuple[Codes, pd.Index]:
    """Return codes and different texts as `kinds_of`, but in any order, and maybe more than are used."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), column.cat.categories
    return codes_of_texts(column)


def texts_in(column: pd.Series) -> pd.Series:
    """Return a column as texts, also where it is kept as kinds."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column
    texts = column.cat.categories.array.take(column.cat.codes.to_numpy())
    return pd.Series(texts, index=column.index, name=column.name)


def kept_as_kinds(codes: Codes, texts: pd.Series) -> pd.Categorical:
    """Return a column of which the different texts are known; a code of -1 is a blank cell."""
    told = pd.Index(pd.concat([texts.astype("str").fillna(""), pd.Series([""], dtype="str")]))
    if told.is_unique and codes.min(initial=0) >= 0:
        return pd.Categorical.from_codes(codes, categories=told)
    places, kinds = pd.factorize(told)
    return pd.Categorical.from_codes(places[codes], categories=kinds)


def _of_categoricals(columns: Sequence[Any]) -> tuple[Codes, pd.Index]:
    """Return codes and kinds where each column has some already, in any order and more than it uses."""
    own = [column.categories for column in columns]
    places, kinds = pd.factorize(own[0].append(own[1:]))
    parts = np.split(places, np.cumsum(list(map(len, own)))[:-1])
    codes = np.concatenate([
        part[column.codes] for part, column in zip(parts, columns, strict=True)
    ])  # fmt: skip
    never, rows = len(codes), np.arange(len(codes))
    first = np.full(len(kinds), never)
    first[codes[::-1]] = rows[::-1]  # of several rows the last one written stays: the first
    order = np.argsort(first)[: np.count_nonzero(first < never)]
    if np.array_equal(order, np.arange(len(kinds))):
        return codes, pd.Index(kinds, dtype="str")
    anew = np.empty(len(kinds), dtype=np.int64)
    anew[order] = np.arange(len(order))
    return anew[codes], pd.Index(kinds[order], dtype="str")
