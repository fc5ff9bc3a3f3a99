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
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: near numbers come apart


def codes_of_texts(texts: pd.Series) -> tuple[Codes, pd.Index]:
    """Return a code per text, and the different texts in order of appearance.

    It is what `pandas.factorize` gives, sooner where names are many: numbers are looked up quicker than
    texts. Texts of other kinds than pyarrow's, long or missing ones go to pandas, and so do any that would
    share a number: that is looked at for every text.
    """
    in_arrow = isinstance(texts.dtype, pd.StringDtype) and texts.dtype.storage == "pyarrow"
    found = _by_number(texts) if in_arrow else None
    if found is not None:
        return found
    codes, kinds = pd.factorize(texts)
    return codes, pd.Index(kinds, dtype="str")


def _by_number(texts: pd.Series) -> tuple[Codes, pd.Index] | None:
    import pyarrow as arrow
    import pyarrow.compute as compute

    told = arrow.array(texts)
    longest = compute.max(compute.binary_length(told)).as_py()
    if told.null_count or longest is None or longest > LONGEST:
        return None
    many = max(1, -(-longest // BYTES))
    words = [_words(chunk, many) for chunk in _chunks(told)]
    numbers = arrow.array(np.concatenate([_number(part) for part in words]))
    codes = numbers.dictionary_encode().indices.to_numpy().astype(np.int64)
    first = np.empty(codes.max() + 1, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of several rows the last one written stays
    kinds = pd.Index(texts.array.take(first))
    own = np.hstack([_words(chunk, many) for chunk in _chunks(arrow.array(kinds))])
    parts = np.split(codes, np.cumsum([part.shape[1] for part in words])[:-1])
    for part, read in zip(parts, words, strict=True):
        for one, other in zip(own[:-1], read[:-1], strict=True):
            if not np.array_equal(one[part], other):
                return None
    return codes, kinds


def _chunks(texts: Any) -> list[Any]:
    """Return the arrays that an array of pyarrow's consists of."""
    chunks: list[Any] = getattr(texts, "chunks", [texts])
    return chunks


def _words(texts: Any, many: int) -> Words:
    """Return each text as so many numbers of eight bytes, a row per place in the text."""
    import pyarrow.compute as compute

    padded = compute.ascii_rpad(texts, many * BYTES, NO_LETTER)
    told = np.frombuffer(padded.buffers()[2], dtype=np.uint64, count=len(texts) * many)
    words: Words = np.ascontiguousarray(told.reshape(-1, many).T)
    return words


def _number(words: Words) -> Words:
    """Return one number per text; texts that differ in their last word only never share it."""
    number: Words = words[0]
    for word in words[1:]:
        number = number * SPREAD
        number = (number ^ number >> np.uint64(32)) + word
    return number
