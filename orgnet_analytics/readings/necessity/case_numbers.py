"""Tables of cases: which columns are numbers, and every value that is not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue, nearest


def numbers(frame: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return these columns of a table of cases as numbers; a missing value stays NaN.

    Raises
    ------
    DataError
        Listing every column that is not there, stands twice or is asked for twice, and every value that is
        no finite number.

    Examples
    --------
    >>> numbers(pd.DataFrame({"trust": [3, None]}), ["trust"])["trust"].tolist()
    [3.0, nan]
    """
    if not isinstance(frame, pd.DataFrame):
        raise DataError(Issue("frame", f"wanted a table of cases, got {type(frame).__name__}"))
    found = list(_misnamed(frame, columns)) or [
        issue for column in columns for issue in _no_numbers(frame[column])
    ]
    if found:
        raise DataError(found)
    return frame[list(columns)].apply(pd.to_numeric).astype(float)


def listed(conditions: Sequence[str]) -> list[str]:
    """Return the conditions as a list; a single name is one condition.

    Examples
    --------
    >>> listed("trust"), listed(["trust", "age"])
    (['trust'], ['trust', 'age'])
    """
    if isinstance(conditions, str) or not isinstance(conditions, Iterable):
        return [conditions]
    names = list(conditions)
    if not names:
        raise DataError(Issue("conditions", "wanted at least one"))
    return names


def _misnamed(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Issue]:
    known = list(map(str, frame.columns))
    odd = [column for column in columns if not isinstance(column, Hashable)]
    if odd:
        yield Issue("frame", "wanted the name of a column", value=str(odd[0]))
        return
    for column in dict.fromkeys(columns):
        if column not in frame:
            yield Issue(
                "frame", "has no such column", "", str(column), "", nearest(str(column), known)
            )
        elif (frame.columns == column).sum() > 1:
            yield Issue("frame", "the column stands more than once", column=str(column))
        elif list(columns).count(column) > 1:
            yield Issue("frame", "asked for more than once", column=str(column))


def _no_numbers(column: pd.Series) -> Iterator[Issue]:
    values = pd.to_numeric(column, errors="coerce").astype(float)
    for case in np.flatnonzero((values.isna() & column.notna()) | np.isinf(values)):
        row, value = column.index[case], str(column.iloc[case])
        yield Issue("frame", "wanted a number", row, str(column.name), value)
