"""Which texts are alike: a number in place of each text, where texts are short, and those are compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Codes = NDArray[np.int64]
Words = NDArray[np.uint64]

LONGEST = 64  # bytes of a text that is still compared as a number
BYTES = 8
NO_LETTER = b"\xff"  # a byte no text in UTF-8 has
SPREAD = np.uint64(0x9E3779B97F4A7C15)


def codes_of_texts(texts: pd.Series) -> tuple[Codes, pd.Index]:
    """Return a code per text, and the different texts in order of appearance.

    It is what `pandas.factorize` gives, sooner where names are many: numbers are looked up quicker than
    texts. Texts of other kinds than pyarrow's, long or missing ones go to pandas, and so do any that would
    share a number: that is looked at for every text.
    """
    found = _by_number(texts) if texts.dtype.storage == "pyarrow" else None
    if found is not None:
        return found
    codes, kinds = pd.factorize(texts)
    return codes, pd.Index(kinds, dtype="str")


def _by_number(texts: pd.Series) -> tuple[Codes, pd.Index] | None:
    import pyarrow.compute as compute

    whole = _whole(texts.array)
    longest = compute.max(compute.binary_length(whole)).as_py()
    if whole.null_count or longest is None or longest > LONGEST:
        return None
    many = max(1, -(-longest // BYTES))
    words = _words(whole, many)
    told = _whole(_number(words)).dictionary_encode()
    codes = told.indices.to_numpy().astype(np.int64)
    first = np.empty(len(told.dictionary), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of several rows the last one written stays
    kinds = pd.Index(texts.array.take(first))
    own = _words(_whole(kinds.array), many)
    alike = all(np.array_equal(own[codes, at], words[:, at]) for at in range(many - 1))
    return (codes, kinds) if alike else None


def _whole(values: Any) -> Any:
    """Return values as one array of pyarrow's."""
    import pyarrow as arrow

    array = arrow.array(values)
    return array.combine_chunks() if isinstance(array, arrow.ChunkedArray) else array


def _words(texts: Any, many: int) -> Words:
    """Return each text as so many numbers of eight bytes."""
    import pyarrow.compute as compute

    padded = compute.ascii_rpad(texts, many * BYTES, NO_LETTER)
    words: Words = np.frombuffer(padded.buffers()[2], dtype=np.uint64, count=len(texts) * many)
    return words.reshape(-1, many)


def _number(words: Words) -> Words:
    """Return one number per text; texts that differ in their last word only never share it."""
    number = words[:, 0]
    for word in words.T[1:]:
        number = number * SPREAD
        number = (number ^ number >> np.uint64(32)) + word
    return number
