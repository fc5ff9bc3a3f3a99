"""Parquet files: tables that are read quickly, of which every cell is text here too."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from orgnet_analytics.errors import DataError, Issue
from orgnet_analytics.loaders.sheet import Sheet, texts_of

MOST_CELLS = 400_000_000


def read_parquet(path: Path) -> Sheet | None:
    """Return the table in a parquet file; None where it has no column."""
    parquet = _pyarrow(path)
    try:
        with parquet.ParquetFile(path) as file:
            _check_size(path, file.metadata.num_rows * file.metadata.num_columns)
            table = file.read()
    except DataError:
        raise
    except Exception:
        hint = "is it whole, and written as parquet?"
        raise DataError(Issue(path.name, "not a parquet file", suggestion=hint)) from None
    if not table.num_columns:
        return None
    columns = {at: _column(table.column(at)) for at in range(table.num_columns)}
    frame = pd.DataFrame(columns, index=np.arange(table.num_rows) + 1)
    return Sheet(path.name, [str(name) for name in table.column_names], frame, 0)


def _pyarrow(path: Path) -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        hint = "pip install pyarrow, or save the table as csv"
        problem = "reading parquet needs the package pyarrow"
        raise DataError(Issue(path.name, problem, suggestion=hint)) from None
    return pyarrow.parquet


def _check_size(path: Path, cells: int) -> None:
    if cells > MOST_CELLS:
        raise DataError(Issue(path.name, f"a table of {cells:,} cells is too large"))


def _column(column: Any) -> Any:
    """Return a column as text; what is no text already is written out once per kind of value."""
    values = column.to_pandas()
    if values.dtype != "str":
        return texts_of(values)
    return values.fillna("").array if values.isna().any() else values.array
